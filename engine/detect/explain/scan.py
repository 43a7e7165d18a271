"""The sliding window and the pyramid: how things were found before proposals (lecture rows 69, 70).

A window of one size moves over the picture in equal steps and a classifier looks at every cut. It finds only things
of its own size; on a pyramid of smaller copies the same window finds larger ones, at a price that is counted here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torchvision.ops import nms

from engine.detect.detections import Detections
from engine.detect.explain.stage import Stage, plain, timed
from engine.detect.letterbox import resized
from engine.jobs import Event, Job
from engine.text import Text
from engine.zoo.efficientnet_lite import EfficientNetLite0

Scorer = Callable[[np.ndarray], np.ndarray]  # (n, h, w, 3) uint8 -> (n,) float32 in [0, 1]
BATCH = 16  # windows looked at together, and shown together


@dataclass(frozen=True, slots=True, eq=False)
class Looked(Event):
    """Some windows have been looked at.

    scale:  of the copy they were cut from; 0.5 = half as wide and high.
    boxes:  (n, 4) float32 in pixels of the photograph. scores: (n,) float32 in [0, 1].
    done, total: windows so far and in all.
    """

    scale: float
    boxes: np.ndarray
    scores: np.ndarray
    done: int
    total: int
    milliseconds: float


def windows(width: int, height: int, *, window: int, step: int) -> np.ndarray:
    """(n, 4) float32 x1 y1 x2 y2 of every place of a square window, row by row.

    n = (⌊(W − w) / s⌋ + 1) · (⌊(H − w) / s⌋ + 1); 0 where the window is larger than the picture.
    """
    x, y = np.meshgrid(np.arange(0, width - window + 1, step), np.arange(0, height - window + 1, step))
    corner = np.stack((x.ravel(), y.ravel()), axis=1).astype(np.float32)
    return np.concatenate((corner, corner + window), axis=1)


def scan(
    picture: np.ndarray,
    score: Scorer,
    *,
    window: int = 96,
    step: int = 32,
    scales: Sequence[float] = (1.0,),
    least: float = 0.5,
) -> Job:
    """Look through a window at every place of every scale; yields `Looked` for each handful and a `Stage` at the end.

    Args:
        picture: (H, W, 3) uint8 RGB; a side shorter than the window makes the window smaller.
        scales:  (1.0,) is the plain sliding window, several are the pyramid.
        least:   windows below this score are not answers.
    Returns:
        `Detections` after non-maximum suppression, label −1.
    """
    plan = _plan(picture, window, step, scales)
    total = sum(len(boxes) for _, _, boxes in plan)
    found, scores, spent = [], [], 0.0
    for scale, copy, places in plan:
        grow = np.array([picture.shape[1] / copy.shape[1], picture.shape[0] / copy.shape[0]] * 2, np.float32)
        for start in range(0, len(places), BATCH):
            some = places[start : start + BATCH]
            values, ms = timed(partial(_score, score, copy, some))
            spent += ms
            found.append(some * grow)
            scores.append(values.astype(np.float32))
            yield Looked(scale, found[-1], scores[-1], sum(map(len, scores)), total, ms)
    every = plain(np.concatenate(found), np.concatenate(scores))
    best = _best(every, least)
    said = Text("{n} windows were looked at, {kept} answers are left.", "창 {n}개를 살펴보고 답 {kept}개를 남겼어요.")
    yield Stage(
        SCAN, said(n=total, kept=len(best)), spent, picture, best, figures={"windows": total, "found": len(best)}
    )
    return best


SCAN = Text("Sliding window", "슬라이딩 윈도우 (sliding window)")


def _plan(
    picture: np.ndarray, window: int, step: int, scales: Sequence[float]
) -> list[tuple[float, np.ndarray, np.ndarray]]:
    """For each scale the copy and the windows on it; a copy smaller than the window is left out, the first never."""
    plan: list[tuple[float, np.ndarray, np.ndarray]] = []
    for scale in scales:
        size = max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))
        if min(size) < window and plan:
            continue
        side = min(window, *size)
        plan.append((scale, resized(picture, size), windows(*size, window=side, step=step)))
    return plan


def _score(score: Scorer, picture: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    return score(_cut(picture, boxes))


def _cut(picture: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """(n, w, w, 3) uint8: what is seen through each window."""
    return np.stack([picture[y1:y2, x1:x2] for x1, y1, x2, y2 in boxes.astype(int)])


def _best(found: Detections, least: float) -> Detections:
    good = found.above(least)
    kept = nms(torch.from_numpy(good.boxes), torch.from_numpy(good.scores), 0.3).numpy()
    return good.at(kept)


def scorer(network: EfficientNetLite0, target: int, *, side: int = 128) -> Scorer:
    """How sure the classifier is that a cut shows ImageNet's class `target`; cuts are looked at `side` pixels wide."""

    def score(cuts: np.ndarray) -> np.ndarray:
        shares: np.ndarray = _shares(network, np.stack([resized(cut, (side, side)) for cut in cuts]))[:, target]
        return shares

    return score


def likeliest(network: EfficientNetLite0, picture: np.ndarray) -> int:
    """The ImageNet class the whole picture looks most like: what a scan may then look for."""
    return int(_shares(network, resized(picture, (224, 224))[None])[0].argmax())


def _shares(network: EfficientNetLite0, pictures: np.ndarray) -> np.ndarray:
    """(n, h, w, 3) uint8 -> (n, 1000) float32, softmax."""
    x = torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 255
    with torch.inference_mode():
        return network(x).softmax(1).numpy()
