"""Models: one list of what is bundled, what came with a package, and what can be downloaded or imported.

This door is light: torchvision, which knows the official weights, is imported when a function is called or a
job begins, so that a window can hold cards and start jobs without waiting for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from torch import nn

from engine.jobs import Job, Progress
from engine.models.card import TASKS, Imported, ModelCard, Origin, Place, Where
from engine.text import Text

__all__ = [
    "TASKS",
    "Imported",
    "ModelCard",
    "Origin",
    "Place",
    "Where",
    "all_models",
    "delete",
    "get",
    "get_model",
    "import_pack",
    "listed",
    "model",
    "open_official",
    "place_of",
]


def all_models() -> tuple[ModelCard, ...]:
    """Every model there is; see `engine.models.store`."""
    from engine.models import store

    return store.all_models()


def model(id: str) -> ModelCard:
    """The card with this id; a torchvision name stands for its best weights. Raises `LabError` for an unknown one."""
    from engine.models import store

    return store.model(id)


def place_of(card: ModelCard) -> Place:
    """Where a model is now."""
    from engine.models import store

    return store.place_of(card)


def open_official(card: ModelCard) -> nn.Module:
    """The network of an official card that is here; see `engine.models.official`."""
    from engine.models import official

    return official.open_official(card)


def listed() -> Job:
    """Look at every model; a job, returns a tuple of (card, place)."""
    yield Progress(0, 0, Text("Looking for models", "모델을 찾는 중"))
    return tuple((card, place_of(card)) for card in all_models())


def get(id: str) -> Job:
    """Bring a model onto this machine; a job, returns the path of its file."""
    return (yield from get_model(model(id)))


def get_model(card: ModelCard) -> Job:
    """The same for a card; see `engine.models.store`."""
    from engine.models import store

    return (yield from store.get_model(card))


def import_pack(path: Path, *, cards: Sequence[ModelCard] | None = None) -> Job:
    """Bring the models of a file, folder or zip here; a job, returns `Imported`; see `engine.models.importing`."""
    from engine.models import importing

    return (yield from importing.import_pack(path, cards=cards))


def delete(card: ModelCard) -> Job:
    """Delete a downloaded or imported model; a job. Raises `LabError` for one of the app or a package."""
    from engine.models import store

    yield Progress(0, 1)
    store.remove(card)
