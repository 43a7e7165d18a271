"""R-CNN and Fast R-CNN on one picture, the same proposals and the same kind of SVM in both (lecture rows 73, 74, 79).

Girshick, Donahue, Darrell, Malik, "Rich feature hierarchies", CVPR 2014; Girshick, "Fast R-CNN", ICCV 2015. What
differs is only how a proposal is described, and that is where the time goes.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import torch
from torch import Tensor

from engine.detect.explain import svm as describing
from engine.detect.explain.regions import search
from engine.detect.explain.stage import Stage, plain, stretched, tiles_of, timed
from engine.detect.explain.svm import Svm
from engine.jobs import Job, Progress
from engine.text import Text
from engine.zoo.efficientnet_lite import EfficientNetLite0

BATCH = 16  # cuts in one pass
SHOWN = 24  # tiles that are shown

CUTS = Text("Cut and warp", "잘라서 늘이기")
FEATURES = Text("CNN on every cut", "조각마다 CNN")
SCORES = Text("Linear SVM", "선형 SVM")
PASS = Text("One CNN pass", "CNN 한 번")
POOL = Text("RoI pooling", "RoI 풀링 (RoI pooling)")


def rcnn(
    picture: np.ndarray, encoder: EfficientNetLite0, svm: Svm, *, top: int = 200, seed: int = 0, least: float = 0.0
) -> Job:
    """R-CNN: selective search, a warped cut of each proposal, CNN features of each cut, SVM. Returns `Detections`.

    Args:
        encoder: in eval mode. svm: taught on `svm.slowly(encoder)`.
        top: how many proposals are looked at. least: the margin from which one is believed.
    """
    boxes = (yield from search(picture, seed=seed)).proposals(seed)[:top]
    made, ms = timed(lambda: describing.cuts(picture, boxes))
    said = Text("{n} cuts, each made square.", "조각 {n}개를 정사각형으로 만들었어요.")
    yield Stage(CUTS, said(n=len(made)), ms, picture, plain(boxes[:SHOWN]), tiles=made[:SHOWN])
    features, ms = yield from _features(encoder, made)
    said = Text("{n} passes of the CNN, one for each cut.", "CNN을 조각마다 한 번씩 모두 {n}번 돌렸어요.")
    shown = tiles_of(features[:SHOWN].reshape(-1, 32, 40))
    yield Stage(FEATURES, said(n=len(made)), ms, picture, tiles=shown, figures={"passes": len(made)})
    return (yield from _scored(picture, boxes, features, svm, least))


def _features(encoder: EfficientNetLite0, made: np.ndarray) -> Job:
    """(n, 1280) features of the cuts and the milliseconds they took, some at a time."""
    found, spent = [np.zeros((0, 1280), np.float32)], 0.0
    for start in range(0, len(made), BATCH):
        yield Progress(start, len(made), FEATURES)
        some, ms = timed(partial(describing.features_of_cuts, encoder, made[start : start + BATCH]))
        found.append(some)
        spent += ms
    return np.concatenate(found), spent


def fast(
    picture: np.ndarray, encoder: EfficientNetLite0, svm: Svm, *, top: int = 200, seed: int = 0, least: float = 0.0
) -> Job:
    """Fast R-CNN: the same proposals, one CNN pass, RoI pooling of each proposal, a linear layer. Returns `Detections`.

    Args:
        svm: taught on `svm.fast(encoder)`.
    """
    boxes = (yield from search(picture, seed=seed)).proposals(seed)[:top]
    features, ms = timed(lambda: describing.map_of(encoder, picture))
    said = Text(
        "One pass: a map of {w} × {h} cells of 16 pixels.", "한 번에 {w} × {h}칸 지도를 얻었어요. 한 칸은 16픽셀이에요."
    )
    height, width = features.shape[2:]
    yield Stage(PASS, said(w=width, h=height), ms, picture, heat=heat_of(features), figures={"passes": 1})
    grids, ms = timed(lambda: describing.pooled(features, boxes))
    said = Text("{n} proposals, each 7 × 7 cells of that map.", "후보 {n}개를 모두 지도의 7 × 7칸으로 줄였어요.")
    tiles = tiles_of(grids[:SHOWN].mean(dim=1).numpy())
    yield Stage(POOL, said(n=len(boxes)), ms, picture, plain(boxes[:SHOWN]), tiles=tiles)
    return (yield from _scored(picture, boxes, grids.flatten(1).numpy(), svm, least))


def heat_of(features: Tensor) -> np.ndarray:
    """(1, C, h, w) -> (h, w) float32 in [0, 1]: how strongly each cell answers, over all channels."""
    with torch.inference_mode():
        return stretched(features[0].float().square().mean(dim=0).sqrt().numpy())


def _scored(picture: np.ndarray, boxes: np.ndarray, features: np.ndarray, svm: Svm, least: float) -> Job:
    found, ms = timed(lambda: svm.choose(boxes, features, least=least))
    said = Text("{n} of {of} proposals are believed.", "후보 {of}개 가운데 {n}개를 물체로 봤어요.")
    yield Stage(SCORES, said(n=len(found), of=len(boxes)), ms, picture, found, figures={"found": len(found)})
    return found
