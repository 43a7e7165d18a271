"""yolo-mini: one look at the picture, and every cell of three grids answers what is there (lecture rows 58, 90, 91).

The idea is YOLO's (Redmon, Divvala, Girshick, Farhadi, "You Only Look Once", CVPR 2016): the cell that holds an
object's centre answers for its box and class. What it answers is as in YOLOX (Ge, Liu, Wang, Li, Sun, 2021), which
needs no anchor boxes: the centre's offset from the cell, the logarithm of width and height in cells, how likely an
object is here, and of which class. One head is shared by the three grids, because an object looks alike at twice
the distance; only its batch norms are each grid's own, because their values are spread differently.

Written here from the papers, on EfficientNet-Lite0 and a light pyramid.
"""

from __future__ import annotations

import copy
import math
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from engine.zoo.depthwise import Depthwise
from engine.zoo.efficientnet_lite import EfficientNetLite0
from engine.zoo.pyramid import STRIDES, Pyramid, without_classifier

RARE = 0.01  # how likely an object is in a cell, before anything is learnt
LONGEST = 8.0  # of ± log width in cells: e⁸ · 8 pixels is wider than any picture, and no box is without a size


class GridAnswer(NamedTuple):
    """What every cell of a detector's grids says, finest grid first, row by row; A = HW/8² + HW/16² + HW/32².

    boxes:      (B, A, 4) x1 y1 x2 y2 in pixels of the network's input; may reach outside.
    objectness: (B, A) logits: is the centre of an object here?
    classes:    (B, A, C) logits, each class on its own.
    places:     (A, 3) x, y of the cell's centre and its stride, all in pixels.
    size:       (H, W) of the input in pixels.
    """

    boxes: Tensor
    objectness: Tensor
    classes: Tensor
    places: Tensor
    size: tuple[int, int]


class SharedLayer(nn.Module):
    """A depthwise-separable convolution with the same weights for every grid and a batch norm for each."""

    def __init__(self, width: int, grids: int, kernel: int = 5) -> None:
        super().__init__()
        self.each = Depthwise(width, kernel)
        self.across = nn.Conv2d(width, width, 1, bias=False)
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for _ in range(grids))
        self.own = nn.ModuleList()  # after `fused`: for each grid, `across` and its norm in one convolution

    def forward(self, x: Tensor, grid: int) -> Tensor:  # (B, width, h, w) -> (B, width, h, w)
        x = self.each(x)
        x = self.own[grid](x) if len(self.own) else self.norms[grid](self.across(x))
        return x.relu_()

    def fuse(self) -> None:
        """Fold each grid's norm into a copy of `across`; only for a network in eval mode."""
        self.own = nn.ModuleList(fuse_conv_bn_eval(self.across, norm) for norm in self.norms)  # type: ignore[arg-type]
        self.norms, self.across = nn.ModuleList(), nn.Identity()  # type: ignore[assignment]


class Head(nn.Module):
    """Two short towers on each map: one ends in the classes, the other in box and objectness."""

    def __init__(self, classes: int, width: int, *, depth: int = 2, grids: int = 3) -> None:
        super().__init__()
        self.class_tower = nn.ModuleList(SharedLayer(width, grids) for _ in range(depth))
        self.box_tower = nn.ModuleList(SharedLayer(width, grids) for _ in range(depth))
        self.classes = nn.Conv2d(width, classes, 1)
        self.box = nn.Conv2d(width, 4 + 1, 1)
        for layer in (self.classes, self.box):
            nn.init.normal_(layer.weight, std=0.01)
            nn.init.zeros_(layer.bias)  # type: ignore[arg-type]
        with torch.no_grad():  # else the many empty cells swamp the first steps (Lin et al., focal loss, 2017)
            self.classes.bias.fill_(-math.log((1 - RARE) / RARE))  # type: ignore[union-attr]
            self.box.bias[4] = -math.log((1 - RARE) / RARE)  # type: ignore[index]
            self.box.bias[2:4] = math.log(3)  # type: ignore[index]  # a first box is 3 cells wide and high

    def forward(self, x: Tensor, grid: int) -> Tensor:
        """(B, width, h, w) -> (B, h · w, 5 + C): dx, dy, log w, log h, objectness, classes."""
        named = placed = x
        for layer in self.class_tower:
            named = layer(named, grid)
        for layer in self.box_tower:
            placed = layer(placed, grid)
        both = torch.cat((self.box(placed), self.classes(named)), dim=1)  # (B, 5 + C, h, w)
        return both.flatten(2).transpose(1, 2)


class YoloMini(nn.Module):
    """(B, 3, H, W) RGB in [0, 1], H and W multiples of 32, to a `GridAnswer`.

    Args:
        classes: how many kinds of objects.
        encoder: with or without learnt weights; None starts from random ones.
        width:   channels of neck and head.
    """

    def __init__(self, classes: int, encoder: EfficientNetLite0 | None = None, *, width: int = 96) -> None:
        super().__init__()
        self.encoder = without_classifier(encoder or EfficientNetLite0())
        self.neck = Pyramid(width=width)
        self.head = Head(classes, width)

    def forward(self, x: Tensor) -> GridAnswer:
        height, width = int(x.shape[2]), int(x.shape[3])
        maps = self.neck(self.encoder.pyramid(x))  # 3 × (B, width, H / stride, W / stride)
        said = torch.cat([self.head(m, grid) for grid, m in enumerate(maps)], dim=1)  # (B, A, 5 + C)
        places = cells(height, width, device=x.device)  # (A, 3)
        return GridAnswer(_boxes(said[..., :4].float(), places), said[..., 4], said[..., 5:], places, (height, width))


def cells(height: int, width: int, *, device: torch.device | None = None) -> Tensor:
    """(A, 3) float32: x, y of every cell's centre and its stride in pixels; finest grid first, row by row."""
    found = []
    for stride in STRIDES:
        y = torch.arange(stride / 2, height, stride, device=device)  # (h,)
        x = torch.arange(stride / 2, width, stride, device=device)  # (w,)
        rows, columns = torch.meshgrid(y, x, indexing="ij")
        found.append(torch.stack((columns, rows, torch.full_like(rows, stride)), dim=2).flatten(0, 1))
    return torch.cat(found)


def _boxes(said: Tensor, places: Tensor) -> Tensor:
    """(B, A, 4) dx, dy, log w, log h in cells -> (B, A, 4) x1 y1 x2 y2 in pixels."""
    stride = places[:, 2:]  # (A, 1)
    centre = places[:, :2] + said[..., :2] * stride
    half = said[..., 2:].clamp(-LONGEST, LONGEST).exp() * (stride / 2)
    return torch.cat((centre - half, centre + half), dim=-1)


def fused(network: nn.Module) -> nn.Module:
    """A copy for use, not for training: every batch norm is folded into the convolution before it.

    The answers are the same to rounding; on a CPU about a third of the time is saved.
    """
    network = copy.deepcopy(network).eval()
    for module in list(network.modules()):
        if isinstance(module, SharedLayer):
            module.fuse()
        elif isinstance(module, nn.Sequential):
            _fold(module)
    return network


def _fold(layers: nn.Sequential) -> None:
    for i in range(len(layers) - 1):
        conv, norm = layers[i], layers[i + 1]
        if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
            layers[i], layers[i + 1] = fuse_conv_bn_eval(conv, norm), nn.Identity()
