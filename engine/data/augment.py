"""Small random changes to training pictures, a whole batch at once (lecture row 37).

The trainer and the preview in the dataset browser use this same function.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from engine.train.settings import TrainSettings

BENDS = 5  # points along each side of the elastic field


def augment(images: Tensor, settings: TrainSettings, generator: torch.Generator) -> Tensor:
    """Turn, shift, scale, stretch and bend each picture by its own random amount.

    Args:
        images: (B, C, H, W) float; the ground is 0, and 0 is what comes in from outside.
        settings: rotate in degrees, shift and bend in pixels, scale and stretch as shares; all times `augment`.
        generator: where the amounts come from; the same state gives the same pictures.
    Returns:
        (B, C, H, W) float like `images`; the same tensor when nothing is to change.
    """
    amounts = settings.rotate, settings.shift, settings.scale, settings.stretch, settings.bend
    turn, shift, scale, stretch, bend = (settings.augment * amount for amount in amounts)
    if not any((turn, shift, scale, stretch, bend)):
        return images
    count, (height, width) = len(images), images.shape[2:]
    # (B, 6) in [−1, 1]: angle, size, stretch, slant, shift in x and in y
    r = torch.rand(count, 6, generator=generator).mul_(2).sub_(1)
    angle = r[:, 0] * math.radians(turn)
    grow, wide, slant = 1 + scale * r[:, 1], 1 + stretch * r[:, 2], stretch * r[:, 3]
    cos, sin = angle.cos() / grow, angle.sin() / grow
    # Each row maps an output position to where it is read from, in units of half the picture.
    to_x = torch.stack((cos / wide, -sin + slant, shift * r[:, 4] * 2 / width), dim=1)
    to_y = torch.stack((sin, cos * wide, shift * r[:, 5] * 2 / height), dim=1)
    matrices = torch.stack((to_x, to_y), dim=1).to(images.device)  # (B, 2, 3)
    grid = functional.affine_grid(matrices, list(images.shape), align_corners=False)  # (B, H, W, 2)
    if bend:
        grid = grid + _elastic(count, (height, width), bend, generator).to(grid.device)
    return functional.grid_sample(images, grid, align_corners=False)


def _elastic(count: int, size: tuple[int, int], bend: float, generator: torch.Generator) -> Tensor:
    """A smooth random field, (B, H, W, 2) in units of half the picture: how far each place is moved.

    After Simard, Steinkraus, Platt, ICDAR 2003, with a coarse field made smooth by bicubic
    interpolation instead of a wide Gaussian blur: as smooth, and a batch at once.
    """
    coarse = torch.rand(count, 2, BENDS, BENDS, generator=generator).mul_(2).sub_(1)
    field = functional.interpolate(coarse, size, mode="bicubic", align_corners=True)  # (B, 2, H, W)
    return field.permute(0, 2, 3, 1) * bend * 2 / torch.tensor([size[1], size[0]])
