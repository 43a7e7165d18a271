"""The linear SVM that says what a proposal shows (lecture rows 73, 79), and the two ways to describe a proposal to it.

R-CNN cuts every proposal out, warps it to a square and runs the CNN on it: one pass for each. Fast R-CNN runs the
CNN once on the whole picture and pools each proposal out of its map. The SVM is taught on marked boxes of a set of
photographs, so what it knows is stated and can be taught again on any other set.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from sklearn.svm import LinearSVC
from torch import Tensor
from torchvision.ops import batched_nms, roi_pool

from engine.data.photoset import PhotoSet
from engine.detect.detections import Detections
from engine.detect.explain.regions import first_regions, merged
from engine.detect.letterbox import resized
from engine.detect.overlap import ious
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text
from engine.zoo.efficientnet_lite import EfficientNetLite0

Describe = Callable[[np.ndarray, np.ndarray], np.ndarray]  # picture, (n, 4) boxes -> (n, d) float32

SIDE = 128  # pixels of a warped cut; 224 costs three times as much
CONTEXT = 0.1  # of its sides is added round a cut, so that its edges are seen
STRIDE = 16  # of the map that Fast R-CNN pools from
POOL = 7
GROUND_BELOW, OBJECT_FROM = 0.4, 0.6  # IoU with a marked box; what lies between teaches nothing
GROUNDS = 24  # of each photograph


@dataclass(frozen=True, slots=True, eq=False)
class Svm:
    """One straight line for each class: margin = weights · (features − mean) / spread + offset.

    weights: (C, d) float32. offsets: (C,) float32. mean, spread: (d,) float32. examples: (C + 1,) taught, ground last.
    """

    weights: np.ndarray
    offsets: np.ndarray
    mean: np.ndarray
    spread: np.ndarray
    examples: np.ndarray

    def margins(self, features: np.ndarray) -> np.ndarray:
        """(n, d) -> (n, C) float32; above 0 the class is believed."""
        return ((features - self.mean) / self.spread) @ self.weights.T + self.offsets

    def choose(self, boxes: np.ndarray, features: np.ndarray, *, least: float = 0.0) -> Detections:
        """Proposals whose best margin is above `least`, after non-maximum suppression.

        A score is 1 / (1 + e^−margin): an order from 0 to 1, not a probability.
        """
        margins = self.margins(features)
        labels = margins.argmax(axis=1)
        best = margins[np.arange(len(labels)), labels]
        scores = (1 / (1 + np.exp(-np.clip(best, -50, 50)))).astype(np.float32)
        good = np.flatnonzero(best > least)
        every = Detections(boxes[good], scores[good], labels[good])
        kept = batched_nms(*(torch.from_numpy(x) for x in (every.boxes, every.scores, every.labels)), 0.3)
        return every.at(kept.numpy())


def cuts(picture: np.ndarray, boxes: np.ndarray, *, side: int = SIDE) -> np.ndarray:
    """(n, side, side, 3) uint8: each box with a little round it, warped to a square whatever its shape."""
    height, width = picture.shape[:2]
    made = np.empty((len(boxes), side, side, 3), np.uint8)
    for i, (x1, y1, x2, y2) in enumerate(boxes.tolist()):
        w, h = CONTEXT * (x2 - x1), CONTEXT * (y2 - y1)
        left, top = (int(min(max(0.0, v), end - 1)) for v, end in ((x1 - w, width), (y1 - h, height)))
        right, bottom = min(width, max(left + 1, round(x2 + w))), min(height, max(top + 1, round(y2 + h)))
        made[i] = resized(picture[top:bottom, left:right], (side, side))
    return made


def as_input(pictures: np.ndarray) -> Tensor:
    """(n, h, w, 3) uint8 -> (n, 3, h, w) float32 in [0, 1]."""
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 255


def features_of_cuts(encoder: EfficientNetLite0, made: np.ndarray) -> np.ndarray:
    """(n, side, side, 3) uint8 -> (n, 1280) float32: R-CNN's description, a pass for each cut."""
    with torch.inference_mode():
        return encoder.features(as_input(made)).numpy()


def map_of(encoder: EfficientNetLite0, picture: np.ndarray) -> Tensor:
    """(1, 112, H / 16, W / 16) float32: what Fast R-CNN computes once for a picture."""
    with torch.inference_mode():
        return encoder.pyramid(as_input(picture[None]))[1]


def pooled(features: Tensor, boxes: np.ndarray) -> Tensor:
    """(n, 112, 7, 7): the largest value in each of 7 × 7 cells of every box, RoI pooling."""
    with torch.inference_mode():
        return roi_pool(features, [torch.from_numpy(boxes)], (POOL, POOL), 1 / STRIDE)


def slowly(encoder: EfficientNetLite0) -> Describe:
    """R-CNN's way to describe boxes."""
    return lambda picture, boxes: features_of_cuts(encoder, cuts(picture, boxes))


def fast(encoder: EfficientNetLite0) -> Describe:
    """Fast R-CNN's way to describe boxes: (n, 112 · 7 · 7)."""
    return lambda picture, boxes: pooled(map_of(encoder, picture), boxes).flatten(1).numpy()


def teach(photos: PhotoSet, describe: Describe, *, pictures: int = 24, seed: int = 0) -> Job:
    """Fit the SVM on marked boxes against proposals that hold nothing; a job, returns `Svm`.

    Args:
        pictures: how many of the set are looked at, drawn at random.
    Raises:
        LabError: the set has no boxes, or these photographs hold none.
    """
    if photos.objects is None:
        raise LabError(NO_BOXES(name=photos.id))
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(len(photos))[:pictures]
    features, labels = [], []
    for done, index in enumerate(chosen):
        yield Progress(done, len(chosen), Text("Learning what boxes look like", "상자 모습을 익히는 중"))
        boxes, names = _examples(photos, int(index), rng)
        if len(boxes):
            features.append(describe(photos.read(int(index)), boxes))
            labels.append(names)
    taught = np.concatenate(labels) if labels else np.zeros(0, np.int64)
    if len(set(taught.tolist())) < 2:
        raise LabError(NO_BOXES(name=photos.id))
    return fitted(np.concatenate(features), taught, classes=len(photos.classes))


NO_BOXES = Text(
    "{name} has no boxes to learn from. Choose a set with marked objects.",
    "{name} 데이터에는 배울 상자가 없어요. 물체가 표시된 데이터를 골라 주세요.",
)


def _examples(photos: PhotoSet, index: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Marked boxes and proposals that fit one, with their labels; proposals far from all, with the label C."""
    assert photos.objects is not None
    objects, picture = photos.objects[index], photos.read(index)
    real = ~objects.crowd & (objects.areas > 1)
    marked, labels = objects.boxes[real], objects.labels[real]
    proposals = merged(picture, first_regions(picture)).proposals(int(rng.integers(2**31)))
    table = ious(proposals, objects.boxes)
    ground = proposals[table.max(axis=1, initial=0) < GROUND_BELOW][:GROUNDS]
    fit = np.flatnonzero(table[:, real].max(axis=1, initial=0) >= OBJECT_FROM)
    near = labels[table[:, real][fit].argmax(axis=1)] if len(fit) else labels[:0]
    names = np.concatenate((labels, near, np.full(len(ground), len(photos.classes))))
    return np.concatenate((marked, proposals[fit], ground)), names


def fitted(features: np.ndarray, labels: np.ndarray, *, classes: int, strictness: float = 10.0) -> Svm:
    """One line for each class against all else. Classes without an example never answer.

    Args:
        features: (n, d) float32. labels: (n,) int64, `classes` = ground.
        strictness: the SVM's C, what a taught example on the wrong side costs.
    """
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-3
    # Rows of a length of about 1, so that C means the same for any d.
    straight = (features - mean) / spread / np.sqrt(features.shape[1])
    weights = np.zeros((classes, features.shape[1]), np.float32)
    offsets = np.full(classes, -1e3, np.float32)
    for c in range(classes):
        if 0 < (labels == c).sum() < len(labels):
            line = LinearSVC(C=strictness, class_weight="balanced", max_iter=20_000, random_state=0).fit(
                straight, labels == c
            )
            weights[c] = line.coef_[0] / np.sqrt(features.shape[1])
            offsets[c] = line.intercept_[0]
    return Svm(weights, offsets, mean, spread, np.bincount(labels, minlength=classes + 1))
