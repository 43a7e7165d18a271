"""Painting one photograph with what a network says of it: its answer, the truth, or what is right and wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from engine.data.photoset import Objects
from engine.detect.detections import Detections
from engine.detect.judge import RIGHT, Judged, judge
from engine.train.looking import Glance, Looked
from gui import theme
from gui.widgets.photo_marks import Frame, class_colour, class_rgb, paint_tag, tag_rect
from gui.widgets.photo_view import mask_image

ANSWER, TRUTH, ERRORS = range(3)
_WASH = 150  # of 255: how strongly a wrong pixel is marked


@dataclass(eq=False)
class Painted:
    """A glance ready to be painted: its picture and, for each way of looking, what lies over it.

    Keeps the arrays behind its images alive.
    """

    glance: Glance
    void: int | None
    names: Sequence[str]
    skeleton: Sequence[tuple[int, int]] = ()
    judged: Judged | None = None
    _layers: dict[int, tuple[np.ndarray, QImage]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        picture = np.ascontiguousarray(self.glance.picture)
        height, width = picture.shape[:2]
        self._pixels = picture
        self.image = QImage(picture.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        if self.glance.truth is not None and self.glance.found is not None:
            self.judged = judge(self.glance.truth, self.glance.found.above(self.glance.least_score))

    @property
    def counts(self) -> tuple[int, int, int]:
        """TP, FP, FN of the boxes; zeros for masks."""
        return self.judged.counts if self.judged else (0, 0, 0)

    def layer(self, way: int) -> QImage | None:
        """What lies over the picture as an image: a mask, or the pixels that are wrong."""
        if self.glance.mask is None or self.glance.truth_mask is None:
            return None
        if way not in self._layers:
            painted = self._wrong() if way == ERRORS else self._mask(way)
            height, width = painted.shape[:2]
            form = QImage.Format.Format_RGBA8888
            self._layers[way] = painted, QImage(painted.data, width, height, 4 * width, form)
        return self._layers[way][1]

    def _mask(self, way: int) -> np.ndarray:
        mask = self.glance.mask if way == ANSWER else self.glance.truth_mask
        assert mask is not None
        return np.ascontiguousarray(mask_image(mask, palette(len(self.names), self.void), opaque=False))

    def _wrong(self) -> np.ndarray:
        mask, truth = self.glance.mask, self.glance.truth_mask
        assert mask is not None and truth is not None
        painted = np.zeros((*mask.shape, 4), np.uint8)
        scored = truth < len(self.names) if self.void is None else (truth < len(self.names)) & (truth != self.void)
        ink = QColor(theme.TOKENS["dark"]["bad"])
        painted[scored & (mask != truth)] = (ink.red(), ink.green(), ink.blue(), _WASH)
        return painted


def painted_of(looked: Looked, names: Sequence[str]) -> list[Painted]:
    """All glances of an event, ready to be painted."""
    return [Painted(glance, looked.void, names, looked.skeleton) for glance in looked.glances]


def palette(classes: int, void: int | None) -> np.ndarray:
    """(256, 4) uint8 RGBA for the numbers in a mask; what is no class is clear."""
    table = np.zeros((256, 4), np.uint8)
    for index in range(classes):
        table[index] = (*class_rgb(index), 255)
    if void is not None and void < 256:
        table[void] = 0
    return table


def fit(room: QRectF, width: int, height: int) -> QRectF:
    """The largest rectangle of a picture's shape in the middle of `room`."""
    scale = min(room.width() / max(1, width), room.height() / max(1, height))
    size = width * scale, height * scale
    return QRectF(room.center().x() - size[0] / 2, room.center().y() - size[1] / 2, *size)


def paint_glance(p: QPainter, one: Painted, target: QRectF, way: int, *, tags: bool) -> None:
    """The photograph in `target` with the marks of one way of looking; `tags` name the boxes, if there is room."""
    p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    p.drawImage(target, one.image)
    layer = one.layer(way)
    if layer is not None:
        p.drawImage(target, layer)
        return
    glance = one.glance
    frame = Frame.of(target, one.image.width(), one.image.height())
    p.save()
    p.setClipRect(target)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    if glance.points is not None and glance.truth_points is not None:
        _paint_points(p, one, frame, way)
    elif glance.truth is not None and way == TRUTH:
        _paint_truth(p, one, glance.truth, frame, target if tags else None)
    elif glance.found is not None and glance.truth is not None:
        _paint_found(p, one, glance.found.above(glance.least_score), frame, target if tags else None, way)
    p.restore()


def _paint_truth(p: QPainter, one: Painted, truth: Objects, frame: Frame, target: QRectF | None) -> None:
    for i in np.argsort(-truth.areas):
        colour = class_colour(int(truth.labels[i]))
        style = Qt.PenStyle.DashLine if truth.crowd[i] else Qt.PenStyle.SolidLine
        _box(p, frame.box(truth.boxes[i]), colour, style, _name(one, int(truth.labels[i])), target)


def _paint_found(p: QPainter, one: Painted, found: Detections, frame: Frame, target: QRectF | None, way: int) -> None:
    assert one.judged is not None and one.glance.truth is not None
    inks = theme.TOKENS["dark"]
    if way == ERRORS:
        truth = one.glance.truth
        for i in np.flatnonzero(one.judged.missed).tolist():
            name = _name(one, int(truth.labels[i]))
            _box(p, frame.box(truth.boxes[i]), QColor(inks["slide"]), Qt.PenStyle.DotLine, f"FN {name}", target)
    for i in reversed(range(len(found))):  # the best on top
        words = f"{_name(one, int(found.labels[i]))} {100 * found.scores[i]:.0f}"
        colour, style = class_colour(int(found.labels[i])), Qt.PenStyle.SolidLine
        if way == ERRORS:
            right = one.judged.found[i] == RIGHT
            colour = QColor(inks["good"] if right else inks["bad"])
            style = Qt.PenStyle.SolidLine if right else Qt.PenStyle.DashLine
            words = f"TP {words}" if right else f"FP {words}"
        _box(p, frame.box(found.boxes[i]), colour, style, words, target)


def _name(one: Painted, label: int) -> str:
    return one.names[label] if label < len(one.names) else str(label)


def _box(p: QPainter, box: QRectF, colour: QColor, style: Qt.PenStyle, words: str, room: QRectF | None) -> None:
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(QPen(colour, 1.2 if room is None else 1.6, style))
    p.drawRect(box)
    if room is None:
        return
    p.setFont(theme.font(11, 600))
    tag = tag_rect(p, words, QPointF(box.x(), box.y()), room)
    if tag.width() <= max(box.width(), 0.3 * room.width()):  # a crowd of small things would be all tags
        paint_tag(p, tag, words, colour)


def _paint_points(p: QPainter, one: Painted, frame: Frame, way: int) -> None:
    """Landmarks: the answer in mint, the truth in sand; the errors as lines from one to the other."""
    inks, glance = theme.TOKENS["dark"], one.glance
    assert glance.points is not None and glance.truth_points is not None
    shown = glance.truth_points[:, 2] > 0
    answer = [frame.point(float(x), float(y)) for x, y, _ in glance.points]
    truth = [frame.point(float(x), float(y)) for x, y, _ in glance.truth_points]
    if way == ERRORS:
        p.setPen(QPen(QColor(inks["bad"]), 1.4))
        for i in np.flatnonzero(shown):
            p.drawLine(answer[i], truth[i])
    for points, ink, on in ((truth, "slide", way != ANSWER), (answer, "net", way != TRUTH)):
        if not on:
            continue
        p.setPen(QPen(QColor(inks[ink]), 1.6))
        for a, b in one.skeleton if way != ERRORS else ():
            if a < len(shown) and b < len(shown) and shown[a] and shown[b]:
                p.drawLine(points[a], points[b])
        p.setBrush(QColor(inks[ink]))
        for i in np.flatnonzero(shown):
            p.drawEllipse(points[i], 2.4, 2.4)
