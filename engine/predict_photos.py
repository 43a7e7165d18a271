"""`predict detect` and `predict segment`: what is in a photograph, as boxes or masks, in COCO's result format."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from faster_coco_eval.core import mask as runs

from engine.cards import Task
from engine.data.pictures import read_rgb
from engine.detect.detections import Detections
from engine.files import write_bytes
from engine.jobs import Job, Progress
from engine.memory import kept
from engine.predict import Predictor
from engine.segment.lesson import logits_of
from engine.text import Text, same
from engine.train.lesson import Finds
from engine.train.looking import small, small_mask
from engine.train.trained import Trained, open_trained

SCORE = 0.3  # the least that is told of
COLOURS = np.array(  # of classes in overlays, RGB, told apart on photographs
    (
        *((86, 180, 233), (213, 94, 0), (240, 228, 66), (0, 158, 115), (204, 121, 167), (0, 114, 178), (230, 159, 0)),
        *((255, 64, 129), (150, 110, 255), (140, 200, 40), (0, 200, 200)),
    ),
    np.uint8,
)
LARGEST = 2048  # pixels of the longer side that are segmented at their own size; more does not fit into memory
FILL = 0.45


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a network says of one photograph.

    picture: (H, W, 3) uint8 RGB, as read. boxes: the objects, in its pixels; None where a mask was asked for.
    mask:    (H, W) uint8 class indices; sure: mean probability of each class over its pixels; None for boxes.
    """

    picture: np.ndarray
    classes: tuple[Text, ...]
    source: str
    boxes: Detections | None = None
    mask: np.ndarray | None = None
    sure: np.ndarray | None = None


@kept()
def _open(model: str, task: Task) -> Trained:
    """The network, opened once for all pictures of a command."""
    return open_trained(model, task)


def _ask_detect(path: Path, model: str) -> Job:
    yield Progress(0, 1)
    picture = read_rgb(path)
    trained = _open(model, Task.DETECT)
    lesson = trained.recipe.lesson
    assert isinstance(lesson, Finds)
    found = lesson.find(trained.network, picture, trained.device, score=SCORE)
    return Found(picture, tuple(trained.classes), trained.source, boxes=found)


def _ask_segment(path: Path, model: str) -> Job:
    yield Progress(0, 1)
    picture = read_rgb(path)
    trained = _open(model, Task.SEGMENT)
    seen, _ = small(picture, LARGEST)
    with torch.inference_mode():
        shares = logits_of(trained.network, seen, trained.device).softmax(1)[0]  # (classes, H, W)
        best, mask = shares.max(0)
    classes = mask.to(torch.uint8).cpu().numpy()
    counts = np.bincount(classes.ravel(), minlength=len(trained.classes))
    sums = np.bincount(classes.ravel(), best.float().cpu().numpy().ravel(), minlength=len(trained.classes))
    sure = np.divide(sums, counts, out=np.zeros(len(counts)), where=counts > 0)
    mask_there = small_mask(classes, picture) if seen is not picture else classes
    return Found(picture, tuple(trained.classes), trained.source, mask=mask_there, sure=sure)


def _words(found: Found) -> Text:
    if found.boxes is not None and not len(found.boxes):
        return Text("Nothing found.", "찾은 것이 없어요.")
    if found.boxes is not None:
        counts = Counter(int(label) for label in found.boxes.labels)
        parts = [same(f"{n} × {{name}}")(name=found.classes[label]) for label, n in counts.most_common()]
    else:
        assert found.mask is not None
        shares = np.bincount(found.mask.ravel(), minlength=len(found.classes)) / max(1, found.mask.size)
        order = [int(i) for i in np.argsort(-shares) if shares[i] > 0]
        parts = [same(f"{{name}} {100 * shares[i]:.1f} %")(name=found.classes[i]) for i in order]
    names = [f"part{number}" for number in range(len(parts))]
    pattern = ", ".join(f"{{{name}}}" for name in names) + "."
    return same(pattern)(**dict(zip(names, parts, strict=True)))


def _values(found: Found) -> dict[str, Any]:
    height, width = found.picture.shape[:2]
    common = {"width": width, "height": height, "model": found.source}
    if found.boxes is not None:
        return {**common, "objects": len(found.boxes)}
    assert found.mask is not None
    shares = np.bincount(found.mask.ravel(), minlength=len(found.classes)) / max(1, found.mask.size)
    return {**common, "shares": {name.en: float(v) for name, v in zip(found.classes, shares, strict=True)}}


def _coco(found: Found, image_id: int) -> list[dict[str, Any]]:
    """COCO results: boxes as [x, y, width, height]; masks run-length encoded as pycocotools does, one for each class."""
    if found.boxes is not None:
        told = zip(found.boxes.boxes.tolist(), found.boxes.labels.tolist(), found.boxes.scores.tolist(), strict=True)
        return [
            {"image_id": image_id, "category_id": label, "bbox": [x1, y1, x2 - x1, y2 - y1], "score": score}
            for (x1, y1, x2, y2), label, score in told
        ]
    assert found.mask is not None and found.sure is not None
    results = []
    for label in np.unique(found.mask).tolist():
        code = runs.encode(np.asfortranarray(found.mask == label, np.uint8))
        rle = {"size": [int(v) for v in code["size"]], "counts": code["counts"].decode("ascii")}
        score = float(found.sure[label])
        results.append({"image_id": image_id, "category_id": label, "segmentation": rle, "score": score})
    return results


def _draw(found: Found, to: Path) -> None:
    """The photograph with what was found over it, as PNG."""
    painted = found.picture.copy()
    if found.mask is not None:
        colours = COLOURS[found.mask % len(COLOURS)]
        painted = (painted * (1 - FILL) + colours * FILL).round().astype(np.uint8)
    elif found.boxes is not None:
        thick = max(1, round(max(painted.shape[:2]) / 400))
        for (x1, y1, x2, y2), label in zip(found.boxes.boxes, found.boxes.labels, strict=True):
            ink = tuple(int(v) for v in COLOURS[label % len(COLOURS)])
            cv2.rectangle(
                painted, (round(float(x1)), round(float(y1))), (round(float(x2)), round(float(y2))), ink, thick
            )
    _, content = cv2.imencode(".png", painted[:, :, ::-1])
    write_bytes(to, content.tobytes())


DETECT = Predictor(_ask_detect, _words, _values, coco=_coco, draw=_draw)
SEGMENT = Predictor(_ask_segment, _words, _values, coco=_coco, draw=_draw)
