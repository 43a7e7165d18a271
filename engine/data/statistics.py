"""What a set of pictures has in common: how many of each class, the average picture, how bright its pixels are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.jobs import Job, Progress
from engine.text import Text

CHUNK_PIXELS = 1_000_000  # per step: a few milliseconds, so that a newer question need not wait for the older


@dataclass(frozen=True, slots=True)
class Summary:
    """What `summarise` found in one choice of pictures.

    mean:      (H, W) or (H, W, 3) float32, the average picture; zeros when there is none.
    by_class:  (classes, …) float32, the average of each class; zeros for a class without pictures.
    counts:    (classes,) int64, how many pictures of each class.
    histogram: (256,) int64, how many pixels have each value.
    channel_mean, channel_std: (C,) float64 in [0, 255], over all pixels of each channel (grey, or R G B).
    total:     how many pictures were asked about; more than `count` where only some were opened.
    """

    count: int
    mean: np.ndarray
    by_class: np.ndarray
    counts: np.ndarray
    histogram: np.ndarray
    channel_mean: np.ndarray
    channel_std: np.ndarray
    total: int


def class_counts(labels: np.ndarray, classes: int) -> np.ndarray:
    """How many of `labels` are each of 0 … classes−1, (classes,) int64."""
    return np.bincount(labels, minlength=classes)[:classes].astype(np.int64)


def summarise(images: np.ndarray, labels: np.ndarray, *, classes: int, index: np.ndarray | None = None) -> Job:
    """Describe the pictures that `index` names (None = all); yields Progress, returns a `Summary`.

    Works in small steps on the array as it is (a memmap too), so that a filter of 60,000 pictures
    needs no copy and a newer filter can cancel it.
    """
    total = len(labels) if index is None else len(index)
    sums = np.zeros((classes, *images.shape[1:]), np.float64)
    counts, done = np.zeros(classes, np.int64), 0
    levels = np.arange(256, dtype=np.float64)
    channels = np.zeros((3 if images.ndim == 4 else 1, 256), np.int64)
    note = Text("Averaging pictures", "평균을 내는 중")
    for part, of in zip(_chunks(images, index), _chunks(labels, index, like=images), strict=True):
        for label in np.unique(of):
            sums[label] += part[of == label].sum(axis=0, dtype=np.float64)
        counts += class_counts(of, classes)
        planes = part.reshape(-1, len(channels)) if images.ndim == 4 else part.reshape(-1, 1)
        for channel, values in zip(channels, planes.T, strict=True):
            channel += np.bincount(values, minlength=256)
        done += len(of)
        yield Progress(done, total, note)
    histogram = channels.sum(axis=0)
    per = counts.reshape(-1, *[1] * (images.ndim - 1))
    pixels = np.maximum(1, channels.sum(axis=1))
    mean = channels @ levels / pixels
    return Summary(
        count=total,
        mean=(sums.sum(axis=0) / max(1, total)).astype(np.float32),
        by_class=(sums / np.maximum(1, per)).astype(np.float32),
        counts=counts,
        histogram=histogram,
        channel_mean=mean,
        channel_std=np.sqrt(np.maximum(0.0, channels @ levels**2 / pixels - mean**2)),
        total=total,
    )


def _chunks(values: np.ndarray, index: np.ndarray | None, like: np.ndarray | None = None) -> Iterator[np.ndarray]:
    """`values[index]` piece by piece; `like` gives the pictures whose size decides how many fit in a piece."""
    pictures = values if like is None else like
    size = max(1, CHUNK_PIXELS // max(1, int(np.prod(pictures.shape[1:]))))
    total = len(values) if index is None else len(index)
    for start in range(0, total, size):
        yield values[start : start + size] if index is None else values[index[start : start + size]]
