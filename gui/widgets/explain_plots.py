"""Small charts of the explanations: precision against recall, 7 × 7 numbers of a map, steps against a slope."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.images import heat_stops, to_image

_LEFT, _BOTTOM, _TOP, _RIGHT = 34, 20, 8, 12  # room for the numbers, logical pixels


class PrecisionRecall(QWidget):
    """The curve of found boxes from the surest to the least sure; the area under its envelope is AP."""

    def __init__(self) -> None:
        super().__init__()
        self._recall = self._precision = self._envelope = np.zeros(0)
        self._now: tuple[float, float] | None = None
        self._across, self._down = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 110)

    def sizeHint(self) -> QSize:
        return QSize(300, 160)

    def set_axes(self, across: str, down: str) -> None:
        """What the axes are called."""
        self._across, self._down = across, down
        self.update()

    def show_curve(
        self, recall: np.ndarray, precision: np.ndarray, envelope: np.ndarray, now: tuple[float, float] | None
    ) -> None:
        """(n,) points in the order of the score, (101,) envelope over recalls 0 … 1, and the point in force."""
        self._recall, self._precision, self._envelope, self._now = recall, precision, envelope, now
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        s = theme.scale()
        room = QRectF(self.rect()).adjusted(_LEFT * s, _TOP * s + 14 * s, -_RIGHT, -_BOTTOM * s)
        self._paint_axes(p, room)
        if np.isfinite(self._envelope).all() and len(self._envelope):
            steps = [QPointF(room.x() + room.width() * r / 100, room.bottom()) for r in (0, 100)]
            line = [_at(room, r / 100, v) for r, v in enumerate(self._envelope)]
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(now.net_soft))
            p.drawPolygon(QPolygonF([steps[0], *line, steps[1]]))
            p.setPen(QPen(QColor(now.net), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawPolyline(QPolygonF(line))
        faint = QColor(now.net)
        faint.setAlphaF(0.5)
        points = [_at(room, r, v) for r, v in zip(self._recall, self._precision, strict=True)]
        p.setPen(QPen(faint, 1, Qt.PenStyle.DashLine))
        p.drawPolyline(QPolygonF(points))
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.net))
        for point in points:
            p.drawEllipse(point, 3, 3)
        if self._now is not None and all(np.isfinite(self._now)):
            p.setBrush(QColor(now.panel))
            p.setPen(QPen(QColor(now.you), 2.4))
            p.drawEllipse(_at(room, *self._now), 6, 6)

    def _paint_axes(self, p: QPainter, room: QRectF) -> None:
        now = theme.current()
        rule = QColor(now.faint)
        rule.setAlphaF(0.22)
        p.setFont(theme.font("caption"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value in (0.0, 0.5, 1.0):
            y = _at(room, 0, value).y()
            p.setPen(QPen(rule, 1))
            p.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            p.setPen(QColor(now.faint))
            p.drawText(QRectF(0, y - 8, room.left() - 6, 16), right, f"{value:g}")
            x = _at(room, value, 0).x()
            p.drawText(QRectF(x - 20, room.bottom() + 3, 40, 16), Qt.AlignmentFlag.AlignHCenter, f"{value:g}")
        p.drawText(QRectF(0, 0, room.width(), 16), Qt.AlignmentFlag.AlignLeft, self._down)
        middle = QRectF(room.x() + 20, room.bottom() + 3, room.width() * 0.5 - 30, 16)
        p.drawText(middle, Qt.AlignmentFlag.AlignCenter, self._across)


def _at(room: QRectF, across: float, up: float) -> QPointF:
    return QPointF(room.x() + room.width() * across, room.bottom() - room.height() * up)


class NumberGrid(QWidget):
    """A few rows of numbers as cells of heat, on a range that may be shared with another grid."""

    def __init__(self) -> None:
        super().__init__()
        self._values = np.zeros((0, 0), np.float32)
        self._low, self._high = 0.0, 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(96)

    def show_values(self, values: np.ndarray, low: float, high: float) -> None:
        """(h, w) numbers; `low` and `high` are the ends of the ramp."""
        self._values, self._low, self._high = values, low, high
        self.update()

    @property
    def values(self) -> np.ndarray:
        """What is shown."""
        return self._values

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._values.size:
            return
        side = min(self.width(), self.height())
        rgb = theme.ramp(self._values, heat_stops(), self._low, max(self._high, self._low + 1e-6))
        QPainter(self).drawImage(QRectF(0, 0, side, side), to_image(rgb))


class ShiftPlot(QWidget):
    """How far two readings of a box move while it is shifted: one in steps, the other as a slope."""

    def __init__(self) -> None:
        super().__init__()
        self._pixels = self._steps = self._slope = np.zeros(0)
        self._caption = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(92)

    def set_caption(self, caption: str) -> None:
        """What is drawn."""
        self._caption = caption
        self.update()

    def show_changes(self, pixels: np.ndarray, steps: np.ndarray, slope: np.ndarray) -> None:
        """(n,) pixels of shift, and the change of each reading there as a share."""
        self._pixels, self._steps, self._slope = pixels, steps, slope
        self.update()

    @property
    def count(self) -> int:
        """How many shifts are drawn."""
        return len(self._pixels)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self._pixels):
            return
        p, now, s = QPainter(self), theme.current(), theme.scale()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(2, 18 * s, -4, -16 * s)
        end, top = float(self._pixels.max()), max(1e-6, float(max(self._steps.max(), self._slope.max())))
        rule = QColor(now.faint)
        rule.setAlphaF(0.3)
        p.setPen(QPen(rule, 1))
        p.drawLine(room.bottomLeft(), room.bottomRight())
        for values, tone, style in (
            (self._steps, now.slide, Qt.PenStyle.DashLine),
            (self._slope, now.you, Qt.PenStyle.SolidLine),
        ):
            line = [_at(room, float(x) / end, float(v) / top) for x, v in zip(self._pixels, values, strict=True)]
            p.setPen(QPen(QColor(tone), 2, style))
            p.drawPolyline(QPolygonF(line))
        p.setFont(theme.font("caption"))
        p.setPen(QColor(now.faint))
        p.drawText(QRectF(0, 0, self.width(), 16 * s), Qt.AlignmentFlag.AlignLeft, self._caption)
        foot = QRectF(room.x(), room.bottom() + 2, room.width(), 16 * s)
        p.drawText(foot, Qt.AlignmentFlag.AlignLeft, "0")
        p.drawText(foot, Qt.AlignmentFlag.AlignRight, f"{end:.0f} px")
