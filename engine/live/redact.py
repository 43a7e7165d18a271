"""A copy of a video in which no face is to be seen, made with a look back: a face is covered before it was found."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.knobs import Box
from engine.live.keeping import VideoOut
from engine.live.overlays import Cover, Covered
from engine.live.privacy import covered, looks_of, seen_before
from engine.live.seen import Seen
from engine.live.settings import LiveSettings
from engine.live.sources import VideoFile
from engine.live.watch import watch
from engine.text import Text

_BACK = 1.0  # seconds that are kept back, to cover a face in the frames before it was found
_MORE = 0.35  # part of a face's size added on each side there
_NO_FRAMES = Text("Nothing was seen in {path}.", "{path}에서 아무것도 보지 못했어요.")
_SAME_FILE = Text(
    "The new video must not be the old one. Choose another name for --out.",
    "새 영상이 원래 영상과 같으면 안 돼요. --out에 다른 이름을 써 주세요.",
)


@dataclass(slots=True, eq=False)
class _Held:
    """A frame that waits: as it came, as it may be seen, and how much of it is covered."""

    image: np.ndarray
    picture: np.ndarray
    cover: Cover


class _Sums:
    """What is told at the end."""

    def __init__(self) -> None:
        self.frames = self.near = self.whole = 0
        self.untouched = 0.0
        self.ids: set[int] = set()
        self.here: set[int] = set()  # faces that were found in the frame before

    def add(self, one: _Held) -> None:
        self.frames += 1
        self.near += one.cover is Cover.NEAR
        self.whole += one.cover is Cover.WHOLE
        if one.cover is not Cover.WHOLE:
            self.untouched += float((one.picture == one.image).all(axis=2).mean())

    def values(self) -> dict[str, object]:
        return {
            "frames": self.frames,
            "faces": len(self.ids),
            "frames_near": self.near,
            "frames_whole": self.whole,
            "whole_share": self.whole / self.frames,
            "untouched_share": self.untouched / max(1, self.frames - self.whole),
        }


def redact(video: Path, to: Path, *, style: str = "mosaic") -> Job:
    """Write a copy of a video in which no face is to be seen; a job, returns the figures.

    A face that is found is looked for backwards in the second before, and covered there too: detectors need a moment
    with faces that come in, turn round or step out from behind something. What is lost is covered as
    `engine.live.privacy` says. Sound is not copied: voices tell who speaks, too.

    Args:
        style: "blur", "mosaic" or "solid".
    Raises: `LabError` when the video cannot be read to its end (nothing is left behind then) or written.
    """
    if to.exists() and video.exists() and to.samefile(video):
        raise LabError(_SAME_FILE)
    settings = LiveSettings(("faces",), cover=style)
    held: deque[_Held] = deque()
    sums, out, good = _Sums(), None, False
    job = watch(VideoFile(video, loop=False), Box(settings), whole=True)
    try:
        for event in job:
            if not isinstance(event, Seen):
                yield event
                continue
            rate = event.frame.rate or 25.0
            out = out or VideoOut(to, rate)
            _take(event, held, sums, style)
            while len(held) > _BACK * rate:
                _let_go(held, out, sums)
            yield Progress(event.frame.number + 1, event.frame.count)
        while held and out is not None:
            _let_go(held, out, sums)
        good = sums.frames > 0
    finally:
        job.close()
        if out is not None:
            out.close(keep=good)
    if not good:
        raise LabError(_NO_FRAMES(path=video))
    return {"file": to, **sums.values()}


def _take(seen: Seen, held: deque[_Held], sums: _Sums, style: str) -> None:
    """Keep a frame back, and cover the faces that appear in it in those before it."""
    found = seen.results[0]
    assert isinstance(found, Covered)
    here = {id for id, score in zip(found.ids.tolist(), found.scores, strict=True) if score > 0}
    for box, id in zip(found.boxes, found.ids.tolist(), strict=True):
        if id in here - sums.here:  # new, or found again after it was only followed or lost
            _back(seen.frame.image, _inner(box), held, style)
    sums.here = here
    sums.ids |= set(found.ids.tolist())
    held.append(_Held(seen.frame.image, seen.picture, found.cover))


def _inner(box: np.ndarray) -> np.ndarray:
    """About the face itself inside what was covered for it."""
    width, height = box[2] - box[0], box[3] - box[1]
    return box + np.array([width, height, -width, -height]) / 6


def _back(image: np.ndarray, box: np.ndarray, held: deque[_Held], style: str) -> None:
    """Follow a face backwards by its looks, as long as it is there."""
    looks = looks_of(image, box)
    for one in reversed(held):
        place = seen_before(one.image, looks, box) if looks is not None else None
        if place is None:
            return
        looks, box = looks_of(one.image, place), place
        if one.cover is not Cover.WHOLE:
            more = _MORE * max(box[2] - box[0], box[3] - box[1])
            one.picture = covered(one.picture, [box + np.array([-more, -more, more, more])], style)


def _let_go(held: deque[_Held], out: VideoOut, sums: _Sums) -> None:
    one = held.popleft()
    out.add(one.picture)
    sums.add(one)
