"""Cards: what exists (recipes, datasets), declared as data that lists, forms and tests pick up.

A recipe, its shipped weights and its card share one id.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from engine.errors import LabError
from engine.text import Text


class Task(Enum):
    """What a network or a dataset is for."""

    CLASSIFY = "classify"
    DETECT = "detect"
    SEGMENT = "segment"
    CAPTION = "caption"
    SIGNAL = "signal"
    STYLE = "style"
    LANDMARKS = "landmarks"
    GENERATE = "generate"
    DENOISE = "denoise"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One idea at three depths: what to look at, what it means, how it is computed.

    `formula` is plain Unicode, the same in both languages.
    """

    title: Text
    look: Text
    words: Text
    formula: str


@dataclass(frozen=True, slots=True)
class SlideSaid:
    """A number from the lectures: `metric` is the result's key, `value` in that metric's unit."""

    row: int
    metric: str
    value: float
    note: Text


@dataclass(frozen=True, slots=True)
class Card:
    """What a person needs to know before choosing something.

    rows:    the lecture rows it brings to life.
    source:  where the idea or the data comes from, with the paper in `paper`.
    *_licence: SPDX names where there is one.
    """

    id: str
    task: Task
    name: Text
    summary: Text
    source: str
    paper: str
    explanation: Explanation
    rows: tuple[int, ...] = ()
    slide_said: tuple[SlideSaid, ...] = ()
    code_licence: str = "MIT"
    data_licence: str = ""
    weights_licence: str = ""

    def as_json(self) -> dict[str, Any]:
        """The card as plain values for `list … --json` and the files beside weights."""
        return {
            "id": self.id,
            "task": self.task.value,
            "name": {"en": self.name.en, "ko": self.name.ko},
            "summary": {"en": self.summary.en, "ko": self.summary.ko},
            "source": self.source,
            "paper": self.paper,
            "lecture_rows": list(self.rows),
            "slide_said": [{"row": s.row, "metric": s.metric, "value": s.value} for s in self.slide_said],
            "code_licence": self.code_licence,
            "data_licence": self.data_licence,
            "weights_licence": self.weights_licence,
        }


def unknown(kind: Text, name: str, known: list[str]) -> LabError:
    """The sentence for an id that no card has."""
    text = Text(
        "There is no {kind} called “{name}”. There are: {known}.",
        "{kind} 목록에 ‘{name}’ 항목이 없어요. 있는 것: {known}.",
    )
    return LabError(text(kind=kind, name=name, known=", ".join(known)))
