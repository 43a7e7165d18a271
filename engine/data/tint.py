"""A mask as coloured pixels to lay over its photograph: regions see-through, edges in full colour."""

from __future__ import annotations

import numpy as np

from engine.data.shapes import Region


def tinted(mask: np.ndarray, table: np.ndarray, region: Region) -> np.ndarray:
    """The part x1 y1 x2 y2 of a mask as pixels, (h, w) uint32.

    mask: (H, W) uint8 class numbers. table: (256, 2) uint32, for each number the pixel of its region and of its edge;
    an edge is where one of the four neighbours is of another class.
    """
    x1, y1, x2, y2 = region
    part = mask[y1:y2, x1:x2]
    return np.where(_edges(mask, region), table[part, 1], table[part, 0])


def _edges(mask: np.ndarray, region: Region) -> np.ndarray:
    """True where a pixel of the part has a neighbour of another class, (h, w) bool."""
    x1, y1, x2, y2 = region
    height, width = mask.shape
    around = mask[max(y1 - 1, 0) : min(y2 + 1, height), max(x1 - 1, 0) : min(x2 + 1, width)]
    wide = np.pad(around, ((int(y1 == 0), int(y2 == height)), (int(x1 == 0), int(x2 == width))), "edge")
    inner = wide[1:-1, 1:-1]
    found = (inner != wide[:-2, 1:-1]) | (inner != wide[2:, 1:-1])
    return found | (inner != wide[1:-1, :-2]) | (inner != wide[1:-1, 2:])
