"""Reading a person's picture file, whatever it may turn out to be."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from engine.errors import LabError, cannot_read
from engine.text import Text


def read_grey(path: Path) -> np.ndarray:
    """A picture file as brightness: (H, W) uint8, turned as its EXIF says, transparent parts white.

    Raises: `LabError` naming the file when it is missing, no picture, cut off, or far too large.
    """
    return _read(path, _brightness)


def read_rgb(path: Path) -> np.ndarray:
    """A picture file in colour: (H, W, 3) uint8 RGB, turned as its EXIF says, transparent parts white.

    Raises: `LabError` as `read_grey` does.
    """
    return _read(path, _colours)


def read_small(path: Path, side: int) -> tuple[np.ndarray, tuple[int, int]]:
    """A picture file in colour at a reduced size, and the width and height it has when read whole.

    JPEG is decoded at a half, a quarter or an eighth of its size, which takes a fraction of the time; what comes
    back has both sides of at least `side` pixels, or is the whole picture. Other formats come whole.
    Returns: ((h, w, 3) uint8 RGB as `read_rgb`, (width, height) of the whole picture).
    Raises: `LabError` as `read_grey` does.
    """
    size = [0, 0]

    def reduce(image: Image.Image) -> None:
        lies = image.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)
        size[:] = image.size[::-1] if lies else image.size
        image.draft(None, (side, side))

    return _read(path, _colours, reduce), (size[0], size[1])


def _read(
    path: Path,
    values: Callable[[Image.Image], np.ndarray],
    before: Callable[[Image.Image], None] | None = None,
) -> np.ndarray:
    try:
        with Image.open(path) as image:
            if image.width * image.height > (Image.MAX_IMAGE_PIXELS or math.inf):
                raise Image.DecompressionBombError
            if before:
                before(image)
            return values(ImageOps.exif_transpose(image))
    except UnidentifiedImageError as error:
        text = Text("{path} is not a picture this program can read.", "{path} 파일은 읽을 수 있는 그림이 아니에요.")
        raise LabError(text(path=path)) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        text = Text(
            "{path} is larger than 89 million pixels. Make it smaller first.",
            "{path} 그림이 8,900만 픽셀보다 커요. 먼저 줄여 주세요.",
        )
        raise LabError(text(path=path)) from error
    except OSError as error:
        if error.errno is not None:
            raise cannot_read(path, error) from error
        text = Text(
            "{path} is cut off or damaged. Get the file again.", "{path} 파일이 잘렸거나 손상됐어요. 다시 받아 보세요."
        )
        raise LabError(text(path=path)) from error
    except (SyntaxError, ValueError) as error:  # how Pillow reports a broken PNG
        text = Text(
            "{path} is cut off or damaged. Get the file again.", "{path} 파일이 잘렸거나 손상됐어요. 다시 받아 보세요."
        )
        raise LabError(text(path=path)) from error


def _colours(image: Image.Image) -> np.ndarray:
    """(H, W, 3) uint8 RGB of a picture in any of Pillow's modes."""
    if image.mode.startswith(("I", "F")):
        return np.repeat(_brightness(image)[..., None], 3, axis=2)
    return np.array(_on_white(image).convert("RGB"))


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image.convert("RGBA"))


def _brightness(image: Image.Image) -> np.ndarray:
    """(H, W) uint8 of a picture in any of Pillow's modes. Pillow itself would cut 16 bits off at 255."""
    if image.mode.startswith(("I", "F")):
        values = np.nan_to_num(np.asarray(image, np.float64))
        ranges = {"I": (255, 65_535), "F": (1, 255, 65_535)}.get(image.mode, (65_535,))
        top = next((top for top in ranges if values.max() <= top), values.max())
        return (values.clip(0, top) * (255 / top)).round().astype(np.uint8)
    return np.array(_on_white(image).convert("L"))


def ink_of(grey: np.ndarray) -> np.ndarray:
    """What is written, as ink: (H, W) uint8, 0 = ground, 255 = the darkest (or lightest) stroke.

    The ground is what most of the border shows: light paper with dark strokes is turned round. Shadows
    are slow changes of the ground; they are taken away with a strongly blurred copy.
    """
    border = np.concatenate((grey[0], grey[-1], grey[:, 0], grey[:, -1]))
    strokes = grey if np.median(border) < 128 else 255 - grey
    if min(grey.shape) >= 64:  # a photograph
        size = 2 * (max(grey.shape) // 6) + 1
        ground = cv2.medianBlur(strokes, min(size, 255))
        strokes = cv2.subtract(strokes, ground)
    else:
        strokes = cv2.subtract(
            strokes, np.full_like(strokes, int(np.median(border if np.median(border) < 128 else 255 - border)))
        )
    top = np.percentile(strokes, 99.5)
    if top < 24:  # nothing is written
        return np.zeros_like(grey)
    scaled = np.clip(strokes * (255.0 / top), 0, 255).astype(np.uint8)
    level, _ = cv2.threshold(scaled, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.where(scaled > 0.5 * level, scaled, 0).astype(np.uint8)
