"""A table of Q on its board: in every cell the value of each move at its side, V in the middle, π as an arrow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

_SIDES = {"Up": (0.0, -1.0), "Right": (1.0, 0.0), "Down": (0.0, 1.0), "Left": (-1.0, 0.0)}


class GameTable(QWidget):
    """The board of a tabular game.

    Signals:
        pressed: (int, int) row and column of the cell that a person clicked.
    """

    pressed = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._size = (1, 1)
        self._keys: tuple[str, ...] = ()
        self.table = np.zeros((1, 1))
        self._walls: frozenset[tuple[int, int]] = frozenset()
        self._rewards: dict[tuple[int, int], float] = {}
        self._agent = self._last = -1
        self._action = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(300, 220)

    def set_board(
        self,
        size: tuple[int, int],
        keys: Sequence[str],
        walls: frozenset[tuple[int, int]],
        rewards: dict[tuple[int, int], float],
    ) -> None:
        """(rows, columns), the key of each action ("Up" …), walls, and the cells in which a game ends."""
        self._size, self._keys, self._walls, self._rewards = size, tuple(keys), walls, rewards
        if self.table.shape != (size[0] * size[1], len(self._keys)):
            self.table = np.zeros((size[0] * size[1], len(self._keys)))
        self.update()

    def show_table(self, table: np.ndarray, agent: int, last: int, action: int) -> None:
        """(states, actions) values; where the agent is, where it came from and by which action."""
        self.table, self._agent, self._last, self._action = table, agent, last, action
        self.update()

    def _cell(self, row: int, column: int) -> QRectF:
        rows, columns = self._size
        side = min(self.width() / columns, self.height() / rows)
        left, top = (self.width() - side * columns) / 2, (self.height() - side * rows) / 2
        return QRectF(left + column * side, top + row * side, side, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for row in range(self._size[0]):
            for column in range(self._size[1]):
                if self._cell(row, column).contains(event.position()):
                    self.pressed.emit(row, column)
                    return

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        reach = max(1e-9, float(np.abs(self.table).max()))
        for row in range(self._size[0]):
            for column in range(self._size[1]):
                self._paint_cell(p, (row, column), self._cell(row, column).adjusted(2, 2, -2, -2), reach)

    def _paint_cell(self, p: QPainter, cell: tuple[int, int], box: QRectF, reach: float) -> None:
        now, state = theme.current(), cell[0] * self._size[1] + cell[1]
        p.setPen(Qt.PenStyle.NoPen)
        if cell in self._walls:
            p.setBrush(QColor(now.hover))
            p.drawRoundedRect(box, 6, 6)
            return
        if cell in self._rewards:
            self._paint_end(p, box, self._rewards[cell])
        else:
            values = self.table[state]
            ink = QColor(now.net if values.max() >= 0 else now.bad)
            ink.setAlphaF(0.06 + 0.5 * min(1.0, abs(float(values.max())) / reach))
            p.setBrush(ink)
            p.drawRoundedRect(box, 6, 6)
            self._paint_values(p, box, values, chosen=self._action if state == self._last else -1)
        if state == self._agent:
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.setPen(QPen(QColor(now.you), 3))
            p.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_end(self, p: QPainter, box: QRectF, reward: float) -> None:
        now = theme.current()
        p.setBrush(QColor(now.slide_soft if reward > 0 else now.bad_soft))
        p.drawRoundedRect(box, 6, 6)
        p.setPen(QColor(now.slide if reward > 0 else now.bad))
        p.setFont(theme.font("title", 600))
        p.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{reward:+g}".replace("-", "−"))

    def _paint_values(self, p: QPainter, box: QRectF, values: np.ndarray, chosen: int) -> None:
        now, best = theme.current(), int(values.argmax())
        small = box.width() < 84
        for action, value in enumerate(values):
            dx, dy = _SIDES.get(self._keys[action], (0.0, 0.0))
            middle = box.center() + QPointF(dx * box.width() * 0.33, dy * box.height() * 0.38)
            p.setFont(theme.font("caption", 600 if action in (best, chosen) else 400))
            p.setPen(QColor(now.you if action == chosen else now.text if action == best else now.dim))
            if not small or action == best:
                words = f"{value:.2f}".replace("-", "−")
                p.drawText(QRectF(middle.x() - 24, middle.y() - 8, 48, 16), Qt.AlignmentFlag.AlignCenter, words)
        if values.any():
            self._paint_arrow(p, box, _SIDES.get(self._keys[best], (0.0, 0.0)))

    @staticmethod
    def _paint_arrow(p: QPainter, box: QRectF, way: tuple[float, float]) -> None:
        """π: the best move, in the middle of the cell."""
        dx, dy = way
        size = box.width() * 0.09
        middle = box.center()
        tip = middle + QPointF(dx, dy) * size * 1.3
        base = middle - QPointF(dx, dy) * size * 0.7
        side = QPointF(-dy, dx) * size
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(theme.current().net))
        p.drawPolygon(QPolygonF([tip, base + side, base - side]))
