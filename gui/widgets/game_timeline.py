"""One game from its first step: the value as a curve, rewards and lost lives as marks on the floor."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.rl.watch import Moment
from gui import theme
from gui.widgets.chart_ticks import ticks

LEFT, FLOOR, NUMBERS = 52, 18, 18
MOST = 30_000  # decisions kept of one game


class GameTimeline(QWidget):
    """Fed with every `Moment` of one player; a new game begins a new line."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[float] = []
        self.rewards: list[tuple[int, float]] = []
        self.lost: list[int] = []
        self._over = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(84)

    def clear(self) -> None:
        self.values, self.rewards, self.lost, self._over = [], [], [], False
        self.update()

    def add(self, moment: Moment) -> None:
        """One decision more."""
        if self._over or moment.step <= len(self.values):
            self.clear()
        if len(self.values) < MOST:
            self.values.append(moment.value)
            if moment.reward:
                self.rewards.append((moment.step, moment.reward))
            if moment.lost:
                self.lost.append(moment.step)
        self._over = moment.over

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(LEFT, 10, self.width() - LEFT - 8, self.height() - FLOOR - NUMBERS - 12)
        steps = max(100, len(self.values))
        if not self.values:  # no scale before there is something on it
            p.setPen(QColor(now.line))
            p.drawLine(box.bottomLeft(), box.bottomRight())
            return
        values = np.array(self.values[-MOST:])
        low, high = float(values.min()), float(values.max())
        if high - low < 1e-6:
            low, high = low - 0.5, high + 0.5
        self._rules(p, box, low, high, steps)
        if len(values) > 1:
            x = box.left() + box.width() * np.arange(1, len(values) + 1) / steps
            y = box.bottom() - box.height() * (values - low) / (high - low)
            stride = max(1, len(values) // max(1, int(box.width() * 2)))
            p.setPen(QPen(QColor(now.net), 1.6))
            p.drawPolyline(QPolygonF([QPointF(a, b) for a, b in zip(x[::stride], y[::stride], strict=True)]))
        floor = box.bottom() + FLOOR / 2 + 2
        p.setPen(Qt.PenStyle.NoPen)
        for step, reward in self.rewards[-400:]:
            p.setBrush(QColor(now.slide if reward > 0 else now.bad))
            p.drawRect(QRectF(box.left() + box.width() * step / steps - 3, floor - 3, 6, 6))
        p.setPen(QPen(QColor(now.bad), 1.6))
        for step in self.lost:
            at = box.left() + box.width() * step / steps
            p.drawLine(QPointF(at - 3, floor - 3), QPointF(at + 3, floor + 3))
            p.drawLine(QPointF(at - 3, floor + 3), QPointF(at + 3, floor - 3))

    def _rules(self, p: QPainter, box: QRectF, low: float, high: float, steps: int) -> None:
        now = theme.current()
        p.setFont(theme.font("caption"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value, words in ticks(low, high, 2 if box.height() < 60 else 3):
            y = box.bottom() - box.height() * (value - low) / (high - low)
            p.setPen(QColor(now.line))
            p.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            p.setPen(QColor(now.faint))
            p.drawText(QRectF(0, y - 8, LEFT - 8, 16), right, words.replace("-", "−"))
        for step, words in ticks(0.0, steps, 4)[1:]:
            x = box.left() + box.width() * step / steps
            words = self.tr("step {n}").format(n=words) if step == steps else words
            p.drawText(QRectF(x - 90, self.height() - NUMBERS, 90, NUMBERS), right, words)
