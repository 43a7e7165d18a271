"""The photograph of the Caption tab, and over it where the network looked for a word."""

from __future__ import annotations

import cv2
import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.images import draw_rounded, to_image

DARKEST, FINE = 165, 96  # of 255, over what was not looked at; a side of the smooth veil


class CaptionPhoto(QWidget):
    """One photograph as large as there is room; `show_looked` darkens what the network did not look at."""

    def __init__(self) -> None:
        super().__init__()
        self._photo, self._veil = QImage(), QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    @property
    def veiled(self) -> bool:
        """True while it shows where the network looked."""
        return not self._veil.isNull()

    def show_photo(self, picture: np.ndarray) -> None:
        """(H, W, 3) uint8 RGB."""
        self._photo, self._veil = to_image(picture), QImage()
        self.update()

    def show_looked(self, places: np.ndarray | None) -> None:
        """(cells, cells) float32 shares; None for the photograph alone."""
        if places is None:
            self._veil = QImage()
        else:
            fine = cv2.resize(places, (FINE, FINE), interpolation=cv2.INTER_CUBIC)
            fine = np.clip(fine / max(float(fine.max()), 1e-9), 0, 1)
            veil = np.zeros((FINE, FINE, 4), np.uint8)
            veil[..., 3] = ((1 - fine) * DARKEST).astype(np.uint8)
            self._veil = QImage(veil.data, FINE, FINE, 4 * FINE, QImage.Format.Format_RGBA8888).copy()
        self.update()

    def place(self) -> QRectF:
        """Where the photograph lies, in widget pixels."""
        if self._photo.isNull():
            return QRectF()
        size = self._photo.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, *size.toTuple())

    def paintEvent(self, event: QPaintEvent) -> None:
        place = self.place()
        if not place.width():
            return
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_rounded(p, place, self._photo, 8)
        if self.veiled:
            draw_rounded(p, place, self._veil, 8)
