"""COCO's run-length masks, and the outlines that stand for them.

A mask is written as the lengths of runs of 0s and 1s, column by column (Lin et al., Microsoft COCO, 2014;
the packed text of pycocotools' maskApi.c as well). Here it becomes rings along the edges of its pixels:
filling them gives back the same pixels.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

LARGEST = 1 << 28  # pixels of a mask that may be unpacked


def mask_of(value: Any) -> np.ndarray:
    """The mask of an RLE object {"size": [height, width], "counts": list or text}: (H, W) bool.

    Raises: `ValueError` when it is not one, or its runs do not fill its size.
    """
    if not isinstance(value, dict):
        raise ValueError("no RLE")
    size, counts = value.get("size"), value.get("counts")
    if not (isinstance(size, list) and len(size) == 2 and all(isinstance(n, int) and n > 0 for n in size)):
        raise ValueError("size")
    runs = np.array(_unpacked(counts) if isinstance(counts, str) else counts, np.int64)
    height, width = size
    if height * width > LARGEST or runs.ndim != 1 or (runs < 0).any() or int(runs.sum()) != height * width:
        raise ValueError("runs")
    flat = np.repeat(np.arange(len(runs)) % 2 == 1, runs)
    return flat.reshape(width, height).T


def _unpacked(text: str) -> list[int]:
    """The runs of pycocotools' packed text: 5 bits a letter, from the third run on as a difference."""
    runs: list[int] = []
    value = shift = 0
    for letter in text.encode("ascii"):
        part = letter - 48
        if not 0 <= part < 64:
            raise ValueError("letter")
        value |= (part & 0x1F) << shift
        shift += 5
        if part & 0x20:
            continue
        if part & 0x10:
            value |= -1 << shift
        runs.append(value + (runs[-2] if len(runs) > 2 else 0))
        value = shift = 0
    return runs


def rle_of(mask: np.ndarray) -> dict[str, Any]:
    """A mask (H, W) bool as an RLE object with a list of runs."""
    flat = np.ascontiguousarray(mask.T, bool).ravel()
    changes = np.flatnonzero(np.diff(flat)) + 1
    runs = np.diff(np.concatenate(([0], changes, [flat.size]))).tolist()
    return {"size": [int(n) for n in mask.shape], "counts": [0, *runs] if flat.size and flat[0] else runs}


def rings_of(mask: np.ndarray) -> tuple[np.ndarray, ...]:
    """Rings (P, 2) float32 along the edges of a mask's pixels; together they cover it exactly, and none has a hole.

    A part with holes is cut into upright strips through them, since forms of outlines know no holes.
    """
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return ()
    top, left = rows[0], columns[0]
    small = mask[top : rows[-1] + 1, left : columns[-1] + 1]
    ring, whole = _trace(small)
    if whole:  # one part without holes, as most are
        return ((ring + np.array((left, top))).astype(np.float32),)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(small.astype(np.uint8), connectivity=4)
    rings = []
    for part in range(1, count):
        x, y, width, height = (int(n) for n in stats[part, :4])
        one = labels[y : y + height, x : x + width] == part
        for ring in _strips(one):
            rings.append((ring + np.array((left + x, top + y))).astype(np.float32))
    return tuple(rings)


def _strips(one: np.ndarray) -> list[np.ndarray]:
    """The rings of one connected part, cut at a column of each of its holes."""
    ring, whole = _trace(one)
    if whole:
        return [ring]
    outside = np.pad(~one, 1, constant_values=True).astype(np.uint8)
    holes, labels, stats, _ = cv2.connectedComponentsWithStats(outside, connectivity=4)
    around = int(labels[0, 0])
    cuts = sorted({int(stats[hole, 0]) - 1 for hole in range(1, holes) if hole != around})
    rings = []
    for start, stop in zip([0, *cuts], [*cuts, one.shape[1]], strict=True):
        count, parts = cv2.connectedComponents(one[:, start:stop].astype(np.uint8), connectivity=4)
        rings += [_trace(parts == part)[0] + np.array((start, 0)) for part in range(1, count)]
    return rings


def _trace(one: np.ndarray) -> tuple[np.ndarray, bool]:
    """The edge of the part at the top left, as corners (P, 2) int64 clockwise; True when that is all there is to trace."""
    padded = np.zeros((one.shape[0] + 2, one.shape[1] + 2), np.int8)
    padded[1:-1, 1:-1] = one
    corners = _corners(padded)
    row = int(one.any(axis=1).argmax())
    start = (int(one[row].argmax()) + 1, row + 1)
    at, heading, ring = start, (1, 0), [start]
    while True:
        at = corners[heading][at]
        if at == start:
            return np.array(ring, np.int64) - 1, len(ring) == sum(map(len, corners.values()))
        ring.append(at)
        heading = _turn(padded, at, heading)


def _turn(padded: np.ndarray, at: tuple[int, int], heading: tuple[int, int]) -> tuple[int, int]:
    """The way to go on from a corner with the part on the right hand."""
    x, y = at
    dx, dy = heading
    right = (-dy, dx)
    # the pixels ahead on the left and on the right of the way
    ahead_right = padded[y + _cell(dy, right[1]), x + _cell(dx, right[0])]
    ahead_left = padded[y + _cell(dy, -right[1]), x + _cell(dx, -right[0])]
    if not ahead_right:
        return right
    return (-right[0], -right[1]) if ahead_left else heading


def _cell(along: int, side: int) -> int:
    """The offset of a pixel from a corner: −1 before it, 0 after it."""
    return 0 if along + side > 0 else -1


def _corners(padded: np.ndarray) -> dict[tuple[int, int], dict[tuple[int, int], tuple[int, int]]]:
    """For each heading: from each corner, the corner where the straight edge in that heading ends."""
    found: dict[tuple[int, int], dict[tuple[int, int], tuple[int, int]]] = {}
    down = np.diff(padded, axis=0)  # 1: a top edge, gone right; −1: a bottom edge, gone left
    across = np.diff(padded, axis=1)  # 1: a left edge, gone up; −1: a right edge, gone down
    for heading, edges, value, swap in (
        ((1, 0), down, 1, False),
        ((-1, 0), down, -1, False),
        ((0, -1), across.T, 1, True),
        ((0, 1), across.T, -1, True),
    ):
        found[heading] = _runs(edges == value, swap=swap, backwards=sum(heading) < 0)
    return found


def _runs(edges: np.ndarray, *, swap: bool, backwards: bool) -> dict[tuple[int, int], tuple[int, int]]:
    """Start and end corner of each run of edges; rows of `edges` are lines between pixels."""
    steps = np.diff(np.pad(edges, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    starts, ends = np.argwhere(steps == 1), np.argwhere(steps == -1)
    runs = {}
    for (line, first), (_, last) in zip(starts.tolist(), ends.tolist(), strict=True):
        a, b = (first, line + 1), (last, line + 1)
        if swap:
            a, b = a[::-1], b[::-1]
        runs[b if backwards else a] = a if backwards else b
    return runs


def filled(rings: tuple[np.ndarray, ...], size: tuple[int, int]) -> np.ndarray | None:
    """The mask (height, width) bool that rings along pixel edges came from; None for rings that are not such."""
    width, height = size
    if not rings:
        return np.zeros((height, width), bool)
    corners = [ring.astype(np.int64) for ring in rings]
    if any((a != b).any() for a, b in zip(corners, rings, strict=True)):
        return None
    every = np.concatenate(corners)
    (left, top), (right, bottom) = every.min(axis=0).tolist(), every.max(axis=0).tolist()
    if left < 0 or top < 0 or right > width or bottom > height:
        return None
    turns = np.zeros((right - left + 1, bottom - top), bool)  # by column, as runs are written
    for ring in corners:
        after = np.concatenate((ring[1:], ring[:1]))
        if not (ring == after).any(axis=1).all():
            return None
        for (x, y), (_, y2) in zip(ring.tolist(), after.tolist(), strict=True):
            turns[x - left, min(y, y2) - top : max(y, y2) - top] ^= True
    mask = np.zeros((width, height), bool)
    mask[left:right, top:bottom] = np.logical_xor.accumulate(turns, axis=0)[:-1]
    return mask.T
