"""A frame with its overlays drawn in, for snapshots, videos and the command line; the window draws its own."""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

import resources
from engine.live.overlays import Classified, Covered, DigitsRead, Found, Result, Segmented

_LINE, _EDGE = 22, 3  # pixels: how high a plate with words is, and what it has to their left and right
_GOLDEN = 0.618033988749895  # turns the hue so that neighbours in number are far apart in colour


def colour_of(label: int) -> tuple[int, int, int]:
    """A class's colour, RGB 0 to 255, always the same for one number."""
    hue = int(180 * (0.08 + label * _GOLDEN) % 180)
    pixel = cv2.cvtColor(np.array([[[hue, 190, 245]]], np.uint8), cv2.COLOR_HSV2RGB)[0, 0]
    return int(pixel[0]), int(pixel[1]), int(pixel[2])


@lru_cache(maxsize=1)
def _table() -> np.ndarray:
    return np.array([colour_of(i) for i in range(256)], np.uint8)


def draw(picture: np.ndarray, results: tuple[Result, ...], *, opacity: float = 0.5, language: str = "en") -> np.ndarray:
    """(H, W, 3) uint8 RGB: a copy of `picture` with `results` on it; opacity of regions and masks, 0 to 1."""
    out = picture.copy()
    words: list[tuple[int, int, str]] = []
    for result in results:
        if isinstance(result, Segmented):
            _regions(out, result, opacity)
        elif isinstance(result, Found):
            words += _objects(out, result, opacity, language)
        elif isinstance(result, Covered):
            words += [(6, 6, result.why.render(language))] if str(result.why) else []
        elif isinstance(result, DigitsRead):
            words += _digits(out, result)
        elif isinstance(result, Classified):
            words += _names(result, language, len(words))
    return _written(out, words) if words else out


def _regions(out: np.ndarray, result: Segmented, opacity: float) -> None:
    """Blend each class's colour in; the ground and hidden pixels stay as they are."""
    table = _table().copy()
    colours = table[result.labels]
    stay = (result.labels == 255) | (result.labels == result.ground)
    blended = cv2.addWeighted(out, 1 - opacity, colours, opacity, 0)
    cv2.copyTo(blended, (~stay).astype(np.uint8), out)


def _objects(out: np.ndarray, result: Found, opacity: float, language: str) -> list[tuple[int, int, str]]:
    words = []
    thick = max(1, round(max(out.shape[:2]) / 400))
    for row in range(len(result.found)):
        label = int(result.found.labels[row])
        colour = colour_of(label)
        x1, y1, x2, y2 = (round(float(v)) for v in result.found.boxes[row])
        if result.found.masks is not None:
            mask = result.found.masks[row]
            out[mask] = (out[mask] * (1 - opacity) + np.array(colour) * opacity).astype(np.uint8)
        cv2.rectangle(out, (x1, y1), (x2, y2), colour, thick)
        number = f" {result.ids[row]}" if result.ids[row] >= 0 else ""
        name = result.classes[label].render(language)
        words.append((x1, y1, f"{name}{number} {result.found.scores[row]:.0%}"))
        for x, y, seen in result.points[row] if result.points is not None else ():
            if seen > 0:
                cv2.circle(out, (round(float(x)), round(float(y))), 2 * thick, colour, -1)
    return words


def _digits(out: np.ndarray, result: DigitsRead) -> list[tuple[int, int, str]]:
    words = []
    for box, digit in zip(result.boxes, result.digits, strict=True):
        x1, y1, x2, y2 = (round(float(v)) for v in box)
        cv2.rectangle(out, (x1, y1), (x2, y2), colour_of(int(digit)), 1)
        words.append((x1, y1, str(digit)))
    return words


def _names(result: Classified, language: str, above: int) -> list[tuple[int, int, str]]:
    pairs = list(zip(result.names, result.probabilities, strict=True))[:3]
    return [(6, 6 + _LINE * (above + i + 1), f"{name.render(language)} {p:.0%}") for i, (name, p) in enumerate(pairs)]


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for path in sorted(resources.path("fonts").glob("*.[ot]tf")):
        try:
            return ImageFont.truetype(str(path), 15)
        except OSError:
            continue
    return ImageFont.load_default(15)


def _plate(words: str) -> np.ndarray:
    """White words on black, (`_LINE`, w, 3) uint8.

    What stands before the last space is a name and comes again with every frame, what stands after it is a share and
    hardly ever does beside the same name: each is kept by itself, so that a new frame finds both.
    """
    name, gap, share = words.rpartition(" ")
    parts = [_part(part) for part in (name, gap + share) if part]
    edge = np.zeros((_LINE, _EDGE, 3), np.uint8)
    return np.concatenate([edge, *parts, edge], 1)


@lru_cache(maxsize=1200)  # a thousand classes and a hundred shares
def _part(words: str) -> np.ndarray:
    """White words on black, (`_LINE`, w, 3) uint8."""
    font = _font()
    image = Image.new("RGB", (math.ceil(font.getlength(words)), _LINE))
    ImageDraw.Draw(image).text((0, 1), words, (255, 255, 255), font=font)
    return np.asarray(image)


def _written(out: np.ndarray, words: list[tuple[int, int, str]]) -> np.ndarray:
    """Words on dark plates above their places, below them at the upper edge; kept inside the picture."""
    height, width = out.shape[:2]
    for x, y, text in words:
        plate = _plate(text)[:height, :width]
        h, w = plate.shape[:2]
        left, top = min(max(0, x), width - w), min(max(0, y - (h if y > 10 else 0)), height - h)
        place = out[top : top + h, left : left + w]
        np.maximum(place // 3, plate, out=place)
    return out
