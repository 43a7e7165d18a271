"""Errors over the number of labels, with pre-training and without (lecture row 121)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

LEFT, TOP, RIGHT, FOOT = 54, 14, 90, 40
TICKS = (10, 30, 100, 300, 1000, 3000, 10_000)


class LabelCurve(QWidget):
    """Labels on a logarithmic axis, test error in percent. Mint: pre-trained. Dashed and grey: from nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.points: list[tuple[int, float, float]] = []
        self._words = ("", "", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(480, 300)

    def set_words(self, across: str, up: str, with_it: str, without: str) -> None:
        """What axes and curves are called."""
        self._words = (across, up, with_it, without)
        self.setAccessibleName(f"{up} × {across}")
        self.update()

    def show_points(self, points: Sequence[tuple[int, float, float]]) -> None:
        """(labels, error pre-trained, error from nothing), errors in [0, 1]."""
        self.points = list(points)
        said = [f"{n}: {100 * a:.1f} %, {100 * b:.1f} %" for n, a, b in points]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now, s = QPainter(self), theme.current(), theme.scale()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(LEFT * s, TOP, -RIGHT * s, -FOOT * s)
        top = max([0.1, *(max(a, b) for _, a, b in self.points)])
        low, high = math.log10(8), math.log10(max([1200, *(n for n, _, _ in self.points)]))
        p.setFont(theme.font("caption"))
        for tenth in range(0, 11, 2):
            value = top * tenth / 10
            y = box.bottom() - box.height() * tenth / 10
            p.setPen(QPen(QColor(now.line), 1))
            p.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            p.setPen(QColor(now.faint))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            p.drawText(QRectF(0, y - 8, box.left() - 8, 16), right, f"{100 * value:.0f}\u2009%")
        for count in TICKS:
            x = box.left() + box.width() * (math.log10(count) - low) / (high - low)
            if box.left() <= x <= box.right() + 1:
                p.drawText(QRectF(x - 30, box.bottom() + 4, 60, 16), Qt.AlignmentFlag.AlignCenter, f"{count:,}")
        p.drawText(QRectF(box.left(), box.bottom() + 20, box.width(), 16), Qt.AlignmentFlag.AlignRight, self._words[0])
        for which, ink, dash in ((2, now.dim, Qt.PenStyle.DashLine), (1, now.net, Qt.PenStyle.SolidLine)):
            places = [
                QPointF(
                    box.left() + box.width() * (math.log10(one[0]) - low) / (high - low),
                    box.bottom() - box.height() * one[which] / top,
                )
                for one in self.points
            ]
            p.setPen(QPen(QColor(ink), 2.2, dash))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawPolyline(QPolygonF(places))
            p.setBrush(QColor(ink))
            for place in places:
                p.drawEllipse(place, 3.5, 3.5)
            if places:
                p.setPen(QColor(ink))
                line = QRectF(places[-1].x() + 8, places[-1].y() - (16 if which == 2 else 0), RIGHT * s, 16)
                p.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._words[3 if which == 2 else 2])
