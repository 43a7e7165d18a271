"""One figure for each layer as bars on a logarithmic scale, first layer on top."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

LOW, HIGH = -8.0, 0.0  # powers of ten at the ends of the scale
NAME, VALUE, TALLEST = 56, 76, 20  # pixels for the name, for the figure, and of a row
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power(value: float) -> str:
    """3.2·10⁻⁴"""
    if value <= 0:
        return "0"
    exponent = int(np.floor(np.log10(value)))
    return f"{value / 10.0**exponent:.1f}·10{str(exponent).translate(_RAISED)}"


class LayerBars(QWidget):
    """Values over eight powers of ten, so that a layer whose figure vanishes can be told from one that is small."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, float] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_values(self, values: Mapping[str, float]) -> None:
        """Show these non-negative figures, in their order."""
        self.values = dict(values)
        self.setAccessibleDescription(", ".join(f"{name} {power(value)}" for name, value in self.values.items()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.values:
            return
        painter, look = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        tall = min(TALLEST, self.height() / len(self.values))
        wide = self.width() - NAME - VALUE
        for place, (name, value) in enumerate(self.values.items()):
            y = place * tall
            share = (np.log10(max(value, 10.0**LOW)) - LOW) / (HIGH - LOW)
            painter.setPen(QColor(look.dim))
            painter.drawText(QRectF(0, y, NAME - 8, tall), Qt.AlignmentFlag.AlignVCenter, name)
            painter.drawText(
                QRectF(NAME + wide, y, VALUE, tall),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                power(value),
            )
            painter.setPen(Qt.PenStyle.NoPen)
            track = QRectF(NAME, y + tall / 2 - 3.5, wide, 7)
            painter.setBrush(QColor(look.hover))
            painter.drawRoundedRect(track, 3.5, 3.5)
            track.setWidth(max(7.0, wide * float(np.clip(share, 0, 1))))
            painter.setBrush(QColor(look.net))
            painter.drawRoundedRect(track, 3.5, 3.5)
