"""What a tool works on, and what of it a hand meets where."""

from __future__ import annotations

from dataclasses import dataclass

from engine.data import shapes
from engine.data.annotation import VOID
from engine.data.edits import Mark, Marks
from engine.data.shapes import Point


@dataclass(frozen=True, slots=True)
class Desk:
    """What a tool works on.

    selected: position of the chosen object, −1 = none. label: the chosen class, −1 = none. width: of the brush in
    pixels. ground: what a mask holds where nothing is painted. reach: pixels within which a hand meets a handle.
    fills: outlines fill the mask instead of making an object.
    """

    marks: Marks
    selected: int = -1
    label: int = -1
    width: int = 12
    ground: int = VOID
    reach: float = 6.0
    fills: bool = False


def whole(at: Point) -> Point:
    """The nearest corner of pixels."""
    return float(round(at[0])), float(round(at[1]))


def under(marks: Marks, at: Point) -> list[int]:
    """The objects at a point, the smallest first: a hand means what it can reach no other way."""
    found = [i for i, mark in enumerate(marks.objects) if shapes.holds(mark, at)]
    return sorted(found, key=lambda i: _area(marks.objects[i]))


def _area(mark: Mark) -> float:
    x1, y1, x2, y2 = mark.box
    return (x2 - x1) * (y2 - y1)


def grip_at(desk: Desk, at: Point) -> tuple[str, str, int] | None:
    """What of the chosen object a hand meets: ("handle", name, 0), ("point", ring, n), ("edge", ring, n) or None."""
    if not 0 <= desk.selected < len(desk.marks.objects):
        return None
    mark = desk.marks.objects[desk.selected]
    for number, ring in enumerate(mark.rings):
        for n, point in enumerate(ring):
            if near(at, point, desk.reach):
                return "point", str(number), n
        for n, (x, y) in enumerate(ring):
            ax, ay = ring[n - 1]
            long = not near((x, y), (ax, ay), 4 * desk.reach)  # between near points there is no room to meet one more
            if long and near(at, ((x + ax) / 2, (y + ay) / 2), desk.reach):
                return "edge", str(number), (n - 1) % len(ring)
    if not mark.rings:
        for name, place in shapes.handles(mark.box).items():
            if near(at, place, desk.reach):
                return "handle", name, 0
    return None


def near(a: Point, b: Point, reach: float) -> bool:
    """True when two points are within `reach` pixels."""
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 <= reach * reach
