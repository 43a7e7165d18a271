"""One frame through everything that is laid over it: mirror, covered faces, damage, networks, numbers."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from engine.errors import LabError
from engine.live.damage import damaged
from engine.live.frames import Frame
from engine.live.overlays import FACES, Covered, Found, Kind, Result
from engine.live.privacy import Privacy, hidden
from engine.live.seen import Timings
from engine.live.seers import Seer
from engine.live.settings import LiveSettings
from engine.live.tracking import Tracker
from engine.text import Text


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """A frame's picture as it may be seen, what was found on it, and how long that took."""

    picture: np.ndarray
    results: tuple[Result, ...]
    timings: Timings
    failed: tuple[tuple[str, Text], ...] = ()


class Eyes:
    """The opened overlays of one source, with what they remember of earlier frames."""

    def __init__(self) -> None:
        self.seers: dict[str, Seer] = {}
        self._trackers: dict[str, Tracker] = {}
        self.privacy = Privacy()

    def forget(self) -> None:
        """Another source or another place in it: nothing that was seen goes on."""
        self._trackers.clear()
        self.privacy = Privacy()

    def look(self, frame: Frame, settings: LiveSettings) -> Looked:
        """See one frame. An overlay that cannot be computed is named in `failed`, the others go on."""
        clock = _Clock()
        picture = np.ascontiguousarray(frame.image[:, ::-1]) if settings.mirrored else frame.image
        chosen = [self.seers[id] for id in settings.overlays if id in self.seers]
        results: dict[str, Result] = {}
        failed: list[tuple[str, Text]] = []
        for seer in _by_kind(chosen, faces=True):  # before anything else: nothing later shows a face
            found = self._ask(seer, picture, settings, clock, failed)
            if isinstance(found, Covered):
                picture, results[seer.card.id] = self.privacy.cover(picture, found, frame.seconds, settings)
                clock.lap("finish")
        if FACES.id in settings.overlays and FACES.id not in results:  # not opened yet, or it failed: show nothing
            picture = hidden(picture, settings.cover)
        picture = damaged(picture, settings.damage, seed=frame.number)
        clock.lap("prepare")
        for seer in _by_kind(chosen, faces=False):
            found = self._ask(seer, picture, settings, clock, failed)
            if found is not None:
                results[seer.card.id] = self._numbered(found, frame.seconds, settings)
        ordered = tuple(results[id] for id in settings.overlays if id in results)
        return Looked(picture, ordered, clock.timings(frame.capture_ms), tuple(failed))

    def _ask(
        self,
        seer: Seer,
        picture: np.ndarray,
        settings: LiveSettings,
        clock: _Clock,
        failed: list[tuple[str, Text]],
    ) -> Result | None:
        try:
            prepared = seer.prepare(picture)
            clock.lap("prepare")
            answer = seer.infer(prepared)
            clock.lap("infer", seer.card.id)
            result = seer.finish(answer, picture, settings)
            clock.lap("finish")
        except LabError as error:
            failed.append((seer.card.id, error.text))
            return None
        return result

    def _numbered(self, result: Result, seconds: float, settings: LiveSettings) -> Result:
        if not isinstance(result, Found) or not settings.tracking:
            return result
        tracker = self._trackers.setdefault(result.overlay, Tracker())
        return replace(result, ids=tracker.update(result.found, seconds))


def _by_kind(seers: Iterable[Seer], *, faces: bool) -> list[Seer]:
    return [seer for seer in seers if (seer.card.kind is Kind.FACES) == faces]


class _Clock:
    """Adds up milliseconds by what they were spent on."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._spent = {"prepare": 0.0, "infer": 0.0, "finish": 0.0}
        self._by: dict[str, float] = {}

    def lap(self, what: str, overlay: str = "") -> None:
        now = time.perf_counter()
        took, self._last = 1000 * (now - self._last), now
        self._spent[what] += took
        if overlay:
            self._by[overlay] = self._by.get(overlay, 0.0) + took

    def timings(self, capture: float) -> Timings:
        return Timings(capture, **self._spent, infer_by=self._by)
