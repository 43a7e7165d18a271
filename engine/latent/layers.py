"""The generator's first and last convolution as one product of matrices.

The libraries' kernels are made for large maps with many channels on both sides; a code has no map and a picture has
hardly a channel, so that they took a seventh of a training step longer on a CPU. Weights, results and gradients are
those of torch's own layers.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional


class ToPicture(nn.ConvTranspose2d):
    """A fractional-strided convolution that writes a picture: each place's patch is made at once, then all are added."""

    def forward(self, x: Tensor, output_size: list[int] | None = None) -> Tensor:  # (B, I, h, w) -> (B, C, 2h, 2w)
        size, step, ring = self.kernel_size[0], self.stride[0], int(self.padding[0])
        high, wide = ((side - 1) * step - 2 * ring + size for side in x.shape[2:])
        rows = x.permute(0, 2, 3, 1).reshape(-1, x.shape[1])
        patches = (rows @ self.weight.flatten(1)).view(len(x), x.shape[2] * x.shape[3], -1)
        found = functional.fold(patches.transpose(1, 2), (high, wide), size, padding=ring, stride=step)
        return found if self.bias is None else found + self.bias[:, None, None]


class FromCode(nn.ConvTranspose2d):
    """A fractional-strided convolution that begins with a code, (B, d, 1, 1) → (B, O, k, k): each map a weighted sum."""

    def forward(self, x: Tensor, output_size: list[int] | None = None) -> Tensor:
        weight = self.weight.permute(0, 2, 3, 1).reshape(len(self.weight), -1)
        found = (x.flatten(1) @ weight).view(len(x), *self.kernel_size, -1).permute(0, 3, 1, 2)
        return found if self.bias is None else found + self.bias[:, None, None]
