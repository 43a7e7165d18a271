"""One photograph, large, with all that is marked in it; the box under the pointer tells its numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QImage, QPainter

from engine.data.browse import Opened
from engine.data.photoset import Objects, PhotoSet
from gui import theme
from gui.widgets.photo_marks import (
    FILL,
    Frame,
    Layers,
    class_colour,
    paint_objects,
    paint_tag,
    paint_tags,
    palette_of,
    tag_rect,
)
from gui.widgets.pixel_view import PixelView
from gui.words import say

EDGE_ALPHA, FILL_ALPHA = 255, round(255 * FILL)
TAGS_FROM = 260  # logical pixels of width; below, names would hide the picture


def smallest_at(objects: Objects, x: float, y: float) -> int:
    """The object with the smallest box around a place, or −1."""
    b = objects.boxes
    inside = (b[:, 0] <= x) & (x <= b[:, 2]) & (b[:, 1] <= y) & (y <= b[:, 3])
    found = np.flatnonzero(inside)
    return int(found[np.argmin(objects.areas[found])]) if len(found) else -1


def object_words(photos: PhotoSet, objects: Objects, index: int, size: tuple[int, int]) -> str:
    """A box in numbers: class, width × height in pixels, its share of the picture."""
    box = objects.boxes[index]
    label = int(objects.labels[index])
    name = say(photos.classes[label]) if label < len(photos.classes) else str(label)
    share = float(objects.areas[index]) / max(1, size[0] * size[1])
    return f"{name}  {box[2] - box[0]:.0f} × {box[3] - box[1]:.0f} px  {share * 100:.1f}\u2009%"


def mask_image(mask: np.ndarray, palette: np.ndarray, *, opaque: bool) -> np.ndarray:
    """(H, W) class numbers as (H, W, 4) uint8 RGBA: 42 % fill with a one-pixel edge, or all of it."""
    painted = palette[mask]
    if opaque:
        painted[..., 3] = 255
        return painted
    edge = np.zeros(mask.shape, bool)
    edge[:-1] |= mask[:-1] != mask[1:]
    edge[:, :-1] |= mask[:, :-1] != mask[:, 1:]
    there = painted[..., 3] > 0
    painted[..., 3] = np.where(there, np.where(edge, EDGE_ALPHA, FILL_ALPHA), 0)
    return painted


class PhotoView(PixelView):
    """A `PixelView` that knows what is marked in the photograph.

    `teacher` shows the marks alone, as a network is to learn them (lecture row 83).

    Signals:
        met: (int) the object under the pixel pointed at, or −1.
    """

    met = Signal(int)

    def __init__(self, side: int = 0, *, teacher: bool = False) -> None:
        super().__init__(side)
        self.layers = Layers()
        self.only: frozenset[int] = frozenset()
        self._teacher = teacher
        self._photos: PhotoSet | None = None
        self._opened: Opened | None = None
        self._objects: Objects | None = None
        self._mask: tuple[np.ndarray, QImage] | None = None
        self._met = -1
        self.pointed.connect(self._meet)

    def show_photo(self, photos: PhotoSet | None, opened: Opened | None) -> None:
        """Show a photograph of a set with its marks; None for nothing."""
        self._photos, self._opened = photos, opened
        self._objects = photos.objects[opened.index] if photos and opened and photos.objects is not None else None
        self._met = -1
        self._mask = None
        image = None if opened is None else opened.image
        if photos and opened and opened.mask is not None and image is not None:
            painted = mask_image(opened.mask, palette_of(photos), opaque=self._teacher)
            height, width = opened.mask.shape
            form = QImage.Format.Format_RGBA8888
            self._mask = (painted, QImage(painted.data, width, height, 4 * width, form))
        self.show_image(self._ground(image))

    def _ground(self, image: np.ndarray | None) -> np.ndarray | None:
        """What lies under the marks: the photograph, or for a teacher nothing."""
        if image is None or not self._teacher:
            return image
        return np.zeros_like(image)

    def set_layers(self, layers: Layers, only: frozenset[int]) -> None:
        """Which marks are shown, and of which classes (empty = all)."""
        self.layers, self.only = layers, only
        self.update()

    @property
    def met_object(self) -> int:
        """The object under the pixel pointed at, or −1."""
        return self._met

    def _meet(self, x: int, y: int) -> None:
        found = smallest_at(self._objects, x + 0.5, y + 0.5) if self._objects is not None and x >= 0 else -1
        if found != self._met:
            self._met = found
            self.update()
            self.met.emit(found)

    def _paint_marks(self, p: QPainter, target: QRectF) -> None:
        photos, opened = self._photos, self._opened
        if photos is None or opened is None or opened.image is None:
            return
        if self._mask and (self.layers.areas or self._teacher):
            p.drawImage(target, self._mask[1])
        if self._objects is None:
            return
        height, width = opened.image.shape[:2]
        frame = Frame.of(target, width, height)
        fine = 1.6 if target.width() >= TAGS_FROM else 1.1
        paint_objects(p, photos, self._objects, frame, self.layers, width=fine, only=self.only, strong=self._met)
        room = target.intersected(QRectF(self.rect()))
        if self.layers.names and target.width() >= TAGS_FROM:
            paint_tags(p, photos, self._objects, frame, only=self.only, room=room)
        if self._met >= 0:
            self._paint_numbers_of(p, frame, room)

    def _paint_numbers_of(self, p: QPainter, frame: Frame, room: QRectF) -> None:
        assert self._photos and self._opened and self._objects and self._opened.image is not None
        height, width = self._opened.image.shape[:2]
        words = object_words(self._photos, self._objects, self._met, (width, height))
        box = frame.box(self._objects.boxes[self._met])
        p.setFont(theme.font(11, 600))
        tag = tag_rect(p, words, QPointF(box.x(), box.y()), room)
        paint_tag(p, tag, words, class_colour(int(self._objects.labels[self._met]), self._photos))
