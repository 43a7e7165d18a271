"""Keeping what is shown in the Live tab: snapshots and recordings, and the line that says where they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine import places
from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun
from engine.live.record import Kept, NotKept, snapshot, stamp
from engine.live.seen import Seen
from engine.text import Text
from gui.pages import live_words
from gui.pages.live_session import LiveSession
from gui.pages.live_shown import painted
from gui.settings_dialog import open_folder
from gui.widgets.basics import Icon, button, restyle, row
from gui.widgets.inspector_parts import ShortLabel
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

SAVING = Text("Saving a snapshot", "사진 저장")


class LiveKeep(Retold, QWidget):
    """One line under the picture: what was saved, and a way to its folder. Nothing is there before.

    Signals:
        recording: (float) seconds recorded so far; negative = it does not record.
    """

    recording = Signal(float)

    def __init__(self, host: EngineHost, session: LiveSession) -> None:
        super().__init__()
        self._host, self._session = host, session
        self._saved: Path | None = None
        self._problem: Text | None = None
        self._under_way: Path | None = None
        self._icon, self._words, self._open = (
            Icon("check", "good", 14),
            ShortLabel("small"),
            button(kind="quiet", size="compact"),
        )
        self._open.clicked.connect(lambda: self._saved and open_folder(self._saved.parent))
        explain(self, live_words.RECORD)
        self.setLayout(row(self._icon, (self._words, 1), self._open, gap=8))
        session.told.connect(self._told)
        session.gone.connect(self._ended)
        self.retranslate()
        self.hide()

    @property
    def saved(self) -> Path | None:
        """The file that was saved last."""
        return self._saved

    def snapshot(self) -> None:
        """Save the picture in view, with and without what lies over it."""
        last = self._session.last
        if last is None or not self._session.busy:
            return
        job = _snapshot(last.seen, painted(last.seen, self._session.look.value))
        self._host.start(SAVING, job, lane="io", owner=self, on_end=self._snapped)

    def _snapped(self, run: JobRun) -> None:
        if isinstance(run.result, Path):
            self._tell(run.result)
        elif isinstance(run.result, LabError):
            self._tell(None, run.result.text)

    def toggle_recording(self) -> None:
        """Begin a recording, or end the one under way."""
        keep_in = self._session.keep_in
        if keep_in.value is not None:
            keep_in.replace(None)
            self.recording.emit(-1.0)
        elif self._session.busy:
            keep_in.replace(places.recordings() / f"live-{stamp()}")
            self.recording.emit(0.0)

    def leave(self) -> None:
        """The source is let go of: the recording ends with it."""
        if self._session.keep_in.value is not None:
            self._session.keep_in.replace(None)
            self.recording.emit(-1.0)

    def _told(self, event: Event) -> None:
        if isinstance(event, NotKept):
            self._under_way = None
            self.recording.emit(-1.0)
            self._tell(None, event.text)
        elif isinstance(event, Kept) and event.ended:
            self._under_way = None
            self._tell(event.video)
        elif isinstance(event, Kept):
            self._under_way = event.video
            if self._session.keep_in.value is not None:
                self.recording.emit(event.seconds)

    def _ended(self) -> None:
        """The job that recorded has ended, and with it the file."""
        if self._under_way is not None:
            video, self._under_way = self._under_way, None
            self._tell(video)

    def _tell(self, saved: Path | None, problem: Text | None = None) -> None:
        self._saved, self._problem = saved or self._saved, problem
        self.show()
        self.retranslate()

    def retranslate(self) -> None:
        self._open.setText(self.tr("Open folder"))
        self._open.setVisible(self._saved is not None and self._problem is None)
        self._icon.show_icon("warning" if self._problem else "check", "bad" if self._problem else "good")
        restyle(self._words, tone="bad" if self._problem else "dim")
        if self._problem is not None:
            self._words.say(say(self._problem))
        elif self._saved is not None:
            name = self._saved.name if self._saved.suffix == ".png" else f"{self._saved.parent.name}/{self._saved.name}"
            self._words.say(self.tr("Saved: {file}").format(file=name))


def _snapshot(seen: Seen, picture: np.ndarray) -> Job:
    """The job of `snapshot`, whose expected trouble is an answer."""
    try:
        return (yield from snapshot(seen, picture, places.recordings()))
    except LabError as error:
        return error
