"""The room where generators learn: a contest move by move, every recipe with its pictures, the energy of two units."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.cards import Explanation
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState
from engine.latent import lessons
from engine.latent.energy_example import Energies, energies
from engine.latent.events import Checked, KnobMoved, Learned, Noticed, Started
from engine.latent.found import known_generators
from engine.latent.generate import glimpse
from engine.latent.points import draw_points
from engine.latent.recipes import LatentRecipe
from engine.latent.stepping import Moved
from engine.text import Text
from gui.pages.latent_contest import ContestStage
from gui.pages.latent_denoise_stage import DenoiseStage
from gui.pages.latent_energy_stage import EnergyStage
from gui.pages.latent_learn_setup import ALONE, DENOISE, ENERGY, MELODY, MOVES, POINTS, LearnSetup
from gui.pages.latent_learn_side import LearnSide
from gui.pages.latent_melody_stage import MelodyStage
from gui.pages.latent_session import LatentSession
from gui.pages.latent_train_stage import CHAIN, SAMPLES, TrainStage
from gui.widgets.basics import column
from gui.widgets.columns import Columns
from gui.widgets.job_bar import JobBar
from gui.widgets.lens import Lens, explain
from gui.widgets.retold import Retold

_LOOKING = Text("Looking for generators", "생성기를 찾는 중")
_COUNTING = Text("Working out energies", "에너지 계산")
DRAWN = 1500  # points of a named distribution


class LearnRoom(Retold, QWidget):
    """Start is the one primary action; the four buttons make one move.

    Signals:
        grown: a run has ended or got new weights: other rooms may want them.
    """

    grown = Signal()

    def __init__(self, host: EngineHost, head: QWidget) -> None:
        super().__init__()
        self._host = host
        self.session = LatentSession(host, self)
        self.setup, self.side, self.bar, self.lens = LearnSetup(), LearnSide(), JobBar(host), Lens()
        self.contest, self.training, self.energy = ContestStage(), TrainStage(), EnergyStage()
        self.melody, self.denoise = MelodyStage(host), DenoiseStage(host)
        self.stages = QStackedWidget()
        for stage in (self.contest, self.training, self.energy, self.melody, self.denoise):
            self.stages.addWidget(stage)
        middle, left = QWidget(), QWidget()
        middle.setLayout(column((self.stages, 1), self.bar, gap=8))
        left.setLayout(column(head, (self.setup, 1), gap=0))
        self.columns = Columns(left, middle, self.side, self.lens)
        self.setLayout(column(self.columns, gap=0))
        self._started: Started | None = None
        self._ended: JobRun | None = None
        self._learning_card: LatentRecipe | None = None
        self._done: Callable[[], None] | None = None
        self._points = draw_points("ring", DRAWN, seed=0)
        self._connect()
        self.contest.board.show_real(self._points)
        self.choose(POINTS)
        self.retranslate()

    def _connect(self) -> None:
        setup, session = self.setup, self.session
        setup.chosen.connect(self.choose)
        setup.points_chosen.connect(self._take_points)
        setup.data_chosen.connect(self._begin_anew)
        setup.knob_moved.connect(self._knob_moved)
        setup.arrows_toggled.connect(lambda on: self._show_part("arrows", on))
        setup.sheet_toggled.connect(lambda on: self._show_part("sheet", on))
        setup.form.changed.connect(lambda _value: self._settings_changed())
        self.contest.board.drawn.connect(self._drawn)
        self.contest.moves.asked.connect(self.one_move)
        self.contest.moves.pace_chosen.connect(session.choose_pace)
        session.moved.connect(self._moved)
        session.contest_over.connect(lambda _run: self._contest_over())
        session.learned.connect(self._learned)
        session.learned_over.connect(self._learned_over)
        session.inside.connect(self.training.show_inside)
        self.training.view_chosen.connect(lambda _view: self._look_inside())
        self.energy.moved.connect(self._work_out)
        self.melody.tunes_known.connect(self.side.show_tunes)
        self.denoise.known.connect(lambda found: self.side.show_cleaning(found.figures))
        self.bar.start_asked.connect(self.start)
        self.bar.step_asked.connect(self.one_move)
        step = QShortcut(QKeySequence("."), self)
        step.activated.connect(self.one_move)

    # What is to learn

    @property
    def _is_contest(self) -> bool:
        return self.setup.choice in (POINTS, MOVES)

    def choose(self, id: str) -> None:
        """A lesson or a recipe."""
        self.session.leave()
        self.setup.show_choice(id)
        card = self.setup.card
        self.bar.setVisible(id not in ALONE)
        self.melody.leave()
        self.denoise.stop()
        about = self._about(id, card.kind if card else "")
        explain(self.stages, about)
        self.lens.explain(about)
        self.side.show_kind(card.kind if card else id if id in ALONE else "gan", card)
        own = {ENERGY: self.energy, MELODY: self.melody, DENOISE: self.denoise}
        self.stages.setCurrentWidget(self.training if card else own.get(id, self.contest))
        if card is not None:
            self._show_recipe(card)
        elif id == ENERGY:
            self._work_out(*self.energy.values())
        elif id == MELODY:
            self.melody.begin()
        elif id == DENOISE:
            self.denoise.begin()
        else:
            self.contest.show_kind(pictures=id == MOVES)
            self.bar.show_end("")
            self.setup.set_running(False)
        self._say_start()

    @staticmethod
    def _about(id: str, kind: str) -> Explanation:
        """What the chosen thing is about."""
        own = {MELODY: lessons.MELODY, DENOISE: lessons.DENOISING, ENERGY: lessons.ENERGY}
        kinds = {"ae": lessons.CODE, "vae": lessons.CODE, "rbm": lessons.ENERGY, "dbn": lessons.ENERGY}
        return own.get(id) or kinds.get(kind, lessons.CONTEST)

    def _show_recipe(self, card: LatentRecipe) -> None:
        if self.session.busy and self._learning_card is card:
            assert self.session.learning is not None
            self.bar.follow(self.session.learning)
            self.setup.set_running(True)
            return
        self._ended = None
        self.training.show_card(card)
        self.bar.show_end("")
        self.setup.set_running(False)
        self.look_round()

    def look_round(self) -> None:
        """Which runs of this recipe can go on, and what the generator that came with the app makes."""
        if (card := self.setup.card) is not None:
            self._host.start(_LOOKING, known_generators(card.id), lane="io", owner=self, on_end=self._found)

    def _found(self, run: JobRun) -> None:
        card = self.setup.card
        if run.state is not JobState.DONE or card is None or self.session.busy:
            return
        mine = [one for one in run.result if one.recipe is card]
        self.setup.show_runs(mine)
        if not self.training.frames and (ours := next((one for one in mine if one.run is None), None)):
            self.side.show_bundled(ours.figures)
            self._host.start(_LOOKING, glimpse(card.id), lane="io", owner=self, on_end=self._glimpsed)

    def _glimpsed(self, run: JobRun) -> None:
        if run.state is JobState.DONE and run.result[0] == self.setup.choice and not self.session.busy:
            self.training.show_glimpse(run.result[2])

    def _take_points(self, name: str) -> None:
        self._new_points(draw_points(name, DRAWN, seed=0))

    def _drawn(self, points: np.ndarray) -> None:
        self._points = points
        self._begin_anew()

    def _new_points(self, points: np.ndarray) -> None:
        self._points = points
        self.contest.board.show_real(points)
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Other points or pictures: a contest that was on goes on with them."""
        if self.session.playing:
            self.start()

    def _show_part(self, name: str, on: bool) -> None:
        setattr(self.contest.board, name, on)
        self.contest.board.update()

    def _settings_changed(self) -> None:
        if self.setup.card is not None:
            self.side.show_layers(self.setup.settings())

    # Start

    def start(self) -> None:
        """The primary button: play the contest, or learn."""
        if self.setup.form.go_to_problem():
            return
        if self._is_contest:
            self._begin_contest(held=False)
        elif (card := self.setup.card) is not None and not self.session.busy:
            self._learning_card, self._started, self._ended = card, None, None
            self.training.clear()
            self.side.clear()
            run = self.session.learn(
                card, self.setup.settings(), dataset=self.setup.dataset, resume=self.setup.resumed()
            )
            self.bar.follow(run)
            self.setup.set_running(True)

    def _begin_contest(self, *, held: bool) -> None:
        settings = self.setup.settings()
        self.side.clear()
        if self.setup.choice == POINTS:
            run = self.session.begin_points(self._points, settings, held=held)
        else:
            setup = self.setup
            run = self.session.begin_pictures(setup.contest_card.id, settings, dataset=setup.dataset, held=held)
        for chart in (self.contest.beliefs, self.contest.beliefs_made, self.contest.losses):
            chart.clear()
        self.bar.follow(run)
        self.setup.set_running(True)

    def one_move(self) -> None:
        """The next of the four moves; the first begins the contest. In a training: to the next figures."""
        if self._is_contest:
            if self.session.playing:
                self.session.one_move()
            else:
                self._begin_contest(held=True)
        elif self.session.busy and self.session.learning is not None:
            self._host.resume(self.session.learning, until=lambda event: isinstance(event, Learned))

    # What the jobs say

    def _moved(self, events: list[Event]) -> None:
        for event in events:
            if not isinstance(event, Moved):
                continue
            assert self.session.contest is not None
            fast = self.session.pace.value.seconds == 0 and not self.session.contest.paused
            self.contest.show_moved(event, fast=fast)
            self.side.formula.show_terms(event.terms, None if fast else event.move)
            if event.fallen is not None:
                self.side.show_fallen(event.fallen.words)
            words = self.tr("round {n:,}").format(n=event.terms.update)
            self._say_start()  # held after a single move it says so
            self.bar.show_endless(words)
            self._tell_done()

    def _contest_over(self) -> None:
        if self._is_contest:
            self.bar.show_end("")
            self.setup.set_running(False)
            self.contest.moves.show_next(next(iter(self.contest.moves.buttons)))
            self._say_start()

    def _learned(self, events: list[Event]) -> None:
        if self.setup.card is not self._learning_card:
            return
        self.training.take(events)
        for event in events:
            if isinstance(event, Started):
                self._started = event
            elif isinstance(event, Learned):
                self.side.formula.show_values(dict(event.losses))
                self._show_progress(event)
            elif isinstance(event, Checked):
                self.side.show_figures(event.figures)
                self.side.show_fallen(None)
                self.grown.emit()
            elif isinstance(event, Noticed):
                self.side.show_fallen(Text(event.en, event.ko))
            elif isinstance(event, KnobMoved):
                self.setup.knobs.note_move(event.name, event.old, event.step)
        self._look_inside()

    def _look_inside(self) -> None:
        if self.training.view_index != SAMPLES:
            self.session.look_inside(chain=self.training.view_index == CHAIN)

    def _show_progress(self, event: Learned) -> None:
        if self._started is None:
            return
        words = self.tr("epoch {epoch:.2f} of {epochs:g} · {speed:,.0f} images/s")
        words = words.format(epoch=event.epoch, epochs=self._started.epochs, speed=event.images_per_second)
        left = (self._started.epochs - event.epoch) * self._started.train_count / max(1.0, event.images_per_second)
        time = self.tr("about {m:.0f} min left").format(m=left / 60)
        if left < 90:
            time = self.tr("about {s:.0f} s left").format(s=left)
        self.bar.show_progress(event.epoch, self._started.epochs, words, time if event.images_per_second else "")

    def _learned_over(self, run: JobRun) -> None:
        self._ended = run
        self.setup.set_running(False)
        if run.state is JobState.DONE:
            self.side.show_figures(run.result.figures)
        if self.setup.card is self._learning_card:
            self._say_end()
        self.look_round()
        self.grown.emit()
        self._tell_done()

    def _say_end(self) -> None:
        run = self._ended
        if run is None or self._is_contest or self.session.busy:
            return
        words = self.tr("Stopped. What it learnt is kept and can be resumed.")
        if run.state is JobState.FAILED:
            words = self.tr("Ended by an error; the note above says why.")
        elif run.state is JobState.DONE:
            words = self.tr("Done in {s:,.0f} s: {n:,} steps. Explore it in the next room.")
            words = words.format(s=run.result.seconds, n=run.result.steps)
        self.bar.show_end(words)

    def _knob_moved(self, name: str, value: float) -> None:
        if self._is_contest:
            settings: Any = self.session.pace.value.settings
            if self.session.playing:
                self.session.set_contest(dataclasses.replace(settings, **{name: value}))
        elif self.setup.card is self._learning_card:  # a person may look at another recipe meanwhile
            self.session.move_knob(name, value)

    def _work_out(self, w: float, a: float, b: float) -> None:
        def end(run: JobRun) -> None:
            if run.state is JobState.DONE and (w, a, b) == self.energy.values():
                found: Energies = run.result
                self.energy.show_energies(found)

        self._host.start(_COUNTING, energies(w, a, b), lane="interactive", owner=self, on_end=end)

    # The room

    def leave(self) -> None:
        """Another tab came to the front: the contest ends, learning goes on."""
        self.melody.leave()
        self.denoise.leave()
        if self.session.playing:
            self.session.leave()
            self._contest_over()

    def do_its_job(self, done: Callable[[], None]) -> None:
        """Play the contest of points until it can be seen."""
        self._done = done
        self.start()

    def _tell_done(self) -> None:
        if self._done is not None:
            done, self._done = self._done, None
            done()

    def _say_start(self) -> None:
        self.bar.set_start(self.tr("Play") if self._is_contest else self.tr("Start"))
        self.bar.set_name(self.tr("Playing") if self._is_contest else self.tr("Learning"))

    def retranslate(self) -> None:
        self._say_start()
        self._say_end()
