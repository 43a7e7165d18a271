"""What people marked in photographs, painted over them: boxes, outlines, masks, keypoints, sentences.

Colours come from the `classes` table of the theme, the same in both themes; fills are 42 %, edges in
full colour, names on dark tags. The same painting serves thumbnails and the large picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from engine.data.photoset import Objects, PhotoSet
from gui import theme
from gui.words import say

FILL = 0.42
TAG = 0.8  # how much a tag covers the picture
_COLOURS = 11  # the twelfth of the table is for what is no class


@dataclass(frozen=True, slots=True)
class Layers:
    """Which marks are shown. `areas` are outlines and masks; `names` are the tags in the large picture."""

    boxes: bool = True
    areas: bool = True
    keypoints: bool = True
    captions: bool = True
    names: bool = True


def class_rgb(index: int, photos: PhotoSet | None = None) -> tuple[int, int, int]:
    """The colour of a class as numbers: the theme's, made to be told apart on photographs.

    Where there are more classes than it has colours, the set's own, if it has any; else they repeat after eleven.
    """
    own = None if photos is None or len(photos.classes) <= _COLOURS else photos.colours
    if own is not None and index < len(own):
        r, g, b = own[index]
        return int(r), int(g), int(b)
    words = theme.TOKENS["classes"]["street"][index % _COLOURS]
    return int(words[1:3], 16), int(words[3:5], 16), int(words[5:7], 16)


def class_colour(index: int, photos: PhotoSet | None = None) -> QColor:
    """The same as a QColor."""
    return QColor(*class_rgb(index, photos))


def palette_of(photos: PhotoSet) -> np.ndarray:
    """(256, 4) uint8 RGBA for the class numbers in a mask; what is no class is clear."""
    table = np.zeros((256, 4), np.uint8)
    for index in range(min(len(photos.classes), 256)):
        table[index] = (*class_rgb(index, photos), 255)
    if photos.void is not None and photos.void < 256:
        table[photos.void] = 0
    return table


def blended(pictures: np.ndarray, masks: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """(n, h, w, 3) uint8 pictures with their (n, h, w) masks laid over at 42 %."""
    colour = palette[masks]
    share = (colour[..., 3:].astype(np.float32) / 255) * FILL
    return (pictures * (1 - share) + colour[..., :3] * share).round().astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a picture lies: picture pixels (x, y) are at `left + x * across`, `top + y * down`."""

    left: float
    top: float
    across: float
    down: float

    @staticmethod
    def of(target: QRectF, width: int, height: int) -> Frame:
        """A whole picture of `width` × `height` pixels in `target`."""
        return Frame(target.x(), target.y(), target.width() / max(1, width), target.height() / max(1, height))

    @staticmethod
    def of_crop(target: QRectF, crop: tuple[float, float, float, float]) -> Frame:
        """The part (x, y, w, h) of a picture in `target`, as thumbnails show it."""
        x, y, w, h = crop
        across, down = target.width() / max(w, 1e-6), target.height() / max(h, 1e-6)
        return Frame(target.x() - x * across, target.y() - y * down, across, down)

    def point(self, x: float, y: float) -> QPointF:
        return QPointF(self.left + x * self.across, self.top + y * self.down)

    def box(self, box: np.ndarray) -> QRectF:
        return QRectF(self.point(float(box[0]), float(box[1])), self.point(float(box[2]), float(box[3])))


def paint_objects(
    p: QPainter,
    photos: PhotoSet,
    objects: Objects,
    frame: Frame,
    layers: Layers,
    *,
    width: float = 1.5,
    only: frozenset[int] = frozenset(),
    strong: int = -1,
) -> None:
    """Paint the marks of one picture.

    width:  of lines, in the painter's units. only: classes to show; empty = all.
    strong: the object to lay stress on; the others step back.
    """
    shown = [i for i in range(len(objects)) if not only or int(objects.labels[i]) in only]
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    if layers.areas:
        for i in shown:
            _paint_outline(p, objects.outlines[i], frame, class_colour(int(objects.labels[i]), photos), width)
    p.setBrush(Qt.BrushStyle.NoBrush)
    for i in shown if layers.boxes else ():
        colour = class_colour(int(objects.labels[i]), photos)
        if strong >= 0 and i != strong:
            colour.setAlphaF(0.45)
        style = Qt.PenStyle.DashLine if objects.crowd[i] else Qt.PenStyle.SolidLine
        p.setPen(QPen(colour, width * (2 if i == strong else 1), style))
        p.drawRect(frame.box(objects.boxes[i]))
    if layers.keypoints and objects.keypoints.shape[1]:
        for i in shown:
            _paint_keypoints(
                p, photos, objects.keypoints[i], frame, class_colour(int(objects.labels[i]), photos), width
            )


def _paint_outline(p: QPainter, rings: tuple[np.ndarray, ...], frame: Frame, colour: QColor, width: float) -> None:
    if not rings:
        return
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in rings:
        path.addPolygon(QPolygonF([frame.point(float(x), float(y)) for x, y in ring]))
        path.closeSubpath()
    inside = QColor(colour)
    inside.setAlphaF(FILL)
    p.setPen(QPen(colour, max(1.0, width * 0.66)))
    p.setBrush(inside)
    p.drawPath(path)


def _paint_keypoints(
    p: QPainter, photos: PhotoSet, points: np.ndarray, frame: Frame, colour: QColor, width: float
) -> None:
    seen = points[:, 2] > 0
    p.setPen(QPen(colour, width))
    for a, b in photos.skeleton:
        if a < len(points) and b < len(points) and seen[a] and seen[b]:
            p.drawLine(frame.point(*map(float, points[a, :2])), frame.point(*map(float, points[b, :2])))
    dark = QColor(theme.TOKENS["dark"]["ink"])
    for x, y, visible in points[seen]:
        p.setPen(QPen(dark, width * 0.6))
        p.setBrush(colour if visible > 1 else Qt.BrushStyle.NoBrush)  # a hidden one is hollow
        p.drawEllipse(frame.point(float(x), float(y)), 1.6 * width, 1.6 * width)


def paint_tags(
    p: QPainter, photos: PhotoSet, objects: Objects, frame: Frame, *, only: frozenset[int], room: QRectF
) -> None:
    """Name tags at the upper left of the boxes; one that would lie on another is left out."""
    p.setFont(theme.font(11, 600))
    placed: list[QRectF] = []
    for i in np.argsort(-objects.areas, kind="stable"):
        label = int(objects.labels[i])
        if (only and label not in only) or label >= len(photos.classes):
            continue
        box = frame.box(objects.boxes[i])
        tag = tag_rect(p, say(photos.classes[label]), QPointF(box.x(), box.y()), room)
        if any(tag.intersects(other) for other in placed):
            continue
        placed.append(tag)
        paint_tag(p, tag, say(photos.classes[label]), class_colour(label, photos))


def tag_rect(p: QPainter, words: str, corner: QPointF, room: QRectF) -> QRectF:
    """Where a tag goes that belongs to a box with this upper left corner: above it, or inside where it would leave."""
    metrics = QFontMetricsF(p.font())
    width, height = metrics.horizontalAdvance(words) + 18, metrics.height() + 3
    y = corner.y() - height if corner.y() - height >= room.top() else corner.y()
    x = min(max(corner.x(), room.left()), max(room.left(), room.right() - width))
    return QRectF(x, y, width, height)


def paint_tag(p: QPainter, tag: QRectF, words: str, colour: QColor) -> None:
    """A name on a dark ground with a spot of its class' colour."""
    inks = theme.TOKENS["dark"]  # marks on pictures keep the dark theme's inks
    ground = QColor(inks["ink"])
    ground.setAlphaF(TAG)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(ground)
    p.drawRoundedRect(tag, 3, 3)
    p.setBrush(colour)
    p.drawEllipse(QPointF(tag.x() + 7, tag.center().y()), 3, 3)
    p.setPen(QColor(inks["text"]))
    p.drawText(tag.adjusted(13, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)


def paint_caption(p: QPainter, words: str, tile: QRectF, ratio: float) -> None:
    """One line of a sentence at the foot of a thumbnail."""
    inks = theme.TOKENS["dark"]
    font = theme.font(11, 500)
    font.setPixelSize(round(font.pixelSize() * ratio))
    p.setFont(font)
    metrics = QFontMetricsF(font)
    strip = QRectF(tile.x(), tile.bottom() - metrics.height() - 3 * ratio, tile.width(), metrics.height() + 3 * ratio)
    ground = QColor(inks["ink"])
    ground.setAlphaF(TAG)
    p.fillRect(strip, ground)
    p.setPen(QColor(inks["text"]))
    room = strip.adjusted(5 * ratio, 0, -4 * ratio, 0)
    p.drawText(
        room, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    )
