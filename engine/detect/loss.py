"""How wrong a grid detector's answer is, in three parts: class, box, objectness (YOLOX, Ge et al., 2021).

Objectness is asked of every place, the other two only of the places that `assign` gave an object. What a class
shall reach is not 1 but the IoU of the place's own box: then the score, objectness × class, also says how well the
box fits, and the best box survives non-maximum suppression (quality focal loss, Li et al., NeurIPS 2020).
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from engine.detect.assign import Lesson, Targets, assign, lesson_of
from engine.zoo.yolo_mini import GridAnswer

WEIGHTS = {"class": 1.0, "box": 5.0, "objectness": 1.0}


def loss(answer: GridAnswer, targets: Targets) -> dict[str, Tensor]:
    """The three parts, already weighted: their sum is what training makes small.

    Args:
        answer:  for B pictures.
        targets: for each of the B pictures (n, 4) float32 x1 y1 x2 y2 in pixels of the input, and (n,) int64 labels;
            n may be 0. Label −1 marks a crowd: its places are neither right nor wrong.
    Returns:
        "class", "box" and "objectness", each a float32 scalar.
    """
    from torchvision.ops import complete_box_iou_loss  # here: the window starts more than a second sooner without it

    answer = answer._replace(objectness=answer.objectness.float(), classes=answer.classes.float())
    everything = lesson_of(targets, answer.size, answer.boxes.device)
    crowd = everything.labels < 0
    lesson = Lesson(*(x[~crowd] for x in everything))
    matches = assign(answer, lesson)
    at = matches.pictures, matches.places
    count = max(1, len(matches.places))
    present = torch.zeros_like(answer.objectness)
    present[at] = 1.0
    asked = _outside(Lesson(*(x[crowd] for x in everything)), answer) | (present > 0)
    objectness = functional.binary_cross_entropy_with_logits(answer.objectness, present, reduction="none")
    named = functional.one_hot(lesson.labels[matches.objects], answer.classes.shape[-1]) * matches.ious[:, None]
    parts = {
        "class": functional.binary_cross_entropy_with_logits(answer.classes[at], named, reduction="sum"),
        "box": complete_box_iou_loss(answer.boxes[at], lesson.boxes[matches.objects], reduction="sum"),
        "objectness": (objectness * asked).sum(),
    }
    return {name: WEIGHTS[name] * part / count for name, part in parts.items()}


def _outside(crowd: Lesson, answer: GridAnswer) -> Tensor:
    """(B, A) bool: the places that lie in no crowd."""
    outside = torch.ones_like(answer.objectness, dtype=torch.bool)
    x, y = answer.places[:, 0], answer.places[:, 1]
    for picture, (left, top, right, bottom) in zip(crowd.pictures.tolist(), crowd.boxes.tolist(), strict=True):
        outside[picture] &= (x < left) | (x > right) | (y < top) | (y > bottom)
    return outside
