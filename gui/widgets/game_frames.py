"""What the network sees: its stacked frames, or the planes of one observation, as small pictures below each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.images import to_image

GAP, WORDS = 6, 16


class GameFrames(QWidget):
    """Small crisp pictures with a name under each."""

    def __init__(self) -> None:
        super().__init__()
        self._images: list[QImage] = []
        self._names: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(112)

    @property
    def count(self) -> int:
        """How many pictures there are."""
        return len(self._images)

    def clear(self) -> None:
        self._images = []
        self.update()

    def show_frames(self, frames: np.ndarray, names: Sequence[str]) -> None:
        """(n, H, W) uint8, grey, or 0 and 1 for planes; numbers without a picture show nothing."""
        self._names = tuple(names)
        if frames.ndim != 3:
            self._images = []
        else:
            grey = frames if frames.max(initial=0) > 1 else frames * 255
            self._images = [to_image(np.ascontiguousarray(np.repeat(one[..., None], 3, 2))) for one in grey]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._images:
            return
        p, now = QPainter(self), theme.current()
        p.setFont(theme.font("caption"))
        side = min(self.width(), (self.height() - len(self._images) * (GAP + WORDS)) / len(self._images))
        y = 0.0
        for place, image in enumerate(self._images):
            p.drawImage(QRectF((self.width() - side) / 2, y, side, side), image)
            p.setPen(QColor(now.edge))  # white at the rim would run into a light page
            p.drawRect(QRectF((self.width() - side) / 2, y, side - 1, side - 1))
            p.setPen(QColor(now.faint))
            words = self._names[place] if place < len(self._names) else ""
            p.drawText(QRectF(0, y + side, self.width(), WORDS), Qt.AlignmentFlag.AlignCenter, words)
            y += side + GAP + WORDS
