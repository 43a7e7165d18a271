"""A person's picture file, whatever it turns out to be: brightness, ink, or one clear sentence."""

from __future__ import annotations

import contextlib
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.data import ImageSet
from engine.data.pictures import ink_of, read_grey
from engine.errors import LabError


@pytest.fixture
def grey(digits: ImageSet) -> np.ndarray:
    """One real digit as dark ink on white paper, (112, 84) uint8: not square, so that a turn shows."""
    large = np.asarray(Image.fromarray(255 - digits.images[0]).resize((84, 84), Image.Resampling.BICUBIC))
    return np.vstack((np.full((28, 84), 255, np.uint8), large))


def saved(picture: Image.Image, path: Path, **how: object) -> Path:
    picture.save(path, **how)
    return path


def sentence(path: Path) -> str:
    with pytest.raises(LabError) as caught:
        read_grey(path)
    assert str(path) in str(caught.value)
    assert any("가" <= letter <= "힣" for letter in caught.value.text.render("ko"))
    return str(caught.value)


FORMS: dict[str, Callable[[np.ndarray], Image.Image]] = {
    "grey": Image.fromarray,
    "rgb": lambda g: Image.fromarray(np.stack((g, g, g), axis=2)),
    "grey with alpha": lambda g: Image.merge("LA", (Image.fromarray(g), Image.new("L", g.shape[::-1], 255))),
    "rgb with alpha": lambda g: Image.fromarray(g).convert("RGBA"),
    "palette": lambda g: Image.fromarray(g).convert("P"),
    "16 bit": lambda g: Image.fromarray(g.astype(np.uint16) * 257),
}
DEEP: dict[str, Callable[[np.ndarray], Image.Image]] = {
    "32 bit, 16 used": lambda g: Image.fromarray(g.astype(np.int32) * 257),
    "32 bit, 8 used": lambda g: Image.fromarray(g.astype(np.int32)),
    "floats up to 1": lambda g: Image.fromarray(g.astype(np.float32) / 255),
    "floats up to 255": lambda g: Image.fromarray(g.astype(np.float32)),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_kind_of_png_gives_the_same_brightness(grey: np.ndarray, tmp_path: Path, form: str) -> None:
    found = read_grey(saved(FORMS[form](grey), tmp_path / "x.png"))
    assert found.dtype == np.uint8
    assert found.shape == grey.shape
    assert np.abs(found.astype(int) - grey).max() <= 2


@pytest.mark.parametrize("form", DEEP)
def test_a_scan_with_deep_pixels_keeps_its_shades(grey: np.ndarray, tmp_path: Path, form: str) -> None:
    found = read_grey(saved(DEEP[form](grey), tmp_path / "x.tif"))
    assert np.abs(found.astype(int) - grey).max() <= 1


def test_black_and_white_is_brightness_0_and_255(grey: np.ndarray, tmp_path: Path) -> None:
    found = read_grey(saved(Image.fromarray(grey).convert("1"), tmp_path / "x.png"))
    assert set(np.unique(found)) == {0, 255}


def test_what_is_transparent_is_paper(tmp_path: Path, grey: np.ndarray) -> None:
    ink = Image.new("RGBA", grey.shape[::-1], (0, 0, 0, 0))
    ink.putalpha(Image.fromarray(255 - grey))  # black ink as strong as the digit, clear elsewhere
    assert np.abs(read_grey(saved(ink, tmp_path / "x.png")).astype(int) - grey).max() <= 2


def test_a_palette_with_a_transparent_colour_is_read_on_paper(tmp_path: Path) -> None:
    picture = Image.fromarray(np.tile(np.arange(16, dtype=np.uint8), (16, 1))).convert("P")
    found = read_grey(saved(picture, tmp_path / "x.png", transparency=bytes(16)))
    assert (found[:, :16] == 255).all()


@pytest.mark.parametrize("suffix", ["jpg", "bmp", "gif", "tif", "webp"])
def test_other_picture_files_are_read_too(grey: np.ndarray, tmp_path: Path, suffix: str) -> None:
    found = read_grey(saved(Image.fromarray(grey), tmp_path / f"x.{suffix}"))
    assert found.shape == grey.shape
    assert np.abs(found.astype(int) - grey).mean() < 4


@pytest.mark.parametrize(("orientation", "turns"), [(1, 0), (3, 2), (6, 3), (8, 1)])
def test_a_photograph_is_turned_as_the_camera_says(
    grey: np.ndarray, tmp_path: Path, orientation: int, turns: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = read_grey(saved(Image.fromarray(grey), tmp_path / "x.jpg", exif=exif, quality=95))
    assert np.abs(found.astype(int) - np.rot90(grey, turns)).mean() < 3


def test_a_korean_name_is_no_obstacle(grey: np.ndarray, tmp_path: Path) -> None:
    folder = tmp_path / "내 그림 폴더"
    folder.mkdir()
    assert np.array_equal(read_grey(saved(Image.fromarray(grey), folder / "숫자 삼.png")), grey)


def test_a_picture_that_was_cut_off_is_said_to_be(grey: np.ndarray, tmp_path: Path) -> None:
    path = saved(Image.fromarray(grey), tmp_path / "x.png")
    whole = path.read_bytes()
    for keep in (len(whole) - 200, len(whole) // 2, 60):
        path.write_bytes(whole[:keep])
        assert "cut off or damaged" in sentence(path)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("keep", [-1, 0.5, 12, 3])
@pytest.mark.parametrize("suffix", ["jpg", "gif", "bmp", "tif", "webp"])
def test_a_part_of_any_picture_file_is_a_sentence_or_a_picture(
    grey: np.ndarray, tmp_path: Path, suffix: str, keep: float
) -> None:
    path = saved(Image.fromarray(grey), tmp_path / f"x.{suffix}")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(keep * len(whole)) if 0 < keep < 1 else int(keep)])
    with contextlib.suppress(LabError):
        assert read_grey(path).dtype == np.uint8


def test_a_picture_with_a_damaged_piece_is_said_to_be(grey: np.ndarray, tmp_path: Path) -> None:
    path = saved(Image.fromarray(grey), tmp_path / "x.png")
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)
    assert "damaged" in sentence(path)


@pytest.mark.parametrize("content", ["hello", "", "<html></html>", "\x89PNG\r\n"])
def test_text_that_is_named_a_picture_is_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "글.png"
    path.write_text(content, "utf-8")
    assert "not a picture" in sentence(path)


def test_a_folder_in_the_place_of_a_picture_is_a_sentence(tmp_path: Path) -> None:
    sentence(tmp_path)


def test_a_missing_picture_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "does not exist" in sentence(tmp_path / "none.png")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize("side", [9_500, 14_000, 100_000, 2**31 - 1])
def test_a_small_file_that_claims_a_huge_picture_is_refused_before_it_is_unpacked(tmp_path: Path, side: int) -> None:
    path = tmp_path / "bomb.png"
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    )
    assert "larger than 89 million pixels" in sentence(path)


# Ink


def test_dark_ink_on_light_paper_is_ink(digits: ImageSet) -> None:
    digit = digits.images[7]
    ink = ink_of(255 - digit)
    assert ink.shape == digit.shape
    assert (ink[digit > 200] > 128).all()
    assert (ink[digit < 20] == 0).all()


def test_light_ink_on_a_dark_ground_is_ink_as_well(digits: ImageSet) -> None:
    digit = digits.images[7]
    assert np.array_equal(ink_of(digit), ink_of(255 - digit))


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (28, 28), (200, 300)])
@pytest.mark.parametrize("brightness", [0, 30, 128, 255])
def test_an_empty_sheet_has_no_ink(shape: tuple[int, int], brightness: int) -> None:
    assert not ink_of(np.full(shape, brightness, np.uint8)).any()


def test_a_shadow_over_the_paper_is_no_ink() -> None:
    shadow = np.tile(np.linspace(255, 140, 300), (200, 1)).astype(np.uint8)
    written = shadow.copy()
    written[60:140, 145:155] = 20
    ink = ink_of(written)
    assert ink[100, 150] > 200
    assert not ink[:, :100].any()
    assert not ink[:, 200:].any()


def test_noise_on_the_paper_is_no_ink() -> None:
    noise = np.random.default_rng(0).integers(235, 256, (120, 120)).astype(np.uint8)
    noise[30:90, 55:65] = 10
    ink = ink_of(noise)
    assert ink[60, 60] > 200
    assert (ink > 16).sum() <= 60 * 10 * 1.1  # as faint as that is no ink to `centred`
