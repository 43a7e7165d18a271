"""The row above the picture: tools, steps back and forth, zoom, which picture, save."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QShowEvent, QTransform
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QWidget

from gui import theme
from gui.widgets.annotate_board import TOOLS
from gui.widgets.basics import LOOK_CHANGED, IconButton, button, column, label, role, row
from gui.widgets.retold import Retold
from gui.widgets.room import is_small

ICONS = {
    "select": "cursor-click",
    "box": "bounding-box",
    "polygon": "path",
    "brush": "paint-brush-broad",
    "erase": "eraser",
}
KEYS = {"select": "V", "box": "B", "polygon": "P", "brush": "M", "erase": "E"}


class Mirrored(IconButton):
    """An icon turned left to right: redo, previous."""

    def _tint(self) -> None:
        now = theme.current()
        turn = QTransform().scale(-1, 1)
        ink = theme.pixmap(self._icon_name, getattr(now, self._tone), self._pixels).transformed(turn)
        faint = theme.pixmap(self._icon_name, now.faint, self._pixels).transformed(turn)
        found = QIcon(ink)
        found.addPixmap(faint, QIcon.Mode.Disabled)
        self.setIcon(found)


class ToolBox(QFrame):
    """One tool of five.

    Signals:
        chosen: (str) one of `TOOLS`.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        role(self, "segments")
        self._group = QButtonGroup(self)
        box = row(gap=2, margins=(2, 2, 2, 2))
        self.setLayout(box)
        self._buttons: dict[str, QToolButton] = {}
        for i, tool in enumerate(TOOLS):
            part = QToolButton()
            part.setCheckable(True)
            part.setChecked(i == 0)
            part.setProperty("kind", "segment")
            part.setProperty("wide", True)
            part.setFixedWidth(34)
            part.setIconSize(QSize(17, 17))
            part.clicked.connect(lambda _=False, tool=tool: self.chosen.emit(tool))
            self._group.addButton(part, i)
            self._buttons[tool] = part
            box.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.idToggled.connect(lambda *_: self._tint())
        self._tint()
        self.retranslate()

    def retranslate(self) -> None:
        words = self.words()
        for tool, part in self._buttons.items():
            part.setToolTip(words[tool])
            part.setAccessibleName(words[tool])
        self.setAccessibleName(self.tr("Tools"))

    def words(self) -> dict[str, str]:
        """Each tool's name with its key."""
        return {
            "select": self.tr("Select and move (V)"),
            "box": self.tr("Box (B)"),
            "polygon": self.tr("Outline (P)"),
            "brush": self.tr("Brush (M)"),
            "erase": self.tr("Eraser (E)"),
        }

    def choose(self, tool: str) -> None:
        """Show a tool as chosen."""
        self._buttons[tool].setChecked(True)

    def _tint(self) -> None:
        now = theme.current()
        for tool, part in self._buttons.items():
            part.setIcon(theme.icon(ICONS[tool], now.you if part.isChecked() else now.dim, now.faint, 17))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LOOK_CHANGED:
            self._tint()
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class AnnotateBar(Retold, QWidget):
    """Everything that is not on the picture itself.

    Signals:
        tool_chosen: (str). stepped: (int) +1 the next picture, −1 the one before. widened: (int) ±1.
        undo_asked, redo_asked, fit_asked, save_asked, save_elsewhere_asked.
    """

    tool_chosen = Signal(str)
    stepped = Signal(int)
    widened = Signal(int)
    undo_asked = Signal()
    redo_asked = Signal()
    fit_asked = Signal()
    save_asked = Signal()
    save_elsewhere_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tools = ToolBox()
        self._brush = label("small")
        self._thinner, self._thicker = _sign("−"), _sign("+")
        self.undo, self.redo = IconButton("arrow-counter-clockwise"), Mirrored("arrow-counter-clockwise")
        self._fit, self._zoom = IconButton("arrows-out-simple"), label("small")
        self._before, self._after = Mirrored("arrow-right"), IconButton("arrow-right")
        self._place = label("small")
        self.save, self._elsewhere = button("download-simple", "primary"), IconButton("folder-open")
        self._where, self._width = (0, 0), 12
        self._brush_row = QWidget()
        self._brush_row.setLayout(row(self._thinner, self._brush, self._thicker, gap=2))
        steps = row(self.undo, self.redo, gap=0)
        view = row(self._fit, self._zoom, gap=2)
        place = row(self._before, self._place, self._after, gap=2)
        save = row(self.save, self._elsewhere, gap=2)
        self.setLayout(column(row(self.tools, self._brush_row, steps, view, None, place, save, gap=6)))
        self._zoom.setMinimumWidth(44)
        for text in (self._brush, self._place):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.hide()  # until it is known that there is room: a wide minimum would push the columns beside it
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.tools.chosen.connect(self.tool_chosen)
        self.undo.clicked.connect(self.undo_asked)
        self.redo.clicked.connect(self.redo_asked)
        self._fit.clicked.connect(self.fit_asked)
        self._before.clicked.connect(lambda: self.stepped.emit(-1))
        self._after.clicked.connect(lambda: self.stepped.emit(1))
        self._thinner.clicked.connect(lambda: self.widened.emit(-1))
        self._thicker.clicked.connect(lambda: self.widened.emit(1))
        self.save.clicked.connect(self.save_asked)
        self._elsewhere.clicked.connect(self.save_elsewhere_asked)

    def retranslate(self) -> None:
        self.undo.set_tip(self.tr("Undo (Ctrl+Z)"))
        self.redo.set_tip(self.tr("Redo (Ctrl+Shift+Z)"))
        self._fit.set_tip(self.tr("Show the whole picture (0)"))
        self._before.set_tip(self.tr("Picture before (Shift+N, PageUp)"))
        self._after.set_tip(self.tr("Next picture (N, PageDown)"))
        self.save.setText(self.tr("Save"))
        self.save.setToolTip(self.tr("Save what is marked (Ctrl+S)"))
        self._elsewhere.set_tip(self.tr("Save to another place"))
        for sign, words in (
            (self._thinner, self.tr("Thinner brush ([)")),
            (self._thicker, self.tr("Thicker brush (])")),
        ):
            sign.setToolTip(words)
            sign.setAccessibleName(words)
        self.show_width(self._width)
        self.show_place(*self._where)

    def room_changed(self, small: bool) -> None:
        """A small window has no room for the zoom as a number."""
        self._zoom.setVisible(not small)

    def show_tool(self, tool: str) -> None:
        """The tool in use; the brush has its width beside it."""
        self.tools.choose(tool)
        self._brush_row.setVisible(tool in ("brush", "erase"))

    def show_width(self, width: int) -> None:
        """The brush, in pixels of the picture."""
        self._width = width
        self._brush.setText(self.tr("{n} px").format(n=width))
        self._brush.setMinimumWidth(38)

    def show_zoom(self, scale: float) -> None:
        """How large pixels are shown."""
        self._zoom.setText(f"{scale * 100:.0f}\u2009%")

    def show_place(self, index: int, count: int) -> None:
        """Which picture of how many, counted from 1."""
        self._where = (index, count)
        self._place.setText(f"{index:,} / {count:,}" if count else "")

    def show_busy(self, busy: bool) -> None:
        """While the set is written nothing is to be changed."""
        for part in (self.tools, self._brush_row, self.save, self._elsewhere):
            part.setEnabled(not busy)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.room_changed(is_small(self))


def _sign(words: str) -> QToolButton:
    part = QToolButton()
    part.setText(words)
    part.setProperty("kind", "icon")
    part.setProperty("size", "compact")
    return part
