"""The networks that say what each move is worth: Q(s, ·) for every action at once.

Mnih et al. 2013 (arXiv 1312.5602, "small") and 2015 (Nature 518, "nature"); dueling heads after Wang et al. 2016.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn

_CONVOLUTIONS = {  # (channels, kernel, stride) of each, then the units of the hidden layer
    "small": (((16, 8, 4), (32, 4, 2)), 256),
    "nature": (((32, 8, 4), (64, 4, 2), (64, 3, 1)), 512),
}


@dataclass(frozen=True, slots=True)
class Build:
    """What decides a Q-network; stored beside its weights."""

    shape: tuple[int, ...]
    eyes: str
    stack: int
    actions: int
    size: str = "small"
    dueling: bool = True

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class FirstConvolution(nn.Conv2d):
    """Grey values 0 … 255 as they come: dividing the few weights by 255 is cheaper than dividing the pictures."""

    def forward(self, pixels: Tensor) -> Tensor:
        return self._conv_forward(pixels, self.weight * (1 / 255), self.bias)


class QNetwork(nn.Module):
    """States to values.

    forward: (B, stack, *shape) uint8 or float32 -> (B, actions) float32. Pixels are divided by 255 inside.
    """

    def __init__(self, build: Build) -> None:
        super().__init__()
        self.build = build
        self.body, width = _body(build)
        self.advantage = nn.Linear(width, build.actions)
        self.value = nn.Linear(width, 1) if build.dueling else None

    def forward(self, states: Tensor) -> Tensor:
        return self.values(self.seen(states))

    def seen(self, states: Tensor) -> Tensor:
        """What the first layer gets: channels last where there are any, in the precision of the moment."""
        where = states.device.type
        kind = torch.get_autocast_dtype(where) if torch.is_autocast_enabled(where) else torch.float32
        if self.build.eyes == "vector":
            return states.flatten(1).to(kind)
        planes = states.flatten(1, -3) if states.ndim > 4 else states  # (B, stack · C, H, W)
        return planes.to(kind).contiguous(memory_format=torch.channels_last)  # in one step it takes twice as long

    def values(self, seen: Tensor) -> Tensor:
        """(B, actions) float32 of what `seen` made; two networks can share it."""
        hidden = self.body(seen)
        found: Tensor = self.advantage(hidden).float()
        if self.value is None:
            return found
        worth: Tensor = self.value(hidden).float()
        return worth + found - found.mean(1, keepdim=True)


def _body(build: Build) -> tuple[nn.Module, int]:
    """Everything before the head, and how wide it ends."""
    if build.eyes == "vector":
        inputs = build.stack * math.prod(build.shape)
        return nn.Sequential(nn.Linear(inputs, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU()), 128
    *channels, height, width = build.shape
    inputs = build.stack * math.prod(channels)
    convolutions: tuple[tuple[int, int, int], ...]
    if build.eyes == "planes":
        convolutions, hidden = ((32, min(3, height, width), 1),), 128
    else:
        convolutions, hidden = _CONVOLUTIONS[build.size]
    layers: list[nn.Module] = []
    for number, (count, kernel, stride) in enumerate(convolutions):
        kind = FirstConvolution if build.eyes == "pixels" and number == 0 else nn.Conv2d
        layers += [kind(inputs, count, kernel, stride), nn.ReLU(inplace=True)]
        inputs, height, width = count, (height - kernel) // stride + 1, (width - kernel) // stride + 1
    layers += [nn.Flatten(), nn.Linear(inputs * height * width, hidden), nn.ReLU()]
    return nn.Sequential(*layers).to(memory_format=torch.channels_last), hidden


def build_from(values: dict[str, Any]) -> Build:
    """The build that a file of weights tells of. Raises `KeyError`, `TypeError` or `ValueError` for another one."""
    build = Build(**{**values, "shape": tuple(int(v) for v in values["shape"])})
    if build.eyes not in ("pixels", "planes", "vector") or build.size not in _CONVOLUTIONS:
        raise ValueError(build)
    return build
