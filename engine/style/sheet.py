"""A contact sheet: photographs down, styles across, each painted, with the names beside them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

import resources
from engine.jobs import Event, Progress
from engine.text import Text

CELL = (240, 180)  # pixels of one picture
_GAP, _HEAD = 8, 28
_GROUND, _INK = (250, 250, 250), (30, 34, 42)
PAINTING = Text("Painting the contact sheet", "모아 보기를 그리는 중")

Paint = Callable[[np.ndarray, int], Generator[Event, None, np.ndarray]]
"""(photo, number of the style) to a job that returns the painting, (H, W, 3) uint8 RGB."""


def contact_sheet(
    photos: Sequence[np.ndarray], styles: Sequence[tuple[str, np.ndarray]], paint: Paint
) -> Generator[Event, None, np.ndarray]:
    """Paint every photo in every style; a job, returns one picture, (H, W, 3) uint8 RGB.

    styles: name and picture of each; the pictures make the first row, the photographs the first column.
    """
    rows = [_row([_blank(), *(_cell(picture) for _, picture in styles)])]
    for number, photo in enumerate(photos):
        cells = [_cell(photo)]
        for place in range(len(styles)):
            yield Progress(number * len(styles) + place, len(photos) * len(styles), PAINTING)
            cells.append(_cell((yield from paint(photo, place))))
        rows.append(_row(cells))
    gap = np.full((_GAP, rows[0].shape[1], 3), _GROUND, np.uint8)
    parts = [_names(["", *(name for name, _ in styles)], rows[0].shape[1])]
    for row in rows:
        parts += [row, gap]
    return np.vstack(parts)


def _cell(picture: np.ndarray) -> np.ndarray:
    """A picture inside its cell, whole, in the middle."""
    width, height = CELL
    scale = min(width / picture.shape[1], height / picture.shape[0])
    size = max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    out = _blank()
    top, left = (height - size[1]) // 2, (width - size[0]) // 2
    out[top : top + size[1], left : left + size[0]] = small
    return out


def _blank() -> np.ndarray:
    return np.full((CELL[1], CELL[0], 3), _GROUND, np.uint8)


def _row(cells: Sequence[np.ndarray]) -> np.ndarray:
    gap = np.full((CELL[1], _GAP, 3), _GROUND, np.uint8)
    return np.hstack([part for cell in cells for part in (gap, cell)] + [gap])


def _names(names: Sequence[str], width: int) -> np.ndarray:
    image = Image.new("RGB", (width, _HEAD), _GROUND)
    draw, font = ImageDraw.Draw(image), _font()
    for place, name in enumerate(names):
        draw.text((_GAP + place * (CELL[0] + _GAP), 6), name, _INK, font=font)
    return np.asarray(image)


def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for path in sorted(resources.path("fonts").glob("*.[ot]tf")):
        try:
            return ImageFont.truetype(str(path), 15)
        except OSError:
            continue
    return ImageFont.load_default(15)
