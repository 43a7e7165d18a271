"""One object in one picture: its class and its box from the same features, and the loss that weighs the two.

Lecture rows 63 and 64: Loss = α · Softmax_Loss + (1 − α) · L2_Loss. With α = 1 the network learns only to name, with
α = 0 only to place; the slider is live because the loss is told α anew at every step. Coordinates are told in tenths of
the picture's side: in these units the L2 loss of a first guess is about as large as the softmax loss of one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.data.photoset import Objects
from engine.zoo.efficientnet_lite import EfficientNetLite0
from engine.zoo.pyramid import Pyramid, without_classifier

UNIT = 0.1  # of the picture's side: what an error of 1 in a coordinate means to the box layer and to the L2 loss


class Located(NamedTuple):
    """What `Localiser` answers for B pictures.

    classes: (B, C) logits. boxes: (B, 4) x1 y1 x2 y2 as shares of width and height, mostly in [0, 1].
    """

    classes: Tensor
    boxes: Tensor


class Localiser(nn.Module):
    """(B, 3, H, W) RGB in [0, 1] to `Located`; one shared hidden layer, two outputs (multi-output network).

    Each cell of a map (1/8 of the picture's side) has features and a weight; the weights of a picture sum to 1. Their
    mean over the picture, and the mean place, are the hidden layer: what an object looks like has not to be learnt
    anew for each place where it may be. The box layer counts from the mean place, in `UNIT`s.

    alpha: () float32, the α it was last taught with; kept with the weights, so that a check has the same loss.
    """

    alpha: Tensor

    def __init__(self, classes: int, encoder: EfficientNetLite0 | None = None, *, width: int = 96) -> None:
        super().__init__()
        self.encoder = without_classifier(encoder or EfficientNetLite0())
        self.neck = Pyramid(width=width, up_again=False)
        self.weight = nn.Conv2d(width, 1, 1)
        self.classes = nn.Linear(width, classes)
        self.box = nn.Linear(width, 4)
        self.register_buffer("alpha", torch.tensor(0.5))

    def forward(self, x: Tensor) -> Located:
        x = self.neck(self.encoder.pyramid(x))[0]  # (B, 96, H / 8, W / 8)
        weights = self.weight(x).float().flatten(2).softmax(dim=2)  # (B, 1, cells); places need more than bfloat16
        hidden = (x.float().flatten(2) * weights).sum(2)  # (B, 96)
        place = (_places(x) * weights.transpose(1, 2)).sum(1)  # (B, 2) x, y as shares
        return Located(self.classes(hidden), torch.cat((place, place), dim=1) + UNIT * self.box(hidden))


def _places(x: Tensor) -> Tensor:
    """The middle of each cell of (B, C, h, w) maps, (h · w, 2) float32 x, y as shares of width and height."""
    height, width = x.shape[2:]
    down, across = ((torch.arange(n, device=x.device) + 0.5) / n for n in (height, width))
    return torch.stack((across.repeat(height), down.repeat_interleave(width)), dim=1)


def loss(located: Located, labels: Tensor, boxes: Tensor, *, alpha: float) -> dict[str, Tensor]:
    """α · softmax loss and (1 − α) · L2 loss; their sum is what training makes small.

    Args:
        labels: (B,) int64. boxes: (B, 4) float32 as shares of width and height.
        alpha:  in [0, 1].
    Returns:
        "class" and "box", weighted; and "softmax" and "l2", the same before α, detached, for the two curves.
    """
    softmax = functional.cross_entropy(located.classes.float(), labels)
    l2 = ((located.boxes.float() - boxes) / UNIT).square().sum(dim=1).mean()
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
