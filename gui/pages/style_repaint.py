"""The fast painter behind the Style tab: the newest wish is painted, a video frame by frame, a new style is learnt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState
from engine.knobs import Box
from engine.text import Text

if TYPE_CHECKING:
    from engine.style.fast import Wish

_PAINTING = Text("Painting", "그리기")
_FASTER = Text("Getting faster", "더 빠르게 만들기")
LEARNING = Text("Learning the style", "화풍 배우기")
VIDEO = Text("Painting the video", "영상 그리기")


def _repaint(photo: np.ndarray, wish: Wish, kept: Box[Any]) -> Job:
    from engine.style.fast import repaint  # here: the window does not wait for torch

    return (yield from repaint(photo, wish, kept))


def _faster(photo: np.ndarray, wish: Wish, kept: Box[Any]) -> Job:
    from engine.style.fast import get_faster

    yield from get_faster(photo, wish, kept)


def _video(video: Path, to: Path, wishes: Box[Wish], kept: Box[Any]) -> Job:
    from engine.style.videos import paint_video

    return (yield from paint_video(video, to, wishes, Box(kept.value.twin() if kept.value else None)))


def _learn(picture: np.ndarray, name: str, photo: np.ndarray, kept: Box[Any]) -> Job:
    from engine.style.brush import open_brush
    from engine.style.own import learn_style

    yield from ()
    return (yield from learn_style(picture, name, kept.value or open_brush(), preview=photo))


class Repainter(QObject):
    """Paints one photo at a time, always the newest wish; what is not wished any more is not painted.

    Signals:
        painted: (Repainted) a painting of the photo that was wished last.
        noted: (Text) something to know of it. failed: the wish could not be painted; the reason was told by the host.
    """

    painted = Signal(object)
    noted = Signal(object)
    failed = Signal()

    def __init__(self, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._kept: Box[Any] = Box(None)
        self._run: JobRun | None = None
        self._next: tuple[np.ndarray, Wish] | None = None
        self._now: tuple[np.ndarray, Wish] | None = None
        self._fast: set[tuple[int, int, int]] = set()

    @property
    def busy(self) -> bool:
        """True while a painting is on its way."""
        return self._run is not None

    def wish(self, photo: np.ndarray, wish: Wish) -> None:
        """Paint `photo`, (H, W, 3) uint8 RGB, so, as soon as what is on its way is done."""
        self._next = photo, wish
        if self._run is None:
            self._begin()

    def forget(self) -> None:
        """Nothing is wished any more: what is on its way is not shown."""
        self._next = self._now = None

    def _begin(self) -> None:
        if self._next is None:
            return
        self._now, self._next = self._next, None
        job = _repaint(*self._now, self._kept)
        self._run = self._host.start(
            _PAINTING, job, lane="interactive", owner=self, on_events=self._told, on_end=self._ended
        )

    def _told(self, events: list[Event]) -> None:
        from engine.style.fast import Repainted
        from engine.style.gatys import Noted

        for event in events:
            if isinstance(event, Repainted) and self._now is not None and event.wish == self._now[1]:
                self.painted.emit(event)
            elif isinstance(event, Noted):
                self.noted.emit(event.words)

    def _ended(self, run: JobRun) -> None:
        self._run = None
        if run.state is not JobState.DONE:
            self.failed.emit()
        elif self._now is not None and self._next is None:
            self._get_faster(*self._now)
        self._begin()

    def _get_faster(self, photo: np.ndarray, wish: Wish) -> None:
        """Once for each size; the next painting of it gains."""
        key = (*photo.shape[:2], wish.side)
        if key not in self._fast:
            self._fast.add(key)
            job = _faster(photo, wish, self._kept)
            self._host.start(_FASTER, job, lane="io", owner=self)

    def paint_video(
        self,
        video: Path,
        to: Path,
        wishes: Box[Wish],
        on_events: Callable[[list[Event]], None],
        on_end: Callable[[JobRun], None],
    ) -> JobRun:
        """Paint a video into a file; a run that can be paused and stopped."""
        job = _video(video, to, wishes, self._kept)
        return self._host.train(VIDEO, job, owner=self, on_events=on_events, on_end=on_end)

    def learn(
        self,
        picture: np.ndarray,
        name: str,
        photo: np.ndarray,
        on_events: Callable[[list[Event]], None],
        on_end: Callable[[JobRun], None],
    ) -> JobRun:
        """Learn the style of a picture, to be seen on `photo` meanwhile; a run that can be paused and stopped."""
        job = _learn(picture, name, photo, self._kept)
        return self._host.train(LEARNING, job, owner=self, on_events=on_events, on_end=on_end)
