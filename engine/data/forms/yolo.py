"""YOLO's text files: one line of numbers from 0 to 1 for each object (lecture rows 65, 90).

`data.yaml` names the classes and where the parts lie; `images/train/a.jpg` has its marks in
`labels/train/a.txt`: class, centre x, centre y, width, height; or class and the points of an outline; or, where
the YAML has `kpt_shape`, a box and its keypoints (https://docs.ultralytics.com/datasets). A photograph without
a text file shows no object.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.cards import Task
from engine.data.forms.form import Form, Recognised, has_boxes
from engine.data.forms.marks import Gathered, box_around, box_of, ring_of
from engine.data.forms.reading import (
    PARTS,
    STRANGE,
    Faults,
    in_order,
    inside,
    is_picture,
    is_text,
    list_folder,
    read_text,
)
from engine.data.forms.sizes import read_sizes
from engine.data.forms.yolo_write import write
from engine.data.names import all_named
from engine.data.photoset import PhotoSet, with_fingerprint
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

_STEP = 200
_READING = Text("Reading marks", "표시를 읽는 중")
_NO_PARTS = ("path", "names", "nc", "download", "kpt_names", "roboflow", "license")
_LARGEST = 1 << 20  # bytes of a data.yaml
BAD_LINE = Text("line {n} is not a mark and was left out", "{n}번째 줄은 표시가 아니라서 뺐어요")
NO_PICTURE = Text("it is not a picture this program can read", "읽을 수 있는 그림이 아니에요")


@dataclass(frozen=True, slots=True)
class Told:
    """What `data.yaml` says: the classes, where each part lies (relative, folders or a list of files), keypoints."""

    names: tuple[str, ...]
    parts: dict[str, tuple[str, ...]]
    joints: int = 0
    values: int = 3  # numbers of each keypoint: x y, or x y visibility
    joint_names: tuple[str, ...] = ()


def recognise(path: Path) -> Recognised | None:
    told = told_of(path)
    return Recognised(path, in_order(told.parts), Task.DETECT) if told and told.parts else None


def splits(path: Path) -> tuple[str, ...]:
    told = told_of(path)
    return in_order(told.parts) if told else ()


def told_of(path: Path) -> Told | None:
    """What a YAML file (or the one in a folder) says; without one, what `images/` beside `labels/` shows."""
    root = path if path.is_dir() else path.parent
    tables = [e for e in list_folder(root) if e.name.endswith((".yaml", ".yml"))] if path.is_dir() else []
    for file in [path] if path.is_file() else [Path(e.path) for e in tables if e.is_file()]:
        if file.suffix in (".yaml", ".yml") and file.stat().st_size < _LARGEST:
            told = _from_yaml(file, root)
            if told is not None:
                return told
    if path.is_dir() and (path / "images").is_dir() and (path / "labels").is_dir() and _has_lines(path / "labels"):
        names = next((path / name for name in ("classes.txt", "obj.names") if (path / name).is_file()), None)
        words = () if names is None else tuple(line.strip() for line in read_text(names).splitlines() if line.strip())
        inner = [entry.name for entry in list_folder(path / "images") if entry.is_dir() and entry.name.lower() in PARTS]
        return Told(words, {part: (f"images/{part}",) for part in inner} or {"all": ("images",)})
    return None


def _has_lines(folder: Path) -> bool:
    below = [folder, *(Path(entry.path) for entry in list_folder(folder) if entry.is_dir())]
    return any(entry.name.endswith(".txt") for one in below for entry in list_folder(one))


def _from_yaml(file: Path, root: Path) -> Told | None:
    import yaml  # here: the window's first paint does not wait for it

    try:
        said = yaml.safe_load(read_text(file))
    except (yaml.YAMLError, LabError, ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    names = said.get("names")
    if isinstance(names, dict):
        names = [names[key] for key in sorted(names, key=str if any(not isinstance(k, int) for k in names) else None)]
    if not isinstance(names, list):
        return None
    base = said.get("path") if isinstance(said.get("path"), str) else ""
    parts = {}
    for key, value in said.items():
        if not isinstance(key, str) or key in _NO_PARTS:
            continue
        values = value if isinstance(value, list) else [value]
        places = [found for word in values if isinstance(word, str) and (found := _place(root, base or "", word))]
        if places:
            parts[key] = tuple(places)
    return Told(tuple(str(name) for name in names), parts, **_keypoints(said))


def _keypoints(said: dict[str, Any]) -> dict[str, Any]:
    shape = said.get("kpt_shape")
    if not (isinstance(shape, list) and len(shape) == 2 and all(isinstance(n, int) for n in shape)):
        return {}
    joints, values = shape
    if not (0 < joints < 1000 and values in (2, 3)):
        return {}
    named = said.get("kpt_names")
    named = next(iter(named.values()), None) if isinstance(named, dict) else named
    fits = isinstance(named, list) and len(named) == joints
    names = tuple(str(name) for name in named) if fits and named else tuple(f"point {n + 1}" for n in range(joints))
    return {"joints": joints, "values": values, "joint_names": names}


def _place(root: Path, base: str, word: str) -> str | None:
    """The folder or list that a YAML names, below the YAML's own; its paths are often those of another machine."""
    steps = [step for step in word.replace("\\", "/").split("/") if step not in ("", ".", "..")]
    before = [step for step in base.replace("\\", "/").split("/") if step not in ("", ".", "..")]
    for tried in (before + steps, *(steps[start:] for start in range(len(steps)))):
        relative = inside("/".join(tried)) if tried else None
        if relative and (root / relative).exists():
            return relative
    return None


def read(path: Path, split: str) -> Job:
    """Read one part: a `PhotoSet` with objects. Raises `LabError` when it has no photographs."""
    told, root = told_of(path), path if path.is_dir() else path.parent
    if told is None or split not in told.parts:
        raise LabError(
            Text("{path} has no part “{split}”.", "{path}에 ‘{split}’ 부분이 없어요.")(path=path, split=split)
        )
    faults = Faults()
    files = [name for place in told.parts[split] for name in _photos(root, place, faults)]
    if not files:
        raise LabError(Text("{path} has no photographs.", "{path}에 사진이 없어요.")(path=root / told.parts[split][0]))
    sizes = yield from read_sizes(root, files)
    labels = _Labels(root)
    kept, objects, highest = [], [], -1
    for index, file in enumerate(files):
        if index % _STEP == 0:
            yield Progress(index, len(files), _READING)
        size = (int(sizes[index, 0]), int(sizes[index, 1]))
        if not size[0]:
            faults.add(file, NO_PICTURE)
            continue
        kept.append(index)
        objects.append(_marks(labels.of(file), told, size, file=file, faults=faults))
        highest = max(highest, *objects[-1].labels, -1)
    names = told.names or tuple(f"class {n}" for n in range(highest + 1))
    photos = PhotoSet(
        id=path.stem,
        split=split,
        folder=root,
        files=tuple(files[i] for i in kept),
        sizes=sizes[kept],
        classes=all_named(names),
        note=same(str(path)),
        objects=tuple(gathered.objects(told.joints) for gathered in objects),
        keypoint_names=told.joint_names,
        unreadable=faults.listed(),
    )
    return with_fingerprint(photos)


def _photos(root: Path, place: str, faults: Faults) -> list[str]:
    """The photographs of a folder (and the folders in it), or those that a list names, relative to `root`."""
    if (root / place).is_file():
        names = []
        for line in read_text(root / place).splitlines():
            found = _place(root, "", line.strip()) if line.strip() else None
            if found:
                names.append(found)
            elif line.strip():
                faults.add(line.strip()[:200], Text("the picture is not there", "그림이 없어요"))
        return list(dict.fromkeys(names))
    names, folders = [], [place]
    while folders:
        folder = folders.pop(0)
        for entry in list_folder(root / folder):
            if not is_text(entry.name):
                faults.add(ascii(f"{folder}/{entry.name}"), STRANGE)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(f"{folder}/{entry.name}")
            elif is_picture(entry.name):
                names.append(f"{folder}/{entry.name}")
    return names


class _Labels:
    """Finds the text file of a photograph: `labels` in place of the last `images` of its path, or beside it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def of(self, file: str) -> Path | None:
        steps = file.rpartition(".")[0].split("/")
        at = [i for i, step in enumerate(steps[:-1]) if step == "images"]
        beside = self.root / ("/".join(steps) + ".txt")
        if not at:
            return beside if beside.is_file() else None
        steps[at[-1]] = "labels"
        path = self.root / ("/".join(steps) + ".txt")
        return path if path.is_file() else beside if beside.is_file() else None


def _marks(path: Path | None, told: Told, size: tuple[int, int], *, file: str, faults: Faults) -> Gathered:
    gathered = Gathered()
    if path is None:
        return gathered
    try:
        lines = read_text(path).splitlines()
    except LabError as error:
        faults.add(file, error.text)
        return gathered
    for number, line in enumerate(lines, 1):
        words = line.split()
        if words and not _mark(words, gathered, told, size, file=file, faults=faults):
            faults.add(file, BAD_LINE(n=number))
    return gathered


def _mark(words: list[str], into: Gathered, told: Told, size: tuple[int, int], *, file: str, faults: Faults) -> bool:
    """Add one line's mark; False when the line is none. A box that will not do is said by `box_of`."""
    try:
        label, values = int(float(words[0])), np.array(words[1:], np.float64)
    except (ValueError, OverflowError):
        return False
    if label < 0 or label >= (len(told.names) or 10_000) or not np.isfinite(values).all():
        return False
    scale = np.array(size, np.float64)
    rings: tuple[np.ndarray, ...] = ()
    points = None
    if told.joints and len(values) == 4 + told.joints * told.values:
        points = np.full((told.joints, 3), 2.0)
        points[:, : told.values] = values[4:].reshape(told.joints, told.values)
        points[:, :2] *= scale
    elif len(values) >= 6 and len(values) % 2 == 0:
        ring = ring_of((values.reshape(-1, 2) * scale).ravel().tolist(), faults, file)
        if ring is None:
            return True
        rings = (ring,)
    elif len(values) not in (4, 5):  # a fifth number is a confidence
        return False
    corners = box_around(rings) if rings else _corners(values, scale)
    box = box_of(corners, size, faults, file)
    if box is not None:
        into.add(box, label, rings=rings, keypoints=points)
    return True


def _corners(values: np.ndarray, scale: np.ndarray) -> list[float]:
    centre, half = values[:2] * scale, values[2:4] * scale / 2
    return [*map(float, centre - half), *map(float, centre + half)]


FORM = Form(
    id="yolo",
    name=same("YOLO"),
    task=Task.DETECT,
    recognise=recognise,
    read=read,
    splits=splits,
    write=write,
    takes=has_boxes,
)
