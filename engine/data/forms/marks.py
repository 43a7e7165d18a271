"""Marks as files give them, made into `Objects`: boxes cut to the picture, faults said and left out."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.data.forms.reading import Faults
from engine.data.photoset import Objects
from engine.text import Text

Rings = tuple[np.ndarray, ...]
SLACK = 1.0  # pixels a box may stand out of its picture by rounding before a word is said
LIMIT = 65_536.0  # pixels; larger coordinates are a fault of the file, and would not survive two decimals
NO_SIZE = Text("a box without width or height was left out", "너비나 높이가 없는 상자를 뺐어요")
NO_NUMBER = Text(
    "a box with values that are no usable numbers was left out", "쓸 수 있는 숫자가 아닌 값이 든 상자를 뺐어요"
)
AWAY = Text("a box entirely outside the picture was left out", "그림 밖에 있는 상자를 뺐어요")
CUT = Text("a box reached outside the picture and was cut to it", "그림 밖으로 나간 상자를 그림에 맞게 잘랐어요")
BAD_RING = Text(
    "an outline with fewer than three points was left out; its box is kept",
    "점이 세 개가 안 되는 윤곽선을 뺐어요. 상자는 그대로 있어요",
)


def box_of(
    corners: Sequence[float], size: tuple[int, int], faults: Faults, file: str
) -> tuple[float, float, float, float] | None:
    """x1 y1 x2 y2 cut to a picture of `size` (width, height; 0 = not known), or None when nothing is left of it."""
    try:
        # rounded as every form writes them: stable from here on
        x1, y1, x2, y2 = [round(float(value), 2) for value in corners]
    except (TypeError, ValueError, OverflowError):
        x1 = y1 = x2 = y2 = LIMIT
    if not (-LIMIT < x1 < LIMIT and -LIMIT < y1 < LIMIT and -LIMIT < x2 < LIMIT and -LIMIT < y2 < LIMIT):
        faults.add(file, NO_NUMBER)  # also for what is not a number at all
        return None
    if x2 <= x1 or y2 <= y1:
        faults.add(file, NO_SIZE)
        return None
    width, height = size
    if (x1 >= 0 and y1 >= 0 and x2 <= width and y2 <= height) or width <= 0 or height <= 0:
        return x1, y1, x2, y2
    box = max(0.0, x1), max(0.0, y1), min(float(width), x2), min(float(height), y2)
    if box[2] <= box[0] or box[3] <= box[1]:
        faults.add(file, AWAY)
        return None
    if max(-x1, -y1, x2 - width, y2 - height) > SLACK:
        faults.add(file, CUT)
    return box


def ring_of(values: object, faults: Faults, file: str) -> np.ndarray | None:
    """x y x y … as a ring (P, 2) float32; None when it has fewer than three points or no numbers."""
    if isinstance(values, list) and len(values) >= 6 and len(values) % 2 == 0:
        with contextlib.suppress(TypeError, ValueError, OverflowError):  # no numbers at all
            if math.isfinite(sum(values)) and min(values) > -LIMIT and max(values) < LIMIT:
                return np.array(values, np.float32).reshape(-1, 2)
    faults.add(file, BAD_RING)
    return None


def box_around(rings: Rings) -> list[float]:
    """The smallest x1 y1 x2 y2 that holds all rings."""
    points = np.concatenate(rings)
    return [*map(float, points.min(axis=0)), *map(float, points.max(axis=0))]


@dataclass(slots=True)
class Gathered:
    """The marks of one picture while its file is read."""

    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    crowd: list[bool] = field(default_factory=list)
    outlines: list[Rings] = field(default_factory=list)
    keypoints: list[np.ndarray | None] = field(default_factory=list)

    def add(
        self,
        box: tuple[float, float, float, float],
        label: int,
        *,
        crowd: bool = False,
        rings: Rings = (),
        keypoints: np.ndarray | None = None,
    ) -> None:
        self.boxes.append(box)
        self.labels.append(label)
        self.crowd.append(crowd)
        self.outlines.append(rings)
        self.keypoints.append(keypoints)

    def objects(self, joints: int = 0) -> Objects:
        """What was gathered; `joints` = K keypoints of each object, zeros where none were given."""
        count = len(self.labels)
        points = None
        if joints and count:
            points = np.zeros((count, joints, 3), np.float32)
            for row, given in zip(points, self.keypoints, strict=True):
                if given is not None and given.shape == row.shape:
                    row[:] = given
        elif joints:
            points = np.zeros((0, joints, 3), np.float32)
        return Objects.of(
            np.array(self.boxes, np.float32),
            np.array(self.labels, np.int64),
            crowd=np.array(self.crowd, bool),
            outlines=tuple(self.outlines),
            keypoints=points,
        )
