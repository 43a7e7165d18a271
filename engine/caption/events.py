"""What a captioner or a writer of text says while it learns. Plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.jobs import Event
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Started(Event):
    """The run exists and its next step comes. words: how many words or characters it knows. step: done before."""

    folder: str
    recipe: str
    dataset: str
    train_count: int
    held_out_count: int
    words: int
    epochs: float
    parameters: int
    step: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Recalled(Event):
    """What a run that goes on had told before: its `Learned` and `Checked`, in order."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Saved(Event):
    """The checkpoint was written from which the run can go on."""

    step: int


@dataclass(frozen=True, slots=True)
class Learned(Event):
    """The mean loss of one word (in nats) over the last half second, and how far it is. seconds: of learning."""

    step: int
    epoch: float
    seconds: float
    loss: float


@dataclass(frozen=True, slots=True)
class Checked(Event):
    """Figures on what was held out, and what it says now. best: its weights were kept as the best so far."""

    step: int
    epoch: float
    seconds: float
    figures: Mapping[str, float]
    best: bool
    example: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What learning ends with. figures: of the best check, by which the weights were chosen."""

    folder: str
    recipe: str
    steps: int
    epochs: float
    seconds: float
    figures: Mapping[str, float]
    why: Text


RECORDED: dict[str, type[Event]] = {"learned": Learned, "checked": Checked}
