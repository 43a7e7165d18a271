"""A kernel that slides along a signal: the window above, what the kernel answers below, a frame where it stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme

TALL, TALL_SMALL = 214, 176  # logical pixels
TICK = 50  # milliseconds between two places of the kernel


class SignalKernel(QWidget):
    """Shows (T, C) values and the answer of one kernel; the pointer, the arrows or `play` move the kernel.

    Signals:
        moved: (int) the kernel's place, counted in its answers.
    """

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._window: np.ndarray | None = None
        self._response = np.zeros(0)
        self._channels: Sequence[str] = ()
        self._letters = ""
        self._wide, self._stride, self._padding, self._at = 1, 1, 0, 0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._step)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(TALL)

    def sizeHint(self) -> QSize:
        return QSize(260, TALL)

    def show_window(self, window: np.ndarray | None, channels: Sequence[str], *, letters: str = "") -> None:
        """Show (T, C) values, or the `letters` that they stand for; None for nothing."""
        self._window, self._channels, self._letters = window, channels, letters
        self.update()

    def show_answer(self, response: np.ndarray, *, wide: int, stride: int, padding: int) -> None:
        """The kernel's answers (T′,), how many samples it covers, its steps, and the zeros before the first sample."""
        self._response, self._wide, self._stride, self._padding = np.asarray(response), wide, stride, padding
        self.go_to(min(self._at, max(0, len(response) - 1)))

    @property
    def at(self) -> int:
        """Where the kernel stands, counted in its answers."""
        return self._at

    @property
    def playing(self) -> bool:
        """Whether it slides by itself."""
        return self._timer.isActive()

    def play(self, on: bool) -> None:
        """Slide by itself, from left to right and again."""
        if on and len(self._response):
            self._timer.start()
        else:
            self._timer.stop()

    def go_to(self, at: int) -> None:
        """Put the kernel on one of its places."""
        self._at = min(max(0, at), max(0, len(self._response) - 1))
        if len(self._response):
            self.setAccessibleDescription(f"{self._at + 1} / {len(self._response)}: {self._response[self._at]:.2f}")
        self.moved.emit(self._at)
        self.update()

    def _step(self) -> None:
        self.go_to((self._at + 1) % max(1, len(self._response)))

    # Hand

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._window is None or not len(self._response) or self.playing:
            return
        share = (event.position().x() - 8) / max(1.0, self.width() - 16.0)
        sample = share * (len(self._window) - 1) - self._wide / 2 + self._padding
        self.go_to(round(sample / self._stride))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.play(not self.playing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self.go_to(self._at + steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space:
            self.play(not self.playing)
        else:
            event.ignore()

    def hideEvent(self, event: QHideEvent) -> None:
        self.play(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        now, p = theme.current(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.well))
        p.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if self._window is None or len(self._window) < 2:
            return
        head = 16 * theme.scale()
        room = QRectF(self.rect()).adjusted(8, head + 4, -8, -6)
        top = QRectF(room.x(), room.y(), room.width(), room.height() * 0.62)
        low = QRectF(room.x(), top.bottom() + 8, room.width(), room.bottom() - top.bottom() - 8)
        if self._letters:
            self._paint_letters(p, top)
        else:
            self._paint_window(p, top)
        self._paint_names(p, head)
        if len(self._response):
            self._paint_response(p, low)
            self._paint_kernel(p, top, low)

    def _paint_window(self, p: QPainter, plot: QRectF) -> None:
        assert self._window is not None
        now, values = theme.current(), np.nan_to_num(self._window)
        for channel in range(values.shape[1]):
            p.setPen(QPen(QColor(now.series[channel % len(now.series)]), 1.4))
            one = values[:, channel]
            p.drawPolyline(_line(one, plot, float(values.min()), float(values.max())))

    def _paint_letters(self, p: QPainter, plot: QRectF) -> None:
        """One below the other's place in the answers, as the kernel passes over them."""
        assert self._window is not None
        p.setFont(theme.font(11, 600))
        p.setPen(QColor(theme.current().text))
        step = plot.width() / (len(self._window) - 1)
        for number, letter in enumerate(self._letters):
            place = QRectF(plot.x() + step * (number - 1), plot.y(), 2 * step, plot.height())
            p.drawText(place, Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_names(self, p: QPainter, head: float) -> None:
        now, x = theme.current(), 8.0
        p.setFont(theme.font(11, 600))
        metrics = QFontMetricsF(p.font())
        for channel, name in enumerate(self._channels):
            wide = metrics.horizontalAdvance(name)
            if x + wide > self.width() - 8:
                break
            p.setPen(QColor(now.series[channel % len(now.series)]))
            p.drawText(QPointF(x, head - 2), name)
            x += wide + 8

    def _paint_response(self, p: QPainter, plot: QRectF) -> None:
        now = theme.current()
        p.setPen(QPen(QColor(now.faint), 1))
        p.drawLine(QPointF(plot.left(), plot.bottom()), QPointF(plot.right(), plot.bottom()))
        p.setPen(QPen(QColor(now.net), 1.8))
        xs = [self._x_of(at, plot) for at in range(len(self._response))]
        high = float(self._response.max()) or 1.0
        ys = plot.bottom() - plot.height() * self._response / high
        p.drawPolyline(QPolygonF([QPointF(x, float(y)) for x, y in zip(xs, ys, strict=True)]))

    def _paint_kernel(self, p: QPainter, top: QRectF, low: QRectF) -> None:
        assert self._window is not None
        now = theme.current()
        begin = self._at * self._stride - self._padding
        scale = top.width() / (len(self._window) - 1)
        frame = QRectF(top.x() + begin * scale, top.y(), max(6.0, (self._wide - 1) * scale), top.height())
        colour = QColor(now.you)
        fill = QColor(now.you)
        fill.setAlphaF(0.16)
        p.setBrush(fill)
        p.setPen(QPen(colour, 1.5))
        p.drawRoundedRect(frame.intersected(QRectF(self.rect())), 3, 3)
        high = float(self._response.max()) or 1.0
        x = self._x_of(self._at, low)
        y = low.bottom() - low.height() * float(self._response[self._at]) / high
        p.drawLine(QPointF(x, top.bottom()), QPointF(x, y))
        p.setBrush(colour)
        p.setPen(Qt.PenStyle.NoPen)
        p.drawEllipse(QPointF(x, y), 4, 4)

    def _x_of(self, at: int, plot: QRectF) -> float:
        """Below the middle of what the kernel covers."""
        assert self._window is not None
        middle = at * self._stride - self._padding + (self._wide - 1) / 2
        return plot.x() + plot.width() * middle / (len(self._window) - 1)


def _line(values: np.ndarray, plot: QRectF, low: float, high: float) -> QPolygonF:
    x = plot.x() + plot.width() * np.arange(len(values)) / (len(values) - 1)
    y = plot.bottom() - plot.height() * (values - low) / ((high - low) or 1.0)
    return QPolygonF([QPointF(float(a), float(b)) for a, b in zip(x, y, strict=True)])
