"""Runs in a process of its own: opens a camera, a video or a stream and hands frames out when asked.

A stranger's video can crash the decoder (OpenCV 5.0.0 did on one odd AVI), and a camera that was pulled out can
hold its reader for ten seconds. Here neither takes the program along. Imports nothing but OpenCV, so that it
starts in a fraction of a second. The other end is `engine.grabbing`.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from typing import Any

SLOTS = 3  # frames in shared memory: one being written, one being read, one that waits
_PATIENCE_MS = 8000  # for a network stream to open and to go on


@dataclass(frozen=True, slots=True)
class Wish:
    """What is opened: a camera's number, or a file or address. backend: OpenCV's number of the interface, 0 = any.

    width, height, rate: asked of a camera, 0 = as it comes. start: seconds into a video.
    """

    source: int | str
    backend: int = 0
    width: int = 0
    height: int = 0
    rate: float = 0.0
    start: float = 0.0


def serve(asked: Connection, wish: Wish) -> None:
    """Answer on `asked`: first ("open", frames a second, count, width, height), ("closed",) or ("unread",).

    "unread" is a container that opens while no frame can be decoded. After ("memory", name or "") each "next" is
    answered by ("frame", height, width, slot, milliseconds, seconds), the pixels (H, W, 3) uint8 RGB in that slot, or
    for slot −1 as bytes that follow; ("end",) when there is no more. ("seek", seconds) goes there. Else it ends.
    """
    _be_quiet()
    reader = _Reader(wish)
    memory: SharedMemory | None = None
    try:
        if not reader.opened:
            asked.send(("unread",) if reader.container else ("closed",))
            return
        asked.send(("open", *reader.facts()))
        name = asked.recv()[1]
        memory = SharedMemory(name) if name else None
        _answer(asked, reader, memory)
    except (EOFError, OSError):
        return  # nobody listens any more
    finally:
        reader.close()
        asked.close()
        if memory is not None:
            memory.close()


def _answer(asked: Connection, reader: _Reader, memory: SharedMemory | None) -> None:
    number = 0
    while True:
        word = asked.recv()
        if isinstance(word, tuple) and word[0] == "seek":
            reader.seek(word[1])
        elif word == "next":
            _send_frame(asked, reader, memory, number % SLOTS)
            number += 1
        else:
            return


def look(asked: Connection) -> None:
    """Answer with (number, name, backend) of each camera; none is opened, so that no light goes on."""
    _be_quiet()
    from cv2_enumerate_cameras import enumerate_cameras

    found: dict[int, tuple[int, str, int]] = {}
    for one in enumerate_cameras():
        number = one.index % 100 if one.index >= 100 else one.index  # OpenCV adds the interface to it: 700, 1400
        found.setdefault(number, (number, one.name or "", int(one.backend)))
    asked.send([found[number] for number in sorted(found)])
    asked.close()


def _be_quiet() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # decoders complain on their own there, in words for nobody


class _Reader:
    """OpenCV's capture with its first frame read, which is the only proof that it can be decoded."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._capture = _opened(wish)
        self.container = self._capture.isOpened()
        self._first = self._read() if self.container else None
        self.opened = self._first is not None

    def facts(self) -> tuple[float, int, int, int]:
        import cv2

        assert self._first is not None
        rate, count = self._capture.get(cv2.CAP_PROP_FPS), self._capture.get(cv2.CAP_PROP_FRAME_COUNT)
        height, width = self._first[0].shape[:2]
        return (rate if 0 < rate < 1000 else 0.0), max(0, int(count)), width, height

    def read(self) -> tuple[Any, float, float] | None:
        """(BGR or grey frame, milliseconds it took, seconds into the video); None at the end."""
        found, self._first = self._first, None
        return found or self._read()

    def _read(self) -> tuple[Any, float, float] | None:
        import cv2

        began = time.perf_counter()
        at = max(0.0, self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000)
        good, frame = self._capture.read()
        return (frame, 1000 * (time.perf_counter() - began), at) if good and frame is not None else None

    def seek(self, seconds: float) -> None:
        """Go to a moment of a video; to its beginning by opening it again, which works for every container."""
        import cv2

        self._first = None
        if seconds > 0:
            self._capture.set(cv2.CAP_PROP_POS_MSEC, 1000 * seconds)
            return
        self._capture.release()
        self._capture = _opened(self._wish)

    def close(self) -> None:
        self._capture.release()


def _opened(wish: Wish) -> Any:
    import cv2

    cv2.setNumThreads(1)
    if isinstance(wish.source, int):
        capture = cv2.VideoCapture(wish.source, wish.backend)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # the newest frame, not those that waited
        asked = ((cv2.CAP_PROP_FRAME_WIDTH, wish.width), (cv2.CAP_PROP_FRAME_HEIGHT, wish.height))
        for what, value in (*asked, (cv2.CAP_PROP_FPS, wish.rate)):
            if value:
                capture.set(what, value)
        return capture
    if "://" in wish.source:
        patience = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _PATIENCE_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _PATIENCE_MS]
        return cv2.VideoCapture(wish.source, cv2.CAP_FFMPEG, patience)
    capture = cv2.VideoCapture(wish.source)
    if wish.start > 0 and capture.isOpened():
        capture.set(cv2.CAP_PROP_POS_MSEC, 1000 * wish.start)
    return capture


def _buffer(memory: SharedMemory) -> Any:
    return memory.buf  # None only after it was closed


def _send_frame(asked: Connection, reader: _Reader, memory: SharedMemory | None, slot: int) -> None:
    import cv2
    import numpy as np

    found = reader.read()
    if found is None:
        asked.send(("end",))
        return
    frame, milliseconds, at = found
    code = cv2.COLOR_GRAY2RGB if frame.ndim == 2 else cv2.COLOR_BGR2RGB
    height, width = frame.shape[:2]
    size = height * width * 3
    if memory is not None and size <= memory.size // SLOTS:
        pixels = np.frombuffer(_buffer(memory), np.uint8, size, slot * (memory.size // SLOTS)).reshape(height, width, 3)
        cv2.cvtColor(frame, code, dst=pixels)
        del pixels  # a view would keep the memory from being let go
        asked.send(("frame", height, width, slot, milliseconds, at))
        return
    asked.send(("frame", height, width, -1, milliseconds, at))
    asked.send_bytes(memoryview(cv2.cvtColor(frame, code)).cast("B"))
