"""The object a person clicked on the stage of Live: followed from picture to picture, told at the right."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject

from engine.live.overlays import Segmented
from gui.pages.live_reading import LiveReading
from gui.pages.live_session import LiveSession
from gui.pages.live_shown import name_of, percent
from gui.widgets.frame_view import FrameView

READING_MS = 120  # details are read, not watched


class LivePick(QObject):
    """Between the picture, where a click chooses, and the column, where the choice is described."""

    def __init__(self, session: LiveSession, view: FrameView, reading: LiveReading) -> None:
        super().__init__(view)
        self._session, self._view, self._reading = session, view, reading
        self._told_at = 0.0
        view.picked.connect(self._picked)
        view.moved.connect(self._moved)

    def leave(self) -> None:
        """No object is chosen any more."""
        self._view.choose(-1)
        self._reading.show_mark(None)

    def _picked(self, _index: int, x: float, y: float) -> None:
        mark = self._view.chosen
        self._reading.show_mark(mark, self._pixel_words(x, y) if mark is None else "")

    def _moved(self) -> None:
        now = time.monotonic()
        if 1000 * (now - self._told_at) >= READING_MS:
            self._told_at = now
            self._reading.show_mark(self._view.chosen)

    def _pixel_words(self, x: float, y: float) -> str:
        """The class of the pixel at a place of the picture, where there is one."""
        last = self._session.last
        for result in last.seen.results if last else ():
            if isinstance(result, Segmented):
                label = int(result.labels[int(y), int(x)])
                if label < len(result.classes):
                    return f"{name_of(result.classes, label)} {percent(float(result.shares[label]), 1)}"
        return ""
