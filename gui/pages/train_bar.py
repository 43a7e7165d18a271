"""Train's job bar: how far a training is and what came of it, in words."""

from __future__ import annotations

import math

from engine.host import EngineHost
from engine.jobs import JobRun, JobState, Progress
from engine.train.events import Step
from gui.widgets.job_bar import JobBar
from gui.widgets.run_curves import RunCurves
from gui.words import say


class TrainBar(JobBar):
    """A job bar that knows steps and epochs."""

    def __init__(self, host: EngineHost) -> None:
        self._ended: tuple[JobRun, float] | None = None
        self._step_shown: tuple[Step, RunCurves] | None = None
        self._seconds: float | None = None
        self._end_words = ""
        super().__init__(host)

    def begin(self, run: JobRun) -> None:
        """A training was started."""
        self._ended, self._step_shown, self._end_words = None, None, ""
        self.follow(run)

    def show_reading(self, event: Progress) -> None:
        """It reads its data first."""
        if self._step_shown is None:
            self.show_progress(event.done, event.total, say(event.note) if event.note else "")

    def show_step(self, step: Step, curves: RunCurves) -> None:
        """How far it is."""
        self._step_shown = step, curves
        if (started := curves.started) is None:
            return
        words = self.tr("epoch {now} of {epochs:g} · step {step:,} of {steps:,}").format(
            now=min(math.ceil(started.epochs), math.floor(step.epoch) + 1),
            epochs=started.epochs,
            step=step.step,
            steps=max(step.step, started.total_steps),
        )
        left = self.tr("{gone} gone, about {left} left")
        times = left.format(gone=self.span(step.seconds), left=self.span(curves.seconds_left()))
        self.show_progress(step.epoch, started.epochs, words, times)

    def finish(self, run: JobRun) -> None:
        """It is over: what was kept."""
        self._ended = run, self._step_shown[0].seconds if self._step_shown else 0.0
        self._say_end()

    def show_cost(self, seconds: float | None) -> None:
        """What such a training took here before; None when it is not known."""
        self._seconds = seconds
        words = self.tr("about {time}, as on this machine before").format(time=self.span(seconds)) if seconds else ""
        self.set_start(self.tr("Start training"), words)

    def span(self, seconds: float) -> str:
        """A time as people say it."""
        if seconds < 99.5:
            return self.tr("{n:.0f} s").format(n=seconds)
        return self.tr("{m} min {s} s").format(m=int(seconds) // 60, s=int(seconds) % 60)

    def retranslate(self) -> None:
        super().retranslate()
        self.set_name(self.tr("Training"))
        self.show_cost(self._seconds)
        if self.busy and self._step_shown:
            self.show_step(*self._step_shown)
        self._say_end()

    @property
    def end_words(self) -> str:
        """What came of the last training; "" while one runs or before the first."""
        return self._end_words

    def _say_end(self) -> None:
        if self._ended is None:
            return
        run, seconds = self._ended
        if run.state is JobState.DONE:
            words = self.tr("Done in {time}. {accuracy:.1f} % on {n:,} test digits. Best weights kept.").format(
                time=self.span(run.result.seconds), accuracy=100 * run.result.accuracy, n=run.result.test_count
            )
        elif run.state is JobState.CANCELLED:
            words = self.tr("Stopped after {time}. What was made is kept and can be resumed.")
            words = words.format(time=self.span(seconds))
        else:
            words = self.tr("Ended by an error after {time}; the note above says why.")
            words = words.format(time=self.span(seconds))
        self._end_words = words
        self.show_end(words)
