"""What a person looks for among runs: words, a star, tags to click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from gui import theme
from gui.widgets.basics import IconButton, row
from gui.widgets.retold import Retold

MOST_TAGS = 6  # chips beside the field; further tags are found by writing #tag


class _Find(QLineEdit):
    """A field with a magnifying glass."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextMargins(18, 0, 0, 0)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(150)
        self.setMaximumWidth(260)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        sign = theme.pixmap("magnifying-glass", theme.current().faint, 14)
        QPainter(self).drawPixmap(QPointF(9, (self.height() - 14) / 2), sign)


class RunFilter(Retold, QWidget):
    """Words, star and tags.

    Signals:
        changed: something else is looked for.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = _Find()
        self.star = IconButton("star-fill", compact=True, size=14)
        self.star.setCheckable(True)
        self._chips: dict[str, QToolButton] = {}
        self._row = row((self.words, 1), self.star, None, gap=6)
        self.setLayout(self._row)
        self.words.textChanged.connect(self.changed)
        self.star.toggled.connect(self._star_moved)
        self.retranslate()

    @property
    def tags(self) -> frozenset[str]:
        """The tags that are asked for."""
        return frozenset(tag for tag, chip in self._chips.items() if chip.isChecked())

    def show_tags(self, tags: Sequence[str]) -> None:
        """Offer these to click, the first few; those asked for stay so."""
        wanted = tuple(dict.fromkeys((*(tag for tag in tags if tag in self.tags), *tags)))[:MOST_TAGS]
        if tuple(self._chips) == wanted:
            return
        asked = self.tags & set(wanted)
        for chip in self._chips.values():
            self._row.removeWidget(chip)
            chip.deleteLater()
        self._chips = {tag: self._new(tag, tag in asked) for tag in wanted}
        for place, chip in enumerate(self._chips.values()):
            self._row.insertWidget(2 + place, chip)
        self.changed.emit()

    def _new(self, tag: str, on: bool) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("kind", "segment")
        chip.setText(f"#{tag}")
        chip.setCheckable(True)
        chip.setChecked(on)
        chip.setAccessibleName(tag)
        chip.toggled.connect(self.changed)
        return chip

    def _star_moved(self, on: bool) -> None:
        self.star.show_icon("star-fill", "you" if on else "dim")
        self.changed.emit()

    def retranslate(self) -> None:
        self.words.setPlaceholderText(self.tr("Find runs"))
        self.words.setAccessibleName(self.tr("Find runs"))
        self.words.setToolTip(self.tr("Words of name, data, notes or settings; #tag for a tag"))
        self.star.set_tip(self.tr("Only those with a star"))
