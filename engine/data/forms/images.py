"""A folder of pictures, or a folder for each class, with or without folders for parts (ImageFolder, lecture row 39).

Nothing is opened: 20,000 photographs are listed in a moment, and their sizes stay unknown until one looks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine.cards import Task
from engine.data.forms.colours import png_of
from engine.data.forms.form import AnySet, Form, Recognised
from engine.data.forms.reading import PARTS, STRANGE, Faults, in_order, is_picture, is_text, list_folder
from engine.data.forms.writing import check_part, copy_files, folder_name, put, short_names
from engine.data.imageset import ImageSet
from engine.data.names import all_named
from engine.data.photoset import PhotoSet, with_fingerprint
from engine.errors import LabError, cannot_read
from engine.jobs import Job, Progress
from engine.text import Text, same

_STEP = 4000
_READING = Text("Listing pictures", "그림 목록을 만드는 중")
_DEPTH = 4  # folders below a class; deeper ones are no part of a set of pictures
EMPTY = Text("the file is empty", "빈 파일이에요")


def recognise(path: Path) -> Recognised | None:
    """A folder that holds pictures somewhere below."""
    if not path.is_dir() or not _any_picture(path, _DEPTH):
        return None
    return Recognised(path, splits(path), Task.CLASSIFY)


def _any_picture(folder: Path, depth: int) -> bool:
    below = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_picture(entry.name) and entry.is_file():
                return True
            if depth and _is_folder(entry):
                below.append(Path(entry.path))
    return any(_readable(one) and _any_picture(one, depth - 1) for one in sorted(below)[:50])


def _readable(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.X_OK)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)


def splits(path: Path) -> tuple[str, ...]:
    """The folders named as parts (train, val, test …) if pictures lie in no other; else one part, "all"."""
    folders = [entry.name for entry in list_folder(path) if _is_folder(entry)] if path.is_dir() else []
    parts = [name for name in folders if name.lower() in PARTS]
    return in_order(parts) if parts and len(parts) == len(folders) else ("all",)


@dataclass(slots=True)
class _Found:
    """Names relative to the set's folder, and the class folder each lies in ("" = none)."""

    files: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


def read(path: Path, split: str) -> Job:
    """Read one part: a `PhotoSet`, with a class for each picture where there are folders of classes."""
    yield Progress(0, 0, _READING)
    parts = splits(path)
    if split not in parts:
        raise LabError(
            Text("{path} has no part “{split}”.", "{path}에 ‘{split}’ 부분이 없어요.")(path=path, split=split)
        )
    faults, found = Faults(), _Found()
    start = "" if parts == ("all",) else f"{split}/"
    for name, kind in _pictures(path, start, faults):
        found.files.append(name)
        found.kinds.append(kind)
        if len(found.files) % _STEP == 0:
            yield Progress(len(found.files), 0, _READING)
    if not found.files:
        text = Text("{path} holds no pictures.", "{path} 폴더에 그림이 없어요.")
        raise LabError(text(path=path / start))
    kinds = set(found.kinds) - {""}
    if len(parts) > 1:
        kinds |= {entry.name for part in parts for entry in list_folder(path / part) if _is_folder(entry)}
    order = {name: index for index, name in enumerate(sorted(kinds))}
    labels = np.array([order.get(kind, -1) for kind in found.kinds], np.int64) if kinds else None
    photos = PhotoSet(
        id=path.name,
        split=split,
        folder=path,
        files=tuple(found.files),
        sizes=np.zeros((len(found.files), 2), np.int32),
        classes=all_named(order),
        note=same(str(path)),
        labels=labels,
        unreadable=faults.listed(),
    )
    yield Progress(len(found.files), len(found.files), _READING)
    return with_fingerprint(photos)


def _pictures(root: Path, start: str, faults: Faults) -> Iterator[tuple[str, str]]:
    """(name, class) of each picture below `root`/`start`, in order; the class is the first folder below it."""
    for name, is_folder in _listing(root, start, faults):
        if not is_folder:
            yield start + name, ""
            continue
        kind = name
        waiting = [(f"{start}{name}/", 1)]
        while waiting:
            folder, depth = waiting.pop(0)
            for inner, deeper in _listing(root, folder, faults):
                if not deeper:
                    yield folder + inner, kind
                elif depth < _DEPTH:
                    waiting.append((f"{folder}{inner}/", depth + 1))


def _listing(root: Path, folder: str, faults: Faults) -> list[tuple[str, bool]]:
    """(name, is a folder) of the pictures and folders of one folder, sorted; empty and odd files are passed over."""
    found = []
    try:
        with os.scandir(root / folder) as entries:
            for entry in entries:
                if is_picture(entry.name):
                    if not is_text(entry.name):
                        faults.add(ascii(folder + entry.name), STRANGE)
                    elif entry.is_file():
                        if entry.stat().st_size:
                            found.append((entry.name, False))
                        else:
                            faults.add(folder + entry.name, EMPTY)
                elif _is_folder(entry) and is_text(entry.name):
                    found.append((entry.name, True))
    except OSError as error:
        faults.add(folder or str(root), cannot_read(root / folder, error).text)
    return sorted(found)


def write(set_: AnySet, folder: Path, *, pictures: bool = True) -> Job:
    """Write one part as a folder for each class; pictures without a class lie beside them. Returns the folder."""
    part = "" if set_.split == "all" else check_part(set_.split)
    if isinstance(set_, ImageSet):
        return (yield from _write_arrays(set_, folder, part))
    assert isinstance(set_, PhotoSet)
    kinds = folders_of(set_)
    copies = []
    taken: set[str] = set()
    for index, name in enumerate(short_names(set_)):
        label = -1 if set_.labels is None else int(set_.labels[index])
        if label >= 0:
            kind = kinds[label]
            name = f"{kind}/{name.removeprefix(f'{kind}/').replace('/', '_')}"
        elif set_.labels is not None:
            name = name.replace("/", "_")
        copies.append((set_.path(index), folder / part / _free(name, taken)))
    yield from copy_files(copies)
    return folder


def _free(name: str, taken: set[str]) -> str:
    """`name`, with a number when another picture has it already."""
    stem, dot, ending = name.rpartition(".")
    free, number = name, 2
    while free in taken:
        free, number = f"{stem}_{number}{dot}{ending}", number + 1
    taken.add(free)
    return free


def folders_of(set_: ImageSet | PhotoSet) -> list[str]:
    """A folder's name for each class, all different."""
    names: list[str] = []
    for index, name in enumerate(set_.classes):
        folder = folder_name(name.en)
        names.append(f"{folder} {index}" if folder in names else folder)
    return names


def _write_arrays(images: ImageSet, folder: Path, part: str) -> Job:
    kinds = folders_of(images)
    width = len(str(max(0, len(images) - 1)))
    for index in range(len(images)):
        if index % 50 == 0:
            yield Progress(index, len(images), Text("Writing pictures", "그림을 쓰는 중"))
        place = folder / part / kinds[int(images.labels[index])] / f"{index:0{width}d}.png"
        put(place, png_of(np.ascontiguousarray(images.images[index])))
    return folder


def takes(set_: AnySet) -> bool:
    return isinstance(set_, ImageSet | PhotoSet)


FORM = Form(
    id="images",
    name=Text("Folder of pictures", "그림 폴더"),
    task=Task.CLASSIFY,
    recognise=recognise,
    read=read,
    splits=splits,
    write=write,
    takes=takes,
)
