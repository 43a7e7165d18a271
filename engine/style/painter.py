"""A network that repaints a photograph in one pass, in any of its styles (Dumoulin et al. 2017; lecture row 99).

All styles share the convolutions. What tells them apart is one row of numbers each, the style's code: after every
convolution the maps are brought to mean 0 and spread 1 and then scaled and shifted as the code says (conditional
instance normalisation). A mixture of codes paints a mixture of styles, and one more row is a new style.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

PHOTO = "photo"  # the last code: the photograph as it is, so that strength is a way between two codes
HALF, WHOLE = 16, 16  # channels at half and at whole size: processors take them by 16
GAIN = 3.0  # of the codes: each is asked for in one picture of eight, and must move as fast as the convolutions
MULTIPLE = 4  # of pixels, which both sides must have


class Painter(nn.Module):
    """(B, 3, H, W) RGB in [0, 1] and (B, P) codes to (B, 3, H, W) in [0, 1]; H and W are multiples of 4.

    styles: their names, joined by commas. width: channels at a quarter of the size. blocks: residual blocks there.
    `codes`: (styles + 1, P), one row each; the last is `PHOTO`.
    """

    def __init__(self, *, styles: str, width: int = 48, blocks: int = 5) -> None:
        super().__init__()
        half, whole = HALF, WHOLE
        self.names = (*styles.split(","), PHOTO)
        self.stem, self.down = _conv(3, half, 5, step=2), _conv(half, width, 3, step=2)
        self.blocks = nn.ModuleList(_conv(width, width, 3) for _ in range(2 * blocks))
        self.up, self.last, self.edges = _conv(width, half, 3), _conv(half, whole, 3), _conv(3, whole, 3)
        self.out = _conv(whole, 3, 3, bias=True)
        self.channels = (half, width, *(width for _ in self.blocks), half, whole)
        self.codes = nn.Parameter(torch.zeros(len(self.names), 2 * sum(self.channels)))

    def forward(self, x: Tensor, code: Tensor | None = None) -> Tensor:
        """Without a code: in the first style."""
        if code is None:
            code = self.codes[:1].expand(x.shape[0], -1)
        scales, shifts = (part.split(self.channels, dim=1) for part in (GAIN * code).chunk(2, dim=1))
        ways = iter(zip(scales, shifts, strict=True))
        y = functional.relu(styled(self.stem(x), *next(ways)))  # (B, width / 2, H / 2, W / 2)
        y = functional.relu(styled(self.down(y), *next(ways)))  # (B, width, H / 4, W / 4)
        for first, second in zip(self.blocks[::2], self.blocks[1::2], strict=True):
            inner = functional.relu(styled(first(y), *next(ways)))
            y = y + styled(second(inner), *next(ways))
        y = functional.relu(styled(self.up(_twice(y)), *next(ways)))
        y = functional.relu(styled(self.last(_twice(y)) + self.edges(x), *next(ways)))  # (B, width / 4, H, W)
        return torch.sigmoid(self.out(y))


def _conv(inputs: int, outputs: int, kernel: int, *, step: int = 1, bias: bool = False) -> nn.Conv2d:
    """Mirrored at the border: where it is padded with zeros, the network learns to see them and paints a frame."""
    return nn.Conv2d(inputs, outputs, kernel, step, kernel // 2, bias=bias, padding_mode="reflect")


def _twice(x: Tensor) -> Tensor:
    """Every pixel four times; a transposed convolution would leave a chessboard (Odena et al. 2016)."""
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")


def styled(x: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
    """Conditional instance normalisation (Dumoulin et al. 2017, eq. 5): (B, C, H, W) by (B, C) scales − 1 and shifts."""
    normed = functional.instance_norm(x)
    return normed * (1 + scale[:, :, None, None]) + shift[:, :, None, None]
