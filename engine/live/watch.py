"""Live inference as a job: a source, what is laid over it, and each frame with what was seen."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Generator

from engine.errors import LabError
from engine.jobs import Event, Progress
from engine.knobs import Box
from engine.live.available import Desk
from engine.live.devices_read import Broke
from engine.live.frames import Frame, NewestFrame, age_ms
from engine.live.look import Eyes
from engine.live.opening import open_source
from engine.live.seen import Held, Opened, Seen, Swapped, Timings, Trouble
from engine.live.settings import LiveSettings
from engine.live.sources import Source
from engine.text import Text

__all__ = ["Held", "Opened", "Seen", "Swapped", "Timings", "Trouble", "watch"]

_PATIENCE = 0.05  # seconds between two chances to be paused or cancelled
_AGAIN = 1.0  # seconds until a source that broke off is tried again
OPENING = Text("Opening {name}", "{name} 여는 중")


def watch(
    source: Source, settings: Box[LiveSettings], *, whole: bool = False, every: int = 1
) -> Generator[Event, None, int]:
    """Show a source and what networks see in it; a job, returns how many frames were seen.

    Yields `Seen` for each frame there is time for, and `Opened`, `Swapped`, `Trouble`, `Held`, `Progress`.
    Cancelling it closes the source and its thread; networks stay loaded for the next time.

    Args:
        settings: read before every frame.
        whole: see every `every`-th frame of a file, picture or folder once, in order, as fast as it goes.
    Raises: `LabError` when the source cannot be opened or breaks off for good.
    """
    desk = Desk()
    session = _Session(source, settings, desk)
    try:
        if whole:
            return (yield from _whole(source, settings, every, desk, session))
        return (yield from _live(settings, desk, session))
    finally:
        session.end()


def _whole(
    source: Source, settings: Box[LiveSettings], every: int, desk: Desk, session: _Session
) -> Generator[Event, None, int]:
    """Each frame once. What cannot be opened or computed ends it: half the answers would look like all."""
    for id in settings.value.overlays:
        yield Progress(0, 0, OPENING(name=id))
        session.eyes.seers[id] = desk.open(id)
        yield Opened(session.eyes.seers[id].card, session.eyes.seers[id].backend)
    frames = open_source(source, whole=True)
    try:
        while (frame := frames.read()) is not None:
            if frame.number % every:
                yield Progress(frame.number + 1, frame.count)
                continue
            seen = session.see(frame, drops=0)
            for _, text in session.failed:
                raise LabError(text)
            yield seen
            yield from session.faster()
    finally:
        frames.stop()
        frames.close()
    return session.watched


def _live(settings: Box[LiveSettings], desk: Desk, session: _Session) -> Generator[Event, None, int]:
    while True:
        now = settings.value
        if now.held:
            session.close()
            yield Held()
            time.sleep(_PATIENCE)
            continue
        yield from _open_overlays(now, desk, session)
        try:
            frame = session.newest()
        except Broke as broke:
            if not session.watched:
                raise
            yield Trouble("", broke.text)
            yield from session.wait_and_try_again()
            continue
        if frame is None:
            if session.ended:
                return session.watched
            yield Progress(0, 0, OPENING(name=session.title))
            continue
        yield session.see(frame, drops=session.drops)
        yield from (Trouble(id, text) for id, text in session.failed)
        yield from session.faster()


def _open_overlays(now: LiveSettings, desk: Desk, session: _Session) -> Generator[Event, None, None]:
    """Ask the desk for what is wanted and missing; take what it has opened meanwhile."""
    session.hopeless &= set(now.overlays)  # chosen again is tried again
    for id in now.overlays:
        if id not in session.eyes.seers and id not in session.hopeless:
            desk.want(id)
    for id, found in desk.opened():
        if isinstance(found, LabError):
            session.hopeless.add(id)
            yield Trouble(id, found.text)
        else:
            session.eyes.seers[id] = found
            yield Opened(found.card, found.backend)


class _Session:
    """One source while it is watched: its reader, what was seen, how fast."""

    def __init__(self, source: Source, settings: Box[LiveSettings], desk: Desk) -> None:
        self._source, self._settings, self._desk = source, settings, desk
        self._looking = threading.Lock()  # a paused picture is looked at again from another thread
        self._over = False
        self._reader: NewestFrame | None = None
        self._times: deque[float] = deque(maxlen=30)
        self._dropped = 0  # by readers that were closed since
        self.eyes = Eyes()
        self.watched = 0
        self.hopeless: set[str] = set()
        self.failed: tuple[tuple[str, Text], ...] = ()
        self._told: set[tuple[str, str]] = set()

    @property
    def title(self) -> Text:
        return self._source.title

    @property
    def ended(self) -> bool:
        return self._reader is not None and self._reader.ended

    @property
    def drops(self) -> int:
        return self._dropped + (self._reader.drops if self._reader else 0)

    def newest(self) -> Frame | None:
        """The newest frame, None when there is none yet. Raises what the source says."""
        if self._reader is None:
            self._reader = NewestFrame(open_source(self._source))
        return self._reader.take(_PATIENCE)

    def wait_and_try_again(self) -> Generator[Event, None, None]:
        """Close the source; it is opened again at the next `newest`, after a while."""
        self.close()
        until = time.monotonic() + _AGAIN
        while time.monotonic() < until:
            yield Progress(0, 0, OPENING(name=self.title))
            time.sleep(_PATIENCE)

    def see(self, frame: Frame, *, drops: int) -> Seen:
        """Look at a frame that came."""
        self.watched += 1
        self._times.append(time.monotonic())
        with self._looking:
            return self._seen(frame, drops)

    def see_again(self, frame: Frame, drops: int) -> Seen | None:
        """Look at a frame another time, with overlays that were switched on meanwhile; None when all is over."""
        with self._looking:
            if self._over:
                return None
            for id in self._settings.value.overlays:
                if id not in self.eyes.seers and id not in self.hopeless:
                    try:
                        self.eyes.seers[id] = self._desk.open(id)
                    except LabError:
                        self.hopeless.add(id)
            return self._seen(frame, drops)

    def _seen(self, frame: Frame, drops: int) -> Seen:
        now = self._settings.value
        looked = self.eyes.look(frame, now)
        new = [(id, text) for id, text in looked.failed if (id, str(text)) not in self._told]
        self._told.update((id, str(text)) for id, text in new)
        self.failed = tuple(new)  # said once, not for every frame
        gone = self._times[-1] - self._times[0] if self._times else 0.0
        seers = self.eyes.seers
        return Seen(
            frame=frame,
            picture=looked.picture,
            results=looked.results,
            timings=looked.timings,
            age=age_ms(frame),
            drops=drops,
            watched=self.watched,
            rate=(len(self._times) - 1) / gone if gone > 0 else 0.0,
            backends={id: seers[id].backend for id in now.overlays if id in seers},
            waiting=tuple(id for id in now.overlays if id not in seers and id not in self.hopeless),
            again=lambda: self.see_again(frame, drops),
        )

    def faster(self) -> Generator[Event, None, None]:
        """What found a faster way to compute between two frames."""
        for id in self._settings.value.overlays:
            seer = self.eyes.seers.get(id)
            change = seer.faster() if seer else None
            if change:
                yield Swapped(id, *change)

    def end(self) -> None:
        """Let go of the source and give the networks back; no frame is looked at again."""
        with self._looking:
            self._over = True
        self.close()
        self._desk.give_back(self.eyes.seers)
        self.eyes = Eyes()  # the frame seen last, which a window goes on showing, holds this session but no network

    def close(self) -> None:
        """Let go of the source; what was remembered of its frames is forgotten."""
        if self._reader is not None:
            self._reader.close()
            self._dropped += self._reader.drops
            self._reader = None
            self.eyes.forget()
            self._times.clear()
