"""Changes to small photographs for training: mirrored, moved with reflected edges, a square cut out or exchanged (row 37).

Moved digits get zeros at their edges (augment.py); a photograph has no ground, so its own edge is reflected.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

GREY = 0.473  # what stands in a square that was cut out: the mean of CIFAR-10


def framed(
    images: np.ndarray, numbers: np.ndarray, *, shift: int, flip: str, epoch: int, generator: torch.Generator
) -> np.ndarray:
    """Each picture mirrored or not and moved by up to `shift` pixels, in one gathering of its pixels.

    Args:
        images: (B, H, W) or (B, H, W, 3) uint8. numbers: (B,) int64, which pictures of the set these are.
        flip: "none", "random", or "alternate": mirrored in every second epoch, half of the set in the even ones.
    Returns:
        Like `images`; the same array when nothing is to change.
    """
    if not shift and flip == "none":
        return images
    count, height, width = images.shape[:3]
    dy, dx = torch.randint(-shift, shift + 1, (2, count, 1), generator=generator).numpy()
    rows = _reflected(np.arange(height) + dy, height)  # (B, H)
    columns = _reflected(np.arange(width) + dx, width)  # (B, W)
    turned = _turned(numbers, flip, epoch, generator)[:, None]
    columns = np.where(turned, width - 1 - columns, columns)
    flat = (np.arange(count)[:, None] * height + rows)[:, :, None] * width + columns[:, None, :]
    pixels = images.reshape(count * height * width, *images.shape[3:])
    return np.take(pixels, flat.ravel(), axis=0).reshape(images.shape)


def _reflected(at: np.ndarray, size: int) -> np.ndarray:
    """Positions beyond an edge brought back as if the edge were a mirror."""
    at = np.abs(at)
    return np.where(at >= size, 2 * (size - 1) - at, at)


def _turned(numbers: np.ndarray, flip: str, epoch: int, generator: torch.Generator) -> np.ndarray:
    """Which pictures are mirrored now, (B,) bool."""
    if flip == "none":
        return np.zeros(len(numbers), bool)
    if flip == "random":
        return torch.rand(len(numbers), generator=generator).numpy() < 0.5
    scattered = (numbers.astype(np.uint64) * np.uint64(2654435761)) >> np.uint64(16)  # Knuth's multiplicative hash
    return (scattered + np.uint64(epoch)) % np.uint64(2) == 1


def cut_out(pictures: Tensor, side: int, generator: torch.Generator) -> Tensor:
    """Each picture with one square of `side` pixels in grey, wherever its middle falls (DeVries, Taylor 2017).

    pictures: (B, C, H, W) float32 in [0, 1]; the same tensor when `side` is 0.
    """
    if side <= 0:
        return pictures
    count, _, height, width = pictures.shape
    middle = torch.rand(2, count, 1, generator=generator)
    near_y = (torch.arange(height) - middle[0] * height).abs() < side / 2  # (B, H)
    near_x = (torch.arange(width) - middle[1] * width).abs() < side / 2  # (B, W)
    square = (near_y[:, None, :, None] & near_x[:, None, None, :]).to(pictures.device)  # (B, 1, H, W)
    return torch.where(square, GREY, pictures)


def pasted(pictures: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor, float]:
    """CutMix (Yun et al., ICCV 2019): each picture gets a square of another one, at the same place in all.

    pictures: (B, C, S, S). Returns them, (B,) int64 which picture each got its square of, and the share of it, in [0, 1].
    """
    count, _, side, _ = pictures.shape
    order = torch.randperm(count, generator=generator)
    share, down, across = torch.rand(3, generator=generator).tolist()
    size = round(side * share**0.5)  # all shares are equally likely
    top, left = round((side - size) * down), round((side - size) * across)
    square = (..., slice(top, top + size), slice(left, left + size))
    mixed = pictures.clone(memory_format=torch.channels_last)
    mixed[square] = pictures[square][order]
    return mixed, order.to(pictures.device), (size / side) ** 2
