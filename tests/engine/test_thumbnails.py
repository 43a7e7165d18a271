"""Thumbnails of photographs: those in view first, kept on disk, damaged files listed and never fatal."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

from engine import places
from engine.data.photoset import PhotoSet
from engine.data.pictures import read_rgb, read_small
from engine.data.thumbnail_store import Kept, ThumbnailStore
from engine.data.thumbnails import Thumbnails, crop_of, fill, fitted, tile_shape
from engine.errors import LabError
from engine.jobs import result_of
from engine.text import same


@pytest.fixture(scope="module")
def cat() -> np.ndarray:
    """scikit-image's photograph of a cat, (300, 451, 3) uint8."""
    return data.chelsea()


def photos_in(folder: Path, names: list[str], **more: object) -> PhotoSet:
    known: dict[str, object] = {
        "id": "made",
        "split": "all",
        "folder": folder,
        "files": tuple(names),
        "sizes": np.zeros((len(names), 2), np.int32),
        "classes": (),
        "note": same(""),
    }
    return PhotoSet(**{**known, **more})  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path, cat: np.ndarray) -> Path:
    """Twelve photographs, each a little further right."""
    place = tmp_path / "사진"
    place.mkdir()
    for number in range(12):
        Image.fromarray(cat[:, 10 * number : 10 * number + 300]).save(place / f"{number:02}.jpg", quality=90)
    return place


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_before_anything_is_read_every_thumbnail_is_a_quiet_neutral(folder: Path) -> None:
    thumbnails = Thumbnails(photos_in(folder, names_in(folder)))
    thumbnails.quiet = (1, 2, 3)
    assert thumbnails.shape == (12, *thumbnails.tile, 3)
    assert (thumbnails[np.arange(3), ::2, ::2] == (1, 2, 3)).all()
    assert not thumbnails.known.any()


def test_a_thumbnail_looks_like_its_photograph_and_its_size_is_told(folder: Path) -> None:
    thumbnails = Thumbnails(photos_in(folder, names_in(folder)))
    result_of(fill(thumbnails))
    assert thumbnails.complete
    assert thumbnails.sizes.tolist() == [[300, 300]] * 12
    whole = read_rgb(folder / "03.jpg")
    expected = fitted(whole, thumbnails.tile).astype(int)
    assert np.abs(thumbnails[3].astype(int) - expected).mean() < 6
    assert np.abs(thumbnails[3].astype(int) - fitted(read_rgb(folder / "09.jpg"), thumbnails.tile)).mean() > 15


def test_it_is_indexed_like_the_array_it_stands_for(folder: Path) -> None:
    thumbnails = Thumbnails(photos_in(folder, names_in(folder)))
    result_of(fill(thumbnails))
    array = np.stack([thumbnails[i] for i in range(12)])
    assert (thumbnails[[3, 1]] == array[[3, 1]]).all()
    assert (thumbnails[np.array([5, 2]), ::2, ::2] == array[np.array([5, 2]), ::2, ::2]).all()
    assert (thumbnails[2:5] == array[2:5]).all()


def test_those_wanted_are_read_first_even_when_the_wish_changes_midway(folder: Path) -> None:
    thumbnails = Thumbnails(photos_in(folder, names_in(folder)))
    thumbnails.wanted = np.array([7, 8])
    job = fill(thumbnails, keep=False)
    next(job)
    assert thumbnails.known[[7, 8]].all()
    left = np.flatnonzero(~thumbnails.known)
    thumbnails.wanted = left[-1:]
    next(job)
    assert thumbnails.known[left[-1]]
    job.close()


def test_files_that_cannot_be_read_are_listed_and_the_others_are_there(folder: Path) -> None:
    (folder / "03.jpg").write_bytes((folder / "03.jpg").read_bytes()[:900])
    (folder / "05.jpg").write_text("no picture")
    os.remove(folder / "07.jpg")
    thumbnails = Thumbnails(photos_in(folder, [f"{n:02}.jpg" for n in range(12)]))
    result_of(fill(thumbnails))
    assert thumbnails.complete
    assert sorted(thumbnails.faults) == [3, 5, 7]
    assert all(fault.file in str(fault.why) for fault in thumbnails.faults.values())
    assert (thumbnails.sizes[[0, 11]] == 300).all()


def test_a_second_look_reads_no_photograph_again(folder: Path) -> None:
    photos = photos_in(folder, names_in(folder))
    first = Thumbnails(photos)
    result_of(fill(first))
    content = {name: (folder / name).read_bytes() for name in photos.files}
    for name in photos.files:  # the same length and time, but no pictures any more
        about = (folder / name).stat()
        (folder / name).write_bytes(bytes(len(content[name])))
        os.utime(folder / name, ns=(about.st_atime_ns, about.st_mtime_ns))
    second = Thumbnails(photos)
    result_of(fill(second))
    assert not second.faults
    assert (second[np.arange(12)] == first[np.arange(12)]).all()
    assert second.sizes.tolist() == first.sizes.tolist()


def test_a_photograph_that_changed_is_read_again(folder: Path, cat: np.ndarray) -> None:
    photos = photos_in(folder, names_in(folder))
    result_of(fill(Thumbnails(photos)))
    Image.fromarray(255 - cat).save(folder / "04.jpg")
    os.utime(folder / "04.jpg", ns=(1, 2))
    again = Thumbnails(photos)
    result_of(fill(again))
    assert again.sizes[4].tolist() == [451, 300]
    assert again.sizes[5].tolist() == [300, 300]


def test_a_damaged_cache_costs_time_and_nothing_else(folder: Path) -> None:
    photos = photos_in(folder, names_in(folder))
    first = Thumbnails(photos)
    result_of(fill(first))
    (segment,) = (places.cache() / "thumbnails").rglob("*.seg")
    broken = bytearray(segment.read_bytes())
    broken[len(broken) // 2] ^= 0xFF
    segment.write_bytes(broken)
    again = Thumbnails(photos)
    result_of(fill(again))
    assert (again[np.arange(12)] == first[np.arange(12)]).all()


def test_what_is_kept_never_exceeds_its_bound(tmp_path: Path) -> None:
    thumbnail = Kept(bytes(3000), 640, 480)
    for number in range(6):
        store = ThumbnailStore(tmp_path / f"set{number}", bound=10_000)
        store.add(bytes([number] * 16), thumbnail)
        store.flush()
        os.utime(next((places.cache() / "thumbnails").rglob("*.seg")).parent)
    total = sum(path.stat().st_size for path in (places.cache() / "thumbnails").rglob("*.seg"))
    assert 0 < total <= 10_000
    newest = ThumbnailStore(tmp_path / "set5", bound=10_000)
    list(newest.open())
    assert newest.get(bytes([5] * 16)) == thumbnail


def test_masks_come_with_their_thumbnails_and_count_their_pixels(folder: Path) -> None:
    mask = np.zeros((300, 300), np.uint8)
    mask[:, :100], mask[:, 100:] = 1, 2
    (folder / "masks").mkdir()
    Image.fromarray(mask).save(folder / "masks" / "00.png")
    (folder / "masks" / "01.png").write_text("no mask")
    names = [f"{n:02}.jpg" for n in range(3)]
    classes = (same("sky"), same("road"), same("car"))
    photos = photos_in(folder, names, masks=("masks/00.png", "masks/01.png", ""), classes=classes)
    for _ in range(2):  # once made, once kept
        thumbnails = Thumbnails(photos)
        result_of(fill(thumbnails))
        assert thumbnails.pixels[0].tolist() == [0, 30_000, 60_000]
        small = thumbnails.mask(0)
        assert small is not None and small.shape == thumbnails.tile
        assert (small[:, 0] == 1).all() and (small[:, -1] == 2).all()
        assert thumbnails.mask(2) is None
        assert list(thumbnails.faults) == [1]  # the mask is damaged, the photograph is there all the same
        assert thumbnails[1].std() > 10


def test_tiles_take_the_shape_most_photographs_have() -> None:
    wide = photos_in(Path(), ["x"] * 3, sizes=np.array([[480, 360], [480, 360], [0, 0]]))
    tall, across = tile_shape(wide)
    assert across / tall == pytest.approx(4 / 3, rel=0.03)
    unknown = photos_in(Path(), ["x"], sizes=np.zeros((1, 2), np.int32))
    assert tile_shape(unknown)[0] == tile_shape(unknown)[1]


@pytest.mark.parametrize("size", [(480, 360), (360, 480), (1000, 10), (10, 10)])
def test_the_part_a_tile_shows_lies_in_the_middle_and_in_the_tiles_shape(size: tuple[int, int]) -> None:
    x, y, w, h = crop_of(size, (80, 100))
    assert w / h == pytest.approx(100 / 80)
    assert x >= 0 and y >= 0
    assert x + w / 2 == pytest.approx(size[0] / 2)
    assert y + h / 2 == pytest.approx(size[1] / 2)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_reduced_photograph_is_turned_as_the_camera_says(cat: np.ndarray, tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(cat).save(tmp_path / "x.jpg", exif=exif, quality=95)
    whole = read_rgb(tmp_path / "x.jpg")
    small, size = read_small(tmp_path / "x.jpg", 60)
    assert size == (whole.shape[1], whole.shape[0])
    assert 60 <= min(small.shape[:2]) < min(whole.shape[:2]) / 2
    tile = (60, 80)
    assert np.abs(fitted(small, tile).astype(int) - fitted(whole, tile)).mean() < 6


def test_a_cut_photograph_has_no_reduced_form(cat: np.ndarray, tmp_path: Path) -> None:
    Image.fromarray(cat).save(tmp_path / "x.jpg")
    (tmp_path / "x.jpg").write_bytes((tmp_path / "x.jpg").read_bytes()[:3000])
    with pytest.raises(LabError, match=r"x\.jpg"):
        read_small(tmp_path / "x.jpg", 60)
