"""Depthwise convolution whose way back is fast on a CPU.

The way forward is torch's own. Backwards its bf16 kernels are slow in two places, measured here on (8, 96, 160, 208)
and (16, 240, 20, 20): the gradient of the input at stride 2 (200 ms; as a convolution of the spread-out gradient 15 ms),
and the gradient of 5×5 kernels (40 ms, in float32 7 ms; as that of four 3×3 kernels, for which there is a fast way,
1.7 ms). Together that was half of a training step of EfficientNet-Lite0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

FAST = 3  # the kernel whose gradient is fast


class Depthwise(nn.Conv2d):
    """`nn.Conv2d` with one kernel for each channel, padded by its half, without bias; same weights, same answers."""

    def __init__(self, channels: int, kernel: int, stride: int = 1) -> None:
        super().__init__(channels, channels, kernel, stride, kernel // 2, groups=channels, bias=False)

    def _conv_forward(self, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """(B, C, H, W) -> (B, C, H / stride, W / stride)."""
        if not pays(self, x):
            return super()._conv_forward(x, weight, bias)
        return depthwise(x, weight, bias, self.stride[0], (self.kernel_size[0] // 2,) * 4)


def pays(layer: nn.Module, x: Tensor) -> bool:
    """True where the way back will be gone, on a CPU, channels last in memory as our trainer has them.

    Elsewhere torch's own layer is as good, and can be exported.
    """
    trains = x.device.type == "cpu" and layer.training and torch.is_grad_enabled()
    return trains and x.is_contiguous(memory_format=torch.channels_last)


def narrowed(x: Tensor) -> Tensor:
    """`x` in the type in which a convolution of it is computed on a CPU."""
    return x.to(torch.get_autocast_dtype("cpu")) if torch.is_autocast_enabled("cpu") else x


def depthwise(x: Tensor, weight: Tensor, bias: Tensor | None, stride: int, zeros: tuple[int, ...]) -> Tensor:
    """(B, C, H, W) with (C, 1, k, k), k odd, and (C,), in autocast's type where that is on.

    zeros: around x, at the left, right, top and bottom; at most k // 2 at the left and the top.
    """
    answer: Tensor = _Depthwise.apply(narrowed(x), weight, bias, stride, zeros)
    return answer


class _Depthwise(torch.autograd.Function):
    """The convolution with its gradients written out."""

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, weight: Tensor, bias: Tensor | None, stride: int, zeros: tuple[int, ...]
    ) -> Tensor:
        kernels, shift = weight.to(x.dtype), None if bias is None else bias.to(x.dtype)
        ctx.shape, ctx.zeros, ctx.exact = x.shape, zeros, weight.dtype
        x, padding = around(x, zeros)
        ctx.how = (stride, padding)
        ctx.save_for_backward(x, kernels)
        return functional.conv2d(x, kernels, shift, stride, padding, 1, len(weight))

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        (x, kernels), grad = ctx.saved_tensors, grads[0].contiguous(memory_format=torch.channels_last)
        wanted = ctx.needs_input_grad
        to_input, to_weight = backwards(grad, kernels, x, ctx.shape, ctx.how, ctx.zeros, wanted)
        to_bias = grad.sum((0, 2, 3)).to(ctx.exact) if wanted[2] else None
        return to_input, None if to_weight is None else to_weight.to(ctx.exact), to_bias, None, None


def around(x: Tensor, zeros: tuple[int, ...]) -> tuple[Tensor, int]:
    """`x` and how many zeros a convolution is to put around it; where the sides differ they are in `x` already."""
    left, right, top, bottom = zeros
    if left == right == top == bottom:
        return x, left
    return window(x, -top, -left, x.shape[2] + top + bottom, x.shape[3] + left + right), 0


def window(x: Tensor, top: int, left: int, height: int, width: int) -> Tensor:
    """(B, C, height, width) of `x` from line `top` and column `left` on, channels last, zeros where there is none of it.

    torch's `pad` writes zeros everywhere first.
    """
    found = torch.empty((*x.shape[:2], height, width), dtype=x.dtype, memory_format=torch.channels_last)
    first, last = max(-top, 0), min(x.shape[2] - top, height)
    start, end = max(-left, 0), min(x.shape[3] - left, width)
    found[:, :, first:last, start:end] = x[:, :, first + top : last + top, start + left : end + left]
    for rest in (found[:, :, :first], found[:, :, last:], found[..., :start], found[..., end:]):
        if rest.numel():
            rest.zero_()
    return found


def backwards(
    grad: Tensor,
    kernels: Tensor,
    x: Tensor,
    shape: torch.Size,
    how: tuple[int, int],
    zeros: tuple[int, ...],
    wanted: Sequence[bool],
) -> tuple[Tensor | None, Tensor | None]:
    """∂L/∂x and ∂L/∂w of a convolution, each where it is wanted.

    Args:
        grad: ∂L/∂ answer, channels last. kernels: the weights in its type. x, how: what `around` left, with the stride.
        shape: of the map before zeros were put around it. zeros: as `depthwise`.
    """
    left, _, top, _ = zeros
    if kernels.shape[1] == 1 < shape[1]:  # each channel alone
        to_input = _to_input(grad, kernels, shape, how[0], left, top) if wanted[0] else None
        return to_input, _to_weight(grad, kernels, x, *how) if wanted[1] else None
    ways = ([how[0]] * 2, [how[1]] * 2, [1, 1], False, [0, 0], 1, [wanted[0], wanted[1], False])
    to_input, to_weight, _ = torch.ops.aten.convolution_backward(grad, x, kernels, None, *ways)
    if wanted[0] and x.shape != shape:
        to_input = to_input[:, :, top : top + shape[2], left : left + shape[3]]
    return to_input, to_weight


def _to_input(grad: Tensor, kernels: Tensor, shape: torch.Size, stride: int, left: int, top: int) -> Tensor:
    """∂L/∂x: the gradient, spread out by the stride, convolved with the turned kernel."""
    half = kernels.shape[-1] // 2
    if stride > 1:
        spread = torch.empty(shape, dtype=grad.dtype, memory_format=torch.channels_last).zero_()
        spread[:, :, half - top :: stride, half - left :: stride] = grad
        grad = spread
    return functional.conv2d(grad, kernels.flip(2, 3), None, 1, half, 1, len(kernels))


def _to_weight(grad: Tensor, kernels: Tensor, x: Tensor, stride: int, padding: int) -> Tensor:
    """∂L/∂w by torch's kernel; a larger window piece by piece, each of which is the gradient of a small kernel."""
    if kernels.shape[-1] <= FAST:
        return _to_small(grad, kernels, x, stride, padding)
    height, width = (stride * (side - 1) + FAST for side in grad.shape[2:])
    piece, found = kernels[:, :, :FAST, :FAST].contiguous(), torch.empty_like(kernels)
    starts = (*range(0, kernels.shape[-1] - FAST, FAST - 1), kernels.shape[-1] - FAST)  # 0 and 2: they share a row
    for top in starts:
        for left in starts:
            part = window(x, top - padding, left - padding, height, width)
            found[:, :, top : top + FAST, left : left + FAST] = _to_small(grad, piece, part, stride, 0)
    return found


def _to_small(grad: Tensor, kernels: Tensor, x: Tensor, stride: int, padding: int) -> Tensor:
    ways = ([stride] * 2, [padding] * 2, [1, 1], False, [0, 0], len(kernels), [False, True, False])
    found: Tensor = torch.ops.aten.convolution_backward(grad, x, kernels, None, *ways)[1]
    return found
