"""The activations of each layer, strongest maps first, painted in one go."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import theme
from gui.widgets.images import coloured, draw_rounded, heat_stops, to_image

_Layer = tuple[str, np.ndarray, np.ndarray]  # name, (C, H, W) uint8 levels strongest first, (C,) channel numbers


class FeatureMaps(QWidget):
    """One row a layer; the number of maps in a row follows the width, the tile size never changes.

    Which maps are strongest is judged by their spread over the picture: a map that is everywhere
    the same says nothing about it.
    """

    def __init__(self, tile: int = 38, gap: int = 3, rows: int | None = None, named: bool = False) -> None:
        super().__init__()
        self._tile, self._gap, self._rows = tile, gap, rows
        self._name_width = 46 if named else 0
        self._layers: list[_Layer] = []
        self._painted: list[list[QImage]] = []
        self._painted_for: tuple[str, int] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._resize_rows()

    def show_maps(self, maps: Sequence[tuple[str, np.ndarray]]) -> None:
        """Show (name, (C, H, W) float32) of each layer."""
        before = len(self._layers)
        self._layers = [_strongest_first(name, array) for name, array in maps[: self._rows]]
        self._painted_for = None
        if len(self._layers) != before:
            self._resize_rows()
        self.update()

    def layers(self) -> list[str]:
        """The names of the rows shown."""
        return [name for name, _, _ in self._layers]

    def set_rows(self, rows: int | None) -> None:
        """Show only the first layers; acts from the next maps on, the height at once."""
        self._rows = rows
        self._layers = self._layers[:rows]
        self._painted_for = None
        self._resize_rows()

    def set_tile(self, pixels: int) -> None:
        """Another tile size."""
        self._tile = pixels
        self._painted_for = None
        self._resize_rows()

    def _resize_rows(self) -> None:
        rows = len(self._layers) or self._rows or 3
        self.setFixedHeight(rows * (self._tile + self._gap) - self._gap)
        self.setMinimumWidth(self._name_width + 3 * (self._tile + self._gap))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._name_width + 7 * (self._tile + self._gap), self.height())

    def _columns(self) -> int:
        return max(1, (self.width() - self._name_width + self._gap) // (self._tile + self._gap))

    def _tiles(self) -> list[list[QImage]]:
        wanted = (theme.current().name, self._columns())
        if self._painted_for != wanted:
            stops, count = heat_stops(), self._columns()
            self._painted = [
                [to_image(coloured(level, stops)) for level in levels[:count]] for _, levels, _ in self._layers
            ]
            self._painted_for = wanted
        return self._painted

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, now = self._tile + self._gap, theme.current()
        if not self._layers:
            self._paint_empty(p)
            return
        for y, images in enumerate(self._tiles()):
            if self._name_width:
                p.setPen(QColor(now.faint))
                p.setFont(theme.font("caption"))
                at = QRectF(0, y * step, self._name_width - 6, self._tile)
                p.drawText(at, Qt.AlignmentFlag.AlignVCenter, self._layers[y][0])
            for x, image in enumerate(images):
                r = QRectF(self._name_width + x * step, y * step, self._tile, self._tile)
                draw_rounded(p, r, image, 3)

    def _paint_empty(self, p: QPainter) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(theme.current().well))
        step = self._tile + self._gap
        for y in range(self.height() // step + 1):
            for x in range(self._columns()):
                p.drawRoundedRect(QRectF(self._name_width + x * step, y * step, self._tile, self._tile), 3, 3)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _tip(self, at: QPointF) -> str:
        step = self._tile + self._gap
        y, x = int(at.y() // step), int((at.x() - self._name_width) // step)
        if y >= len(self._layers) or not 0 <= x < min(self._columns(), len(self._layers[y][2])):
            return ""
        name, levels, channels = self._layers[y]
        return f"{name} · {channels[x] + 1}/{len(channels)} · {levels.shape[1]}×{levels.shape[2]}"


def _strongest_first(name: str, maps: np.ndarray) -> _Layer:
    order = np.argsort(-maps.std((1, 2)))
    chosen = maps[order]
    top = chosen.max((1, 2), keepdims=True)
    levels = np.clip(chosen / np.maximum(top, 1e-6), 0, 1) * 255
    return name, levels.astype(np.uint8), order
