"""A small VGG: nothing but 3×3 convolutions in a row, then a pool that halves the side (lecture rows 41, 42).

After Simonyan, Zisserman, ICLR 2015. `depth` convolutions stand in each of three blocks: 1, 2 (VGG-13's way), 3
(VGG-16's) or 4 (VGG-19's).
"""

from __future__ import annotations

from torch import nn

from engine.zoo.colour import ColourNet, begin, channels_in, conv, head

WIDTHS = (32, 64, 128)
HIDDEN = 256


def mini(
    *,
    batch_norm: bool,
    dropout: float,
    depth: int = 2,
    shuffle_pixels: bool = False,
    grey: bool = False,
    mirror: bool = False,
) -> ColourNet:
    """Three blocks of `depth` convolutions and a pool each, then fc – fc, for 32×32 pictures."""
    layers = begin(shuffle_pixels)
    inputs = channels_in(grey)
    for block, width in enumerate(WIDTHS, start=1):
        for number in range(1, depth + 1):
            name = f"{block}_{number}"
            conv(layers, name, inputs, width, norm=batch_norm)
            if number == depth:
                layers[f"pool{block}"] = nn.MaxPool2d(2)  # 32 → 16 → 8 → 4
            layers[f"relu{name}"] = nn.ReLU(inplace=True)
            inputs = width
    head(layers, WIDTHS[-1] * 4 * 4, HIDDEN, dropout)
    return ColourNet(layers, grey=grey, mirror=mirror)
