"""Small random changes to windows of a signal: another belt, another gait (Um et al., ICMI 2017).

Windows are taken channel by channel here, (B, C, T) in memory: an operation along three axes takes a processor many times
as long as the same along 128 places.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from engine.signals.settings import SignalSettings

SCALE, SPEED, NOISE = 0.1, 0.12, 0.02  # ± share of the size, ± share of the speed, share of a channel's spread
_CROSS = torch.tensor(  # times a vector, the matrix of the cross product with it
    [[0.0, 0, 0, 0, 0, -1, 0, 1, 0], [0, 0, 1, 0, 0, 0, -1, 0, 0], [0, -1, 0, 1, 0, 0, 0, 0, 0]]
)


def augment(windows: Tensor, now: SignalSettings, generator: torch.Generator) -> Tensor:
    """Turn, scale, stretch and switch off channels of each window by its own random amount.

    Args:
        windows: (B, T, C) float32; channels in groups of three are taken as the axes of a sensor.
        generator: where the amounts come from; the same state gives the same windows.
    """
    strength, count, channels = now.augment, len(windows), windows.shape[2]
    x = windows.transpose(1, 2)  # (B, C, T)
    if strength:
        x = _stretched(x, strength, generator)
        for first in range(0, channels - channels % 3, 3) if now.turn else ():
            axes = x[:, first : first + 3]
            axes.copy_(rotations(count, strength * now.turn, generator).transpose(1, 2) @ axes)
        noise = torch.randn(x.shape, generator=generator).mul_(strength * NOISE * _spread(x))
        x = x.mul_(1 + strength * SCALE * _even(count, generator)[:, None, None]).add_(noise)
    if now.sensor_drop:
        x = x * torch.rand(count, channels, 1, generator=generator).ge_(now.sensor_drop)
    return x.transpose(1, 2)


def _spread(x: Tensor) -> Tensor:
    """Standard deviation over time, (B, C, T) to (B, C, 1); torch's own takes longer."""
    moving = x - x.mean(2, keepdim=True)
    return torch.linalg.vector_norm(moving, dim=2, keepdim=True) / max(1, x.shape[2] - 1) ** 0.5


def _even(count: int, generator: torch.Generator) -> Tensor:
    """(count,) in [−1, 1)."""
    return torch.empty(count).uniform_(-1, 1, generator=generator)


def rotations(count: int, degrees: float, generator: torch.Generator) -> Tensor:
    """(count, 3, 3) turns by up to ± `degrees` about a random axis each (Rodrigues' formula)."""
    axis = functional.normalize(torch.randn(count, 3, generator=generator), dim=1)
    angle = (_even(count, generator) * math.radians(degrees))[:, None, None]
    cross = (axis @ _CROSS).view(count, 3, 3)
    return torch.eye(3) + angle.sin() * cross + (1 - angle.cos()) * (cross @ cross)


def _stretched(x: Tensor, strength: float, generator: torch.Generator) -> Tensor:
    """Each window, (B, C, T), read a little faster or slower from a random place in it, the ends repeated."""
    count, _, steps = x.shape
    speed = 1 + strength * SPEED * _even(count, generator)
    shift = strength * SPEED * 2 * _even(count, generator)  # −1 to 1 is the whole window
    grid = torch.zeros(count, 1, steps, 2)  # where each place is read: along time, and in the one row there is
    torch.addcmul(shift[:, None], torch.linspace(-1, 1, steps), speed[:, None], out=grid[:, 0, :, 0])
    return functional.grid_sample(x[:, :, None], grid, padding_mode="border", align_corners=True)[:, :, 0]
