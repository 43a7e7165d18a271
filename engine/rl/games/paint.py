"""From planes of 0 and 1 to a picture for people: one colour for each plane, a cell 16 pixels wide."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

CELL = 16
GROUND, GAP = (30, 34, 42), (16, 18, 24)
Colour = tuple[int, int, int]


def paint(planes: np.ndarray, colours: Sequence[Colour], *, ground: Colour = GROUND) -> np.ndarray:
    """(C, H, W) planes, later ones above earlier ones, to (16 H, 16 W, 3) uint8 RGB with a thin gap between cells."""
    height, width = planes.shape[1:]
    cells = np.empty((height, width, 3), np.uint8)
    cells[:] = ground
    for plane, colour in zip(planes, colours, strict=True):
        cells[plane > 0] = colour
    picture = np.repeat(np.repeat(cells, CELL, 0), CELL, 1)
    picture[CELL - 1 :: CELL] = GAP
    picture[:, CELL - 1 :: CELL] = GAP
    return picture
