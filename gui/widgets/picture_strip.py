"""A few small grey pictures side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.images import to_image

SIDE, GAP = 40, 6


class PictureStrip(QWidget):
    """Shows pictures, each scaled to the same square; empty until it has some."""

    def __init__(self) -> None:
        super().__init__()
        self._images: list[QImage] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_images(self, images: Sequence[np.ndarray]) -> None:
        """Show these, (H, W) or (H, W, 3) uint8."""
        self._images = [to_image(image) for image in images]
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        count = max(5, len(self._images))
        return QSize(count * SIDE + (count - 1) * GAP, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, image in enumerate(self._images):
            painter.drawImage(QRect(place * (SIDE + GAP), 0, SIDE, SIDE), image)
