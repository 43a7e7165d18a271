"""Accuracy over the number of pictures, a line for each way of learning (lecture row 59)."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

TALL = 190  # logical pixels
LEFT, RIGHT, TOP, BOTTOM = 40, 150, 10, 22


class WayChart(QWidget):
    """Points joined by lines; the number of pictures on a logarithmic axis, accuracy in per cent."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, dict[int, float]] = {}
        self._counts: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(TALL)

    def sizeHint(self) -> QSize:
        return QSize(420, TALL)

    def show_lines(self, lines: Mapping[str, Mapping[int, float]], counts: list[int]) -> None:
        """Accuracy in [0, 1] by number of pictures, for each name in the order of its colour."""
        self._lines, self._counts = {name: dict(line) for name, line in lines.items()}, sorted(counts)
        told = (
            f"{name}: " + ", ".join(f"{n} {100 * value:.1f} %" for n, value in sorted(line.items()))
            for name, line in self._lines.items()
            if line
        )
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now, p = theme.current(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.well))
        p.drawRoundedRect(QRectF(self.rect()), 8, 8)
        plot = QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)
        p.setFont(theme.font("caption"))
        faint = QColor(now.text)
        faint.setAlphaF(0.13)
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            y = plot.bottom() - share * plot.height()
            p.setPen(QPen(faint, 1))
            p.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            p.setPen(QColor(now.faint))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            p.drawText(QRectF(0, y - 8, LEFT - 6, 16), right, f"{100 * share:.0f}\u2009%")
        for count in self._counts:
            middle = Qt.AlignmentFlag.AlignHCenter
            p.drawText(QRectF(self._x(count, plot) - 30, plot.bottom() + 4, 60, 16), middle, f"{count:,}")
        self._paint_lines(p, plot)

    def _paint_lines(self, p: QPainter, plot: QRectF) -> None:
        now, taken = theme.current(), list[float]()
        for number, (name, line) in enumerate(self._lines.items()):
            if not line:
                continue
            colour = QColor(now.series[number % len(now.series)])
            points = [QPointF(self._x(n, plot), plot.bottom() - v * plot.height()) for n, v in sorted(line.items())]
            p.setPen(QPen(colour, 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawPolyline(QPolygonF(points))
            p.setBrush(colour)
            p.setPen(Qt.PenStyle.NoPen)
            for point in points:
                p.drawEllipse(point, 4, 4)
            y = points[-1].y()
            while any(abs(y - other) < 15 for other in taken):
                y += 15
            taken.append(y)
            p.setPen(colour)
            words = QFontMetricsF(p.font()).elidedText(name, Qt.TextElideMode.ElideRight, RIGHT - 14)
            p.drawText(QRectF(plot.right() + 10, y - 8, RIGHT - 12, 16), Qt.AlignmentFlag.AlignVCenter, words)

    def _x(self, count: int, plot: QRectF) -> float:
        if len(self._counts) < 2:
            return plot.center().x()
        low, high = log(self._counts[0]), log(self._counts[-1])
        return plot.left() + 14 + (plot.width() - 28) * (log(count) - low) / (high - low)
