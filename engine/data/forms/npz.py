"""NumPy's NPZ: pictures and labels under the names people use for them.

`x_train, y_train, x_test, y_test` (Keras), `train_images, train_labels …` (MedMNIST), `images, labels`, `x, y`,
`data, target`; JPEG files one after another as `jpeg, offsets`. Pictures are (N, H, W), (N, H, W, 1), (N, H, W, 3),
(N, 3, H, W) or square (N, H·W), of bytes or of numbers from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.cards import Task
from engine.data.arrays import headers, read_arrays, write_arrays
from engine.data.forms.csv_shape import side_of
from engine.data.forms.form import AnySet, Form, Recognised
from engine.data.forms.labels import checked, classes_of
from engine.data.forms.reading import PARTS, in_order, list_folder
from engine.data.forms.writing import WRITING, check_part
from engine.data.imageset import ImageSet, fingerprint
from engine.data.jpegs import decode
from engine.data.names import all_named
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

_X = ("x", "images", "image", "imgs", "data", "pixels", "features", "arr_0")
_Y = ("y", "labels", "label", "target", "targets", "classes_of", "arr_1")
CLASSES = ("classes", "class_names", "label_names", "names", "target_names")
ONE_CLASS = Text("picture", "그림")
_CHANNELS = 16  # at most, in a signal
_READING = Text("Reading arrays", "배열을 읽는 중")
Headers = dict[str, tuple[tuple[int, ...], "np.dtype[Any]"]]


@dataclass(frozen=True, slots=True)
class Keys:
    """The names of one part's arrays in a file; `jpeg` where the pictures are packed; labels "" where there are none."""

    file: Path
    x: str
    y: str
    offsets: str = ""


def recognise(path: Path) -> Recognised | None:
    found = _parts(path)
    return Recognised(path, in_order(found), Task.CLASSIFY) if found else None


def splits(path: Path) -> tuple[str, ...]:
    return in_order(_parts(path))


def _parts(path: Path) -> dict[str, Keys]:
    return {part: keys for part, keys in keys_of(path).items() if not is_signal(headers(keys.file), keys)}


def keys_of(path: Path) -> dict[str, Keys]:
    """The arrays of each part: in one file, or one file for each part."""
    if path.is_file():
        return _in_file(path) if path.suffix.lower() == ".npz" else {}
    files = [Path(e.path) for e in list_folder(path) if e.name.lower().endswith(".npz")] if path.is_dir() else []
    if len(files) == 1:
        found = _in_file(files[0])
        return {files[0].stem: found["all"]} if set(found) == {"all"} and files[0].stem.lower() in PARTS else found
    parts = {file.stem: _in_file(file) for file in files if file.stem.lower() in (*PARTS, "all")}
    return (
        {part: found["all"] for part, found in parts.items() if set(found) == {"all"}}
        if len(parts) == len(files)
        else {}
    )


def _in_file(file: Path) -> dict[str, Keys]:
    arrays = {name.lower(): name for name, (shape, _) in headers(file).items() if shape}
    found: dict[str, Keys] = {}
    for part in (*PARTS, ""):
        for joined in (lambda word, p=part: f"{word}_{p}", lambda word, p=part: f"{p}_{word}") if part else (str,):
            keys = _keys(file, arrays, joined)
            if keys is not None:
                found.setdefault(part or "all", keys)
    return found if len(found) == 1 else {part: keys for part, keys in found.items() if part != "all"}


def _keys(file: Path, arrays: dict[str, str], joined: Any) -> Keys | None:
    y = next((arrays[joined(word)] for word in _Y if joined(word) in arrays), "")
    if joined("jpeg") in arrays and joined("offsets") in arrays:
        return Keys(file, arrays[joined("jpeg")], y, arrays[joined("offsets")])
    x = next((arrays[joined(word)] for word in _X if joined(word) in arrays), "")
    return Keys(file, x, y) if x else None


def is_signal(about: Headers, keys: Keys) -> bool:
    """True for windows of numbers over time: (N, T, C) with few channels, not bytes; or with a sampling rate."""
    shape, kind = about.get(keys.x, ((), np.dtype(np.uint8)))
    if keys.offsets or len(shape) not in (2, 3):
        return False
    rated = any(name.lower() in ("rate", "rate_hz", "fs", "sampling_rate") for name in about)
    if len(shape) == 2:
        return rated
    few = min(shape[1:]) <= _CHANNELS and max(shape[1:]) > min(shape[1:])
    return few and (rated or kind.kind == "f")


def read(path: Path, split: str) -> Job:
    """Read one part: an `ImageSet`. Raises `LabError` when the arrays are no labelled pictures."""
    parts = _parts(path)
    if split not in parts:
        raise LabError(
            Text("{path} has no part “{split}”.", "{path}에 ‘{split}’ 부분이 없어요.")(path=path, split=split)
        )
    keys = parts[split]
    yield Progress(0, 0, _READING)
    about = headers(keys.file)
    named = next((name for name in about if name.lower() in CLASSES), "")
    wanted = [name for name in (keys.x, keys.y, keys.offsets, named) if name]
    arrays = read_arrays(keys.file, wanted)
    yield Progress(0, 0, _READING)
    if keys.offsets:
        images = yield from decode(arrays[keys.x], arrays[keys.offsets], grey=False, path=keys.file)
        grey = all((part[..., 0] == part[..., 1]).all() and (part[..., 0] == part[..., 2]).all() for part in images)
        images = np.ascontiguousarray(images[..., 0]) if grey else images
    else:
        images = pictures_of(arrays[keys.x], keys.file)
    classes, labels = labels_of(arrays.get(keys.y), arrays.get(named), len(images), keys.file)
    if classes and not keys.y:
        classes = (ONE_CLASS,)
    return ImageSet(path.stem, split, images, labels, classes, same(str(keys.file)), fingerprint(images, labels))


def pictures_of(values: np.ndarray, path: Path) -> np.ndarray:
    """(N, H, W) or (N, H, W, 3) uint8 from any of the layouts above. Raises `LabError` for anything else."""
    if values.ndim == 2 and (side := side_of(values.shape[1])) and side[0] > 3:
        values = values.reshape(len(values), *side)
    if values.ndim == 4 and values.shape[-1] not in (1, 3, 4) and values.shape[1] in (1, 3, 4):
        values = values.transpose(0, 2, 3, 1)
    if values.ndim == 4 and values.shape[-1] in (1, 3, 4):
        values = values[..., 0] if values.shape[-1] == 1 else values[..., :3]
    fits = values.ndim == 3 or (values.ndim == 4 and values.shape[-1] == 3)
    if not fits or not values.size or values.dtype.kind not in "uifb":
        text = Text(
            "{path} holds no pictures: its array is {shape}, not (number, height, width) or (number, height, width, 3).",
            "{path}에 그림이 없어요. 배열이 (개수, 높이, 너비)나 (개수, 높이, 너비, 3)이 아니라 {shape}이에요.",
        )
        raise LabError(text(path=path, shape=" × ".join(str(n) for n in values.shape)))
    return np.ascontiguousarray(_bytes(values))


def _bytes(values: np.ndarray) -> np.ndarray:
    """Any numbers as brightness 0 … 255: 0 … 1 and −1 … 1 are stretched, larger ranges than a byte shrunk."""
    if values.dtype == np.uint8:
        return values
    if values.dtype.kind == "b":
        return values.astype(np.uint8) * 255
    numbers = np.nan_to_num(values.astype(np.float32))
    low, high = float(numbers.min()), float(numbers.max())
    if low < 0:
        reach = max(-low, high)
        numbers = (numbers / reach + 1) * 127.5
    elif high <= 1 and values.dtype.kind == "f":
        numbers = numbers * 255
    elif high > 255:
        numbers = numbers * (255 / high)
    return np.round(numbers).clip(0, 255).astype(np.uint8)


def labels_of(
    y: np.ndarray | None, names: np.ndarray | None, count: int, path: Path
) -> tuple[tuple[Text, ...], np.ndarray]:
    """Classes and (count,) int64 labels from numbers, words or one-hot rows. Raises `LabError` when they do not fit."""
    if y is None:
        return (same("0"),), np.zeros(count, np.int64)
    if y.ndim == 2 and y.shape[1] > 1 and y.dtype.kind in "uifb":
        y = y.argmax(axis=1)
    y = y.reshape(-1)
    told = tuple(str(name) for name in names.reshape(-1)) if names is not None and names.dtype.kind in "US" else ()
    if y.dtype.kind in "uib" or (y.dtype.kind == "f" and (y % 1 == 0).all()):
        labels = y.astype(np.int64)
        top = int(labels.max()) + 1 if len(labels) else 0
        classes = all_named(told) if len(told) >= top else tuple(same(str(n)) for n in range(min(top, 100_000)))
    else:
        words = [str(word) for word in y]
        classes, order = classes_of(words, told)
        labels = np.array([order[word] for word in words], np.int64)
    if len(labels) != count or not checked(labels, len(classes)):
        raise LabError(
            Text("The labels in {path} do not fit its pictures.", "{path}의 정답이 그림과 맞지 않아요.")(path=path)
        )
    return classes, labels


def write(set_: AnySet, folder: Path, *, pictures: bool = True) -> Job:
    """Write one part as `PART.npz` with `images`, `labels` and `classes`; returns the folder."""
    assert isinstance(set_, ImageSet)
    yield Progress(0, 1, WRITING)
    path = folder / f"{check_part(set_.split)}.npz"
    names = np.array([name.en for name in set_.classes])
    write_arrays(path, {"images": np.asarray(set_.images[:]), "labels": set_.labels, "classes": names})
    return folder


def takes(set_: AnySet) -> bool:
    return isinstance(set_, ImageSet)


FORM = Form(
    id="npz",
    name=Text("NumPy arrays (NPZ)", "NumPy 배열 (NPZ)"),
    task=Task.CLASSIFY,
    recognise=recognise,
    read=read,
    splits=splits,
    write=write,
    takes=takes,
)
