"""How good detections are over a whole split: precision and recall, AP, mAP, AR (lecture rows 67–68).

Boxes count as found when their class is right and their IoU with a box of the truth is high enough. (The lecture's
"0.5 or more = true positive" is said of the IoU, not of the score.) The figures are COCO's, computed by
faster-coco-eval, which agrees with pycocotools to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from faster_coco_eval import COCO, COCOeval_faster
from faster_coco_eval.core import mask as runs

from engine.data.photoset import Objects
from engine.detect.detections import Detections

THRESHOLDS = np.round(np.arange(0.5, 1.0, 0.05), 2)  # of IoU, COCO's ten
Kind = Literal["bbox", "segm"]
RECALLS = np.linspace(0, 1, 101)  # where COCO reads the precision


@dataclass(frozen=True, slots=True, eq=False)
class ClassScore:
    """One class: its average precision and the curve behind it.

    ap, ap50:  mean over ten IoU thresholds, and at 0.5; nan where the split holds no object of the class.
    ar:        share of objects found at the ten thresholds with up to 100 boxes a picture; nan likewise.
    precision: (101,) at IoU 0.5, read at recalls 0, 0.01 … 1 (`RECALLS`); the envelope that COCO averages.
    objects:   how many there are.
    """

    ap: float
    ap50: float
    ar: float
    precision: np.ndarray
    objects: int


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A detector on a split; every share in [0, 1], nan where no object was there to be found.

    map, map50, map75: mean over the classes that occur of AP@[.5:.95], AP@0.5 and AP@0.75.
    ar1, ar10, ar100:  share of objects found with up to 1, 10, 100 boxes a picture.
    small, medium, large: map of objects under 32², under 96², and over 96² pixels.
    """

    map: float
    map50: float
    map75: float
    ar1: float
    ar10: float
    ar100: float
    small: float
    medium: float
    large: float
    classes: tuple[ClassScore, ...]
    pictures: int
    objects: int


def measure(
    truth: Sequence[Objects],
    found: Sequence[Detections],
    *,
    classes: int,
    sizes: np.ndarray | None = None,
    of: Kind = "bbox",
) -> Measured:
    """COCO's figures.

    Args:
        truth, found: for each picture what is there and what was detected, in pixels of the picture.
        classes: how many there are; labels are below it.
        sizes:   (N, 2) width and height; needed for masks only.
        of:      "bbox" compares boxes, "segm" the outlines of `truth` with the masks of `found`.
    """
    content = as_coco(truth, classes=classes, sizes=sizes)
    results = as_results(found, of=of)
    objects = sum(int((~t.crowd).sum()) for t in truth)
    if not objects or not results:
        return _nothing(truth, classes, objects)
    coco = COCO(content)
    run = COCOeval_faster(coco, coco.loadRes(results), of)
    run.evaluate()
    run.accumulate()
    run.summarize()
    return _read(run, truth, classes, objects)


def as_coco(
    truth: Sequence[Objects], *, classes: int, sizes: np.ndarray | None = None, names: Sequence[str] = ()
) -> dict[str, Any]:
    """The truth as a COCO annotation file's content: pictures are numbered from 1, categories are our indices."""
    shapes = np.zeros((len(truth), 2), np.int64) if sizes is None else sizes
    annotations: list[dict[str, Any]] = []
    for picture, objects in enumerate(truth, start=1):
        for i in range(len(objects)):
            annotations.append({"id": len(annotations) + 1, "image_id": picture, **_annotation(objects, i)})
    words = names or [str(i) for i in range(classes)]
    return {
        "info": {},
        "images": [{"id": i, "width": int(w), "height": int(h)} for i, (w, h) in enumerate(shapes, start=1)],
        "annotations": annotations,
        "categories": [{"id": i, "name": word} for i, word in enumerate(words)],
    }


def _annotation(objects: Objects, i: int) -> dict[str, Any]:
    x, y, w, h = _xywh(objects.boxes[i])
    rings = [ring.ravel().tolist() for ring in objects.outlines[i] if len(ring) >= 3]
    return {
        "category_id": int(objects.labels[i]),
        "bbox": [x, y, w, h],
        "segmentation": rings or [[x, y, x + w, y, x + w, y + h, x, y + h]],
        "area": w * h,
        "iscrowd": int(objects.crowd[i]),
    }


def as_results(found: Sequence[Detections], *, of: Kind = "bbox") -> list[dict[str, Any]]:
    """Detections in COCO's result format; pictures are numbered from 1. "segm" takes only those with masks."""
    results: list[dict[str, Any]] = []
    for picture, one in enumerate(found, start=1):
        for i in range(len(one)):
            result = {"image_id": picture, "category_id": int(one.labels[i]), "score": float(one.scores[i])}
            if of == "bbox":
                results.append({**result, "bbox": list(_xywh(one.boxes[i]))})
            elif one.masks is not None:
                results.append({**result, "segmentation": runs.encode(np.asfortranarray(one.masks[i], np.uint8))})
    return results


def _xywh(box: np.ndarray) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = (float(v) for v in box)
    return x1, y1, x2 - x1, y2 - y1


def _nothing(truth: Sequence[Objects], classes: int, objects: int) -> Measured:
    """What is said when nothing was found (0), or nothing was there (nan)."""
    value, unknown = 0.0 if objects else np.nan, np.nan
    each = []
    for count in _counts(truth, classes):
        v = 0.0 if count else np.nan
        each.append(ClassScore(v, v, v, np.full(len(RECALLS), v), int(count)))
    sizes = (unknown, unknown, unknown)
    return Measured(value, value, value, value, value, value, *sizes, tuple(each), len(truth), objects)


def _counts(truth: Sequence[Objects], classes: int) -> np.ndarray:
    labels = [t.labels[~t.crowd] for t in truth]
    return np.bincount(np.concatenate([np.zeros(0, np.int64), *labels]), minlength=classes)


def _read(run: COCOeval_faster, truth: Sequence[Objects], classes: int, objects: int) -> Measured:
    """Our figures from the library's tables: precision (T, R, K, areas, limits), recall (T, K, areas, limits)."""
    precision, recall = run.eval["precision"][:, :, :, 0, 2], run.eval["recall"][:, :, 0, 2]
    counts = _counts(truth, classes)
    each = []
    for index, count in enumerate(counts):
        p, r = _known(precision[:, :, index]), _known(recall[:, index])
        each.append(ClassScore(float(p.mean()), float(p[0].mean()), float(r.mean()), p[0].copy(), int(count)))
    s = [float(v) if v >= 0 else float("nan") for v in run.stats[:9]]
    return Measured(s[0], s[1], s[2], s[6], s[7], s[8], s[3], s[4], s[5], tuple(each), len(truth), objects)


def _known(values: np.ndarray) -> np.ndarray:
    """COCO's −1, which means "no object of this class", as nan."""
    return np.where(values < 0, np.nan, values)
