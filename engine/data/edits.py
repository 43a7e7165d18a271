"""Annotation as values: what is marked in one picture, and each change to it as something done and undone.

Nothing here is changed in place: an edit makes new marks out of old ones, and `undo` makes the old ones again
(lecture row 65).
"""

from __future__ import annotations

import dataclasses
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.data.photoset import Objects

Corners: TypeAlias = tuple[float, float, float, float]
Ring: TypeAlias = tuple[tuple[float, float], ...]

LEVEL = 1  # of zlib: a stroke of the brush must cost less than a picture of the screen
_SMALL = 400  # bytes that an edit without pixels takes in memory, measured roughly and on the safe side


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked object.

    box:       x1 y1 x2 y2 in pixels; x2 and y2 are where the box ends.
    label:     index into the set's classes.
    rings:     its outline, each ring x y points in pixels; () where only the box is known.
    crowd:     one mark for many objects.
    keypoints: x, y, visibility (0 not marked, 1 hidden, 2 seen) of each keypoint.
    """

    box: Corners
    label: int
    rings: tuple[Ring, ...] = ()
    crowd: bool = False
    keypoints: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """All that is marked in one picture.

    size:     width and height in pixels.
    objects:  in the order of their file.
    label:    class of the picture, −1 = none.
    captions: sentences about the picture.
    mask:     (H, W) uint8 class index of every pixel, never written; None where nothing was painted.
    """

    size: tuple[int, int]
    objects: tuple[Mark, ...] = ()
    label: int = -1
    captions: tuple[str, ...] = ()
    mask: np.ndarray | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Marks):
            return NotImplemented
        mine, its = (self.size, self.objects, self.label, self.captions), other
        masks = self.mask is None and other.mask is None
        if self.mask is not None and other.mask is not None:
            masks = np.array_equal(self.mask, other.mask)
        return masks and mine == (its.size, its.objects, its.label, its.captions)

    __hash__ = None  # type: ignore[assignment]  # holds an array


@dataclass(frozen=True, slots=True)
class Add:
    """A new object, at position `at` of the list."""

    at: int
    mark: Mark

    def apply(self, marks: Marks) -> Marks:
        if not 0 <= self.at <= len(marks.objects):
            raise ValueError(f"no place {self.at} among {len(marks.objects)} objects")
        return _with(marks, (*marks.objects[: self.at], self.mark, *marks.objects[self.at :]))

    def undo(self, marks: Marks) -> Marks:
        return Remove(self.at, self.mark).apply(marks)


@dataclass(frozen=True, slots=True)
class Remove:
    """An object taken away from position `at`."""

    at: int
    mark: Mark

    def apply(self, marks: Marks) -> Marks:
        _check(marks, self.at, self.mark)
        return _with(marks, (*marks.objects[: self.at], *marks.objects[self.at + 1 :]))

    def undo(self, marks: Marks) -> Marks:
        return Add(self.at, self.mark).apply(marks)


@dataclass(frozen=True, slots=True)
class Change:
    """The object at `at` as it was and as it is: moved, resized, named otherwise, or another outline."""

    at: int
    before: Mark
    after: Mark

    def apply(self, marks: Marks) -> Marks:
        _check(marks, self.at, self.before)
        return _with(marks, (*marks.objects[: self.at], self.after, *marks.objects[self.at + 1 :]))

    def undo(self, marks: Marks) -> Marks:
        return Change(self.at, self.after, self.before).apply(marks)


@dataclass(frozen=True, slots=True)
class SetClass:
    """Another class for the whole picture; −1 = none."""

    before: int
    after: int

    def apply(self, marks: Marks) -> Marks:
        return dataclasses.replace(marks, label=self.after)

    def undo(self, marks: Marks) -> Marks:
        return dataclasses.replace(marks, label=self.before)


@dataclass(frozen=True, slots=True)
class SetCaptions:
    """Other sentences about the picture."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    def apply(self, marks: Marks) -> Marks:
        return dataclasses.replace(marks, captions=self.after)

    def undo(self, marks: Marks) -> Marks:
        return dataclasses.replace(marks, captions=self.before)


@dataclass(frozen=True, slots=True)
class Paint:
    """Pixels of the mask in one rectangle as they were and as they are (painted, erased, filled).

    x, y, width, height: the rectangle in pixels. before, after: its class indices row by row, packed by zlib.
    ground: what a mask is filled with that this edit begins; −1 where there was one already.
    """

    x: int
    y: int
    width: int
    height: int
    before: bytes
    after: bytes
    ground: int = -1

    def apply(self, marks: Marks) -> Marks:
        mask = marks.mask
        if mask is None:
            if self.ground < 0:
                raise ValueError("there is no mask to paint on")
            mask = np.full((marks.size[1], marks.size[0]), self.ground, np.uint8)
        return self._put(marks, mask, self.after)

    def undo(self, marks: Marks) -> Marks:
        if marks.mask is None:
            raise ValueError("there is no mask to take paint from")
        if self.ground >= 0:
            return dataclasses.replace(marks, mask=None)
        return self._put(marks, marks.mask, self.before)

    def _put(self, marks: Marks, mask: np.ndarray, packed: bytes) -> Marks:
        if self.y + self.height > mask.shape[0] or self.x + self.width > mask.shape[1]:
            raise ValueError("painted outside the mask")
        new = mask.copy()
        new[self.y : self.y + self.height, self.x : self.x + self.width] = self._pixels(packed)
        return dataclasses.replace(marks, mask=new)

    def _pixels(self, packed: bytes) -> np.ndarray:
        count = self.width * self.height
        try:
            values = zlib.decompressobj().decompress(packed, count)  # never more than the rectangle holds
        except zlib.error as error:
            raise ValueError(f"painted pixels are damaged: {error}") from error
        if len(values) != count:
            raise ValueError("painted pixels do not fill their rectangle")
        return np.frombuffer(values, np.uint8).reshape(self.height, self.width)


Edit: TypeAlias = Add | Remove | Change | SetClass | SetCaptions | Paint


def _check(marks: Marks, at: int, mark: Mark) -> None:
    """Raises `ValueError` where the object at `at` is not the one the edit was made for."""
    if not 0 <= at < len(marks.objects) or marks.objects[at] != mark:
        raise ValueError(f"object {at} is not the one that was edited")


def _with(marks: Marks, objects: tuple[Mark, ...]) -> Marks:
    return dataclasses.replace(marks, objects=objects)


def painted(marks: Marks, after: np.ndarray, region: tuple[int, int, int, int], ground: int) -> Paint | None:
    """The edit that makes the mask of `marks` into `after` ((H, W) uint8); None when no pixel differs.

    region: x1 y1 x2 y2, outside of which nothing was painted. ground: what lies where there was no mask yet.
    """
    before = marks.mask
    if before is None:
        before = np.full(after.shape, ground, np.uint8)
    x1, y1, x2, y2 = region
    differs = before[y1:y2, x1:x2] != after[y1:y2, x1:x2]
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return None
    top, left = y1 + int(rows[0]), x1 + int(columns[0])
    height, width = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    cut = np.s_[top : top + height, left : left + width]
    packed = [zlib.compress(np.ascontiguousarray(mask[cut]).tobytes(), LEVEL) for mask in (before, after)]
    return Paint(left, top, width, height, packed[0], packed[1], -1 if marks.mask is not None else ground)


def size_of(edit: Edit) -> int:
    """Bytes that an edit takes in memory, about."""
    if isinstance(edit, Paint):
        return _SMALL + len(edit.before) + len(edit.after)
    marks = [m for m in (getattr(edit, name, None) for name in ("mark", "before", "after")) if isinstance(m, Mark)]
    points = sum(len(ring) for m in marks for ring in m.rings) + sum(len(m.keypoints) for m in marks)
    letters = sum(len(s) for s in (*edit.before, *edit.after)) if isinstance(edit, SetCaptions) else 0
    return _SMALL + 120 * points + 4 * letters


# From and to a set


def marks_of(objects: Objects | None) -> tuple[Mark, ...]:
    """The objects of one picture as marks."""
    if objects is None:
        return ()
    return tuple(
        Mark(
            corners(objects.boxes[i].tolist()),
            int(objects.labels[i]),
            tuple(tuple((float(x), float(y)) for x, y in ring) for ring in objects.outlines[i]),
            bool(objects.crowd[i]),
            tuple((float(x), float(y), float(v)) for x, y, v in objects.keypoints[i]),
        )
        for i in range(len(objects))
    )


def objects_of(marks: tuple[Mark, ...], keypoints: int = 0) -> Objects:
    """Marks as the objects of one picture; `keypoints` = K of the set, zeros where a mark has none."""
    points = np.zeros((len(marks), keypoints, 3), np.float32)
    for row, mark in zip(points, marks, strict=True):
        if len(mark.keypoints) == keypoints:
            row[:] = np.array(mark.keypoints, np.float32).reshape(keypoints, 3)
    return Objects.of(
        np.array([m.box for m in marks], np.float32),
        np.array([m.label for m in marks], np.int64),
        crowd=np.array([m.crowd for m in marks], bool),
        outlines=tuple(tuple(np.array(ring, np.float32) for ring in m.rings) for m in marks),
        keypoints=points,
    )


def corners(values: Sequence[float]) -> Corners:
    """x1 y1 x2 y2. Raises `ValueError` when they are not four numbers."""
    x1, y1, x2, y2 = (number(value) for value in values)
    return x1, y1, x2, y2


def number(value: float) -> float:
    """A finite float. Raises `ValueError` otherwise."""
    found = float(value)
    if not math.isfinite(found):
        raise ValueError(f"not a number: {value!r}")
    return found


def settled(mark: Mark) -> Mark:
    """`mark` with coordinates that a file can hold: hundredths of a pixel, as float32.

    So a mark that is written and read again is the same one, and steps made before a save still fit after it.
    """
    return dataclasses.replace(
        mark,
        box=corners([_settled(value) for value in mark.box]),
        rings=tuple(tuple((_settled(x), _settled(y)) for x, y in ring) for ring in mark.rings),
        keypoints=tuple((_settled(x), _settled(y), v) for x, y, v in mark.keypoints),
    )


def _settled(value: float) -> float:
    return float(np.float32(round(value, 2)))
