"""The convolutions next to the code and next to the picture as one product of matrices.

The libraries' kernels are made for large maps with many channels on both sides; a code has no map and a grey picture
one channel, so that they took a fifth of a training step longer on a CPU. Weights, results and gradients are those of
torch's own layers. A colour picture's three channels are enough for the kernels.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class ToPicture(nn.ConvTranspose2d):
    """A fractional-strided convolution that writes a picture: each place's patch is made at once, then all are added."""

    def forward(self, x: Tensor, output_size: list[int] | None = None) -> Tensor:  # (B, I, h, w) -> (B, C, 2h, 2w)
        if self.out_channels > 1:
            return super().forward(x, output_size)
        size, step, ring = self.kernel_size[0], self.stride[0], int(self.padding[0])
        high, wide = ((side - 1) * step - 2 * ring + size for side in x.shape[2:])
        rows = x.permute(0, 2, 3, 1).reshape(-1, x.shape[1])
        patches = (rows @ self.weight.flatten(1)).view(len(x), x.shape[2] * x.shape[3], -1)
        found = functional.fold(patches.transpose(1, 2), (high, wide), size, padding=ring, stride=step)
        return found if self.bias is None else found + self.bias[:, None, None]


class FromPicture(nn.Conv2d):
    """A strided convolution that reads a picture. As patches where only the picture wants a gradient, as when the
    generator is judged: the library's way back to one channel took three times as long.

    Channels lie last in what it gives: torch cannot tell the layout of one channel, took the other one, and each layer
    after it paid for that."""

    def forward(self, x: Tensor) -> Tensor:  # (B, C, S, S) -> (B, O, S/2, S/2)
        if self.in_channels > 1 or not x.requires_grad or self.weight.requires_grad:
            return super().forward(x).contiguous(memory_format=torch.channels_last)
        size, step, ring = self.kernel_size[0], self.stride[0], int(self.padding[0])
        patches = functional.unfold(x, size, padding=ring, stride=step).transpose(1, 2)
        found = functional.linear(patches, self.weight.flatten(1), self.bias)  # (B, places, O)
        side = (x.shape[-1] + 2 * ring - size) // step + 1
        return found.view(len(x), side, side, -1).permute(0, 3, 1, 2)


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
