"""What the dataset browser asks of the data, as jobs: where sets are, one photograph, what augmentation makes of it."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch

from engine import places, settings
from engine.data import DATASETS, AnySet, DatasetCard, all_datasets
from engine.data.augment import augment
from engine.data.photoset import PhotoSet
from engine.data.pictures import read_small
from engine.data.signalset import SignalSet
from engine.data.thumbnails import fitted
from engine.errors import LabError
from engine.files import write_bytes
from engine.jobs import Job, Progress
from engine.text import Text
from engine.train.settings import TrainSettings

PREVIEW_SIDE = 160  # pixels: photographs are reduced before they are augmented for a look
MOSAIC_SIDE = 64
_LOOKING = Text("Looking for data sets", "데이터셋을 찾는 중")


@dataclass(frozen=True, slots=True)
class Around:
    """Which sets there are, and where each is on this machine (None = not here).

    opened: ids of the places a person has opened, as far as they are still listed.
    """

    cards: tuple[DatasetCard, ...]
    places: dict[str, Path | None]
    opened: frozenset[str]


def look_around(root: Path | None) -> Job:
    """Where each set is on this machine; yields Progress, returns `Around`.

    Args:
        root: the folder of data sets; None looks where the settings and CONVOSCOPE_DATA say.
    """
    root = root or settings.load()[0].data()
    cards, found = all_datasets(), {}
    for done, card in enumerate(cards):
        yield Progress(done, len(cards), _LOOKING)
        found[card.id] = card.find(root)
    own = {card.id for card in DATASETS}
    return Around(cards, found, frozenset(card.id for card in cards if card.id not in own))


def attempt(job: Job) -> Job:
    """Run `job` so that a `LabError` is an answer to show in its place: returns the job's result, or the sentence."""
    try:
        return (yield from job)
    except LabError as error:
        return error.text


@dataclass(frozen=True, slots=True)
class Finished:
    """A job that was run in slices has ended with this result."""

    result: object


def slice_of(job: Job, seconds: float) -> Job:
    """Run `job` for about `seconds`: returns `Finished` with its result, or None when there is more to do.

    Closing the slice closes the job.
    """
    until = time.perf_counter() + seconds
    closed = True
    try:
        while True:
            try:
                event = next(job)
            except StopIteration as end:
                closed = False
                return Finished(end.value)
            yield event
            if time.perf_counter() >= until:
                closed = False
                return None
    finally:
        if closed:
            job.close()


# One photograph


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """One photograph as it is looked at: its pixels, its mask where it has one, or what is wrong with either.

    image: (H, W, 3) uint8 RGB or None; mask: (H, W) uint8 or None.
    """

    index: int
    image: np.ndarray | None
    mask: np.ndarray | None
    problem: Text | None = None


def open_photo(photos: PhotoSet, index: int) -> Job:
    """Read one photograph and its mask; yields once, returns `Opened`. What cannot be read is told in it."""
    yield Progress(0, 1)
    image = mask = None
    try:
        image = photos.read(index)
        if photos.masks and photos.masks[index]:
            mask = photos.read_mask(index)
            if mask.shape != image.shape[:2]:  # as some sets do; the nearest class is the only honest one
                mask = cv2.resize(mask, image.shape[1::-1], interpolation=cv2.INTER_NEAREST)
    except LabError as error:
        return Opened(index, image, None, error.text)
    return Opened(index, image, mask)


def augmented(image: np.ndarray, how: TrainSettings, *, count: int, seed: int) -> Job:
    """`count` versions of one picture as training would see them; yields once, returns uint8 (count, *image.shape).

    Args:
        image: (H, W) or (H, W, 3) uint8; longer sides than `PREVIEW_SIDE` are reduced first.
        how:   its rotate, shift, scale, stretch, bend and augment are used.
        seed:  the same seed gives the same versions, so that a slider moves them and does not reshuffle.
    """
    yield Progress(0, 1)
    return _versions(reduced(image, PREVIEW_SIDE), how, count, seed)


def reduced(image: np.ndarray, longer: int) -> np.ndarray:
    """`image` with its longer side no more than `longer` pixels; the same array when it already is."""
    height, width = image.shape[:2]
    share = longer / max(height, width)
    if share >= 1:
        return image
    return cv2.resize(
        image, (max(1, round(width * share)), max(1, round(height * share))), interpolation=cv2.INTER_AREA
    )


def _versions(image: np.ndarray, how: TrainSettings, count: int, seed: int) -> np.ndarray:
    planes = image[..., None] if image.ndim == 2 else image
    one = torch.from_numpy(np.ascontiguousarray(planes.transpose(2, 0, 1), np.float32))  # (C, H, W)
    batch = one.expand(count, *one.shape).contiguous()  # (count, C, H, W)
    made = augment(batch, how, torch.Generator().manual_seed(seed))
    whole = made.round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1).numpy()
    return np.ascontiguousarray(whole.reshape(count, *image.shape))


# Four pictures for a card


def mosaic(card: DatasetCard, place: Path) -> Job:
    """Four pictures (or windows of a signal) of a set, to know it by; yields Progress, returns an array.

    Kept between starts, for reading a whole set for four of its pictures takes seconds.
    Returns: (4, h, w) or (4, h, w, 3) uint8, or (4, T, C) float32; None for a set with fewer.
    Raises: `LabError` when the set cannot be read.
    """
    split = card.splits[-1]  # the smallest part is enough
    key = hashlib.sha256(
        f"{card.id}\n{split}\n{place}\n{_changed(place)}".encode("utf-8", "surrogateescape")
    ).hexdigest()
    kept = places.cache() / "mosaics" / f"{key[:32]}.npy"
    try:
        return np.load(kept, allow_pickle=False)
    except (OSError, ValueError):
        pass  # not made yet, or damaged
    found = four_of((yield from card.read(split, place)))
    if found is not None:
        content = io.BytesIO()
        np.save(content, found, allow_pickle=False)
        write_bytes(kept, content.getvalue())
    return found


def _changed(place: Path) -> float:
    try:
        return place.stat().st_mtime
    except OSError:
        return 0.0


def four_of(set_: AnySet) -> np.ndarray | None:
    """The first four pictures of a set as one array, photographs as squares; None when it has fewer."""
    if len(set_) < 4:
        return None
    if isinstance(set_, SignalSet):
        return set_.x[np.linspace(0, len(set_) - 1, 4).astype(int)].astype(np.float32)
    if isinstance(set_, PhotoSet):
        made = list(_squares(set_))
        return np.stack(made) if len(made) == 4 else None
    return np.asarray(set_.images[:4])


def _squares(photos: PhotoSet) -> Iterator[np.ndarray]:
    made = 0
    for index in range(min(len(photos), 20)):
        try:
            small, _ = read_small(photos.path(index), MOSAIC_SIDE)
        except LabError:
            continue  # another one will do
        yield fitted(small, (MOSAIC_SIDE, MOSAIC_SIDE))
        made += 1
        if made == 4:
            return
