"""Looking round for a game: who can play it, the moments of its newest run, what it looks like. Knows no widget."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.rl.found import found_agents, moments
from engine.rl.game import GameCard
from engine.rl.watch import first_look
from engine.text import Text

_LOOKING = Text("Looking for agents", "에이전트 찾기")


class DqnLook(QObject):
    """Answers come for the game asked for last; those for another one are dropped.

    Signals:
        found: (tuple of FoundAgent), () when they cannot be read. moments: (tuple of FoundAgent).
        before: (H, W, 3) uint8, the game as it begins; once for each game. refused: (Text) why it cannot be opened.
    """

    found = Signal(object)
    moments = Signal(object)
    before = Signal(object)
    refused = Signal(object)

    def __init__(self, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host, self._id = host, ""
        self.done = False  # whether it is known who can play

    def round(self, card: GameCard) -> None:
        """Which agents are there for this game; if it is another one, its first picture too."""
        another, self._id, self.done = card.id != self._id, card.id, False
        self._host.start(_LOOKING, found_agents(card), lane="io", owner=self, on_end=partial(self._found, card.id))
        if another:
            self._host.start(_LOOKING, first_look(card), lane="io", owner=self, on_end=partial(self._before, card.id))

    def _found(self, id: str, run: JobRun) -> None:
        if id != self._id:
            return
        self.done, found = True, run.result if run.state is JobState.DONE else ()
        self.found.emit(found)
        if newest := next((one.run for one in found if one.run), None):
            self._host.start(_LOOKING, moments(newest), lane="io", owner=self, on_end=partial(self._moments, id))

    def _moments(self, id: str, run: JobRun) -> None:
        if id == self._id and run.state is JobState.DONE:
            self.moments.emit(run.result)

    def _before(self, id: str, run: JobRun) -> None:
        if id != self._id:
            return
        if run.state is JobState.DONE:
            self.before.emit(run.result)
        elif run.error:
            self.refused.emit(run.error.text)
