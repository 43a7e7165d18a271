"""How one stage of an explanation is painted: the picture, its heat, the boxes with their names."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from engine.detect.detections import Detections
from engine.text import Text
from gui import theme
from gui.widgets.images import to_image
from gui.widgets.photo_marks import Frame, class_colour, paint_tag, tag_rect
from gui.words import say

HEAT = 0.66  # how much the strongest heat covers the picture
CROWD = 60  # boxes; more are drawn so thin that they do not hide the picture
TAGS = 14  # names that are written


def fitted(width: int, height: int, room: QRectF) -> QRectF:
    """The largest place of that shape in the middle of `room`, in whole pixels."""
    scale = min(room.width() / max(1, width), room.height() / max(1, height))
    w, h = round(width * scale), round(height * scale)
    return QRectF(round(room.center().x() - w / 2), round(room.center().y() - h / 2), w, h)


def heat_image(heat: np.ndarray) -> QImage:
    """(h, w) float32 in [0, 1] as a veil: dark where nothing is, mint where most is."""
    values = np.clip(heat, 0, 1)
    rgb = theme.ramp(values, theme.TOKENS["sequential"]["dark"][:6])
    alpha = np.round(255 * HEAT).astype(np.uint8) * np.ones(values.shape, np.uint8)
    both = np.ascontiguousarray(np.dstack((rgb, alpha)))
    return QImage(both.data, both.shape[1], both.shape[0], both.shape[1] * 4, QImage.Format.Format_RGBA8888).copy()


def paint_boxes(
    p: QPainter, boxes: Detections, classes: tuple[Text, ...], frame: Frame, room: QRectF, *, tags: bool = True
) -> None:
    """Boxes, the best last so that they lie on top; of no class in the network's mint, else in their class' colour."""
    many = len(boxes) > CROWD
    p.setBrush(Qt.BrushStyle.NoBrush)
    for i in reversed(range(len(boxes))):
        colour = _colour(int(boxes.labels[i]))
        colour.setAlphaF(0.35 if many else 0.35 + 0.65 * min(1.0, float(boxes.scores[i])))
        p.setPen(QPen(colour, 1 if many else 2))
        p.drawRect(frame.box(boxes.boxes[i]))
    if tags and classes:
        _paint_tags(p, boxes, classes, frame, room)


def _colour(label: int) -> QColor:
    return class_colour(label) if label >= 0 else QColor(theme.TOKENS["dark"]["net"])


def _paint_tags(p: QPainter, boxes: Detections, classes: tuple[Text, ...], frame: Frame, room: QRectF) -> None:
    p.setFont(theme.font(11, 600))
    placed: list[QRectF] = []
    for i in range(min(len(boxes), TAGS)):
        label = int(boxes.labels[i])
        if label < 0:
            continue
        name = say(classes[label]) if label < len(classes) else str(label)
        score = float(boxes.scores[i])
        words = name if score >= 1 else f"{name} {score:.2f}"
        box = frame.box(boxes.boxes[i])
        tag = tag_rect(p, words, QPointF(box.x(), box.y()), room)
        if not any(tag.intersects(other) for other in placed):
            placed.append(tag)
            paint_tag(p, tag, words, _colour(label))


class Shown:
    """One stage made ready to be painted at any size.

    picture: (H, W, 3) uint8 RGB. boxes, heat, classes as in `Stage`.
    """

    def __init__(
        self,
        picture: np.ndarray,
        boxes: Detections | None = None,
        heat: np.ndarray | None = None,
        classes: tuple[Text, ...] = (),
    ) -> None:
        self.width, self.height = picture.shape[1], picture.shape[0]
        self.boxes, self.classes, self._heat = boxes, classes, heat
        self._image = to_image(picture)
        self._over: QImage | None = None

    def frame(self, room: QRectF) -> tuple[QRectF, Frame]:
        """Where the picture lies in `room`, and how its pixels come there."""
        target = fitted(self.width, self.height, room)
        return target, Frame.of(target, self.width, self.height)

    def paint(self, p: QPainter, room: QRectF, *, tags: bool = True) -> None:
        """Paint it as large as `room` allows."""
        target, frame = self.frame(room)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, target.width() < 2 * self.width)
        p.drawImage(target, self._image)
        if self._heat is not None:
            self._over = self._over or heat_image(self._heat)
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)  # cells stay cells
            p.drawImage(target, self._over)
        if self.boxes is not None:
            p.save()
            p.setClipRect(target)
            paint_boxes(p, self.boxes, self.classes, frame, target, tags=tags)
            p.restore()
