"""Neurons of a hidden layer as dots, those that dropout switched off hollow; and accuracy by number of masks."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

OUT, LINES = 10, 6  # neurons that answer; lines drawn from each neuron
LEFT, RIGHT, FOOT, TOP = 46.0, 12.0, 22.0, 12.0


class MaskView(QWidget):
    """The hidden layer above, the answers below, lines from those neurons that are on."""

    def __init__(self) -> None:
        super().__init__()
        self._mask = np.ones(0, bool)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(150)

    def sizeHint(self) -> QSize:
        return QSize(500, 150)

    def show_mask(self, mask: np.ndarray) -> None:
        """(hidden,) bool, True where a neuron is on."""
        self._mask = mask
        self.setAccessibleDescription(f"{int(mask.sum())} / {len(mask)}")
        self.update()

    def _dots(self) -> list[QPointF]:
        count, wide = len(self._mask), self.width() - 16.0
        across = max(1, min(count, int(wide // 11)))
        rows = math.ceil(count / across)
        step = wide / across
        return [QPointF(8 + step * (i % across + 0.5), 10 + 11.0 * (i // across)) for i in range(count)] if rows else []

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        dots, on = self._dots(), self._mask
        answers = [QPointF(self.width() * (i + 0.5) / OUT, self.height() - 10) for i in range(OUT)]
        line = QColor(now.net)
        line.setAlphaF(0.16)
        p.setPen(QPen(line, 1))
        for number, (at, shines) in enumerate(zip(dots, on, strict=False)):
            if shines:
                for k in range(LINES if len(on) <= 64 else 1):
                    p.drawLine(at, answers[(number * 3 + k * 7) % OUT])
        for at, shines in zip(dots, on, strict=False):
            p.setPen(QPen(QColor(now.net if shines else now.edge), 1.2))
            p.setBrush(QColor(now.net) if shines else Qt.BrushStyle.NoBrush)
            p.drawEllipse(at, 3.6, 3.6)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.you))
        for at in answers if len(on) else []:
            p.drawEllipse(at, 4.5, 4.5)


class MaskChart(QWidget):
    """Dots: thinned networks alone. Line: the mean of so many of them. Dashed: the whole network."""

    def __init__(self) -> None:
        super().__init__()
        self._single: tuple[float, ...] = ()
        self._together: tuple[float, ...] = ()
        self._whole, self._members, self._name = math.nan, 1, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)

    def show_curves(self, single: Sequence[float], together: Sequence[float], whole: float, members: int) -> None:
        """Shares in [0, 1]; `members` is how many masks there will be."""
        self._single, self._together, self._whole = tuple(single), tuple(together), whole
        self._members = max(2, members)
        self.update()

    def name_level(self, name: str) -> None:
        """What the dashed level is called."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._single:
            return
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        low = math.floor(20 * min(*self._single, *self._together, self._whole)) / 20
        room = QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - FOOT)

        def place(number: int, value: float) -> QPointF:
            x = room.left() + room.width() * number / (self._members - 1)
            return QPointF(x, room.bottom() - room.height() * (value - low) / max(0.01, 1 - low))

        p.setFont(theme.font("caption"))
        for value in np.linspace(low, 1.0, 3):
            y = place(0, float(value)).y()
            p.setPen(QPen(QColor(now.line), 1))
            p.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            p.setPen(QColor(now.faint))
            box = QRectF(0, y - 9, LEFT - 8, 18)
            p.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{100 * value:.0f}\u2009%")
        p.setPen(QPen(QColor(now.slide), 1.4, Qt.PenStyle.DashLine))
        p.drawLine(place(0, self._whole), place(self._members - 1, self._whole))
        p.drawText(
            QRectF(room.left(), place(0, self._whole).y() + 2, room.width(), 16),
            Qt.AlignmentFlag.AlignRight,
            self._name,
        )
        p.setPen(QPen(QColor(now.net), 2.4))
        p.drawPolyline(QPolygonF([place(i, v) for i, v in enumerate(self._together)]))
        faint = QColor(now.net)
        faint.setAlphaF(0.5)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(faint)
        for i, value in enumerate(self._single):
            p.drawEllipse(place(i, value), 3, 3)
        p.setPen(QColor(now.faint))
        for number in (1, self._members):
            box = QRectF(place(number - 1, low).x() - 20, room.bottom() + 4, 40, 16)
            p.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))
