"""What all networks for small colour photographs share: how a picture comes in (CIFAR-10, lecture rows 26, 27).

All take (B, 3, H, W) float32 pictures in [0, 1] and return (B, classes) logits, the scores before softmax.
"""

from __future__ import annotations

from collections import OrderedDict

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.zoo.digits import Shuffle
from engine.zoo.dropout import Dropout

SIDE, CLASSES = 32, 10
MEAN, STD = (0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616)  # of CIFAR-10's 50,000 training pictures, by channel
GREY_MEAN, GREY_STD = 0.4809, 0.2392  # of the same pictures without colour
LUMINANCE = (0.299, 0.587, 0.114)  # how bright red, green and blue look (ITU-R BT.601)


class ColourNet(nn.Module):
    """Normalises the picture, then runs `layers`; their names say what they are (conv1, relu1, …).

    grey:   colour is taken away first (lecture row 13): one channel comes in instead of three.
    mirror: when it answers (not while it learns) it also reads the mirrored picture and answers the mean of both.
    moved:  likewise the picture one pixel up left and down right, which together count as much as where it is.
    """

    def __init__(
        self, layers: OrderedDict[str, nn.Module], *, grey: bool = False, mirror: bool = False, moved: bool = False
    ) -> None:
        super().__init__()
        self.grey, self.mirror, self.moved = grey, mirror, moved
        self.mean: Tensor
        self.std: Tensor
        self.luminance: Tensor
        mean, std = ((GREY_MEAN,), (GREY_STD,)) if grey else (MEAN, STD)
        for name, values in (("mean", mean), ("std", std), ("luminance", LUMINANCE)):
            self.register_buffer(name, torch.tensor(values).view(1, -1, 1, 1), persistent=False)
        self.layers = nn.Sequential(layers)

    def forward(self, x: Tensor) -> Tensor:  # (B, 3, H, W) in [0, 1] -> (B, classes)
        if self.grey:
            x = (x * self.luminance).sum(1, keepdim=True)
        x = (x - self.mean) / self.std
        if not self.moved or self.training:
            return self._look(x)
        around = functional.pad(x, (1, 1, 1, 1), mode="reflect")
        others = self._look(around[:, :, :-2, :-2]) + self._look(around[:, :, 2:, 2:])
        return self._look(x) / 2 + others / 4

    def _look(self, x: Tensor) -> Tensor:
        """The scores of one view, or of it and its mirror image."""
        if self.mirror and not self.training:
            return (self.layers(x) + self.layers(x.flip(3))) / 2
        scores: Tensor = self.layers(x)
        return scores


def begin(shuffle_pixels: bool) -> OrderedDict[str, nn.Module]:
    """The layers so far: none, or the one that shuffles all pixels (lecture row 1)."""
    return OrderedDict(shuffle=Shuffle(SIDE)) if shuffle_pixels else OrderedDict()


def channels_in(grey: bool) -> int:
    """How many numbers a pixel has."""
    return 1 if grey else 3


def conv(
    layers: OrderedDict[str, nn.Module], name: str, inputs: int, outputs: int, *, norm: bool, size: int = 3
) -> None:
    """Put one convolution that keeps the side, and its batch norm, at the end of `layers`."""
    layers[f"conv{name}"] = nn.Conv2d(inputs, outputs, size, padding=size // 2, bias=not norm)
    if norm:
        layers[f"norm{name}"] = nn.BatchNorm2d(outputs)


def head(layers: OrderedDict[str, nn.Module], inputs: int, hidden: int, dropout: float) -> None:
    """The back half of AlexNet and VGG: dropout, a hidden layer, dropout, ten scores (lecture row 29)."""
    layers["flatten"] = nn.Flatten()
    layers["dropout1"] = Dropout(dropout)
    layers["fc1"] = nn.Linear(inputs, hidden)
    layers["relu_fc1"] = nn.ReLU(inplace=True)
    layers["dropout2"] = Dropout(dropout)
    layers["fc2"] = nn.Linear(hidden, CLASSES)
