"""People in two sets of photographs as one set: `people`, and of `coco_small` only the class person."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import numpy as np

from engine.cards import Card, Task
from engine.data import marked
from engine.data.imageset import DatasetCard
from engine.data.photoset import Objects, PhotoSet, with_fingerprint
from engine.jobs import Job
from engine.text import Text

_PERSON = Text("person", "사람")


def find(root: Path | None) -> Path | None:
    """The folder that holds both sets, or None."""
    both = [marked.PEOPLE.find(root), marked.COCO_SMALL.find(root)]
    return Path(os.path.commonpath([p for p in both if p])) if all(both) else None


def read(split: str, place: Path) -> Job:
    """A `PhotoSet` with one class; photographs without a person stay, as examples of nothing to find."""
    parts = []
    for card in (marked.PEOPLE, marked.COCO_SMALL):
        where = card.find(place)
        assert where
        photos = yield from card.read(split, where)
        parts.append(_only_people(photos, place))
    first, second = parts
    return with_fingerprint(
        dataclasses.replace(
            first,
            id="persons",
            files=first.files + second.files,
            sizes=np.concatenate([first.sizes, second.sizes]),
            objects=(first.objects or ()) + (second.objects or ()),
            unreadable=first.unreadable + second.unreadable,
        )
    )


def _only_people(photos: PhotoSet, place: Path) -> PhotoSet:
    person = next(i for i, name in enumerate(photos.classes) if name.en == "person")
    below = photos.folder.relative_to(place)
    return dataclasses.replace(
        photos,
        folder=place,
        files=tuple((below / name).as_posix() for name in photos.files),
        classes=(_PERSON,),
        objects=tuple(_kept(objects, person) for objects in photos.objects or ()),
        captions=None,
    )


def _kept(objects: Objects, person: int) -> Objects:
    keep = objects.labels == person
    return Objects.of(objects.boxes[keep], np.zeros(int(keep.sum()), np.int64), crowd=objects.crowd[keep])


DATASET = DatasetCard(
    card=Card(
        id="persons",
        task=Task.DETECT,
        name=Text("People, two sets", "사람, 두 데이터셋"),
        summary=Text("Photographs of people from two sets, one class.", "두 데이터셋의 사람 사진, 클래스 하나."),
        source="people and coco_small",
        paper="Lin et al., Microsoft COCO: Common objects in context, ECCV 2014",
        explanation=marked.BOXES,
        rows=(65,),
        data_licence="mixed: see people and coco_small",
    ),
    splits=("train", "val"),
    counts=(627, 246),
    size_words=Text("873 · up to 480 px · boxes", "873장 · 480픽셀까지 · 상자"),
    bundled=False,
    find=find,
    read=read,
)
