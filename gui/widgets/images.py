"""Arrays as pictures: QImages that own their bytes, and colour ramps fast enough for every stroke."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPainterPath

from gui import theme


def to_image(array: np.ndarray) -> QImage:
    """(H, W) grey or (H, W, 3) RGB uint8 to a QImage that owns its bytes."""
    a = np.ascontiguousarray(array, np.uint8)
    grey = a.ndim == 2
    kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
    return QImage(a.data, a.shape[1], a.shape[0], a.shape[1] * (1 if grey else 3), kind).copy()


@lru_cache(maxsize=8)
def _table(stops: tuple[str, ...]) -> np.ndarray:
    return theme.ramp(np.linspace(0, 1, 256)[None], list(stops))[0]  # (256, 3) uint8


def coloured(levels: np.ndarray, stops: list[str]) -> np.ndarray:
    """(H, W) uint8 levels to (H, W, 3) uint8 through colour stops, by table."""
    return np.asarray(_table(tuple(stops))[levels])


def heat_stops() -> list[str]:
    """The sequential ramp for activations: it starts at the ground the maps lie on."""
    now = theme.current()
    return [now.well, *now.sequential[2:]] if now.name == "dark" else now.sequential


def draw_rounded(painter: QPainter, target: QRectF, image: QImage, radius: float) -> None:
    """One picture with round corners."""
    path = QPainterPath()
    path.addRoundedRect(target, radius, radius)
    painter.save()
    painter.setClipPath(path)
    painter.drawImage(target, image, QRectF(image.rect()))
    painter.restore()
