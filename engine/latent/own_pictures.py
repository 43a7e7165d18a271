"""A person's own folder of pictures as the data of a generator: cut to squares, made small, a tenth kept aside."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from engine.data import DATASETS
from engine.data.forms.reading import list_folder
from engine.data.pictures import read_small
from engine.errors import LabError
from engine.jobs import Event, Progress
from engine.text import Text, same

ENDINGS = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"}
MOST = 20_000  # pictures; more are not read
FEWEST = 25
KEPT_ASIDE = 10  # every tenth picture is not learnt from: it is what `evaluate` compares with
_READING = Text("Reading {name}", "{name} 읽는 중")


def is_folder(word: str) -> bool:
    """True where `word` names a folder rather than one of the data sets: a run called "flowers" beside is none of them."""
    if any(one.id == word for one in DATASETS):
        return False
    return Path(word).is_dir() or "/" in word or "\\" in word


def read_own(
    folder: Path, split: str, side: int
) -> Generator[Event, None, tuple[np.ndarray, np.ndarray, tuple[Text, ...]]]:
    """Pictures of a folder, or of its folders, each of which is a class then; yields `Progress`.

    Files that are no pictures are passed over. split: "train", or "val" for every tenth.
    Returns:
        (images (N, side, side, 3) uint8 RGB, labels (N,) int64, the classes' names)
    Raises:
        LabError: no such folder, too few pictures in it.
    """
    files, names = _files(folder)
    chosen = [file for number, file in enumerate(files) if (number % KEPT_ASIDE == KEPT_ASIDE - 1) == (split == "val")]
    images, labels = list[np.ndarray](), list[int]()
    for number, (file, label) in enumerate(chosen):
        if number % 20 == 0:
            yield Progress(number, len(chosen), _READING(name=folder.name))
        try:
            picture, _ = read_small(file, 2 * side)
        except LabError:
            continue  # what cannot be read is not learnt from; too few are told below
        images.append(squared(picture, side))
        labels.append(label)
    if len(images) < (FEWEST if split == "train" else 2):
        raise LabError(_too_few(folder, len(images)))
    return np.stack(images), np.array(labels, np.int64), names


def _too_few(folder: Path, count: int) -> Text:
    text = Text(
        "{folder} holds {n} readable pictures. A generator needs at least 30, better 1,000. Choose another folder.",
        "{folder} 폴더에 읽을 수 있는 그림이 {n}장 있어요. 30장 이상, 되도록 1,000장이 필요해요. 다른 폴더를 골라 주세요.",
    )
    return text(folder=folder, n=count)


def _files(folder: Path) -> tuple[list[tuple[Path, int]], tuple[Text, ...]]:
    """(every picture with its class, the classes): the folder's own, else those of its folders."""
    own = _pictures_in(folder)
    if own:
        return [(file, 0) for file in own], (same(folder.name or str(folder)),)
    found = [(Path(entry.path), files) for entry in list_folder(folder) if (files := _inside(entry))]
    names = tuple(same(place.name) for place, _ in found)
    every = [(file, number) for number, (_, files) in enumerate(found) for file in files]
    return every[:MOST], names or (same(folder.name),)


def _inside(entry: Any) -> list[Path]:
    return _pictures_in(Path(entry.path)) if entry.is_dir() else []


def _pictures_in(folder: Path) -> list[Path]:
    every = (Path(entry.path) for entry in list_folder(folder) if entry.is_file())
    return [file for file in every if file.suffix.lower() in ENDINGS][:MOST]


def squared(picture: np.ndarray, side: int) -> np.ndarray:
    """The middle square of (H, W[, 3]), area-averaged to (side, side[, 3])."""
    high, wide = picture.shape[:2]
    short = min(high, wide)
    top, left = (high - short) // 2, (wide - short) // 2
    return np.asarray(
        cv2.resize(picture[top : top + short, left : left + short], (side, side), interpolation=cv2.INTER_AREA)
    )
