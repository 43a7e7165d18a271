"""Train's job bar: how far a training is and what came of it, in words."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.host import EngineHost
from engine.jobs import JobRun, JobState, Progress
from engine.signals.recipes import is_signal
from engine.train.events import Outcome, Step
from engine.train.figures import metric_name
from engine.train.forecast import forecast
from engine.train.race import RaceOutcome
from gui.widgets.basics import button
from gui.widgets.job_bar import JobBar
from gui.widgets.run_curves import RunCurves
from gui.words import say


class TrainBar(JobBar):
    """A job bar that knows steps and epochs.

    Signals:
        race_asked: train two settings side by side.
        forecast_asked: how long will this take here?
    """

    race_asked = Signal()
    forecast_asked = Signal()

    def __init__(self, host: EngineHost) -> None:
        self.race, self.how_long = button("flag", size="large"), button("clock", "quiet", "large")
        self._words: QHBoxLayout | None = None
        self._tried = self._trying = False
        self._ended: tuple[JobRun, float] | None = None
        self._step_shown: tuple[Step, RunCurves] | None = None
        self._seconds: float | None = None
        self._end_words = self._missing = ""
        super().__init__(host)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(1, self.race)
        self._words = self._row_of(self._name)
        self._refresh()
        layout.insertWidget(2, self.how_long)
        self.how_long.clicked.connect(self.forecast_asked)
        self.race.clicked.connect(self.race_asked)

    def _refresh(self) -> None:
        super()._refresh()
        self.race.setVisible(not self.busy)
        if self._words is not None:  # what came of a run may be a long sentence: it never widens the stage
            policy, ended = self._name.sizePolicy(), bool(self._end) and not self.busy
            policy.setHorizontalPolicy(policy.Policy.Ignored if ended else policy.Policy.Preferred)
            self._name.setSizePolicy(policy)
            self._name.setWordWrap(ended)
            self._words.setStretchFactor(self._name, 100 if ended else 0)
        unknown = not self.busy and self._seconds is None and self._ended is None and not self._missing
        self.how_long.setVisible(unknown)
        self.how_long.setEnabled(not self._trying)
        trying, asking = self.tr("Trying twenty steps…"), self.tr("How long will it take?")
        self.how_long.setText(trying if self._trying else asking)

    def _row_of(self, widget: QWidget) -> QHBoxLayout | None:
        """The row that holds a part of the bar."""
        return next((row for row in self.findChildren(QHBoxLayout) if row.indexOf(widget) >= 0), None)

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
        found = forecast(started, curves.pace())
        seconds = found.left if found else curves.seconds_left()
        times = left.format(gone=self.span(step.seconds), left=self.span(seconds))
        self.show_progress(step.epoch, started.epochs, words, times)
        self.mark_estimate(found is not None)

    def finish(self, run: JobRun) -> None:
        """It is over: what was kept."""
        self._ended = run, self._step_shown[0].seconds if self._step_shown else 0.0
        self._say_end()

    def forget_end(self) -> None:
        """Another recipe was chosen: Start would begin that one, not the last again."""
        if self._ended is not None and not self.busy:
            self._ended, self._end_words = None, ""
            self.show_end("")

    def show_cost(self, seconds: float | None, *, estimate: bool = False) -> None:
        """What such a training took here before, or an estimate of it; None when it is not known."""
        self._seconds, self._tried, self._missing = seconds, estimate, ""
        words = ""
        if seconds:
            told = self.tr("about {time} here") if estimate else self.tr("about {time}, as on this machine before")
            words = told.format(time=self.span(seconds))
        if not self.busy:
            self.mark_estimate(estimate)
        self.set_start(self.tr("Start training"), words)

    def show_missing(self, name: str) -> None:
        """The data are not here: what to do before a start."""
        words = self.tr("{name} is not on this machine yet: choose its folder at the left.").format(name=name)
        self._seconds, self._missing = None, name
        self.set_start(self.tr("Start training"), words)
        self._refresh()

    def set_trying(self, on: bool) -> None:
        """While it is being found out how long a training takes."""
        self._trying = on
        self._refresh()

    def span(self, seconds: float) -> str:
        """A time as people say it."""
        if seconds < 99.5:
            return self.tr("{n:.0f} s").format(n=seconds)
        return self.tr("{m} min {s} s").format(m=int(seconds) // 60, s=int(seconds) % 60)

    def retranslate(self) -> None:
        super().retranslate()
        self.set_name(self.tr("Training"))
        self.race.setText(self.tr("Race…"))
        self.race.setToolTip(self.tr("Two settings on the same pictures from the same starting weights"))
        self.how_long.setToolTip(self.tr("Takes twenty steps with these settings, keeps nothing, and tells the time"))
        if self._missing:
            self.show_missing(self._missing)
        else:
            self.show_cost(self._seconds, estimate=self._tried)
        if self.busy and self._step_shown:
            self.show_step(*self._step_shown)
        self._say_end()

    def _done_words(self, found: Outcome) -> str:
        figure = 100 * (found.accuracy or 0.0)
        if is_signal(found.recipe):
            words = self.tr("Done in {time}. {name} {figure:.1f} % on {n:,} windows ({split}). Best weights kept.")
        elif found.metric == "accuracy":
            words = self.tr("Done in {time}. {accuracy:.1f} % on {n:,} test digits. Best weights kept.")
            return words.format(time=self.span(found.seconds), accuracy=figure, n=found.test_count)
        else:
            words = self.tr("Done in {time}. {name} {figure:.1f} % on {n:,} photographs ({split}). Best weights kept.")
        name = say(metric_name(found.metric))
        return words.format(
            time=self.span(found.seconds), name=name, figure=figure, n=found.test_count, split=found.split
        )

    @property
    def end_words(self) -> str:
        """What came of the last training; "" while one runs or before the first."""
        return self._end_words

    def _say_end(self) -> None:
        if self._ended is None:
            return
        run, seconds = self._ended
        if run.state is JobState.DONE and isinstance(run.result, RaceOutcome):
            words = say(run.result.words)
        elif run.state is JobState.DONE:
            words = self._done_words(run.result)
        elif run.state is JobState.CANCELLED:
            words = self.tr("Stopped after {time}. What was made is kept and can be resumed.")
            words = words.format(time=self.span(seconds))
        else:
            words = self.tr("Ended by an error after {time}; the note above says why.")
            words = words.format(time=self.span(seconds))
        self._end_words = words
        self.show_end(words)
