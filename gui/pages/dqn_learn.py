"""The stage of Learn: curves of the agent that learns, a glimpse of its game, and what surprised it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.jobs import Event
from engine.rl.events import Checked, Episode, Glimpse, KnobMoved, Learned, Started, Surprises, Synced
from engine.rl.game import GameCard
from engine.rl.settings import DqnSettings
from gui.widgets.basics import column, label, panel, row
from gui.widgets.game_chart import GameChart
from gui.widgets.game_frames import GameFrames
from gui.widgets.game_screen import HEAD, GameScreen
from gui.widgets.retold import Retold
from gui.words import say

SIDE = 168  # pixels for the small pictures


class LearnStage(Retold, QWidget):
    """Score, loss, Q, ε and speed over steps. Fed with the events of `engine.rl.dqn.train`."""

    def __init__(self) -> None:
        super().__init__()
        self._card: GameCard | None = None
        self.score = GameChart("net", smooth=True, places=1)
        self.loss, self.q = GameChart("info", smooth=True), GameChart("net", places=2)
        self.epsilon, self.speed = GameChart("you", places=2), GameChart("dim", smooth=True, places=0)
        self.charts = (self.score, self.loss, self.q, self.epsilon, self.speed)
        self.glimpse, self.surprises = GameScreen(), GameFrames()
        self.surprises.setFixedWidth(SIDE)
        self._title, self._note = label("title"), label("small")
        self._surprise_title = label("caption", wrap=True)
        self._surprise_title.setFixedWidth(SIDE)
        self._syncs: list[float] = []
        self._knobs: list[float] = []
        self._past = False  # the curve shown is that of the agent that came with the app
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(10)
        grid.addWidget(self.score, 0, 0, 1, 2)
        for place, chart in enumerate((self.loss, self.q, self.epsilon, self.speed)):
            grid.addWidget(chart, 1 + place // 2, place % 2)
        grid.setRowStretch(0, 3)
        grid.setRowStretch(1, 2)
        grid.setRowStretch(2, 2)
        self.glimpse.setFixedSize(SIDE, SIDE + HEAD)
        side = column(self.glimpse, self._surprise_title, (self.surprises, 1), gap=8)
        body = row((grid, 1), side, gap=14)
        self.setLayout(column(panel(row(self._title, None, self._note), (body, 1), gap=8, pad=14), gap=0))

    def show_game(self, card: GameCard) -> None:
        """Another game to learn; the curves of the last one go."""
        self._card = card
        self.glimpse.clear()
        self.glimpse.set_wide(False)
        self.clear()
        self.retranslate()

    def clear(self) -> None:
        """Nothing learnt yet."""
        self._syncs.clear()
        self._knobs.clear()
        for chart in self.charts:
            chart.clear()
        self._past = False
        self._say_score()

    def show_past(self, curve: Sequence[tuple[float, float]]) -> None:
        """Until something is learnt here: how the bundled agent learnt, (step, mean score) of its checks."""
        if any(chart.points for chart in self.charts):
            return
        self.score.clear()
        for step, mean in curve:
            self.score.add(step, mean)
            self.score.mark(step, mean)
        self._past = bool(curve)
        self._say_score()

    def _say_score(self) -> None:
        words = self.tr("How the bundled agent learnt: mean score of each check")
        title = words if self._past else self.tr("Score of each game; dots: checks at ε 0.01")
        self.score.set_title(title, self.tr("check"))

    def take(self, events: Sequence[Event]) -> None:
        """What a tick brought."""
        for event in events:
            self._take(event)
        for chart in self.charts:
            chart.show_marks(self._syncs if chart in (self.loss, self.q) else (), self._knobs)
            chart.update()

    def _take(self, event: Event) -> None:
        if isinstance(event, Episode):
            self.score.add(event.step, event.score)
        elif isinstance(event, Checked):
            self.score.mark(event.step, event.mean)
        elif isinstance(event, Learned):
            self._take_learned(event)
        elif isinstance(event, Synced):
            self._syncs.append(event.step)
        elif isinstance(event, KnobMoved):
            self._knobs.append(event.step)
        elif isinstance(event, Glimpse):
            self.glimpse.show_picture(event.picture)
            self.glimpse.say(self.tr("one of its games"), f"{event.score:g}")
        elif isinstance(event, Surprises):
            self._take_surprises(event)
        elif isinstance(event, Started) and event.refilled and event.step:
            words = self.tr("The replay memory was not kept: it fills again for {n:,} steps.")
            self._note.setText(words.format(n=event.refilled))

    def _take_learned(self, event: Learned) -> None:
        if event.speed:
            self.speed.add(event.step, event.speed)
        self.epsilon.add(event.step, event.epsilon)
        if event.learning:
            self._note.setText("")
            self.loss.add(event.step, event.loss)
            self.q.add(event.step, event.q)
            self.q.add_beside(event.step, event.ahead)
        else:
            self._note.setText(self.tr("Filling the replay memory with random moves"))

    def _take_surprises(self, event: Surprises) -> None:
        frames = event.frames[:3]
        if frames.ndim == 4:  # planes: seen from above, all in one
            weights = np.linspace(255, 90, frames.shape[1])[None, :, None, None]
            frames = (frames * weights).max(1).astype(np.uint8)
        words = [f"{error:+.2f}".replace("-", "−") for error in event.errors[:3]]
        self.surprises.show_frames(frames, words)

    def say_cost(self, settings: DqnSettings, mib: float) -> None:
        """Before a start: what the memory will take."""
        words = self.tr("{steps:,} steps · replay memory up to {mib:,.0f} MiB")
        self._note.setText(words.format(steps=settings.steps, mib=mib))

    def retranslate(self) -> None:
        self._title.setText(say(self._card.name) if self._card else "")
        self._say_score()
        self.loss.set_title(self.tr("Loss; marks: target synced"))
        self.q.set_title(self.tr("Q; sand: target network"))
        self.epsilon.set_title(self.tr("Exploration ε"))
        self.speed.set_title(self.tr("Steps a second"))
        self._surprise_title.setText(self.tr("What surprised it: target − Q"))
        if not self.glimpse.shown:
            self.glimpse.say(self.tr("Press Start below"), "")
