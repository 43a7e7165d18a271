"""What every set of labelled pictures in this program is, and how it is offered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.cards import Card
from engine.errors import LabError
from engine.jobs import Job
from engine.text import Text


class Rows:
    """Some pictures of a set on disk, read only when asked for; indexed like the array they stand for."""

    def __init__(self, whole: np.ndarray, rows: np.ndarray) -> None:
        self._whole, self._rows = whole, rows
        self.shape = (len(rows), *whole.shape[1:])

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, which: Any) -> np.ndarray:
        return self._whole[self._rows[which]]


@dataclass(frozen=True, slots=True, eq=False)
class ImageSet:
    """One split of a labelled set of pictures, all of one size.

    images: (N, H, W) grey or (N, H, W, 3) RGB uint8; an np.memmap (its parts: `Rows`) when too large for memory.
        Never written.
    labels: (N,) int64, indices into `classes`.
    fingerprint: SHA-256 over shape, pixels and labels; tells whether two runs saw the same data.
    lossy: True for a copy whose pixels went through JPEG although the published set is lossless.
    """

    id: str
    split: str
    images: np.ndarray
    labels: np.ndarray
    classes: tuple[Text, ...]
    note: Text
    fingerprint: str
    lossy: bool = False

    def __len__(self) -> int:
        return len(self.labels)

    def part(self, indices: np.ndarray, split: str) -> ImageSet:
        """The pictures at `indices` ((n,) int64) as a set of their own."""
        on_disk = isinstance(self.images, np.memmap)
        images: Any = Rows(self.images, indices) if on_disk else self.images[indices]
        labels = self.labels[indices]
        found = fingerprint(images, labels)
        return ImageSet(self.id, split, images, labels, self.classes, self.note, found, self.lossy)


def fingerprint(images: np.ndarray, labels: np.ndarray) -> str:
    """SHA-256 of shape, pixels and labels, read in pieces so that a memmap stays on disk."""
    total = hashlib.sha256(repr(images.shape).encode())
    for start in range(0, len(images), 8192):
        total.update(np.ascontiguousarray(images[start : start + 8192]).data)
    total.update(np.ascontiguousarray(labels).data)
    return total.hexdigest()


@dataclass(frozen=True, slots=True)
class DatasetCard:
    """A set of pictures this program can open.

    splits: its parts, the one to train on first. counts: pictures in each.
    bundled: it arrives with an installed package, so it is always here.
    find: given the folder of data sets (None = not said), where this one is, or None.
    read: (split, place) to a job that returns an `ImageSet`.
    """

    card: Card
    splits: tuple[str, ...]
    counts: tuple[int, ...]
    size_words: Text
    bundled: bool
    find: Callable[[Path | None], Path | None]
    read: Callable[[str, Path], Job]

    @property
    def id(self) -> str:
        return self.card.id

    @property
    def last_split(self) -> str:
        """The part to measure on once, at the end: test, or val where test is not here."""
        return next((split for split in ("test", "val") if split in self.splits), self.splits[-1])


def check_split(dataset: DatasetCard, split: str) -> None:
    if split not in dataset.splits:
        text = Text(
            "{name} has no split “{split}”. It has: {known}.", "{name}에 ‘{split}’ 부분이 없어요. 있는 것: {known}."
        )
        raise LabError(text(name=dataset.card.name, split=split, known=", ".join(dataset.splits)))


def split_by_class(labels: np.ndarray, share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """(kept, taken) indices, each (n,) int64 in ascending order, taking `share` of every class at random."""
    rng = np.random.default_rng(seed)
    taken = []
    for value in np.unique(labels):
        of_class = np.flatnonzero(labels == value)
        taken.append(rng.permutation(of_class)[: round(share * len(of_class))])
    held = np.sort(np.concatenate(taken))
    return np.setdiff1d(np.arange(len(labels)), held), held
