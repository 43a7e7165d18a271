"""What a picture grid paints, layer by layer, each kept until other rows come into view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from gui import theme
from gui.widgets.contact_sheet import Plan, sheet

RADIUS = 5  # logical pixels
Overlay = Callable[[QPainter, int, QRectF], None]  # paints marks on the tile of a picture, in device pixels
Blend = Callable[[np.ndarray, np.ndarray], np.ndarray]  # changes (n, H, W[, 3]) pictures with these indices


class GridLayers:
    """The sheet of pictures, the marks over it, and the ground with a hole for each tile."""

    def __init__(self) -> None:
        self._sheet: tuple[bytes, Plan, np.ndarray, QImage] | None = None
        self._marks: tuple[bytes, Plan, QImage] | None = None
        self._mask: tuple[Plan, str, QPixmap] | None = None

    def forget(self) -> None:
        """Pictures or marks have changed."""
        self._sheet = self._marks = None

    def pictures(self, images: Any, index: np.ndarray, plan: Plan, rows: int, blend: Blend | None) -> QImage:
        """`rows` rows of pictures as one image of source pixels."""
        key = index.tobytes()
        if not self._sheet or self._sheet[:2] != (key, plan):
            pictures = images[index, :: plan.stride, :: plan.stride]
            if blend:
                pictures = blend(pictures, index)
            a = sheet(pictures, rows, plan.columns, plan.cell, plan.before, cell_y=plan.cell_y)
            form = QImage.Format.Format_Grayscale8 if a.ndim == 2 else QImage.Format.Format_RGB888
            self._sheet = (key, plan, a, QImage(a.data, a.shape[1], a.shape[0], a.strides[0], form))
        return self._sheet[3]

    def marks(self, index: np.ndarray, plan: Plan, rows: int, overlay: Overlay) -> QImage:
        """What `overlay` paints on these tiles, in device pixels; each tile is clipped to itself."""
        key = index.tobytes()
        if not self._marks or self._marks[:2] != (key, plan):
            form = QImage.Format.Format_ARGB32_Premultiplied
            layer = QImage(plan.columns * plan.pitch, rows * plan.pitch_y, form)
            layer.fill(Qt.GlobalColor.transparent)
            p = QPainter(layer)
            for place, of in enumerate(index):
                x, y = place % plan.columns * plan.pitch, place // plan.columns * plan.pitch_y
                hole = QRectF(x + plan.hole_at, y + plan.hole_at, plan.hole, plan.hole_y)
                p.setClipRect(hole)
                overlay(p, int(of), hole)
            p.end()
            self._marks = (key, plan, layer)
        return self._marks[2]

    def holes(self, plan: Plan) -> QPixmap:
        """One cell of the ground's colour with a rounded hole where the picture shows."""
        colour = theme.current().panel
        if not self._mask or self._mask[:2] != (plan, colour):
            mask = QPixmap(plan.pitch, plan.pitch_y)
            mask.fill(Qt.GlobalColor.transparent)  # an opaque colour here would leave it without alpha
            p = QPainter(mask)
            p.fillRect(mask.rect(), QColor(colour))
            p.setRenderHint(QPainter.RenderHint.Antialiasing)
            p.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(colour))  # any: it only clears
            radius = RADIUS * plan.ratio
            p.drawRoundedRect(QRectF(plan.hole_at, plan.hole_at, plan.hole, plan.hole_y), radius, radius)
            p.end()
            self._mask = (plan, colour, mask)
        return self._mask[2]
