"""What runs in the Live tab: one source at a time, watched by one job; let go of when nobody looks."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState, Progress
from engine.knobs import Box
from engine.live.record import Kept, NotKept, recorded
from engine.live.seen import Opened, Swapped, Trouble
from engine.live.settings import LiveSettings
from engine.live.sources import Source, VideoFile
from engine.text import Text
from gui.pages.live_newest import Newest
from gui.pages.live_shown import Drawn, Look, again, drawn, painted

WATCHING = Text("Live: {source}", "라이브: {source}")
AGAIN = Text("Looking at the picture again", "사진 다시 보기")


class LiveSession(QObject):
    """Start, show events, ended.

    Signals:
        arrived: (Drawn) the newest picture with what lies over it.
        told: (Event) an overlay was opened, a backend was swapped, something is in trouble, a source is being opened,
            a recording went on or ended.
        gone: the job of a source that was let go of has ended: whatever it recorded is on disk.
        over: (Text or None) it has ended, by itself, or because of what the sentence says.
        changed: it started, was paused, resumed or stopped.
    """

    arrived = Signal(object)
    told = Signal(object)
    over = Signal(object)
    changed = Signal()
    gone = Signal()

    def __init__(self, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._run: JobRun | None = None
        self.source: Source | None = None
        self.settings, self.look = Box(LiveSettings()), Box(Look())
        self.keep_in: Box[Path | None] = Box(None)
        self.last: Drawn | None = None
        self._away: Source | None = None  # what goes on when the tab is shown again
        self._again = Newest(host, AGAIN, self)
        self._again.answered.connect(self._seen_again)

    @property
    def busy(self) -> bool:
        """True from Start until Stop, paused or not."""
        return self._run is not None

    @property
    def paused(self) -> bool:
        """True while it holds its breath at one picture."""
        return self._run is not None and self._run.paused

    def start(self, source: Source) -> None:
        """Watch this source from now on; what was watched before is let go of."""
        self._cancel()
        self.source, self.last, self._away = source, None, None
        kept = recorded(_watching(source, self.settings), self.keep_in, lambda seen: painted(seen, self.look.value))
        job = _attempt(drawn(kept, self.look))
        name = WATCHING(source=source.title)
        run: list[JobRun] = []
        on_events: Callable[[list[Event]], None] = lambda events: self._events(run[0], events)  # noqa: E731
        run.append(self._host.start(name, job, lane="live", owner=self, on_events=on_events, on_end=self._ended))
        self._run = run[0]
        self.changed.emit()

    def toggle_pause(self) -> bool:
        """Pause or go on; False when nothing runs."""
        if self._run is None:
            return False
        (self._host.resume if self._run.paused else self._host.pause)(self._run)
        self.changed.emit()
        return True

    def look_again(self) -> None:
        """A paused picture follows what was set meanwhile."""
        last, look = self.last, self.look.value
        if self.paused and last is not None:
            self._again.ask(lambda: again(last.seen, look))

    def _seen_again(self, found: Drawn | None) -> None:
        if found is not None and self.paused:
            self.last = found
            self.arrived.emit(found)

    def stop(self) -> None:
        """Let go of the source."""
        self._cancel()
        self._away = None
        self.changed.emit()

    def leave(self) -> None:
        """The tab is hidden: nothing is computed and the source is let go of until `come_back`."""
        if self._run is None or self.source is None:
            return
        away = None if self._run.paused else self.source
        if isinstance(away, VideoFile) and self.last is not None:
            away = dataclasses.replace(away, start=self.last.seen.frame.seconds)
        self._cancel()
        self._away = away
        self.changed.emit()

    def come_back(self) -> bool:
        """The tab is shown again: what was watched goes on; False when nothing was."""
        away = self._away
        if away is not None:
            self.start(away)
        return away is not None

    def _cancel(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.cancel()

    def _events(self, run: JobRun, events: list[Event]) -> None:
        for event in events:
            if run is not self._run:
                return  # of a source that was let go of
            if isinstance(event, Drawn):
                self.last = event
                self.arrived.emit(event)
            elif isinstance(event, Opened | Swapped | Trouble | Progress | Kept | NotKept):
                self.told.emit(event)

    def _ended(self, run: JobRun) -> None:
        self.gone.emit()
        if run is not self._run:
            return
        self._run = None
        if run.state is not JobState.CANCELLED:
            said = run.result.text if isinstance(run.result, LabError) else run.error.text if run.error else None
            self.over.emit(said)
        self.changed.emit()


def _watching(source: Source, settings: Box[LiveSettings]) -> Generator[Event, None, Any]:
    """`watch`, imported in the job's thread: the networks' packages take a second to load."""
    yield Progress(0, 0, Text("Loading the networks", "신경망을 불러오는 중"))
    from engine.live.watch import watch

    return (yield from watch(source, settings))


def _attempt(job: Generator[Event, None, Any]) -> Generator[Event, None, Any]:
    """`job`, whose expected trouble is an answer: it is told on the stage and not in the window's notices."""
    try:
        return (yield from job)
    except LabError as error:
        return error
