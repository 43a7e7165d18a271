"""The convolutions next to the code and next to the picture, and the last verdict, as products of matrices.

The libraries' kernels are made for large maps with many channels on both sides; a code has no map, a verdict is one
number and a grey picture has one channel, so that they took a third of a training step longer on a CPU. Weights, results
and gradients are those of torch's own layers. A colour picture's three channels are enough for the kernels.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable
from torch.nn import functional

_SHAPE: tuple[list[int], list[int], list[int]] = (
    [2, 2],
    [1, 1],
    [1, 1],
)  # stride, padding, dilation of every layer here


def spread(x: Tensor, weight: Tensor) -> Tensor:
    """A fractional-strided 4×4 convolution, stride 2, padding 1, to one channel: (B, I, h, w) → (B, 1, 2h, 2w) float32.

    weight: (I, 1, 4, 4). Each of its 16 places is one plane for all pictures; four planes meet in each of the four
    positions a pixel can have in a square of 2×2, and the four positions are laid side by side at the end.
    """
    count, inputs, high, wide = x.shape
    rows = x.permute(0, 2, 3, 1).reshape(-1, inputs)
    planes = (weight.to(x.dtype).view(inputs, 16).t() @ rows.t()).float().view(2, 2, 2, 2, count, high, wide)
    canvas = planes.new_zeros(2, 2, count, high + 1, wide + 1)
    for down in (0, 1):
        for right in (0, 1):
            canvas[..., down : down + high, right : right + wide] += planes[down, :, right]
    whole = canvas.permute(2, 3, 0, 4, 1).reshape(count, 1, 2 * high + 2, 2 * wide + 2)
    return whole[..., 1:-1, 1:-1]


class _Written(torch.autograd.Function):
    """`spread`, whose way back is the library's quick way from one channel."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor) -> Tensor:
        ctx.save_for_backward(x, weight)
        return spread(x, weight)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, Tensor | None]:
        x, weight = ctx.saved_tensors
        gradient, like = gradient.to(x.dtype), weight.to(x.dtype)
        back = of_weight = None
        if ctx.needs_input_grad[0]:
            back = functional.conv2d(gradient, like, stride=2, padding=1)
        if ctx.needs_input_grad[1]:
            asked = (None, *_SHAPE, False, [0, 0], 1, [False, True, False])
            of_weight = torch.ops.aten.convolution_backward(x, gradient, like, *asked)[1].to(weight.dtype)
        return back, of_weight


class _Judged(torch.autograd.Function):
    """The library's convolution of a grey picture with frozen weights, whose way back is `spread`."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        ctx.save_for_backward(weight)
        ctx.kind = x.dtype
        return functional.conv2d(x, weight, bias, stride=2, padding=1).contiguous(memory_format=torch.channels_last)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None, None]:
        (weight,) = ctx.saved_tensors
        return spread(gradient, weight).to(ctx.kind), None, None


class ToPicture(nn.ConvTranspose2d):
    """A fractional-strided 4×4 convolution, stride 2, that writes a picture."""

    def forward(self, x: Tensor, output_size: list[int] | None = None) -> Tensor:  # (B, I, h, w) -> (B, C, 2h, 2w)
        if self.out_channels > 1:
            return super().forward(x, output_size)
        found = _Written.apply(x, self.weight) if torch.is_grad_enabled() else spread(x, self.weight)
        return found if self.bias is None else found + self.bias[:, None, None]


class FromPicture(nn.Conv2d):
    """A strided 4×4 convolution, stride 2, that reads a picture. Where only the picture wants a gradient, as when the
    generator is judged, the library's way back to one channel took three times as long as `spread`.

    Channels lie last in what it gives: torch cannot tell the layout of one channel, took the other one, and each layer
    after it paid for that."""

    def forward(self, x: Tensor) -> Tensor:  # (B, C, S, S) -> (B, O, S/2, S/2)
        if self.in_channels > 1 or not x.requires_grad or self.weight.requires_grad:
            return super().forward(x).contiguous(memory_format=torch.channels_last)
        found: Tensor = _Judged.apply(x, self.weight, self.bias)
        return found


class Verdict(nn.Conv2d):
    """A convolution as large as its maps, (B, I, k, k) → (B, 1, 1, 1): one weighted sum of all that is in them."""

    def forward(self, x: Tensor) -> Tensor:
        weight = self.weight.permute(0, 2, 3, 1).flatten()[:, None]  # as maps lie: channels last
        found = (x.permute(0, 2, 3, 1).flatten(1) @ weight)[:, :, None, None]
        return found if self.bias is None else found + self.bias[:, None, None]


class HalvedNorm(nn.BatchNorm2d):
    """Batch norm that can take two batches in one: while `halves`, each half is normed by its own figures."""

    halves = False

    def forward(self, input: Tensor) -> Tensor:
        if not self.halves:
            return super().forward(input)
        found = [super(HalvedNorm, self).forward(half) for half in input.chunk(2)]
        return torch.cat(found).contiguous(memory_format=torch.channels_last)


class FromCode(nn.ConvTranspose2d):
    """A fractional-strided convolution that begins with a code, (B, d, 1, 1) → (B, O, k, k): each map a weighted sum."""

    def forward(self, x: Tensor, output_size: list[int] | None = None) -> Tensor:
        weight = self.weight.permute(0, 2, 3, 1).reshape(len(self.weight), -1)
        found = (x.flatten(1) @ weight).view(len(x), *self.kernel_size, -1).permute(0, 3, 1, 2)
        return found if self.bias is None else found + self.bias[:, None, None]
