"""The stage of Style: the painting and the photo it comes from, split by a line to drag."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.frame_marks import paint_word
from gui.widgets.images import to_image

STEP = 0.05  # of the width, for one arrow key
GRIP = 12  # pixels, radius of the ring on the line


class StyleCompare(QWidget):
    """Left of the line the photo, right of it the painting. Arrows move the line; while H is held all is photo."""

    def __init__(self) -> None:
        super().__init__()
        self._photo, self._painting = QImage(), QImage()
        self._words = ("", "")
        self._held = False
        self.split = 0.5
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def set_words(self, photo: str, painting: str) -> None:
        """What the two halves are called."""
        self._words = (photo, painting)
        self.update()

    def show_photo(self, picture: np.ndarray) -> None:
        """(H, W, 3) uint8 RGB; the painting of another photo goes."""
        self._photo, self._painting = to_image(picture), QImage()
        self.update()

    def show_painting(self, picture: np.ndarray | None) -> None:
        """(H, W, 3) uint8 RGB, of any size with the photo's shape; None for none yet."""
        self._painting = QImage() if picture is None else to_image(picture)
        self.update()

    @property
    def painted(self) -> bool:
        """True when there is a painting to compare with."""
        return not self._painting.isNull()

    def hold(self, on: bool) -> None:
        """Show the photo alone while a key is held."""
        if on != self._held:
            self._held = on
            self.update()

    def place(self) -> QRectF:
        """Where the picture lies, in widget pixels."""
        if self._photo.isNull():
            return QRectF()
        size = self._photo.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, *size.toTuple())

    def set_split(self, share: float) -> None:
        """Move the line: 0 all painting, 1 all photo."""
        self.split = min(max(share, 0.0), 1.0)
        self.setAccessibleDescription(f"{self.split:.0%}")
        self.update()

    def _drag(self, event: QMouseEvent) -> None:
        place = self.place()
        if self.painted and place.width():
            self.set_split((event.position().x() - place.left()) / place.width())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._drag(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
        if event.key() in moves and self.painted:
            self.set_split(self.split + moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        place = self.place()
        if not place.width():
            return
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        p.drawImage(place, self._photo, QRectF(self._photo.rect()))
        if not self.painted or self._held:
            paint_word(p, self._words[0], place.topLeft() + QPointF(10, 10), "you")
            return
        x = place.left() + self.split * place.width()
        p.save()
        p.setClipRect(QRectF(x, place.top(), place.right() - x, place.height()))
        p.drawImage(place, self._painting, QRectF(self._painting.rect()))
        p.restore()
        self._tags(p, place, x)
        self._line(p, place, x)

    def _tags(self, p: QPainter, place: QRectF, x: float) -> None:
        """The names of the halves, each as long as there is room for it."""
        p.setFont(theme.font("body", 600))
        wide = [p.fontMetrics().horizontalAdvance(words) + 46 for words in self._words]
        if x - place.left() > wide[0]:
            paint_word(p, self._words[0], place.topLeft() + QPointF(10, 10), "you")
        if place.right() - x > wide[1]:
            paint_word(p, self._words[1], QPointF(place.right() - wide[1], place.top() + 10), "net")

    def _line(self, p: QPainter, place: QRectF, x: float) -> None:
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(theme.TOKENS["dark"]["you"])
        p.setPen(QPen(QColor(theme.TOKENS["dark"]["ink"]), 4))
        p.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))
        p.setPen(QPen(ink, 2))
        p.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))
        p.setBrush(QColor(theme.TOKENS["dark"]["ink"]))
        p.drawEllipse(QPointF(x, place.center().y()), GRIP, GRIP)
        for way in (-1, 1):  # two arrow heads
            tip = QPointF(x + way * 7, place.center().y())
            p.drawLine(tip, tip + QPointF(-way * 4, -4))
            p.drawLine(tip, tip + QPointF(-way * 4, 4))
