"""How marks look on a picture: class colours, boxes and outlines with name tags, handles, painted regions.

Marks on pictures have the same inks in both themes: a picture does not change with them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from engine.data import shapes
from engine.data.annotation import VOID
from engine.data.edits import Mark
from engine.data.photoset import PhotoSet
from engine.data.shapes import Region
from engine.data.tint import tinted
from gui import theme
from gui.widgets.annotate_sheet import Sheet
from gui.widgets.photo_marks import FILL, class_rgb

TAG_PAPER = 0.8
HANDLE = 8  # logical pixels
_LEAST_FOR_A_TAG = 30  # logical pixels of width; smaller marks show their name when chosen


class Overlay:
    """A mask as a picture that lies over the photograph; repainted only where a brush went."""

    def __init__(self) -> None:
        self._table = np.zeros((256, 2), np.uint32)  # region and edge of each class, ARGB premultiplied
        self._pixels = np.zeros((0, 0), np.uint32)
        self.image = QImage()

    def set_classes(self, photos: PhotoSet, count: int) -> None:
        """The colours of `count` classes of a set; all other numbers stay clear."""
        self._table[:] = 0
        for label in range(min(count, VOID)):
            rgb = class_rgb(label, photos)
            self._table[label] = _argb(rgb, FILL), _argb(rgb, 1.0)

    @property
    def table(self) -> np.ndarray:
        """(256, 2) uint32 for `tinted`; a copy."""
        return self._table.copy()

    def show_mask(self, mask: np.ndarray | None, pixels: np.ndarray | None = None) -> None:
        """All of a mask, (H, W) uint8; None shows nothing. `pixels`: what `tinted` makes of it, if that is known."""
        if mask is None:
            pixels = np.zeros((0, 0), np.uint32)
        elif pixels is None:
            pixels = tinted(mask, self._table, (0, 0, mask.shape[1], mask.shape[0]))
        self._pixels = np.ascontiguousarray(pixels)
        height, width = self._pixels.shape
        kind = QImage.Format.Format_ARGB32_Premultiplied
        self.image = QImage(self._pixels.data, width, height, 4 * width, kind) if width and height else QImage()

    def refresh(self, mask: np.ndarray, region: Region) -> None:
        """Show anew what lies in x1 y1 x2 y2, where `mask` changed."""
        if mask.shape != self._pixels.shape:
            self.show_mask(mask)
            return
        height, width = mask.shape
        x1, y1 = max(region[0] - 1, 0), max(region[1] - 1, 0)
        x2, y2 = min(region[2] + 1, width), min(region[3] + 1, height)
        self._pixels[y1:y2, x1:x2] = tinted(mask, self._table, (x1, y1, x2, y2))


def _argb(rgb: tuple[int, int, int], alpha: float) -> int:
    red, green, blue = (round(value * alpha) for value in rgb)
    return round(255 * alpha) << 24 | red << 16 | green << 8 | blue


# Objects


def paint_mark(p: QPainter, sheet: Sheet, mark: Mark, colour: QColor, *, chosen: bool, faint: bool = False) -> None:
    """One object: its outline or box; the chosen one filled and with handles."""
    p.setPen(QPen(colour, 2.2 if chosen else 1.5, Qt.PenStyle.DashLine if mark.crowd else Qt.PenStyle.SolidLine))
    ground = QColor(colour)
    ground.setAlphaF(0.0 if faint else (0.26 if chosen else 0.16 if mark.rings else 0.0))
    p.setBrush(ground)
    if mark.rings:
        for ring in mark.rings:
            p.drawPolygon(polygon(sheet, ring))
    else:
        p.drawRect(sheet.rect_to_widget(*mark.box))
    for x, y, seen in mark.keypoints:
        if seen:
            p.setBrush(colour if seen > 1 else Qt.BrushStyle.NoBrush)
            p.drawEllipse(sheet.to_widget(x, y), 3, 3)


def polygon(sheet: Sheet, ring: Sequence[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([sheet.to_widget(x, y) for x, y in ring])


def paint_handles(p: QPainter, sheet: Sheet, mark: Mark) -> None:
    """Where a hand takes the chosen object: eight places of a box, or the points of an outline."""
    marks = theme.Theme("dark")
    p.setPen(QPen(QColor(marks.ink), 1))
    p.setBrush(QColor(marks.you))
    if not mark.rings:
        for x, y in shapes.handles(mark.box).values():
            p.drawRect(_round(sheet.to_widget(x, y), HANDLE))
    for ring in mark.rings:
        for n, (x, y) in enumerate(ring):
            here, before = sheet.to_widget(x, y), sheet.to_widget(*ring[n - 1])
            if (here - before).manhattanLength() > 6 * HANDLE:
                p.setBrush(QColor(marks.ink))
                p.drawEllipse(_round((here + before) / 2, HANDLE - 2))
                p.setBrush(QColor(marks.you))
            p.drawEllipse(_round(here, HANDLE))


def _round(at: QPointF, side: float) -> QRectF:
    return QRectF(at.x() - side / 2, at.y() - side / 2, side, side)


def tag_place(sheet: Sheet, mark: Mark, words: str) -> QRectF:
    """Where the name of an object goes: above its upper left corner, or inside where there is no room above."""
    box = sheet.rect_to_widget(*mark.box)
    measure = QFontMetricsF(theme.font("caption", 600))
    height, width = measure.height() + 2, measure.horizontalAdvance(words) + 20
    top = box.top() - height if box.top() - height >= 0 else box.top()
    left = min(max(box.left() - 1, 0.0), max(0.0, sheet.width() - width))
    return QRectF(left, max(top, 0.0), width, height)


def paint_tags(p: QPainter, sheet: Sheet, tags: Sequence[tuple[Mark, str, QColor]], chosen: int) -> None:
    """The names of objects; the chosen one first, then the large ones. One that would lie on another is left out."""
    order = sorted(range(len(tags)), key=lambda i: (i != chosen, -_width(tags[i][0])))
    placed: list[QRectF] = []
    for i in order:
        mark, words, colour = tags[i]
        if i != chosen and _width(mark) * sheet.scale < _LEAST_FOR_A_TAG:
            continue
        place = tag_place(sheet, mark, words)
        if not any(place.intersects(other) for other in placed):
            placed.append(place)
            paint_words(p, place, words, dot=colour)


def _width(mark: Mark) -> float:
    return mark.box[2] - mark.box[0]


def paint_words(p: QPainter, place: QRectF, words: str, *, dot: QColor | None = None) -> None:
    """Words on a dark tag that can be read on any picture."""
    marks = theme.Theme("dark")
    paper = QColor(marks.ink)
    paper.setAlphaF(TAG_PAPER)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(paper)
    p.drawRoundedRect(place, 3, 3)
    if dot is not None:
        p.setBrush(dot)
        p.drawEllipse(QPointF(place.left() + 8, place.center().y()), 3.2, 3.2)
    p.setPen(QColor(marks.text))
    p.setFont(theme.font("caption", 600))
    p.drawText(place.adjusted(14 if dot is not None else 6, 0, -3, 0), Qt.AlignmentFlag.AlignVCenter, words)


def paint_cross(p: QPainter, sheet: Sheet, at: tuple[float, float]) -> None:
    """Lines through a point of the picture, from edge to edge: dark with a light core, to be seen on anything."""
    marks = theme.Theme("dark")
    here = sheet.to_widget(*at)
    for colour, width, alpha in ((marks.ink, 3, 0.35), (marks.text, 1, 0.8)):
        ink = QColor(colour)
        ink.setAlphaF(alpha)
        p.setPen(QPen(ink, width))
        p.drawLine(QPointF(0, here.y()), QPointF(sheet.width(), here.y()))
        p.drawLine(QPointF(here.x(), 0), QPointF(here.x(), sheet.height()))


def paint_brush(p: QPainter, sheet: Sheet, at: tuple[float, float], width: int) -> None:
    """The rim of the brush."""
    marks = theme.Theme("dark")
    reach = width * sheet.scale / 2
    p.setBrush(Qt.BrushStyle.NoBrush)
    for colour, pen in ((marks.ink, 3.0), (marks.text, 1.2)):
        p.setPen(QPen(QColor(colour), pen))
        p.drawEllipse(sheet.to_widget(*at), reach, reach)
