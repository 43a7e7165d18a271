"""Sentences about pictures: tables and JSON files that name a picture and what people wrote about it (lecture row 96).

Tables: `image,caption` (one line a sentence; a `split` column may name the part), Flickr8k's `image.jpg#0<tab>…`,
Flickr30k's `image| number| comment`. JSON: COCO's captions, Karpathy's `dataset_*.json`, or {picture: [sentences]}.
A `split.json` {part: [pictures]} beside them shares the pictures out.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.cards import Task
from engine.data.forms.captions_read import Said, looks_like, said_in, shared_out
from engine.data.forms.form import AnySet, Form, Recognised
from engine.data.forms.places import Pictures
from engine.data.forms.reading import OUTSIDE, Faults, in_order, inside, list_folder
from engine.data.forms.writing import check_part, copy_files, short_names, write_marks
from engine.data.photoset import PhotoSet, with_fingerprint
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

_STEP = 500
_ENDINGS = (".csv", ".tsv", ".txt", ".json")
_NAMED = ("caption", "dataset", "results", "token")  # files of other names are looked at only when opened themselves
_FOLDERS = ("images", "Images", "Flicker8k_Dataset", "Flickr8k_Dataset", "flickr30k-images", "photos", "")
_READING = Text("Reading sentences", "문장을 읽는 중")


def recognise(path: Path) -> Recognised | None:
    found = splits(path)
    return Recognised(path, found, Task.CAPTION) if found else None


def splits(path: Path) -> tuple[str, ...]:
    """The parts that the files tell apart; reads no more of a large file than it must."""
    files = _files(path)
    by_name = [_part(file) for file in files]
    if len(files) > 1 or (by_name and by_name[0] != "all"):
        return in_order(by_name)
    if not files:
        return ()
    faults = Faults()
    shared = shared_out(_root(path))
    return in_order(shared or {said.split or "all" for said in said_in(files[0], faults)} or {"all"})


def _root(path: Path) -> Path:
    folder = path if path.is_dir() else path.parent
    return folder.parent if folder.name.lower() == "annotations" else folder


def _files(path: Path) -> list[Path]:
    """The files of sentences: `captions_PART.*` for each part, or one for all."""
    if path.is_file():
        return [path] if path.suffix.lower() in _ENDINGS and looks_like(path) else []
    folders = [folder for folder in (path, path / "annotations") if folder.is_dir()]
    entries = [e for folder in folders for e in list_folder(folder) if e.name.lower().endswith(_ENDINGS)]
    named = [Path(e.path) for e in entries if any(word in e.name.lower() for word in _NAMED) and e.is_file()]
    found = [file for file in named if looks_like(file)]
    parted = [file for file in found if _part(file) != "all"]
    return parted or found[:1]


def _part(file: Path) -> str:
    """The part in a name like `captions_train.csv` or `captions_val2017.json`."""
    stem = file.stem
    if not stem.startswith("captions_"):
        return "all"
    part = stem.removeprefix("captions_")
    return part[:-4] if part[-4:] in ("2014", "2017") and len(part) > 4 else part


def read(path: Path, split: str) -> Job:
    """Read one part: a `PhotoSet` with captions. Raises `LabError` when none of its pictures is there."""
    root, faults = _root(path), Faults()
    files = _files(path)
    by_part = {_part(file): file for file in files}
    if split not in splits(path):
        raise LabError(
            Text("{path} has no part “{split}”.", "{path}에 ‘{split}’ 부분이 없어요.")(path=path, split=split)
        )
    file = by_part.get(split, files[0])
    shared = {} if split in by_part else shared_out(root)
    wanted = set(shared[split]) if split in shared else None
    sentences: dict[str, list[str]] = {}
    for number, said in enumerate(said_in(file, faults)):
        if number % _STEP == 0:
            yield Progress(0, 0, _READING)
        if _belongs(said, split, wanted, alone=split in by_part):
            sentences.setdefault(said.picture, []).extend([said.caption] if said.caption else [])
    year = file.stem[-4:] if file.stem[-4:].isdigit() else ""
    places = [split + year, split, *_FOLDERS, file.stem]
    return (yield from _photos(root, split, sentences, Pictures(root, places), faults, file=file, id=path.stem))


def _belongs(said: Said, split: str, wanted: set[str] | None, *, alone: bool) -> bool:
    if wanted is not None:
        return said.picture in wanted
    return alone or (said.split or "all") == split


def _photos(
    root: Path, split: str, sentences: dict[str, list[str]], pictures: Pictures, faults: Faults, *, file: Path, id: str
) -> Job:
    files: list[str] = []
    captions: list[tuple[str, ...]] = []
    for done, (name, lines) in enumerate(sentences.items()):
        if done % _STEP == 0:
            yield Progress(done, len(sentences), _READING)
        found = pictures.find(name)
        if found is None:
            missing = Text("the picture is not there", "그림이 없어요")
            faults.add(name[:200], OUTSIDE if inside(name) is None else missing)
        else:
            files.append(found)
            captions.append(tuple(lines))
    if not files:
        text = Text(
            "None of the {n:,} pictures that {file} names is below {root}.",
            "{file}에 적힌 그림 {n:,}장이 {root} 아래에 하나도 없어요.",
        )
        raise LabError(text(n=len(sentences), file=file, root=root))
    photos = PhotoSet(
        id=id,
        split=split,
        folder=root,
        files=tuple(files),
        sizes=np.zeros((len(files), 2), np.int32),
        classes=(),
        note=same(str(file)),
        captions=tuple(captions),
        unreadable=faults.listed(),
    )
    return with_fingerprint(photos)


def write(set_: AnySet, folder: Path, *, pictures: bool = True) -> Job:
    """Write one part as `captions_PART.csv` beside its pictures; returns the folder."""
    import csv
    import io

    assert isinstance(set_, PhotoSet) and set_.captions is not None
    part = check_part(set_.split)
    names = short_names(set_)
    if pictures:
        yield from copy_files([(set_.path(i), folder / part / name) for i, name in enumerate(names)])
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(("image", "caption"))
    for name, lines in zip(names, set_.captions, strict=True):
        writer.writerows((name, line) for line in lines or ("",))
    write_marks(folder / f"captions_{part}.csv", table.getvalue().encode())
    return folder


def takes(set_: AnySet) -> bool:
    return isinstance(set_, PhotoSet) and set_.captions is not None


FORM = Form(
    id="captions",
    name=Text("Captions (CSV, JSON)", "캡션 (CSV, JSON)"),
    task=Task.CAPTION,
    recognise=recognise,
    read=read,
    splits=splits,
    write=write,
    takes=takes,
)
