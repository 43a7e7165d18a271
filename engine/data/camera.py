"""Pictures from a camera or a video file, shown as they come and kept into classes while a hand says so.

The reading itself happens in a process of its own (`engine.grabber`): a decoder that crashes or a camera that
hangs ends that process, not the program.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Generator, Hashable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from engine import grabber
from engine.data.capture import CaptureBin
from engine.errors import LabError
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
_PATIENCE = 0.05  # seconds between two chances to be paused or cancelled
_SILENCE = 20.0  # seconds without an answer after which a camera counts as hung


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
    with _Child(grabber.look) as child:
        found = yield from child.answer(LOOKING)
    return tuple(found or ())


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
    with _Child(grabber.serve, source if camera else str(source)) as child:
        told = yield from child.answer(OPENING)
        if not told or told[0] != "open":
            raise LabError(NO_CAMERA if camera else _NO_VIDEO(path=source))
        rate, count = (0.0, 0) if camera else (told[1] or _USUAL_RATE, told[2])
        started, number, at = time.monotonic(), 0, 0.0
        while True:
            child.ask("next")
            found = yield from child.answer(OPENING)
            if found is None:
                raise LabError(_broken(source, at))
            if found[0] == "end":
                if not number:
                    raise LabError(NO_CAMERA if camera else _NO_VIDEO(path=source))
                if camera:
                    raise LabError(_broken(source, at))
                return
            gone = time.monotonic() - started
            at = number / rate if rate else gone
            while rate and gone < at:  # a video is watched, not raced through
                time.sleep(min(_PATIENCE, at - gone))
                gone = time.monotonic() - started
                yield Progress(number, count)
            yield Frame(found[1], number, at, count)
            number += 1


def _broken(source: int | Path, at: float) -> Text:
    name: object = source.name if isinstance(source, Path) else Text("Camera {n}", "카메라 {n}")(n=source + 1)
    return _BROKEN(name=name, at=f"{int(at) // 60}:{int(at) % 60:02d}")


class _Child:
    """The process that reads, and the line to it. Leaving it ends the process and lets go of the camera."""

    def __init__(self, work: Callable[..., None], *arguments: object) -> None:
        spawn = multiprocessing.get_context("spawn")  # a fork would carry the threads of the window along
        self._line, theirs = spawn.Pipe()
        self._process = spawn.Process(target=work, args=(theirs, *arguments), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.ask("end")
        self._line.close()
        for end in (lambda: None, self._process.terminate, self._process.kill):
            end()
            self._process.join(1.0)
            if self._process.exitcode is not None:
                break
        else:
            return  # stuck in the system: it is let go when the program ends
        self._process.close()

    def ask(self, word: str) -> None:
        with suppress(OSError):  # it is gone; `answer` says so
            self._line.send(word)

    def answer(self, waiting: Text) -> Generator[Event, None, Any]:
        """What it says next, None when it is gone or silent for too long; a frame as ("frame", image)."""
        last = time.monotonic() + _SILENCE
        while not self._line.poll(_PATIENCE):
            yield Progress(0, 0, waiting)
            if time.monotonic() > last:
                return None
        try:
            said = self._line.recv()
            if isinstance(said, tuple) and said[0] == "frame":
                height, width = said[1:]
                return "frame", np.frombuffer(self._line.recv_bytes(), np.uint8).reshape(height, width, 3)
        except (EOFError, OSError):
            return None
        return said
