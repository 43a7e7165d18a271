"""Small random changes to windows of a signal: another belt, another gait (Um et al., ICMI 2017)."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from engine.signals.settings import SignalSettings

SCALE, SPEED, NOISE = 0.1, 0.12, 0.02  # ± share of the size, ± share of the speed, share of a channel's spread


def augment(x: Tensor, now: SignalSettings, generator: torch.Generator) -> Tensor:
    """Turn, scale, stretch and switch off channels of each window by its own random amount.

    Args:
        x: (B, T, C) float32; channels in groups of three are taken as the axes of a sensor.
        generator: where the amounts come from; the same state gives the same windows.
    """
    strength, count, channels = now.augment, len(x), x.shape[2]
    if strength:
        for first in range(0, channels - channels % 3, 3) if now.turn else ():
            turned = x[:, :, first : first + 3] @ rotations(count, strength * now.turn, generator).to(x.device)
            x = torch.cat((x[:, :, :first], turned, x[:, :, first + 3 :]), 2)
        x = _stretched(x, strength, generator)
        grow = 1 + strength * SCALE * _even(count, generator)
        noise = torch.randn(x.shape, generator=generator).to(x.device) * _spread(x)
        x = x * grow.to(x.device)[:, None, None] + strength * NOISE * noise
    if now.sensor_drop:
        kept = torch.rand(count, 1, channels, generator=generator).to(x.device) >= now.sensor_drop
        x = x * kept
    return x


def _spread(x: Tensor) -> Tensor:
    """Standard deviation over time, (B, T, C) to (B, 1, C); torch's own goes through memory channel by channel."""
    moving = x - x.mean(1, keepdim=True)
    return (moving.square().sum(1, keepdim=True) / max(1, x.shape[1] - 1)).sqrt()


def _even(count: int, generator: torch.Generator) -> Tensor:
    """(count,) in [−1, 1]."""
    return torch.rand(count, generator=generator).mul_(2).sub_(1)


def rotations(count: int, degrees: float, generator: torch.Generator) -> Tensor:
    """(count, 3, 3) turns by up to ± `degrees` about a random axis each (Rodrigues' formula)."""
    axis = functional.normalize(torch.randn(count, 3, generator=generator), dim=1)
    angle = (_even(count, generator) * math.radians(degrees))[:, None, None]
    x, y, z = axis.unbind(1)
    none = torch.zeros(count)
    cross = torch.stack((none, -z, y, z, none, -x, -y, x, none), 1).view(count, 3, 3)
    return torch.eye(3) + angle.sin() * cross + (1 - angle.cos()) * (cross @ cross)


def _stretched(x: Tensor, strength: float, generator: torch.Generator) -> Tensor:
    """Each window read a little faster or slower from a random place in it, the ends repeated."""
    count, steps, _ = x.shape
    speed = 1 + strength * SPEED * _even(count, generator)
    shift = strength * SPEED * steps * _even(count, generator)
    at = (torch.arange(steps) - (steps - 1) / 2)[None, :] * speed[:, None] + (steps - 1) / 2 + shift[:, None]
    at = at.clamp(0, steps - 1).to(x.device)  # (B, T)
    low = at.floor().long().clamp(max=max(0, steps - 2))
    share = (at - low)[..., None]
    every, start = x.flatten(0, 1), torch.arange(count, device=x.device)[:, None] * steps  # (B · T, C)
    first = functional.embedding(start + low, every)
    second = functional.embedding(start + (low + 1).clamp(max=steps - 1), every)
    return torch.lerp(first, second, share)
