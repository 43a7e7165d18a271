"""The jobs of the Learn room: a contest move by move, and a generator that learns. Knows no widget."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun
from engine.knobs import Box
from engine.latent.events import Snapshot
from engine.latent.inside import look_inside
from engine.latent.learn import train
from engine.latent.recipes import LatentRecipe
from engine.latent.settings import GanSettings, LatentSettings
from engine.latent.stepping import Moved, Pace, step_pictures, step_points
from engine.text import Text

_CONTEST = Text("Counterfeiter against police", "위조범과 경찰의 대결")
_LEARNING = Text("Learning: {name}", "{name} 학습")
_LOOKING = Text("Looking inside", "안을 들여다보는 중")
STEP = 0.001  # seconds: every move is told, none is waited for
SPARE = 1  # a core for the window, which must not stutter


class LatentSession(QObject):
    """One contest, and one generator that may learn meanwhile.

    Signals:
        moved: (list of Event) of the contest. contest_over: (JobRun).
        learned: (list of Event) of the generator. learned_over: (JobRun). inside: (Inside) of it.
    """

    moved = Signal(object)
    contest_over = Signal(object)
    learned = Signal(object)
    learned_over = Signal(object)
    inside = Signal(object)

    def __init__(self, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self.pace: Box[Pace] = Box(Pace())
        self.knobs: Box[Any] | None = None
        self.contest: JobRun | None = None
        self.learning: JobRun | None = None
        self.snapshot: Snapshot | None = None
        self._looking = False
        self._seconds = 0.0

    @property
    def playing(self) -> bool:
        """True while a contest is on, held or not."""
        return self.contest is not None and not self.contest.state.final

    @property
    def busy(self) -> bool:
        """True while a generator learns, paused or not."""
        return self.learning is not None and not self.learning.state.final

    # The contest

    def begin_points(self, points: np.ndarray, settings: GanSettings, *, held: bool) -> JobRun:
        """Begin a contest of points; `held` after its first move."""
        self._deal(settings, held)
        return self._begin(step_points(points, self.pace), held)

    def begin_pictures(self, recipe: str, settings: GanSettings, *, dataset: str = "auto", held: bool) -> JobRun:
        """Begin a contest of pictures: of a recipe's data set, or of a folder."""
        self._deal(settings, held)
        return self._begin(step_pictures(recipe, self.pace, dataset=dataset), held)

    def _deal(self, settings: GanSettings, held: bool) -> None:
        self.leave()
        seconds = STEP if held else self._seconds
        self.pace.replace(Pace(seconds, settings))

    def _begin(self, job: Job, held: bool) -> JobRun:
        number = self._newest = object()

        def told(events: list[Event]) -> None:
            if self._newest is number:  # what an older contest still says is not shown any more
                self.moved.emit(events)

        def over(run: JobRun) -> None:
            if self._newest is number:
                self.contest_over.emit(run)

        until = self._one_more() if held else None
        self.contest = self._host.train(_CONTEST, job, owner=self, on_events=told, on_end=over, until=until)
        return self.contest

    def one_move(self) -> None:
        """Let the contest make one move, then hold it."""
        if self.contest is not None and self.playing:
            self._host.resume(self.contest, until=self._one_more())

    def _one_more(self) -> Callable[[Event], bool]:
        """No waiting until a move is made; then the pace that a hand chose."""
        usual = self._seconds

        def made(event: Event) -> bool:
            if isinstance(event, Moved):
                self.set_pace(usual)  # on the worker's thread: a box may be filled from any
                return True
            return False

        self.set_pace(STEP)
        return made

    def choose_pace(self, seconds: float) -> None:
        """What a hand chose; single moves do not wait for it."""
        self._seconds = seconds
        self.set_pace(seconds)

    def set_pace(self, seconds: float) -> None:
        """Seconds for a move; 0 = as fast as it goes."""
        self.pace.replace(dataclasses.replace(self.pace.value, seconds=seconds))

    def set_contest(self, settings: GanSettings) -> None:
        """Live settings act from the next move on."""
        self.pace.replace(dataclasses.replace(self.pace.value, settings=settings))

    def leave(self) -> None:
        """End the contest."""
        self._newest = object()
        if self.contest is not None:
            self.contest.cancel()

    # The training

    def learn(
        self, card: LatentRecipe, settings: LatentSettings, *, dataset: str = "auto", resume: Path | None = None
    ) -> JobRun:
        """Let a generator learn from nothing, or go on with a run."""
        self.knobs, self.snapshot = Box(settings), None
        job = train(card.id, settings, dataset=dataset, spare=SPARE, resume=resume, knobs=self.knobs)
        name = _LEARNING(name=card.name)
        self.learning = self._host.train(name, job, owner=self, on_events=self._learnt, on_end=self.learned_over.emit)
        return self.learning

    def _learnt(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Snapshot):
                self.snapshot = event
        self.learned.emit(events)

    def look_inside(self, *, chain: bool) -> None:
        """Ask for a look into the newest snapshot; one at a time."""
        if self.snapshot is None or self._looking:
            return
        self._looking = True

        def end(run: JobRun) -> None:
            self._looking = False
            if run.result is not None:
                self.inside.emit(run.result)

        job = look_inside(self.snapshot, chain=chain)
        self._host.start(_LOOKING, job, lane="interactive", owner=self, on_end=end)

    def move_knob(self, name: str, value: float) -> None:
        """Let a live setting act from the next step on."""
        if self.knobs is not None and self.busy:
            changed: dict[str, Any] = {name: value}
            self.knobs.replace(dataclasses.replace(self.knobs.value, **changed))
