"""Depthwise convolution whose way back is fast on a CPU.

The way forward is torch's own. Backwards its bf16 kernels are slow in two places, measured here on (8, 96, 160, 208)
and (8, 240, 40, 52): the gradient of the input at stride 2 (200 ms; as a convolution of the spread-out gradient 15 ms),
and the gradient of 5×5 kernels (107 ms; in float32 39 ms). Together that is half of a training step of
EfficientNet-Lite0.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDE = 5  # kernels from this size on get their gradient in float32


class Depthwise(nn.Conv2d):
    """`nn.Conv2d` with one kernel for each channel, padded by its half, without bias; same weights, same answers."""

    def __init__(self, channels: int, kernel: int, stride: int = 1) -> None:
        super().__init__(channels, channels, kernel, stride, kernel // 2, groups=channels, bias=False)

    def forward(self, x: Tensor) -> Tensor:  # (B, C, H, W) -> (B, C, H / stride, W / stride)
        if not pays(self, x):
            return super().forward(x)
        return depthwise(x, self.weight, self.stride[0], self.kernel_size[0] // 2)


def pays(layer: nn.Module, x: Tensor) -> bool:
    """True where the way back will be gone, on a CPU, channels last in memory as our trainer has them.

    Elsewhere torch's own layer is as good, and can be exported.
    """
    trains = x.device.type == "cpu" and layer.training and torch.is_grad_enabled()
    return trains and x.is_contiguous(memory_format=torch.channels_last)


def depthwise(x: Tensor, weight: Tensor, stride: int, padding: int) -> Tensor:
    """(B, C, H, W) with (C, 1, k, k), in autocast's type where that is on."""
    if torch.is_autocast_enabled("cpu"):
        x = x.to(torch.get_autocast_dtype("cpu"))
    answer: Tensor = _Depthwise.apply(x, weight, stride, padding)
    return answer


class _Depthwise(torch.autograd.Function):
    """The convolution with both gradients written out."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, stride: int, padding: int) -> Tensor:
        kernels = weight.to(x.dtype)
        ctx.save_for_backward(x, kernels)
        ctx.how, ctx.exact = (stride, padding), weight.dtype
        return functional.conv2d(x, kernels, None, stride, padding, 1, len(weight))

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, Tensor | None, None, None]:
        (x, kernels), grad = ctx.saved_tensors, grads[0].contiguous(memory_format=torch.channels_last)
        to_input = _to_input(grad, kernels, x.shape, *ctx.how) if ctx.needs_input_grad[0] else None
        to_weight = _to_weight(grad, kernels, x, *ctx.how).to(ctx.exact) if ctx.needs_input_grad[1] else None
        return to_input, to_weight, None, None


def _to_input(grad: Tensor, kernels: Tensor, shape: torch.Size, stride: int, padding: int) -> Tensor:
    """∂L/∂x: the gradient, spread out by the stride, convolved with the turned kernel."""
    beyond = kernels.shape[-1] - 1
    if stride > 1:
        height, width = (side - beyond + 2 * padding for side in shape[2:])  # of the answer if the stride were 1
        size = (*shape[:2], height, width)
        spread = torch.empty(size, dtype=grad.dtype, memory_format=torch.channels_last).zero_()
        spread[:, :, ::stride, ::stride] = grad
        grad = spread
    return functional.conv2d(grad, kernels.flip(2, 3), None, 1, beyond - padding, 1, len(kernels))


def _to_weight(grad: Tensor, kernels: Tensor, x: Tensor, stride: int, padding: int) -> Tensor:
    """∂L/∂w by torch's kernel, in float32 where that is the faster one."""
    if kernels.shape[-1] >= WIDE:
        grad, x, kernels = grad.float(), x.float(), kernels.float()
    strides, pads, none = [stride] * 2, [padding] * 2, [0, 0]
    wanted = [False, True, False]
    ways = (strides, pads, [1, 1], False, none, len(kernels), wanted)
    found: Tensor = torch.ops.aten.convolution_backward(grad, x, kernels, None, *ways)[1]
    return found
