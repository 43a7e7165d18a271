"""Scenes made from real pictures: a handwritten digit of any size and colour laid somewhere on a photograph."""

from __future__ import annotations

import cv2
import numpy as np

SMALLEST, LARGEST = 0.35, 0.8  # a digit's longer side, as a share of the scene's
PALE = 0.6  # of a photograph's contrast is left, so that the digit stands out
FAINT = 96  # of 255: strokes at least so strong belong to the digit, what is weaker is the rim of a pen


def scene(
    digit: np.ndarray, photograph: np.ndarray, *, side: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """One digit on a cut of one photograph.

    Args:
        digit:      (28, 28) uint8, 255 = ink. photograph: (H, W, 3) uint8 RGB, at least 2 · side / 3 pixels each way.
        side:       of the scene in pixels.
    Returns:
        (side, side, 3) uint8 RGB, and (4,) float32 x1 y1 x2 y2: the smallest box round the digit's strokes.
    """
    picture = _ground(photograph, side, rng)
    ink = _ink(digit, round(side * float(np.exp(rng.uniform(np.log(SMALLEST), np.log(LARGEST))))))
    tall, wide = ink.shape
    top, left = (int(rng.integers(0, side - length + 1)) for length in (tall, wide))
    under = picture[top : top + tall, left : left + wide].astype(np.float32)
    share = ink[:, :, None].astype(np.float32) / 255
    under += share * (_colour(under, rng) - under)
    picture[top : top + tall, left : left + wide] = under.round().astype(np.uint8)
    rows, columns = (np.flatnonzero((ink >= FAINT).any(axis=axis)) for axis in (1, 0))
    box = left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1
    return picture, np.array(box, np.float32)


def _ground(photograph: np.ndarray, side: int, rng: np.random.Generator) -> np.ndarray:
    """A square of a photograph at any place and size, mirrored or not, paler than it was."""
    height, width = photograph.shape[:2]
    cut = int(rng.integers(min(height, width, round(side * 0.66)), min(height, width, 3 * side) + 1))
    y, x = int(rng.integers(0, height - cut + 1)), int(rng.integers(0, width - cut + 1))
    square = photograph[y : y + cut, x : x + cut]
    square = square[:, ::-1] if rng.random() < 0.5 else square
    way = cv2.INTER_AREA if cut > side else cv2.INTER_LINEAR
    resized = cv2.resize(np.ascontiguousarray(square), (side, side), interpolation=way).astype(np.float32)
    mean = resized.mean(axis=(0, 1))
    return (mean + PALE * (resized - mean)).round().astype(np.uint8)


def _ink(digit: np.ndarray, longer: int) -> np.ndarray:
    """The strokes of a digit, its margin cut away, (h, w) uint8 with a longer side of `longer` pixels."""
    rows, columns = (np.flatnonzero((digit >= FAINT).any(axis=axis)) for axis in (1, 0))
    inner = digit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = longer / max(inner.shape)
    size = max(3, round(inner.shape[1] * scale)), max(3, round(inner.shape[0] * scale))
    return cv2.resize(inner, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)


def _colour(under: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(3,) float32: any colour that stands out from what lies under it, dark on light or light on dark."""
    light = float(under.mean()) > 120
    colour = rng.uniform(0, 90, 3) if light else rng.uniform(165, 255, 3)
    return colour.astype(np.float32)
