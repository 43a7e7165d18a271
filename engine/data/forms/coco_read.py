"""Reading one of COCO's JSON files, element by element: each mark becomes a few numbers as soon as it is met.

So a file of a million marks takes little memory beside its text, and the window goes on meanwhile.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from engine.data.forms.marks import Gathered, box_around, box_of, ring_of
from engine.data.forms.pieces import pieces
from engine.data.forms.places import Pictures
from engine.data.forms.reading import OUTSIDE, Faults, inside, read_text
from engine.data.forms.rle import mask_of, rings_of
from engine.data.names import named
from engine.data.photoset import Objects, PhotoSet, with_fingerprint
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

_STEP = 500  # images or marks between two events
READING = Text("Reading marks", "표시를 읽는 중")
_BAD_MASK = Text("a damaged mask was left out; its box is kept", "손상된 마스크를 뺐어요. 상자는 그대로 있어요")
_UNKNOWN = Text("a mark of an unknown class was left out", "모르는 클래스의 표시를 뺐어요")
_TWICE = Text("it is named twice; the second entry was left out", "두 번 적혀 있어서 둘째 것을 뺐어요")
_MISSING = Text("the picture is not there", "그림이 없어요")


@dataclass(slots=True)
class _Picture:
    """A picture of the file and its marks; their labels are still the file's category ids."""

    name: str
    size: tuple[int, int]
    marks: Gathered = field(default_factory=Gathered)


class _Reader:
    """What was met in the file so far. COCO's own files name the images first, but any order is read."""

    def __init__(self, pictures: Pictures, faults: Faults) -> None:
        self.faults = faults
        self.named = 0
        self.by_id: dict[Any, _Picture | None] = {}  # None: its picture is not there
        self.categories: list[dict[str, Any]] = []
        self._pictures = pictures
        self._names: set[str] = set()
        self._waiting: list[dict[str, Any]] = []

    def meet(self, key: str, value: Any) -> None:
        """Take one element of the file."""
        if not isinstance(value, dict):
            return
        if key == "annotations":
            self._mark(value)
        elif key == "images":
            self.named += 1
            if _plain(value.get("id")):
                self.by_id[value["id"]] = self._picture(value)
        elif key == "categories":
            self.categories.append(value)

    def finish(self, file: Path) -> list[_Picture]:
        """The pictures that are there, after marks that came before their images."""
        waiting, self._waiting = self._waiting, []
        for mark in waiting:
            self._mark(mark)
        if self._waiting:
            why = Text(
                "{n} marks belong to no picture and were left out", "표시 {n}개는 어느 그림 것도 아니라서 뺐어요"
            )
            self.faults.add(file.name, why(n=len(self._waiting)))
        return [picture for picture in self.by_id.values() if picture is not None]

    def _picture(self, image: dict[str, Any]) -> _Picture | None:
        said = image.get("file_name")
        name = self._pictures.find(said)
        shown = str(said)[:200]
        if name is None:
            self.faults.add(shown, OUTSIDE if inside(said) is None else _MISSING)
            return None
        if name in self._names or image["id"] in self.by_id:
            self.faults.add(shown, _TWICE)
            return self.by_id.get(image["id"])
        self._names.add(name)
        return _Picture(name, (_side(image.get("width")), _side(image.get("height"))))

    def _mark(self, mark: dict[str, Any]) -> None:
        id = mark.get("image_id")
        if not _plain(id) or id not in self.by_id:
            self._waiting.append(mark)
            return
        picture = self.by_id[id]
        if picture is None:
            return
        rings = _rings(mark.get("segmentation"), self.faults, picture.name)
        try:
            x, y, width, height = map(float, mark["bbox"])
            corners = [x, y, x + width, y + height]
        except (KeyError, TypeError, ValueError, OverflowError):
            corners = box_around(rings) if rings else []
        box = box_of(corners, picture.size, self.faults, picture.name)
        if box is not None:
            kind, crowd = mark.get("category_id"), bool(mark.get("iscrowd"))
            points = _points(mark.get("keypoints"))
            picture.marks.add(box, kind, crowd=crowd, rings=rings, keypoints=points)  # type: ignore[arg-type]


def read_file(file: Path, root: Path, split: str, *, id: str) -> Job:
    """Read one COCO file whose pictures lie below `root`: a `PhotoSet`.

    Raises: `LabError` when the file cannot be read, or none of its pictures is there.
    """
    faults = Faults()
    reader = _Reader(Pictures(root, _folders(file, root, split)), faults)
    for number, (key, value) in enumerate(pieces(read_text(file), file, faults)):
        if number % _STEP == 0:
            yield Progress(0, 0, READING)
        reader.meet(key, value)
    found = reader.finish(file)
    if not found:
        raise LabError(_no_pictures(file, root, reader.named))
    classes, order = _classes(reader.categories)
    joints, skeleton = _joints(reader.categories)
    objects = []
    for done, picture in enumerate(found):
        if done % _STEP == 0:
            yield Progress(done, len(found), READING)
        objects.append(_objects(picture, order, len(joints), faults))
    photos = PhotoSet(
        id=id,
        split=split,
        folder=root,
        files=tuple(picture.name for picture in found),
        sizes=np.array([picture.size for picture in found], np.int32),
        classes=classes,
        note=same(str(file)),
        objects=tuple(objects),
        keypoint_names=joints,
        skeleton=skeleton,
        unreadable=faults.listed(),
    )
    return with_fingerprint(photos)


def _objects(picture: _Picture, order: dict[Any, int], joints: int, faults: Faults) -> Objects:
    """A picture's marks with category ids made class indices; marks of no known class are left out."""
    marks = picture.marks
    labels = [order.get(kind, -1) if _plain(kind) else -1 for kind in marks.labels]
    if -1 in labels:
        kept = Gathered()
        rows = zip(marks.boxes, labels, marks.crowd, marks.outlines, marks.keypoints, strict=True)
        for box, label, crowd, rings, points in rows:
            if label < 0:
                faults.add(picture.name, _UNKNOWN)
            else:
                kept.add(box, label, crowd=crowd, rings=rings, keypoints=points)
        return kept.objects(joints)
    marks.labels = labels
    return marks.objects(joints)


def _plain(value: object) -> bool:
    return isinstance(value, int | str)


def _side(value: object) -> int:
    return int(value) if isinstance(value, int | float) and 0 < value < 1 << 20 else 0


def _classes(categories: list[dict[str, Any]]) -> tuple[tuple[Text, ...], dict[Any, int]]:
    """The classes in the order of their ids, and the index of each id."""
    known = {c["id"]: str(c.get("name", c["id"])) for c in categories if _plain(c.get("id"))}
    ids = sorted(known, key=lambda id: (isinstance(id, str), id))
    return tuple(named(known[id]) for id in ids), {id: index for index, id in enumerate(ids)}


def _joints(categories: list[dict[str, Any]]) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """Names of keypoints and the pairs to join, of the category that has most; COCO counts them from 1."""
    lists = [c for c in categories if isinstance(c.get("keypoints"), list)]
    if not lists:
        return (), ()
    most = max(lists, key=lambda c: len(c["keypoints"]))
    names = tuple(str(name) for name in most["keypoints"])
    told = most.get("skeleton")
    pairs = [p for p in told if isinstance(p, list) and len(p) == 2] if isinstance(told, list) else []
    good = [p for p in pairs if all(isinstance(n, int) and 1 <= n <= len(names) for n in p)]
    return names, tuple((a - 1, b - 1) for a, b in good)


def _folders(file: Path, root: Path, split: str) -> list[str]:
    """Where the pictures of a part may lie, below `root`, the likeliest first."""
    year = re.search(r"20\d\d", file.name)
    parts = [f"{split}{year[0]}", split] if year else [split]
    beside = "" if file.parent == root or not file.is_relative_to(root) else file.parent.relative_to(root).as_posix()
    return [
        *parts,
        *(f"images/{p}" for p in parts),
        *(f"{p}/images" for p in parts),
        "images",
        "JPEGImages",
        beside,
        "",
    ]


def _rings(value: Any, faults: Faults, file: str) -> tuple[np.ndarray, ...]:
    if not value:
        return ()
    if isinstance(value, dict):
        try:
            return rings_of(mask_of(value))
        except (ValueError, TypeError, OverflowError):
            faults.add(file, _BAD_MASK)
            return ()
    found = [ring_of(ring, faults, file) for ring in value] if isinstance(value, list) else []
    return tuple(ring for ring in found if ring is not None)


def _points(value: Any) -> np.ndarray | None:
    """x y v x y v … as (K, 3) float32, or None."""
    if not isinstance(value, list) or not value or len(value) % 3:
        return None
    try:
        points = np.array(value, np.float32).reshape(-1, 3)
    except (ValueError, TypeError, OverflowError):
        return None
    return points if np.isfinite(points).all() else None


def _no_pictures(file: Path, root: Path, count: int) -> Text:
    if not count:
        return Text("{file} names no pictures.", "{file} 파일에 적힌 그림이 없어요.")(file=file)
    text = Text(
        "None of the {n:,} pictures that {file} names is below {root}. Put the pictures there, in a folder of the part's name.",
        "{file}에 적힌 그림 {n:,}장이 {root} 아래에 하나도 없어요. 부분 이름의 폴더를 만들어 그림을 넣어 주세요.",
    )
    return text(n=count, file=file, root=root)
