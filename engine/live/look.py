"""One frame through everything that is laid over it: mirror, covered faces, damage, networks, numbers."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine.errors import LabError
from engine.live.damage import damaged
from engine.live.frames import Frame
from engine.live.overlays import FACES, Covered, Found, Kind, Repainted, Result
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


@dataclass(slots=True, eq=False)
class _Last:
    """The frame looked at last: what its picture depends on, that picture, its faces, and what each network said."""

    frame: Frame
    basis: tuple[object, ...]
    picture: np.ndarray
    faces: dict[str, Result]
    answers: dict[str, tuple[Seer, Any]] = field(default_factory=dict)


class Eyes:
    """The opened overlays of one source, with what they remember of earlier frames."""

    def __init__(self) -> None:
        self.seers: dict[str, Seer] = {}
        self._trackers: dict[str, Tracker] = {}
        self._last: _Last | None = None
        self.privacy = Privacy()

    def forget(self) -> None:
        """Another source or another place in it: nothing that was seen goes on."""
        self._trackers.clear()
        self._last = None
        self.privacy = Privacy()

    def look(self, frame: Frame, settings: LiveSettings) -> Looked:
        """See one frame. An overlay that cannot be computed is named in `failed`, the others go on.

        The same frame again, with another score, class or network, costs only what that changes.
        """
        clock = _Clock()
        failed: list[tuple[str, Text]] = []
        chosen = [self.seers[id] for id in settings.overlays if id in self.seers]
        basis = _basis(settings, chosen)
        last = self._last
        if last is None or last.frame is not frame or last.basis != basis:
            last = self._last = _Last(frame, basis, *self._picture(frame, settings, chosen, clock, failed))
        results, picture = dict(last.faces), last.picture
        for seer in _by_kind(chosen, faces=False):
            found = self._ask(seer, last, settings, clock, failed)
            if isinstance(found, Repainted):  # the others saw it unpainted; what was covered is covered in it, too
                picture = found.picture
            elif found is not None:
                results[seer.card.id] = self._numbered(found, frame.seconds, settings)
        ordered = tuple(results[id] for id in settings.overlays if id in results)
        return Looked(picture, ordered, clock.timings(frame.capture_ms), tuple(failed))

    def _picture(
        self,
        frame: Frame,
        settings: LiveSettings,
        chosen: list[Seer],
        clock: _Clock,
        failed: list[tuple[str, Text]],
    ) -> tuple[np.ndarray, dict[str, Result]]:
        """The picture as it may be seen, faces covered before anything else sees it, and what was covered."""
        picture = np.ascontiguousarray(frame.image[:, ::-1]) if settings.mirrored else frame.image
        faces: dict[str, Result] = {}
        for seer in _by_kind(chosen, faces=True):
            found = self._ask(seer, _Last(frame, (), picture, {}), settings, clock, failed)
            if isinstance(found, Covered):
                picture, faces[seer.card.id] = self.privacy.cover(picture, found, frame.seconds, settings)
                clock.lap("finish")
        if FACES.id in settings.overlays and FACES.id not in faces:  # not opened yet, or it failed: show nothing
            picture = hidden(picture, settings.cover)
        picture = damaged(picture, settings.damage, seed=frame.number)
        clock.lap("prepare")
        return picture, faces

    def _ask(
        self,
        seer: Seer,
        last: _Last,
        settings: LiveSettings,
        clock: _Clock,
        failed: list[tuple[str, Text]],
    ) -> Result | Repainted | None:
        try:
            who, answer = last.answers.get(seer.card.id, (None, None))
            if who is not seer:
                prepared = seer.prepare(last.picture)
                clock.lap("prepare")
                answer = seer.infer(prepared)
                last.answers[seer.card.id] = seer, answer
                clock.lap("infer", seer.card.id)
            result = seer.finish(answer, last.picture, settings)
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


def _basis(settings: LiveSettings, chosen: list[Seer]) -> tuple[object, ...]:
    """What the picture depends on, beside the frame."""
    faces = tuple(seer.card.id for seer in _by_kind(chosen, faces=True))
    cover = (settings.cover, settings.fail_secure, settings.score if not settings.fail_secure else 0.0)
    return settings.mirrored, settings.damage, FACES.id in settings.overlays, faces, cover if faces else settings.cover


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
