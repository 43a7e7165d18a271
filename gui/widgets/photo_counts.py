"""How many objects lie in one picture, as bars, with the lecture's three sets as reference lines (row 95)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui import theme

FOOT, HEAD = 16, 44  # logical pixels: tick labels below, names of the lines above


class CountBars(QWidget):
    """Bars of how many pictures hold 0, 1, 2 … objects; the last bar holds all above.

    Signals:
        pointed: (int) the bar under the pointer, −1 for none.
    """

    pointed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._counts = np.zeros(1, np.int64)
        self._mean = 0.0
        self._here = ""
        self._lines: Sequence[tuple[str, float]] = ()
        self._at = -1
        self.setFixedHeight(132)
        self.setMouseTracking(True)

    def show_counts(self, counts: np.ndarray, mean: float, *, here: str, lines: Sequence[tuple[str, float]]) -> None:
        """Show (n,) int64 counts, the mean of this set named `here`, and reference lines (name, objects)."""
        self._counts, self._mean, self._here, self._lines = counts, mean, here, lines
        words = ", ".join(f"{name} {value:.1f}" for name, value in ((here, mean), *lines))
        self.setAccessibleDescription(words)
        self.update()

    @property
    def counts(self) -> np.ndarray:
        """What is shown."""
        return self._counts

    def _room(self) -> QRectF:
        scale = theme.scale()
        return QRectF(0, HEAD * scale, self.width(), self.height() - (HEAD + FOOT) * scale)

    def _x(self, objects: float) -> float:
        """Where a number of objects stands: the middle of its bar."""
        return (min(objects, len(self._counts) - 1) + 0.5) / len(self._counts) * self.width()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._at = min(
            max(int(event.position().x() / max(1, self.width()) * len(self._counts)), 0), len(self._counts) - 1
        )
        self.pointed.emit(self._at)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._at = -1
        self.pointed.emit(-1)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now, p, room = theme.current(), QPainter(self), self._room()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.line))
        p.drawRect(QRectF(0, room.bottom(), self.width(), 1))
        width, most = self.width() / len(self._counts), max(1, int(self._counts.max(initial=0)))
        for i, count in enumerate(self._counts):
            colour = QColor(now.text if i == self._at else now.net)
            colour.setAlphaF(1.0 if i == self._at else 0.75)
            p.setBrush(colour)
            height = room.height() * count / most
            p.drawRect(QRectF(i * width + 0.75, room.bottom() - height, width - 1.5, height))
        self._paint_ticks(p, room)
        self._paint_lines(p, room)

    def _paint_ticks(self, p: QPainter, room: QRectF) -> None:
        p.setFont(theme.font("caption"))
        p.setPen(QColor(theme.current().faint))
        last = len(self._counts) - 1
        for objects in range(0, last + 1, max(1, last // 4)):
            words = f"{objects}+" if objects == last else str(objects)
            at = QRectF(self._x(objects) - 20, room.bottom() + 2, 40, FOOT * theme.scale())
            at.moveRight(min(at.right(), self.width() + 8.0))
            p.drawText(at, Qt.AlignmentFlag.AlignHCenter, words)

    def _paint_lines(self, p: QPainter, room: QRectF) -> None:
        """Dashed sand for the slide's sets, mint for this one; names step down where they would meet."""
        now = theme.current()
        p.setFont(theme.font(10, 600))
        metrics = QFontMetricsF(p.font())
        taken: list[QRectF] = []
        named = [(name, value, now.slide) for name, value in self._lines]
        if self._here:
            named.append((self._here, self._mean, now.net))
        for name, value, ink in sorted(named, key=lambda one: one[1]):
            x, words = self._x(value), f"{name} {value:.1f}"
            wide = metrics.horizontalAdvance(words)
            left = min(max(0.0, x + 3 if x + 3 + wide <= self.width() else x - 3 - wide), self.width() - wide)
            at = QRectF(left, 0, wide, metrics.height())
            while any(at.intersects(other) for other in taken) and at.bottom() + at.height() < room.bottom():
                at.translate(0, at.height())
            taken.append(at)
            dashed = Qt.PenStyle.SolidLine if ink == now.net else Qt.PenStyle.DashLine
            p.setPen(QPen(QColor(ink), 1.5, dashed))
            p.drawLine(QPointF(x, at.top() + 2), QPointF(x, room.bottom()))
            p.setPen(QColor(ink))
            p.drawText(at, Qt.AlignmentFlag.AlignVCenter, words)
