"""A 2 × 2 maximum of maps, faster on a CPU.

torch remembers as a 64-bit number where each maximum was, channel by channel. Here neighbours are compared, and compared
again on the way back.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional


def halved(x: Tensor) -> Tensor:
    """(B, C, H, W), both sides even, to (B, C, H / 2, W / 2): `max_pool2d(x, 2)`. Of equals any one learns."""
    if x.requires_grad and x.device.type == "cpu" and x.is_contiguous(memory_format=torch.channels_last):
        answer: Tensor = _Largest.apply(x.permute(0, 2, 3, 1))
        return answer.permute(0, 3, 1, 2)
    return functional.max_pool2d(x, 2)


class _Largest(torch.autograd.Function):
    """(B, H, W, C) to (B, H / 2, W / 2, C)."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        upper, lower = _lines(x)
        larger = torch.maximum(upper, lower)  # (B, H / 2, W / 2, 2, C)
        ctx.save_for_backward(x, larger)
        return torch.maximum(*larger.unbind(3))

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Tensor:
        x, larger = ctx.saved_tensors
        found = _parted(grads[0], larger.unbind(3), 3)  # as `larger`
        return _parted(found, _lines(x), 2).view(x.shape)


def _lines(x: Tensor) -> tuple[Tensor, ...]:
    """The even and the odd lines of (B, H, W, C), each (B, H / 2, W / 2, 2, C)."""
    return x.unflatten(2, (-1, 2)).unflatten(1, (-1, 2)).unbind(2)


def _parted(grad: Tensor, pair: tuple[Tensor, ...], along: int) -> Tensor:
    """The gradient of the larger of a pair, for both of them, side by side."""
    larger = torch.ge(*pair, out=torch.empty_like(grad))  # 1 or 0; through True and False it takes ten times as long
    first = larger.mul_(grad)
    return torch.stack((first, grad - first), along)
