"""CIFAR-10, 60,000 small colour photographs of ten kinds (lecture rows 26, 27).

Read from the official `cifar-10-python.tar.gz`, from the folder it unpacks to, or from one NPZ of JPEG files. The
official files are pickles; they are read without unpickling (engine/data/plain_pickle.py).
"""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.cards import Card, Explanation, SlideSaid, Task
from engine.data.archives import read_to_end
from engine.data.arrays import read_arrays
from engine.data.imageset import DatasetCard
from engine.data.jpegs import decode, image_set
from engine.data.names import all_named
from engine.data.plain_pickle import NotPlain, read_plain
from engine.errors import LabError, cannot_read
from engine.jobs import Job, Progress
from engine.text import Text, same

CLASSES = all_named(["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"])
ARCHIVE, FOLDER, PACKED = "cifar-10-python.tar.gz", "cifar-10-batches-py", "cifar10_jpeg.npz"
_FILES = {"train": tuple(f"data_batch_{n}" for n in range(1, 6)), "test": ("test_batch",)}
_LARGEST = 64 << 20  # bytes of one batch; the official ones have 31 MB
_READING = Text("Reading CIFAR-10", "CIFAR-10을 읽는 중")


def find(root: Path | None) -> Path | None:
    """The archive, the folder of batches or the NPZ at or below the folder of data sets."""
    if root is None:
        return None
    if root.name == ARCHIVE and root.is_file():
        return root
    for folder in (root, root / "cifar10", root / "cifar-10", root / "CIFAR10"):
        for batches in (folder / FOLDER, folder):
            if all((batches / name).is_file() for names in _FILES.values() for name in names):
                return batches
        for file in (folder / ARCHIVE, folder / PACKED):
            if file.is_file():
                return file
    return None


def read(split: str, place: Path) -> Job:
    """Read one split: an `ImageSet` of (N, 32, 32, 3). Raises `LabError` naming a file that is damaged."""
    yield Progress(0, 0, _READING)
    if place.suffix == ".npz":
        return (yield from _read_jpegs(split, place))
    pictures: list[np.ndarray] = []
    labels: list[int] = []
    for done, (path, content) in enumerate(_batches(place, _FILES[split])):
        yield Progress(done, len(_FILES[split]), _READING)
        some, kinds = batch(content, path)
        pictures.append(some)
        labels += kinds
    if len(pictures) < len(_FILES[split]):
        raise LabError(_damaged(place))
    return image_set("cifar10", split, np.concatenate(pictures), labels, CLASSES, place)


def _batches(place: Path, names: tuple[str, ...]) -> Iterator[tuple[Path, bytes]]:
    """(file, content) of the named batches, in the order they lie in the archive or the folder."""
    try:
        if place.is_dir():
            for name in names:
                yield place / name, (place / name).read_bytes()
            return
        with tarfile.open(place, "r:gz") as archive:
            for member in archive:
                name = member.name.rpartition("/")[2]
                file = archive.extractfile(member) if member.isreg() and name in names else None
                if file is not None:
                    if member.size > _LARGEST:
                        raise LabError(_damaged(place))
                    yield place / name, file.read()
            read_to_end(archive)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise LabError(_damaged(place)) from error
    except OSError as error:
        raise (cannot_read(place, error) if error.errno else LabError(_damaged(place))) from error


def batch(content: bytes, path: Path) -> tuple[np.ndarray, list[int]]:
    """One official batch: pictures (n, 32, 32, 3) uint8 RGB and their labels. Raises `LabError` for anything else."""
    try:
        told = read_plain(content)
    except NotPlain as error:
        text = Text(
            "{path} is not a batch of CIFAR-10: it asks for more than numbers ({why}). It was not run. "
            "Get the official file again.",
            "{path} 파일은 CIFAR-10 묶음이 아니에요. 숫자가 아닌 것({why})이 들어 있어서 실행하지 않았어요. "
            "공식 파일을 다시 받아 보세요.",
        )
        raise LabError(text(path=path, why=error)) from error
    if not isinstance(told, dict):
        raise LabError(_damaged(path))
    data, labels = (told.get(key.encode(), told.get(key)) for key in ("data", "labels"))
    plain = isinstance(data, np.ndarray) and data.dtype == np.uint8 and data.ndim == 2 and data.shape[1] == 3072
    if not plain or not isinstance(labels, list) or not all(type(label) is int for label in labels):
        raise LabError(_damaged(path))
    return np.ascontiguousarray(data.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)), labels  # type: ignore[union-attr]


def _read_jpegs(split: str, path: Path) -> Job:
    names = [f"{split}_{what}" for what in ("jpeg", "offsets", "labels")]
    found = read_arrays(path, names)
    images = yield from decode(found[names[0]], found[names[1]], grey=False, path=path)
    return replace(image_set("cifar10", split, images, found[names[2]], CLASSES, path), lossy=True)


def _damaged(path: Path) -> Text:
    return Text(
        "{path} is damaged or cut off: it does not hold the batches of CIFAR-10. Get the file again.",
        "{path} 파일이 손상됐거나 잘렸어요. CIFAR-10 묶음이 없어요. 파일을 다시 받아 보세요.",
    )(path=path)


DATASET = DatasetCard(
    card=Card(
        id="cifar10",
        task=Task.CLASSIFY,
        name=same("CIFAR-10"),
        summary=Text(
            "60,000 colour photographs of 32×32 pixels: airplanes, cats, ships and seven more, 6,000 of each.",
            "32×32픽셀 컬러 사진 60,000장. 비행기, 고양이, 배 등 열 가지가 6,000장씩 있어요.",
        ),
        source="https://www.cs.toronto.edu/~kriz/cifar.html",
        paper="Krizhevsky, Learning multiple layers of features from tiny images, technical report, 2009",
        explanation=Explanation(
            same("CIFAR-10"),
            Text("Guess the class before you look at the label.", "라벨을 보기 전에 무엇인지 맞혀 보세요."),
            Text(
                "A labelled part of 80 Million Tiny Images. Three numbers for each pixel now: red, green and blue.",
                "8천만 장의 작은 그림에서 고른 것이에요. 이제 픽셀마다 빨강, 초록, 파랑 세 숫자가 있어요.",
            ),
            "x ∈ {0 … 255}³²ˣ³²ˣ³,  y ∈ {0 … 9}",
        ),
        rows=(12, 26, 27),
        slide_said=(
            SlideSaid(
                26, "count", 60_000, Text("60,000 pictures, 6,000 of each class", "60,000장, 클래스마다 6,000장")
            ),
        ),
        data_licence="as published by A. Krizhevsky, 2009: cite the technical report",
    ),
    splits=("train", "test"),
    counts=(50_000, 10_000),
    size_words=Text("60,000 · 32×32 · colour", "60,000장 · 32×32 · 컬러"),
    bundled=False,
    find=find,
    read=read,
)
