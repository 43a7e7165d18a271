"""What a training can use here: found off the GUI thread, because it asks the disk and the drivers."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from engine import devices
from engine.data import all_datasets
from engine.errors import LabError
from engine.jobs import Event, Progress
from engine.train.recipes import RECIPES, Recipe
from engine.zoo.weights import bundled

PRECISIONS = ("auto", "bf16", "fp32")


@dataclass(frozen=True, slots=True)
class Machine:
    """places:     data sets that are here.
    devices:    device words ("auto", "cpu", …) that can be used, each with what precision "auto" and others give.
    accuracies: the figure of the bundled weights by recipe id, in [0, 1], as the recipe's lesson marks.
    """

    places: dict[str, Path]
    devices: dict[tuple[str, str], devices.Device]
    accuracies: dict[str, float]


def look_round(root: Path | None) -> Generator[Event, None, Machine]:
    """Find data sets below `root`, devices and bundled weights; returns a `Machine`."""
    places = {card.id: place for card in all_datasets() if (place := card.find(root)) is not None}
    yield Progress(1, 3)
    found = {}
    for device in ("auto", "cpu", "cuda", "mps"):
        for precision in PRECISIONS:
            try:
                found[device, precision] = devices.choose(device, precision, spare=1)
            except LabError:  # not on this machine
                continue
    yield Progress(2, 3)
    accuracies = {recipe.id: value for recipe in RECIPES if (value := _accuracy(recipe)) is not None}
    return Machine(places, found, accuracies)


def _accuracy(recipe: Recipe) -> float | None:
    try:
        card = bundled(recipe.id).card
    except LabError:  # no weights came for it
        return None
    value = card.get(recipe.lesson.metric)
    return float(value) if value is not None else None
