"""The lecture's layout of a mistake: the label at the upper left, what a network read at the lower right (Fig. 8-2)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from engine.data.predictions import Predictions
from gui import theme

USUAL = 56.0  # logical pixels of a tile at which words have their usual size


def paint_reading(p: QPainter, predictions: Predictions, names: Sequence[str], index: int, hole: QRectF) -> None:
    """Write label and reading on one tile, in sand and mint on dark tags."""
    inks = theme.TOKENS["dark"]  # marks on pictures keep the dark theme's inks
    ratio = max(1.0, min(hole.width() / USUAL, 1.6))
    font = theme.font(11, 600)
    font.setPixelSize(round(11 * ratio))
    p.setFont(font)
    metrics = QFontMetricsF(font)
    label, read_as = int(predictions.labels[index]), int(predictions.read_as[index])
    for of, ink, corner in ((label, "slide", False), (read_as, "net", True)):
        if not 0 <= of < len(names):
            continue
        words = metrics.elidedText(names[of], Qt.TextElideMode.ElideRight, hole.width() - 8 * ratio)
        width, height = metrics.horizontalAdvance(words) + 6 * ratio, metrics.height()
        at = QRectF(hole.x(), hole.y(), width, height)
        if corner:
            at.moveBottomRight(hole.bottomRight())
        ground = QColor(inks["ink"])
        ground.setAlphaF(0.8)
        p.fillRect(at, ground)
        p.setPen(QColor(inks[ink]))
        p.drawText(at, Qt.AlignmentFlag.AlignCenter, words)
