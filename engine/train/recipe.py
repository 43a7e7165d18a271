"""What a recipe is: a network, how it is taught, its usual settings and the data it learns from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import nn

from engine.cards import Card, Task
from engine.jobs import Job
from engine.text import Text
from engine.train import classify
from engine.train.lesson import Lesson
from engine.train.settings import FitSettings


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a network's diagram: what it is called, its channels and the side of its maps (0 = none).

    `back` marks the back half, which classifies; the front half extracts features (lecture row 5).
    """

    name: str
    channels: int
    side: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything needed to train one network from zero.

    datasets: those it can learn from, the preferred first.
    make:     builds the network from `build_arguments(settings)`, without drawing its weights.
    lesson:   what a batch is, the loss, and how it is marked.
    architecture: the settings that decide the network.
    checks:   how often in an epoch it is measured on the part held out.
    pack:     "open" where the data's terms allow passing the weights on; "restricted" weights (non-commercial or
        unclear terms, people to be seen) can be left out of a build.
    pretrain: puts pre-trained weights into the new network, after its own were drawn.
    classes:  what the network's answers mean, where that is the same for every data set it learns from.
    takes:    any set of this task that a person opens can be learnt from as well.
    prepare:  a set as it was read to a job that returns it as the lesson needs it.
    fit:      (settings, data) to the settings with what follows from the data, such as the number of classes.
    chart:    the metric of the third chart at first; "" = none.
    """

    card: Card
    defaults: FitSettings
    datasets: tuple[str, ...]
    layers: tuple[Block, ...]
    make: Callable[..., nn.Module]
    lesson: Lesson = classify.LESSON
    architecture: tuple[str, ...] = ("batch_norm", "dropout")
    pretrain: Callable[[nn.Module], None] | None = None
    checks: float = 4
    pack: str = "open"
    classes: tuple[Text, ...] = ()
    takes: Task | None = None
    prepare: Callable[[Any], Job] | None = None
    fit: Callable[[Any, Any], Any] | None = None
    chart: str = ""

    @property
    def id(self) -> str:
        return self.card.id

    def build_arguments(self, settings: FitSettings) -> dict[str, Any]:
        """The part of the settings that decides the architecture; stored beside the weights."""
        return {name: getattr(settings, name) for name in self.architecture}

    def build(self, settings: FitSettings) -> nn.Module:
        return self.make(**self.build_arguments(settings))

    def settings_from(self, values: dict[str, Any]) -> Any:
        """The settings that a run stored as plain values. Raises `TypeError` for those of another version."""
        return type(self.defaults)(**values)
