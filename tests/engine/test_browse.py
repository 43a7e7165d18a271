"""What the dataset browser asks of the data: slices of long jobs, one photograph, mosaics, versions for a look."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

from engine.data import browse, dataset
from engine.data.browse import Finished, Opened, slice_of
from engine.data.photoset import Objects, PhotoSet
from engine.data.preview import SIDE, Version, marked_versions
from engine.jobs import Event, Progress, result_of
from engine.text import same


@pytest.fixture
def photos(tmp_path: Path) -> PhotoSet:
    """Three photographs with boxes, the first with a mask of another size, the last one torn."""
    cat = data.chelsea()
    for number in range(2):
        Image.fromarray(cat[:, 50 * number : 50 * number + 400]).save(tmp_path / f"{number}.jpg")
    (tmp_path / "2.jpg").write_bytes(b"torn")
    mask = np.zeros((150, 200), np.uint8)
    mask[:, 100:] = 1
    Image.fromarray(mask).save(tmp_path / "0.png")
    boxes = tuple(Objects.of(np.array([[100, 50, 300, 250]]), np.array([1])) for _ in range(3))
    files, classes = ("0.jpg", "1.jpg", "2.jpg"), (same("dog"), same("cat"))
    sizes = np.array([[400, 300]] * 2 + [[0, 0]])
    return PhotoSet("x", "all", tmp_path, files, sizes, classes, same(""), objects=boxes, masks=("0.png", "", ""))


def counting(closed: list[bool]) -> Iterator[Event]:
    try:
        for number in range(6):
            time.sleep(0.01)
            yield Progress(number, 6)
    finally:
        closed.append(True)
    return "all"


def test_a_long_job_is_done_in_slices_and_ends_with_its_result() -> None:
    closed: list[bool] = []
    job = counting(closed)
    results = []
    while not results or results[-1] is None:
        results.append(result_of(slice_of(job, 0.025)))  # type: ignore[arg-type]
    assert 2 <= len(results) <= 6
    assert results[-1] == Finished("all")
    assert closed == [True]


def test_closing_a_slice_closes_the_job_but_its_end_does_not() -> None:
    closed: list[bool] = []
    job = counting(closed)
    assert result_of(slice_of(job, 0.0)) is None  # type: ignore[arg-type]
    assert closed == []
    part = slice_of(job, 10.0)  # type: ignore[arg-type]
    next(part)
    part.close()
    assert closed == [True]


def test_an_opened_photograph_brings_its_mask_in_its_own_size(photos: PhotoSet) -> None:
    found: Opened = result_of(browse.open_photo(photos, 0))
    assert found.image is not None and found.mask is not None
    assert found.mask.shape == found.image.shape[:2] == (300, 400)
    assert set(np.unique(found.mask)) == {0, 1}
    assert found.problem is None


def test_a_torn_photograph_is_a_sentence_and_not_an_error(photos: PhotoSet) -> None:
    found: Opened = result_of(browse.open_photo(photos, 2))
    assert found.image is None
    assert found.problem is not None and "2.jpg" in str(found.problem)


def test_a_mosaic_is_kept_and_comes_back_without_reading_the_set(home: Path) -> None:
    card = dataset("digits")
    place = card.find(None)
    assert place is not None
    first = result_of(browse.mosaic(card, place))
    assert first.shape == (4, 28, 28)
    with pytest.raises(StopIteration) as end:
        next(browse.mosaic(card, place))  # at its end at once: nothing was read
    assert (end.value.value == first).all()


def test_four_squares_stand_for_photographs_and_a_torn_file_is_passed_over(photos: PhotoSet) -> None:
    assert browse.four_of(photos) is None  # only two of three can be read
    four = photos.part(np.array([2, 0, 1, 0, 1]), "all")
    found = browse.four_of(four)
    assert found is not None and found.shape == (4, 64, 64, 3)


def test_versions_of_a_box_move_the_box_with_its_picture(photos: PhotoSet) -> None:
    bare = PhotoSet(
        "x", "a", photos.folder, photos.files, photos.sizes, photos.classes, same(""), objects=photos.objects
    )
    opened: Opened = result_of(browse.open_photo(bare, 0))
    plain: tuple[Version, ...] = result_of(marked_versions(bare, opened, strength=0.0, count=2, seed=1))
    for version in plain:  # only its place on the square differs
        assert version.boxes is not None and len(version.boxes) == 1
        assert version.boxes[0, 2] - version.boxes[0, 0] == pytest.approx(200 * SIDE / 400, abs=1.5)
    changed: tuple[Version, ...] = result_of(marked_versions(bare, opened, strength=1.0, count=4, seed=1))
    assert all(v.image.shape == (SIDE, SIDE, 3) for v in changed)
    assert not (changed[0].image == changed[1].image).all()
    again: tuple[Version, ...] = result_of(marked_versions(bare, opened, strength=1.0, count=4, seed=1))
    assert (changed[2].image == again[2].image).all()


def test_versions_of_a_mask_crop_mask_and_picture_alike(photos: PhotoSet) -> None:
    opened: Opened = result_of(browse.open_photo(photos, 0))
    (plain,) = result_of(marked_versions(photos, opened, strength=0.0, count=1, seed=0))
    assert plain.mask.shape == (SIDE, SIDE)
    assert set(np.unique(plain.mask)) == {0, 1}
    assert (plain.mask[:, : SIDE // 2 - 2] == 0).all() and (plain.mask[:, SIDE // 2 + 2 :] == 1).all()


def test_a_large_photograph_is_reduced_before_it_is_augmented() -> None:
    large = np.zeros((900, 1200, 3), np.uint8)
    assert browse.reduced(large, 160).shape == (120, 160, 3)
    small = np.zeros((20, 30), np.uint8)
    assert browse.reduced(small, 160) is small
