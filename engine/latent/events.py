"""What a generator says while it learns. Plain numbers, or arrays that nobody writes again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from torch import Tensor

from engine.jobs import Event
from engine.text import Text
from engine.train.events import KnobMoved


@dataclass(frozen=True, slots=True)
class Started(Event):
    """The run exists and its first step comes next. step: 0, or where a resumed run goes on."""

    folder: str
    recipe: str
    dataset: str
    train_count: int
    held_out_count: int
    epochs: float
    step: int
    parameters: int
    device: Text


@dataclass(frozen=True, slots=True)
class Learned(Event):
    """How learning stood over the last half second: the mean of each term of the loss, by name.

    seconds: learning, without pauses and checks.
    """

    step: int
    epoch: float
    seconds: float
    losses: Mapping[str, float]
    images_per_second: float


@dataclass(frozen=True, slots=True)
class Samples(Event):
    """What the generator makes of the same codes each time: images (n, S, S) or (n, S, S, 3) uint8.

    pairs: True where they come as pictures and what came through of them, in turn.
    """

    step: int
    epoch: float
    images: np.ndarray
    pairs: bool = False
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Checked(Event):
    """Figures by name, measured on what was held out or on samples. best: its weights were kept as the best."""

    step: int
    epoch: float
    seconds: float
    figures: Mapping[str, float]
    best: bool


@dataclass(frozen=True, slots=True)
class Noticed(Event):
    """Something went wrong with the samples, in words, and what to try."""

    step: int
    epoch: float
    en: str
    ko: str


@dataclass(frozen=True, slots=True)
class Snapshot(Event):
    """A copy of the generator at one moment, for exploring while it learns."""

    step: int
    kind: str
    build: Mapping[str, object]
    weights: Mapping[str, Tensor]
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Saved(Event):
    """A checkpoint is on disk."""

    step: int
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What learning ends with. figures: of the last check, and what was measured at the end."""

    folder: str
    recipe: str
    steps: int
    epochs: float
    seconds: float
    images_per_second: float
    figures: Mapping[str, float]
    why: Text


RECORDED: dict[str, type[Event]] = {"learned": Learned, "checked": Checked, "noticed": Noticed, "knob": KnobMoved}
