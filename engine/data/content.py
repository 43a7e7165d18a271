"""What can be asked of any set without opening a picture: how many of each class, objects, words, sizes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.data.forms.form import AnySet
from engine.data.imageset import ImageSet
from engine.data.photoset import Objects, PhotoSet
from engine.jobs import Job, Progress
from engine.text import Text

_LOOKING = Text("Counting what is marked", "표시된 것을 세는 중")


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What the browser filters, sorts and counts by; made once for a set, in the background.

    classes:  how many classes there are.
    labels:   (N,) int64 class of each picture, −1 = none; None where pictures have none.
    owner:    (M,) int64 which picture each marked object lies in; objects: (M,) int64 its class.
    boxes:    (M, 4) float32 x1 y1 x2 y2 in pixels; crowd: (M,) bool.
    marked:   True where objects are marked, even if there are none.
    words:    names and captions of each picture, case folded, to search in; () where there are none.
    sizes:    (N, 2) int32 width and height, 0 = not known; None for signals.
    """

    classes: int
    labels: np.ndarray | None
    owner: np.ndarray
    objects: np.ndarray
    boxes: np.ndarray
    crowd: np.ndarray
    marked: bool
    words: tuple[str, ...]
    sizes: np.ndarray | None
    count: int

    @property
    def per_picture(self) -> np.ndarray:
        """(N,) int64 marked objects in each picture; a crowd counts as one."""
        return np.bincount(self.owner, minlength=self.count).astype(np.int64)

    @property
    def class_counts(self) -> np.ndarray:
        """(classes,) int64 pictures of each class, or objects where objects are marked."""
        values = self.objects if self.marked else self.labels
        if values is None:
            return np.zeros(self.classes, np.int64)
        return np.bincount(values[values >= 0], minlength=self.classes)[: self.classes].astype(np.int64)

    def has(self, wanted: frozenset[int], pixels: np.ndarray | None = None) -> np.ndarray:
        """(N,) bool: which pictures are of, or hold, any of these classes.

        pixels: (N, classes) int64 as `Thumbnails.pixels`, for sets whose classes are in masks.
        """
        chosen = np.zeros(self.classes, bool)
        chosen[[i for i in wanted if i < self.classes]] = True
        if self.marked:
            inside = self.owner[chosen[self.objects]]
            held: np.ndarray = np.bincount(inside, minlength=self.count) > 0
            return held
        if self.labels is not None:
            of_them: np.ndarray = (self.labels >= 0) & chosen[self.labels]
            return of_them
        if pixels is not None and len(pixels):
            return np.asarray((pixels[:, chosen] > 0).any(axis=1))
        return np.ones(self.count, bool)


def look_into(set_: AnySet) -> Job:
    """Count what a set holds; yields `Progress`, returns its `Content`."""
    yield Progress(0, len(set_), _LOOKING)
    if isinstance(set_, PhotoSet):
        return _of_photos(set_)
    sizes = None
    if isinstance(set_, ImageSet):
        sizes = np.broadcast_to(np.array(set_.images.shape[2:0:-1], np.int32), (len(set_), 2))
    return content(classes=len(set_.classes), labels=set_.labels, count=len(set_), sizes=sizes)


def content(
    *,
    classes: int,
    labels: np.ndarray | None,
    count: int,
    sizes: np.ndarray | None = None,
    words: tuple[str, ...] = (),
    objects: tuple[Objects, ...] | None = None,
) -> Content:
    """`Content` from its parts; what is marked is laid end to end."""
    each = objects or ()
    owner = np.repeat(np.arange(len(each)), [len(o) for o in each]).astype(np.int64)
    some = [o for o in each if len(o)]
    return Content(
        classes=classes,
        labels=labels,
        owner=owner,
        objects=np.concatenate([o.labels for o in some]) if some else np.zeros(0, np.int64),
        boxes=np.concatenate([o.boxes for o in some]) if some else np.zeros((0, 4), np.float32),
        crowd=np.concatenate([o.crowd for o in some]) if some else np.zeros(0, bool),
        marked=objects is not None,
        words=words,
        sizes=sizes,
        count=count,
    )


def _of_photos(photos: PhotoSet) -> Content:
    captions = photos.captions or ((),) * len(photos)
    words = tuple("\n".join((name, *said)).casefold() for name, said in zip(photos.files, captions, strict=True))
    return content(
        classes=len(photos.classes),
        labels=photos.labels,
        count=len(photos),
        sizes=photos.sizes,
        words=words,
        objects=photos.objects,
    )


def read_with(job: Job) -> Job:
    """Read a set and look into it; a job, returns (set, its `Content`)."""
    set_: AnySet = yield from job
    return set_, (yield from look_into(set_))
