"""Changes to a photograph and its boxes, so that a detector does not learn the photographs by heart (row 37).

Everything random comes from the `numpy.random.Generator` given: the same state gives the same picture. The trainer
and the preview use the same functions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from engine.detect.letterbox import GROUND, resized
from engine.detect.sample import Sample


@dataclass(frozen=True, slots=True)
class Changes:
    """How much may change; every value is a share.

    mosaic:     how often four photographs share one picture (Bochkovskiy, Wang, Liao, "YOLOv4", 2020).
    smallest, largest: bounds of the size, where 1 just fits the picture into the canvas.
    stretch:    how far width and height may part, 0.1 = 10 %.
    mirror:     how often left and right change sides; upside_down: how often top and bottom do.
    turn:       how often the picture is turned by a quarter, for things without an upright.
    hue, colour, light: how far these may move; hue as a share of the whole circle.
    """

    mosaic: float = 0.5
    smallest: float = 0.5
    largest: float = 1.5
    stretch: float = 0.1
    mirror: float = 0.5
    upside_down: float = 0.0
    turn: float = 0.0
    hue: float = 0.015
    colour: float = 0.5
    light: float = 0.35


NONE = Changes(0, 1, 1, 0, 0, 0, 0, 0, 0, 0)


def changed(
    first: Sample, others: Callable[[], Sample], *, size: tuple[int, int], changes: Changes, rng: np.random.Generator
) -> Sample:
    """One training picture made of `first`, or of it and three others.

    Args:
        others: gives another sample each time it is called; called three times for a mosaic, else never.
        size:   (H, W) of the picture that comes out.
    """
    if rng.random() < changes.mosaic:
        made = mosaic([first, others(), others(), others()], size=size, changes=changes, rng=rng)
    else:
        made = placed(turned(first, changes, rng), size=size, whole=size, changes=changes, rng=rng)
    return made._replace(picture=recoloured(made.picture, changes, rng))


def mosaic(four: list[Sample], *, size: tuple[int, int], changes: Changes, rng: np.random.Generator) -> Sample:
    """Four photographs round a point near the middle, each at a size and cut of its own."""
    height, width = size
    middle = round(height * rng.uniform(0.3, 0.7)), round(width * rng.uniform(0.3, 0.7))
    picture = np.empty((height, width, 3), np.uint8)
    parts = []
    for number, sample in enumerate(four):
        top, bottom = (0, middle[0]) if number < 2 else (middle[0], height)
        left, right = (0, middle[1]) if number % 2 == 0 else (middle[1], width)
        window = bottom - top, right - left
        part = placed(turned(sample, changes, rng), size=window, whole=size, changes=changes, rng=rng)
        picture[top:bottom, left:right] = part.picture
        parts.append(part.moved((1, 1), (left, top)))
    outlines = tuple(rings for part in parts for rings in part.outlines)
    return Sample(
        picture, np.concatenate([p.boxes for p in parts]), np.concatenate([p.labels for p in parts]), outlines
    )


def placed(
    sample: Sample, *, size: tuple[int, int], whole: tuple[int, int], changes: Changes, rng: np.random.Generator
) -> Sample:
    """The photograph at a random size and place on a canvas of `size`; what does not fit is cut off.

    A size of 1 is the one that just fits `whole`, (H, W); equal to `size` but in a mosaic.
    """
    h, w = sample.picture.shape[:2]
    scale = min(whole[0] / h, whole[1] / w) * np.exp(rng.uniform(np.log(changes.smallest), np.log(changes.largest)))
    apart = np.exp(rng.uniform(-1, 1) * np.log1p(changes.stretch) / 2)
    inner_w, inner_h = max(1, round(w * scale * apart)), max(1, round(h * scale / apart))
    left = round(rng.uniform(*sorted((0, size[1] - inner_w))))
    top = round(rng.uniform(*sorted((0, size[0] - inner_h))))
    picture = _pasted(sample.picture, (inner_h, inner_w), at=(top, left), size=size)
    return sample.moved((inner_w / w, inner_h / h), (left, top))._replace(picture=picture).cut()


def _pasted(picture: np.ndarray, inner: tuple[int, int], *, at: tuple[int, int], size: tuple[int, int]) -> np.ndarray:
    """`picture` resized to `inner` (H, W) with its corner `at` (top, left) of a grey canvas; only what shows is made."""
    (h, w), (top, left) = picture.shape[:2], at
    y0, y1 = max(0, top), min(size[0], top + inner[0])
    x0, x1 = max(0, left), min(size[1], left + inner[1])
    from_y, to_y = int((y0 - top) * h / inner[0]), int(np.ceil((y1 - top) * h / inner[0]))
    from_x, to_x = int((x0 - left) * w / inner[1]), int(np.ceil((x1 - left) * w / inner[1]))
    canvas = np.full((*size, 3), GROUND, np.uint8)
    canvas[y0:y1, x0:x1] = resized(picture[from_y:to_y, from_x:to_x], (x1 - x0, y1 - y0))
    return canvas


def turned(sample: Sample, changes: Changes, rng: np.random.Generator) -> Sample:
    """Mirrored, upside down or turned by a quarter, each as often as `changes` says."""
    mirror, upside_down, turn = rng.random(3) < (changes.mirror, changes.upside_down, changes.turn)
    if turn:  # with a mirror that is a quarter
        sample, mirror = sample.transposed(), not mirror
    height, width = sample.picture.shape[:2]
    if mirror:
        sample = sample._replace(picture=sample.picture[:, ::-1]).moved((-1, 1), (width, 0))
    if upside_down:
        sample = sample._replace(picture=sample.picture[::-1]).moved((1, -1), (0, height))
    return sample


def recoloured(picture: np.ndarray, changes: Changes, rng: np.random.Generator) -> np.ndarray:
    """Hue, strength of colour and light moved, by one table for each; (H, W, 3) uint8 RGB."""
    hue, colour, light = rng.uniform(-1, 1, 3) * (changes.hue, changes.colour, changes.light)
    if not (hue or colour or light):
        return picture
    levels = np.arange(256)
    tables = np.stack(
        (
            (levels + round(hue * 180)) % 180,  # OpenCV's circle of hues has 180 steps
            np.clip(levels * (1 + colour), 0, 255),
            np.clip(levels * (1 + light), 0, 255),
        ),
        axis=1,
    ).astype(np.uint8)
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)
    return cv2.cvtColor(cv2.LUT(hsv, tables[None]), cv2.COLOR_HSV2RGB)
