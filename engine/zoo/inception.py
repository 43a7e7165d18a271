"""A small GoogLeNet: blocks that look with several kernels at once (lecture row 43).

After Szegedy et al., Going deeper with convolutions, CVPR 2015. A 1×1 convolution before each large kernel brings
the channels down first; `one_by_one=False` leaves those out, so that weights and multiplications can be compared.
"""

from __future__ import annotations

from collections import OrderedDict

import torch
from torch import Tensor, nn

from engine.zoo.colour import CLASSES, ColourNet, begin, channels_in, conv
from engine.zoo.dropout import Dropout

STEM = 64
BLOCKS = ((64, 96), (128, 192))  # channels out of the two blocks at 16×16, and of the two at 8×8
REDUCED = (0.25, 0.125)  # what a 1×1 leaves of the channels before the 3×3 and the 5×5


class Inception(nn.Module):
    """Four ways side by side, their answers put one behind the other: 1×1, 3×3, 5×5, and pooling.

    Of the `outputs` channels the 1×1 gives a quarter, the 3×3 a half, the 5×5 and the pooling an eighth each.
    """

    def __init__(self, inputs: int, outputs: int, *, one_by_one: bool, batch_norm: bool) -> None:
        super().__init__()
        quarter, half, eighth = outputs // 4, outputs // 2, outputs // 8
        norm = batch_norm
        self.one = _way([(inputs, quarter, 1)], norm)
        three, five = (max(8, int(inputs * share)) for share in REDUCED)
        self.three = _way([(inputs, three, 1), (three, half, 3)] if one_by_one else [(inputs, half, 3)], norm)
        self.five = _way([(inputs, five, 1), (five, eighth, 5)] if one_by_one else [(inputs, eighth, 5)], norm)
        self.pool = nn.MaxPool2d(3, stride=1, padding=1)
        self.after = _way([(inputs, eighth, 1)], norm)

    def forward(self, x: Tensor) -> Tensor:  # (B, inputs, H, W) -> (B, outputs, H, W)
        return torch.cat((self.one(x), self.three(x), self.five(x), self.after(self.pool(x))), dim=1)


def _way(steps: list[tuple[int, int, int]], norm: bool) -> nn.Sequential:
    """Convolutions in a row, each (channels in, channels out, size of the kernel)."""
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    for inputs, outputs, size in steps:
        conv(layers, f"{size}x{size}", inputs, outputs, norm=norm, size=size)
        layers[f"relu{size}x{size}"] = nn.ReLU(inplace=True)
    return nn.Sequential(layers)


def mini(
    *,
    batch_norm: bool,
    dropout: float,
    one_by_one: bool = True,
    shuffle_pixels: bool = False,
    grey: bool = False,
    mirror: bool = False,
) -> ColourNet:
    """A 3×3 stem, two pairs of inception blocks with a pool between, the mean over the map, ten scores."""
    layers = begin(shuffle_pixels)
    conv(layers, "1", channels_in(grey), STEM, norm=batch_norm)
    layers["pool1"] = nn.MaxPool2d(2)  # 32 → 16
    layers["relu1"] = nn.ReLU(inplace=True)
    inputs = STEM
    for pair, widths in enumerate(BLOCKS, start=1):
        for number, width in enumerate(widths):
            name = f"inception{2 * pair + number - 1}"
            layers[name] = Inception(inputs, width, one_by_one=one_by_one, batch_norm=batch_norm)
            inputs = width
        if pair == 1:
            layers["pool2"] = nn.MaxPool2d(2)  # 16 → 8
    layers["mean"] = nn.AdaptiveAvgPool2d(1)
    layers["flatten"] = nn.Flatten()
    layers["dropout1"] = Dropout(dropout)
    layers["fc1"] = nn.Linear(inputs, CLASSES)
    return ColourNet(layers, grey=grey, mirror=mirror)
