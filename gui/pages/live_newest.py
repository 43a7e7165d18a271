"""Newest wins: at most one job of a kind is under way, and what is asked meanwhile replaces what waits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Job, JobRun, JobState
from engine.text import Text


class Newest(QObject):
    """Runs the newest of the jobs it is given on the interactive lane.

    Signals:
        answered: (object) what the newest finished job returned.
        refused: (Text) why it could not be done, in words for a person.
    """

    answered = Signal(object)
    refused = Signal(object)

    def __init__(self, host: EngineHost, name: Text, parent: QObject, *, last_only: bool = False) -> None:
        """`last_only`: an answer is not told when something newer was asked meanwhile."""
        super().__init__(parent)
        self._host, self._name, self._last_only = host, name, last_only
        self._run: JobRun | None = None
        self._waiting: Callable[[], Job] | None = None

    @property
    def busy(self) -> bool:
        """True while something that was asked is not answered."""
        return self._run is not None

    def ask(self, make: Callable[[], Job]) -> None:
        """Run the job that `make` makes, now or after the one under way, unless a newer is asked before."""
        if self._run is not None:
            self._waiting = make
            return
        self._run = self._host.start(self._name, _told(make), lane="interactive", owner=self, on_end=self._ended)

    def _ended(self, run: JobRun) -> None:
        self._run = None
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.ask(waiting)
            if self._last_only:
                return
        if run.state is not JobState.DONE:
            return  # the window shows what went wrong
        (self.refused if isinstance(run.result, Text) else self.answered).emit(run.result)


def _told(make: Callable[[], Job]) -> Job:
    """The job; a failure that a person can act on is an answer too, shown where the answer would be."""
    try:
        return (yield from make())
    except LabError as error:
        return error.text
