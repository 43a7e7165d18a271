"""A long question that gives way: answered a fraction of a second at a time, so that short ones come between."""

from __future__ import annotations

from collections.abc import Callable

from engine.data.browse import Finished, slice_of
from engine.jobs import Event, Job, JobRun, JobState
from engine.text import Text
from gui.pages.page import Page

SLICE = 0.2  # seconds


class Patient:
    """Long questions of one kind of which only the newest matters, on a lane that they share with short work."""

    def __init__(self, page: Page, *, lane: str = "io") -> None:
        self._page, self._lane = page, lane
        self._job: Job | None = None
        self._run: JobRun | None = None
        self._name = Text("", "")
        self._then: Callable[[object], None] = _nothing
        self._events: Callable[[list[Event]], None] = _nothing

    @property
    def busy(self) -> bool:
        """True while a question is not answered."""
        return self._job is not None

    def cancel(self) -> None:
        """Forget the question."""
        if self._run and not self._run.state.final:
            self._run.cancel()  # closes the job on its thread
        elif self._job:
            self._job.close()
        self._job = self._run = None

    def ask(
        self,
        name: Text,
        job: Job,
        then: Callable[[object], None],
        on_events: Callable[[list[Event]], None] | None = None,
    ) -> None:
        """Begin `job`; `then` is called with its result, None if it failed, unless a newer question came meanwhile."""
        self.cancel()
        self._name, self._job, self._then, self._events = name, job, then, on_events or _nothing
        self._go_on()

    def _go_on(self) -> None:
        assert self._job is not None
        job, of = slice_of(self._job, SLICE), self._job

        def end(run: JobRun) -> None:
            if self._job is not of:
                return
            if run.state is JobState.DONE and run.result is None:
                self._go_on()
                return
            self._job = self._run = None
            if isinstance(run.result, Finished):
                self._then(run.result.result)
            elif run.state is JobState.FAILED:
                self._then(None)

        def events(news: list[Event]) -> None:
            if self._job is of:
                self._events(news)

        host = self._page.host
        self._run = host.start(self._name, job, lane=self._lane, owner=self._page, on_events=events, on_end=end)


def _nothing(_: object) -> None:
    """For those who do not listen."""
