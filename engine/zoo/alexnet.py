"""A small AlexNet: three convolutions and two fully connected layers (lecture rows 27, 47).

After Krizhevsky, Sutskever, Hinton, NIPS 2012, as the course on deep learning for vision systems shrinks it for
CIFAR-10. Of the original it keeps the order (large kernel first, max pooling, ReLU, dropout in the back half); batch
norm, which is younger (2015), can be switched off.
"""

from __future__ import annotations

from torch import nn

from engine.zoo.colour import ColourNet, begin, channels_in, head

WIDTHS = (32, 64, 128)
HIDDEN = 256


def mini(
    *, batch_norm: bool, dropout: float, shuffle_pixels: bool = False, grey: bool = False, mirror: bool = False
) -> ColourNet:
    """conv 5×5 – pool – conv 3×3 – pool – conv 3×3 – pool – fc – fc, for 32×32 pictures.

    Each convolution pools before its ReLU: max(0, ·) commutes with the maximum, and four times fewer values are left.
    """
    layers = begin(shuffle_pixels)
    inputs = channels_in(grey)
    for number, width in enumerate(WIDTHS, start=1):
        layers[f"conv{number}"] = nn.Conv2d(
            inputs, width, 5 if number == 1 else 3, padding=2 if number == 1 else 1, bias=not batch_norm
        )
        layers[f"pool{number}"] = nn.MaxPool2d(2)  # 32 → 16 → 8 → 4
        if batch_norm:
            layers[f"norm{number}"] = nn.BatchNorm2d(width)
        layers[f"relu{number}"] = nn.ReLU(inplace=True)
        inputs = width
    head(layers, WIDTHS[-1] * 4 * 4, HIDDEN, dropout)
    return ColourNet(layers, grey=grey, mirror=mirror)
