"""A board of three by three: the marks, in every free cell what the table thinks of it, the last move, the row that won."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.rl.games.tic_tac_toe import CELLS, X, cells, won_line
from gui import theme
from gui.widgets.game_values import signed

MARKS = "·XO"


class GameBoard(QWidget):
    """`inks`: the colours of X and of O, as the theme calls them.

    Signals:
        pressed: (int) the cell that a person clicked, 0 … 8 row by row.
    """

    pressed = Signal(int)

    def __init__(self, smallest: int = 180) -> None:
        super().__init__()
        self.board, self.last = 0, -1
        self.values: np.ndarray | None = None
        self.inks, self._keys = ("you", "net"), False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(smallest, smallest)

    def sizeHint(self) -> QSize:
        return QSize(360, 360)

    def show_board(self, board: int, last: int, values: np.ndarray | None = None, *, keys: bool = False) -> None:
        """The position, the cell taken last (−1: none), (9,) Q of each cell with nan where none is; `keys`: which to press."""
        self.board, self.last, self.values, self._keys = board, last, values, keys
        marks = "".join(MARKS[mark] for mark in cells(board))
        self.setAccessibleDescription(" / ".join((marks[:3], marks[3:6], marks[6:])))
        self.update()

    def cell(self, number: int) -> QRectF:
        """Where a cell is."""
        side = min(self.width(), self.height()) / 3
        left, top = (self.width() - 3 * side) / 2, (self.height() - 3 * side) / 2
        return QRectF(left + number % 3 * side, top + number // 3 * side, side, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number in range(CELLS):
            if self.cell(number).contains(event.position()):
                self.pressed.emit(number)

    def paintEvent(self, event: QPaintEvent) -> None:
        p, row = QPainter(self), won_line(self.board)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, mark in enumerate(cells(self.board)):
            gap = self.cell(number).width() * 0.02
            box = self.cell(number).adjusted(gap, gap, -gap, -gap)
            ink = self.inks[0 if mark == X else 1]
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(getattr(theme.current(), f"{ink}_soft" if number in row else "well")))
            p.drawRoundedRect(box, 6, 6)
            if mark:
                valued = self.values is not None and not np.isnan(self.values[number])
                self._paint_mark(
                    p, box, mark, QColor(getattr(theme.current(), ink)), last=number == self.last, low=not valued
                )
                if valued:
                    self._paint_value(p, box.adjusted(0, 0, 0, -4), number, Qt.AlignmentFlag.AlignBottom)
            elif not row:
                self._paint_free(p, box, number)

    @staticmethod
    def _paint_mark(p: QPainter, box: QRectF, mark: int, ink: QColor, *, last: bool, low: bool) -> None:
        """`low`: in the middle; else a little higher, for there is a number below."""
        p.setBrush(Qt.BrushStyle.NoBrush)
        if last:
            p.setPen(QPen(ink, 2))
            p.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        p.setPen(QPen(ink, max(2.0, box.width() * 0.08), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        arm, middle = box.width() * 0.24, box.center() - QPointF(0, 0 if low else box.height() * 0.08)
        if mark == X:
            p.drawLine(middle - QPointF(arm, arm), middle + QPointF(arm, arm))
            p.drawLine(middle + QPointF(arm, -arm), middle - QPointF(arm, -arm))
        else:
            p.drawEllipse(middle, arm, arm)

    def _paint_free(self, p: QPainter, box: QRectF, number: int) -> None:
        """Mint: good for whose turn it is, red: bad; the best in full letters. The key stands in the corner."""
        now = theme.current()
        if self.values is not None and not np.isnan(self.values[number]):
            value, best = float(self.values[number]), float(np.nanmax(self.values))
            tint = QColor(now.net if value >= 0 else now.bad)
            tint.setAlphaF(0.05 + 0.4 * min(1.0, abs(value)))
            p.setPen(QPen(QColor(now.net), 1.5, Qt.PenStyle.DashLine) if value == best else Qt.PenStyle.NoPen)
            p.setBrush(tint)
            p.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
            self._paint_value(p, box, number, Qt.AlignmentFlag.AlignVCenter)
        if self._keys:
            p.setFont(theme.font("caption"))
            p.setPen(QColor(now.faint))
            corner = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            p.drawText(box.adjusted(8, 5, 0, 0), corner, str(number + 1))

    def _paint_value(self, p: QPainter, box: QRectF, number: int, place: Qt.AlignmentFlag) -> None:
        """Q of one cell; of a cell already taken, what it was worth to who took it."""
        assert self.values is not None
        value = float(self.values[number])
        best = value == np.nanmax(self.values)
        p.setFont(theme.font("small" if place == Qt.AlignmentFlag.AlignBottom else "body", 600 if best else 400))
        p.setPen(QColor(theme.current().text))
        p.drawText(box, Qt.AlignmentFlag.AlignHCenter | place, signed(value, 2))
