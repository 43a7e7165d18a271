"""How far stacked kernels see, drawn: one output pixel and all input pixels it depends on (lecture row 38)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.live.convolution import receptive_field
from gui import theme

SIDE, BETWEEN, CAPTION, LARGEST_CELL = 9, 40.0, 22.0, 30.0


class FieldDrawing(QWidget):
    """A row of maps from the input to one pixel: lit is what that pixel depends on."""

    def __init__(self) -> None:
        super().__init__()
        self._kernels: tuple[int, ...] = (3, 3)
        self._names: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(300, 150)

    def sizeHint(self) -> QSize:
        return QSize(600, 210)

    def show_kernels(self, kernels: Sequence[int], names: Sequence[str]) -> None:
        """Draw this stack; a name over the input and over every map."""
        self._kernels, self._names = tuple(kernels), tuple(names)
        self.setAccessibleName(", ".join(names))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now, maps = QPainter(self), theme.current(), len(self._kernels) + 1
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        slots = 4  # so that stacks of two and three are drawn in one scale
        cell = min(
            (self.width() - BETWEEN * (slots - 1)) / (slots * SIDE), (self.height() - CAPTION) / SIDE, LARGEST_CELL
        )
        x = (self.width() - maps * SIDE * cell - (maps - 1) * BETWEEN) / 2
        for number in range(maps):
            lit = receptive_field(self._kernels[number:])
            grid = QRectF(x, CAPTION + (self.height() - CAPTION - SIDE * cell) / 2, SIDE * cell, SIDE * cell)
            self._paint_map(p, grid, lit, kernel=self._kernels[number] if number < len(self._kernels) else 0)
            p.setPen(QColor(now.dim))
            p.setFont(theme.font("caption", 500))
            name = self._names[number] if number < len(self._names) else ""
            box = QRectF(grid.x() - BETWEEN / 2, grid.y() - CAPTION, grid.width() + BETWEEN, CAPTION - 4)
            p.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
            if number + 1 < maps:
                p.setPen(QColor(now.faint))
                p.setFont(theme.font("lead", 500))
                p.drawText(QRectF(grid.right(), grid.y(), BETWEEN, grid.height()), Qt.AlignmentFlag.AlignCenter, "→")
            x += SIDE * cell + BETWEEN

    def _paint_map(self, p: QPainter, grid: QRectF, lit: int, *, kernel: int) -> None:
        now, cell, edge = theme.current(), grid.width() / SIDE, (SIDE - lit) // 2
        p.setPen(Qt.PenStyle.NoPen)
        for r in range(SIDE):
            for c in range(SIDE):
                inside = edge <= r < edge + lit and edge <= c < edge + lit
                p.setBrush(QColor(now.net if inside else now.well))
                box = QRectF(grid.x() + c * cell, grid.y() + r * cell, cell, cell).adjusted(1, 1, -1, -1)
                p.drawRoundedRect(box, 2, 2)
        if kernel:  # the window of the first pixel of the next map
            window = QRectF(grid.x() + edge * cell, grid.y() + edge * cell, kernel * cell, kernel * cell)
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.setPen(QPen(QColor(now.you), 2.5))
            p.drawRoundedRect(window, 3, 3)
