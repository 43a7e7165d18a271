"""What can be laid over a live picture, as cards, and what each answers, as values.

Every result's places are pixels of the picture that was seen (`Seen.picture`), whatever size the network takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeAlias

import numpy as np

from engine.detect.detections import Detections
from engine.text import Text


class Kind(Enum):
    """What an overlay answers; the value is the word of `predict`."""

    CLASSIFY = "classify"
    DETECT = "detect"
    SEGMENT = "segment"
    KEYPOINTS = "keypoints"
    FACES = "faces"
    DIGITS = "digits"
    STYLE = "style"


KINDS: dict[Kind, Text] = {
    Kind.CLASSIFY: Text("Classify", "분류"),
    Kind.DETECT: Text("Detect", "검출"),
    Kind.SEGMENT: Text("Segment", "분할"),
    Kind.KEYPOINTS: Text("Body points", "몸의 점"),
    Kind.FACES: Text("Faces and privacy", "얼굴과 사생활"),
    Kind.DIGITS: Text("Digits on paper", "종이 위의 숫자"),
    Kind.STYLE: Text("Style", "화풍"),
}


@dataclass(frozen=True, slots=True)
class OverlayCard:
    """One thing that can be laid over the picture.

    id:      what `LiveSettings.overlays` names: "classify", "faces", "digits", a model's id, "run:FOLDER" or "onnx:FILE".
    here:    its weights are on this machine; else `model` can be fetched (`engine.models.get`) or imported.
    model:   id of the `ModelCard` with size and licence, "" when it has none (a run, a file of the user's).
    bytes:   length of the weights. licence: of the weights. figure: how good it is and who says so.
    classes: what it can find or name; () = known only once it is opened (`Opened` tells).
    path:    the run folder or ONNX file it comes from.
    """

    id: str
    kind: Kind
    name: Text
    summary: Text
    here: bool = True
    model: str = ""
    bytes: int = 0
    licence: str = ""
    figure: Text = Text("", "")  # noqa: RUF009  frozen
    classes: tuple[Text, ...] = ()
    path: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Classified:
    """The five likeliest classes. classes: (5,) indices. names: (5,). probabilities: (5,) float32, best first."""

    overlay: str
    classes: tuple[int, ...]
    names: tuple[Text, ...]
    probabilities: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Objects after score, class filter and suppression, best first.

    found:   boxes in pixels of `Seen.picture`, scores, labels; masks where the network cuts objects out.
    classes: names by label. ids: (N,) int64, the same for one object from frame to frame; -1 without tracking.
    points:  (N, P, 3) float32 x, y, visible of body points, else None.
    counts:  (label, how many now), most first.
    """

    overlay: str
    found: Detections
    classes: tuple[Text, ...]
    ids: np.ndarray
    counts: tuple[tuple[int, int], ...] = ()
    points: np.ndarray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Segmented:
    """A class for every pixel.

    labels:  (H, W) uint8 at the size of `Seen.picture`, indices into `classes`; 255 = not shown (class filter).
    shares:  (C,) float32, part of the picture of each class. ground: label of "background", -1 = there is none.
    """

    overlay: str
    labels: np.ndarray
    classes: tuple[Text, ...]
    shares: np.ndarray
    ground: int = -1


class Cover(Enum):
    """How much of a frame had to be covered."""

    FACES = "faces"
    NEAR = "near"  # where a face was lost, its neighbourhood
    WHOLE = "whole"  # nobody knows where it is: the frame


@dataclass(frozen=True, slots=True, eq=False)
class Covered:
    """Faces, already covered in `Seen.picture`: whoever shows or saves that shows no face.

    boxes: (N, 4) float32 x1 y1 x2 y2 of what was covered. scores: (N,) float32, 0 = remembered, not seen in this frame.
    ids: (N,) int64. cover: how much. why: the reason in words when it is more than the faces, "" else.
    """

    overlay: str
    boxes: np.ndarray
    scores: np.ndarray
    ids: np.ndarray
    cover: Cover
    why: Text


@dataclass(frozen=True, slots=True, eq=False)
class DigitsRead:
    """Digits on paper in reading order: lines top to bottom, each left to right.

    boxes: (N, 4) float32 x1 y1 x2 y2. digits: (N,) int64. probabilities: (N, 10) float32. lines: what each line says.
    """

    overlay: str
    boxes: np.ndarray
    digits: np.ndarray
    probabilities: np.ndarray
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Repainted:
    """The whole picture painted: (H, W, 3) uint8 RGB. Takes the picture's place in `Seen`, and is no result there."""

    overlay: str
    picture: np.ndarray


Result: TypeAlias = Classified | Found | Segmented | Covered | DigitsRead

CLASSIFY = OverlayCard(
    id="classify",
    kind=Kind.CLASSIFY,
    name=Text("Classify", "분류"),
    summary=Text("Five of 1,000 names for what is in the picture.", "사진 속 사물에 1,000가지 이름 중 다섯을 붙여요."),
    model="efficientnet-lite0",
    licence="Apache-2.0",
)
FACES = OverlayCard(
    id="faces",
    kind=Kind.FACES,
    name=Text("Faces and privacy", "얼굴과 사생활"),
    summary=Text(
        "Finds faces and covers them; a face once seen stays covered until it leaves.",
        "얼굴을 찾아 가려요. 한 번 본 얼굴은 화면을 떠날 때까지 가려 둬요.",
    ),
    licence="MIT",
)
DIGITS = OverlayCard(
    id="digits",
    kind=Kind.DIGITS,
    name=Text("Digits on paper", "종이 위의 숫자"),
    summary=Text("Finds pen strokes and reads each as a digit.", "펜으로 쓴 획을 찾아 하나하나 숫자로 읽어요."),
    model="mnist-deep",
    licence="MIT",
)
STYLE = OverlayCard(
    id="style",
    kind=Kind.STYLE,
    name=Text("Style", "화풍"),
    summary=Text("Repaints the whole picture as a painter would.", "화면 전체를 화가처럼 다시 그려요."),
    model="style",
    licence="CC-BY-SA-2.0",
)
BUILT_IN: tuple[OverlayCard, ...] = (CLASSIFY, FACES, DIGITS)
"""Those that are always there, at once; `engine.live.available.overlays()` (a job) tells of all."""
