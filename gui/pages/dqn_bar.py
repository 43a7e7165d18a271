"""The tab's job bar: the job bar of the house, and Take over beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.rl.events import Learned, Started
from gui.widgets.basics import button
from gui.widgets.job_bar import JobBar


class DqnBar(JobBar):
    """Signals:
    take_over_asked: a person wants to drive, or gives back.
    """

    take_over_asked = Signal()

    def __init__(self, host: EngineHost) -> None:
        self.take_over = button("hand-pointing", "secondary", "large")
        self._can_drive = self._drives = False
        super().__init__(host)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(4, self.take_over)
        self.take_over.clicked.connect(self.take_over_asked)
        self.take_over.setFocusPolicy(self.focusPolicy())  # Space is a key of the game

    def set_driving(self, can: bool, drives: bool) -> None:
        """Whether a person may drive, and whether one does."""
        self._can_drive, self._drives = can, drives
        self._refresh()

    def show_learning(self, started: Started, now: Learned) -> None:
        """How far an agent has come."""
        words = self.tr("step {step:,} of {steps:,} · {speed:,.0f} steps/s")
        words = words.format(step=now.step, steps=started.steps, speed=now.speed)
        left = (started.steps - now.step) / max(1.0, now.speed) / 60
        self.show_progress(now.step, started.steps, words, self.tr("about {m:.0f} min left").format(m=left))

    def show_learnt(self, run: JobRun) -> None:
        """What came of an agent's learning."""
        words = self.tr("Stopped. What it learnt is kept and can be resumed.")
        if run.state is JobState.FAILED:
            words = self.tr("Ended by an error; the note above says why.")
        elif run.state is JobState.DONE:
            words = self.tr("Done in {s:,.0f} s: {mean:.1f} points, mean of {n} whole games.")
            words = words.format(s=run.result.seconds, mean=run.result.mean, n=run.result.games)
        self.show_end(words)

    def _refresh(self) -> None:
        super()._refresh()
        self._epoch.hide()  # a game has none
        self.take_over.setVisible(self.busy and self._can_drive)
        self.take_over.setText(self.tr("Give back (T)") if self._drives else self.tr("Take over (T)"))
