"""What each move is worth: bars round zero, the chosen one full; with a target network its value as a thin mark.

Or how likely each is: the ε-greedy policy, bars from 0 to 100 %. Lecture row 130.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

ROW, NAME, FIGURE = 30, 84, 64


class GameValues(QWidget):
    """One row for each action, never reordered."""

    def __init__(self) -> None:
        super().__init__()
        self.names: tuple[str, ...] = ()
        self.values: np.ndarray = np.zeros(0, np.float32)
        self._target: np.ndarray | None = None
        self.chosen = -1
        self._hand = False
        self._reach = 1e-3
        self.policy, self._epsilon = False, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_names(self, names: Sequence[str]) -> None:
        """The actions, in their order."""
        self.names, self._reach, self.chosen, self._hand = tuple(names), 1e-3, -1, False
        self.values, self._target = np.zeros(len(names), np.float32), None
        self.setFixedHeight(max(ROW, ROW * len(names)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, max(ROW, ROW * len(self.names)))

    def show_values(self, values: np.ndarray, chosen: int, *, target: np.ndarray | None, hand: bool) -> None:
        """(actions,) values in the rewards' unit, nan for a move that cannot be made; `hand`: a person chose."""
        self.values, self.chosen, self._target, self._hand = values, chosen, target, hand
        reach = float(np.nan_to_num(np.abs(values)).max(initial=0.0))
        self._reach = max(self._reach * 0.995, reach, 1e-3)  # breathes slowly
        words = [f"{name} {value:+.3f}" for name, value in zip(self.names, values, strict=False) if value == value]
        self.setAccessibleDescription(", ".join(words))
        self.update()

    def show_policy(self, on: bool, epsilon: float) -> None:
        """How likely each move is instead of what it is worth; `epsilon`: the share of guesses, in [0, 1]."""
        self.policy, self._epsilon = on, epsilon
        self.update()

    @property
    def likely(self) -> np.ndarray:
        """π(a | s), (actions,): 1 − ε + ε / n for the best move; a hand is sure; who knows nothing only guesses."""
        if self._hand and 0 <= self.chosen < len(self.values):
            return np.eye(len(self.values))[self.chosen]
        may = ~np.isnan(self.values)
        share = self._epsilon if may.any() and np.ptp(self.values[may]) else 1.0
        found = np.where(may, share / max(1, int(may.sum())), 0.0)
        if may.any():
            found[int(np.nanargmax(self.values))] += 1 - share
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width() - NAME - FIGURE
        middle = NAME if self.policy else NAME + wide / 2
        shown = self.likely if self.policy else self.values
        for i, name in enumerate(self.names):
            y, chosen = i * ROW, i == self.chosen
            ink = QColor(now.you if chosen and self._hand else now.net)
            if chosen:
                p.setPen(Qt.PenStyle.NoPen)
                p.setBrush(QColor(now.you_soft if self._hand else now.net_soft))
                p.drawRoundedRect(QRectF(0, y + 1, self.width(), ROW - 2), 6, 6)
            p.setFont(theme.font("small", 600 if chosen else 400))
            p.setPen(QColor(now.text if chosen else now.dim))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            p.drawText(
                QRectF(8, y, NAME - 10, ROW),
                left,
                p.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, NAME - 10),
            )
            value = float(shown[i]) if i < len(shown) else 0.0
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            if math.isnan(value):
                continue
            words = f"{value:.1%}" if self.policy else signed(value)
            p.drawText(QRectF(self.width() - FIGURE, y, FIGURE - 8, ROW), right, words)
            self._bar(p, ink, QRectF(NAME, y + ROW / 2 - 5, wide, 10), value, chosen)
            if self._target is not None and i < len(self._target) and not self.policy:
                x = middle + wide / 2 * float(np.clip(self._target[i] / self._reach, -1, 1))
                p.setPen(QPen(QColor(now.slide), 2))
                p.drawLine(int(x), y + 6, int(x), y + ROW - 6)
        p.setPen(QColor(now.edge) if self.names else Qt.PenStyle.NoPen)
        p.drawLine(int(middle), 2, int(middle), self.height() - 2)

    def _bar(self, p: QPainter, ink: QColor, track: QRectF, value: float, chosen: bool) -> None:
        room, whole = (track.width(), 1.0) if self.policy else (track.width() / 2, self._reach)
        length = room * float(np.clip(value / whole, -1, 1))
        ink.setAlphaF(1.0 if chosen else 0.5)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(ink)
        middle = track.left() if self.policy else track.center().x()
        p.drawRoundedRect(QRectF(min(middle, middle + length), track.y(), abs(length), track.height()), 2, 2)


def signed(value: float, places: int = 3) -> str:
    """+0.021, with a real minus."""
    return f"{value:+,.{places}f}".replace("-", "−")
