"""What training makes of a photograph with its marks: the trainers' own changes, for a look (lecture row 37)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from engine.data.browse import Opened, reduced
from engine.data.photoset import PhotoSet
from engine.data.pictures import read_small
from engine.data.thumbnails import fitted
from engine.errors import LabError
from engine.jobs import Job, Progress

if TYPE_CHECKING:
    from engine.detect.augment import Sample

SIDE = 112  # pixels of a version, square
_OTHERS = 5  # neighbours that share a picture with it, as the detector's trainer does


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One picture as training would see it.

    image: (SIDE, SIDE, 3) uint8. boxes: (n, 4) float32 in its pixels, labels: (n,) int64; None without boxes.
    mask:  (SIDE, SIDE) uint8 class numbers, None without a mask.
    """

    image: np.ndarray
    boxes: np.ndarray | None = None
    labels: np.ndarray | None = None
    mask: np.ndarray | None = None


def marked_versions(photos: PhotoSet, opened: Opened, *, strength: float, count: int, seed: int) -> Job:
    """`count` versions of a photograph with boxes or a mask; yields once, returns a tuple of `Version`.

    strength: in [0, 1], the trainers' setting `augment`. seed: the same one gives the same versions.
    """
    yield Progress(0, 1)
    if opened.image is None:
        return ()
    if opened.mask is not None:
        return tuple(_cropped(photos, opened, strength, np.random.default_rng((seed, i))) for i in range(count))
    if photos.objects is None:
        return tuple(Version(fitted(reduced(opened.image, 2 * SIDE), (SIDE, SIDE))) for _ in range(count))
    return _placed(photos, opened, strength, count, seed)


def _cropped(photos: PhotoSet, opened: Opened, strength: float, rng: np.random.Generator) -> Version:
    """As the segmentation trainer crops, from a picture of about the size of its crops."""
    from engine.segment.augment import crop

    assert opened.image is not None and opened.mask is not None
    image = reduced(opened.image, 2 * SIDE)
    height, width = image.shape[:2]
    rows = (np.arange(height) * opened.mask.shape[0] / height).astype(int)
    columns = (np.arange(width) * opened.mask.shape[1] / width).astype(int)
    void = 255 if photos.void is None else photos.void
    seen, mask = crop(image, opened.mask[rows][:, columns], (SIDE, SIDE), void=void, strength=strength, rng=rng)
    return Version(seen, mask=mask)


def _placed(photos: PhotoSet, opened: Opened, strength: float, count: int, seed: int) -> tuple[Version, ...]:
    """As the detection trainer places, mixes and recolours."""
    from engine.detect.augment import Changes, changed
    from engine.detect.lesson import weakened

    first = _sample(photos, opened.index, opened.image)
    others = [_sample(photos, (opened.index + step) % len(photos), None) for step in range(1, _OTHERS + 1)]
    known = [sample for sample in others if sample is not None]
    assert first is not None
    pool, made = known or [first], []
    for i in range(count):
        rng = np.random.default_rng((seed, i))
        drawn = partial(_drawn, pool, rng)
        found = changed(first, drawn, size=(SIDE, SIDE), changes=weakened(Changes(), strength), rng=rng)
        made.append(Version(found.picture, found.boxes, found.labels))
    return tuple(made)


def _drawn(pool: list[Sample], rng: np.random.Generator) -> Sample:
    return pool[int(rng.integers(len(pool)))]


def _sample(photos: PhotoSet, index: int, image: np.ndarray | None) -> Sample | None:
    """A photograph, reduced, and its boxes; None when it cannot be read."""
    from engine.detect.augment import Sample

    assert photos.objects is not None  # only sets with boxes come here
    objects = photos.objects[index]
    try:
        small, (width, height) = (
            (image, (image.shape[1], image.shape[0])) if image is not None else read_small(photos.path(index), 2 * SIDE)
        )
    except LabError:
        return None
    small = reduced(small, 3 * SIDE)
    share = np.array([small.shape[1] / width, small.shape[0] / height] * 2, np.float32)
    labels = np.where(objects.crowd, -1, objects.labels)
    return Sample(small, (objects.boxes * share).astype(np.float32), labels)
