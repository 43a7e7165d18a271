"""Where the tiles of a picture grid stand, and laying its pictures on one sheet. Numbers only, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

TILE, GAP = 54, 6  # logical pixels; tiles grow from TILE to fill the width


@dataclass(frozen=True, slots=True)
class Plan:
    """Where tiles stand. `pitch`, `hole_at` and `hole` in device pixels, `cell` and `before` in source pixels."""

    ratio: float
    columns: int
    pitch: int
    hole_at: int
    hole: int
    cell: int
    before: int
    stride: int

    @staticmethod
    def of(width: int, ratio: float, side: int) -> Plan:
        """The plan for a viewport `width` logical pixels wide and pictures `side` pixels large."""
        wide, gap = int(width * ratio), round(GAP * ratio)
        columns = max(1, (wide + gap) // (round(TILE * ratio) + gap))
        pitch = max(8, (wide + gap) // columns)
        stride = max(1, side // max(1, 2 * pitch))  # far larger pictures are sampled, not read whole
        side = -(-side // stride)
        pad = max(1, round(side * gap / max(1, pitch - gap)))
        scale, before = pitch / (side + pad), pad // 2
        hole_at = -int(-before * scale // 1)
        return Plan(ratio, columns, pitch, hole_at, int((before + side) * scale) - hole_at, side + pad, before, stride)


def sheet(images: np.ndarray, rows: int, columns: int, cell: int, before: int) -> np.ndarray:
    """Lay (n, H, W[, 3]) pictures on a sheet of `rows` × `columns` cells of `cell` pixels.

    Each stands `before` pixels into its cell with its edge repeated around it, so that smooth
    scaling mixes a picture only with itself. Missing ones stay 0.
    """
    count, height, width = images.shape[:3]
    top, left = before + (cell - before - height) // 2, before + (cell - before - width) // 2
    if height == width:
        top = left = before
    around = ((0, 0), (top, cell - height - top), (left, cell - width - left), (0, 0))[: images.ndim]
    cells = np.zeros((rows * columns, cell, cell, *images.shape[3:]), np.uint8)
    cells[:count] = np.pad(images, around, mode="edge" if height == width else "constant")
    laid = cells.reshape(rows, columns, cell, cell, -1).transpose(0, 2, 1, 3, 4)
    return np.ascontiguousarray(laid).reshape(rows * cell, columns * cell, *images.shape[3:])
