"""A part of the screen as a frame source, with the reason where the system forbids it."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Any

import cv2
import numpy as np

from engine.errors import LabError
from engine.live.frames import Frame
from engine.live.sources import Screen
from engine.text import Text

_WAYLAND = Text(
    "Wayland lets no program see the screen. Log in with an X11 (Xorg) session, or choose another source.",
    "Wayland에서는 프로그램이 화면을 볼 수 없어요. X11(Xorg) 세션으로 로그인하거나 다른 소스를 골라 주세요.",
)
_NO_SCREEN = Text(
    "The screen cannot be read here: {why}. Choose another source.",
    "여기서는 화면을 읽을 수 없어요: {why}. 다른 소스를 골라 주세요.",
)
_NO_PACKAGE = Text(
    "Reading the screen needs the package mss. Install it (pip install mss), or choose another source.",
    "화면을 읽으려면 mss 패키지가 필요해요. 설치하거나(pip install mss) 다른 소스를 골라 주세요.",
)


def forbidden() -> Text | None:
    """Why the screen cannot be read here, None when it may. On macOS the system asks the person at the first try."""
    if sys.platform.startswith("linux"):
        if os.environ.get("XDG_SESSION_TYPE") == "wayland" or (
            os.environ.get("WAYLAND_DISPLAY") and not os.environ.get("DISPLAY")
        ):
            return _WAYLAND
        if not os.environ.get("DISPLAY"):
            return _NO_SCREEN(why=Text("there is no display", "디스플레이가 없어요"))
    return None


class ScreenSource:
    """Frames of the screen, `rate` times a second. mss is used by the one thread that reads."""

    live = True

    def __init__(self, source: Screen) -> None:
        self._source = source
        self._stopped = threading.Event()
        self._taker: Any = None
        self._number, self._began = 0, 0.0

    def read(self) -> Frame | None:
        """See `FrameSource.read`. Raises `LabError` where the system forbids it."""
        if self._taker is None:
            self._taker = _opened()
            self._began = time.monotonic()
        due = self._began + self._number / self._source.rate
        if self._stopped.wait(max(0.0, due - time.monotonic())):
            return None
        began = time.perf_counter()
        image = self._grab()
        now = time.monotonic()
        milliseconds = 1000 * (time.perf_counter() - began)
        frame = Frame(image, self._number, now - self._began, now, milliseconds)
        self._number = max(self._number + 1, int((now - self._began) * self._source.rate))
        return frame

    def _grab(self) -> np.ndarray:
        from mss.exception import ScreenShotError

        one, whole = self._source, self._taker.monitors[1]
        region = {"left": one.left, "top": one.top, "width": one.width, "height": one.height} if one.width else whole
        try:
            shot = self._taker.grab(region)
        except ScreenShotError as error:
            raise LabError(_NO_SCREEN(why=str(error).partition("\n")[0])) from error
        bgra = np.frombuffer(shot.bgra, np.uint8).reshape(shot.height, shot.width, 4)
        return cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGB)

    def stop(self) -> None:
        """See `FrameSource.stop`."""
        self._stopped.set()

    def close(self) -> None:
        """See `FrameSource.close`."""
        if self._taker is not None:
            self._taker.close()


def _opened() -> Any:
    why = forbidden()
    if why is not None:
        raise LabError(why)
    try:
        import mss
        from mss.exception import ScreenShotError
    except ImportError as error:
        raise LabError(_NO_PACKAGE) from error
    try:
        return mss.mss()
    except ScreenShotError as error:
        raise LabError(_NO_SCREEN(why=str(error).partition("\n")[0])) from error
