"""What two areas share, and which detections found which objects (lecture row 66)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.data.photoset import Objects
from engine.detect.detections import Detections


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two areas share (row 66); every value in [0, 1], 0 where nothing can be divided.

    precision: shared ÷ detected. recall: shared ÷ object. iou: shared ÷ both together.
    """

    shared: float
    precision: float
    recall: float
    iou: float


def overlap(detected: Sequence[float], object_: Sequence[float]) -> Overlap:
    """Compare two boxes, each x1 y1 x2 y2 in pixels; `shared` is in pixels²."""
    width = max(0.0, min(detected[2], object_[2]) - max(detected[0], object_[0]))
    height = max(0.0, min(detected[3], object_[3]) - max(detected[1], object_[1]))
    a, b = (max(0.0, x2 - x1) * max(0.0, y2 - y1) for x1, y1, x2, y2 in (detected, object_))
    return _shares(width * height, a, b)


def _shares(shared: float, detected: float, object_: float) -> Overlap:
    both = detected + object_ - shared
    return Overlap(shared, *(shared / part if part > 0 else 0.0 for part in (detected, object_, both)))


def ious(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """IoU of every box of (N, 4) with every box of (M, 4), (N, M) float64."""
    a, b = a.astype(np.float64), b.astype(np.float64)
    corner = np.minimum(a[:, None, 2:], b[None, :, 2:]) - np.maximum(a[:, None, :2], b[None, :, :2])
    shared = np.clip(corner, 0, None).prod(axis=2)
    areas = [np.clip(x[:, 2:] - x[:, :2], 0, None).prod(axis=1) for x in (a, b)]
    both = areas[0][:, None] + areas[1][None] - shared
    return np.divide(shared, both, out=np.zeros_like(shared), where=both > 0)


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """One picture's detections against its truth at one IoU threshold, for looking through right and wrong.

    partner: (N,) int64, for each detection the index of the object it found, or −1: a false positive.
    iou:     (N,) float32, with its partner; for a false positive the best with any object of its class.
    missed:  (M,) int64, indices of the objects nothing found: false negatives. Crowds are never missed.
    ignored: (N,) bool, detections that lie on a crowd: neither right nor wrong.
    """

    partner: np.ndarray
    iou: np.ndarray
    missed: np.ndarray
    ignored: np.ndarray

    @property
    def counts(self) -> tuple[int, int, int]:
        """True positives, false positives, false negatives."""
        right = int((self.partner >= 0).sum())
        return right, len(self.partner) - right - int(self.ignored.sum()), len(self.missed)


def match(truth: Objects, found: Detections, *, iou: float = 0.5) -> Matched:
    """Pair detections, best score first, each with the free object of its class that it overlaps most."""
    count = len(found)
    partner, best, ignored = np.full(count, -1, np.int64), np.zeros(count, np.float32), np.zeros(count, bool)
    table = ious(found.boxes, truth.boxes) * (found.labels[:, None] == truth.labels[None])  # (N, M)
    free = ~truth.crowd
    for i in np.argsort(-found.scores, kind="stable") if len(truth) else ():
        candidates = np.where(free, table[i], -1.0)
        j = int(candidates.argmax())
        if candidates[j] >= iou:
            partner[i], best[i], free[j] = j, candidates[j], False
            continue
        best[i] = np.where(truth.crowd, 0, table[i]).max()
        ignored[i] = _on_crowd(found.boxes[i], int(found.labels[i]), truth) >= iou
    return Matched(partner, best, np.flatnonzero(free), ignored)


def _on_crowd(box: np.ndarray, label: int, truth: Objects) -> float:
    """The largest share of the box that lies on a crowd of its class."""
    crowds = truth.boxes[truth.crowd & (truth.labels == label)]
    return max((overlap(box.tolist(), crowd.tolist()).precision for crowd in crowds), default=0.0)
