"""What a network saw, turned into what is painted over the picture; done beside the window, in the job's thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from engine.jobs import Event, Job, Progress
from engine.knobs import Box
from engine.live.overlays import Classified, Covered, DigitsRead, Found, Result, Segmented
from engine.live.seen import Seen
from engine.text import Text
from gui.widgets.frame_marks import Mark, Over, Place, area_image, paint_over, places_of
from gui.words import say

_CLEAR = 127  # the number in a picture of classes that is not painted
_SCREEN = 960  # pixels a picture is wide on the stage, about
_LEAST = 0.03  # part of the picture that a class must cover to be named in it
PERSON_LINKS = (
    *((0, 1), (0, 2), (1, 3), (2, 4), (5, 6), (5, 7), (7, 9), (6, 8), (8, 10)),
    *((5, 11), (6, 12), (11, 12), (11, 13), (13, 15), (12, 14), (14, 16)),
)
"""Which of COCO's 17 body points are joined: nose, eyes, ears, shoulders, elbows, wrists, hips, knees, ankles."""


@dataclass(frozen=True, slots=True)
class Look:
    """How results are shown: `over` = at all, `opacity` of areas in [0, 1], `split` = in two pictures side by side."""

    over: bool = True
    opacity: float = 0.5
    split: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Drawn(Event):
    """A `Seen` with what is painted over its picture, and the milliseconds it took to prepare that.

    second: what is painted over the same picture at the right, when two networks stand side by side.
    """

    seen: Seen
    over: Over
    milliseconds: float
    second: Over | None = None
    latest_only: ClassVar[bool] = True


def drawn(job: Generator[Event, None, Any], look: Box[Look]) -> Generator[Event, None, Any]:
    """The events of `job` with each `Seen` as a `Drawn`; a job, returns what `job` does."""
    try:
        while True:
            try:
                event = next(job)
            except StopIteration as end:
                return end.value
            yield draw(event, look.value) if isinstance(event, Seen) else event
    finally:
        job.close()


def draw(seen: Seen, look: Look) -> Drawn:
    """What lies over one picture."""
    began = time.perf_counter()
    left, right = split(seen.results) if look.split else (seen.results, None)
    over = over_of(seen, look, left)
    second = over_of(seen, look, right) if right is not None else None
    return Drawn(seen, over, 1000 * (time.perf_counter() - began), second)


def again(seen: Seen, look: Look) -> Job:
    """A paused picture with the settings as they are now; a job, returns `Drawn`, None when its source is gone."""
    yield Progress(0, 0)
    newer = seen.again() if seen.again is not None else None
    return draw(newer, look) if newer is not None else None


def split(results: tuple[Result, ...]) -> tuple[tuple[Result, ...], tuple[Result, ...]]:
    """What the first network says, and what the others do; covered faces belong to both."""
    faces = tuple(r for r in results if isinstance(r, Covered))
    others = tuple(r for r in results if not isinstance(r, Covered))
    return (*faces, *others[:1]), (*faces, *others[1:])


def painted(seen: Seen, look: Look) -> np.ndarray:
    """A picture as it looks, (H, W, 3) uint8 RGB at its own size, or twice as wide; may be called in any thread."""
    if not look.split:
        return _painted(seen, over_of(seen, look, seen.results))
    return np.hstack([_painted(seen, over_of(seen, look, side)) for side in split(seen.results)])


def _painted(seen: Seen, over: Over) -> np.ndarray:
    height, width = seen.picture.shape[:2]
    image = QImage(seen.picture.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    scale = max(1.0, width / _SCREEN)  # lines and names as large as on the screen
    p = QPainter(image)
    p.scale(scale, scale)
    paint_over(p, over, QRectF(0, 0, width / scale, height / scale), (width, height))
    p.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine() // 4, 4)
    return np.ascontiguousarray(pixels[:, :width, 2::-1])


def over_of(seen: Seen, look: Look, results: tuple[Result, ...]) -> Over:
    """Marks, areas and names of these results."""
    height, width = seen.picture.shape[:2]
    marks: list[Mark] = []
    places: list[Place] = []
    areas: QImage | None = None
    for result in results if look.over else ():
        marks += _marks_of(result)
        if isinstance(result, Segmented):
            areas = area_image(result.labels, look.opacity, clear=(_CLEAR, result.ground))
            names = ["" if i == result.ground else say(name) for i, name in enumerate(result.classes)]
            places += places_of(result.labels, names, (width, height), least=_LEAST)
        elif isinstance(result, Found) and result.found.masks is not None and len(result.found) and areas is None:
            areas = area_image(_classes_of(result, height, width), look.opacity, clear=(_CLEAR,))
    return Over(tuple(marks), areas, tuple(places))


def _classes_of(result: Found, height: int, width: int) -> np.ndarray:
    """(H, W) uint8: the class of the best object at each pixel."""
    classes = np.full((height, width), _CLEAR, np.uint8)
    masks = result.found.masks
    assert masks is not None
    for mask, label in zip(masks[::-1], result.found.labels[::-1], strict=True):
        classes[mask] = int(label) % _CLEAR
    return classes


def _marks_of(result: Result) -> list[Mark]:
    for kind, make in _MAKERS:
        if isinstance(result, kind):
            return make(result)
    return []


def _box(values: np.ndarray) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = (float(v) for v in values)
    return x1, y1, x2, y2


def percent(share: float, digits: int = 0) -> str:
    """ "87 %" with a thin space."""
    return f"{100 * share:.{digits}f}\u2009%"


def name_of(classes: tuple[Text, ...], label: int) -> str:
    """The name of a class, or its number where it has none."""
    return say(classes[label]) if 0 <= label < len(classes) else str(label)


def _found(result: Found) -> list[Mark]:
    found, links = result.found, PERSON_LINKS
    marks = []
    for i in range(len(found)):
        label, score = int(found.labels[i]), float(found.scores[i])
        points = None if result.points is None else result.points[i]
        words = f"{name_of(result.classes, label)} {percent(score)}"
        joined = links if points is not None and len(points) == 17 else ()
        number = int(result.ids[i]) if i < len(result.ids) else -1
        marks.append(Mark(_box(found.boxes[i]), label, words, score, number, points, joined))
    return marks


def _covered(result: Covered) -> list[Mark]:
    return [
        Mark(_box(box), 9, "", float(score), int(number))
        for box, score, number in zip(result.boxes, result.scores, result.ids, strict=True)
    ]


def _digits(result: DigitsRead) -> list[Mark]:
    return [
        Mark(_box(box), int(digit), f"{digit} {percent(float(p.max()))}", float(p.max()))
        for box, digit, p in zip(result.boxes, result.digits, result.probabilities, strict=True)
    ]


_MAKERS: tuple[tuple[type, Callable[[Any], list[Mark]]], ...] = (
    (Found, _found),
    (Covered, _covered),
    (DigitsRead, _digits),
)


def answer_of(seen: Seen) -> Classified | None:
    """The first answer of a classifier."""
    return next((r for r in seen.results if isinstance(r, Classified)), None)
