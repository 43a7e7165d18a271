"""A lecture table worked through: input, kernel, result, with the window of the step that is shown."""

from __future__ import annotations

import itertools

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.live.convolution import number
from engine.live.lab_tables import LectureTable
from gui import theme

LARGEST_CELL, BETWEEN, CAPTION = 54.0, 46.0, 22.0


class TablePlay(QWidget):
    """Cells up to the shown step are filled in; misprinted ones carry the slide's number in sand.

    Signals:
        pointed: (int) the step whose cell a person chose.
    """

    pointed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._table: LectureTable | None = None
        self._result = np.zeros((0, 0))
        self._step = -1
        self._names = ("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(420, 200)

    def sizeHint(self) -> QSize:
        return QSize(680, 320)

    def show_table(self, table: LectureTable) -> None:
        """Show this one, no step taken."""
        self._table, self._result, self._step = table, table.result, -1
        self.update()

    def show_step(self, step: int) -> None:
        """Fill the result up to this cell, from 0; −1 for none."""
        self._step = step
        self.update()

    def set_names(self, names: tuple[str, str, str]) -> None:
        """What stands over input, kernel and result."""
        self._names = names
        self.update()

    # Geometry, in cells: (rows, columns) of the input with its zeros, the kernel, the result

    def _shapes(self) -> list[tuple[int, int]]:
        assert self._table is not None
        rows, columns = self._table.values.shape
        layer = self._table.layer
        zeros = layer.zeros if layer else 0
        middle = [(layer.size, layer.size)] if layer else []
        return [(rows + zeros, columns + zeros), *middle, (self._result.shape[0], self._result.shape[1])]

    def _cell(self) -> float:
        shapes = self._shapes()
        across = (self.width() - BETWEEN * (len(shapes) - 1)) / sum(c for _, c in shapes)
        return min(LARGEST_CELL, across, (self.height() - CAPTION) / max(r for r, _ in shapes))

    def _grids(self) -> list[QRectF]:
        shapes, cell = self._shapes(), self._cell()
        total = sum(c for _, c in shapes) * cell + BETWEEN * (len(shapes) - 1)
        x, found = (self.width() - total) / 2, []
        for rows, columns in shapes:
            top = CAPTION + (self.height() - CAPTION - rows * cell) / 2
            found.append(QRectF(x, top, columns * cell, rows * cell))
            x += columns * cell + BETWEEN
        return found

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._table is None:
            return
        grid, cell, at = self._grids()[-1], self._cell(), event.position()
        if grid.contains(at):
            row, column = int((at.y() - grid.y()) / cell), int((at.x() - grid.x()) / cell)
            self.pointed.emit(row * self._result.shape[1] + column)

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._table is None:
            return
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        grids, layer = self._grids(), self._table.layer
        self._paint_input(p, grids[0])
        if layer:
            weights = np.array(layer.weights)
            for (r, c), value in np.ndenumerate(weights):
                self._paint_cell(p, self._at(grids[1], r, c), number(float(value)), now.you_soft, now.you)
        self._paint_result(p, grids[-1])
        p.setFont(theme.font("title", 500))
        p.setPen(QColor(now.faint))
        for i, (a, b) in enumerate(itertools.pairwise(grids)):
            sign = "=" if i == len(grids) - 2 else "∗"
            p.drawText(
                QRectF(a.right(), a.center().y() - 20, b.x() - a.right(), 40), Qt.AlignmentFlag.AlignCenter, sign
            )
        names = self._names if layer else (self._names[0], self._names[2])
        p.setFont(theme.font("caption"))
        for grid, name in zip(grids, names, strict=True):
            box = QRectF(grid.center().x() - 90, grid.y() - CAPTION, 180, CAPTION - 4)
            p.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def _at(self, grid: QRectF, row: float, column: float) -> QRectF:
        cell = self._cell()
        return QRectF(grid.x() + column * cell, grid.y() + row * cell, cell, cell).adjusted(1, 1, -1, -1)

    def _paint_input(self, p: QPainter, grid: QRectF) -> None:
        assert self._table is not None
        now, table, layer = theme.current(), self._table, self._table.layer
        ring = layer.before if layer else 0
        whole = np.pad(table.values, ring)
        for (r, c), value in np.ndenumerate(whole):
            added = not (ring <= r < whole.shape[0] - ring and ring <= c < whole.shape[1] - ring)
            ink, ground = (now.faint, now.well) if added else (now.text, now.raised)
            self._paint_cell(p, self._at(grid, r, c), number(float(value)), ground, ink)
        if self._step < 0:
            return
        row, column = table.places[self._step]
        side, step = (layer.size, layer.stride) if layer else (2, 2)
        box = self._at(grid, row * step, column * step).united(
            self._at(grid, row * step + side - 1, column * step + side - 1)
        )
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(QPen(QColor(now.you), 3))
        p.drawRoundedRect(box, 4, 4)

    def _paint_result(self, p: QPainter, grid: QRectF) -> None:
        assert self._table is not None
        now = theme.current()
        for step, (r, c) in enumerate(self._table.places):
            box = self._at(grid, r, c)
            if step > self._step:
                self._paint_cell(p, box, "", now.well, now.faint)
                continue
            self._paint_cell(p, box, number(float(self._result[r, c])), now.net_soft, now.net)
            if (r, c) in self._table.misprints:
                p.setFont(theme.font(11, 600))
                p.setPen(QColor(now.slide))
                said = number(float(self._table.slide[r, c]))
                p.drawText(box.adjusted(3, 2, -4, -2), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, said)
                middle = box.top() + 9
                p.drawLine(QPointF(box.right() - 5 - 7 * len(said), middle), QPointF(box.right() - 3, middle))
            if step == self._step:
                p.setBrush(Qt.BrushStyle.NoBrush)
                p.setPen(QPen(QColor(now.net), 2))
                p.drawRoundedRect(box, 4, 4)

    def _paint_cell(self, p: QPainter, box: QRectF, words: str, ground: str, ink: str) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(ground))
        p.drawRoundedRect(box, 4, 4)
        p.setPen(QColor(ink))
        p.setFont(theme.font(max(9, round(self._cell() / theme.scale() * 0.34)), 500))
        p.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
