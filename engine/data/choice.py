"""Which pictures of a set are shown, and in which order: every filter of the browser as one value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

import numpy as np

from engine.data.content import Content
from engine.data.predictions import Predictions


class Sort(Enum):
    """The order of the pictures. Confidence and loss need a network's reading of the set."""

    FILE = "file"
    LABEL = "label"
    SIZE = "size"
    CONFIDENCE = "confidence"
    LOSS = "loss"


class Reading(Enum):
    """Which of the pictures that a network read."""

    ALL = "all"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person asked for; everything at its default shows all pictures in file order.

    classes:  of these (or holding an object of these); empty = all.
    text:     words that must all occur in the file name or a caption.
    sizes:    lowest and highest longer side in pixels; None = any.
    reading:  by what a network said; read_as: only those read as this class.
    cell:     (label, reading): one square of the confusion matrix.
    picked:   indices picked by hand (a lasso), or None.
    """

    classes: frozenset[int] = frozenset()
    text: str = ""
    sizes: tuple[int, int] | None = None
    reading: Reading = Reading.ALL
    read_as: int | None = None
    cell: tuple[int, int] | None = None
    picked: np.ndarray | None = field(default=None, compare=False)
    sort: Sort = Sort.FILE

    @property
    def filters(self) -> int:
        """How many filters beside the classes and the text are set."""
        by_reading = self.reading is not Reading.ALL, self.read_as is not None, self.cell is not None
        return sum((self.sizes is not None, *by_reading, self.picked is not None))

    def without_reading(self) -> Choice:
        """Nothing that needs a network's reading."""
        sort = Sort.FILE if self.sort in (Sort.CONFIDENCE, Sort.LOSS) else self.sort
        return replace(self, reading=Reading.ALL, read_as=None, cell=None, sort=sort)


def order_of(
    choice: Choice,
    content: Content,
    *,
    predictions: Predictions | None = None,
    sizes: np.ndarray | None = None,
    pixels: np.ndarray | None = None,
) -> np.ndarray | None:
    """(n,) int64 indices of the pictures to show, in order; None when it is all of them in file order.

    Args:
        sizes:  (N, 2) int32 as far as they are known by now; None takes those of `content`.
        pixels: (N, classes) int64 pixels of each class in each mask.
    """
    keep = np.ones(content.count, bool)
    if choice.classes:
        keep &= content.has(choice.classes, pixels)
    for word in choice.text.casefold().split():
        keep &= _holding(word, content)
    known = content.sizes if sizes is None else sizes
    longer = np.zeros(content.count, np.int64) if known is None else known.max(axis=1).astype(np.int64)
    if choice.sizes:
        keep &= (longer >= choice.sizes[0]) & (longer <= choice.sizes[1])
    if predictions:
        keep &= _read_so(choice, predictions)
    if choice.picked is not None:
        keep &= np.isin(np.arange(content.count), choice.picked)
    key = _key(choice.sort, content, longer, predictions)
    if key is None:
        return None if keep.all() else np.flatnonzero(keep)
    chosen = np.flatnonzero(keep)
    return chosen[np.argsort(key[chosen], kind="stable")]


def _holding(word: str, content: Content) -> np.ndarray:
    if not content.words:
        return np.zeros(content.count, bool)
    return np.fromiter((word in said for said in content.words), bool, content.count)


def _read_so(choice: Choice, predictions: Predictions) -> np.ndarray:
    keep = np.ones(len(predictions.read_as), bool)
    if choice.reading is not Reading.ALL:
        keep &= predictions.judged & (predictions.right == (choice.reading is Reading.RIGHT))
    if choice.read_as is not None:
        keep &= predictions.read_as == choice.read_as
    if choice.cell is not None:
        label, read_as = choice.cell
        keep &= (predictions.labels == label) & (predictions.read_as == read_as)
    return keep


def _key(sort: Sort, content: Content, longer: np.ndarray, predictions: Predictions | None) -> np.ndarray | None:
    """What to sort by, smallest first; None for file order."""
    if sort is Sort.LABEL:
        if content.labels is not None:
            return np.where(content.labels < 0, content.classes, content.labels)  # those without a label last
        return -content.per_picture if content.marked else None
    if sort is Sort.SIZE:
        return -longer
    if predictions and sort is Sort.CONFIDENCE:
        return np.where(predictions.read_as < 0, 2.0, predictions.confidence)  # the unsure ones are worth a look
    if predictions and sort is Sort.LOSS:
        return np.where(np.isnan(predictions.loss), np.inf, -predictions.loss)
    return None
