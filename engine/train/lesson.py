"""What differs between kinds of training: the batch, the loss, the mark. The loop in fit.py is the same for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import numpy as np
import torch
from torch import Tensor, nn

from engine.detect.detections import Detections
from engine.devices import Device
from engine.train.events import Mistakes
from engine.train.looking import Glance, no_curves


@dataclass(frozen=True, slots=True, eq=False)
class Lost:
    """What one batch brought.

    total: () float32, the number that is made small. parts: what it is the sum of, by name; {} if it is one.
    score: () float32 in [0, 1], how right the network was on this batch.
    """

    total: Tensor
    score: Tensor
    parts: Mapping[str, Tensor] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """How well a network does on a set.

    count:     what the score rests on: pictures.
    loss:      mean over the set; nan where a lesson does not compute it there.
    accuracy:  the figure by which weights are chosen, in [0, 1]; its name is the lesson's `metric`.
    confusion: (classes, classes) int64, rows = label; (0, 0) where there is none.
    figures:   further figures by name, those of one class by `engine.train.figures.key_of`.
    curves:    (classes, 101) float32 precision by recall at IoU 0.5; (0, 101) where there are none.
    """

    count: int
    loss: float
    accuracy: float
    confusion: np.ndarray
    mistakes: Mistakes
    figures: Mapping[str, float] = field(default_factory=dict)
    curves: np.ndarray = field(default_factory=no_curves)


class Lesson(Protocol):
    """How one kind of task is taught and marked. `metric`: the name of the figure that counts."""

    @property
    def metric(self) -> str: ...

    def batch(
        self, data: Any, chosen: np.ndarray, now: Any, generator: torch.Generator, device: Device
    ) -> tuple[Tensor, Any]:
        """The items at `chosen` ((B,) int64) as the network's input and the answers, augmented."""
        ...

    def loss(self, network: nn.Module, inputs: Tensor, answers: Any, now: Any, device: Device) -> Lost:
        """Run the network and compare with the answers."""
        ...

    def measure(self, network: nn.Module, data: Any, device: Device) -> Measured:
        """Mark the network on a whole set, in eval mode; leaves it in the mode it was in."""
        ...

    def look(self, network: nn.Module, data: Any, indices: Sequence[int], device: Device) -> tuple[Glance, ...]:
        """Photographs of a set as the network sees them; () where the mistakes of a check are looked at instead."""
        ...


@dataclass(frozen=True, slots=True)
class Moment:
    """How far a training is. epoch: whole passes over the data so far. progress: share of the run, in [0, 1]."""

    epoch: int
    progress: float


class TimedLesson(Protocol):
    """A lesson whose batches depend on how far the training is."""

    def batch_at(
        self, data: Any, chosen: np.ndarray, now: Any, generator: torch.Generator, device: Device, moment: Moment
    ) -> tuple[Tensor, Any]:
        """As `Lesson.batch`, at this moment of the training."""
        ...


@runtime_checkable
class Finds(Protocol):
    """A lesson whose network answers with boxes."""

    def find(self, network: nn.Module, picture: np.ndarray, device: Device, *, score: float) -> Detections:
        """What is found in (H, W, 3) uint8 RGB with at least `score`, in its pixels; `network` is in eval mode."""
        ...
