"""Fake quantisation: weights, and what flows between layers, rounded to b bits and kept as float32 (lecture row 53).

Symmetric, a scale for each output channel of the weights and one for each map as it comes
(Krishnamoorthi, Quantizing deep convolutional networks for efficient inference, 2018, arXiv:1806.08342).
"""

from __future__ import annotations

import copy
from typing import Any

import torch
from torch import Tensor, nn

ROUNDED = (nn.Conv1d, nn.Conv2d, nn.Linear)


def rounded(values: Tensor, bits: int, *, by_channel: bool) -> Tensor:
    """`values` on 2ᵇ − 1 steps between ± the largest, for each first index alone when `by_channel`."""
    levels = 2 ** (bits - 1) - 1
    largest = values.abs().flatten(1).amax(1).view(-1, *[1] * (values.ndim - 1)) if by_channel else values.abs().amax()
    scale = (largest / levels).clamp_min(1e-12)
    return (values / scale).round().clamp(-levels, levels) * scale


def with_rounded_weights(module: nn.Module, bits: int) -> nn.Module:
    """A copy whose kernels and matrices are rounded; biases and norms, small and delicate, stay."""
    changed = copy.deepcopy(module)
    with torch.no_grad():
        for part in changed.modules():
            if isinstance(part, ROUNDED):
                part.weight.copy_(rounded(part.weight, bits, by_channel=True))
    return changed


def with_rounded_maps(module: nn.Module, bits: int) -> nn.Module:
    """The same, and whatever goes into a rounded layer is rounded as well."""
    changed = with_rounded_weights(module, bits)

    def enter(part: nn.Module, given: tuple[Any, ...]) -> tuple[Any, ...]:
        return (rounded(given[0], bits, by_channel=False), *given[1:])

    for part in changed.modules():
        if isinstance(part, ROUNDED):
            part.register_forward_pre_hook(enter)
    return changed
