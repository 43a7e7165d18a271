"""A video repainted frame by frame (lecture row 100): read in a process of its own, written as it goes."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import cv2
import numpy as np

from engine.errors import LabError
from engine.jobs import Event, Progress
from engine.knobs import Box
from engine.live.keeping import VideoOut
from engine.live.opening import open_source
from engine.live.sources import VideoFile
from engine.style.brush import Brush
from engine.style.fast import Wish, mixed, opened
from engine.style.keeping import check_video_name
from engine.style.steady import Steady
from engine.text import Text

USUAL_RATE = 25.0  # frames a second of a video that does not say
_PREVIEW = 1 / 15  # seconds between two previews
_NO_FRAMES = Text("Nothing was seen in {path}.", "{path}에서 아무것도 보지 못했어요.")
_SAME_FILE = Text(
    "The new video must not be the old one. Choose another name.",
    "새 영상이 원래 영상과 같으면 안 돼요. 다른 이름을 골라 주세요.",
)


@dataclass(frozen=True, slots=True, eq=False)
class FramePainted(Event):
    """A frame of the video, as it came and repainted: both (H, W, 3) uint8 RGB; `done` of `total` (0 = not known)."""

    photo: np.ndarray
    picture: np.ndarray
    done: int
    total: int
    rate: float
    latest_only: ClassVar[bool] = True


def paint_video(
    video: Path, to: Path, wishes: Box[Wish], kept: Box[Brush | None]
) -> Generator[Event, None, dict[str, Any]]:
    """Repaint a video; a job, returns its figures. Sound is not copied.

    Args:
        wishes: how it is painted, which may change on the way, but for the size. kept: the opened painter, or None.
    Yields `FramePainted` at most 15 times a second, `Progress` else. Stopped, or where the video breaks off, what was
    written is kept as a video that plays.
    Raises: `LabError` when the video cannot be read or written, or as `engine.style.fast.mixed`.
    """
    check_video_name(to)
    if to.exists() and video.exists() and to.samefile(video):
        raise LabError(_SAME_FILE)
    brush = yield from opened(kept)
    wish, code = wishes.value, (yield from mixed(brush, wishes.value))
    frames, side = open_source(VideoFile(video, loop=False), whole=True), wish.side
    out, shown, began, steady = None, 0.0, time.perf_counter(), Steady()
    try:
        while (frame := frames.read()) is not None:
            if wishes.value != wish:
                wish, code = wishes.value, (yield from mixed(brush, wishes.value))
            photo = reduced(frame.image, side)
            out = out or VideoOut(to, frame.rate or USUAL_RATE)
            painted = steady.mix(photo, brush.paint(photo, code, wish.strength), wish.steady)
            out.add(painted)
            if out.count == 1:
                brush.build(photo, code)
            now = time.perf_counter()
            if now - shown > _PREVIEW:
                shown = now
                yield FramePainted(photo, painted, out.count, frame.count, out.count / (now - began))
            else:
                yield Progress(out.count, frame.count)
    finally:
        frames.stop()
        frames.close()
        if out is not None:
            out.close(keep=out.count > 0)
    if out is None:
        raise LabError(_NO_FRAMES(path=video))
    seconds = time.perf_counter() - began
    height, width = painted.shape[:2]
    return {
        "file": to,
        "frames": out.count,
        "width": width,
        "height": height,
        "seconds": seconds,
        "frames_per_second": out.count / seconds,
        "backend": brush.backend,
    }


def reduced(picture: np.ndarray, side: int) -> np.ndarray:
    """(H, W, 3) uint8 with a longer side of at most `side` pixels and even sides, as encoders want them."""
    scale = min(1.0, side / max(picture.shape[:2]))
    width, height = (max(2, round(length * scale) // 2 * 2) for length in picture.shape[1::-1])
    if (height, width) == picture.shape[:2]:
        return picture
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
