"""The line below the picture: what the tool does or why nothing came of it, where the pointer is, what is unsaved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from engine.text import Text
from gui.widgets.annotate_tools import Refusal
from gui.widgets.basics import Chip, button, label, row
from gui.widgets.retold import Retold
from gui.words import say


class AnnotateFoot(Retold, QWidget):
    """Words and a chip.

    Signals:
        stop_asked: stop writing.
    """

    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._hint, self._where, self.chip = label("small"), label("small"), Chip("plain")
        self._bar, self._stop = QProgressBar(), button("stop-fill", "stop", "compact")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._where.setMinimumWidth(110)
        self._where.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._tool = "select"
        self._word: Text | Refusal | None = None
        self._state = (0, False, False)
        self.setLayout(row((self._hint, 1), self._where, self._bar, self._stop, self.chip, gap=10))
        self._stop.clicked.connect(self.stop_asked)
        self.retranslate()

    def retranslate(self) -> None:
        self._stop.setText(self.tr("Stop"))
        self._bar.setAccessibleName(self.tr("Progress of saving"))
        self._show()
        count, writing, saved = self._state
        self.show_state(count, writing=writing, saved=saved)

    @property
    def words(self) -> str:
        """What is said now."""
        return self._hint.text()

    def show_tool(self, tool: str) -> None:
        """Say what the tool in use does."""
        self._tool, self._word = tool, None
        self._show()

    def tell(self, word: Text | Refusal | None) -> None:
        """Say this until something else happens; None: what the tool does."""
        self._word = word
        self._show()

    def show_point(self, at: tuple[float, float] | None, size: tuple[int, int], name: str) -> None:
        """Where the pointer is in a picture of this size, and what is painted there; None: the size alone."""
        if at is None:
            self._where.setText(f"{size[0]:,} × {size[1]:,}" if size[0] else "")
        else:
            self._where.setText(f"x {int(at[0] // 1)}  y {int(at[1] // 1)}" + (f"  {name}" if name else ""))

    def show_state(self, count: int, *, writing: bool, saved: bool) -> None:
        """How many steps are in no file, whether it is being written, and whether it ever was."""
        self._state = (count, writing, saved)
        self._bar.setVisible(writing)
        self._stop.setVisible(writing)
        self.chip.setToolTip("")
        if writing:
            self._chip("live", self.tr("writing"))
        elif count:
            self._chip("you", self.tr("1 change") if count == 1 else self.tr("{n:,} changes").format(n=count))
            self.chip.setToolTip(
                self.tr("Kept every second or two, even if the program is ended. Save writes the set.")
            )
        else:
            self._chip("good" if saved else "plain", self.tr("saved") if saved else self.tr("nothing changed"))

    def _chip(self, kind: str, words: str) -> None:
        self.chip.set_kind(kind)
        self.chip.setText(words)

    def show_progress(self, done: int, total: int) -> None:
        """How far writing is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _show(self) -> None:
        word = self._word
        words = say(word) if isinstance(word, Text) else self._refusals()[word] if word else self._hints()
        self._hint.setText(words)
        self._hint.setToolTip(words)

    def _refusals(self) -> dict[Refusal, str]:
        return {
            Refusal.SMALL: self.tr("Too small to keep. Draw it larger."),
            Refusal.NO_CLASS: self.tr("Choose or add a class first."),
            Refusal.SIZE: self.tr("The mask of this picture has another size than the picture, so it is left alone."),
        }

    def _hints(self) -> str:
        return {
            "select": self.tr("Drag to move, take a handle to resize, Delete removes."),
            "box": self.tr("Drag from corner to corner."),
            "polygon": self.tr("Click point by point; Enter closes, Backspace takes one back."),
            "brush": self.tr("Paint with the chosen class; [ and ] change the width."),
            "erase": self.tr("Paint away; [ and ] change the width."),
        }[self._tool]
