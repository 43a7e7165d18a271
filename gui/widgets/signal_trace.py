"""One window of a signal, large: its channels over time with axis, unit and rate; a hair line reads the values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.chart_ticks import ticks

LEFT, RIGHT, TOP, BOTTOM = 40, 10, 22, 20  # logical pixels round the curves


class SignalTrace(QWidget):
    """Shows (T, C) float32; arrows or the pointer move a hair line along it.

    Signals:
        pointed: (int) the sample under the hair line; −1 when there is none.
        opened: Enter or a double click. stepped: (int) PageDown (+1) or PageUp (−1).
    """

    pointed = Signal(int)
    opened = Signal()
    stepped = Signal(int)

    def __init__(self, *, height: int = 0) -> None:
        super().__init__()
        self._window: np.ndarray | None = None
        self._channels: Sequence[str] = ()
        self._unit, self._rate, self._at = "", 0.0, -1
        self._range = (0.0, 1.0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if height:
            self.setFixedHeight(height)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(280, 180)

    def show_window(self, window: np.ndarray | None, *, channels: Sequence[str], unit: str, rate: float) -> None:
        """Show (T, C) values in `unit` at `rate` samples a second (0 = not known); None for nothing."""
        self._window, self._channels, self._unit, self._rate = window, channels, unit, rate
        if window is not None and window.size:
            low, high = float(np.nanmin(window)), float(np.nanmax(window))
            room = 0.06 * ((high - low) or 1.0)
            self._range = low - room, high + room
        self.point(self._at)
        self.update()

    @property
    def at(self) -> int:
        """The sample under the hair line, or −1."""
        return self._at

    def point(self, sample: int) -> None:
        """Put the hair line on a sample."""
        count = 0 if self._window is None else len(self._window)
        found = min(sample, count - 1) if sample >= 0 else -1
        if found != self._at:
            self._at = found
            self.pointed.emit(found)
        self.update()

    def words(self, sample: int) -> str:
        """When a sample was taken."""
        return f"{sample / self._rate:.2f} s" if self._rate else f"{sample:,}"

    # Hand

    def _plot(self) -> QRectF:
        scale = theme.scale()
        return QRectF(self.rect()).adjusted(LEFT * scale, TOP * scale, -RIGHT, -BOTTOM * scale)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._window is not None and len(self._window):
            plot = self._plot()
            share = (event.position().x() - plot.x()) / max(1.0, plot.width())
            self.point(round(min(max(share, 0.0), 1.0) * (len(self._window) - 1)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self.point(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = Qt.Key(event.key()), 0 if self._window is None else len(self._window)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and count:
            step = 1 if key == Qt.Key.Key_Right else -1
            self.point(max(0, self._at + step) if self._at >= 0 else count // 2)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stepped.emit(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.point(-1)

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        now, p = theme.current(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.well))
        p.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if self._window is None or len(self._window) < 2:
            return
        plot = self._plot()
        self._paint_axes(p, plot)
        for channel in range(self._window.shape[1]):
            p.setPen(QPen(QColor(now.series[channel % len(now.series)]), 1.6))
            p.drawPolyline(self._line(self._window[:, channel], plot))
        if self._at >= 0:
            x = plot.x() + plot.width() * self._at / (len(self._window) - 1)
            p.setPen(QPen(QColor(now.dim), 1))
            p.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        self._paint_names(p, plot)
        if self.hasFocus():
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.setPen(QPen(QColor(now.you), 2))
            p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _line(self, values: np.ndarray, plot: QRectF) -> QPolygonF:
        most = max(2, 2 * int(plot.width()))
        at = np.arange(len(values)) if len(values) <= most else np.linspace(0, len(values) - 1, most).astype(int)
        low, high = self._range
        x = plot.x() + plot.width() * at / (len(values) - 1)
        y = plot.bottom() - plot.height() * (np.nan_to_num(values[at]) - low) / ((high - low) or 1.0)
        return QPolygonF([QPointF(float(a), float(b)) for a, b in zip(x, y, strict=True)])

    def _paint_axes(self, p: QPainter, plot: QRectF) -> None:
        now = theme.current()
        p.setFont(theme.font("caption"))
        high_of = QFontMetricsF(p.font()).height()
        faint = QColor(now.text)
        faint.setAlphaF(0.13)
        low, high = self._range
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value, words in ticks(low, high, max(2, int(plot.height() / 34))):
            y = plot.bottom() - plot.height() * (value - low) / (high - low)
            p.setPen(QPen(faint, 1))
            p.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            p.setPen(QColor(now.faint))
            if plot.bottom() - y < high_of / 2:  # there the time begins
                continue
            p.drawText(QRectF(0, y - high_of / 2, plot.x() - 5, high_of), right, words.replace("-", "−"))
        assert self._window is not None
        steps = len(self._window) - 1
        length = steps / self._rate if self._rate else float(steps)
        for value, words in ticks(0.0, length, max(2, int(plot.width() / 60))):
            x = plot.x() + plot.width() * value / length
            unit = " s" if self._rate else ""
            p.drawText(QRectF(x - 40, plot.bottom() + 3, 80, high_of), Qt.AlignmentFlag.AlignHCenter, words + unit)

    def _paint_names(self, p: QPainter, plot: QRectF) -> None:
        """Names (and values under the hair line) in one row above the curves, each in its curve's colour."""
        assert self._window is not None
        now, x = theme.current(), 8.0
        p.setFont(theme.font(11, 600))
        for channel, name in enumerate(self._channels):
            p.setPen(QColor(now.series[channel % len(now.series)]))
            value = f" {self._window[self._at, channel]:.2f}".replace("-", "−") if self._at >= 0 else ""
            words = name + value
            p.drawText(QPointF(x, 15 * theme.scale()), words)
            x += QFontMetricsF(p.font()).horizontalAdvance(words) + 12
        end = self.words(self._at) if self._at >= 0 else self._unit
        p.setPen(QColor(now.faint))
        p.setFont(theme.font("caption"))
        p.drawText(QRectF(0, 3, self.width() - 8, 18 * theme.scale()), Qt.AlignmentFlag.AlignRight, end)
