"""A row or card that can be clicked as a whole, by mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame

from gui.widgets.layout import role

_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Clickable(QFrame):
    """A frame that is a button: `kind` is its ground, "clickable" (row) or "door" (panel).

    Signals:
        clicked: by mouse, Enter or Space.
    """

    clicked = Signal()

    def __init__(self, kind: str) -> None:
        super().__init__()
        role(self, kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PRESSING:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
