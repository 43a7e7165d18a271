"""Small changes to a picture whose points are asked for: nearer or farther, moved, other colours (lecture row 37).

No point that is asked for leaves the picture. Everything random comes from the generator given.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engine.detect.augment import NONE, Changes, recoloured
from engine.detect.letterbox import resized

LARGER = 1.35  # times the size at most, or this much smaller, at full strength
COLOURS = Changes(hue=0.05, colour=0.4, light=0.3)


@dataclass(frozen=True, slots=True)
class Pointed:
    """A picture, (H, W, 3) uint8 RGB, and points in it, (n, 2) float32 x y in pixels."""

    picture: np.ndarray
    points: np.ndarray


def scaled(one: Pointed, size: tuple[int, int]) -> Pointed:
    """At `size` (H, W) pixels, stretched where its shape is another."""
    height, width = one.picture.shape[:2]
    by = np.array([size[1] / width, size[0] / height], np.float32)
    return Pointed(resized(one.picture, (size[1], size[0])), one.points * by)


def changed(one: Pointed, *, strength: float, rng: np.random.Generator) -> Pointed:
    """As it might have been taken as well; `strength` in [0, 1], 0 = as it is."""
    if strength == 0:
        return one
    colours = Changes(
        *(
            getattr(NONE, name)
            for name in ("mosaic", "smallest", "largest", "stretch", "mirror", "upside_down", "turn")
        ),
        *(strength * getattr(COLOURS, name) for name in ("hue", "colour", "light")),
    )
    moved = _moved(one, strength, rng)
    return Pointed(recoloured(moved.picture, colours, rng), moved.points)


def _moved(one: Pointed, strength: float, rng: np.random.Generator) -> Pointed:
    """Nearer or farther and somewhere else; what was not in the picture is its rim, drawn out."""
    height, width = one.picture.shape[:2]
    room, low, high = np.array([width, height]), one.points.min(axis=0), one.points.max(axis=0)
    fits = float((room / np.maximum(high - low, 1)).min())  # times the size at which the points just fit
    by = min(np.exp(strength * rng.uniform(-1, 1) * np.log(LARGER)), max(1.0, fits))
    spans = np.sort(np.stack((-by * low, room - by * high)), axis=0)  # of the shift, so that all stay inside
    shift = strength * rng.uniform(spans[0], spans[1]) + (1 - strength) * (1 - by) * (low + high) / 2
    shift = np.clip(shift, spans[0], spans[1])
    turn = np.array([[by, 0, shift[0]], [0, by, shift[1]]], np.float64)
    size, rim = (width, height), cv2.BORDER_REPLICATE
    picture = np.asarray(cv2.warpAffine(one.picture, turn, size, flags=cv2.INTER_LINEAR, borderMode=rim))
    return Pointed(picture, (one.points * by + shift).astype(np.float32))
