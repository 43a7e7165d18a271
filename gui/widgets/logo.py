"""The mark: nine pixels under a lens, the kernel that gives the product its name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from gui import theme


def paint_logo(p: QPainter, size: float) -> None:
    """The mark in a square of `size` at the painter's origin."""
    now = theme.current()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.scale(size / 24, size / 24)
    p.setPen(Qt.PenStyle.NoPen)
    for i in range(3):
        for j in range(3):
            middle = (i, j) == (1, 1)
            colour = QColor(now.net if middle else now.text)
            colour.setAlphaF(1 if middle else 0.28 + 0.12 * (i + j))
            p.setBrush(colour)
            p.drawRoundedRect(QRectF(3 + j * 6.4, 3 + i * 6.4, 5.2, 5.2), 1.4, 1.4)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(QPen(QColor(now.net), 1.5))
    p.drawRoundedRect(QRectF(7.2, 7.2, 9.6, 9.6), 2.6, 2.6)


def logo_picture(size: int) -> QPixmap:
    """The mark on nothing, `size` pixels wide and high."""
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_logo(painter, size)
    painter.end()
    return picture


def logo_icon() -> QIcon:
    """The mark for the task bar."""
    return QIcon(logo_picture(128))


class Logo(QWidget):
    """The mark in the header."""

    def __init__(self, size: int = 24) -> None:
        super().__init__()
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_logo(QPainter(self), self.width())
