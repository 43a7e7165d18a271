"""A few small pictures of what the doctor found, for a card: copies beside each other, the box that is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from engine.data.doctor_finding import Finding
from engine.data.features import picture
from engine.data.forms.form import AnySet
from engine.data.imageset import ImageSet
from engine.data.photoset import PhotoSet
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text

MOST = 12
SIDE = 112  # pixels
CONTEXT = 2.5  # how much of the picture is shown round a box, times its longer side
_READING = Text("Reading samples", "예를 읽는 중")


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One picture of a finding.

    picture: (h, w) or (h, w, 3) uint8; None for a window of a signal, which the window draws itself.
    label, read: what it is labelled with, and what a reader says instead; None where that is not the matter.
    box: x1 y1 x2 y2 of what is meant, as shares of the picture; None = all of it.
    """

    split: str
    index: int
    picture: np.ndarray | None
    label: Text | None = None
    read: Text | None = None
    box: tuple[float, float, float, float] | None = None


def samples(sets: Mapping[str, AnySet], finding: Finding) -> Job:
    """Up to `MOST` pictures of a finding; yields `Progress`, returns a tuple of `Sample`."""
    found = []
    for number, (split, index, which) in enumerate(_chosen(finding)):
        yield Progress(number, MOST, _READING)
        sample = _sample(sets[split], split, index, which)
        if sample is not None:
            found.append(_named(sample, sets[split], finding, number))
        if len(found) == MOST:
            break
    return tuple(found)


def _chosen(finding: Finding) -> Iterator[tuple[str, int, int]]:
    """(split, index, object or −1), those that belong together after each other."""
    evidence, split = finding.evidence, finding.split
    if "pairs" in evidence:
        for other, mine in evidence["pairs"]:
            yield evidence["other_split"], int(other), -1
            yield split, int(mine), -1
    elif "objects" in evidence:
        yield from ((split, int(i), int(o)) for i, o in evidence["objects"])
    else:
        yield from ((split, int(i), -1) for i in finding.indices)


def _sample(set_: AnySet, split: str, index: int, which: int) -> Sample | None:
    if not isinstance(set_, ImageSet | PhotoSet):
        return Sample(split, index, None)
    try:
        if which < 0 or not isinstance(set_, PhotoSet) or set_.objects is None:
            return Sample(split, index, picture(set_, index, SIDE))
        return _round_box(set_, split, index, set_.objects[index].boxes[which])
    except LabError:  # the finding itself may be that it cannot be read
        return None


def _round_box(photos: PhotoSet, split: str, index: int, box: np.ndarray) -> Sample:
    """The neighbourhood of a box, which may be empty, or lie outside."""
    whole = photos.read(index)
    h, w = whole.shape[:2]
    box = np.nan_to_num(box.astype(float))
    side = float(np.clip(CONTEXT * (box[2:] - box[:2]).max(), 48, max(h, w)))
    middle = np.clip((box[:2] + box[2:]) / 2, 0, (w, h))
    x1, y1 = (int(v) for v in np.maximum(middle - side / 2, 0))
    x2, y2 = int(min(w, x1 + side)), int(min(h, y1 + side))
    x1, y1 = max(0, x2 - int(side)), max(0, y2 - int(side))
    shares = (box - (x1, y1, x1, y1)) / np.array([x2 - x1, y2 - y1, x2 - x1, y2 - y1], float)
    step = max(1, (x2 - x1) // (2 * SIDE))
    return Sample(split, index, whole[y1:y2:step, x1:x2:step], box=tuple(float(v) for v in shares.clip(0, 1)))  # type: ignore[arg-type]


def _named(sample: Sample, set_: AnySet, finding: Finding, number: int) -> Sample:
    """The sample with its label where labels are the matter."""
    labels, suggested = set_.labels, finding.evidence.get("suggested")
    if labels is None or (suggested is None and finding.kind != "copies_disagree"):
        return sample
    label = int(labels[sample.index])
    read = set_.classes[int(suggested[number])] if suggested is not None else None
    name = set_.classes[label] if 0 <= label < len(set_.classes) else None
    return Sample(sample.split, sample.index, sample.picture, name, read, sample.box)
