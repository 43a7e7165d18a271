"""Runs in a process of its own: opens a camera or a video and hands frames out, one for each time it is asked.

A stranger's video can crash the decoder (OpenCV 5.0.0 did on one odd AVI), and a camera that was pulled out can
hold its reader for ten seconds. Here neither takes the program along. Imports nothing but OpenCV, so that it
starts in a fraction of a second.
"""

from __future__ import annotations

import os
import sys
from multiprocessing.connection import Connection
from typing import Any

MOST_CAMERAS = 4


def serve(asked: Connection, source: int | str) -> None:
    """Answer on `asked`: first ("open", frames a second, count) or ("closed",), then to each "next" a frame.

    A frame is ("frame", height, width) followed by its bytes, (H, W, 3) uint8 RGB; ("end",) when there
    is no more. Anything else than "next" ends it.
    """
    capture = _opened(source)
    try:
        if not capture.isOpened():
            asked.send(("closed",))
            return
        asked.send(("open", *_facts(capture)))
        while asked.recv() == "next":
            if not _send_frame(asked, capture):
                return
    except (EOFError, OSError):
        return  # nobody listens any more
    finally:
        capture.release()
        asked.close()


def look(asked: Connection) -> None:
    """Answer with the numbers of the cameras that can be opened."""
    found = []
    for number in range(MOST_CAMERAS):
        if sys.platform.startswith("linux") and not os.path.exists(f"/dev/video{number}"):
            continue
        capture = _opened(number)
        if capture.isOpened():
            found.append(number)
        capture.release()
    asked.send(found)
    asked.close()


def _opened(source: int | str) -> Any:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # decoders complain on their own there, in words for nobody
    import cv2

    capture = cv2.VideoCapture(source)
    if isinstance(source, int):
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # the newest frame, not those that waited
    return capture


def _facts(capture: Any) -> tuple[float, int]:
    import cv2

    rate, count = capture.get(cv2.CAP_PROP_FPS), capture.get(cv2.CAP_PROP_FRAME_COUNT)
    return (rate if 0 < rate < 1000 else 0.0), max(0, int(count))


def _send_frame(asked: Connection, capture: Any) -> bool:
    import cv2

    good, frame = capture.read()
    if not good or frame is None:
        asked.send(("end",))
        return False
    picture = cv2.cvtColor(frame, cv2.COLOR_GRAY2RGB if frame.ndim == 2 else cv2.COLOR_BGR2RGB)
    asked.send(("frame", picture.shape[0], picture.shape[1]))
    asked.send_bytes(memoryview(picture).cast("B"))
    return True
