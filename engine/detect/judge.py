"""Which detections of a picture are right, which are not, and which objects were missed (lecture row 67).

A detection is right (TP) when an object of its class that no better detection has taken overlaps it by at least
`iou`; else it is wrong (FP). An object that nothing took is missed (FN). Crowds are neither: what lies in one is not
judged. It is COCO's rule; the lecture's "0.5 or more = true positive" is said of the overlap, not of the score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.data.photoset import Objects
from engine.detect.detections import Detections

IOU = 0.5
SCORE = 0.3  # the least score that is shown and judged
RIGHT, WRONG, IGNORED = 1, 0, -1


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """found: (N,) int8, `RIGHT`, `WRONG` or `IGNORED` for each detection. missed: (M,) bool for each object."""

    found: np.ndarray
    missed: np.ndarray

    @property
    def counts(self) -> tuple[int, int, int]:
        """TP, FP, FN."""
        return int((self.found == RIGHT).sum()), int((self.found == WRONG).sum()), int(self.missed.sum())

    @property
    def f1(self) -> float:
        """2 · TP / (2 · TP + FP + FN), in [0, 1]; nan where nothing was there and nothing was found."""
        right, wrong, missed = self.counts
        total = 2 * right + wrong + missed
        return 2 * right / total if total else float("nan")


def overlaps(a: np.ndarray, b: np.ndarray, *, of_first: np.ndarray | None = None) -> np.ndarray:
    """(N, M) IoU of (N, 4) and (M, 4) boxes; where `of_first` ((M,) bool) the share of the first box instead."""
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = np.clip(high - low, 0, None).prod(axis=2)
    first, second = (np.clip(x[:, 2:] - x[:, :2], 0, None).prod(axis=1) for x in (a, b))
    either = first[:, None] + second[None] - both
    if of_first is not None:
        either = np.where(of_first[None], first[:, None], either)
    return np.divide(both, either, out=np.zeros_like(both), where=either > 0)


def judge(truth: Objects, found: Detections, *, iou: float = IOU) -> Judged:
    """What came of each detection, best score first, and of each object."""
    told = np.full(len(found), WRONG, np.int8)
    free = ~truth.crowd
    if len(found) and len(truth):
        shares = overlaps(found.boxes.astype(float), truth.boxes.astype(float), of_first=truth.crowd)
        shares = np.where(found.labels[:, None] == truth.labels[None], shares, 0.0)
        for i in np.argsort(-found.scores, kind="stable"):
            reach = np.where(free, shares[i], 0.0)
            best = int(reach.argmax())
            if reach[best] >= iou:
                told[i], free[best] = RIGHT, False
            elif (shares[i][truth.crowd] >= iou).any():
                told[i] = IGNORED
    return Judged(told, free)
