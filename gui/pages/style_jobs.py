"""Jobs of the Style tab whose engine is imported when they begin: the window does not wait for it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.jobs import Job
from engine.knobs import Box
from engine.style.settings import StyleSettings


def painted(photo: np.ndarray, style: np.ndarray, box: Box[StyleSettings]) -> Job:
    """`engine.style.gatys.paint`."""
    from engine.style.gatys import paint

    return (yield from paint(photo, style, box))


def grams_of(style: np.ndarray, network: str) -> Job:
    """`engine.style.gatys.grams`."""
    from engine.style.gatys import grams

    return (yield from grams(style, network))


def saved(path: Path, picture: np.ndarray) -> Job:
    """`engine.style.keeping.saved`."""
    from engine.style.keeping import saved

    return (yield from saved(path, picture))
