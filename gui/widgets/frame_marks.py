"""What is painted over a live picture: boxes with names, points of a body, classes of pixels, words of warning.

The values hold only what painting needs, so that the stage knows no network. Colours and tags are those of
photographs that people marked (`photo_marks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, qRgba

from gui import theme
from gui.widgets.photo_marks import TAG, Frame, class_colour, class_rgb, paint_tag, tag_rect

LINE = 2.0  # logical pixels; over a moving picture a finer one is lost
_KINDS = 128  # classes whose fill and edge fit into the 256 colours of one image
_MOST_TAGS = 40


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One object: where it is and what to call it.

    box:    x1 y1 x2 y2 in pixels of the picture. colour: the class number that gives the colour.
    words:  the tag, "car 87 %"; "" = none. number: its track, −1 without one. score: in [0, 1].
    points: (K, 3) float32 x, y, seen (> 0), or None. links: pairs of points that belong together.
    """

    box: tuple[float, float, float, float]
    colour: int
    words: str
    score: float = 1.0
    number: int = -1
    points: np.ndarray | None = None
    links: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A name at a place of the picture: where a class covers much of it."""

    words: str
    colour: int
    x: float
    y: float


@dataclass(frozen=True, slots=True, eq=False)
class Over:
    """All that lies over one picture. `areas` has its pixels stretched over the whole picture."""

    marks: tuple[Mark, ...] = ()
    areas: QImage | None = None
    places: tuple[Place, ...] = ()


NOTHING = Over()


def area_image(classes: np.ndarray, opacity: float, *, clear: Sequence[int] = ()) -> QImage:
    """(h, w) uint8 class numbers as an image to lay over the picture: filled to `opacity`, edges in full colour.

    Numbers in `clear` are left out. May be called in any thread.
    """
    kinds = np.asarray(classes, np.uint8) & (_KINDS - 1)
    edge = np.zeros(kinds.shape, bool)
    np.not_equal(kinds[:-1], kinds[1:], out=edge[:-1])
    edge[:, :-1] |= kinds[:, :-1] != kinds[:, 1:]
    height, width = kinds.shape
    padded = np.zeros((height, (width + 3) // 4 * 4), np.uint8)  # QImage wants rows of whole words
    np.add(kinds, edge.view(np.uint8) * np.uint8(_KINDS), out=padded[:, :width])
    image = QImage(padded.data, width, height, padded.shape[1], QImage.Format.Format_Indexed8)
    image.setColorTable(_colours(round(opacity, 3), frozenset(clear)))
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)  # what Qt draws fastest


@lru_cache(maxsize=64)
def _colours(opacity: float, clear: frozenset[int]) -> list[int]:
    table: list[int] = []
    for strength in (round(255 * opacity), 255 if opacity > 0 else 0):
        table += [0 if kind in clear else qRgba(*class_rgb(kind), strength) for kind in range(_KINDS)]
    return table


def places_of(classes: np.ndarray, names: Sequence[str], size: tuple[int, int], *, least: float) -> tuple[Place, ...]:
    """A name in the middle of each class that covers at least `least` of the picture, on a pixel of its own.

    classes: (h, w) class numbers, coarse or fine. size: width and height of the picture they are stretched over.
    """
    height, width = classes.shape
    step = max(1, min(height, width) // 48)
    coarse = classes[step // 2 :: step, step // 2 :: step]
    across, down = size[0] / width * step, size[1] / height * step
    found = []
    for kind, count in enumerate(np.bincount(coarse.ravel(), minlength=len(names))[: len(names)]):
        if count < least * coarse.size or not names[kind]:
            continue
        ys, xs = np.nonzero(coarse == kind)
        nearest = np.argmin((ys - ys.mean()) ** 2 + (xs - xs.mean()) ** 2)  # the mean itself may lie outside
        found.append(Place(names[kind], kind, (xs[nearest] + 0.5) * across, (ys[nearest] + 0.5) * down))
    return tuple(found)


def mark_at(marks: Sequence[Mark], x: float, y: float) -> int:
    """The mark with the smallest box around a place of the picture, or −1."""
    inside = [
        ((m.box[2] - m.box[0]) * (m.box[3] - m.box[1]), i)
        for i, m in enumerate(marks)
        if m.box[0] <= x <= m.box[2] and m.box[1] <= y <= m.box[3]
    ]
    return min(inside)[1] if inside else -1


def same_object(marks: Sequence[Mark], before: Mark) -> int:
    """Which mark of a new picture is `before`: by its track, else the one of its class that overlaps most; or −1."""
    if before.number >= 0:
        return next((i for i, m in enumerate(marks) if m.number == before.number), -1)
    overlaps = [(overlap(m.box, before.box), i) for i, m in enumerate(marks) if m.colour == before.colour]
    best, index = max(overlaps, default=(0.0, -1))
    return index if best > 0.3 else -1


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> float:
    """Intersection over union of two boxes, in [0, 1]."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    both = max(0.0, width) * max(0.0, height)
    either = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both
    return both / either if either > 0 else 0.0


def paint_over(p: QPainter, over: Over, target: QRectF, size: tuple[int, int], *, strong: int = -1) -> None:
    """Paint all of it into `target`, where a picture of `size` (width, height) was drawn.

    strong: the mark to lay stress on; the others step back.
    """
    if over.areas is not None:
        p.drawImage(target, over.areas)
    frame = Frame.of(target, *size)
    for index, mark in enumerate(over.marks):
        _paint_mark(p, mark, frame, weak=strong >= 0 and index != strong)
    p.setFont(theme.font(11, 600))
    placed: list[QRectF] = []
    order = sorted(range(len(over.marks)), key=lambda i: (i != strong, -over.marks[i].score))
    for index in order[:_MOST_TAGS]:
        mark = over.marks[index]
        if mark.words:
            corner = frame.point(mark.box[0], mark.box[1])
            _place_tag(p, tag_rect(p, mark.words, corner, target), mark.words, mark.colour, placed)
    for place in over.places:
        _place_tag(p, _centred(p, place, frame, target), place.words, place.colour, placed)


def _place_tag(p: QPainter, tag: QRectF, words: str, colour: int, placed: list[QRectF]) -> None:
    """A tag that would lie on another one is left out."""
    if not any(tag.intersects(other) for other in placed):
        placed.append(tag)
        paint_tag(p, tag, words, class_colour(colour))


def _centred(p: QPainter, place: Place, frame: Frame, target: QRectF) -> QRectF:
    tag = tag_rect(p, place.words, frame.point(place.x, place.y), target)
    tag.moveLeft(min(max(tag.left() - tag.width() / 2, target.left()), target.right() - tag.width()))
    return tag


def _paint_mark(p: QPainter, mark: Mark, frame: Frame, *, weak: bool) -> None:
    colour = class_colour(mark.colour)
    colour.setAlphaF(0.5 if weak else 1.0)
    p.setPen(QPen(colour, LINE))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawRect(frame.box(np.asarray(mark.box)))
    if mark.points is None:
        return
    seen = mark.points[:, 2] > 0
    for a, b in mark.links:
        if seen[a] and seen[b]:
            p.drawLine(_point(frame, mark.points[a]), _point(frame, mark.points[b]))
    p.setPen(QPen(QColor(theme.TOKENS["dark"]["ink"]), 1))
    p.setBrush(colour)
    for point in mark.points[seen]:
        p.drawEllipse(_point(frame, point), 3, 3)


def _point(frame: Frame, point: np.ndarray) -> QPointF:
    return frame.point(float(point[0]), float(point[1]))


def paint_word(p: QPainter, words: str, corner: QPointF, dot: str) -> QRectF:
    """Words on the dark tag of all marks, with a spot in a colour of the dark theme before them; where they lie."""
    inks = theme.TOKENS["dark"]
    font = theme.font("body", 600)
    tag = QRectF(corner.x(), corner.y(), QFontMetricsF(font).horizontalAdvance(words) + 36, 26 * theme.scale())
    ground = QColor(inks["ink"])
    ground.setAlphaF(TAG)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(ground)
    p.drawRoundedRect(tag, 5, 5)
    p.setBrush(QColor(inks[dot]))
    p.drawEllipse(QPointF(tag.left() + 14, tag.center().y()), 5, 5)
    p.setPen(QColor(inks["text"]))
    p.setFont(font)
    p.drawText(tag.adjusted(26, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
    return tag
