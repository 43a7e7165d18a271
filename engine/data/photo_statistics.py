"""What a set of photographs or of signals has in common: colours, sizes, objects, memory (lecture rows 12, 13, 93–95)."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engine.data.content import Content
from engine.data.facts import Comparison, about_which, compare
from engine.data.forms.form import AnySet
from engine.data.imageset import ImageSet
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from engine.data.statistics import Summary, class_counts, summarise
from engine.data.thumbnails import fitted
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text

OPENED = 240  # photographs; enough for a mean, and a second or two of work
SMALL, LARGE = 32.0, 96.0  # pixels: COCO calls an object small below 32², large from 96² on (cocodataset.org)
MOST_COUNTED = 20  # objects in one picture; the last bar holds all above
_NOTE = Text("Opening photographs", "사진을 여는 중")


def summarise_photos(
    photos: PhotoSet, *, tile: tuple[int, int], index: np.ndarray | None = None, most: int = OPENED
) -> Job:
    """Describe the photographs that `index` names (None = all) by up to `most` of them, evenly spread.

    tile: (h, w) of the average picture, made of the middle of each photograph.
    Returns: `Summary`; its histogram and channel figures are those of whole photographs.
    """
    asked = np.arange(len(photos)) if index is None else np.sort(index)
    chosen = asked[np.linspace(0, len(asked) - 1, min(most, len(asked))).round().astype(int)] if len(asked) else asked
    classes = len(photos.classes) if photos.labels is not None else 0
    sums, counts = np.zeros((max(1, classes), *tile, 3)), np.zeros(max(1, classes), np.int64)
    channels = np.zeros((3, 256))
    for done, i in enumerate(chosen):
        yield Progress(done, len(chosen), _NOTE)
        try:
            image = photos.read(int(i))
        except LabError:
            continue  # listed with the thumbnails
        of = max(0, int(photos.labels[i])) if photos.labels is not None else 0
        sums[of] += fitted(image, tile)
        counts[of] += 1
        for channel in range(3):  # OpenCV lets the window go on while it counts
            channels[channel] += cv2.calcHist([image], [channel], None, [256], [0, 256]).ravel()
    return _summary(sums, counts, channels, total=len(asked))


def _summary(sums: np.ndarray, counts: np.ndarray, channels: np.ndarray, *, total: int) -> Summary:
    levels, pixels = np.arange(256, dtype=np.float64), np.maximum(1, channels.sum(axis=1))
    mean, count = channels @ levels / pixels, int(counts.sum())
    return Summary(
        count=count,
        mean=(sums.sum(axis=0) / max(1, count)).astype(np.float32),
        by_class=(sums / np.maximum(1, counts)[:, None, None, None]).astype(np.float32),
        counts=counts,
        histogram=channels.sum(axis=0).astype(np.int64),
        channel_mean=mean,
        channel_std=np.sqrt(np.maximum(0.0, channels @ levels**2 / pixels - mean**2)),
        total=total,
    )


@dataclass(frozen=True, slots=True, eq=False)
class SignalSummary:
    """What windows of a signal have in common.

    mean:     (T, C) float32, the average window; by_class: (classes, T, C), of each class.
    counts:   (classes,) int64 windows of each class.
    low, high, channel_mean, channel_std: (C,) float64 in the unit of the set.
    """

    count: int
    mean: np.ndarray
    by_class: np.ndarray
    counts: np.ndarray
    low: np.ndarray
    high: np.ndarray
    channel_mean: np.ndarray
    channel_std: np.ndarray


def summarise_signals(signals: SignalSet, *, index: np.ndarray | None = None) -> Job:
    """Describe the windows that `index` names (None = all); yields Progress, returns a `SignalSummary`."""
    classes = len(signals.classes)
    chosen = np.arange(len(signals)) if index is None else index
    sums = np.zeros((classes, *signals.x.shape[1:]))
    channels = signals.x.shape[2]
    total, squares = np.zeros(channels), np.zeros(channels)
    low, high = np.full(channels, np.inf), np.full(channels, -np.inf)
    for start in range(0, len(chosen), 1000):
        yield Progress(start, len(chosen), Text("Averaging windows", "평균을 내는 중"))
        part = signals.x[chosen[start : start + 1000]].astype(np.float64)
        labels = signals.labels[chosen[start : start + 1000]]
        for label in np.unique(labels):
            sums[label] += part[labels == label].sum(axis=0)
        total += part.sum(axis=(0, 1))
        squares += (part**2).sum(axis=(0, 1))
        low, high = np.minimum(low, part.min(axis=(0, 1))), np.maximum(high, part.max(axis=(0, 1)))
    counts = class_counts(signals.labels[chosen], classes)
    values = max(1, len(chosen) * signals.x.shape[1])
    mean = total / values
    return SignalSummary(
        count=len(chosen),
        mean=(sums.sum(axis=0) / max(1, len(chosen))).astype(np.float32),
        by_class=(sums / np.maximum(1, counts)[:, None, None]).astype(np.float32),
        counts=counts,
        low=np.where(np.isfinite(low), low, 0.0),
        high=np.where(np.isfinite(high), high, 0.0),
        channel_mean=mean,
        channel_std=np.sqrt(np.maximum(0.0, squares / values - mean**2)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Objects:
    """What is marked in the pictures shown.

    per_picture: (MOST_COUNTED + 1,) int64, how many pictures hold 0, 1, … objects; the last holds all above too.
    mean:        objects a picture, over all pictures, empty ones too; median and most of them.
    small, medium, large: shares of the objects, by the bounds COCO uses.
    sides:       (n,) float32, the square root of each box's area in pixels.
    """

    pictures: int
    objects: int
    empty: int
    per_picture: np.ndarray
    mean: float
    most: int
    small: float
    medium: float
    large: float
    sides: np.ndarray


def count_objects(content: Content, index: np.ndarray | None = None) -> Objects:
    """Count what is marked in the pictures at `index` (None = all). Crowds are counted as one object."""
    per = content.per_picture
    shown = np.ones(content.count, bool)
    if index is not None:
        shown = np.isin(np.arange(content.count), index)
    per = per[shown]
    boxes = content.boxes[shown[content.owner]] if len(content.owner) else content.boxes
    sides = np.sqrt(np.maximum(0, (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])))
    many = max(1, len(sides))
    return Objects(
        pictures=len(per),
        objects=int(per.sum()),
        empty=int((per == 0).sum()),
        per_picture=np.bincount(np.minimum(per, MOST_COUNTED), minlength=MOST_COUNTED + 1).astype(np.int64),
        mean=float(per.mean()) if len(per) else 0.0,
        most=int(per.max(initial=0)),
        small=float((sides < SMALL).sum() / many),
        medium=float(((sides >= SMALL) & (sides < LARGE)).sum() / many),
        large=float((sides >= LARGE).sum() / many),
        sides=sides,
    )


def common_sizes(sizes: np.ndarray, most: int = 3) -> list[tuple[int, int, int]]:
    """(width, height, how many) of the sizes that occur most, (N, 2) int32 with 0 for those not known."""
    known = sizes[(sizes > 0).all(axis=1)]
    values, counts = np.unique(known, axis=0, return_counts=True)
    order = np.argsort(-counts, kind="stable")[:most]
    return [(int(values[i][0]), int(values[i][1]), int(counts[i])) for i in order]


@dataclass(frozen=True, slots=True)
class Memory:
    """What all pictures of a set take in memory, one byte for each number (lecture row 13).

    colour, grey: bytes; is_grey: the set itself has one number a pixel. known: over how many of the pictures.
    """

    colour: int
    grey: int
    is_grey: bool
    known: int


def memory_of(set_: ImageSet | PhotoSet, sizes: np.ndarray | None = None) -> Memory:
    """Colour takes three times the memory of grey: three numbers for each pixel instead of one."""
    if isinstance(set_, ImageSet):
        pixels = int(np.prod(set_.images.shape[:3]))
        return Memory(3 * pixels, pixels, len(set_.images.shape) == 3, len(set_))
    found = set_.sizes if sizes is None else sizes
    pixels = int(found.astype(np.int64).prod(axis=1).sum())
    return Memory(3 * pixels, pixels, False, int((found > 0).all(axis=1).sum()))


AVERAGE_SIDE = 96  # pixels of the average photograph


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """All the browser says about the pictures shown.

    pixels:  averages and values; signals: the same of windows. objects: what is marked, None where nothing can be.
    sizes:   (width, height, how many) of the commonest; compared: the slides' numbers beside these.
    """

    pixels: Summary | None
    signals: SignalSummary | None
    objects: Objects | None
    sizes: list[tuple[int, int, int]]
    memory: Memory | None
    compared: tuple[Comparison, ...]


def describe(
    set_: AnySet, content: Content, *, index: np.ndarray | None, rows: tuple[int, ...], sizes: np.ndarray | None
) -> Job:
    """Describe the pictures at `index` (None = all); yields Progress, returns `Described`.

    rows: the lecture rows of the set's card. sizes: (N, 2) as far as they are known.
    """
    if isinstance(set_, SignalSet):
        return Described(None, (yield from summarise_signals(set_, index=index)), None, [], None, ())
    if isinstance(set_, ImageSet):
        job = summarise(set_.images, set_.labels, classes=len(set_.classes), index=index)
        return Described((yield from job), None, None, [], memory_of(set_), ())
    pixels = yield from summarise_photos(set_, tile=(AVERAGE_SIDE, AVERAGE_SIDE), index=index)
    known = set_.sizes if sizes is None else sizes
    about = about_which(rows)
    return Described(
        pixels,
        None,
        count_objects(content, index) if content.marked else None,
        common_sizes(known if index is None else known[index]),
        memory_of(set_, known),
        compare(about, content, set_.captions) if about else (),
    )
