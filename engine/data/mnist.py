"""MNIST, 70,000 handwritten digits, from the official files in a folder (lecture rows 24, 25).

Sets that come as the same four files (Fashion-MNIST) are found and read by the same functions.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.cards import Card, Explanation, Task
from engine.data.idx import read_idx
from engine.data.imageset import DatasetCard, ImageSet, fingerprint
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

SIDE = 28
CLASSES = tuple(same(str(digit)) for digit in range(10))
_PREFIX = {"train": "train", "test": "t10k"}
_BELOW = ("", "MNIST/raw", "raw", "mnist", "mnist/MNIST/raw", "MNIST")  # torchvision's layout and common ones


def _file(folder: Path, split: str, what: str) -> Path | None:
    """The images ("images", 3 axes) or labels ("labels", 1 axis) of a split, under any of the names in use."""
    axes = 3 if what == "images" else 1
    for name in (f"{_PREFIX[split]}-{what}-idx{axes}-ubyte", f"{_PREFIX[split]}-{what}.idx{axes}-ubyte"):
        for path in (folder / name, folder / f"{name}.gz"):
            if path.is_file():
                return path
    return None


def finder(below: tuple[str, ...], *, mine: Callable[[Path], bool]) -> Callable[[Path | None], Path | None]:
    """Finds the folder with the four official files among those `below` the data folder.

    mine: tells from a folder's name whether its files are this set's, for the names of the files are the same.
    """

    def find(root: Path | None) -> Path | None:
        for name in below if root else ():
            assert root
            folder = root / name
            here = all(_file(folder, split, what) for split in _PREFIX for what in ("images", "labels"))
            if here and mine(folder):
                return folder
        return None

    return find


def named_after(folder: Path) -> str:
    """The name that says which set a folder's files are: its own, or that of the folder around `raw`."""
    return (folder.parent if folder.name == "raw" else folder).name.lower()


def reader(id: str, name: Text, classes: tuple[Text, ...]) -> Callable[[str, Path], Job]:
    """Reads one split of such a set: images (N, 28, 28) uint8, labels (N,) int64 in 0..9."""

    def read(split: str, folder: Path) -> Job:
        reading = Text("Reading {name}", "{name} 데이터를 읽는 중")(name=name)
        yield Progress(0, 3, reading)
        paths = [_file(folder, split, what) for what in ("images", "labels")]
        if paths[0] is None or paths[1] is None:
            text = Text(
                "{folder} does not hold the official {name} files.", "{folder} 폴더에 {name} 공식 파일이 없어요."
            )
            raise LabError(text(folder=folder, name=name))
        images = read_idx(paths[0], 3)
        yield Progress(1, 3, reading)
        labels = read_idx(paths[1], 1).astype("int64")
        _check(images, labels, paths[0], name)
        yield Progress(2, 3, reading)
        return ImageSet(id, split, images, labels, classes, same(str(folder)), fingerprint(images, labels))

    return read


def _check(images: np.ndarray, labels: np.ndarray, path: Path, name: Text) -> None:
    """Raises `LabError` when these are not labelled pictures of 28×28, one label from 0 to 9 for each."""
    if not len(images):
        raise LabError(
            Text(
                "{path} holds no pictures. Get the file again.", "{path} 파일에 그림이 없어요. 파일을 다시 받아 보세요."
            )(path=path)
        )
    if images.shape[1:] != (SIDE, SIDE):
        text = Text(
            "{path} holds pictures of {shape}, not of 28×28. It is not {name}.",
            "{path} 그림은 28×28이 아니라 {shape}이에요. {name} 데이터가 아니에요.",
        )
        raise LabError(text(path=path, name=name, shape="×".join(str(n) for n in images.shape[1:])))
    if len(images) != len(labels) or labels.max() > 9:
        raise LabError(
            Text("{path} does not fit its labels.", "{path} 파일과 정답 파일이 서로 맞지 않아요.")(path=path)
        )


_OTHERS = ("fashion", "kmnist", "emnist", "qmnist", "kuzushiji")  # sets that come under the same names of files
find = finder(_BELOW, mine=lambda folder: not any(word in named_after(folder) for word in _OTHERS))
read = reader("mnist", same("MNIST"), CLASSES)

DATASET = DatasetCard(
    card=Card(
        id="mnist",
        task=Task.CLASSIFY,
        name=same("MNIST"),
        summary=Text(
            "70,000 handwritten digits, the “Hello World” of deep learning.",
            "손글씨 숫자 70,000개. 딥러닝의 ‘Hello World’예요.",
        ),
        source="http://yann.lecun.com/exdb/mnist",
        paper="LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition, 1998",
        explanation=Explanation(
            same("MNIST"),
            Text("Look for digits that you would misread yourself.", "나라면 잘못 읽을 숫자를 찾아보세요."),
            Text(
                "Each digit was scaled into 20×20 pixels and moved so that its weight sits in the middle of 28×28.",
                "숫자마다 20×20픽셀로 줄인 뒤 무게중심이 28×28의 가운데에 오도록 옮겼어요.",
            ),
            "x ∈ {0 … 255}²⁸ˣ²⁸,  y ∈ {0 … 9}",
        ),
        rows=(24, 25),
        data_licence="CC-BY-SA-3.0 (as commonly given)",
    ),
    splits=("train", "test"),
    counts=(60_000, 10_000),
    size_words=Text("70,000 · 28×28 · grey", "70,000장 · 28×28 · 흑백"),
    bundled=False,
    find=find,
    read=read,
)
