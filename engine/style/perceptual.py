"""What a painting is judged by while a network learns to paint: content, style and smoothness, for a batch at once.

The same losses as `engine.style.gatys` moves pixels by (Gatys et al. 2016; Johnson et al. 2016), each divided by its
target's own energy, so that 1 means that nothing is right.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.devices import Device
from engine.memory import kept
from engine.style.cards import STYLES, read_style
from engine.style.features import LITE_CONTENT, LITE_STYLE, Features, features
from engine.style.gatys import fitted

SMOOTH = 10.0  # weight of the mean difference of neighbouring pixels
CONTENT, STYLE = LITE_CONTENT, LITE_STYLE
_LAYERS = {*CONTENT, *STYLE}


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Each (B,) float32: the three losses before their weights."""

    content: Tensor
    style: Tensor
    smooth: Tensor

    def total(self, weight: Tensor) -> Tensor:
        """(B,): the sum that is made small; `weight`, (B,), is that of the style."""
        return self.content + weight * self.style + SMOOTH * self.smooth


@kept(2)
def eyes_on(where: torch.device) -> Features:
    """EfficientNet-Lite0's features on a device; those on the CPU are shared with `engine.style.gatys`."""
    found = features("efficientnet-lite0")
    return found if where.type == "cpu" else copy.deepcopy(found).to(where)


def maps_of(pictures: Tensor, device: Device) -> dict[str, Tensor]:
    """(B, 3, H, W) float32 in [0, 1] to the maps of every layer that is compared, in float32: bf16 gains nothing here."""
    return eyes_on(device.where).maps(pictures, _LAYERS)


def grams(maps: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """(B, C, h, w) maps to (B, C, C) Gram matrices of the style layers, divided by h·w (Gatys et al. 2016, eq. 3)."""
    found = {}
    for name in STYLE:
        batch, channels, height, width = maps[name].shape
        flat = maps[name].permute(0, 2, 3, 1).reshape(batch, height * width, channels).float()
        found[name] = flat.transpose(1, 2) @ flat / (height * width)
    return found


def judge(painted: Tensor, photo: Mapping[str, Tensor], wanted: Mapping[str, Tensor], device: Device) -> Judged:
    """Compare (B, 3, H, W) paintings with the photographs' maps and with (B, C, C) Gram matrices."""
    return compare(painted, maps_of(painted, device), photo, wanted)


def compare(
    painted: Tensor, maps: Mapping[str, Tensor], photo: Mapping[str, Tensor], wanted: Mapping[str, Tensor]
) -> Judged:
    """The same where the paintings' maps are known already."""
    content = sum((_apart(maps[name].float(), photo[name].float()) for name in CONTENT), start=painted.new_zeros(()))
    style = sum((_apart(one, wanted[name]) for name, one in grams(maps).items()), start=painted.new_zeros(()))
    return Judged(content / len(CONTENT), style / len(STYLE), roughness(painted))


def _apart(found: Tensor, target: Tensor) -> Tensor:
    """(B,): squared distance, divided by the target's own square."""
    energy = target.square().flatten(1).sum(1).clamp(min=1e-8)
    return (found - target).square().flatten(1).sum(1) / energy


def roughness(pictures: Tensor) -> Tensor:
    """(B,): mean difference of neighbouring pixels, across and down."""
    across, down = (pictures[..., 1:] - pictures[..., :-1]).abs(), (pictures[..., 1:, :] - pictures[..., :-1, :]).abs()
    return across.mean((1, 2, 3)) + down.mean((1, 2, 3))


@torch.no_grad()
def grams_of(picture: np.ndarray, side: int, device: Device) -> dict[str, Tensor]:
    """(C, C) Gram matrices of a style, (H, W, 3) uint8, seen with a longer side of `side` pixels."""
    found = grams(maps_of(as_batch(fitted(picture, side)[None], device), device))
    return {name: one[0] for name, one in found.items()}


@kept(4)
def bundled_grams(names: tuple[str, ...], side: int, device: Device) -> dict[str, Tensor]:
    """(S, C, C) of bundled styles by their ids."""
    cards = {card.id: card for card in STYLES}
    each = [grams_of(read_style(cards[name]), side, device) for name in names]
    return {layer: torch.stack([one[layer] for one in each]) for layer in STYLE}


def as_batch(pictures: np.ndarray, device: Device) -> Tensor:
    """(B, H, W, 3) uint8 to (B, 3, H, W) float32 in [0, 1], channels last."""
    pixels = torch.from_numpy(np.require(pictures, requirements=("C", "W"))).permute(0, 3, 1, 2)
    return pixels.to(device.where, torch.float32, memory_format=torch.channels_last).div_(255)
