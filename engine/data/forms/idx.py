"""IDX files, as MNIST and its kin come: pictures and labels of each part in two files, plain or gzipped."""

from __future__ import annotations

import gzip
import io
import re
import struct
from pathlib import Path

import numpy as np

from engine.cards import Task
from engine.data.forms.form import AnySet, Form, Recognised
from engine.data.forms.labels import LIST, list_of, names_beside
from engine.data.forms.reading import in_order, list_folder
from engine.data.forms.writing import WRITING, check_part, write_marks
from engine.data.idx import read_idx
from engine.data.imageset import ImageSet, fingerprint
from engine.data.names import all_named
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

_NAME = re.compile(r"(?P<part>.+)-(?P<what>images|labels)[-.]idx(?P<axes>[134])-ubyte(\.gz)?")
_TEST = "t10k"  # MNIST's word for its test part
_READING = Text("Reading pictures", "그림을 읽는 중")


def recognise(path: Path) -> Recognised | None:
    found = splits(path)
    return Recognised(path, found, Task.CLASSIFY) if found else None


def splits(path: Path) -> tuple[str, ...]:
    """The parts whose pictures and labels are both here."""
    files = _files(path)
    return in_order(part for part, what in files if what == "images" and (part, "labels") in files)


def _files(path: Path) -> dict[tuple[str, str], tuple[Path, int]]:
    """The file and its number of axes, by part and "images" or "labels"."""
    found: dict[tuple[str, str], tuple[Path, int]] = {}
    for entry in list_folder(path) if path.is_dir() else ():
        match = _NAME.fullmatch(entry.name)
        if match:
            part = "test" if match["part"] == _TEST else match["part"]
            found.setdefault((part, match["what"]), (Path(entry.path), int(match["axes"])))
    return found


def read(path: Path, split: str) -> Job:
    """Read one part: an `ImageSet`. Raises `LabError` when the two files are damaged or do not fit."""
    files = _files(path)
    if split not in splits(path):
        raise LabError(
            Text("{path} has no part “{split}”.", "{path}에 ‘{split}’ 부분이 없어요.")(path=path, split=split)
        )
    (pictures, axes), (answers, _) = files[split, "images"], files[split, "labels"]
    yield Progress(0, 2, _READING)
    images = read_idx(pictures, axes)
    yield Progress(1, 2, _READING)
    labels = read_idx(answers, 1).astype(np.int64)
    if len(images) != len(labels) or not len(images) or (axes == 4 and images.shape[3] != 3):
        text = Text("{path} does not fit its labels.", "{path} 파일과 정답 파일이 서로 맞지 않아요.")
        raise LabError(text(path=pictures))
    names = names_beside(path)
    count = max(int(labels.max()) + 1, len(names), *_highest(files, split))
    classes = all_named(names if len(names) == count else map(str, range(count)))
    return ImageSet(path.name, split, images, labels, classes, same(str(path)), fingerprint(images, labels))


def _highest(files: dict[tuple[str, str], tuple[Path, int]], split: str) -> list[int]:
    """The number of classes that the labels of the other parts show, so that all parts have the same classes."""
    counts = [0]
    for (part, what), (path, _) in files.items():
        if what == "labels" and part != split:
            values = read_idx(path, 1)
            counts.append(int(values.max()) + 1 if len(values) else 0)
    return counts


def write(set_: AnySet, folder: Path, *, pictures: bool = True) -> Job:
    """Write one part under MNIST's names, gzipped, with `classes.txt` beside it; returns the folder."""
    assert isinstance(set_, ImageSet)
    part = check_part(set_.split)
    name = _TEST if part == "test" else part
    classes = list_of(set_.classes)
    if classes is not None:
        write_marks(folder / LIST, classes)
    images = np.asarray(set_.images[:])
    for done, (what, values) in enumerate((("images", images), ("labels", set_.labels.astype(np.uint8)))):
        yield Progress(done, 2, WRITING)
        write_marks(folder / f"{name}-{what}-idx{values.ndim}-ubyte.gz", _packed(values))
    return folder


def _packed(values: np.ndarray) -> bytes:
    """An array of bytes as a gzipped IDX file; no time in it, so that the same array gives the same bytes."""
    header = bytes((0, 0, 8, values.ndim)) + struct.pack(f">{values.ndim}I", *values.shape)
    content = io.BytesIO()
    with gzip.GzipFile(fileobj=content, mode="wb", compresslevel=6, mtime=0) as file:
        file.write(header + np.ascontiguousarray(values).tobytes())
    return content.getvalue()


def takes(set_: AnySet) -> bool:
    return isinstance(set_, ImageSet) and len(set_.classes) <= 256


FORM = Form(
    id="idx",
    name=Text("IDX (as MNIST)", "IDX (MNIST 형식)"),
    task=Task.CLASSIFY,
    recognise=recognise,
    read=read,
    splits=splits,
    write=write,
    takes=takes,
)
