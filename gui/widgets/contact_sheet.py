"""Where the tiles of a picture grid stand, and laying its pictures on one sheet. Numbers only, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

TILE, GAP = 54, 6  # logical pixels; tiles grow from TILE to fill the width


@dataclass(frozen=True, slots=True)
class Plan:
    """Where tiles stand. `pitch`, `hole_at` and `hole` in device pixels, `cell` and `before` in source pixels.

    Across as named; `pitch_y`, `hole_y` and `cell_y` are the same downwards, where pictures are not square.
    """

    ratio: float
    columns: int
    pitch: int
    hole_at: int
    hole: int
    cell: int
    before: int
    stride: int
    pitch_y: int
    hole_y: int
    cell_y: int

    @staticmethod
    def of(width: int, ratio: float, side: int, *, tall: int = 0, tile: int = TILE) -> Plan:
        """The plan for a viewport `width` logical pixels wide.

        side: width of the pictures in their own pixels; tall: their height, 0 = the same.
        tile: the narrowest a tile may be, in logical pixels.
        """
        wide, gap = int(width * ratio), round(GAP * ratio)
        columns = max(1, (wide + gap) // (round(tile * ratio) + gap))
        pitch = max(8, (wide + gap) // columns)
        stride = max(1, side // max(1, 2 * pitch))  # far larger pictures are sampled, not read whole
        side, tall = -(-side // stride), -(-(tall or side) // stride)  # what the stride leaves of them
        pad = max(1, round(side * gap / max(1, pitch - gap)))
        scale, before = pitch / (side + pad), pad // 2
        pitch_y = max(8, round((tall + pad) * scale))
        hole_at = -int(-before * scale // 1)
        hole, hole_y = int((before + side) * scale) - hole_at, int((before + tall) * pitch_y / (tall + pad)) - hole_at
        return Plan(ratio, columns, pitch, hole_at, hole, side + pad, before, stride, pitch_y, hole_y, tall + pad)


def sheet(images: np.ndarray, rows: int, columns: int, cell: int, before: int, *, cell_y: int = 0) -> np.ndarray:
    """Lay (n, H, W[, 3]) pictures on a sheet of `rows` × `columns` cells of `cell` pixels (and `cell_y` down).

    Each stands `before` pixels into its cell with its edge repeated around it, so that smooth
    scaling mixes a picture only with itself. Missing ones stay 0.
    """
    count, height, width = images.shape[:3]
    down = cell_y or cell
    after = ((0, 0), (before, down - height - before), (before, cell - width - before), (0, 0))[: images.ndim]
    cells = np.zeros((rows * columns, down, cell, *images.shape[3:]), np.uint8)
    cells[:count] = np.pad(images, after, mode="edge")
    laid = cells.reshape(rows, columns, down, cell, -1).transpose(0, 2, 1, 3, 4)
    return np.ascontiguousarray(laid).reshape(rows * down, columns * cell, *images.shape[3:])
