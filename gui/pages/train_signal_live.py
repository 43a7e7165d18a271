"""A recording that runs on under the network's window, as fast as it was recorded (lecture row 18)."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.signals.follow import Recording, recording
from engine.text import Text

FETCHING = Text("Fetching a recording", "기록 가져오기")
TICK = 100  # milliseconds
USUAL_RATE = 50.0  # samples a second, where a set does not say


class LiveTrace(QObject):
    """Plays one person's recording, from its end to its beginning again.

    Signals:
        moved: another window is under the network, or it was stopped.
    """

    moved = Signal()

    def __init__(self, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._asked = ("", "auto")
        self._recording: Recording | None = None
        self._number, self._at = 0, 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._go_on)

    def use(self, recipe: str, dataset: str) -> None:
        """Play this recipe's data when asked to; what was playing stops."""
        self._timer.stop()
        self._asked, self._recording, self._number = (recipe, dataset), None, 0

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        return self._timer.isActive()

    @property
    def window(self) -> np.ndarray:
        """What the network sees now, (T, C)."""
        assert self._recording is not None
        return self._recording.window(int(self._at))

    @property
    def label(self) -> int:
        """The class of what is seen now."""
        assert self._recording is not None
        return self._recording.label(int(self._at))

    def toggle(self) -> None:
        """Run, or stop."""
        if self.playing:
            self.stop()
        elif self._recording is None:
            self._fetch()
        else:
            self._timer.start()
            self.moved.emit()

    def stop(self) -> None:
        """Stand still."""
        if self.playing:
            self._timer.stop()
            self.moved.emit()

    def next(self) -> None:
        """Another person."""
        self._number += 1
        self._fetch()

    def _fetch(self) -> None:
        asked = self._asked
        job = recording(*asked, number=self._number)
        self._host.start(FETCHING, job, lane="io", owner=self, on_end=lambda run: self._fetched(run, asked))

    def _fetched(self, run: JobRun, asked: tuple[str, str]) -> None:
        if run.state is JobState.DONE and asked == self._asked and len(run.result):
            self._recording, self._at = run.result, 0.0
            self._timer.start()
            self.moved.emit()

    def _go_on(self) -> None:
        assert self._recording is not None
        step = (self._recording.rate or USUAL_RATE) * TICK / 1000
        self._at = (self._at + step) % len(self._recording)
        self.moved.emit()
