"""What the dataset doctor says: findings as values, and what its checks are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np

from engine.data.forms.form import AnySet
from engine.data.imageset import ImageSet
from engine.data.photoset import PhotoSet
from engine.jobs import Job
from engine.text import Text, same


class Severity(IntEnum):
    """How much a finding matters, the worst last."""

    INFO = 0  # good to know
    WARN = 1  # look here
    BAD = 2  # results cannot be trusted as long as this is so


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """Something in a set that a person should look at.

    kind:     which sort of fault; stable, for programs.
    title, words: the fault in a few words, and in a sentence or two: what it is, why it matters, what to do.
    split:    where the pictures are; indices: (n,) int64 which ones, the surest or worst first.
    evidence: what the finding rests on; its keys depend on the kind and are told where it is made.
    """

    kind: str
    severity: Severity
    title: Text
    words: Text
    split: str
    indices: np.ndarray
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many faults: boxes where boxes are meant, copies without the one that may stay, else pictures."""
        if "groups" in self.evidence and self.kind != "group_between":
            return sum(len(group) - 1 for group in self.evidence["groups"])
        for key in ("objects", "files", "missing", "rare", "sentences"):
            if key in self.evidence:
                return len(self.evidence[key])
        return len(self.indices)

    def as_sentence(self) -> Text:
        """All of it in one line, for a terminal."""
        text = Text("{split}: {title}, {count:,}. {words}", "{split}: {title}, {count:,}개. {words}")
        return text(split=self.split, title=self.title, count=self.count, words=self.words)

    def as_json(self) -> dict[str, Any]:
        """All of it as values that `console.plain` knows."""
        return {
            "kind": self.kind,
            "severity": self.severity.name.lower(),
            "title": self.title,
            "words": self.words,
            "split": self.split,
            "count": self.count,
            "indices": self.indices,
            "evidence": dict(self.evidence),
        }


@dataclass(slots=True, eq=False)
class Case:
    """The parts of one set that are examined together, and what checks have found out for each other.

    sets:  by the name of the split, the one to train on first.
    scans: what was seen of each picture, by split; see `doctor_scan`.
    """

    sets: Mapping[str, AnySet]
    scans: dict[str, Any] = field(default_factory=dict)

    @property
    def pictures(self) -> dict[str, ImageSet | PhotoSet]:
        """The splits that hold pictures."""
        return {split: set_ for split, set_ in self.sets.items() if isinstance(set_, ImageSet | PhotoSet)}

    @property
    def photos(self) -> dict[str, PhotoSet]:
        """The splits that hold photographs."""
        return {split: set_ for split, set_ in self.sets.items() if isinstance(set_, PhotoSet)}

    @property
    def classes(self) -> tuple[Text, ...]:
        return next(iter(self.sets.values())).classes

    def name(self, label: int) -> Text:
        """What class `label` is called, or its number where it has no name."""
        known = self.classes
        return known[label] if 0 <= label < len(known) else same("{n}")(n=label)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the doctor looks for.

    name:   what it is, as it stands in "checked: …".
    fits:   whether a case has what is to be checked.
    look:   a job that yields `Progress` and returns the findings.
    weight: about how long it takes, compared with the others.
    """

    id: str
    name: Text
    fits: Callable[[Case], bool]
    look: Callable[[Case], Job]
    weight: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Examination:
    """What came of it: findings, the worst first; the names of what was checked; and what could not be, and why."""

    findings: tuple[Finding, ...]
    checked: tuple[Text, ...]
    unchecked: tuple[Text, ...]
    count: int
    seconds: float

    def what_was_checked(self) -> Text:
        """The names of all checks, as one text."""
        names = list(dict.fromkeys(self.checked))
        return Text(", ".join(name.en for name in names), ", ".join(name.ko for name in names))

    def all_good(self) -> Text:
        """What is said where nothing was found."""
        text = Text(
            "All {count:,} were looked at and nothing is wrong. Checked: {names}.",
            "{count:,}개를 모두 살펴봤고 문제를 찾지 못했어요. 확인한 것: {names}.",
        )
        return text(count=self.count, names=self.what_was_checked())


def some(names: Sequence[str], most: int = 3) -> str:
    """The first names with dots where there are more: "a.jpg, b.jpg, c.jpg …"."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def rows(values: Sequence[int] | np.ndarray) -> np.ndarray:
    """Indices as (n,) int64."""
    return np.asarray(values, np.int64).reshape(-1)
