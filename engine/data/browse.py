"""What the dataset browser asks of the data, as jobs: where sets are, and what augmentation makes of a picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from engine import settings
from engine.data import DATASETS
from engine.data.augment import augment
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text
from engine.train.settings import TrainSettings

_LOOKING = Text("Looking for data sets", "데이터셋을 찾는 중")


def look_around(root: Path | None) -> Job:
    """Where each set is on this machine; yields Progress, returns {id: Path, or None where it is not here}.

    Args:
        root: the folder of data sets; None looks where the settings and CONVOSCOPE_DATA say.
    """
    root = root or settings.load()[0].data()
    found: dict[str, Path | None] = {}
    for done, card in enumerate(DATASETS):
        yield Progress(done, len(DATASETS), _LOOKING)
        found[card.id] = card.find(root)
    return found


def attempt(job: Job) -> Job:
    """Run `job` so that a `LabError` is an answer to show in its place: returns the job's result, or the sentence."""
    try:
        return (yield from job)
    except LabError as error:
        return error.text


def augmented(image: np.ndarray, how: TrainSettings, *, count: int, seed: int) -> Job:
    """`count` versions of one picture as training would see them; yields once, returns uint8 (count, *image.shape).

    Args:
        image: (H, W) or (H, W, 3) uint8.
        how:   its rotate, shift, scale, stretch and augment are used.
        seed:  the same seed gives the same versions, so that a slider moves them and does not reshuffle.
    """
    yield Progress(0, 1)
    return _versions(image, how, count, seed)


def _versions(image: np.ndarray, how: TrainSettings, count: int, seed: int) -> np.ndarray:
    planes = image[..., None] if image.ndim == 2 else image
    one = torch.from_numpy(np.ascontiguousarray(planes.transpose(2, 0, 1), np.float32))  # (C, H, W)
    batch = one.expand(count, *one.shape).contiguous()  # (count, C, H, W)
    made = augment(batch, how, torch.Generator().manual_seed(seed))
    whole = made.round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1).numpy()
    return np.ascontiguousarray(whole.reshape(count, *image.shape))
