"""Doors: cards with a real picture that lead to another tab."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.clickable import Clickable
from gui.widgets.controls import Icon
from gui.widgets.images import coloured, draw_rounded, heat_stops, to_image
from gui.widgets.layout import column, label, row

_SPARE = 4  # pixels: Hangul beside other letters makes a line a little higher


class Door(Clickable):
    """Picture above, below it icon, name, words and the key that goes there."""

    def __init__(self, picture: QWidget, icon: str, key: str) -> None:
        super().__init__("door")
        self._name, self._words, self._key = label("strong"), label("caption", wrap=True), label("caption")
        self._key.setText(key)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        picture.setMinimumHeight(64)
        words = column(self._name, self._words, gap=1)
        foot = row(Icon(icon, "net", 20), (words, 1), self._key, gap=10)
        foot.setAlignment(self._key, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column((picture, 1), foot, gap=10, margins=(8, 8, 10, 10)))

    def set_words(self, name: str, words: str) -> None:
        """What lies behind it."""
        self._name.setText(name)
        self._words.setText(words)
        self.setAccessibleName(f"{name}: {words}")
        self._fit()

    def _fit(self) -> None:
        """Room for two lines, so that pictures beside each other are of one height."""
        self._words.setMinimumHeight(2 * QFontMetrics(theme.font("caption")).lineSpacing() + _SPARE)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_words"):  # another size of type
            self._fit()


class _Ground(QWidget):
    """A picture's place that grows with its door."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # the door takes the click

    def sizeHint(self) -> QSize:
        return QSize(200, 72)  # it takes what there is

    def _paint_well(self, p: QPainter) -> None:
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(theme.current().well))
        p.drawRoundedRect(QRectF(self.rect()), 8, 8)


class CurvePicture(_Ground):
    """One learning curve, filled below, with its last value large and where it is from."""

    def __init__(self) -> None:
        super().__init__()
        self._values = np.zeros(0)
        self._figure, self._words = "", ""

    def show_curve(self, values: Sequence[float], figure: str, words: str) -> None:
        """Accuracies in [0, 1] in order; what was reached, and by whom."""
        self._values, self._figure, self._words = np.asarray(values, float), figure, words
        self.setAccessibleDescription(f"{figure}, {words}")
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        self._paint_well(p)
        if len(self._values) < 2:
            return
        w, h = self.width(), self.height()
        floor = min(0.9, float(self._values.min())) - 0.02
        span = 1.0 - floor
        step = (w - 28) / (len(self._values) - 1)
        points = [QPointF(14 + i * step, h - 12 - (h - 34) * (v - floor) / span) for i, v in enumerate(self._values)]
        self._paint_line(p, points)
        below = h - 12 - max(q.y() for q in points[len(points) // 2 :])  # where the curve is not: under it, or above
        low = points[-1].y() > h / 2
        if not low and below < 52:  # a small door has room for the figure alone
            self._write(p, h - 36.0, "lead")
        else:
            self._write(p, 12.0 if low else h - 62.0, "figure", self._words)

    def _write(self, p: QPainter, y: float, size: str, words: str = "") -> None:
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        p.setFont(theme.font(size, 600))
        p.setPen(QColor(theme.current().text))
        p.drawText(QRectF(0, y, self.width() - 22, 28), end, self._figure)
        p.setFont(theme.font("caption"))
        p.setPen(QColor(theme.current().dim))
        p.drawText(QRectF(0, y + 26, self.width() - 22, 18), end, words)

    def _paint_line(self, p: QPainter, points: list[QPointF]) -> None:
        colour = QColor(theme.current().net)
        line = QPainterPath(points[0])
        for q in points[1:]:
            line.lineTo(q)
        below = QPainterPath(line)
        below.lineTo(points[-1].x(), self.height() - 12)
        below.lineTo(points[0].x(), self.height() - 12)
        pale = QColor(colour)
        pale.setAlphaF(0.13)
        p.fillPath(below, pale)
        p.setPen(QPen(colour, 2.5))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawPath(line)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour)
        p.drawEllipse(points[-1], 4, 4)


class Mosaic(_Ground):
    """A wall of real digits in the colours of the theme, as many as fit."""

    SIDE = 28

    def __init__(self) -> None:
        super().__init__()
        self._digits: np.ndarray | None = None

    @property
    def empty(self) -> bool:
        """True until digits were given."""
        return self._digits is None

    def show_digits(self, digits: np.ndarray) -> None:
        """(n, 28, 28) uint8."""
        self._digits = digits
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        if self._digits is None:
            self._paint_well(p)
            return
        across = max(1, round(self.width() / self.SIDE))
        cell = self.width() / across
        down = int(-(-self.height() // cell))
        pick = np.resize(np.arange(len(self._digits)), across * down)
        wall = self._digits[pick].reshape(down, across, self.SIDE, self.SIDE).transpose(0, 2, 1, 3)
        image = to_image(coloured(wall.reshape(down * self.SIDE, across * self.SIDE), heat_stops()))
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        seen = image.copy(0, 0, image.width(), round(self.height() * self.SIDE / cell))
        draw_rounded(p, QRectF(self.rect()), seen, 8)


class Photo(_Ground):
    """A photograph that fills its place.

    finder: with the corners of a viewfinder. crisp: pixels keep their edges.
    """

    def __init__(self, *, finder: bool = True, crisp: bool = False) -> None:
        super().__init__()
        self._finder, self._crisp = finder, crisp
        self._image: QImage | None = None

    @property
    def empty(self) -> bool:
        """True until a picture was given."""
        return self._image is None

    def show_picture(self, picture: np.ndarray) -> None:
        """(H, W, 3) uint8 RGB."""
        self._image = to_image(picture)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        self._paint_well(p)
        if self._image is None:
            return
        place = QRectF(self.rect())
        scale = max(place.width() / self._image.width(), place.height() / self._image.height())
        seen = QRectF(0, 0, place.width() / scale, place.height() / scale)
        seen.moveCenter(QRectF(self._image.rect()).center())
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self._crisp)
        draw_rounded(p, place, self._image.copy(seen.toAlignedRect()), 8)
        if self._finder:
            self._paint_corners(p, place.adjusted(16, 14, -16, -14))

    @staticmethod
    def _paint_corners(p: QPainter, r: QRectF) -> None:
        p.setPen(QPen(QColor(theme.TOKENS["dark"]["net"]), 2.5))  # over a picture: the inks of the dark theme
        for x, y, dx, dy in (
            (r.left(), r.top(), 1, 1),
            (r.right(), r.top(), -1, 1),
            (r.left(), r.bottom(), 1, -1),
            (r.right(), r.bottom(), -1, -1),
        ):
            p.drawPolyline([QPointF(x + 16 * dx, y), QPointF(x, y), QPointF(x, y + 16 * dy)])
