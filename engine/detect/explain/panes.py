"""The four tasks on one picture (lecture row 62): what it is, where things are, what each pixel is, which thing.

Each task is answered by a network of its own, if one is on this machine; what is missing is said, never made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import cv2
import numpy as np
import torch
from torch import nn

from engine.detect.detections import Detections
from engine.detect.explain.networks import Need, Network, detected, listed, opened
from engine.detect.explain.stage import timed
from engine.detect.explain.svm import as_input
from engine.detect.letterbox import canvas_for, resized
from engine.detect.overlap import ious
from engine.jobs import Event, Job, Progress
from engine.models.imagenet import classify
from engine.text import Text

MEAN, SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # ImageNet's, for torchvision's segmenters
LONGEST = 480  # pixels of the longer side that segmenters are shown
NEEDS = {"detection": Need.DETECT, "semantic": Need.SEGMENT, "instance": Need.MASK}
TASKS = ("classification", *NEEDS)


@dataclass(frozen=True, slots=True, eq=False)
class Pane(Event):
    """What one task says of the picture.

    task:     of `TASKS`. name: of the network; milliseconds: of its answer here.
    answers:  classification: (name, probability) of the five most likely.
    found:    detection and instance: boxes in pixels of the picture, masks with "instance".
    classes:  what labels mean. of a semantic answer: `pixels`, (H, W) uint8 indices into it.
    ground:   the index in `pixels` that means none of the kinds the network knows; −1 = it has none.
    missing:  networks that could answer, when none is here; then all else is empty.
    """

    task: str
    name: Text = Text("", "")  # noqa: RUF009  frozen
    milliseconds: float = 0.0
    answers: tuple[tuple[Text, float], ...] = ()
    found: Detections | None = None
    classes: tuple[Text, ...] = ()
    pixels: np.ndarray | None = None
    ground: int = -1
    missing: tuple[Network, ...] | None = None
    latest_only: ClassVar[bool] = True

    @property
    def key(self) -> str:
        return self.task


def look(picture: np.ndarray, *, tasks: tuple[str, ...] = TASKS) -> Job:
    """Ask every task about (H, W, 3) uint8 RGB; yields a `Pane` for each as it is answered, returns them all."""
    panes = []
    for done, task in enumerate(tasks):
        yield Progress(done, len(tasks), _ASKING)
        pane = (yield from _named(picture)) if task == "classification" else (yield from _asked(picture, task))
        panes.append(pane)
        yield pane
    return tuple(panes)


_ASKING = Text("Asking the networks", "신경망에 묻는 중")


def named(picture: np.ndarray, box: np.ndarray) -> Job:
    """What the classifier says of the part of the picture in a box, x1 y1 x2 y2 in pixels; a job, returns a `Pane`."""
    height, width = picture.shape[:2]
    x1, y1, x2, y2 = (round(float(v)) for v in box)
    part = picture[max(0, y1) : min(height, max(y2, y1 + 1)), max(0, x1) : min(width, max(x2, x1 + 1))]
    return (yield from _named(np.ascontiguousarray(part)))


def _named(picture: np.ndarray) -> Job:
    yield Progress(0, 0)
    answer = None
    for event in classify(picture):
        answer = event if not isinstance(event, Progress) else answer
    assert answer is not None
    pairs = zip(answer.names, answer.probabilities.tolist(), strict=True)  # type: ignore[attr-defined]
    name = Text("EfficientNet-Lite0, 1,000 classes", "EfficientNet-Lite0, 1,000클래스")
    return Pane("classification", name, answer.milliseconds, answers=tuple(pairs))  # type: ignore[attr-defined]


def _asked(picture: np.ndarray, task: str) -> Job:
    known = yield from listed(NEEDS[task])
    here = next((n for n in known if n.here), None)
    if here is None:
        return Pane(task, missing=known)
    network = opened(here)
    if task != "semantic":
        found, ms = timed(lambda: detected(network, picture))
        return Pane(task, here.name, ms, found=found, classes=here.classes)
    pixels, ms = timed(lambda: segmented(here, network, picture))
    return Pane(task, here.name, ms, classes=here.classes, pixels=pixels, ground=-1 if here.card is None else 0)


@torch.inference_mode()
def segmented(of: Network, network: nn.Module, picture: np.ndarray) -> np.ndarray:
    """(H, W) uint8: the likeliest class of each pixel of (H, W, 3) uint8 RGB."""
    height, width = picture.shape[:2]
    h, w = canvas_for(width, height, longest=min(LONGEST, max(32, max(height, width))))
    x = as_input(resized(picture, (w, h))[None])
    if of.card is not None:
        x = (x - torch.tensor(MEAN).view(3, 1, 1)) / torch.tensor(SPREAD).view(3, 1, 1)
        logits = network(x)["out"]
    else:
        logits = network(x)
    small = logits[0].argmax(dim=0).to(torch.uint8).numpy()
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)


# The same thing in every pane


def same_thing(found: Detections, box: np.ndarray, *, least: float = 0.3) -> int:
    """The detection that overlaps a box most, −1 where none has at least `least` IoU with it."""
    if not len(found):
        return -1
    table = ious(found.boxes, np.asarray(box, np.float32)[None])[:, 0]
    best = int(table.argmax())
    return best if table[best] >= least else -1


def thing_at(pane: Pane, x: float, y: float) -> np.ndarray | None:
    """The box (x1 y1 x2 y2) of what a pane shows at a pixel: the smallest object there, or the area of one class."""
    if pane.found is not None and len(pane.found):
        b = pane.found.boxes
        inside = np.flatnonzero((b[:, 0] <= x) & (x <= b[:, 2]) & (b[:, 1] <= y) & (y <= b[:, 3]))
        areas = (b[inside, 2] - b[inside, 0]) * (b[inside, 3] - b[inside, 1])
        found: np.ndarray | None = b[inside[int(areas.argmin())]] if len(inside) else None
        return found
    if pane.pixels is None:
        return None
    height, width = pane.pixels.shape
    row, column = min(height - 1, max(0, int(y))), min(width - 1, max(0, int(x)))
    kind = int(pane.pixels[row, column])
    if kind == pane.ground:
        return None
    _, names, stats, _ = cv2.connectedComponentsWithStats((pane.pixels == kind).astype(np.uint8), connectivity=8)
    left, top, w, h = (int(v) for v in stats[names[row, column], :4])
    return np.array([left, top, left + w, top + h], np.float32)


def shares_in(pane: Pane, box: np.ndarray) -> tuple[tuple[int, float], ...]:
    """Of a semantic answer the classes in a box and their shares of its pixels, the largest first."""
    assert pane.pixels is not None
    height, width = pane.pixels.shape
    x1, y1, x2, y2 = (round(float(v)) for v in box)
    part = pane.pixels[max(0, y1) : min(height, max(y2, y1 + 1)), max(0, x1) : min(width, max(x2, x1 + 1))]
    counts = np.bincount(part.ravel(), minlength=1)
    order = np.argsort(-counts, kind="stable")
    return tuple((int(c), float(counts[c] / counts.sum())) for c in order if counts[c])
