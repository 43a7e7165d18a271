"""Where a person types what to find among pictures: a class by name, or a picture by its index."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from engine.text import Text
from gui import theme


def class_called(text: str, classes: Sequence[Text]) -> int | None:
    """The class with this name in either language, or the only one whose name begins so."""
    text = text.strip().casefold()
    names = [(name.en.casefold(), name.ko.casefold()) for name in classes]
    exact = [i for i, name in enumerate(names) if text in name]
    starts = [i for i, name in enumerate(names) if text and any(word.startswith(text) for word in name)]
    return exact[0] if exact else starts[0] if len(starts) == 1 else None


def index_called(text: str, classes: Sequence[Text]) -> int | None:
    """The index that `text` names: "#7" always, "7" only when no class is called so."""
    digits = text.strip().removeprefix("#").replace(",", "")
    if not digits.isdecimal():
        return None
    if not text.strip().startswith("#") and class_called(text, classes) is not None:
        return None
    return int(digits)


class FindField(QLineEdit):
    """Finds a class or a picture. Down or Enter goes on to the grid, Esc clears.

    Signals:
        left: a person is done here.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(110)
        self.setMaximumWidth(230)
        self.setTextMargins(18, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # an action's icon would stand too low under this style sheet
        sign = theme.pixmap("magnifying-glass", theme.current().faint, 14)
        QPainter(self).drawPixmap(QPointF(9, (self.height() - 14) / 2), sign)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)
