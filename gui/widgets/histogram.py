"""How many pixels have which brightness, as bars from dark to bright."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui import theme

BIN = 8  # values in one bar
SCALE = 4  # height of the dark-to-bright strip
MOSTLY_EMPTY = 0.25  # share of zeros above which they are left out, or they would flatten all else


class Histogram(QWidget):
    """Bars of a (256,) histogram.

    Signals:
        pointed: (int, int, float) first and last value of the bar under the pointer and its share of
            all pixels; −1, −1, 0 when there is none.
    """

    pointed = Signal(int, int, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = np.zeros(256, np.int64)
        self._at = -1
        self.setFixedHeight(64)
        self.setMouseTracking(True)

    def show_counts(self, counts: np.ndarray) -> None:
        """Show how many pixels have each value, (256,) int64."""
        self._counts = counts
        self.update()

    @property
    def zeros(self) -> float:
        """The share of pixels that are 0."""
        return float(self._counts[0] / max(1, self._counts.sum()))

    @property
    def leaves_out_zeros(self) -> bool:
        """True where the bars start at value 1, because most pixels are empty."""
        return self.zeros > MOSTLY_EMPTY

    def _bars(self) -> np.ndarray:
        counts = self._counts.copy()
        if self.leaves_out_zeros:
            counts[0] = 0
        return counts.reshape(-1, BIN).sum(axis=1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bars = 256 // BIN
        self._at = min(max(int(event.position().x() / max(1, self.width()) * bars), 0), bars - 1)
        low = self._at * BIN + (1 if self._at == 0 and self.leaves_out_zeros else 0)
        self.pointed.emit(low, self._at * BIN + BIN - 1, float(self._bars()[self._at] / max(1, self._counts.sum())))
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._at = -1
        self.pointed.emit(-1, -1, 0.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now, bars = theme.current(), self._bars()
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        width, room = self.width() / len(bars), self.height() - SCALE - 4
        p.setBrush(QColor(now.line))
        p.drawRect(QRectF(0, room, self.width(), 1))
        most = max(1, int(bars.max()))
        for i, count in enumerate(bars):
            colour = QColor(now.text if i == self._at else now.net)
            colour.setAlphaF(1.0 if i == self._at else 0.75)
            p.setBrush(colour)
            height = room * count / most
            p.drawRect(QRectF(i * width + 0.5, room - height, width - 1, height))
        strip = QLinearGradient(0, 0, self.width(), 0)  # the values themselves, black to white
        for at, value in ((0, 0), (1, 255)):
            strip.setColorAt(at, QColor.fromRgb(value, value, value))
        p.setBrush(strip)
        p.setPen(QColor(now.line))
        p.drawRoundedRect(QRectF(0.5, self.height() - SCALE - 0.5, self.width() - 1, SCALE), 2, 2)
