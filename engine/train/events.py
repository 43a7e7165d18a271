"""What a training says while it runs. Every value is a plain number or an array that nobody writes again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from torch import Tensor

from engine.jobs import Event
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Started(Event):
    """The run exists and its first step comes next.

    total_steps: an estimate when the batch size may change.
    step:        0, or where a resumed run continues.
    """

    folder: str
    recipe: str
    dataset: str
    train_count: int
    held_out_count: int
    epochs: float
    total_steps: int
    step: int
    parameters: int
    device: Text


@dataclass(frozen=True, slots=True)
class Step(Event):
    """One update of the weights.

    epoch:   passes over the training part so far, as a fraction.
    seconds: time spent training, pauses and checks not counted.
    loss:    mean over this batch, dropout and augmentation on; accuracy likewise, in [0, 1].
    gradient_norm: L2 norm over all parameters, before any clipping.
    parts:   the terms that the loss is the sum of, by name; {} where it has only one.
    """

    step: int
    epoch: float
    seconds: float
    loss: float
    accuracy: float
    learning_rate: float
    gradient_norm: float
    images_per_second: float
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mistakes:
    """Pictures read wrongly, most certain first.

    images: (n, H, W) or (n, H, W, 3) uint8; labels, predictions: (n,) int64; confidence: (n,) float32 in [0, 1].
    """

    images: np.ndarray
    labels: np.ndarray
    predictions: np.ndarray
    confidence: np.ndarray


def no_mistakes() -> Mistakes:
    """None to show: a check read from disk, or a lesson without a class per picture."""
    nothing = np.zeros(0, np.int64)
    return Mistakes(np.zeros((0, 1, 1), np.uint8), nothing, nothing, np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True)
class Checked(Event):
    """The network measured on the part held out of train (`split` "held-out") or on "test".

    accuracy:  the figure by which weights are chosen, in [0, 1].
    loss:      nan where the lesson does not compute it.
    metric:    its name: "accuracy", "miou", "map50".
    figures:   further figures by name.
    confusion: (classes, classes) int64, rows = label, columns = prediction; (0, 0) where there is none.
    """

    step: int
    epoch: float
    seconds: float
    split: str
    count: int
    loss: float
    accuracy: float
    confusion: np.ndarray
    mistakes: Mistakes
    metric: str = "accuracy"
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Examined(Event):
    """What lies behind a check: the evidence that a verdict rests on. See engine/train/evidence.py.

    train_loss, train_accuracy: on `train_count` pictures it learns from, dropout and augmentation off; nan where
        the lesson has no classes.
    wrong, second: of `held_out_count` held-out pictures how many were read wrong, and for how many of those the
        label was the second choice.
    surer: how often a picture read right was surer than one read wrong, in [0, 1]; 0.5 = no connection.
    dead: by layer, the share of its ReLU units that answered none of the held-out pictures.
    gradients, updates: by layer, root mean square of the weights' gradient, and of the last step's change as a
        share of the weights' own root mean square.
    """

    step: int
    epoch: float
    train_count: int
    train_loss: float
    train_accuracy: float
    held_out_count: int
    wrong: int
    second: int
    surer: float
    dead: Mapping[str, float]
    gradients: Mapping[str, float]
    updates: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Snapshot(Event):
    """A copy of the weights at one moment, for looking at and for answering the pad.

    gradients: by layer, first to last, the root mean square of its weights' gradient in the last step;
        empty before the first. Falling towards the first layers, it is the vanishing gradient (lecture row 48).
    """

    step: int
    epoch: float
    recipe: str
    weights: Mapping[str, Tensor]
    build: Mapping[str, object]
    gradients: Mapping[str, float] = field(default_factory=dict)
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class KnobMoved(Event):
    """A person changed a live setting; the new value acts from this step on."""

    step: int
    epoch: float
    seconds: float
    name: str
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class Saved(Event):
    """A checkpoint is on disk."""

    step: int
    best: bool
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a training ends with (the job's return value).

    accuracy: of the best checkpoint on `split` (test, or val where test is not here), in [0, 1], named `metric`.
    why:      why it ended, in words.
    """

    folder: str
    recipe: str
    steps: int
    epochs: float
    seconds: float
    images_per_second: float
    held_out_accuracy: float
    accuracy: float | None
    test_count: int
    why: Text
    metric: str = "accuracy"
    split: str = "test"
