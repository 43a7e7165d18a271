"""Small sets of every kind for the tests of forms: real pixels, awkward names, every sort of mark."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from skimage import data

from engine.data.forms import Form, form
from engine.data.photoset import Objects, PhotoSet, with_fingerprint
from engine.data.signalset import SignalSet
from engine.data.signalset import with_fingerprint as signals_with_fingerprint
from engine.jobs import result_of
from engine.text import Text, same

NAMES = ("고양이 사진.jpg", "a b,c'd.jpg", "plain.jpg", "empty.jpg", "Ω-ünïcode.jpg", "x" * 60 + ".jpg")
SIZE = (96, 64)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def pictures(folder: Path, names: tuple[str, ...] = NAMES) -> None:
    """Crops of a real photograph (scikit-image's cat) under awkward names."""
    folder.mkdir(parents=True, exist_ok=True)
    photo = data.chelsea()
    for number, name in enumerate(names):
        crop = photo[10 * number : 10 * number + SIZE[1], 20 * number : 20 * number + SIZE[0]]
        Image.fromarray(crop).save(folder / name, quality=85)


def ring(*points: float) -> np.ndarray:
    return np.array(points, np.float32).reshape(-1, 2)


def objects() -> tuple[Objects, ...]:
    """Marks of the six pictures: plain boxes, outlines, a crowd of pixels, keypoints, none at all."""
    boxes = Objects.of(np.array([[1.25, 2.5, 30.75, 40.01], [0, 0, 96, 64]]), np.array([0, 2]))
    outlined = Objects.of(
        np.array([[10, 10, 50, 50], [60, 5, 90, 30]]),
        np.array([1, 1]),
        outlines=((ring(10, 10, 50, 10, 30.33, 50),), (ring(60, 5, 90, 5, 75, 30), ring(60, 20, 70, 20, 65, 30))),
    )
    crowd = Objects.of(
        np.array([[4, 4, 20, 12]]),
        np.array([0]),
        crowd=np.array([True]),
        outlines=((ring(4, 4, 20, 4, 20, 12, 4, 12),),),
    )
    none = Objects.of(np.zeros((0, 4)), np.zeros(0))
    return boxes, outlined, crowd, none, boxes, outlined


def marked(folder: Path, split: str = "train", *, keypoints: bool = False) -> PhotoSet:
    """Six pictures with objects of three classes, one of them with a Korean name."""
    pictures(folder / split)
    marks = objects()
    if keypoints:
        points = np.array([[[5, 6, 2], [7.5, 8, 1], [0, 0, 0]]] * 2, np.float32)
        whole = (Objects.of(o.boxes, o.labels, keypoints=points[: len(o)]) for o in marks)
        marks = tuple(whole)
    photos = PhotoSet(
        id="made",
        split=split,
        folder=folder,
        files=tuple(f"{split}/{name}" for name in NAMES),
        sizes=np.array([SIZE] * len(NAMES), np.int32),
        classes=(same("person"), same("강아지"), Text("traffic light", "신호등")),
        note=same(""),
        objects=marks,
        keypoint_names=("nose", "왼쪽 눈", "tail") if keypoints else (),
        skeleton=((0, 1), (1, 2)) if keypoints else (),
    )
    return with_fingerprint(photos)


def masked(folder: Path, split: str = "train") -> PhotoSet:
    """Three pictures with masks of two classes and void."""
    names = NAMES[:3]
    pictures(folder / split, names)
    (folder / f"{split}annot").mkdir(parents=True)
    for number, name in enumerate(names):
        mask = np.full(SIZE[::-1], number % 2, np.uint8)
        mask[:5] = 255
        Image.fromarray(mask).save(folder / f"{split}annot" / f"{Path(name).stem}.png")
    photos = PhotoSet(
        id="made",
        split=split,
        folder=folder,
        files=tuple(f"{split}/{name}" for name in names),
        sizes=np.array([SIZE] * 3, np.int32),
        classes=(same("road"), same("하늘")),
        note=same(""),
        masks=tuple(f"{split}annot/{Path(name).stem}.png" for name in names),
        colours=np.array([[128, 64, 128], [1, 2, 3]], np.uint8),
        void=255,
    )
    return with_fingerprint(photos)


def labelled(folder: Path, split: str = "train") -> PhotoSet:
    """Six pictures, each with a class, one with none."""
    pictures(folder / split)
    photos = PhotoSet(
        id="made",
        split=split,
        folder=folder,
        files=tuple(f"{split}/{name}" for name in NAMES),
        sizes=np.zeros((len(NAMES), 2), np.int32),
        classes=(same("a/b"), same("고양이")),
        note=same(""),
        labels=np.array([0, 1, 0, 1, -1, 1]),
    )
    return with_fingerprint(photos)


def captioned(folder: Path, split: str = "train") -> PhotoSet:
    """Six pictures with sentences that hold commas, quotation marks and Hangul; one without any."""
    pictures(folder / split)
    said = (("A cat, asleep.", 'It says "no".'), ("고양이가 자요",), ("one", "two", "three"), (), ("ü",), ("last",))
    photos = PhotoSet(
        id="made",
        split=split,
        folder=folder,
        files=tuple(f"{split}/{name}" for name in NAMES),
        sizes=np.zeros((len(NAMES), 2), np.int32),
        classes=(),
        note=same(""),
        captions=said,
    )
    return with_fingerprint(photos)


def waves(*, groups: bool = True, rate: float = 50.0) -> SignalSet:
    """Twelve windows of 20 samples in three channels, by chance but always the same."""
    rng = np.random.default_rng(0)
    signals = SignalSet(
        id="made",
        split="train",
        x=rng.normal(size=(12, 20, 3)).astype(np.float32),
        labels=np.arange(12) % 3,
        classes=(same("walking"), same("앉기"), same("a,b")),
        channels=("ax", "ay", "az"),
        unit="m/s²",
        rate=rate,
        note=same(""),
        groups=np.arange(12) // 4 if groups else None,
    )
    return signals_with_fingerprint(signals)


def there_and_back(set_: object, kind: str, folder: Path) -> object:
    """Write, read, write again: the second writing must give the same bytes. Returns what was read."""
    one: Form = form(kind)
    assert one.write and one.takes(set_)  # type: ignore[arg-type]
    first, second = folder / "first", folder / "둘째"
    place = result_of(one.write(set_, first))  # type: ignore[arg-type]
    split = set_.split  # type: ignore[attr-defined]
    recognised = one.recognise(place)
    assert recognised and recognised.splits == (split,) == one.splits(place)
    read = result_of(one.read(place, split))
    result_of(one.write(read, second))
    assert tree(first) == tree(second)
    assert len(tree(first)) > 0
    return read
