"""RoIPool against RoIAlign on a box that is shifted pixel by pixel (lecture row 77).

RoIPool rounds the box to whole cells of the map, so a small shift changes nothing and the next one everything.
RoIAlign (He, Gkioxari, Dollár, Girshick, "Mask R-CNN", ICCV 2017) reads between cells by bilinear interpolation, and
what it reads moves as far as the box does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torchvision.ops import roi_align, roi_pool

from engine.jobs import Event, Job

CELLS = 7  # along each side of what is pooled


@dataclass(frozen=True, slots=True, eq=False)
class Shifted(Event):
    """One position of the box.

    shift:   pixels to the right. box: (4,) float32 in pixels; rounded: (4,) the same as RoIPool takes it.
    pool, align: (7, 7) float32, what each reads of the channel that answers most.
    pool_change, align_change: how far all channels moved since the box began, as a share of their size.
    """

    shift: float
    box: np.ndarray
    rounded: np.ndarray
    pool: np.ndarray
    align: np.ndarray
    pool_change: float
    align_change: float


def shift(features: Tensor, box: np.ndarray, *, stride: int, pixels: float | None = None, steps: int = 33) -> Job:
    """Move a box to the right over a map; yields a `Shifted` for each position and returns them all.

    Args:
        features: (1, C, h, w) float32.
        box:      (4,) x1 y1 x2 y2 in pixels of the picture.
        stride:   pixels per cell of the map.
        pixels:   how far; None = two cells.
    """
    way = np.linspace(0, 2 * stride if pixels is None else pixels, steps)
    channel = int(both(features, box, stride)[1].mean((1, 2)).argmax())
    start = both(features, box, stride)
    seen: list[Shifted] = []
    for far in way:
        moved = np.asarray(box + np.array([far, 0, far, 0]), np.float32)
        now = both(features, moved, stride)
        jump, glide = (float((n - s).norm() / s.norm().clamp(min=1e-9)) for n, s in zip(now, start, strict=True))
        pool, align = (n[channel].numpy() for n in now)
        seen.append(Shifted(float(far), moved, rounded(moved, stride), pool, align, jump, glide))
        yield seen[-1]
    return seen


def both(features: Tensor, box: np.ndarray, stride: int) -> tuple[Tensor, Tensor]:
    """(C, 7, 7) by RoIPool and (C, 7, 7) by RoIAlign with four readings a cell."""
    rois = [torch.from_numpy(np.asarray(box, np.float32)[None])]
    with torch.inference_mode():
        pool = roi_pool(features, rois, (CELLS, CELLS), 1 / stride)[0]
        align = roi_align(features, rois, (CELLS, CELLS), 1 / stride, sampling_ratio=2, aligned=True)[0]
    return pool, align


def rounded(box: np.ndarray, stride: int) -> np.ndarray:
    """The box as RoIPool takes it, back in pixels: corners rounded to cells, the last cell included."""
    cells = np.floor(box / stride + 0.5)
    cells[2:] = np.maximum(cells[2:] + 1, cells[:2] + 1)
    return (cells * stride).astype(np.float32)
