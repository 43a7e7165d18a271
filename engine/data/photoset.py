"""Sets of photographs of any size, read from disk one at a time, with what people marked in them."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from engine.data.pictures import read_rgb
from engine.errors import LabError
from engine.text import Text


@dataclass(frozen=True, slots=True, eq=False)
class Objects:
    """The objects marked in one picture, in the order of its file.

    boxes:     (N, 4) float32, x1 y1 x2 y2 in pixels of the picture; x2 and y2 are where the box ends.
    labels:    (N,) int64, indices into the set's `classes`.
    crowd:     (N,) bool: one mark for many objects (COCO's iscrowd); not scored.
    outlines:  for each object its rings, each (P, 2) float32 x y in pixels; () where only the box is known.
    keypoints: (N, K, 3) float32 x, y, visibility (0 not marked, 1 hidden, 2 seen); K = 0 where there are none.
    """

    boxes: np.ndarray
    labels: np.ndarray
    crowd: np.ndarray
    outlines: tuple[tuple[np.ndarray, ...], ...]
    keypoints: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    @classmethod
    def of(
        cls,
        boxes: np.ndarray,
        labels: np.ndarray,
        *,
        crowd: np.ndarray | None = None,
        outlines: tuple[tuple[np.ndarray, ...], ...] | None = None,
        keypoints: np.ndarray | None = None,
    ) -> Objects:
        """Objects with boxes and labels; what is not given is empty."""
        count = len(labels)
        return cls(
            np.asarray(boxes, np.float32).reshape(count, 4),
            np.asarray(labels, np.int64).reshape(count),
            np.zeros(count, bool) if crowd is None else np.asarray(crowd, bool),
            ((),) * count if outlines is None else outlines,
            np.zeros((count, 0, 3), np.float32) if keypoints is None else np.asarray(keypoints, np.float32),
        )

    @property
    def areas(self) -> np.ndarray:
        """Width × height of each box, (N,) float32 in pixels."""
        return (self.boxes[:, 2] - self.boxes[:, 0]) * (self.boxes[:, 3] - self.boxes[:, 1])


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of a set that could not be used, and why."""

    file: str
    why: Text


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class PhotoSet:
    """One split of a set of photographs; nothing but names and marks is in memory.

    files:      names relative to `folder`, with forward slashes.
    sizes:      (N, 2) int32 width and height; 0 where not known before the file is opened.
    labels:     (N,) int64 class of each picture, −1 = none; None in sets without a class per picture.
    objects:    what is marked in each picture; None in sets without boxes.
    masks:      for each picture a PNG of class indices, relative to `folder` ("" = none); None without masks.
    captions:   sentences about each picture; None in sets without.
    keypoint_names, skeleton: names of the K keypoints, and the pairs of them to join by a line.
    colours:    (classes, 3) uint8 RGB where the set has colours of its own.
    void:       the index in masks that is no class and is not scored; None = every index counts.
    unreadable: files that were passed over.
    fingerprint: SHA-256 over names, file sizes and marks; tells whether two runs saw the same data.
    """

    id: str
    split: str
    folder: Path
    files: tuple[str, ...]
    sizes: np.ndarray
    classes: tuple[Text, ...]
    note: Text
    labels: np.ndarray | None = None
    objects: tuple[Objects, ...] | None = None
    masks: tuple[str, ...] | None = None
    captions: tuple[tuple[str, ...], ...] | None = None
    keypoint_names: tuple[str, ...] = ()
    skeleton: tuple[tuple[int, int], ...] = ()
    colours: np.ndarray | None = None
    void: int | None = None
    unreadable: tuple[Unreadable, ...] = ()
    fingerprint: str = ""

    def __len__(self) -> int:
        return len(self.files)

    def path(self, index: int) -> Path:
        return self.folder / self.files[index]

    def read(self, index: int) -> np.ndarray:
        """Picture `index`, (H, W, 3) uint8 RGB, turned as its EXIF says. Raises `LabError` naming the file."""
        return read_rgb(self.path(index))

    def read_mask(self, index: int) -> np.ndarray:
        """Class index of every pixel of picture `index`, (H, W) uint8. Raises `LabError` naming the file."""
        assert self.masks is not None
        path = self.folder / self.masks[index]
        try:
            with Image.open(path) as image:
                if image.mode not in ("L", "P"):
                    raise ValueError(image.mode)
                return np.asarray(image).copy()
        except (OSError, ValueError, SyntaxError) as error:
            text = Text(
                "{path} is not a mask: a picture whose pixels are class numbers.",
                "{path} 파일은 마스크가 아니에요. 픽셀 값이 클래스 번호인 그림이어야 해요.",
            )
            raise LabError(text(path=path)) from error

    def part(self, indices: np.ndarray, split: str) -> PhotoSet:
        """The pictures at `indices` ((n,) int64) as a set of their own."""
        chosen = [int(i) for i in indices]

        def of(values: tuple | None) -> tuple | None:
            return None if values is None else tuple(values[i] for i in chosen)

        labels = None if self.labels is None else self.labels[indices]
        part = dataclasses.replace(
            self,
            split=split,
            files=of(self.files) or (),
            sizes=self.sizes[indices],
            labels=labels,
            objects=of(self.objects),
            masks=of(self.masks),
            captions=of(self.captions),
        )
        return with_fingerprint(part)


def with_fingerprint(photos: PhotoSet) -> PhotoSet:
    """`photos` with the fingerprint of their names, file sizes and marks."""
    total = hashlib.sha256()
    for name in photos.files:
        total.update(f"{name} {_bytes_of(photos.folder, name)}\n".encode())
    for values in _marks(photos):
        total.update(values)
    return dataclasses.replace(photos, fingerprint=total.hexdigest())


def _bytes_of(folder: Path, name: str) -> int:
    """The size of a file, −1 when there is none; asks once and without pathlib, for there may be 20,000."""
    try:
        found = os.stat(os.path.join(folder, name))
    except OSError:
        return -1
    return found.st_size if stat.S_ISREG(found.st_mode) else -1


def _marks(photos: PhotoSet) -> Iterable[bytes]:
    yield "\n".join(c.en for c in photos.classes).encode()
    if photos.labels is not None:
        yield photos.labels.astype(np.int64).tobytes()
    for objects in photos.objects or ():
        yield objects.boxes.tobytes() + objects.labels.tobytes() + objects.crowd.tobytes()
    for name in photos.masks or ():
        yield f"{name} {_bytes_of(photos.folder, name)}\n".encode()
    for sentences in photos.captions or ():
        yield "\n".join(sentences).encode()
