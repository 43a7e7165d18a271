"""One object in one picture: its class and its box from the same features, and the loss that weighs the two.

Lecture rows 63 and 64: Loss = α · Softmax_Loss + (1 − α) · L2_Loss. With α = 1 the network learns only to name, with
α = 0 only to place; the slider is live because the loss is told α anew at every step.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.data.photoset import Objects
from engine.zoo.efficientnet_lite import EfficientNetLite0
from engine.zoo.pyramid import CHANNELS, without_classifier

GRID = 7  # cells along each side that keep where something is; the mean over the picture would lose it


class Located(NamedTuple):
    """What `Localiser` answers for B pictures.

    classes: (B, C) logits. boxes: (B, 4) x1 y1 x2 y2 as shares of width and height, mostly in [0, 1].
    """

    classes: Tensor
    boxes: Tensor


class Localiser(nn.Module):
    """(B, 3, H, W) RGB in [0, 1] to `Located`; one shared hidden layer, two outputs (multi-output network)."""

    def __init__(self, classes: int, encoder: EfficientNetLite0 | None = None, *, hidden: int = 128) -> None:
        super().__init__()
        self.encoder = without_classifier(encoder or EfficientNetLite0())
        self.narrow = nn.Sequential(
            nn.Conv2d(CHANNELS[2], 32, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU(inplace=True)
        )
        self.hidden = nn.Sequential(nn.Linear(32 * GRID * GRID, hidden), nn.ReLU(inplace=True))
        self.classes = nn.Linear(hidden, classes)
        self.box = nn.Linear(hidden, 4)
        nn.init.normal_(self.box.weight, std=0.01)
        with torch.no_grad():
            self.box.bias.copy_(torch.tensor([0.25, 0.25, 0.75, 0.75]))  # a first guess: the middle of the picture

    def forward(self, x: Tensor) -> Located:
        x = self.narrow(self.encoder.pyramid(x)[2])  # (B, 32, H / 32, W / 32)
        x = functional.adaptive_avg_pool2d(x, GRID).flatten(1)  # (B, 32 · 7 · 7)
        x = self.hidden(x)  # (B, 128)
        return Located(self.classes(x), self.box(x))


def loss(located: Located, labels: Tensor, boxes: Tensor, *, alpha: float) -> dict[str, Tensor]:
    """α · softmax loss and (1 − α) · L2 loss; their sum is what training makes small.

    Args:
        labels: (B,) int64. boxes: (B, 4) float32 as shares of width and height.
        alpha:  in [0, 1].
    Returns:
        "class" and "box", weighted; and "softmax" and "l2", the same before α, detached, for the two curves.
    """
    softmax = functional.cross_entropy(located.classes.float(), labels)
    l2 = (located.boxes.float() - boxes).square().sum(dim=1).mean()
    return {
        "class": alpha * softmax,
        "box": (1 - alpha) * l2,
        "softmax": softmax.detach(),
        "l2": l2.detach(),
    }


def main_object(objects: Objects) -> int | None:
    """The index of the object that a picture is of: the largest that is no crowd. None where there is none."""
    areas = np.where(objects.crowd, 0, objects.areas)
    return int(areas.argmax()) if len(areas) and areas.max() > 0 else None
