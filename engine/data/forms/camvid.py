"""Masks beside photographs, as CamVid has them: `train/`, `trainannot/`, `train.txt` (lecture rows 83, 89).

Each mask is a PNG whose pixels are class numbers; 255, or CamVid's 11, is no class. The layout is that of
SegNet's release (Badrinarayanan, Kendall, Cipolla, 2015). A table of names and colours may lie beside it; masks
painted in its colours are read as well.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from engine.cards import Task
from engine.data.forms.colours import (
    NO_CLASS,
    VOID_NAMES,
    is_painted,
    numbered,
    pairs_of,
    png_of,
    stem_of_mask,
    table_of,
)
from engine.data.forms.form import AnySet, Form, Recognised
from engine.data.forms.reading import STRANGE, Faults, in_order, is_picture, is_text, list_folder, read_text
from engine.data.forms.sizes import read_sizes
from engine.data.forms.writing import check_part, copy_files, flat_names, put, write_marks
from engine.data.names import all_named
from engine.data.photoset import PhotoSet, with_fingerprint
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

NAMES = ["sky", "building", "pole", "road", "pavement", "tree", "sign", "fence", "car", "pedestrian", "bicyclist"]
COLOURS = np.array(
    [
        [128, 128, 128],
        [128, 0, 0],
        [192, 192, 128],
        [128, 64, 128],
        [0, 0, 192],
        [128, 128, 0],
        [192, 128, 128],
        [64, 64, 128],
        [64, 0, 128],
        [64, 64, 0],
        [0, 128, 192],
    ],
    np.uint8,
)
VOID = 11
_STEP = 20
_READING = Text("Reading photographs and masks", "사진과 마스크를 읽는 중")


def recognise(path: Path) -> Recognised | None:
    found = splits(path)
    return Recognised(path, found, Task.SEGMENT) if found else None


def splits(path: Path) -> tuple[str, ...]:
    """The parts that have both a folder of photographs and one of masks."""
    return in_order(_pairs(path))


def _pairs(path: Path) -> dict[str, tuple[str, str]]:
    if not path.is_dir():
        return {}
    pairs = pairs_of({entry.name for entry in list_folder(path) if entry.is_dir()})
    return {part: (a, b) for part, (a, b) in pairs.items() if _has_png(path / b) and _has_picture(path / a)}


def _has_png(folder: Path) -> bool:
    return any(entry.name.lower().endswith((".png", ".bmp")) for entry in list_folder(folder))


def _has_picture(folder: Path) -> bool:
    return any(is_picture(entry.name) for entry in list_folder(folder))


def read(path: Path, split: str) -> Job:
    """Read one part: a `PhotoSet` with masks."""
    return (yield from read_masks(path, split, id=path.name))


def read_masks(root: Path, split: str, *, id: str) -> Job:
    """Read one part below `root` as the set called `id`. Raises `LabError` when no photograph has a mask."""
    yield Progress(0, 0, _READING)
    faults = Faults()
    folders = _pairs(root).get(split, (split, f"{split}annot"))
    files, masks = _paired(root, *folders, split=split, faults=faults)
    if not files:
        text = Text("{folder} has no photograph with a mask.", "{folder} 폴더에 마스크가 있는 사진이 없어요.")
        raise LabError(text(folder=root / folders[0]))
    painted = is_painted(root / masks[0])
    names, colours, void = _classes(root, [root / mask for mask in masks[:20]], painted=painted)
    if colours is not None and painted:
        files, masks = yield from _numbered(root, files, masks, colours=colours, faults=faults)
        void = NO_CLASS if void is None else void
    photos = PhotoSet(
        id=id,
        split=split,
        folder=root,
        files=tuple(files),
        sizes=(yield from read_sizes(root, files)),
        classes=all_named(names),
        note=same(str(root)),
        masks=tuple(masks),
        colours=None if colours is None else colours[: len(names)],
        void=void,
        unreadable=faults.listed(),
    )
    return with_fingerprint(photos)


def _paired(root: Path, photos: str, masks: str, *, split: str, faults: Faults) -> tuple[list[str], list[str]]:
    """Photographs and their masks, by stem, in the order of the part's text file or of their names."""
    drawn = {
        stem_of_mask(e.name): e.name for e in list_folder(root / masks) if e.name.lower().endswith((".png", ".bmp"))
    }
    taken = {Path(e.name).stem: e.name for e in list_folder(root / photos) if is_picture(e.name)}
    files, paired = [], []
    for name in _listed(root / f"{split}.txt", taken):
        if name not in taken:
            faults.add(name, Text("the photograph is not there", "사진이 없어요"))
        elif not is_text(taken[name]):
            faults.add(ascii(taken[name]), STRANGE)
        elif name not in drawn:
            faults.add(taken[name], Text("it has no mask", "마스크가 없어요"))
        else:
            files.append(f"{photos}/{taken[name]}")
            paired.append(f"{masks}/{drawn[name]}")
    return files, paired


def _listed(file: Path, pictures: dict[str, str]) -> list[str]:
    """The names a part's text file lists, or all that lie in its folder.

    A line is a name, a path, or the paths of a photograph and its mask as in SegNet's lists.
    """
    if not file.is_file():
        return sorted(pictures)
    names = []
    for line in filter(None, map(str.strip, read_text(file).splitlines())):
        whole = line if line in pictures else Path(line.replace("\\", "/")).stem
        names.append(whole if whole in pictures else Path(line.split()[0].replace("\\", "/")).stem)
    return list(dict.fromkeys(names))


def _classes(root: Path, some: list[Path], *, painted: bool) -> tuple[list[str], np.ndarray | None, int | None]:
    """Class names, their colours and the number that is no class: from a table, else CamVid's, else numbered.

    painted: the masks have no numbers yet, so that void may be given the last one.
    """
    table = table_of(root)
    if table is not None:
        names, colours = table
        void = next((at for at, name in enumerate(names) if name.lower() in VOID_NAMES), NO_CLASS)
        if painted and void != NO_CLASS:
            order = [at for at in range(len(names)) if at != void] + [void]
            names, colours, void = [names[at] for at in order], colours[order], len(names) - 1
        return names[:-1] if void == len(names) - 1 else names, colours, void
    top = max((_highest(path) for path in some), default=0)
    if top <= VOID:
        return NAMES, COLOURS, VOID
    return [f"class {number}" for number in range(top + 1)], None, NO_CLASS


def _highest(path: Path) -> int:
    """The highest class number of a mask, 255 (no class) left aside; 0 when it cannot be read."""
    try:
        with Image.open(path) as image:
            values = np.asarray(image)
    except (OSError, ValueError, SyntaxError):
        return 0
    inside = values[values != NO_CLASS]
    return int(inside.max()) if inside.size and values.ndim == 2 else 0


def _numbered(root: Path, files: list[str], masks: list[str], *, colours: np.ndarray, faults: Faults) -> Job:
    """(files, masks) with the masks as class numbers in the cache; those that cannot be read are left out."""
    kept, made = [], []
    for index, (file, mask) in enumerate(zip(files, masks, strict=True)):
        if index % _STEP == 0:
            yield Progress(index, len(files), _READING)
        try:
            made.append(str(numbered(root / mask, colours)))
        except LabError as error:
            faults.add(mask, error.text)
            continue
        kept.append(file)
    return kept, made


def write(set_: AnySet, folder: Path, *, pictures: bool = True) -> Job:
    """Write one part: photographs, masks, the list of names and the table of colours; returns the folder."""
    assert isinstance(set_, PhotoSet) and set_.masks is not None
    part = check_part(set_.split)
    having = [index for index, mask in enumerate(set_.masks) if mask]
    flat = flat_names(set_)
    names = [flat[index] for index in having]
    if pictures:
        copies = [(set_.path(i), folder / part / name) for i, name in zip(having, names, strict=True)]
        yield from copy_files(copies)
    for done, (index, name) in enumerate(zip(having, names, strict=True)):
        if done % _STEP == 0:
            yield Progress(done, len(having), _READING)
        put(folder / f"{part}annot" / f"{Path(name).stem}.png", png_of(_with_void_last(set_, index)))
    write_marks(folder / "classes.txt", _table(set_).encode())
    write_marks(folder / f"{part}.txt", "".join(f"{Path(name).stem}\n" for name in names).encode())
    return folder


def _with_void_last(photos: PhotoSet, index: int) -> np.ndarray:
    """A mask whose void is the number after the last class, as the table says it."""
    mask = photos.read_mask(index)
    count = len(photos.classes)
    return np.where(mask < count, mask, count).astype(np.uint8) if photos.void is not None else mask


def _table(photos: PhotoSet) -> str:
    count = len(photos.classes)
    colours = photos.colours if photos.colours is not None else _some_colours(count)
    lines = [f"{name.en} {r} {g} {b}\n" for name, (r, g, b) in zip(photos.classes, colours.tolist(), strict=True)]
    return "".join(lines) + "void 0 0 0\n"


def _some_colours(count: int) -> np.ndarray:
    """Colours that differ, (count, 3) uint8, as PASCAL VOC makes them: the number's bits spread over R, G and B."""
    number = np.arange(1, count + 1)
    colours = np.zeros((count, 3), np.uint8)
    for bit in range(8):
        for channel in range(3):
            colours[:, channel] |= ((number >> (3 * bit + channel) & 1) << (7 - bit)).astype(np.uint8)
    return colours


def takes(set_: AnySet) -> bool:
    return isinstance(set_, PhotoSet) and set_.masks is not None and any(set_.masks)


FORM = Form(
    id="camvid",
    name=Text("CamVid (masks)", "CamVid (마스크)"),
    task=Task.SEGMENT,
    recognise=recognise,
    read=read,
    splits=splits,
    write=write,
    takes=takes,
)
