"""Which cell shall learn which object: simplified optimal transport (SimOTA) on the nearest places only.

A fixed rule (the cell at the centre, or all cells inside the box, on the grid that fits the box's size) gives a
network the same lesson whatever it can do already. In YOLOX (Ge et al., 2021, after OTA, CVPR 2021) each object
takes the few places that answer best for it now: cheap in class and in overlap. An object that is well covered
takes more places (the sum of its ten best IoUs), a hard one a single place, and large and small objects sort
themselves onto the grids without thresholds to tune; with a few hundred photographs to learn from, what needs no
tuning is worth most. Two things differ from the paper's code: candidates are the 5 × 5 cells round the centre on
each grid, found by arithmetic instead of a matrix of all objects × all cells, so that a picture with thousands of
objects costs megabytes, not gigabytes; and the class part of the cost is the logarithm of the score itself
(objectness × class), the quantity by which answers are ranked in use.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from engine.zoo.pyramid import STRIDES
from engine.zoo.yolo_mini import GridAnswer

REACH = 2  # cells from the centre's cell in each direction
MOST = 10  # places one object may take
OUTSIDE = 1e4  # added to the cost of places that do not lie in the box: only taken when there are no others


class Lesson(NamedTuple):
    """The objects of a batch: which picture each is in, its box in pixels and its class (−1: not to be learnt)."""

    pictures: Tensor  # (G,) int64
    boxes: Tensor  # (G, 4) float32 x1 y1 x2 y2
    labels: Tensor  # (G,) int64
    origins: Tensor  # (G,) int64: which of the given objects, all pictures counted on, each of these was


class Matches(NamedTuple):
    """The places that shall answer for an object; no place twice."""

    pictures: Tensor  # (P,) int64
    places: Tensor  # (P,) int64 indices into A
    objects: Tensor  # (P,) int64 indices into the lesson
    ious: Tensor  # (P,) float32, of the place's box now with the object's


Targets = Sequence[tuple[Tensor, Tensor]]


def lesson_of(targets: Targets, size: tuple[int, int], device: torch.device) -> Lesson:
    """The objects of all pictures together, boxes cut at the edges; boxes without area inside are left out.

    Args:
        targets: for each picture (n, 4) float32 boxes in pixels and (n,) int64 labels.
        size:    (H, W) of the pictures.
    """
    boxes = torch.cat([b.reshape(-1, 4) for b, _ in targets]).to(device, torch.float32)
    labels = torch.cat([c.reshape(-1) for _, c in targets]).to(device)
    counts = torch.tensor([len(c) for _, c in targets], device=device)
    pictures = torch.repeat_interleave(torch.arange(len(targets), device=device), counts)
    edge = torch.tensor([size[1], size[0], size[1], size[0]], device=device)
    boxes = torch.minimum(boxes.clamp(min=0), edge)  # nan stays nan
    real = ((boxes[:, 2:] - boxes[:, :2]) > 0).all(dim=1)  # false for nan
    return Lesson(pictures[real], boxes[real], labels[real], real.nonzero()[:, 0])


@torch.no_grad()
def assign(answer: GridAnswer, lesson: Lesson) -> Matches:
    """The places that learn each object of `lesson`; every label is ≥ 0."""
    near, exists = _near(lesson.boxes, answer.size)  # (G, 75)
    which = lesson.pictures[:, None]
    ious = _ious(answer.boxes[which, near], lesson.boxes[:, None])  # (G, 75)
    score = functional.logsigmoid(answer.objectness[which, near].float())
    score = score + functional.logsigmoid(answer.classes[which, near, lesson.labels[:, None]].float())
    cost = -score - 3 * (ious + 1e-8).log() + OUTSIDE * ~_inside(answer.places[near], lesson.boxes)
    ious = ious * exists
    cost = cost.masked_fill(~exists, torch.inf)
    takes = ious.topk(min(MOST, near.shape[1]), dim=1).values.sum(dim=1).long().clamp(min=1)  # (G,)
    rank = cost.argsort(dim=1).argsort(dim=1)
    chosen = (rank < takes[:, None]) & exists
    objects, column = chosen.nonzero(as_tuple=True)
    keep = _cheapest(lesson.pictures[objects] * len(answer.places) + near[objects, column], cost=cost[objects, column])
    objects, column = objects[keep], column[keep]
    return Matches(lesson.pictures[objects], near[objects, column], objects, ious[objects, column])


def _near(boxes: Tensor, size: tuple[int, int]) -> tuple[Tensor, Tensor]:
    """For each box the places round its centre on every grid, (G, 75) int64, and whether they exist."""
    step = torch.arange(-REACH, REACH + 1, device=boxes.device)
    down, right = (x.flatten() for x in torch.meshgrid(step, step, indexing="ij"))  # (25,)
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    places, exists, before = [], [], 0
    for stride in STRIDES:
        rows, columns = -(-size[0] // stride), -(-size[1] // stride)
        x = (centre[:, :1] / stride).long() + right  # (G, 25)
        y = (centre[:, 1:] / stride).long() + down
        real = (x >= 0) & (x < columns) & (y >= 0) & (y < rows)
        places.append(torch.where(real, before + y * columns + x, 0))
        exists.append(real)
        before += rows * columns
    return torch.cat(places, dim=1), torch.cat(exists, dim=1)


def _inside(places: Tensor, boxes: Tensor) -> Tensor:
    """Whether the centre of each place, (G, n, 3), lies in the object's box, (G, 4); (G, n) bool."""
    x, y = places[..., 0], places[..., 1]
    left, top, right, bottom = (edge[:, None] for edge in boxes.unbind(dim=1))
    return (x > left) & (x < right) & (y > top) & (y < bottom)


def _ious(a: Tensor, b: Tensor) -> Tensor:
    """Intersection over union of boxes pair by pair, (…, 4) and (…, 4) -> (…)."""
    overlap = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0).prod(-1)
    area_a, area_b = ((x[..., 2:] - x[..., :2]).prod(-1) for x in (a, b))
    return overlap / (area_a + area_b - overlap).clamp(min=1e-8)


def _cheapest(keys: Tensor, *, cost: Tensor) -> Tensor:
    """Of pairs with the same key the position of the one that costs least."""
    order = cost.argsort(stable=True)
    order = order[keys[order].argsort(stable=True)]
    first = torch.ones_like(order, dtype=torch.bool)
    first[1:] = keys[order][1:] != keys[order][:-1]
    return order[first]
