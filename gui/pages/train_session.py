"""One training at a time: starting it, stepping it, moving its knobs. Knows no widget."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun
from engine.knobs import Box
from engine.text import Text
from engine.train.branch import branch
from engine.train.events import Snapshot, Step
from engine.train.fit import train
from engine.train.queue import QueueItem, job_of
from engine.train.race import Raced, race
from engine.train.settings import TrainSettings
from gui.widgets.run_curves import RunCurves

TRAINING = Text("Training {recipe}", "{recipe} 학습")
SPARE = 1  # a core for the window, which must not stutter


class TrainSession(QObject):
    """The training in front: its run, its curves, its settings; of a race also the other side's curves.

    Signals:
        begun:   (JobRun) a training was started; its events follow.
        arrived: (list of Event) what a tick brought; the curves have it already.
        over:    (JobRun) it is done, stopped or failed.
    """

    begun = Signal(object)
    arrived = Signal(object)
    over = Signal(object)

    def __init__(self, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._knobs: Box[TrainSettings] | None = None
        self.run: JobRun | None = None
        self.curves: RunCurves | None = None
        self.rival: RunCurves | None = None
        self.last_step: Step | None = None

    @property
    def busy(self) -> bool:
        """True while a training runs or is paused."""
        return self.run is not None and not self.run.state.final

    @property
    def folder(self) -> Path | None:
        """Where the training in front is kept; None before it began."""
        started = self.curves.started if self.curves else None
        return Path(started.folder) if started else None

    @property
    def settings(self) -> TrainSettings | None:
        """What it trains with, as the knobs stand."""
        return self._knobs.value if self._knobs else None

    def start(
        self,
        recipe: str,
        settings: TrainSettings,
        *,
        data: Path | None,
        dataset: str,
        device: str,
        precision: str,
        colour: int,
        source: str = "",
    ) -> None:
        """Train `recipe` from zero, or from what fits of the weights that `source` names."""
        box = Box(settings)
        ways: dict[str, Any] = {"data": data, "dataset": dataset, "device": device, "precision": precision}
        job = train(recipe, settings, **ways, source=source, spare=SPARE, knobs=box)
        self._launch(recipe, job, box, RunCurves(recipe, colour))

    def resume(self, recipe: str, folder: Path, *, curves: RunCurves, settings: TrainSettings) -> None:
        """Go on with the run in `folder`; `settings` are replaced by its own when it begins."""
        box = Box(settings)
        self._launch(recipe, train(recipe, resume=folder, spare=SPARE, knobs=box), box, curves)

    def work_off(self, item: QueueItem, *, curves: RunCurves, settings: TrainSettings) -> None:
        """Train an item of the queue; `settings` are replaced by its own when it begins."""
        box = Box(settings)
        self._launch(item.recipe, job_of(item, spare=SPARE, knobs=box), box, curves)

    def branch(self, recipe: str, parent: Path, step: int, *, curves: RunCurves, settings: TrainSettings) -> None:
        """Go back to a checkpoint of the run in `parent` and on from there with `settings`."""
        box = Box(settings)
        self._launch(recipe, branch(parent, step, settings=settings, spare=SPARE, knobs=box), box, curves)

    def race(
        self,
        recipe: str,
        a: TrainSettings,
        b: TrainSettings,
        *,
        data: Path | None,
        dataset: str,
        device: str,
        precision: str,
        colours: tuple[int, int],
    ) -> None:
        """Train `recipe` with `a` and with `b` side by side."""
        job = race(recipe, a, b, data=data, dataset=dataset, device=device, precision=precision, spare=SPARE)
        self._launch(recipe, job, Box(a), RunCurves("A", colours[0]), rival=RunCurves("B", colours[1]))

    def _launch(
        self,
        recipe: str,
        job: Job,
        box: Box[TrainSettings],
        curves: RunCurves,
        *,
        rival: RunCurves | None = None,
    ) -> None:
        self._knobs, self.curves, self.rival, self.last_step = box, curves, rival, None
        self.run = self._host.train(
            TRAINING(recipe=recipe), job, owner=self, on_events=self._arrived, on_end=self.over.emit
        )
        self.begun.emit(self.run)

    def _arrived(self, events: list[Event]) -> None:
        assert self.curves is not None
        if self.rival is not None:
            self.rival.take([e.event for e in events if isinstance(e, Raced) and e.side == "b"])
            events = [e.event if isinstance(e, Raced) else e for e in events if not _of_b(e)]
        self.curves.take(events)
        self.last_step = next((e for e in reversed(events) if isinstance(e, Step)), self.last_step)
        self.arrived.emit(events)

    def move_knob(self, name: str, value: float) -> None:
        """Let a live setting act from the next step on; nothing while nothing runs."""
        if self._knobs is not None and self.busy:
            self._knobs.replace(dataclasses.replace(self._knobs.value, **{name: value}))  # type: ignore[arg-type]  # by name

    def one_step(self) -> None:
        """Let the network take one step, then pause."""
        if self.run is not None and self.busy:
            self._host.resume(self.run, until=lambda event: isinstance(_told(event), Step))

    def one_epoch(self) -> None:
        """Let it go to the end of this epoch and its check, then pause."""
        if self.run is not None and self.busy:
            reached = end_of_epoch()
            self._host.resume(self.run, until=lambda event: reached(_told(event)))


def _told(event: Event) -> Event:
    """What was said, by whichever side of a race."""
    return event.event if isinstance(event, Raced) else event


def _of_b(event: Event) -> bool:
    return isinstance(event, Raced) and event.side == "b"


def end_of_epoch() -> Callable[[Event], bool]:
    """True for the snapshot that follows the check at the end of the epoch a training is in."""
    target: list[float] = []

    def reached(event: Event) -> bool:
        if isinstance(event, Step):
            if not target:
                target.append(math.floor(event.epoch - 1e-9) + 1)
            return False
        return bool(isinstance(event, Snapshot) and target and event.epoch >= target[0] - 1e-9)

    return reached
