"""The jobs of the tab: games being watched, an agent that learns, a table that fills. Knows no widget."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun
from engine.knobs import Box
from engine.rl.events import Snapshot
from engine.rl.game import GameCard
from engine.rl.settings import DqnSettings
from engine.rl.table import TableSettings
from engine.rl.watch import Player, Watching, watch
from engine.text import Text

_WATCHING = Text("Playing {game}", "{game} 보기")
_LEARNING = Text("Learning {game}", "{game} 학습")
SPARE = 1  # a core for the window, which must not stutter


class DqnSession(QObject):
    """One job in front at a time for eyes, and one agent that may learn meanwhile.

    Signals:
        seen:    (list of Event) of the games being watched. seen_over: (JobRun).
        learned: (list of Event) of the agent that learns. learned_over: (JobRun).
        table:   (list of Event) of the table that fills.
    """

    seen = Signal(object)
    seen_over = Signal(object)
    learned = Signal(object)
    learned_over = Signal(object)
    table = Signal(object)

    def __init__(self, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self.wish: Box[Watching] = Box(Watching())
        self.living: Box[Snapshot | None] = Box(None)
        self.knobs: Box[DqnSettings] | None = None
        self.table_knobs: Box[TableSettings] = Box(TableSettings())
        self.watched: JobRun | None = None
        self.learning: JobRun | None = None

    @property
    def watching(self) -> bool:
        return self.watched is not None and not self.watched.state.final

    @property
    def busy(self) -> bool:
        """True while an agent learns, paused or not."""
        return self.learning is not None and not self.learning.state.final

    def watch(self, card: GameCard, players: Sequence[Player]) -> JobRun:
        """Begin to watch; what was watched before ends."""
        return self._show(card, watch(card, players, self.wish), self.seen.emit)

    def fill_table(self, card: GameCard, job: Job) -> JobRun:
        """Begin to fill a table; what was watched before ends."""
        return self._show(card, job, self.table.emit)

    def _show(self, card: GameCard, job: Job, on_events: Any) -> JobRun:
        self.leave()
        run = self._host.train(
            _WATCHING(game=card.name), job, owner=self, on_events=self._if_newest(on_events), on_end=self._ended
        )
        self.watched = run
        return run

    def _if_newest(self, on_events: Any) -> Any:
        """What an older job still says is not shown any more."""
        number = object()
        self._newest = number
        return lambda events: on_events(events) if self._newest is number else None

    def _ended(self, run: JobRun) -> None:
        if run is self.watched:
            self.seen_over.emit(run)

    def leave(self) -> None:
        """End what is watched."""
        self._newest = object()
        if self.watched is not None:
            self.watched.cancel()

    def want(self, **values: Any) -> None:
        """Change what a hand wants of the games being watched; acts at the next decision."""
        self.wish.replace(dataclasses.replace(self.wish.value, **values))

    def learn(self, card: GameCard, settings: DqnSettings, *, resume: Path | None = None) -> JobRun:
        """Let an agent learn `card` from nothing, or go on with a run."""
        from engine.rl.dqn import train  # here: the first paint of the window does not wait for it

        self.knobs = Box(settings)
        self.living.replace(None)
        job = train(card.id, settings, spare=SPARE, resume=resume, knobs=self.knobs)
        self.learning = self._host.train(
            _LEARNING(game=card.name), job, owner=self, on_events=self._learnt, on_end=self.learned_over.emit
        )
        return self.learning

    def _learnt(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Snapshot):
                self.living.replace(event)
        self.learned.emit(events)

    def move_knob(self, name: str, value: float) -> None:
        """Let a live setting act from the next decision on."""
        if self.knobs is not None and self.busy:
            changed: dict[str, Any] = {name: value}
            self.knobs.replace(dataclasses.replace(self.knobs.value, **changed))
