"""Some photographs with what a network says of them, small enough to be looked at while it learns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import cv2
import numpy as np

from engine.data.photoset import Objects
from engine.detect.detections import Detections
from engine.detect.judge import SCORE
from engine.jobs import Event
from engine.text import Text

SIDE = 320  # pixels of a glance's longer side
SHOWN = 6  # photographs at each check


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """One photograph, its truth and the network's answer, all in pixels of the small `picture`.

    file:    its name in the set.
    picture: (h, w, 3) uint8 RGB.
    truth_mask, mask: (h, w) uint8 class indices; None where boxes are asked for.
    truth, found: objects marked and objects detected, best first; None where masks are asked for.
    points, truth_points: (K, 3) float32 x, y, 1 where it is marked; None where no landmarks are asked for.
    figure:  how right the answer is on this photograph, in [0, 1]; nan where nothing is there to be found.
    least_score: boxes of a lower score are neither shown nor judged.
    """

    file: str
    picture: np.ndarray
    truth_mask: np.ndarray | None = None
    mask: np.ndarray | None = None
    truth: Objects | None = None
    found: Detections | None = None
    truth_points: np.ndarray | None = None
    points: np.ndarray | None = None
    figure: float = float("nan")
    least_score: float = SCORE


@dataclass(frozen=True, slots=True, eq=False)
class Looked(Event):
    """The same photographs at each check, as the network sees them now.

    metric:  the name of the figure that counts. classes: the names behind the labels.
    void:    the index in masks that is no class; None where each counts.
    values:  (classes,) float64, IoU or AP@0.5 of each class on the whole part; nan where it does not occur.
    curves:  (classes, 101) float32 precision at recalls 0, 0.01 … 1 and IoU 0.5; (0, 101) where there are none.
    split:   the part that the photographs and the figures are of.
    """

    step: int
    epoch: float
    metric: str
    classes: tuple[Text, ...]
    glances: tuple[Glance, ...]
    values: np.ndarray
    curves: np.ndarray
    void: int | None = None
    split: str = "held-out"
    skeleton: tuple[tuple[int, int], ...] = field(default=())
    latest_only: ClassVar[bool] = True


def no_curves() -> np.ndarray:
    """None to draw."""
    return np.zeros((0, 101), np.float32)


def spread_over(count: int, most: int = SHOWN) -> list[int]:
    """Up to `most` indices below `count`, evenly spread, the same each time."""
    return sorted({int(i) for i in np.linspace(0, count - 1, min(most, count))}) if count else []


def small(picture: np.ndarray, side: int = SIDE) -> tuple[np.ndarray, float]:
    """(h, w, 3) uint8 with its longer side at most `side` pixels, and how many times it was enlarged (≤ 1)."""
    height, width = picture.shape[:2]
    scale = min(1.0, side / max(height, width))
    if scale == 1.0:
        return picture, 1.0
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA), scale


def small_mask(mask: np.ndarray, like: np.ndarray) -> np.ndarray:
    """A mask at the size of a small picture: nearest class, (h, w) uint8."""
    return cv2.resize(mask, (like.shape[1], like.shape[0]), interpolation=cv2.INTER_NEAREST)


def scaled_objects(objects: Objects, scale: float) -> Objects:
    """The same marks on a picture `scale` times as large; outlines stay behind."""
    return Objects.of(objects.boxes * scale, objects.labels, crowd=objects.crowd)


def scaled_detections(found: Detections, scale: float) -> Detections:
    """The same detections on a picture `scale` times as large, without masks."""
    return Detections((found.boxes * scale).astype(np.float32), found.scores, found.labels)
