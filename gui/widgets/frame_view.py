"""The stage of Live: one picture after another, as large as there is room, and what is known of each over it."""

from __future__ import annotations

import time

import cv2
import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.widgets.frame_marks import NOTHING, Mark, Over, mark_at, paint_over, paint_word, same_object

SMOOTH_UP_TO = 1280 * 720  # pixels of the source; above, smoothing costs more than it shows


class FrameView(QWidget):
    """An opaque widget that paints one image, then the marks. A click chooses an object; arrows go through them.

    Signals:
        picked: (int, float, float) an object (−1 = none) and the place, in pixels of the picture.
        moved: what is chosen is no longer there, or another picture has it at another place.
    """

    picked = Signal(int, float, float)
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pixels: np.ndarray | None = None  # the QImage borrows its memory
        self._image = QImage()
        self._over: Over = NOTHING
        self._chosen: Mark | None = None
        self._strong = -1
        self._words: tuple[tuple[str, str], ...] = ()
        self.paint_ms = 0.0
        self.painted = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def show_frame(self, picture: np.ndarray | None, over: Over = NOTHING) -> None:
        """Show (H, W, 3) uint8 RGB with what lies over it; None shows nothing."""
        if picture is None:
            self._pixels, self._image = None, QImage()
        else:
            self._pixels = cv2.cvtColor(picture, cv2.COLOR_RGB2BGRA)  # Qt draws four bytes a pixel six times as fast
            height, width = picture.shape[:2]
            self._image = QImage(self._pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self.show_over(over)

    def show_over(self, over: Over) -> None:
        """Other marks over the same picture."""
        self._over = over
        if self._chosen is not None:
            self._strong = same_object(over.marks, self._chosen)
            self._chosen = over.marks[self._strong] if self._strong >= 0 else self._chosen
            self.moved.emit()
        self.update()

    def show_words(self, *words: tuple[str, str]) -> None:
        """Words at the upper left, each with the colour of the spot before it: what is recorded, what is covered."""
        if words != self._words:
            self._words = words
            self.setAccessibleDescription(". ".join(said for said, _ in words))
            self.update()

    @property
    def over(self) -> Over:
        """What lies over the picture."""
        return self._over

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height of the picture, (0, 0) without one."""
        return self._image.width(), self._image.height()

    @property
    def chosen(self) -> Mark | None:
        """The object that was clicked, while it is in the picture."""
        return self._chosen if self._strong >= 0 else None

    def choose(self, index: int) -> None:
        """Lay stress on one of the marks; −1 on none."""
        self._strong = index if 0 <= index < len(self._over.marks) else -1
        self._chosen = self._over.marks[self._strong] if self._strong >= 0 else None
        self.update()

    def target(self) -> QRectF:
        """Where the picture lies in the widget, in whole logical pixels."""
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        return QRectF(left, top, size.width(), size.height())

    def place(self, at: QPointF) -> tuple[float, float] | None:
        """The pixel of the picture under a point of the widget; None outside of it."""
        target = self.target()
        if self._image.isNull() or not target.contains(at):
            return None
        across, down = self._image.width() / target.width(), self._image.height() / target.height()
        return (at.x() - target.x()) * across, (at.y() - target.y()) * down

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.place(event.position())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(mark_at(self._over.marks, *at))
            self.picked.emit(self._strong, *at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        count = len(self._over.marks)
        if step is None or not count:
            super().keyPressEvent(event)
            return
        first = 0 if step > 0 else count - 1
        self.choose((self._strong + step) % count if self._strong >= 0 else first)
        box = self._over.marks[self._strong].box
        self.picked.emit(self._strong, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        began = time.perf_counter()
        p = QPainter(self)
        ground = QColor(theme.current().well)
        if self._image.isNull():
            p.fillRect(self.rect(), ground)
            return
        target = self.target()
        _fill_round(p, QRectF(self.rect()), target, ground)
        small = self._image.width() * self._image.height() <= SMOOTH_UP_TO
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, small)
        p.drawImage(target, self._image)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        paint_over(p, self._over, target, self.picture_size, strong=self._strong)
        self._paint_words(p, target)
        if self.hasFocus():
            p.setPen(QPen(QColor(theme.current().you), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRect(target.adjusted(1, 1, -1, -1))
        self.paint_ms = 1000 * (time.perf_counter() - began)
        self.painted += 1

    def _paint_words(self, p: QPainter, target: QRectF) -> None:
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = target.top() + 10
        for words, dot in self._words:
            y = paint_word(p, words, QPointF(target.left() + 10, y), dot).bottom() + 6


def _fill_round(p: QPainter, whole: QRectF, hole: QRectF, colour: QColor) -> None:
    """What of `whole` lies outside `hole`: bars beside or above the picture."""
    p.fillRect(QRectF(whole.left(), whole.top(), whole.width(), hole.top() - whole.top()), colour)
    p.fillRect(QRectF(whole.left(), hole.bottom(), whole.width(), whole.bottom() - hole.bottom()), colour)
    p.fillRect(QRectF(whole.left(), hole.top(), hole.left() - whole.left(), hole.height()), colour)
    p.fillRect(QRectF(hole.right(), hole.top(), whole.right() - hole.right(), hole.height()), colour)
