"""Batch norm of few channels, faster on a CPU.

torch shares the channels out among its threads and takes a processor's vector of them at a time: eight channels of a
large map, in channels-last memory, take longer than 64 channels of a small one with the same number of values. Here
neighbouring pixels lie side by side as if they were channels; what they say of their channel is put together again.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

ROW = 64  # values side by side
FEW = 32  # channels; from here on torch's own way is as fast
LEAST = 300_000  # values of a map from which on it pays


class BatchNorm(nn.BatchNorm2d):
    """`nn.BatchNorm2d` with the same weights, statistics and answers."""

    def forward(self, x: Tensor) -> Tensor:  # (B, C, H, W) -> the same
        fold = self._fold(x)
        if fold == 1:
            return super().forward(x)
        answer, mean, spread = _Folded.apply(x, self.weight, self.bias, self.eps, fold)
        count = x.numel() // x.shape[1]
        with torch.no_grad():
            kept: Any = self  # which has statistics
            kept.num_batches_tracked.add_(1)
            kept.running_mean.lerp_(mean, self.momentum)
            kept.running_var.lerp_(spread * (count / (count - 1)), self.momentum)
        found: Tensor = answer
        return found

    def _fold(self, x: Tensor) -> int:
        """How many pixels to lay side by side; 1 where torch's own way is as good."""
        pixels, channels = x.shape[2] * x.shape[3], x.shape[1]
        learns = self.training and x.device.type == "cpu" and torch.is_grad_enabled()
        if not learns or channels >= FEW or x.numel() < LEAST:
            return 1
        fold = 1
        while pixels % (2 * fold) == 0 and 2 * fold * channels <= ROW:
            fold *= 2
        return fold if x.is_contiguous(memory_format=torch.channels_last) else 1


class _Folded(torch.autograd.Function):
    """Batch norm by torch's kernels on (B, fold · C, pixels / fold, 1), with both ways written out."""

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, eps: float, fold: int
    ) -> tuple[Tensor, Tensor, Tensor]:
        wide = _widened(x, fold)
        kept, other = torch.zeros(2, wide.shape[1])  # float32, so that the statistics are
        found = torch.batch_norm_update_stats(input=wide, running_mean=kept, running_var=other, momentum=1.0)
        means, spreads = (one.view(fold, -1) for one in found)
        mean = means.mean(0)  # (C,)
        spread = spreads.mean(0) + (means - mean).square_().mean(0)  # variance within and between the shares
        size = (spread + eps).rsqrt_()
        ctx.save_for_backward(x, weight, mean, size)
        ctx.mark_non_differentiable(mean, spread)
        ctx.fold, scale = fold, weight * size
        alone: Any = x.new_empty(0)  # no view of another tensor, so that a ReLU may work in place
        return alone.set_(_narrowed(_scaled(wide, scale, bias - scale * mean, fold), x)), mean, spread

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        (x, weight, mean, size), fold = ctx.saved_tensors, ctx.fold
        wide, grad = _widened(x, fold), _widened(grads[0].contiguous(memory_format=torch.channels_last), fold)
        known = (None, mean.repeat(fold), size.square().reciprocal_().repeat(fold), None, None, False, 0.0)
        sums = torch.ops.aten.native_batch_norm_backward(grad, wide, *known, [False, True, True])[1:]
        turned, moved = (one.view(fold, -1).sum(0) for one in sums)  # ∂L/∂weight, ∂L/∂bias
        count, scale = x.numel() // x.shape[1], weight * size
        slope = -scale * size * turned / count
        found = _scaled(grad, scale, -scale * moved / count - slope * mean, fold)
        found += _scaled(wide, slope, torch.zeros_like(slope), fold)
        return _narrowed(found, x), turned, moved, None, None


def _widened(x: Tensor, fold: int) -> Tensor:
    """(B, C, H, W), channels last, seen as (B, fold · C, H · W / fold, 1)."""
    return x.permute(0, 2, 3, 1).reshape(len(x), -1, 1, fold * x.shape[1]).permute(0, 3, 1, 2)


def _narrowed(wide: Tensor, x: Tensor) -> Tensor:
    """The same numbers seen in the shape of `x` again."""
    count, channels, height, width = x.shape
    return wide.permute(0, 2, 3, 1).reshape(count, height, width, channels).permute(0, 3, 1, 2)


def _scaled(wide: Tensor, scale: Tensor, shift: Tensor, fold: int) -> Tensor:
    """scale · wide + shift, both (C,) float32, by the kernel that does it in float32 for any type."""
    ways = (torch.zeros(wide.shape[1]), torch.ones(wide.shape[1]), False, 0.0, 0.0)
    return torch.native_batch_norm(wide, scale.repeat(fold), shift.repeat(fold), *ways)[0]
