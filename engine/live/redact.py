"""A copy of a video in which no face is to be seen: read once to know every face, and again to cover them."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import LabError
from engine.jobs import Event, Job, Progress
from engine.live.available import Desk
from engine.live.face_hints import FAINT
from engine.live.face_plan import Planned, planned
from engine.live.face_tracks import Tracks
from engine.live.frames import Frame
from engine.live.keeping import VideoOut
from engine.live.opening import open_source
from engine.live.overlays import FACES, Cover, Covered
from engine.live.privacy import covered, hidden
from engine.live.settings import LiveSettings
from engine.live.sources import VideoFile
from engine.text import Text

_RATE = 25.0  # frames a second of a video that does not say
_NO_FRAMES = Text("Nothing was seen in {path}.", "{path}에서 아무것도 보지 못했어요.")
_SAME_FILE = Text(
    "The new video must not be the old one. Choose another name for --out.",
    "새 영상이 원래 영상과 같으면 안 돼요. --out에 다른 이름을 써 주세요.",
)
_LOOKING = Text("Looking for faces", "얼굴 찾는 중")
_COVERING = Text("Covering", "가리는 중")


class _Sums:
    """What is told at the end."""

    def __init__(self) -> None:
        self.frames = self.near = self.whole = 0
        self.untouched = 0.0

    def add(self, image: np.ndarray, picture: np.ndarray, cover: Cover) -> None:
        self.frames += 1
        self.near += cover is Cover.NEAR
        self.whole += cover is Cover.WHOLE
        if cover is not Cover.WHOLE:
            self.untouched += float((picture == image).all(axis=2).mean())

    def values(self) -> dict[str, object]:
        return {
            "frames": self.frames,
            "frames_near": self.near,
            "frames_whole": self.whole,
            "whole_share": self.whole / self.frames,
            "untouched_share": self.untouched / max(1, self.frames - self.whole),
        }


def redact(video: Path, to: Path, *, style: str = "mosaic") -> Job:
    """Write a copy of a video in which no face is to be seen; a job, returns the figures.

    The video is read twice: `engine.live.face_tracks` follows every face forwards and backwards,
    `engine.live.face_plan` says what is covered for it, also where it turned away or hid for a while. Sound is not
    copied: voices tell who speaks, too.

    Args:
        style: "blur", "mosaic" or "solid".
    Raises: `LabError` when the video cannot be read to its end (nothing is left behind then) or written.
    """
    if to.exists() and video.exists() and to.samefile(video):
        raise LabError(_SAME_FILE)
    plan, faces = yield from _planned(video)
    sums, out, good = _Sums(), None, False
    frames = _frames(video)
    try:
        for frame in frames:
            out = out or VideoOut(to, frame.rate or _RATE)
            now = plan[frame.number] if frame.number < len(plan) else Planned(cover=Cover.WHOLE)
            whole = now.cover is Cover.WHOLE
            picture = hidden(frame.image, style) if whole else covered(frame.image, now.boxes, style)
            out.add(picture)
            sums.add(frame.image, picture, now.cover)
            yield Progress(len(plan) + frame.number + 1, 2 * len(plan), _COVERING)
        good = sums.frames > 0
    finally:
        frames.close()
        if out is not None:
            out.close(keep=good)
    return {"file": to, "faces": faces, **sums.values()}


def _planned(video: Path) -> Generator[Event, None, tuple[list[Planned], int]]:
    """Read the video once. Raises: `LabError` when nothing can be read."""
    desk = Desk()
    yield Progress(0, 0, _LOOKING)
    seer, settings, tracks, size, rate = desk.open(FACES.id), LiveSettings((FACES.id,)), None, (0, 0), _RATE
    frames = _frames(video)
    try:
        for frame in frames:
            image = frame.image
            if tracks is None:
                size, rate = (image.shape[1], image.shape[0]), frame.rate or _RATE
                tracks = Tracks(rate)
            found: Any = seer.finish(seer.infer(seer.prepare(image)), image, settings)
            assert isinstance(found, Covered)
            said = found.scores >= FAINT
            tracks.add(image, found.boxes[said], found.scores[said])
            yield Progress(frame.number + 1, 2 * frame.count, _LOOKING)
    finally:
        frames.close()
        desk.give_back({FACES.id: seer})
    if tracks is None:
        raise LabError(_NO_FRAMES(path=video))
    return planned(tracks, size, rate)


def _frames(video: Path) -> Generator[Frame, None, None]:
    source = open_source(VideoFile(video, loop=False), whole=True)
    try:
        while (frame := source.read()) is not None:
            yield frame
    finally:
        source.stop()
        source.close()
