"""Keeping what is seen: snapshots, and videos as they looked with all results beside them.

The video is written by the job that watches, so that no picture is queued; OpenCV's own writer is enough.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import cv2
import numpy as np
from PIL import Image

from engine.errors import LabError, cannot_write
from engine.files import write_bytes
from engine.jobs import Event, Job, Progress
from engine.knobs import Box
from engine.live.rows import Tables
from engine.live.seen import Seen
from engine.text import Text

RATE = 25.0  # frames a second of a recording; slower sources repeat a frame, faster ones lose some
_FORMS = (("mp4v", ".mp4"), ("MJPG", ".avi"))  # the second needs no library beside OpenCV
_MOST_REPEATS = 250  # a source that stalled for longer leaves a cut
_NO_WRITER = Text(
    "OpenCV could not write a video in {folder}. Allow writing there, or free some space.",
    "OpenCV가 {folder} 폴더에 영상을 쓰지 못했어요. 쓰기를 허용하거나 공간을 비워 주세요.",
)

Paint = Callable[[Seen], np.ndarray]


@dataclass(frozen=True, slots=True)
class Kept(Event):
    """How far a recording is. video: its file. frames: written so far. ended: it is whole, with its results beside it."""

    video: Path
    frames: int
    seconds: float
    ended: bool = False
    latest_only: ClassVar[bool] = True

    @property
    def key(self) -> tuple[Path, bool]:
        return self.video, self.ended


@dataclass(frozen=True, slots=True)
class NotKept(Event):
    """A recording could not go on; what was watched goes on."""

    text: Text


def stamp() -> str:
    """A name that sorts by time, "20260131-142530"."""
    return datetime.now().strftime("%Y%m%d-%H%M%S")


def recorded(job: Generator[Event, None, Any], wanted: Box[Path | None], paint: Paint) -> Generator[Event, None, Any]:
    """The events of `job`; while `wanted` holds a folder, each `Seen` is also recorded into it. A job.

    Args:
        wanted: the folder of a recording, None = record nothing. Another folder begins another recording.
        paint:  a picture as it looks, (H, W, 3) uint8 RGB; called in the job's thread.
    """
    recording: Recording | None = None
    try:
        while True:
            if recording is not None and recording.folder != wanted.value:
                ended = recording.end()
                recording = None
                yield ended
            try:
                event = next(job)
            except StopIteration as end:
                return end.value
            if isinstance(event, Seen) and wanted.value is not None:
                try:
                    recording = recording or Recording(wanted.value)
                    yield recording.add(event, paint(event))
                except LabError as error:
                    recording = None
                    wanted.replace(None)
                    yield NotKept(error.text)
            yield event
    finally:
        job.close()
        if recording is not None:
            with suppress(LabError):  # nobody listens any more
                recording.end()


class Recording:
    """One video under way in a folder of its own, and the results of its pictures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writer: cv2.VideoWriter | None = None
        self._size = (0, 0)
        self._video = folder / "video.mp4"
        self._began = 0.0
        self._frames = 0
        self._tables = Tables()

    def add(self, seen: Seen, picture: np.ndarray) -> Kept:
        """Write one picture at its time. Raises `LabError` when no video can be written."""
        if self._writer is None:
            self._open(picture)
        assert self._writer is not None
        at = time.monotonic() - self._began
        fitted = _fitted(picture, self._size)
        due = int(at * RATE) + 1 - self._frames
        for _ in range(min(due, _MOST_REPEATS)):
            self._writer.write(fitted)
            self._frames += 1
        self._tables.add(seen, max(0, self._frames - 1), at)
        return Kept(self._video, self._frames, at)

    def _open(self, picture: np.ndarray) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(self.folder, error) from error
        height, width = picture.shape[:2]
        self._size = (width - width % 2, height - height % 2)  # encoders want even sides
        for form, ending in _FORMS:
            self._video = self.folder / f"video{ending}"
            writer = cv2.VideoWriter(str(self._video), cv2.VideoWriter.fourcc(*form), RATE, self._size)
            if writer.isOpened():
                self._writer, self._began = writer, time.monotonic()
                return
            writer.release()
        raise LabError(_NO_WRITER(folder=self.folder))

    def end(self) -> Kept:
        """Close the video and write the results. Raises `LabError` when they cannot be written."""
        if self._writer is not None:
            self._writer.release()
            self._writer = None
        self._tables.write(self.folder)
        return Kept(self._video, self._frames, self._frames / RATE, ended=True)


def _fitted(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """(h, w, 3) uint8 BGR of this size: a picture of another form stands in the middle of black."""
    width, height = size
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    if bgr.shape[:2] == (height, width):
        return bgr
    if bgr.shape[0] - height in (0, 1) and bgr.shape[1] - width in (0, 1):
        return np.ascontiguousarray(bgr[:height, :width])
    scale = min(width / bgr.shape[1], height / bgr.shape[0])
    inside = (max(1, round(bgr.shape[1] * scale)), max(1, round(bgr.shape[0] * scale)))
    small = cv2.resize(bgr, inside, interpolation=cv2.INTER_AREA)
    out = np.zeros((height, width, 3), np.uint8)
    top, left = (height - inside[1]) // 2, (width - inside[0]) // 2
    out[top : top + inside[1], left : left + inside[0]] = small
    return out


def snapshot(seen: Seen, painted: np.ndarray, folder: Path) -> Job:
    """Write one picture as it looked, the picture alone, and its results; a job, returns the first file.

    painted: (H, W, 3) uint8 RGB. Faces that are covered are covered in both. Raises: `LabError` when it cannot be written.
    """
    name = stamp()
    number = 1
    while (path := folder / f"snapshot-{name}{f'-{number}' if number > 1 else ''}.png").exists():
        number += 1
    yield Progress(0, 3)
    for file, picture in ((path, painted), (path.with_name(f"{path.stem}-plain.png"), seen.picture)):
        content = io.BytesIO()
        Image.fromarray(picture).save(content, "PNG")
        write_bytes(file, content.getvalue())
        yield Progress(1, 3)
    tables = Tables()
    tables.add(seen, 0, seen.frame.seconds, file=f"{path.stem}-plain.png")
    write_bytes(path.with_suffix(".json"), tables.line(0).encode())
    return path
