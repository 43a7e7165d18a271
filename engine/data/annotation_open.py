"""One picture of a set with its marks as they are now: what the set says, and all that was done since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from engine.data.annotation import VOID, Move
from engine.data.draft import marks_now
from engine.data.edits import Marks, marks_of
from engine.data.photoset import PhotoSet
from engine.data.tint import tinted
from engine.jobs import Job, Progress

PREVIEW = 2048  # pixels of the longer side; enough for any screen while the whole picture is in view


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A picture to annotate.

    image: (H, W, 3) uint8 RGB. preview: the same, reduced where it is larger than a screen. tint: its mask as
    `tinted` pixels, (H, W) uint32, None without a mask.
    """

    index: int
    image: np.ndarray
    preview: np.ndarray
    marks: Marks
    tint: np.ndarray | None


def open_picture(photos: PhotoSet, index: int, way: Sequence[Move], draft: Path, *, tints: np.ndarray) -> Job:
    """A job that reads picture `index` and its marks; returns `Opened`. Raises `LabError` naming the file.

    tints: (256, 2) uint32 pixels of each class, for `tinted`.
    """
    image = photos.read(index)
    yield Progress(1, 3)
    size = (image.shape[1], image.shape[0])
    marks = marks_now(marks_in(photos, index, size), way, draft)
    yield Progress(2, 3)
    tint = None if marks.mask is None else tinted(marks.mask, tints, (0, 0, marks.mask.shape[1], marks.mask.shape[0]))
    return Opened(index, image, reduced(image), marks, tint)


def reduced(image: np.ndarray) -> np.ndarray:
    """A picture of at most `PREVIEW` pixels, by area averaging; itself where it is no larger."""
    larger = max(image.shape[:2]) / PREVIEW
    if larger <= 1:
        return image
    size = (max(1, round(image.shape[1] / larger)), max(1, round(image.shape[0] / larger)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA)


def marks_in(photos: PhotoSet, index: int, size: tuple[int, int], *, pixels: bool = True) -> Marks:
    """What the set says of picture `index` of this size (width, height); with `pixels` its mask too.

    In the mask `VOID` is what is no class, whatever number the set has for it: so classes can be added.
    """
    mask = None
    if pixels and photos.masks is not None and photos.masks[index]:
        mask = plain_mask(photos, index)
    return Marks(
        size=size,
        objects=marks_of(photos.objects[index]) if photos.objects is not None else (),
        label=-1 if photos.labels is None else int(photos.labels[index]),
        captions=() if photos.captions is None else photos.captions[index],
        mask=mask,
    )


def plain_mask(photos: PhotoSet, index: int) -> np.ndarray:
    """The mask of a picture, (H, W) uint8, with `VOID` for what is no class. Raises `LabError` naming the file."""
    mask = photos.read_mask(index)
    known = mask < min(len(photos.classes), VOID)
    if photos.void is not None:
        known &= mask != photos.void
    return np.where(known, mask, np.uint8(VOID))
