"""A figure for each class as bars: IoU or AP, each class in the colour it has on the photographs."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.photo_marks import class_colour

TALL, NAME, VALUE, SPOT = 20, 92, 52, 8  # logical pixels


class ClassFigures(QWidget):
    """Shares in [0, 1] on a common scale; a class that does not occur has a dash."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.values = np.zeros(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_values(self, names: Sequence[str], values: np.ndarray) -> None:
        """Show these, in their order."""
        self.names, self.values = list(names), np.asarray(values, float)
        told = (f"{n} {_words(v)}" for n, v in zip(self.names, self.values, strict=True))
        self.setAccessibleDescription(", ".join(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, round(TALL * max(1, len(self.names)) * theme.scale()))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setFont(theme.font("small"))
        metrics, tall = QFontMetricsF(p.font()), self.height() / max(1, len(self.names))
        wide = self.width() - NAME - VALUE - SPOT - 8
        for row, (name, value) in enumerate(zip(self.names, self.values, strict=True)):
            y = row * tall
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(class_colour(row))
            p.drawEllipse(QRectF(0, y + (tall - SPOT) / 2, SPOT, SPOT))
            p.setPen(QColor(now.dim))
            words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, NAME - 8)
            p.drawText(QRectF(SPOT + 8, y, NAME - 8, tall), Qt.AlignmentFlag.AlignVCenter, words)
            p.setPen(QColor(now.text if isfinite(value) else now.faint))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            p.drawText(QRectF(self.width() - VALUE, y, VALUE, tall), right, _words(value))
            track = QRectF(SPOT + 8 + NAME - 4, y + tall / 2 - 3.5, wide, 7)
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(now.hover))
            p.drawRoundedRect(track, 3.5, 3.5)
            if isfinite(value) and value > 0:
                track.setWidth(max(7.0, wide * min(1.0, value)))
                p.setBrush(QColor(now.net))
                p.drawRoundedRect(track, 3.5, 3.5)


def _words(value: float) -> str:
    return f"{100 * value:.1f}\u2009%" if isfinite(value) else "–"
