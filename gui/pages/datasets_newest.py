"""Questions of one kind, of which a page wants only the newest answered."""

from __future__ import annotations

from collections.abc import Callable

from engine.jobs import Event, Job, JobRun
from engine.text import Text
from gui.pages.page import Page


class Newest:
    """Questions of one kind of which only the newest matters: asking again cancels the one before."""

    def __init__(self, page: Page, *, lane: str) -> None:
        self._page, self._lane = page, lane
        self._run: JobRun | None = None

    @property
    def busy(self) -> bool:
        """True until the answer to a question has been given to who asked."""
        return self._run is not None

    def cancel(self) -> None:
        """Forget the question."""
        if self._run:
            self._run.cancel()
            self._run = None

    def ask(
        self,
        name: Text,
        job: Job,
        then: Callable[[JobRun], None],
        on_events: Callable[[list[Event]], None] | None = None,
    ) -> None:
        """Start `job`; `then` is called with its run unless a newer question came meanwhile."""
        self.cancel()

        def end(run: JobRun) -> None:
            if run is self._run:
                self._run = None
                then(run)

        def events(news: list[Event]) -> None:
            if on_events and self._run is run_of_this[0]:
                on_events(news)

        run_of_this: list[JobRun] = []
        run = self._page.host.start(name, job, lane=self._lane, owner=self._page, on_events=events, on_end=end)
        run_of_this.append(run)
        self._run = run
