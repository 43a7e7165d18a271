"""Changes to pictures before the discriminator sees them, so that a few thousand photographs last longer.

Zhao, Liu, Lin, Zhu, Han, Differentiable augmentation for data-efficient GAN training, 2020: real and made pictures are
changed alike, and the generator's gradient runs through the change, so that it never learns to make changed pictures.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

POLICIES = ("none", "shift", "colour", "all")
"""none; shift: up to an eighth of the side; colour: shift, brightness, contrast, saturation; all: a hole besides."""


def mirrored(pictures: Tensor, random: torch.Generator) -> Tensor:
    """About half of the pictures (B, C, H, W) seen in a mirror. For real ones: it doubles the data."""
    turned = torch.rand(len(pictures), generator=random).to(pictures.device) < 0.5
    return torch.where(turned[:, None, None, None], pictures.flip(3), pictures)


def varied(pictures: Tensor, policy: str, random: torch.Generator) -> Tensor:
    """Each picture (B, C, H, W) in [−1, 1] changed by its own random amounts; differentiable. policy: of `POLICIES`."""
    if policy == "none":
        return pictures
    x = pictures
    if policy in ("colour", "all"):
        x = _coloured(x, random)
    x = _shifted(x, random)
    return x * _hole(x, random) if policy == "all" else x


def _coloured(x: Tensor, random: torch.Generator) -> Tensor:
    light, dye, depth = torch.rand(3, len(x), 1, 1, 1, generator=random).to(x)
    if x.shape[1] > 1:
        grey = x.mean(1, keepdim=True)
        x = grey + (x - grey) * (2 * dye)
    middle = x.mean((1, 2, 3), keepdim=True)
    return middle + (x - middle) * (0.5 + depth) + (light - 0.5)


def _shifted(x: Tensor, random: torch.Generator) -> Tensor:
    """Up to an eighth of the side in any direction; black comes in from outside."""
    side = x.shape[-1]
    most = max(1, side // 8)
    places = torch.randint(0, 2 * most + 1, (len(x), 2), generator=random).tolist()
    room = functional.pad(x, (most, most, most, most), value=-1.0)
    moved = [one[:, y : y + side, z : z + side] for one, (y, z) in zip(room, places, strict=True)]
    return torch.stack(moved)


def _hole(x: Tensor, random: torch.Generator) -> Tensor:
    """1, and 0 in a square of half the side somewhere, (B, 1, H, W)."""
    side = x.shape[-1]
    centre = torch.randint(0, side, (2, len(x), 1), generator=random)
    near = (torch.arange(side) - centre).abs() <= side // 4  # (2, B, side)
    return (~(near[0][:, :, None] & near[1][:, None, :]))[:, None].to(x)
