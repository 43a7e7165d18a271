"""What shows the network's world: a picture, answer bars, a wall of tiles. The maps and the matrix lie beside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import theme
from gui.widgets.confusion import Confusion
from gui.widgets.feature_maps import FeatureMaps
from gui.widgets.images import draw_rounded, to_image

__all__ = ["Bars", "Confusion", "FeatureMaps", "Picture", "Tiles", "to_image"]


class Picture(QWidget):
    """One image, as large as fits (or filling, with `fill`), crisp unless `smooth`."""

    def __init__(self, smooth: bool = False, fill: bool = False, radius: int = 8) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._smooth, self._fill, self._radius = smooth, fill, radius
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_array(self, array: np.ndarray | None) -> None:
        """Show (H, W) or (H, W, 3) uint8; None for an empty well."""
        self._image = None if array is None else to_image(array)
        self.update()

    def target(self) -> QRectF:
        """Where the picture lies in the widget, in logical pixels."""
        if self._image is None:
            return QRectF(self.rect())
        across, down = self.width() / self._image.width(), self.height() / self._image.height()
        s = max(across, down) if self._fill else min(across, down)
        w, h = self._image.width() * s, self._image.height() * s
        return QRectF((self.width() - w) / 2, (self.height() - h) / 2, w, h)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._image is None:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(theme.current().well))
            p.drawRoundedRect(QRectF(self.rect()), self._radius, self._radius)
            return
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
        whole, seen = self.target(), self.target().intersected(QRectF(self.rect()))
        s = self._image.width() / whole.width()
        source = QRectF((seen.x() - whole.x()) * s, (seen.y() - whole.y()) * s, seen.width() * s, seen.height() * s)
        draw_rounded(p, seen, self._image.copy(source.toAlignedRect()) if self._fill else self._image, self._radius)


class Tiles(QWidget):
    """Small pictures painted in one go: as many as fit, from left to right.

    `top_left` and `bottom_right` are words on each (sand: the label; mint: what was read).

    Signals:
        clicked: (int) which tile.
    """

    clicked = Signal(int)

    def __init__(self, tile: int = 52, gap: int = 4, radius: int = 5, smooth: bool = True) -> None:
        super().__init__()
        self._tile, self._gap, self._radius, self._smooth = tile, gap, radius, smooth
        self._images: list[QImage] = []
        self._corners: tuple[Sequence[str], Sequence[str]] = ((), ())
        self._tips: Sequence[str] = ()
        self.setMinimumSize(tile, tile)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_tiles(
        self,
        images: Sequence[np.ndarray],
        top_left: Sequence[str] | None = None,
        bottom_right: Sequence[str] | None = None,
        tips: Sequence[str] | None = None,
    ) -> None:
        """Show these (H, W) or (H, W, 3) uint8 pictures with their words."""
        self._images = [to_image(image) for image in images]
        self._corners = (top_left or (), bottom_right or ())
        self._tips = tips or ()
        self.updateGeometry()
        self.update()

    def columns(self) -> int:
        """How many stand side by side."""
        return max(1, (self.width() + self._gap) // (self._tile + self._gap))

    def fitting(self) -> int:
        """How many of the tiles can be seen."""
        rows = max(1, (self.height() + self._gap) // (self._tile + self._gap))
        return min(len(self._images), rows * self.columns())

    def sizeHint(self) -> QSize:
        step = self._tile + self._gap
        rows = -(-max(1, len(self._images)) // self.columns())
        return QSize(6 * step - self._gap, min(rows, 3) * step - self._gap)

    def at(self, point: QPointF) -> int | None:
        """Which tile lies under a point."""
        step = self._tile + self._gap
        if not (0 <= point.x() < self.columns() * step and point.y() >= 0):
            return None
        index = int(point.y() // step) * self.columns() + int(point.x() // step)
        return index if index < self.fitting() else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (index := self.at(event.position())) is not None:
            self.clicked.emit(index)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._tips[index] if index is not None and self._tips else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
        p.setFont(theme.font(12, 600))
        step, across = self._tile + self._gap, self.columns()
        for i in range(self.fitting()):
            r = QRectF(i % across * step, i // across * step, self._tile, self._tile)
            draw_rounded(p, r, self._images[i], self._radius)
            self._paint_corners(p, r.adjusted(5, 2, -5, -2), i)

    def _paint_corners(self, p: QPainter, r: QRectF, i: int) -> None:
        inks = theme.TOKENS["dark"]  # marks on pictures keep the dark theme's inks
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for words, ink, side in (
            (self._corners[0], "slide", left | Qt.AlignmentFlag.AlignTop),
            (self._corners[1], "net", right | Qt.AlignmentFlag.AlignBottom),
        ):
            if i < len(words):
                p.setPen(QColor(inks[ink]))
                p.drawText(r, side, words[i])


class Bars(QWidget):
    """Named bars of the network's answer; the best one is full mint, the rest pale. Never reordered."""

    FIGURE = 54

    def __init__(self, row_height: int = 20, name_width: int = 24) -> None:
        super().__init__()
        self._row, self._name_width = row_height, name_width
        self._names: Sequence[str] = [str(i) for i in range(10)]
        self._values: np.ndarray | None = None
        self.setMinimumWidth(160)
        self.setFixedHeight(row_height * len(self._names))

    def set_values(self, names: Sequence[str], values: np.ndarray | None) -> None:
        """Probabilities in [0, 1], one for each name; None empties the bars."""
        if len(names) != len(self._names):
            self.setFixedHeight(self._row * len(names))
        self._names, self._values = names, None if values is None else np.asarray(values)
        if self._values is not None:
            best = int(self._values.argmax())
            self.setAccessibleDescription(f"{names[best]}: {self._values[best] * 100:.1f} %")
        self.update()

    def set_row_height(self, pixels: int) -> None:
        """Closer rows in a small window."""
        self._row = pixels
        self.setFixedHeight(pixels * len(self._names))

    def set_name_width(self, pixels: int) -> None:
        """Room for the names."""
        self._name_width = pixels
        self.update()

    def values(self) -> np.ndarray | None:
        """What is shown."""
        return self._values

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        best = -1 if self._values is None else int(self._values.argmax())
        for i, name in enumerate(self._names):
            value = None if self._values is None else float(self._values[i])
            self._paint_bar(p, QRectF(0, i * self._row, self.width(), self._row), name, value, best=i == best)

    def _paint_bar(self, p: QPainter, r: QRectF, name: str, value: float | None, *, best: bool) -> None:
        now = theme.current()
        x0, x1 = float(self._name_width), r.width() - self.FIGURE * theme.scale()
        p.setFont(theme.font(12, 600 if best else 400))
        p.setPen(QColor(now.text if best else now.dim))
        name = QFontMetricsF(p.font()).elidedText(name, Qt.TextElideMode.ElideRight, x0 - 8)
        p.drawText(QRectF(0, r.y(), x0 - 8, r.height()), Qt.AlignmentFlag.AlignVCenter, name)
        track = QRectF(x0, r.center().y() - 3.5, x1 - x0, 7)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.hover if now.name == "dark" else now.raised))
        p.drawRoundedRect(track, 3.5, 3.5)
        if value is None:
            return
        if value > 0.002:
            colour = QColor(now.net)
            colour.setAlphaF(1.0 if best else 0.5)
            p.setBrush(colour)
            p.drawRoundedRect(QRectF(x0, track.y(), max(7.0, track.width() * value), 7), 3.5, 3.5)
        p.setPen(QColor(now.net if best else now.dim))
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        p.drawText(QRectF(x1, r.y(), r.width() - x1, r.height()), end, f"{value * 100:.1f}\u2009%")
