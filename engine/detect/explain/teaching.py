"""What the linear SVM of R-CNN and Fast R-CNN was taught on: faces that come with scikit-image, or a marked set.

Without any data set on the machine the 200 small pictures of `lfw_subset` (100 faces and 100 cuts that show none,
25 × 25 pixels, from "Labeled Faces in the Wild") teach it what a face is. A set with marked boxes teaches its classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from engine.data.photoset import PhotoSet
from engine.data.pictures import read_rgb
from engine.data.sample_photos import sample_photo
from engine.detect.explain import svm
from engine.detect.explain.regions import first_regions, merged
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.memory import kept
from engine.text import Text
from engine.zoo.efficientnet_lite import EfficientNetLite0, for_reading

FACES = "faces"  # the word for what needs no data set
HALF = 100  # of lfw_subset are faces, the rest are not
GROUNDS = 24  # proposals of each photograph without a face that are taught as ground
_NO_FACE = ("coffee.png", "rocket.jpg")
_kept: dict[tuple[str, bool], Taught] = {}  # what was learnt in this session, by set and way


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """An SVM, what its classes are called, and in words what it was taught on."""

    svm: svm.Svm
    classes: tuple[Text, ...]
    said: Text


@kept()
def encoder() -> EfficientNetLite0:
    """EfficientNet-Lite0 with its ImageNet weights."""
    return for_reading()


def taught(on: str = FACES, *, fast: bool, data: Path | None = None) -> Job:
    """The SVM for one way of describing boxes; learnt once in a session. A job, returns `Taught`.

    Args:
        on:   `FACES`, or the id of a data set with marked boxes.
        fast: True describes boxes as Fast R-CNN does, False as R-CNN.
        data: the folder of data sets; None = the one of the settings.
    Raises:
        LabError: the set is not here or has no boxes.
    """
    if (on, fast) not in _kept:
        describe = svm.fast(encoder()) if fast else svm.slowly(encoder())
        made = yield from _on_faces(describe) if on == FACES else _on_set(on, describe, data)
        _kept[on, fast] = made
    return _kept[on, fast]


def _on_set(on: str, describe: svm.Describe, data: Path | None) -> Job:
    from engine.data import dataset, load

    photos = yield from load(on, dataset(on).splits[0], data)
    if not isinstance(photos, PhotoSet):
        raise LabError(svm.NO_BOXES(name=on))
    learnt: svm.Svm = yield from svm.teach(photos, describe)
    said = Text("taught on {n} marked boxes of {name}", "{name}의 상자 {n}개로 학습")
    return Taught(learnt, photos.classes, said(n=int(learnt.examples[:-1].sum()), name=photos.id))


def _on_faces(describe: svm.Describe) -> Job:
    values = np.load(sample_photo("lfw_subset.npy"), allow_pickle=False)  # (200, 25, 25) in [0, 1]
    grey = np.round(255 * values).astype(np.uint8)
    features = []
    for done, one in enumerate(grey):
        if done % 10 == 0:
            yield Progress(done, len(grey), Text("Learning what a face looks like", "얼굴 모습을 익히는 중"))
        features.append(_of_whole(one, describe))
    grounds = [_grounds(name, describe) for name in _NO_FACE]
    every = np.concatenate((*features, *grounds))
    labels = np.ones(len(every), np.int64)
    labels[:HALF] = 0
    learnt = svm.fitted(every, labels, classes=1)
    said = Text("taught on {n} small faces and {m} cuts without", "작은 얼굴 {n}개와 얼굴이 없는 조각 {m}개로 학습")
    return Taught(learnt, (Text("face", "얼굴"),), said(n=HALF, m=len(every) - HALF))


def _of_whole(grey: np.ndarray, describe: svm.Describe) -> np.ndarray:
    """(1, d): a small grey picture, all of it, as boxes are described."""
    large = cv2.cvtColor(cv2.resize(grey, (svm.SIDE, svm.SIDE), interpolation=cv2.INTER_LINEAR), cv2.COLOR_GRAY2RGB)
    return describe(large, np.array([[0, 0, svm.SIDE, svm.SIDE]], np.float32))


def _grounds(name: str, describe: svm.Describe) -> np.ndarray:
    picture = read_rgb(sample_photo(name))
    boxes = merged(picture, first_regions(picture)).proposals()[:GROUNDS]
    return describe(picture, boxes)


def marked_sets(data: Path | None) -> Job:
    """The data sets with marked boxes that are on this machine; a job, returns a tuple of (id, name)."""
    from engine.cards import Task
    from engine.data import all_datasets

    yield Progress(0, 0)
    detecting = [one for one in all_datasets() if one.card.task is Task.DETECT]
    return tuple((one.card.id, one.card.name) for one in detecting if one.find(data) is not None)
