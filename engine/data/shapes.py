"""Boxes and outlines as a hand moves them: kept inside the picture, never without size.

Points are x y in pixels of the picture, (0, 0) its upper left corner; sizes are (width, height).
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from engine.data.edits import Corners, Mark, Ring, settled

SMALLEST = 2.0  # pixels; a smaller box is a slip of the hand
HANDLES = ("nw", "n", "ne", "e", "se", "s", "sw", "w")
Point = tuple[float, float]
Size = tuple[int, int]
Region = tuple[int, int, int, int]  # x1 y1 x2 y2 in whole pixels; x2 and y2 are the first outside


def inside(point: Point, size: Size) -> Point:
    """The nearest point of the picture."""
    return min(max(point[0], 0.0), float(size[0])), min(max(point[1], 0.0), float(size[1]))


def boxed(a: Point, b: Point, label: int, size: Size) -> Mark | None:
    """A new object in the box of two opposite corners, cut to the picture; None when hardly anything is left of it."""
    (ax, ay), (bx, by) = inside(a, size), inside(b, size)
    box = min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
    return settled(Mark(box, label)) if large_enough(box) else None


def large_enough(box: Corners) -> bool:
    """True when both sides have at least `SMALLEST` pixels."""
    return box[2] - box[0] >= SMALLEST and box[3] - box[1] >= SMALLEST


def moved(mark: Mark, dx: float, dy: float, size: Size) -> Mark:
    """`mark` moved by as much of (dx, dy) as the picture has room for, with its outline and keypoints."""
    x1, y1, x2, y2 = mark.box
    dx = min(max(dx, -x1), size[0] - x2) if x2 - x1 <= size[0] else 0.0
    dy = min(max(dy, -y1), size[1] - y2) if y2 - y1 <= size[1] else 0.0
    new = replace(
        mark,
        box=(x1 + dx, y1 + dy, x2 + dx, y2 + dy),
        rings=tuple(tuple((x + dx, y + dy) for x, y in ring) for ring in mark.rings),
        keypoints=tuple((x + dx, y + dy, v) if v else (x, y, v) for x, y, v in mark.keypoints),
    )
    return settled(new)


def resized(mark: Mark, handle: str, to: Point, size: Size) -> Mark:
    """`mark` with one of its `HANDLES` at `to`; never smaller than `SMALLEST`, its outline stretched along.

    Keypoints stay: they are places in the picture, not parts of the box.
    """
    x, y = inside(to, size)
    x1, y1, x2, y2 = mark.box
    if "w" in handle:
        x1 = min(x, x2 - SMALLEST)
    if "e" in handle:
        x2 = max(x, x1 + SMALLEST)
    if "n" in handle:
        y1 = min(y, y2 - SMALLEST)
    if "s" in handle:
        y2 = max(y, y1 + SMALLEST)
    box = max(x1, 0.0), max(y1, 0.0), min(x2, float(size[0])), min(y2, float(size[1]))
    return settled(replace(mark, box=box, rings=tuple(_stretched(ring, mark.box, box) for ring in mark.rings)))


def _stretched(ring: Ring, old: Corners, new: Corners) -> Ring:
    def along(value: float, first: int) -> float:
        length = old[first + 2] - old[first]
        share = (value - old[first]) / length if length else 0.0
        return new[first] + share * (new[first + 2] - new[first])

    return tuple((along(x, 0), along(y, 1)) for x, y in ring)


def handles(box: Corners) -> dict[str, Point]:
    """Where a hand takes a box to resize it."""
    x1, y1, x2, y2 = box
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    places = ((x1, y1), (x, y1), (x2, y1), (x2, y), (x2, y2), (x, y2), (x1, y2), (x1, y))
    return dict(zip(HANDLES, places, strict=True))


def outlined(ring: Ring, label: int, size: Size) -> Mark | None:
    """A new object with one ring, cut to the picture; None with fewer than three points or no area to speak of."""
    kept = tuple(inside(point, size) for point in ring)
    kept = tuple(point for i, point in enumerate(kept) if point != kept[i - 1])
    if len(kept) < 3 or not large_enough(around((kept,))) or area(kept) < SMALLEST:
        return None
    return settled(Mark(around((kept,)), label, (kept,)))


def around(rings: tuple[Ring, ...]) -> Corners:
    """The smallest box that holds all rings."""
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def area(ring: Ring) -> float:
    """Square pixels inside a ring (shoelace formula)."""
    return abs(sum(ring[i - 1][0] * y - x * ring[i - 1][1] for i, (x, y) in enumerate(ring))) / 2


def with_point(mark: Mark, ring: int, point: int, to: Point, size: Size) -> Mark | None:
    """`mark` with one point of its outline at `to`; None when nothing to speak of would be left of it."""
    points = list(mark.rings[ring])
    points[point] = inside(to, size)
    return with_ring(mark, ring, tuple(points))


def with_new_point(mark: Mark, ring: int, after: int, at: Point, size: Size) -> Mark:
    """`mark` with a point more in its outline, behind point `after`."""
    points = mark.rings[ring]
    return with_ring(mark, ring, (*points[: after + 1], inside(at, size), *points[after + 1 :])) or mark


def without_point(mark: Mark, ring: int, point: int) -> Mark | None:
    """`mark` with a point less; None when three would not be left."""
    points = mark.rings[ring]
    return with_ring(mark, ring, (*points[:point], *points[point + 1 :]))


def with_ring(mark: Mark, at: int, ring: Ring) -> Mark | None:
    """`mark` with another ring, and the box that goes with it; None when it has no area to speak of."""
    rings = (*mark.rings[:at], ring, *mark.rings[at + 1 :])
    if len(ring) < 3 or area(ring) < SMALLEST or not large_enough(around(rings)):
        return None
    return settled(replace(mark, box=around(rings), rings=rings))


def holds(mark: Mark, at: Point) -> bool:
    """True when a point lies in the outline of `mark`, or in its box where it has none."""
    x, y = at
    x1, y1, x2, y2 = mark.box
    if not (x1 <= x <= x2 and y1 <= y <= y2):
        return False
    if not mark.rings:
        return True
    return sum(_crossings(ring, at) for ring in mark.rings) % 2 == 1


def _crossings(ring: Ring, at: Point) -> int:
    """How often a ray from `at` to the right crosses the ring."""
    x, y = at
    count = 0
    for i, (bx, by) in enumerate(ring):
        ax, ay = ring[i - 1]
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            count += 1
    return count


# Paint


def brush(mask: np.ndarray, a: Point, b: Point, *, width: int, value: int) -> Region:
    """Paint a round brush from `a` to `b` into `mask` ((H, W) uint8, changed in place); `width` in pixels.

    Painted are the pixels whose middle is no farther than half a width from the line; the line goes through
    middles of pixels (odd widths) or between them (even), so that a brush of width w is w pixels wide.
    """
    half = 0.5 if width % 2 else 0.0
    snap = math.floor if width % 2 else round
    ax, ay, bx, by = (snap(value) + half for value in (*a, *b))
    reach = width / 2
    x1, y1, x2, y2 = region = _cut(
        (
            math.floor(min(ax, bx) - reach),
            math.floor(min(ay, by) - reach),
            math.ceil(max(ax, bx) + reach),
            math.ceil(max(ay, by) + reach),
        ),
        mask,
    )
    x, y = np.arange(x1, x2) + 0.5 - ax, np.arange(y1, y2)[:, None] + 0.5 - ay
    dx, dy = bx - ax, by - ay
    along = np.clip((x * dx + y * dy) / (dx * dx + dy * dy or 1.0), 0.0, 1.0)
    near = (x - along * dx) ** 2 + (y - along * dy) ** 2 <= reach * reach
    mask[y1:y2, x1:x2][near] = value
    return region


def fill(mask: np.ndarray, ring: Ring, *, value: int) -> Region:
    """Fill a ring in `mask` ((H, W) uint8, changed in place): every pixel whose middle lies inside, even-odd.

    Returns x1 y1 x2 y2 of what may have changed.
    """
    x1, y1, x2, y2 = around((ring,))
    region = _cut((math.floor(x1), math.floor(y1), math.ceil(x2), math.ceil(y2)), mask)
    ends = np.array(ring, np.float64)
    starts = np.roll(ends, 1, axis=0)
    for row in range(region[1], region[3]):
        y = row + 0.5
        crossed = (starts[:, 1] > y) != (ends[:, 1] > y)
        (ax, ay), (bx, by) = starts[crossed].T, ends[crossed].T
        edges = np.ceil(np.sort(ax + (y - ay) * (bx - ax) / (by - ay)) - 0.5).astype(int).clip(0, mask.shape[1])
        for left, right in zip(edges[::2], edges[1::2], strict=True):
            mask[row, left:right] = value
    return region


def union(a: Region | None, b: Region) -> Region:
    """The smallest rectangle that holds both."""
    if a is None:
        return b
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _cut(region: Region, mask: np.ndarray) -> Region:
    height, width = mask.shape
    x1, y1, x2, y2 = region
    return min(max(x1, 0), width), min(max(y1, 0), height), min(max(x2, 0), width), min(max(y2, 0), height)
