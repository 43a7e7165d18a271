"""Tables: a label and the pixels of a small picture in each line, or the name of a file and its label.

`label,pixel0,pixel1,…` is how digits are often handed round (one line a picture, square, grey or RGB);
`file,label` names photographs beside the table. A folder may hold one table for each part.
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import numpy as np

from engine.cards import Task
from engine.data.forms import signals_table
from engine.data.forms.csv_shape import Shape, cells, settled, shape_of, side_of
from engine.data.forms.csv_write import takes, write
from engine.data.forms.form import Form, Recognised
from engine.data.forms.labels import classes_of, names_beside
from engine.data.forms.places import Pictures
from engine.data.forms.reading import Faults, in_order, list_folder, read_text
from engine.data.imageset import ImageSet, fingerprint
from engine.data.photoset import PhotoSet, with_fingerprint
from engine.errors import LabError, cannot_read
from engine.jobs import Job, Progress
from engine.text import Text, same

_ENDINGS = (".csv", ".tsv", ".csv.gz")
_LINES = 200  # parsed at a time, so that the window goes on
_LARGEST = 4 << 30  # bytes of a table unpacked
_READING = Text("Reading the table", "표를 읽는 중")
BAD_LINE = Text("line {n} is damaged and was left out", "{n}번째 줄이 손상돼서 뺐어요")


def recognise(path: Path) -> Recognised | None:
    found = in_order(_files(path))
    if found:
        return Recognised(path, found, Task.CLASSIFY)
    waves = signals_table.splits(path)  # a table of readings over time is a table too
    return Recognised(path, waves, Task.SIGNAL) if waves else None


def splits(path: Path) -> tuple[str, ...]:
    return in_order(_files(path)) or signals_table.splits(path)


def _files(path: Path) -> dict[str, Path]:
    """The table of each part; tables with other names are one part of their own."""
    if path.is_file():
        return {"all": path} if _is_table(path.name) and shape_of(path) else {}
    tables = [Path(e.path) for e in list_folder(path) if e.is_file() and _is_table(e.name)] if path.is_dir() else []
    return {_stem(table): table for table in tables[:20] if shape_of(table)}


def _is_table(name: str) -> bool:
    return name.lower().endswith(_ENDINGS) and not name.startswith(".")


def _stem(path: Path) -> str:
    return path.name.lower().removesuffix(".gz").rpartition(".")[0]


def read(path: Path, split: str) -> Job:
    """Read one part: an `ImageSet` from a table of pixels, a `PhotoSet` from a table of files."""
    files = _files(path)
    if not files and split in signals_table.splits(path):
        return (yield from signals_table.read(path, split))
    if split not in files:
        raise LabError(
            Text("{path} has no part “{split}”.", "{path}에 ‘{split}’ 부분이 없어요.")(path=path, split=split)
        )
    shape = shape_of(files[split])
    assert shape is not None
    lines = _lines(files[split])
    shape = settled(shape, lines)
    others = [file for part, file in files.items() if part != split]
    if shape.file >= 0:
        return (yield from _photos(files[split], shape, lines, split=split, others=others))
    return (yield from _pixels(files[split], shape, lines, split=split, others=others))


def _lines(path: Path) -> list[str]:
    if path.suffix != ".gz":
        return read_text(path).splitlines()
    try:
        with gzip.open(path) as file:
            content = file.read(_LARGEST + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        text = Text(
            "{path} is cut off or damaged. Get the file again.", "{path} 파일이 잘렸거나 손상됐어요. 다시 받아 보세요."
        )
        raise LabError(text(path=path)) from error
    except OSError as error:
        raise cannot_read(path, error) from error
    if len(content) > _LARGEST:
        raise LabError(Text("{path} unpacks to more than 4 GiB.", "{path} 압축을 풀면 4GiB가 넘어요.")(path=path))
    return content.decode("utf-8-sig", "replace").splitlines()


def _label_words(path: Path) -> set[str]:
    """The labels of another part, so that all parts count the classes alike."""
    shape = shape_of(path)
    if shape is None:
        return set()
    lines = _lines(path)
    shape = settled(shape, lines)
    rows = (cells(line, shape.comma) for line in lines[shape.header :])
    return {row[shape.label].strip() for row in rows if len(row) == shape.width} - {""}


def _pixels(path: Path, shape: Shape, lines: list[str], *, split: str, others: list[Path]) -> Job:
    faults = Faults()
    words: list[str] = []
    parts: list[np.ndarray] = []
    for start in range(shape.header, len(lines), _LINES):
        yield Progress(start, len(lines), _READING)
        some, values = _parse(lines[start : start + _LINES], shape, start + 1, path.name, faults)
        words += some
        parts.append(values)
    if not words:
        raise LabError(Text("{path} holds no line of pixels.", "{path}에 픽셀 줄이 없어요.")(path=path))
    values = np.concatenate(parts)
    top = float(values.max())
    scaled = values * 255 if top <= 1 and (values % 1).any() else values
    side = side_of(shape.width - 1)
    images = np.clip(np.round(scaled), 0, 255).astype(np.uint8).reshape(len(words), *(side or ()))
    every = set(words).union(*(_label_words(other) for other in others))
    classes, order = classes_of(every, names_beside(path.parent))
    labels = np.array([order[word] for word in words], np.int64)
    return ImageSet(_stem(path), split, images, labels, classes, _note(path, faults), fingerprint(images, labels))


def _parse(lines: list[str], shape: Shape, first: int, file: str, faults: Faults) -> tuple[list[str], np.ndarray]:
    """(labels, values (n, width − 1) float32) of some lines; damaged ones are left out and said."""
    words, rows = [], []
    for number, line in enumerate(lines, first):
        if not line.strip():
            continue
        row = cells(line, shape.comma)
        try:
            numbers = np.fromiter(map(float, [*row[: shape.label], *row[shape.label + 1 :]]), np.float32)
        except (ValueError, OverflowError):
            numbers = np.array([np.nan], np.float32)
        label = row[shape.label].strip() if len(row) == shape.width else ""
        if not label or not np.isfinite(numbers).all():
            faults.add(f"{file}:{number}", BAD_LINE(n=number))
            continue
        words.append(label)
        rows.append(numbers)
    return words, np.stack(rows) if rows else np.zeros((0, shape.width - 1), np.float32)


def _note(path: Path, faults: Faults) -> Text:
    """Where the set is from; an `ImageSet` lists no files, so what was left out is said here."""
    bad = faults.listed()
    if not bad:
        return same(str(path))
    text = Text(
        "{path} · {n:,} damaged lines left out, the first: {first}",
        "{path} · 손상된 줄 {n:,}개를 뺐어요. 첫 번째: {first}",
    )
    return text(path=path, n=len(bad), first=bad[0].file)


def _photos(path: Path, shape: Shape, lines: list[str], *, split: str, others: list[Path]) -> Job:
    faults, root = Faults(), path.parent
    pictures = Pictures(root, [split, f"images/{split}", "images", "", path.stem])
    files: list[str] = []
    words: list[str] = []
    for number, line in enumerate(lines[shape.header :], shape.header + 1):
        if number % _LINES == 0:
            yield Progress(number, len(lines), _READING)
        if not line.strip():
            continue
        row = cells(line, shape.comma)
        if len(row) != shape.width:
            faults.add(f"{path.name}:{number}", BAD_LINE(n=number))
            continue
        said = row[shape.file].strip()
        name = pictures.find(said)
        if name is None or name in files[-1:]:
            outside = Text(
                "its name points outside the folder, or it is not there", "이름이 폴더 밖을 가리키거나 그림이 없어요"
            )
            faults.add(said[:200] or f"{path.name}:{number}", outside)
            continue
        files.append(name)
        words.append(row[shape.label].strip())
    if not files:
        text = Text("None of the pictures named in {path} is beside it.", "{path}에 적힌 그림이 옆에 하나도 없어요.")
        raise LabError(text(path=path))
    every = (set(words) - {""}).union(*(_label_words(other) for other in others))
    classes, order = classes_of(every, names_beside(root))
    photos = PhotoSet(
        id=root.name,
        split=split,
        folder=root,
        files=tuple(files),
        sizes=np.zeros((len(files), 2), np.int32),
        classes=classes,
        note=same(str(path)),
        labels=np.array([order.get(word, -1) for word in words], np.int64),
        unreadable=faults.listed(),
    )
    return with_fingerprint(photos)


FORM = Form(
    id="csv",
    name=Text("Table (CSV)", "표 (CSV)"),
    task=Task.CLASSIFY,
    recognise=recognise,
    read=read,
    splits=splits,
    write=write,
    takes=takes,
)
