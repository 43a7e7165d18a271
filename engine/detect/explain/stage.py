"""One step of a detector on one picture, as an event: what it saw, what it made, how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

import cv2
import numpy as np

from engine.detect.detections import Detections
from engine.detect.letterbox import resized
from engine.jobs import Event
from engine.text import Text

T = TypeVar("T")
LONGEST = 640  # pixels of the longer side that a picture is explained at


@dataclass(frozen=True, slots=True, eq=False)
class Stage(Event):
    """One step.

    name, said:   what it is called, and in a sentence what it made.
    milliseconds: of this step alone, on this machine, now.
    picture:      (H, W, 3) uint8 RGB to draw on.
    boxes:        found so far, in its pixels; label −1 where nothing is said of the class. None = nothing to draw.
    heat:         (h, w) float32 in [0, 1] to lay over the whole picture, or None.
    tiles:        (n, h, w, 3) uint8 small pictures beside it, or None.
    figures:      counts and shares by plain names.
    classes:      what the labels of `boxes` mean, in their order; () where nothing is said.
    """

    name: Text
    said: Text
    milliseconds: float
    picture: np.ndarray
    boxes: Detections | None = None
    heat: np.ndarray | None = None
    tiles: np.ndarray | None = None
    figures: Mapping[str, float] = field(default_factory=dict)
    classes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Moving(Event):
    """What a step looks at this moment; it is shown and not kept.

    picture, boxes, heat: as in `Stage`. done, total: how far the step is.
    """

    said: Text
    picture: np.ndarray
    boxes: Detections
    heat: np.ndarray | None
    done: int
    total: int
    latest_only: ClassVar[bool] = True


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` returns, and the milliseconds it took."""
    start = time.perf_counter()
    value = work()
    return value, 1000 * (time.perf_counter() - start)


def plain(boxes: np.ndarray, scores: np.ndarray | None = None) -> Detections:
    """Boxes of no class; without scores all have 1."""
    count = len(boxes)
    values = np.ones(count, np.float32) if scores is None else scores.astype(np.float32)
    return Detections(np.asarray(boxes, np.float32).reshape(count, 4), values, np.full(count, -1, np.int64))


def shrunk(picture: np.ndarray, longest: int = LONGEST) -> np.ndarray:
    """(H, W, 3) uint8 of any size as it is explained: its longer side never more than `longest` pixels."""
    scale = min(1.0, longest / max(picture.shape[:2]))
    height, width = (max(1, round(side * scale)) for side in picture.shape[:2])
    return np.ascontiguousarray(resized(picture, (width, height)))


def stretched(values: np.ndarray) -> np.ndarray:
    """Any (…) numbers as float32 from 0 to 1; all 0 where they are equal."""
    low, high = float(values.min(initial=0)), float(values.max(initial=0))
    return ((values - low) / (high - low or 1.0)).astype(np.float32)


def tiles_of(maps: np.ndarray, *, side: int = 56) -> np.ndarray:
    """(n, h, w) numbers as (n, side, side, 3) uint8 grey pictures, each stretched on its own, cells kept sharp."""
    made = [cv2.resize(stretched(m), (side, side), interpolation=cv2.INTER_NEAREST) for m in maps]
    grey = np.round(255 * np.stack(made)).astype(np.uint8) if made else np.zeros((0, side, side), np.uint8)
    return np.repeat(grey[..., None], 3, axis=3)


def drawn(stage: Stage) -> np.ndarray:
    """The stage as one (H, W, 3) uint8 picture, for the command line: heat and boxes on the photograph."""
    picture = stage.picture.copy()
    if stage.heat is not None:
        heat = cv2.resize(stage.heat, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_NEAREST)
        colours = cv2.applyColorMap(np.round(255 * heat).astype(np.uint8), cv2.COLORMAP_VIRIDIS)[..., ::-1]
        picture = (0.5 * picture + 0.5 * colours).astype(np.uint8)
    found = stage.boxes or Detections.none()
    for box, label in reversed(list(zip(found.boxes, found.labels, strict=True))):  # the best on top
        hue = np.array([[[(30 + 47 * (int(label) + 1)) % 180, 255, 255]]], np.uint8)
        colour = cv2.cvtColor(hue, cv2.COLOR_HSV2RGB)[0, 0].tolist()
        left, top, right, bottom = (round(float(v)) for v in box)
        cv2.rectangle(picture, (left, top), (right, bottom), colour, max(1, max(picture.shape) // 400))
    return picture
