"""Pictures from a camera or a video file, shown as they come and kept into classes while a hand says so.

The reading itself happens in a process of its own (`engine.grabber`): a decoder that crashes or a camera that
hangs ends that process, not the program.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator, Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import numpy as np

from engine.data.capture import CaptureBin
from engine.errors import LabError
from engine.grabber import Wish
from engine.grabbing import PATIENCE, Facts, Gone, Grabber, grabbing, looking
from engine.jobs import Event, Job, Progress
from engine.knobs import Box
from engine.text import Text

LOOKING = Text("Looking for cameras", "카메라 찾는 중")
OPENING = Text("Opening the camera", "카메라 여는 중")
NO_CAMERA = Text(
    "No camera found. Plug one in and it appears here, or open a video file.",
    "카메라를 찾지 못했어요. 카메라를 연결하면 여기에 나와요. 영상 파일을 열 수도 있어요.",
)
_NO_VIDEO = Text(
    "{path} is not a video this program can open. Choose another file.",
    "{path} 파일은 열 수 있는 영상이 아니에요. 다른 파일을 골라 주세요.",
)
_BROKEN = Text(
    "{name} stopped at {at}. It is damaged there, or the camera was unplugged. What was recorded before is kept.",
    "{name} 재생이 {at}에서 멈췄어요. 거기서 손상됐거나 카메라가 빠졌어요. 그 앞에 담은 것은 남아 있어요.",
)
_USUAL_RATE = 25.0  # frames a second of a video that does not say


@dataclass(frozen=True, slots=True)
class Frame(Event):
    """One picture of a camera or video; only the newest is shown.

    image: (H, W, 3) uint8 RGB, contiguous, never written. number: counted from 0. seconds: since the start.
    count: frames in the video, 0 = not known (a camera).
    """

    image: np.ndarray
    number: int
    seconds: float
    count: int = 0
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Recorded(Event):
    """How many pictures of a class were kept so far."""

    name: str
    count: int
    latest_only: ClassVar[bool] = True

    @property
    def key(self) -> Hashable:
        return self.name


@dataclass(frozen=True, slots=True)
class Recording:
    """What a hand wants at this moment.

    name: the class to keep frames in; "" = keep none. per_second: frames a second to keep. mirrored: as in a mirror.
    """

    name: str = ""
    per_second: float = 5.0
    mirrored: bool = False


def find_cameras() -> Job:
    """The numbers of the cameras that can be opened, a tuple of int."""
    with looking() as child:
        yield Progress(0, 0, LOOKING)
        try:
            for _ in child.waiting():
                yield Progress(0, 0, LOOKING)
            found = child.answer()
        except Gone:
            found = ()
    return tuple(number for number, _, _ in found)


def watch(source: int | Path, wanted: Box[Recording], keep_in: CaptureBin) -> Job:
    """Yield `Frame`s of a camera or video, and keep those that `wanted` asks for; returns how many were kept.

    A video plays at its own speed and ends; a camera goes on until cancelled, and is let go of then.
    Raises: `LabError` when there is no camera, the file is no video, or it breaks off.
    """
    kept: Counter[str] = Counter()
    before, due = "", 0.0
    for_ever = _frames(source)
    try:
        for event in for_ever:
            if not isinstance(event, Frame):
                yield event
                continue
            now = wanted.value
            frame = replace(event, image=np.ascontiguousarray(event.image[:, ::-1])) if now.mirrored else event
            yield frame
            if now.name != before:
                before, due = now.name, frame.seconds  # a tap keeps one frame at least
            if now.name and frame.seconds >= due:
                keep_in.add(frame.image, now.name)
                kept[now.name] += 1
                due = max(due, frame.seconds - 1 / now.per_second) + 1 / now.per_second
                yield Recorded(now.name, kept[now.name])
    finally:
        for_ever.close()
    return sum(kept.values())


def _frames(source: int | Path) -> Generator[Event, None, None]:
    """Every frame of a camera as it comes, or of a video at its own speed; `Progress` while there is none."""
    camera = isinstance(source, int)
    closed = LabError(NO_CAMERA if camera else _NO_VIDEO(path=source))
    with grabbing(Wish(source if isinstance(source, int) else str(source))) as child:
        yield from _waiting(child, closed)
        try:
            facts = child.open()
        except Gone as error:
            raise closed from error
        if not isinstance(facts, Facts):
            raise closed
        rate, count = (0.0, 0) if camera else (facts.rate or _USUAL_RATE, facts.count)
        started, number, at = time.monotonic(), 0, 0.0
        while True:
            try:
                yield from _waiting(child, LabError(_broken(source, at)))
                found = child.next()
            except Gone as error:
                raise LabError(_broken(source, at)) from error
            if found is None:
                if camera:
                    raise LabError(_broken(source, at))
                return
            gone = time.monotonic() - started
            at = number / rate if rate else gone
            while rate and gone < at:  # a video is watched, not raced through
                time.sleep(min(PATIENCE, at - gone))
                gone = time.monotonic() - started
                yield Progress(number, count)
            yield Frame(found.image, number, at, count)
            number += 1


def _waiting(child: Grabber, broken: LabError) -> Generator[Event, None, None]:
    try:
        for _ in child.waiting():
            yield Progress(0, 0, OPENING)
    except Gone as error:
        raise broken from error


def _broken(source: int | Path, at: float) -> Text:
    name: object = source.name if isinstance(source, Path) else Text("Camera {n}", "카메라 {n}")(n=source + 1)
    return _BROKEN(name=name, at=f"{int(at) // 60}:{int(at) % 60:02d}")
