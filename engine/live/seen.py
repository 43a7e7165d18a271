"""What `watch` tells: each frame with what was seen in it, and what happened to source and overlays meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from engine.jobs import Event
from engine.live.frames import Frame
from engine.live.overlays import OverlayCard, Result
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds one frame took. capture: reading and decoding (on another thread or process, beside the rest).

    prepare: mirror, damage, resize, normalise. infer: the networks. finish: thresholds, suppression, tracking, covers.
    infer_by: the same `infer` for each overlay. Whoever draws adds its own time.
    """

    capture: float
    prepare: float
    infer: float
    finish: float
    infer_by: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Seen(Event):
    """One frame with what was seen in it; only the newest matters. Never boxes on another frame.

    frame:    as it came from the source. Never show or keep its `image`: `picture` is what may be seen.
    picture:  (H, W, 3) uint8 RGB, contiguous, never written: mirrored, damaged, faces covered. Results lie on it.
    results:  one for each overlay that is ready, in the order of the settings.
    age:      milliseconds since the frame left the source, when this was said.
    drops:    frames of this source that nobody saw, so far. watched: frames that were.
    rate:     frames a second seen lately.
    backends: for each overlay how it is computed ("OpenVINO bf16").
    waiting:  overlays that are still being opened.
    again:    the same frame with the settings as they now are, for a paused picture; takes as long as what they change.
              May be called in another thread while the job is paused; None when the source was let go of.
    """

    frame: Frame
    picture: np.ndarray
    results: tuple[Result, ...]
    timings: Timings
    age: float
    drops: int
    watched: int
    rate: float
    backends: dict[str, str]
    waiting: tuple[str, ...] = ()
    again: Callable[[], Seen | None] | None = None
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """An overlay is ready. card: with the classes it can find. backend: how it is computed."""

    card: OverlayCard
    backend: str


@dataclass(frozen=True, slots=True)
class Swapped(Event):
    """A faster backend took over, measured on this machine. before, after: milliseconds a frame."""

    overlay: str
    backend: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Trouble(Event):
    """Something stopped working while the rest goes on. overlay: which one, "" = the source (it is tried again)."""

    overlay: str
    text: Text


@dataclass(frozen=True, slots=True)
class Held(Event):
    """The source was closed because `LiveSettings.held` is set; `Seen`s follow when it is not any more."""

    latest_only: ClassVar[bool] = True

    @property
    def key(self) -> Hashable:
        return None
