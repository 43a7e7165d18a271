"""Generators side by side: the same codes, the same real pictures, the same judge (lecture row 116).

What autoencoders blur and GANs keep sharp is measured, and so is whether a generator only repeats what it saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.errors import LabError
from engine.jobs import Event, Job, Progress
from engine.latent.begin import Pictures, last_split, learnt_from, read_pictures
from engine.latent.explore import memorised, nearest
from engine.latent.marks import grid_images
from engine.latent.measure import Looked, figures, frechet, is_small
from engine.latent.model import Generative, pictures
from engine.latent.trained import Trained, open_generator
from engine.settings import load as load_settings
from engine.text import Text

SHOWN = 24
PAIRS = 8
COUNT = 1000
EDGE = 0.95  # the steepest twentieth of a picture's places are its edges
_LOOKING = Text("Looking at samples of {name}", "{name} 표본을 살펴보는 중")


@dataclass(frozen=True, slots=True, eq=False)
class Side(Event):
    """One generator as it was seen.

    samples: (24, S, S[, 3]) uint8 of the same codes for all. real, restored: (8, …) real pictures and what came through
    its code, empty without an encoder. made, copied: (8, …) samples and the training picture nearest to each, apart:
    (8,) their distance. figures: by name; small: too few for a Fréchet distance that says much.
    """

    place: int
    words: Text
    samples: np.ndarray
    real: np.ndarray
    restored: np.ndarray
    made: np.ndarray
    copied: np.ndarray
    apart: np.ndarray
    figures: dict[str, float]
    count: int
    small: bool


def compare(whiches: Sequence[str], *, data: Path | None = None, count: int = COUNT, seed: int = 0) -> Job:
    """Measure several generators alike; a job that yields a `Side` for each, and returns them.

    Args:
        whiches: as `open_generator` takes them. count: samples of each, and real pictures they are held against.
    Raises:
        LabError: no such generator, no data, fewer than 100 samples.
    """
    if count < 100:
        raise LabError(Text("Measure at least 100 samples.", "표본을 100장 이상으로 정해 주세요."))
    torch.set_num_threads(1)
    root = data or load_settings()[0].data()
    seen: dict[Any, tuple[Pictures, Pictures]] = {}
    sides = []
    for place, which in enumerate(whiches):
        trained = open_generator(which)
        yield Progress(place, len(whiches), _LOOKING(name=trained.recipe.name))
        card = trained.recipe
        key = (learnt_from(card, trained.about, root), card.side, card.channels)
        if key not in seen:
            train = yield from read_pictures(card, key[0], "train", root)
            seen[key] = (train, (yield from read_pictures(card, key[0], last_split(key[0]), root)))
        side = _side(place, trained, *seen[key], count=count, seed=seed)
        sides.append(side)
        yield side
    return tuple(sides)


def _side(place: int, trained: Trained, train: Pictures, test: Pictures, *, count: int, seed: int) -> Side:
    model = trained.model
    made = pictures(model, model.draw(count, torch.Generator().manual_seed(seed)))
    random = torch.Generator().manual_seed(seed)
    held = test.images[torch.randperm(len(test), generator=random)[:count]]  # sets may be sorted by class
    others = train.images[torch.randperm(len(train), generator=random)[:count]]
    look = trained.recipe.judge()
    seen, real, other = look(made), look(held), look(others)
    some = held[:PAIRS]
    restored = _restored(model, some)
    where, apart = nearest(made[:PAIRS], train.images)
    found = {**figures(seen, real), "frechet_real": frechet(other.features, real.features)}
    found |= _sharp(made, restored, held)
    found |= {"memorised": memorised(made[:200], train.images, held[:200])}
    if len(restored):
        found["error"] = float(((restored.float() - some.float()) / 255).square().mean())
    return Side(
        place,
        trained.words,
        grid_images(made[:SHOWN]),
        grid_images(some) if len(restored) else np.zeros((0, 1, 1), np.uint8),
        grid_images(restored),
        grid_images(made[:PAIRS]),
        grid_images(train.images[where]),
        apart,
        found,
        len(made),
        _is_small(seen, real),
    )


def _is_small(made: Looked, real: Looked) -> bool:
    return is_small(min(len(made), len(real)), made.features.shape[1])


def _sharp(made: Tensor, restored: Tensor, real: Tensor) -> dict[str, float]:
    """How steep the edges are beside real ones: of samples, and of what came through the code."""
    usual = max(1e-9, sharpness(grid_images(real[:200])))
    found = {"sharpness": sharpness(grid_images(made[:200])) / usual}
    return found | ({"sharpness_restored": sharpness(grid_images(restored)) / usual} if len(restored) else {})


def sharpness(images: np.ndarray) -> float:
    """Mean steepness at the edges of pictures (n, S, S[, 3]) uint8: levels a pixel, the steepest twentieth counts."""
    found = []
    for image in images:
        grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
        x, y = (cv2.Sobel(grey, cv2.CV_32F, *axis, ksize=3) / 8 for axis in ((1, 0), (0, 1)))
        steep = np.hypot(x, y)
        found.append(float(steep[steep >= np.quantile(steep, EDGE)].mean()))
    return float(np.mean(found))


def _restored(model: Generative, x: Tensor) -> Tensor:
    """Real pictures through the code and back; none without an encoder."""
    with torch.inference_mode():
        code = model.encode(x.float() / 255)
    return x[:0] if code is None else pictures(model, code)
