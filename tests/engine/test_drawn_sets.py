"""Sets that are drawn when they are first wanted: the same pictures each time, whoever was stopped in between."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from driving import drive, drive_to
from filelock import FileLock

from engine.data import dataset, drawn, load
from engine.data.photoset import PhotoSet
from engine.data.stick_figures import NAMES, SKELETON
from engine.jobs import Progress, result_of


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each part only a few: how they are kept does not depend on how many there are."""
    monkeypatch.setitem(drawn.COUNTS, "train", 12)
    monkeypatch.setitem(drawn.COUNTS, "val", 6)


def place_of(id: str) -> Path:
    place = dataset(id).find(None)
    assert place is not None
    return place


@pytest.mark.parametrize("id", ["placed-digits", "stick-figures"])
def test_the_same_pictures_and_marks_are_drawn_twice(id: str) -> None:
    first: PhotoSet = result_of(load(id, "train"))
    pixels, val = first.read(3), result_of(load(id, "val"))
    shutil.rmtree(place_of(id))
    again: PhotoSet = result_of(load(id, "train"))
    assert again.fingerprint == first.fingerprint != val.fingerprint
    assert np.array_equal(again.read(3), pixels) and not np.array_equal(val.read(3), pixels)
    assert (len(first), len(val), first.unreadable) == (12, 6, ())
    assert first.objects and all(len(one) == 1 and (one.areas > 100).all() for one in first.objects)


def test_a_box_holds_the_strokes_of_its_digit_and_val_has_other_digits_and_grounds() -> None:
    from engine.data.drawn_scenes import scene

    digit = np.zeros((28, 28), np.uint8)
    digit[4:24, 10:18] = 255
    ground = np.full((200, 200, 3), 230, np.uint8)
    for seed in range(8):
        picture, box = scene(digit, ground, side=96, rng=np.random.default_rng(seed))
        ys, xs = np.nonzero((picture < 160).any(axis=2))
        left, top, right, bottom = box
        assert 0 <= left < right <= 96 and 0 <= top < bottom <= 96
        assert abs(xs.min() - left) <= 1.5 and abs(ys.min() - top) <= 1.5
        assert abs(xs.max() + 1 - right) <= 1.5 and abs(ys.max() + 1 - bottom) <= 1.5


def test_a_figure_has_its_landmarks_in_words_and_inside_its_box() -> None:
    photos: PhotoSet = result_of(load("stick-figures", "val"))
    assert photos.keypoint_names == NAMES and photos.skeleton == SKELETON
    assert photos.classes[0].ko == "막대 사람"
    for one in photos.objects or ():
        x, y, seen = one.keypoints[0].T
        left, top, right, bottom = one.boxes[0]
        assert (
            (seen == 2).all() and (x >= left).all() and (x <= right).all() and (y >= top).all() and (y <= bottom).all()
        )


def test_whoever_is_stopped_while_drawing_leaves_nothing_half() -> None:
    place = place_of("stick-figures")
    drive_to(load("stick-figures", "train"), lambda event: isinstance(event, Progress))
    assert not place.exists() and not list(place.parent.glob(".part-*"))
    killed = place.parent / f".part-0123-{place.name}" / "train"
    killed.mkdir(parents=True)
    (killed / "0000.jpg").write_bytes(b"half")
    assert len(result_of(load("stick-figures", "train"))) == 12
    assert not list(place.parent.glob(".part-*"))
    before = result_of(load("stick-figures", "train")).fingerprint
    (place / "train" / "0003.jpg").unlink()  # a cache may be emptied by anybody
    assert result_of(load("stick-figures", "train")).fingerprint == before
    assert not (place / "old").exists()


def test_a_second_process_waits_for_the_first_and_can_be_stopped() -> None:
    place = place_of("stick-figures")
    place.parent.mkdir(parents=True)
    other = FileLock(place.with_name(f"{place.name}.lock"), thread_local=False)
    job = load("stick-figures", "train")
    with other:
        said = next(job)
        assert isinstance(said, Progress) and said.total == 0 and not place.exists()
    assert len(drive(job)[1]) == 12  # it went on by itself
