"""From what every cell says to a short list of objects: scores, a threshold, non-maximum suppression."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.detect.detections import Detections
from engine.zoo.yolo_mini import GridAnswer

BEFORE = 3000  # best answers of a picture that are compared with each other; bounds the time when nothing is learnt


def decode(answer: GridAnswer, *, score: float = 0.25, iou: float = 0.6, limit: int = 100) -> list[Detections]:
    """The objects in each picture, best first.

    Args:
        score: the least objectness × class probability ("weighted by probability", lecture row 90).
        iou:   of two boxes of one class that overlap more than this, only the better stays.
        limit: the most objects of a picture.
    Returns:
        `Detections` for each picture, in pixels of the network's input, cut at its edges.
    """
    with torch.inference_mode():
        scores = answer.objectness.float().sigmoid()[..., None] * answer.classes.float().sigmoid()  # (B, A, C)
        edge = answer.boxes.new_tensor([answer.size[1], answer.size[0]] * 2)
        boxes = torch.minimum(answer.boxes.clamp(min=0), edge)
        return [_of_one(b, s, score=score, iou=iou, limit=limit) for b, s in zip(boxes, scores, strict=True)]


def _of_one(boxes: Tensor, scores: Tensor, *, score: float, iou: float, limit: int) -> Detections:
    """(A, 4) boxes and (A, C) scores of one picture."""
    from torchvision.ops import batched_nms  # here: the window starts more than a second sooner without it

    places, labels = (scores >= score).nonzero(as_tuple=True)
    values = scores[places, labels]
    if len(values) > BEFORE:
        values, best = values.topk(BEFORE)
        places, labels = places[best], labels[best]
    kept = batched_nms(boxes[places], values, labels, iou)[:limit]
    return Detections(boxes[places[kept]].cpu().numpy(), values[kept].cpu().numpy(), labels[kept].cpu().numpy())
