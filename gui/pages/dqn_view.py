"""What the DQN tab holds: setup at the left, a stage for each room, the mind at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState
from engine.rl.events import Glimpse, KnobMoved, Learned, Started
from engine.rl.found import FoundAgent
from engine.rl.game import GameCard
from engine.rl.games import game
from engine.rl.replay import memory_mib
from engine.rl.self_play import Judged
from engine.rl.table import TableStep
from engine.rl.watch import Moment, Opened, Player, Seen
from engine.text import Text, counted
from gui.context import Context
from gui.pages.dqn_bar import DqnBar
from gui.pages.dqn_board import BoardStage
from gui.pages.dqn_hand import Hand, Scores
from gui.pages.dqn_keep import DqnKeep
from gui.pages.dqn_learn import LearnStage
from gui.pages.dqn_look import DqnLook
from gui.pages.dqn_mind import Mind
from gui.pages.dqn_screens import Screens
from gui.pages.dqn_session import DqnSession
from gui.pages.dqn_setup import LEARN, PLAY, WATCH, DqnSetup
from gui.pages.dqn_stages import Stages
from gui.pages.dqn_table import TableStage
from gui.widgets.basics import column
from gui.widgets.columns import Columns
from gui.widgets.lens import Lens, explain
from gui.widgets.retold import Retold

_CHANCE = Text("chance: random moves", "무작위")
_LIVING = Text("the agent that learns now", "지금 배우는 에이전트")
_YOU = Text("You", "사람")


class DqnView(Retold, QWidget):
    """The whole tab. While an agent learns it can be watched: both are jobs of their own."""

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self._host, self._context = host, context
        self.session = DqnSession(host, self)
        self.setup, self.mind, self.bar = DqnSetup(), Mind(), DqnBar(host)
        self.screens, self.learn, self.table, self.board = Screens(), LearnStage(), TableStage(), BoardStage()
        self.stages = Stages(self.screens, self.learn, self.table, self.board)
        self.lens = Lens()
        middle = QWidget()
        middle.setLayout(column((self.stages, 1), self.bar, gap=8))
        self.columns = Columns(self.setup, middle, self.mind, self.lens)
        self.setLayout(column(self.columns, gap=0))
        self._mode = WATCH
        self._started: Started | None = None
        self._learned: Learned | None = None
        self.hand, self.scores, self._seed = Hand(), Scores(), 0
        self.keep = DqnKeep(host, self)
        self._done: Callable[[], None] | None = None
        self.look, self._starts = DqnLook(host, self), False  # start as soon as it is known who can play
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        self._take_game(self.setup.card.id)
        self.retranslate()

    def _connect(self) -> None:
        setup, session = self.setup, self.session
        setup.mode_chosen.connect(self.show_mode)
        setup.game_chosen.connect(self._take_game)
        setup.watch_changed.connect(self._want)
        setup.player_chosen.connect(self._player_chosen)
        setup.knob_moved.connect(session.move_knob)
        setup.table_moved.connect(self._table_moved)
        setup.compare_asked.connect(self._compare)
        self.look.found.connect(self._found)
        self.look.moments.connect(setup.show_moments)
        self.look.before.connect(self._show_before)
        self.look.refused.connect(lambda why: self.stages.refuse(self.card, why))
        self.stages.absent.game_asked.connect(self._take_game)
        session.seen.connect(self._seen)
        session.seen_over.connect(self._seen_over)
        session.learned.connect(self._learnt)
        session.learned_over.connect(self._learned_over)
        session.table.connect(self._table_seen)
        self.screens.speed_chosen.connect(lambda speed: session.want(speed=speed))
        self.bar.start_asked.connect(self.start)
        self.bar.step_asked.connect(self._one_step)
        self.bar.take_over_asked.connect(self.take_over)
        for stage in (self.table, self.board):
            stage.edited.connect(self._world_edited)
        self.keep.told.connect(lambda words: self.screens.show_note(words, "plain"))
        self.screens.record.clicked.connect(self._record)
        self.screens.table.clicked.connect(lambda: self.keep.ask_scores(self.scores.table(self.card.id)))
        for key, act in (("T", self.take_over), (".", self._one_step)):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # Rooms and games

    @property
    def card(self) -> GameCard:
        return self.setup.card

    @property
    def _is_table(self) -> bool:
        return self.card.lesson == "board" or (self.card.lesson == "table" and self._mode != PLAY)

    @property
    def _filled(self) -> TableStage | BoardStage:
        """The stage whose table fills."""
        return self.board if self.card.lesson == "board" else self.table

    def show_mode(self, mode: int) -> None:
        """Watch, Learn or Play."""
        if mode != self._mode:
            self.session.leave()
        self._mode = mode
        self.setup.show_mode(mode)
        self.stages.show_room(self._filled if self._is_table else self.learn if mode == LEARN else self.screens)
        self.bar.set_driving(False, False)
        if mode == LEARN and self.session.busy and self.session.learning:
            self.bar.follow(self.session.learning)
            self._show_progress()
        else:
            self.bar.show_end("")
        self.screens.show_game(self.card)
        self.mind.show_bellman(mode != LEARN or self._is_table)
        self.mind.show_epsilon(self.setup.epsilon.value())
        self._say_note()
        self._say_start()

    def _take_game(self, id: str) -> None:
        card = game(id)
        self.stages.accept()
        self.session.leave()
        self.session.want(hand=-1, keys=frozenset())
        self.scores.clear()
        self.setup.show_game(card)
        self.setup.show_found((), living=False)
        self.setup.show_moments(())
        self.mind.show_game(card)
        self.mind.show_scores(())
        self._filled.show_game(card)
        self.learn.show_game(card)
        self.learn.say_cost(card.defaults, memory_mib(card.defaults.memory, card.shape, card.dtype))
        self._show_before(None)
        explain(self.learn, card.explanation)
        self.lens.explain(card.explanation)
        self.show_mode(self._mode)
        self.look_round()

    def look_round(self) -> None:
        """Which agents are there for this game, and what it looks like."""
        self.look.round(self.card)

    def _found(self, found: tuple[FoundAgent, ...]) -> None:
        self.setup.show_found(found, living=self.session.busy)
        self.learn.show_past(next((one.curve for one in found if one.curve), ()))
        self._say_note()
        if self._starts:
            self.start()

    def _show_before(self, picture: np.ndarray | None) -> None:
        """The game as it begins, faint, for who has not pressed anything yet; None: not known."""
        self.screens.show_before(picture)
        self.learn.glimpse.show_before(picture)

    def start(self) -> None:
        """The primary button: watch, learn or play."""
        self._starts = not (self.look.done or self._is_table or self._mode == LEARN)
        if self._starts:  # in a moment, when it is known who can play
            return
        if self._is_table:
            self.mind.show_game(self.card, self._filled.moves)
            self.bar.follow(self.session.fill_table(self.card, self._filled.job(self.session.table_knobs)))
        elif self._mode == LEARN:
            self._start_learning()
        elif self._mode == PLAY:
            self._watch((Player(_YOU), self._player()), hand=0)
            self.setFocus()
        else:
            self._watch((self._player(),), hand=-1)

    def _watch(self, players: tuple[Player, ...], *, hand: int) -> None:
        self._seed += 1
        self.session.want(**self._wished(), hand=hand, keys=frozenset(), seed=self._seed)
        self.screens.show_game(self.card, players)
        self.bar.follow(self.session.watch(self.card, players))
        self.bar.set_driving(True, hand >= 0)

    def _player(self) -> Player:
        chosen = self.setup.player.currentData()
        if chosen == "living":
            return Player(_LIVING, living=self.session.living)
        if isinstance(chosen, int):
            return Player(self.setup.found[chosen].words, self.setup.found[chosen].path)
        return Player(_CHANCE)

    def _player_chosen(self) -> None:
        self._say_note()
        if self.session.watching and not self._is_table:
            self.start()

    def _compare(self) -> None:
        """Two moments of the time machine, the same seed, side by side."""
        places = (self.setup.left_moment.currentIndex(), self.setup.right_moment.currentIndex())
        players = tuple(Player(self.setup.moments[i].words, self.setup.moments[i].path) for i in places)
        self.show_mode(WATCH)
        self._watch(players, hand=-1)

    def _start_learning(self) -> None:
        if self.setup.form.go_to_problem():
            return
        settings, resume = self.setup.settings(), self.setup.resume.currentData()
        self.learn.clear()
        self._started = self._learned = None
        self.bar.follow(self.session.learn(self.card, settings, resume=resume))
        self.setup.set_learning(True)

    # What the jobs say

    def _seen(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Moment):
                self._take_moment(event)
            elif isinstance(event, Opened):
                self.stages.accept()
                self.setup.show_actions(event.actions)
                self.mind.show_game(self.card, event.actions)
            elif isinstance(event, Seen):
                self.screens.show_seen(event)
                if event.player == len(self.screens.players) - 1:
                    self.mind.show_values(event.values, event.action, target=event.target, hand=event.by_hand)
                    self.mind.loop.show_state(event.picture)
                self._tell_done()

    def _take_moment(self, moment: Moment) -> None:
        self.screens.add(moment)
        if moment.player == len(self.screens.players) - 1:
            self.mind.show_moment(moment)
            self.bar.show_endless(self.tr("step {step:,} · seed {seed}").format(step=moment.step, seed=self._seed))
        if moment.over:
            self.scores.add(moment.score, by_hand=self.session.wish.value.hand == moment.player)
            self.mind.show_scores(self.scores.rows())

    def _seen_over(self, run: JobRun) -> None:
        if self._mode != LEARN or self._is_table:
            left = run.state is JobState.FAILED or not (self._is_table or self.screens.players)  # for another game
            self.bar.show_end("" if left else self.tr("Stopped."))
            self.bar.set_driving(False, False)
        if self.screens.players and self.screens.screens[0].empty:
            self.screens.show_game(self.card)  # nothing is being opened any more

    def _learnt(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Started):
                self.stages.accept()
                self._started = event
                self.mind.show_game(self.card, event.actions)
                self.setup.show_found(self.setup.found, living=True)
            elif isinstance(event, Learned):
                self._learned = event
                self.mind.show_epsilon(event.epsilon)
            elif isinstance(event, Glimpse) and self._mode == LEARN:
                self.mind.show_glimpse(event)
            elif isinstance(event, KnobMoved):
                self.setup.knobs.note_move(event.name, event.old, event.step)
        self.learn.take(events)
        self._show_progress()
        if self._learned and self._learned.learning:
            self._tell_done()

    def _show_progress(self) -> None:
        if self._mode == LEARN and self._started and self._learned and not self._is_table:
            self.bar.show_learning(self._started, self._learned)

    def _learned_over(self, run: JobRun) -> None:
        self.setup.set_learning(False)
        if self._mode == LEARN:
            self.bar.show_learnt(run)
        self.look_round()

    def _table_seen(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, TableStep):
                self.mind.show_table(event, self.session.table_knobs.value.gamma)
                self._filled.show_step(event)
                self.bar.show_endless(counted(self.tr("{n:,} games").format(n=event.games)))
                self._tell_done()
            elif isinstance(event, Judged):
                self.board.show_judged(event)

    # What a hand does

    def _want(self) -> None:
        self.mind.show_epsilon(self.setup.epsilon.value())
        self.session.want(**self._wished())

    def _wished(self) -> dict[str, Any]:
        now = self.setup
        return {"epsilon": now.epsilon.value(), "gamma": now.gamma.value(), "saliency": now.saliency.isChecked()}

    def _record(self) -> None:
        self.keep.ask_film(self.card, self._player(), seed=self._seed, epsilon=self.setup.epsilon.value())

    def _table_moved(self) -> None:
        values: dict[str, Any] = self.setup.table.values()
        self.session.table_knobs.replace(type(self.session.table_knobs.value)(**values))

    def _world_edited(self) -> None:
        if self._is_table and self.bar.busy:
            self.start()

    def take_over(self) -> None:
        """T: drive in mid-game, or give back."""
        if self.session.watching and not self._is_table and self.stages.currentWidget() is self.screens:
            hand = -1 if self.session.wish.value.hand >= 0 else 0
            self.session.want(hand=hand, keys=frozenset())
            self.bar.set_driving(True, hand >= 0)
            self.setFocus()

    def _one_step(self) -> None:
        """`.`: one decision, then pause."""
        run = self.session.learning if self._mode == LEARN and not self._is_table else self.session.watched
        if run is not None and not run.state.final:
            self._host.resume(run, until=lambda event: isinstance(event, Seen | TableStep | Learned))

    def toggle_pause(self) -> bool:
        """Space, unless a person drives: then it is a key of the game."""
        if self.session.watching and self.session.wish.value.hand >= 0 and not self._is_table:
            return True
        return self.bar.toggle_pause()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event, down=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._key(event, down=False):
            super().keyReleaseEvent(event)

    def _key(self, event: QKeyEvent, *, down: bool) -> bool:
        if self.stages.currentWidget() is self.board:
            return down and self.board.press_key(event)
        if not self.session.watching or self.session.wish.value.hand < 0 or not self.hand.take(event, down=down):
            return False
        self.session.want(keys=self.hand.held)
        return True

    # The tab

    def leave(self) -> None:
        """Another tab came to the front: the games end, learning goes on."""
        self.hand.let_go()
        self.session.leave()

    def open(self, argument: dict[str, Any]) -> None:
        """{"game": id, "start": True}."""
        if "game" in argument:
            self._take_game(str(argument["game"]))
        if argument.get("start"):
            self.show_mode(LEARN)
            self.start()

    def do_its_job(self, done: Callable[[], None]) -> None:
        """Watch a game until it can be seen."""
        self._done = done
        self.start()

    def _tell_done(self) -> None:
        if self._done is not None:
            done, self._done = self._done, None
            done()

    def _say_note(self) -> None:
        trained = isinstance(self.setup.player.currentData(), int) or self.setup.player.currentData() == "living"
        self.screens.show_note("" if trained or self._mode == PLAY else self.tr("no agent chosen: random moves"))

    def _say_start(self) -> None:
        words = (self.tr("Watch"), self.tr("Start"), self.tr("Play"))[self._mode]
        self.bar.set_start(self.tr("Start") if self._is_table else words)
        self.bar.set_name(self.tr("Learning") if self._mode == LEARN or self._is_table else self.tr("Playing"))

    def retranslate(self) -> None:
        self.bar.retranslate()
        self._say_note()
        self._say_start()
        self.mind.show_scores(self.scores.rows())
