"""How the tests drive jobs: to the end with everything they said, or to some point and no further."""

from __future__ import annotations

import dataclasses
import gzip
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from engine.jobs import Event, Job
from engine.text import Text
from engine.train.begin import usual_settings
from engine.train.events import Checked, Step
from engine.train.recipes import recipe
from engine.train.settings import TrainSettings

RUN = Text("A test", "시험")


def quick(**changes: Any) -> TrainSettings:
    """Settings of `digits-quick` for one short epoch, with `changes`."""
    usual = usual_settings(recipe("digits-quick"), "digits8")
    return dataclasses.replace(usual, **{"epochs": 1.0, **changes})


def drive(job: Job) -> tuple[list[Event], Any]:
    """Run `job` to its end: (everything it said, its result)."""
    events: list[Event] = []
    while True:
        try:
            events.append(next(job))
        except StopIteration as end:
            return events, end.value


def drive_to(job: Job, enough: Callable[[Event], bool]) -> list[Event]:
    """Run `job` until an event is `enough`, then close it as a cancel does: everything it said."""
    events: list[Event] = []
    for event in job:
        events.append(event)
        if enough(event):
            break
    job.close()
    return events


def of(kind: type, events: list[Event]) -> list[Any]:
    """The events of one kind, in order."""
    return [event for event in events if isinstance(event, kind)]


def learnt(events: list[Event]) -> list[tuple[Any, ...]]:
    """What must repeat exactly when a run repeats: every step's and check's numbers, without times."""
    found: list[tuple[Any, ...]] = []
    for e in events:
        if isinstance(e, Step):
            found.append(("step", e.step, e.epoch, e.loss, e.accuracy, e.learning_rate, e.gradient_norm))
        elif isinstance(e, Checked):
            found.append((e.split, e.step, e.epoch, e.count, e.loss, e.accuracy, e.confusion.tolist()))
    return found


def write_idx(path: Path, values: np.ndarray) -> None:
    """`values` as a gzipped IDX file of uint8."""
    header = bytes((0, 0, 8, values.ndim)) + struct.pack(f">{values.ndim}I", *values.shape)
    path.write_bytes(gzip.compress(header + values.astype(np.uint8).tobytes(), 1))
