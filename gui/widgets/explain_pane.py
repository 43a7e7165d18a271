"""One of the four tasks: the picture with that task's answer, and the object that was chosen in any of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.detect.detections import Detections
from engine.text import Text
from gui import theme
from gui.widgets.explain_paint import Shown
from gui.widgets.photo_marks import FILL, Frame, class_colour, class_rgb, paint_tag, tag_rect
from gui.widgets.photo_view import mask_image
from gui.words import say

SMALL_AREA = 0.02  # share of the picture from which a class of a semantic answer gets its name on it
NAMES = 5


class PanePicture(QWidget):
    """A picture that may be clicked to choose an object.

    Signals:
        pointed: (float, float) x and y in pixels of the picture.
    """

    pointed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._over: QImage | None = None
        self._found: Detections | None = None
        self._classes: tuple[Text, ...] = ()
        self._names: list[tuple[str, QColor, float, float]] = []
        self._chosen: np.ndarray | None = None
        self._strong = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 80)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        return QSize(320, 220)

    def show_picture(self, picture: np.ndarray) -> None:
        """The picture alone."""
        self._shown, self._over, self._found, self._names = Shown(picture), None, None, []
        self.choose(None, -1)

    def show_found(self, found: Detections, classes: tuple[Text, ...]) -> None:
        """Boxes, and masks where there are any."""
        self._found, self._classes, self._over = found, classes, None
        if found.masks is not None and len(found):
            self._over = _rgba(_of_masks(found))
        self.update()

    def show_pixels(self, pixels: np.ndarray, classes: tuple[Text, ...], ground: int) -> None:
        """(H, W) uint8 class of every pixel; `ground` is left clear, −1 = none is."""
        table = np.zeros((256, 4), np.uint8)
        for index in range(256):
            table[index] = (*class_rgb(index), 0 if index == ground else 255)
        self._over = _rgba(mask_image(pixels, table, opaque=False))
        self._names = [_tag_of(pixels, i, classes) for i in _largest(pixels, ground)]
        self.update()

    def choose(self, box: np.ndarray | None, strong: int) -> None:
        """Frame a place in iris; `strong` is the object of this pane that it is, −1 = none."""
        self._chosen, self._strong = box, strong
        self.update()

    @property
    def strong(self) -> int:
        """The object of this pane that is chosen, −1 = none."""
        return self._strong

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._shown is None:
            return
        target, frame = self._shown.frame(QRectF(self.rect()))
        at = event.position()
        if target.contains(at):
            self.pointed.emit((at.x() - frame.left) / frame.across, (at.y() - frame.top) / frame.down)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._shown is None:
            return
        room = QRectF(self.rect())
        self._shown.paint(p, room)
        target, frame = self._shown.frame(room)
        if self._over is not None:
            p.drawImage(target, self._over)
        p.setClipRect(target)
        if self._found is not None:
            self._paint_found(p, self._found, frame, target)
        p.setFont(theme.font(11, 600))
        for words, colour, x, y in self._names:
            paint_tag(p, tag_rect(p, words, frame.point(x, y), target), words, colour)
        if self._chosen is not None:
            marks = theme.Theme("dark")
            p.setBrush(Qt.BrushStyle.NoBrush)
            for ink, width in ((marks.ink, 5.0), (marks.you, 2.5)):
                p.setPen(QPen(QColor(ink), width))
                p.drawRect(frame.box(self._chosen))

    def _paint_found(self, p: QPainter, found: Detections, frame: Frame, room: QRectF) -> None:
        p.setBrush(Qt.BrushStyle.NoBrush)
        for i in reversed(range(len(found))):
            colour = class_colour(int(found.labels[i]))
            if self._strong >= 0 and i != self._strong:
                colour.setAlphaF(0.4)
            p.setPen(QPen(colour, 3 if i == self._strong else 1.6))
            p.drawRect(frame.box(found.boxes[i]))
        p.setFont(theme.font(11, 600))
        placed: list[QRectF] = []
        for i in range(min(len(found), 12)):
            label = int(found.labels[i])
            name = say(self._classes[label]) if label < len(self._classes) else str(label)
            box = frame.box(found.boxes[i])
            words = f"{name} {found.scores[i]:.2f}"
            tag = tag_rect(p, words, QPointF(box.x(), box.y()), room)
            if not any(tag.intersects(other) for other in placed):
                placed.append(tag)
                paint_tag(p, tag, words, class_colour(label))


def _of_masks(found: Detections) -> np.ndarray:
    """(H, W, 4) uint8: every object in a colour of its own, so that two of a class are told apart."""
    assert found.masks is not None
    painted = np.zeros((*found.masks.shape[1:], 4), np.uint8)
    for i in reversed(range(len(found))):
        painted[found.masks[i]] = (*class_rgb(i), round(255 * FILL))
    return painted


def _rgba(painted: np.ndarray) -> QImage:
    height, width = painted.shape[:2]
    return QImage(np.ascontiguousarray(painted).data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


def _largest(pixels: np.ndarray, ground: int) -> Sequence[int]:
    counts = np.bincount(pixels.ravel(), minlength=1).astype(float) / pixels.size
    order = np.argsort(-counts, kind="stable")[:NAMES]
    return [int(i) for i in order if counts[i] >= SMALL_AREA and i != ground]


def _tag_of(pixels: np.ndarray, kind: int, classes: tuple[Text, ...]) -> tuple[str, QColor, float, float]:
    """A class' name in the middle of its pixels."""
    rows, columns = np.nonzero(pixels == kind)
    name = say(classes[kind]) if kind < len(classes) else str(kind)
    return name, class_colour(kind), float(np.median(columns)), float(np.median(rows))
