"""One picture on its way from a source to the screen, and the reader that always hands out the newest.

A camera goes on while a network thinks. Whoever reads it in step with a slow network shows the past; here a thread
of its own reads as fast as frames come, keeps one and counts those that nobody took.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.errors import LabError
from engine.text import Text, same


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a source.

    image:   (H, W, 3) uint8 RGB, contiguous, never written.
    number:  counted from 0 in this opening of the source.
    seconds: its place in the source: of a video its own time, of a camera the time since it was opened.
    taken:   `time.monotonic()` when it left the source; its age is counted from here.
    capture_ms: what reading and decoding it took.
    count:   frames of the whole source, 0 = not known (a camera).
    rate:    frames a second of a video as it is played, 0 = not known.
    name:    of a picture in a folder its file name, else "".
    """

    image: np.ndarray
    number: int
    seconds: float
    taken: float
    capture_ms: float = 0.0
    count: int = 0
    rate: float = 0.0
    name: Text = same("")  # noqa: RUF009  frozen


class FrameSource(Protocol):
    """A source that opens at its first `read`. One thread reads and closes; `stop` may be called from another."""

    live: bool
    """True: it goes on by itself (camera, stream, screen, a video at its own speed), newest frame wins."""

    def read(self) -> Frame | None:
        """Wait for the next frame; None when there are no more. Raises `LabError`."""

    def stop(self) -> None:
        """Let a `read` under way come back soon; there will be no other."""

    def close(self) -> None:
        """Let go of the device or file, after the last `read`."""


class NewestFrame:
    """Reads a source on a thread of its own and hands out only the newest frame; `drops` counts the others."""

    def __init__(self, source: FrameSource) -> None:
        self._source = source
        self._fresh = threading.Condition()
        self._frame: Frame | None = None
        self._error: LabError | None = None
        self._open = True
        self.drops = 0
        self._reader = threading.Thread(target=self._read, name="live frame reader", daemon=True)
        self._reader.start()

    def take(self, timeout: float) -> Frame | None:
        """The newest frame not taken yet; None when none came within `timeout` seconds. Raises what the source did."""
        with self._fresh:
            self._fresh.wait_for(lambda: self._frame is not None or not self._open, timeout)
            frame, self._frame = self._frame, None
        if frame is None and self._error is not None:
            error, self._error = self._error, None
            raise error
        return frame

    @property
    def ended(self) -> bool:
        """True when the source has no more and the last frame was taken."""
        with self._fresh:
            return not self._open and self._frame is None and self._error is None

    def close(self) -> None:
        """End the thread and let go of the source; both are gone when this returns."""
        with self._fresh:
            self._open = False
            self._fresh.notify_all()
        self._source.stop()
        self._reader.join()

    def _read(self) -> None:
        error = None
        try:
            while self._open and (frame := self._source.read()) is not None:
                with self._fresh:
                    self.drops += self._frame is not None
                    self._frame = frame
                    self._fresh.notify_all()
        except LabError as said:
            error = said
        finally:  # a defect of ours ends the thread as well; whoever waits must not wait for ever
            self._source.close()
            with self._fresh:
                self._error, self._open = (error if self._open else None), False
                self._fresh.notify_all()


def age_ms(frame: Frame) -> float:
    """Milliseconds since the frame left its source."""
    return 1000 * (time.monotonic() - frame.taken)
