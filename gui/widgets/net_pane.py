"""The picture that a network got, with the heat of a class over it; or one feature map, large."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.images import coloured, heat_stops, to_image


class NetPane(QWidget):
    """Signals:
    left: a person clicked on the enlarged map, or pressed Esc: back to the picture.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._picture, self._map = QImage(), QImage()
        self._heat: np.ndarray | None = None
        self._opacity, self._word = 0.6, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 200)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(300, 300)

    def show_picture(self, picture: np.ndarray, heat: np.ndarray | None, word: str) -> None:
        """Show (H, W[, 3]) uint8 with (h, w) heat in [0, 1] over it, and a word on it."""
        self._picture, self._heat, self._map, self._word = to_image(picture), heat, QImage(), word
        self.update()

    def show_map(self, levels: np.ndarray, word: str) -> None:
        """Show one map, (h, w) uint8, instead of the picture."""
        self._map, self._word = to_image(coloured(levels, heat_stops())), word
        self.update()

    def set_opacity(self, share: float) -> None:
        """How much of the picture the heat covers where it is strongest, 0 to 1."""
        self._opacity = share
        self.update()

    @property
    def enlarges(self) -> bool:
        """True while a map is shown."""
        return not self._map.isNull()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.enlarges:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.enlarges:
            self.left.emit()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        image = self._map if self.enlarges else self._picture
        if image.isNull():
            p.fillRect(self.rect(), QColor(theme.current().well))
            return
        size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        room = QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height())
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self.enlarges and image.width() > 64)
        p.drawImage(room, image)
        if self._heat is not None and not self.enlarges:
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            p.drawImage(room, self._heat_image(self._heat))
        if self._word:
            self._paint_word(p, room)

    def _heat_image(self, heat: np.ndarray) -> QImage:
        """Yellow over black would hide the picture: the colour carries the heat, its alpha too."""
        inks = theme.Theme("dark")
        levels = np.round(heat * 255).astype(np.uint8)
        rgba = np.empty((*heat.shape, 4), np.uint8)
        rgba[..., :3] = coloured(levels, [inks.you, inks.bad, inks.slide])
        rgba[..., 3] = np.round(heat * 255 * self._opacity)
        height, width = heat.shape
        return QImage(rgba.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()

    def _paint_word(self, p: QPainter, room: QRectF) -> None:
        inks, font = theme.Theme("dark"), theme.font("small", 600)
        metrics = QFontMetricsF(font)
        words = metrics.elidedText(self._word, Qt.TextElideMode.ElideRight, room.width() - 28)
        tag = QRectF(room.x() + 6, room.y() + 6, metrics.horizontalAdvance(words) + 16, 22 * theme.scale())
        paper = QColor(inks.ink)
        paper.setAlphaF(0.8)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(paper)
        p.drawRoundedRect(tag, 5, 5)
        p.setPen(QColor(inks.text))
        p.setFont(font)
        p.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)
