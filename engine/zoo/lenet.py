"""LeNet-5, the first of the line (LeCun, Bottou, Bengio, Haffner, 1998; lecture row 4).

Two convolutions of 5×5 with average pooling ("subsampling"), then 120 – 84 – 10, all bent by tanh; batch norm (2015) can be put in. Left out of 1998:
the table of which map sees which (all see all here), trained weights in the pooling, and the RBF answers.
"""

from __future__ import annotations

from collections import OrderedDict

from torch import nn

from engine.zoo.colour import CLASSES, ColourNet, begin, channels_in
from engine.zoo.digits import DigitNet, Shuffle
from engine.zoo.dropout import Dropout


def _add(
    layers: OrderedDict[str, nn.Module], inputs: int, dropout: float, batch_norm: bool
) -> OrderedDict[str, nn.Module]:
    """Put the five layers of LeNet-5, for pictures of 32×32, at the end of `layers`."""
    for number, width in ((1, 6), (2, 16)):  # C1: 32 → 28, S2: 14, C3: 10, S4: 5
        layers[f"conv{number}"] = nn.Conv2d(inputs, width, 5)
        if batch_norm:
            layers[f"norm{number}"] = nn.BatchNorm2d(width)
        layers[f"tanh{number}"] = nn.Tanh()
        layers[f"pool{number}"] = nn.AvgPool2d(2)
        inputs = width
    layers["flatten"] = nn.Flatten()
    layers["fc1"] = nn.Linear(16 * 5 * 5, 120)  # C5, a 5×5 convolution that sees all of a 5×5 map
    layers["tanh3"] = nn.Tanh()
    layers["dropout1"] = Dropout(dropout)
    layers["fc2"] = nn.Linear(120, 84)  # F6
    layers["tanh4"] = nn.Tanh()
    layers["fc3"] = nn.Linear(84, CLASSES)
    return layers


def digits(*, dropout: float, batch_norm: bool = False, shuffle_pixels: bool = False) -> DigitNet:
    """LeNet-5 on its own subject: 28×28 digits, with two rings of zeros as in 1998 (32×32)."""
    layers: OrderedDict[str, nn.Module] = OrderedDict(shuffle=Shuffle(28)) if shuffle_pixels else OrderedDict()
    layers["ring"] = nn.ZeroPad2d(2)
    return DigitNet(_add(layers, 1, dropout, batch_norm))


def colour(
    *, dropout: float, batch_norm: bool = False, shuffle_pixels: bool = False, grey: bool = False, mirror: bool = False
) -> ColourNet:
    """LeNet-5 on 32×32 colour photographs."""
    return ColourNet(_add(begin(shuffle_pixels), channels_in(grey), dropout, batch_norm), grey=grey, mirror=mirror)
