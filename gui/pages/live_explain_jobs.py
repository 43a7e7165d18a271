"""What the chapters ask the engine for; what that needs is imported when it is asked, not with the window."""

from __future__ import annotations

import numpy as np

from engine.detect.explain.chapters import Chapter, played
from engine.jobs import Job
from gui.context import Context


def playing(chapter: Chapter, picture: np.ndarray, context: Context, values: dict[str, object]) -> Job:
    from engine.detect.explain.films import Ask  # here: the window does not wait for torchvision

    return (yield from played(chapter, Ask(picture, data=context.settings.data(), **values)))  # type: ignore[arg-type]


def networks_for(need: str) -> Job:
    from engine.detect.explain.networks import Need, listed

    return (yield from listed(Need(need)))


def recipe_for(need: str) -> str:
    from engine.detect.explain.networks import TRAIN_INSTEAD, Need

    return TRAIN_INSTEAD.get(Need(need), "")


def sets_here(context: Context) -> Job:
    from engine.detect.explain.teaching import marked_sets

    return (yield from marked_sets(context.settings.data()))
