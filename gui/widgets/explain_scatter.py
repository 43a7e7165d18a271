"""Speed against accuracy: milliseconds measured here across, AP as published up (lecture row 72)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

_LEFT, _TOP, _RIGHT, _BOTTOM = 44, 26, 26, 34
_TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)


@dataclass(frozen=True)
class Dot:
    """low, middle, high: fastest, median and slowest run in milliseconds. ap: in [0, 1], nan = not quoted."""

    name: str
    low: float
    middle: float
    high: float
    ap: float


class SpeedScatter(QWidget):
    """A dot for each detector; its line is the spread of the runs. One without a quoted AP lies on the floor."""

    def __init__(self) -> None:
        super().__init__()
        self._dots: tuple[Dot, ...] = ()
        self._across, self._up = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)

    def sizeHint(self) -> QSize:
        return QSize(480, 320)

    def set_axes(self, across: str, up: str) -> None:
        """What the axes say."""
        self._across, self._up = across, up
        self.update()

    def show_dots(self, dots: Sequence[Dot]) -> None:
        """Draw these."""
        self._dots = tuple(dots)
        words = (f"{d.name}: {d.middle:.0f} ms" + ("" if math.isnan(d.ap) else f", AP {d.ap:.3f}") for d in dots)
        self.setAccessibleDescription("; ".join(words))
        self.update()

    def _bounds(self) -> tuple[float, float, float]:
        """Logarithms of the ends of the time axis, and the top of the other."""
        times = [t for d in self._dots for t in (d.low, d.high)] or [10.0, 1000.0]
        low, high = math.log10(max(0.5, min(times) * 0.7)), math.log10(max(times) * 1.5)
        tops = [d.ap for d in self._dots if not math.isnan(d.ap)] or [0.5]
        return low, max(high, low + 0.5), math.ceil(10 * max(0.1, *tops, 0.0) + 0.2) / 10

    def paintEvent(self, event: QPaintEvent) -> None:
        p, s = QPainter(self), theme.scale()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(_LEFT * s, _TOP * s, -_RIGHT, -_BOTTOM * s)
        bounds = self._bounds()
        self._paint_axes(p, room, bounds)
        placed: list[QRectF] = []
        for dot in self._dots:
            self._paint_dot(p, room, bounds, dot, placed)

    def _paint_axes(self, p: QPainter, room: QRectF, bounds: tuple[float, float, float]) -> None:
        now = theme.current()
        low, high, top = bounds
        rule = QColor(now.faint)
        rule.setAlphaF(0.18)
        p.setFont(theme.font("caption"))
        steps = round(10 * top)
        for tenth in range(steps + 1):
            y = room.bottom() - room.height() * tenth / steps
            p.setPen(QPen(rule, 1))
            p.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            p.setPen(QColor(now.slide))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            p.drawText(QRectF(0, y - 8, room.left() - 8, 16), right, f"{tenth / 10:.1f}")
        p.setPen(QColor(now.net))
        for value in _TICKS:
            at = (math.log10(value) - low) / (high - low)
            if 0 <= at <= 1:
                x = room.left() + at * room.width()
                p.drawText(QRectF(x - 30, room.bottom() + 4, 60, 16), Qt.AlignmentFlag.AlignHCenter, f"{value:,}")
        p.drawText(QRectF(room.x(), room.bottom() + 17, room.width(), 16), Qt.AlignmentFlag.AlignRight, self._across)
        p.setPen(QColor(now.slide))
        p.drawText(QRectF(4, 2, room.width(), 16), Qt.AlignmentFlag.AlignLeft, self._up)

    def _paint_dot(
        self, p: QPainter, room: QRectF, bounds: tuple[float, float, float], dot: Dot, placed: list[QRectF]
    ) -> None:
        now = theme.current()
        low, high, top = bounds

        def across(ms: float) -> float:
            return room.left() + room.width() * (math.log10(max(ms, 1e-3)) - low) / (high - low)

        known = not math.isnan(dot.ap)
        y = room.bottom() - (room.height() * dot.ap / top if known else 0)
        at = QPointF(across(dot.middle), y)
        p.setPen(QPen(QColor(now.net), 1.4))
        p.drawLine(QPointF(across(dot.low), y), QPointF(across(dot.high), y))
        p.setPen(QPen(QColor(now.net), 2))
        p.setBrush(QColor(now.net if known else now.panel))
        p.drawEllipse(at, 5, 5)
        p.setFont(theme.font("caption", 600))
        width = QFontMetricsF(p.font()).horizontalAdvance(dot.name)
        left = at.x() + 10 if at.x() + 14 + width < self.width() else at.x() - 10 - width
        tag = QRectF(left, at.y() - 8, width + 2, 16)
        while any(tag.intersects(other) for other in placed):
            tag.translate(0, -15)
        placed.append(tag)
        p.setPen(QColor(now.text))
        p.drawText(tag, Qt.AlignmentFlag.AlignVCenter, dot.name)
