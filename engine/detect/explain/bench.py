"""The metrics bench: one picture, some boxes that are true and some that were found, every figure at once.

Lecture rows 66–68. All of it is a few lines of numpy on a handful of boxes, fast enough to follow a hand; a test
keeps it equal to `engine.detect.metrics`, which measures whole sets.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.data.photoset import Objects
from engine.detect.detections import Detections
from engine.detect.overlap import Overlap, match, overlap

RECALLS = np.linspace(0, 1, 101)  # where COCO reads the precision
THRESHOLDS = np.round(np.arange(0.5, 1.0, 0.05), 2)  # of IoU


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Precision against recall, from the surest box to the least sure.

    scores, recall, precision: (n,) after each found box in the order of its score.
    envelope: (101,) the best precision at this recall or a higher one, read at `RECALLS`; 0 where it is not reached.
    ap:       its mean: COCO's average precision at one IoU.
    """

    scores: np.ndarray
    recall: np.ndarray
    precision: np.ndarray
    envelope: np.ndarray
    ap: float


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What the bench says.

    right, wrong, missed: true positives, false positives, false negatives among boxes with at least the score asked.
    partner: (N,) for each found box the object it found, −1 = none, −2 = its score is too low to count.
    best:    for each found box what it shares with the object it overlaps most, and which (−1 without objects).
    curve:   at the IoU asked for; ap: its area, ap_mean: the mean over COCO's ten IoUs; nan without objects.
    """

    right: int
    wrong: int
    missed: int
    partner: np.ndarray
    best: tuple[tuple[int, Overlap], ...]
    curve: Curve
    ap: float
    ap_mean: float

    @property
    def precision(self) -> float:
        """TP / (TP + FP), nan when nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else float("nan")

    @property
    def recall(self) -> float:
        """TP / (TP + FN), nan when nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else float("nan")


def judge(truth: np.ndarray, found: np.ndarray, scores: np.ndarray, *, iou: float = 0.5, least: float = 0.0) -> Judged:
    """Judge (N, 4) found boxes with (N,) scores against (M, 4) true ones, all of one class, in pixels."""
    there = Objects.of(truth, np.zeros(len(truth), np.int64))
    every = Detections(np.asarray(found, np.float32).reshape(-1, 4), scores, np.zeros(len(scores), np.int64))
    counted = np.flatnonzero(scores >= least)
    matched = match(there, every.at(counted), iou=iou)
    partner = np.full(len(scores), -2, np.int64)
    partner[counted] = matched.partner
    curves = [curve(there, every, float(t)) for t in (iou, *THRESHOLDS)]
    mean = float(np.mean([c.ap for c in curves[1:]]))
    best = tuple(_best(box, truth) for box in every.boxes)
    return Judged(*matched.counts, partner, best, curves[0], curves[0].ap, mean)


def curve(there: Objects, every: Detections, iou: float) -> Curve:
    """Precision and recall as the score that is asked for goes down."""
    order = np.argsort(-every.scores, kind="stable")
    ranked = every.at(order)
    hit = match(there, ranked, iou=iou).partner >= 0
    right = np.cumsum(hit)
    precision = right / np.arange(1, len(hit) + 1)
    if not len(there):
        nothing = np.full(len(RECALLS), np.nan)
        return Curve(ranked.scores, np.zeros(len(hit)), precision, nothing, float("nan"))
    recall = right / len(there)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    at = np.searchsorted(recall, RECALLS, side="left")
    envelope = np.array([best[i] if i < len(best) else 0.0 for i in at])
    return Curve(ranked.scores, recall, precision, envelope, float(envelope.mean()))


def _best(box: np.ndarray, truth: np.ndarray) -> tuple[int, Overlap]:
    shares = [overlap(box.tolist(), one.tolist()) for one in truth]
    if not shares:
        return -1, Overlap(0.0, 0.0, 0.0, 0.0)
    index = max(range(len(shares)), key=lambda i: shares[i].iou)
    return index, shares[index]
