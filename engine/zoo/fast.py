"""The network that learns CIFAR-10 fastest here: three wide blocks behind a layer of fixed filters.

Learnt from K. Jordan, 94 % on CIFAR-10 in 3.29 seconds on a single GPU, arXiv 2404.00498 (airbench), and before that
from D. Page's ResNet-9: a first layer that whitens small patches, six convolutions, batch norm, GELU, max pooling,
scores made small at the end. airbench computes its filters from the data. Here they are written down: the principal
directions of 2×2 patches of photographs are a Haar wavelet in space times three opponent colours, and the batch norm
behind them makes their sizes equal.

Two changes suit a CPU. Where airbench has GELU, whose tanh took a twelfth of a step, there is hard swish (Howard et al.,
MobileNetV3, 2019), a fifth of the work. And a convolution before a pooling of odd maps does not compute the last row
and column, which the pooling would drop.
"""

from __future__ import annotations

from collections import OrderedDict

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.zoo.colour import CLASSES, ColourNet, begin, channels_in
from engine.zoo.dropout import Dropout

SCALE = 1 / 9  # of the scores: the loss begins flat, so that a high rate does no harm
SIZE = 1.7  # of what goes into hard swish, which then bends as GELU does at 1: swish(1.7 x) ≈ 1.7 GELU(x)
_SPACE = ((1, 1, 1, 1), (1, 1, -1, -1), (1, -1, 1, -1), (1, -1, -1, 1))  # mean, top–bottom, left–right, diagonal
_COLOURS = ((1, 1, 1), (1, 0, -1), (1, -2, 1))  # brightness, red–blue, magenta–green


def patches(channels: int) -> Tensor:
    """The fixed filters, (4 · channels, channels, 2, 2) float32, all of length 1 and at right angles."""
    colours = torch.tensor(_COLOURS if channels == 3 else ((1,),), dtype=torch.float32)
    space = torch.tensor(_SPACE, dtype=torch.float32)
    both = torch.einsum("kc,sp->skcp", colours, space).reshape(-1, channels, 2, 2)
    return both / both.flatten(1).norm(dim=1).view(-1, 1, 1, 1)


class Whiten(nn.Module):
    """Fixed filters over 2×2 pixels, made equally large; each answer also with its sign turned, because hard swish cuts.

    Nothing here learns, so that no gradient comes back to the largest maps: a sixteenth of a step's work.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.filters: Tensor
        self.register_buffer("filters", patches(channels), persistent=False)
        self.norm = _norm(4 * channels, 0.1)
        self.norm.bias.requires_grad_(False)

    def forward(self, x: Tensor) -> Tensor:  # (B, C, H, W) -> (B, 8 · C, H − 1, W − 1)
        x = self.norm(functional.conv2d(x, self.filters))
        return torch.cat((x, -x), dim=1)


class Smaller(nn.Module):
    """Scores times `SCALE`."""

    def forward(self, x: Tensor) -> Tensor:
        return x * SCALE


def cifar(
    *,
    dropout: float,
    batch_norm: bool = True,
    width: int = 64,
    shuffle_pixels: bool = False,
    grey: bool = False,
    mirror: bool = True,
    moved: bool = True,
) -> ColourNet:
    """Three blocks of two convolutions with `width`, 4 · `width` and 4 · `width` channels; any side from 24 on."""
    layers = begin(shuffle_pixels)
    layers["whiten"] = Whiten(channels_in(grey))
    layers["swish0"] = nn.Hardswish()
    inputs = 8 * channels_in(grey)
    for block, outputs in enumerate((width, 4 * width, 4 * width), start=1):
        _block(layers, block, inputs, outputs, batch_norm)
        inputs = outputs
    layers["most"] = nn.AdaptiveMaxPool2d(1)
    layers["flatten"] = nn.Flatten()
    layers["dropout1"] = Dropout(dropout)
    layers["fc1"] = nn.Linear(inputs, CLASSES, bias=False)
    layers["smaller"] = Smaller()
    return ColourNet(layers, grey=grey, mirror=mirror, moved=moved)


def _block(layers: OrderedDict[str, nn.Module], block: int, inputs: int, outputs: int, norm: bool) -> None:
    """conv – pool – norm – swish – conv – norm – swish; 31 → 15 → 7 → 3.

    A row and a column of zeros only above and on the left: 31×31 maps become 30×30 ones, of which every pixel is used.
    """
    for number, channels in ((1, inputs), (2, outputs)):
        name = f"{block}_{number}"
        if number == 1:
            layers[f"edge{block}"] = nn.ZeroPad2d((1, 0, 1, 0))
        layers[f"conv{name}"] = nn.Conv2d(channels, outputs, 3, padding=number - 1, bias=not norm)
        if number == 1:
            layers[f"pool{block}"] = nn.MaxPool2d(2)
        if norm:
            layers[f"norm{name}"] = _norm(outputs, 0.4)  # the weights move fast
        layers[f"swish{name}"] = nn.Hardswish()


def _norm(channels: int, momentum: float) -> nn.BatchNorm2d:
    """Batch norm that learns where each map is cut, not its size, which the next layer's weights can give it."""
    norm = nn.BatchNorm2d(channels, momentum=momentum)
    nn.init.constant_(norm.weight, SIZE).requires_grad_(False)
    return norm
