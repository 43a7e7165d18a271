"""What a hand does on a picture, tool by tool: presses, drags and lets go, and an edit comes of it.

Nothing here paints: a tool says what to show meanwhile. Points are in pixels of the picture.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

import numpy as np

from engine.data import shapes
from engine.data.edits import Add, Change, Edit, Mark, Marks, Ring, painted
from engine.data.shapes import Point, Region
from gui.widgets.annotate_desk import Desk, grip_at, near, under, whole


class Refusal(Enum):
    """Why nothing came of a movement."""

    SMALL = "small"
    NO_CLASS = "no class"
    SIZE = "size"


Outcome = Edit | Refusal | None


class Tool:
    """One tool between press and release.

    preview: an object to be shown as it would be, instead of the one at `hides` (−1: it is new).
    ring:    an outline that is not closed yet. work: a mask being painted, `touched` the part that changed.
    selected: the object chosen by the hand.
    """

    def __init__(self) -> None:
        self.desk = Desk(Marks((0, 0)))
        self.selected = -1
        self.cancel()

    def cancel(self) -> None:
        """Forget the movement that began."""
        self.active = False
        self.preview: Mark | None = None
        self.hides = -1
        self.ring: list[Point] = []
        self.work: np.ndarray | None = None
        self.touched: Region | None = None

    def press(self, at: Point, desk: Desk) -> Outcome:
        self.desk, self.selected, self.active = desk, desk.selected, True
        return None

    def move(self, at: Point) -> None:
        """The hand goes on, pressed or not."""

    def release(self, at: Point) -> Outcome:
        self.active = False
        return None

    def finish(self, desk: Desk) -> Outcome:
        """Enter or a double click: close what is open."""
        return None


class BoxTool(Tool):
    """A box from corner to corner."""

    def press(self, at: Point, desk: Desk) -> Outcome:
        super().press(at, desk)
        if desk.label < 0:
            self.active = False
            return Refusal.NO_CLASS
        self._start = whole(at)
        return None

    def move(self, at: Point) -> None:
        if self.active:
            (ax, ay), (bx, by) = (shapes.inside(p, self.desk.marks.size) for p in (self._start, whole(at)))
            self.preview = Mark((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), self.desk.label)

    def release(self, at: Point) -> Outcome:
        if not self.active:
            return None
        mark = shapes.boxed(self._start, whole(at), self.desk.label, self.desk.marks.size)
        self.cancel()
        if mark is None:
            return Refusal.SMALL
        self.selected = len(self.desk.marks.objects)
        return Add(self.selected, mark)


class SelectTool(Tool):
    """Chooses objects, moves them, and takes them by their handles and points."""

    def press(self, at: Point, desk: Desk) -> Outcome:
        super().press(at, desk)
        self._from, self._moved = at, False
        self._chosen_before = desk.selected
        grip = grip_at(desk, at)
        if grip is None:
            found = under(desk.marks, at)
            self.selected = desk.selected if desk.selected in found else (found[0] if found else -1)
            self._below = found
            grip = ("move", "", 0) if found else None
        self._grip = grip
        if grip and grip[0] == "edge":
            mark = desk.marks.objects[self.selected]
            self._whole = shapes.with_new_point(mark, int(grip[1]), grip[2], whole(at), desk.marks.size)
            self._grip = ("point", grip[1], grip[2] + 1)
        elif self.selected >= 0:
            self._whole = desk.marks.objects[self.selected]
        return None

    def move(self, at: Point) -> None:
        if not self.active or self._grip is None:
            return
        kind, name, point = self._grip
        size = self.desk.marks.size
        dx, dy = whole((at[0] - self._from[0], at[1] - self._from[1]))
        self._moved = self._moved or bool(dx or dy)
        self.hides = self.selected
        if kind == "move":
            self.preview = shapes.moved(self._whole, dx, dy, size) if self._moved else self._whole
        elif kind == "handle":
            self.preview = shapes.resized(self._whole, name, whole(at), size)
        else:
            found = shapes.with_point(self._whole, int(name), point, whole(at), size)
            self.preview = found or self.preview or self._whole

    def release(self, at: Point) -> Outcome:
        if not self.active:
            return None
        after, moved, grip = self.preview, self._moved, self._grip
        self.cancel()
        if grip is None:
            return None
        if grip[0] == "move" and not moved:
            if self.selected == self._chosen_before and len(self._below) > 1:  # the one below
                self.selected = self._below[(self._below.index(self.selected) + 1) % len(self._below)]
            return None
        before = self.desk.marks.objects[self.selected]
        return None if after is None or after == before else Change(self.selected, before, after)


class PolygonTool(Tool):
    """An outline point by point; closed by its first point, Enter or a double click."""

    def press(self, at: Point, desk: Desk) -> Outcome:
        ring = self.ring
        super().press(at, desk)
        if desk.label < 0:
            self.cancel()
            return Refusal.NO_CLASS
        at = shapes.inside(whole(at), desk.marks.size)
        if len(ring) >= 3 and near(at, ring[0], desk.reach):
            return self.finish(desk)
        if not ring or at != ring[-1]:
            ring.append(at)
        return None

    def release(self, at: Point) -> Outcome:
        return None  # goes on until it is closed

    def step_back(self) -> None:
        """Take the last point away."""
        if self.ring:
            self.ring.pop()
        self.active = bool(self.ring)

    def finish(self, desk: Desk) -> Outcome:
        ring = tuple(self.ring)
        if not ring:
            return None
        self.cancel()
        return _filled(desk, ring) if desk.fills else self._made(desk, ring)

    def _made(self, desk: Desk, ring: Ring) -> Outcome:
        mark = shapes.outlined(ring, desk.label, desk.marks.size)
        if mark is None:
            return Refusal.SMALL
        self.selected = len(desk.marks.objects)
        return Add(self.selected, mark)


def _filled(desk: Desk, ring: Ring) -> Outcome:
    mask = mask_for(desk)
    if mask is None:
        return Refusal.SIZE
    if len(ring) < 3:
        return Refusal.SMALL
    region = shapes.fill(mask, ring, value=desk.label)
    return painted(desk.marks, mask, region, desk.ground) or Refusal.SMALL


class BrushTool(Tool):
    """Paints the chosen class into the mask, or what lies where nothing is painted (`erases`)."""

    def __init__(self, *, erases: bool) -> None:
        super().__init__()
        self._erases = erases

    def press(self, at: Point, desk: Desk) -> Outcome:
        super().press(at, desk)
        if desk.label < 0 and not self._erases:
            self.active = False
            return Refusal.NO_CLASS
        self.work = mask_for(desk)
        if self.work is None:
            self.active = False
            return Refusal.SIZE
        self._last = at
        self.move(at)
        return None

    def move(self, at: Point) -> None:
        if self.active and self.work is not None:
            value = self.desk.ground if self._erases else self.desk.label
            region = shapes.brush(self.work, self._last, at, width=self.desk.width, value=value)
            self.touched = shapes.union(self.touched, region)
            self.newest = region
            self._last = at

    def release(self, at: Point) -> Outcome:
        work, touched = self.work, self.touched
        self.cancel()
        if work is None or touched is None:
            return None
        return painted(self.desk.marks, work, touched, self.desk.ground)


def mask_for(desk: Desk) -> np.ndarray | None:
    """A mask to paint on, (H, W) uint8; None when that of the picture has another size than the picture."""
    width, height = desk.marks.size
    if desk.marks.mask is None:
        return np.full((height, width), desk.ground, np.uint8)
    return desk.marks.mask.copy() if desk.marks.mask.shape == (height, width) else None


def relabelled(marks: Marks, at: int, label: int) -> Change | None:
    """The edit that gives the object at `at` another class; None when it has it."""
    before = marks.objects[at]
    return Change(at, before, replace(before, label=label)) if before.label != label else None
