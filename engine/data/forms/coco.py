"""COCO's JSON: boxes, outlines, crowds and keypoints of photographs (lecture rows 65, 94).

Format: https://cocodataset.org/#format-data (Lin et al., Microsoft COCO, 2014). One file for each part:
`annotations/instances_train2017.json`, `instances_train.json`, `train.json`, or Roboflow's
`train/_annotations.coco.json`; or any such file opened by itself.
"""

from __future__ import annotations

import re
from pathlib import Path

from engine.cards import Task
from engine.data.forms.coco_read import read_file
from engine.data.forms.coco_write import write
from engine.data.forms.form import Form, Recognised, has_boxes
from engine.data.forms.reading import in_order, list_folder
from engine.errors import LabError
from engine.jobs import Job
from engine.text import Text, same

_NAME = re.compile(
    r"(?:instances|person_keypoints|annotations)_(?P<long>.+?)_?(?:20\d\d)?\.json|(?P<short>[a-z]+?)_?(?:20\d\d)?\.json"
)
_PLAIN = ("annotations.json", "instances.json", "labels.json", "_annotations.coco.json", "result.json", "coco.json")
_KEYS = re.compile(r'"(images|annotations|categories)"\s*:\s*\[')


__all__ = ["FORM", "read", "read_file", "recognise", "splits", "write"]


def recognise(path: Path) -> Recognised | None:
    """A COCO file, or a folder with one for each part."""
    found = _files(path)
    return Recognised(path, in_order(found), Task.DETECT) if found else None


def splits(path: Path) -> tuple[str, ...]:
    return in_order(_files(path))


def _files(path: Path) -> dict[str, Path]:
    """The COCO file of each part; `instances` is preferred to `person_keypoints`."""
    if path.is_file():
        return {_part(path): path} if _is_coco(path) else {}
    found: dict[str, Path] = {}
    for folder in (path, path / "annotations", path / "Annotations"):
        if folder.is_dir():
            for entry in list_folder(folder):
                named_so = _NAME.fullmatch(entry.name) or entry.name in _PLAIN
                if named_so and _is_coco(Path(entry.path)):
                    found.setdefault(_part(Path(entry.path)), Path(entry.path))
    if not found and path.is_dir():
        for entry in list_folder(path):
            file = Path(entry.path, "_annotations.coco.json") if entry.is_dir() else None
            if file is not None and file.is_file() and _is_coco(file):
                found[entry.name] = file
    return found


def _part(file: Path) -> str:
    match = _NAME.fullmatch(file.name)
    if match and file.name not in _PLAIN:
        return match["long"] or match["short"]
    return file.parent.name if file.name.startswith("_annotations") else "all"


def _is_coco(file: Path) -> bool:
    """True when the file starts like COCO's marks of objects (its captions have a form of their own)."""
    try:
        with file.open("rb") as opened:
            start = opened.read(1 << 16).decode("utf-8", "replace")
    except OSError:
        return False
    if file.name.startswith("captions"):
        return False
    return start.lstrip("\ufeff \t\r\n").startswith("{") and bool(_KEYS.search(start)) and '"caption"' not in start


def read(path: Path, split: str) -> Job:
    """Read one part: a `PhotoSet` with objects. Raises `LabError` when none of its pictures is there."""
    file = _files(path).get(split)
    if file is None:
        text = Text("{path} has no part “{split}”.", "{path}에 ‘{split}’ 부분이 없어요.")
        raise LabError(text(path=path, split=split))
    return (yield from read_file(file, path if path.is_dir() else _root(file), split, id=path.stem))


def _root(file: Path) -> Path:
    """Below which folder the pictures of a single file lie: beside it, or beside its annotations folder."""
    return file.parent.parent if file.parent.name.lower() == "annotations" else file.parent


FORM = Form(
    id="coco",
    name=same("COCO"),
    task=Task.DETECT,
    recognise=recognise,
    read=read,
    splits=splits,
    write=write,
    takes=has_boxes,
)
