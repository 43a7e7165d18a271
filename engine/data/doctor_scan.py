"""One look at every picture of a set: its small grey self, its size, its colours, and whether it can be read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from engine.data.doctor_finding import Case
from engine.data.features import squeezed
from engine.data.imageset import ImageSet
from engine.data.photoset import PhotoSet
from engine.data.pictures import read_small
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text

SIDE = 40  # pixels of the small pictures that are compared; smaller pictures keep their own size
_EVERY = 32
_LOOKING = Text("Looking at every picture", "그림을 하나씩 보는 중")


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """What was seen of the N pictures of a split.

    small:   (N, S, S) uint8 grey, the whole picture squeezed into a square; zeros where it cannot be read.
    spread:  (N,) float32, standard deviation of its brightness, 0 to 127.
    chroma:  (N,) float32, mean distance between its strongest and weakest colour channel, 0 to 255.
    sizes:   (N, 2) int32 width and height in pixels, 0 where it cannot be read.
    modes:   how each file stores its colours, in Pillow's words; "" where it cannot be read, () for arrays.
    digests: of the file's bytes, or of the pixels where there is no file.
    faults:  why a picture cannot be read, by index.
    """

    small: np.ndarray
    spread: np.ndarray
    chroma: np.ndarray
    sizes: np.ndarray
    modes: tuple[str, ...]
    digests: tuple[bytes, ...]
    faults: dict[int, Text]

    @property
    def readable(self) -> np.ndarray:
        """(N,) bool."""
        return self.sizes[:, 0] > 0


def scanned(case: Case) -> Job:
    """The scans of all splits with pictures, made once; yields `Progress`, returns {split: `Scan`}."""
    total = sum(len(set_) for set_ in case.pictures.values())
    before = 0
    for split, set_ in case.pictures.items():
        if split not in case.scans:
            case.scans[split] = yield from _scan(set_, before, total)
        before += len(set_)
    return case.scans


def _scan(set_: ImageSet | PhotoSet, before: int, total: int) -> Job:
    n = len(set_)
    side = min(SIDE, max(set_.images.shape[1:3])) if isinstance(set_, ImageSet) else SIDE
    small, spread, chroma = np.zeros((n, side, side), np.uint8), np.zeros(n, np.float32), np.zeros(n, np.float32)
    sizes, faults = np.zeros((n, 2), np.int32), {}
    modes, digests = [""] * n, [b""] * n
    for i in range(n):
        if i % _EVERY == 0:
            yield Progress(before + i, total, _LOOKING)
        try:
            image, sizes[i], modes[i], digests[i] = _open(set_, i)
        except LabError as error:
            faults[i] = error.text
            continue
        grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
        small[i] = squeezed(grey, side)
        spread[i] = grey.std()
        if image.ndim == 3:
            chroma[i] = np.ptp(image, axis=2).mean()
    known = tuple(modes) if isinstance(set_, PhotoSet) else ()
    return Scan(small, spread, chroma, sizes, known, tuple(digests), faults)


def _open(set_: ImageSet | PhotoSet, index: int) -> tuple[np.ndarray, tuple[int, int], str, bytes]:
    """(small picture, (width, height), mode, digest). Raises `LabError`."""
    if isinstance(set_, ImageSet):
        image = np.ascontiguousarray(set_.images[index])
        return image, (image.shape[1], image.shape[0]), "", _digest(image.tobytes())
    path = set_.path(index)
    image, size = read_small(path, 2 * SIDE)
    with Image.open(path) as file:  # read_small has just shown that it opens
        mode = file.mode + ("A" if file.mode == "P" and "transparency" in file.info else "")
    return image, size, mode, _digest(path.read_bytes())


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
