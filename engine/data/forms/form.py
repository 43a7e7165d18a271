"""What a form is: one way in which sets lie on disk, to be recognised, read and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeAlias

from engine.cards import Task
from engine.data.imageset import ImageSet
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from engine.jobs import Job
from engine.text import Text

AnySet: TypeAlias = ImageSet | PhotoSet | SignalSet


@dataclass(frozen=True, slots=True)
class Recognised:
    """A place on disk that holds a set of some form.

    splits: its parts, the one to train on first; counts: pictures or windows in each, () where not known yet.
    """

    place: Path
    splits: tuple[str, ...]
    task: Task
    counts: tuple[int, ...] = field(default=())


class Write(Protocol):
    """Write a set below a folder; yields `Progress`, returns the place to open.

    pictures: False leaves the photographs where they are and writes only what is marked in them.
    """

    def __call__(self, set_: AnySet, folder: Path, *, pictures: bool = True) -> Job: ...


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which sets lie on disk.

    recognise: what a folder or file holds if it has this form, else None; opens as little as it can.
    read:      (place, split) to a job that returns a set; what is damaged is listed in it, never fatal.
    splits:    the parts that lie at a place, the one to train on first.
    write:     how such a set is written; None where it can only be read.
    takes:     True when `write` can write this set without losing what it is for.
    """

    id: str
    name: Text
    task: Task
    recognise: Callable[[Path], Recognised | None]
    read: Callable[[Path, str], Job]
    splits: Callable[[Path], tuple[str, ...]]
    write: Write | None
    takes: Callable[[AnySet], bool]


def has_boxes(set_: AnySet) -> bool:
    """`takes` of the forms for boxes."""
    return isinstance(set_, PhotoSet) and set_.objects is not None
