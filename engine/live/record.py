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

import numpy as np
from PIL import Image

from engine.errors import LabError
from engine.files import write_bytes
from engine.jobs import Event, Job, Progress
from engine.knobs import Box
from engine.live.keeping import VideoOut
from engine.live.rows import Tables
from engine.live.seen import Seen
from engine.text import Text

RATE = 25.0  # frames a second of a recording; slower sources repeat a frame, faster ones lose some
_MOST_REPEATS = 250  # a source that stalled for longer leaves a cut
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
        self._video = VideoOut(folder / "video.mp4", RATE, or_avi=True)
        self._began = 0.0
        self._tables = Tables()

    def add(self, seen: Seen, picture: np.ndarray) -> Kept:
        """Write one picture at its time. Raises `LabError` when no video can be written."""
        first = self._video.count == 0
        if first:
            self._began = time.monotonic()
        at = time.monotonic() - self._began
        due = 1 if first else int(at * RATE) + 1 - self._video.count
        self._video.add(picture, times=min(max(0, due), _MOST_REPEATS))
        self._tables.add(seen, max(0, self._video.count - 1), at)
        return Kept(self._video.path, self._video.count, at)

    def end(self) -> Kept:
        """Close the video and write the results. Raises `LabError` when they cannot be written."""
        frames = self._video.count
        self._video.close()
        self._tables.write(self.folder)
        return Kept(self._video.path, frames, frames / RATE, ended=True)


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
