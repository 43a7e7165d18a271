"""A film is made a stage at a time: between two stages it can be held for as long as a person likes."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.detect.explain.stage import Moving, Stage
from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState, Progress
from engine.text import Text

SLICE = 0.25  # seconds; a pad that is drawn on waits no longer than that


@dataclass(frozen=True, slots=True)
class _Ended:
    """The job has ended; `why` where a person has to do something about it."""

    why: Text | None = None


def _slice(job: Job) -> Job:
    """Run `job` to its next stage, or for a quarter of a second; returns `_Ended` when there is no more."""
    until, closed = time.perf_counter() + SLICE, True
    try:
        while True:
            try:
                event = next(job)
            except StopIteration:
                closed = False
                return _Ended()
            except LabError as error:
                closed = False
                return _Ended(error.text)
            yield event
            if isinstance(event, Stage) or time.perf_counter() >= until:
                closed = False
                return None
    finally:
        if closed:
            job.close()


class FilmMaker(QObject):
    """Makes one film at a time on the interactive lane, in slices that leave the lane free in between.

    Signals:
        staged: (Stage) one more is made. moved: (Moving) what it looks at now. progressed: (Progress).
        ended: (Text or None) all is made, or why not. held: it waits at a person's wish.
    """

    staged = Signal(object)
    moved = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    held = Signal()

    def __init__(self, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._name = Text("", "")
        self._job: Job | None = None
        self._run: JobRun | None = None
        self._hold, self._one = False, False

    @property
    def busy(self) -> bool:
        """True while a film is not finished, held or not."""
        return self._job is not None

    @property
    def holding(self) -> bool:
        """True while it waits, or will after this stage."""
        return self._job is not None and self._hold

    def begin(self, name: Text, job: Job, *, one: bool = False) -> None:
        """Make this film instead of the one before; `one` holds it after its first stage."""
        self.cancel()
        self._name, self._job, self._hold, self._one = name, job, False, one
        self._go_on()

    def hold(self) -> None:
        """Wait before the next slice."""
        self._hold = True

    def go_on(self, *, one: bool = False) -> None:
        """Go on; `one` holds it again after the next stage."""
        waits = self._hold and self._run is None
        self._hold, self._one = False, one
        if waits and self._job is not None:
            self._go_on()

    def cancel(self) -> None:
        """Forget the film; what was made is with whoever listened."""
        if self._run and not self._run.state.final:
            self._run.cancel()  # closes the job on its thread
        elif self._job:
            self._job.close()
        self._job = self._run = None

    def _go_on(self) -> None:
        assert self._job is not None
        of = self._job

        def events(news: list[Event]) -> None:
            if self._job is of:
                self._take(news)

        def end(run: JobRun) -> None:
            if self._job is of:
                self._slice_ended(run)

        self._run = self._host.start(
            self._name, _slice(of), lane="interactive", owner=self, on_events=events, on_end=end
        )

    def _take(self, news: list[Event]) -> None:
        for event in news:
            if isinstance(event, Stage):
                self._hold = self._hold or self._one
                self.staged.emit(event)
            elif isinstance(event, Moving):
                self.moved.emit(event)
            elif isinstance(event, Progress):
                self.progressed.emit(event)

    def _slice_ended(self, run: JobRun) -> None:
        self._run = None
        if run.state is JobState.DONE and run.result is None:
            if self._hold:
                self.held.emit()
            else:
                self._go_on()
            return
        self._job = None
        why = run.result.why if isinstance(run.result, _Ended) else run.error.text if run.error else None
        self.ended.emit(why)
