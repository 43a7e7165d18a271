"""The left column of the tab: Watch, Learn or Play; the game; what can be set for each."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from engine.rl.atari_cards import atari_card, titles
from engine.rl.found import FoundAgent
from engine.rl.game import Action, GameCard
from engine.rl.games import GAMES
from engine.rl.settings import EPSILON, GAMMA, DqnSettings
from engine.rl.table import TableSettings
from gui.widgets.basics import Segmented, SliderRow, Toggle, button, column, label, row, rule
from gui.widgets.form import Form
from gui.widgets.game_cards import GameCards
from gui.widgets.knobs import Knobs
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

WATCH, LEARN, PLAY = range(3)
FIXED = (
    "steps",
    "double",
    "dueling",
    "n_step",
    "prioritised",
    "memory",
    "warm_up",
    "epsilon_steps",
    "target_every",
    "train_every",
    "stop_at",
    "seed",
)


class DqnSetup(Retold, QWidget):
    """What a person sets.

    Signals:
        mode_chosen: (int) WATCH, LEARN or PLAY. game_chosen: (str).
        watch_changed: ε, γ or saliency of what is watched. player_chosen: another agent is to play.
        knob_moved: (str, int or float) of learning. table_moved: of the table.
        compare_asked: two moments of the time machine side by side.
    """

    mode_chosen = Signal(int)
    game_chosen = Signal(str)
    watch_changed = Signal()
    player_chosen = Signal()
    knob_moved = Signal(str, object)
    table_moved = Signal()
    compare_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        firsts = {card.atari for card in GAMES}
        self.mode = Segmented(3, wide=True)
        self.games = GameCards(GAMES, [atari_card(title) for title in titles() if title not in firsts])
        self._game_title, self._player_title, self._knobs_title = label("section"), label("section"), label("section")
        self.player = QComboBox()
        self.epsilon = SliderRow(0.0, 1.0, 0.01, step=0.01, live=True)
        self.gamma = SliderRow(0.0, 0.999, 0.99, step=0.01, live=True)
        self.saliency, self._saliency_words = Toggle(), label("small")
        self.table = Knobs(TableSettings())
        self.knobs, self.form = Knobs(DqnSettings()), Form(DqnSettings(), only=FIXED)
        self.form_title, self._keys = label("section"), label("small", wrap=True)
        self.time_title, self.left_moment, self.right_moment = label("section"), QComboBox(), QComboBox()
        self.compare = button("eye", "secondary", "compact")
        self.resume = QComboBox()
        self.found: tuple[FoundAgent, ...] = ()
        self.moments: tuple[FoundAgent, ...] = ()
        self._actions: tuple[Action, ...] = ()
        self._picked = False  # a person chose who plays
        for combo in (self.player, self.resume, self.left_moment, self.right_moment, self.games.more):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(3)  # a long name never widens the column
        for field in self.form.rows.values():
            if isinstance(field.control, QLineEdit):
                field.control.setFixedWidth(84)  # names are long, numbers are not
        self._lay_out()
        self._connect()
        explain(self.epsilon, EPSILON)
        explain(self.gamma, GAMMA)
        self.show_mode(WATCH)
        self.retranslate()

    def _lay_out(self) -> None:
        self._watching, self._learning, self._timing = QWidget(), QWidget(), QWidget()
        saliency = row(self._saliency_words, None, self.saliency)
        self._watching.setLayout(column(self._player_title, self.player, self.epsilon, self.gamma, saliency, gap=8))
        self._learning.setLayout(column(self._knobs_title, self.knobs, self.form_title, self.form, self.resume, gap=8))
        moments = row((self.left_moment, 1), (self.right_moment, 1), gap=6)
        self._timing.setLayout(column(self.time_title, moments, self.compare, gap=8))
        parts = (self.mode, self._watching, self.table, self._keys, self._learning, self._timing)
        self.setLayout(
            column(
                parts[0],
                self._game_title,
                self.games,
                rule(),
                *parts[1:],
                None,
                gap=10,
                margins=(16, 16, 16, 16),
            )
        )

    def _connect(self) -> None:
        self.mode.chosen.connect(self.mode_chosen)
        self.games.chosen.connect(self.game_chosen)
        self.epsilon.changed.connect(lambda _value: self.watch_changed.emit())
        self.gamma.changed.connect(lambda _value: self.watch_changed.emit())
        self.saliency.toggled.connect(lambda _on: self.watch_changed.emit())
        self.player.activated.connect(self._pick)
        self.knobs.changed.connect(self.knob_moved)
        self.table.changed.connect(lambda _name, _value: self.table_moved.emit())
        self.compare.clicked.connect(self.compare_asked)

    def _pick(self, _index: int) -> None:
        self._picked = True
        self.player_chosen.emit()

    @property
    def card(self) -> GameCard:
        return self.games.card

    def show_mode(self, mode: int) -> None:
        """Which room is open; games with a table have one room for watching and learning."""
        alone = self.card.lesson == "board"  # one room for all three
        mode, table = WATCH if alone else mode, self.card.lesson != "dqn"
        self.mode.setVisible(not alone)
        self.mode.choose(mode)
        self._watching.setVisible(mode != LEARN and not (table and mode == WATCH))
        self.saliency.setEnabled(self.card.eyes != "vector")
        self.table.setVisible(table and mode != PLAY)
        self._learning.setVisible(mode == LEARN and not table)
        self._timing.setVisible(mode == LEARN and not table and len(self.moments) > 1)
        self._keys.setVisible(mode == PLAY)

    def show_game(self, card: GameCard) -> None:
        """Another game with its own usual settings."""
        self.games.choose(card.id)
        self.knobs.set_value(card.defaults)
        self.form.set_value(card.defaults)
        self._actions, self._picked = (), False
        self._say_keys()

    def show_actions(self, actions: Sequence[Action]) -> None:
        """What can be done, for the words about keys."""
        self._actions = tuple(actions)
        self._say_keys()

    def settings(self) -> DqnSettings:
        """How the next agent is to learn."""
        fixed: dict[str, Any] = {name: getattr(self.form.value(), name) for name in self.form.rows}
        return dataclasses.replace(self.card.defaults, **fixed, **self.knobs.values())

    def show_found(self, found: Sequence[FoundAgent], *, living: bool) -> None:
        """The agents there are; `living` puts the one that learns now first."""
        chosen = self.player.currentData() if self._picked else None
        self.found = tuple(found)
        self.player.clear()
        if living:
            self.player.addItem("", "living")
        for place in range(len(found)):
            self.player.addItem("", place)
        self.player.addItem("", "chance")
        self.player.setCurrentIndex(max(0, self.player.findData(chosen)))
        self.resume.clear()
        self.resume.addItem("", None)
        for one in found:
            if one.run is not None:
                self.resume.addItem("", one.run)
        self.resume.setVisible(self.resume.count() > 1)
        self.retranslate()

    def show_moments(self, moments: Sequence[FoundAgent]) -> None:
        """The time machine of a run: from its first network to its last."""
        self.moments = tuple(moments)
        for combo, place in ((self.left_moment, 0), (self.right_moment, len(moments) - 1)):
            combo.clear()
            for one in moments:
                combo.addItem(f"{one.step:,}")
            combo.setCurrentIndex(max(0, place))
        self.show_mode(self.mode.index())

    def set_learning(self, on: bool) -> None:
        """While an agent learns its game and what is fixed stay."""
        self.games.set_locked(on)
        self.form.set_locked(on)
        self.resume.setEnabled(not on)
        if not on:
            self.knobs.forget_moves()

    def retranslate(self) -> None:
        self.mode.setTexts([self.tr("Watch"), self.tr("Learn"), self.tr("Play")])
        self._game_title.setText(self.tr("Game"))
        self._player_title.setText(self.tr("Who plays"))
        self.player.setAccessibleName(self.tr("Who plays"))
        self._knobs_title.setText(self.tr("Knobs"))
        self.form_title.setText(self.tr("Set before the start"))
        self.time_title.setText(self.tr("Time machine"))
        self.left_moment.setAccessibleName(self.tr("Left moment, steps"))
        self.right_moment.setAccessibleName(self.tr("Right moment, steps"))
        self.compare.setText(self.tr("Watch side by side"))
        self.epsilon.set_name(self.tr("Exploration ε"))
        self.gamma.set_name(self.tr("Discount γ"))
        self._saliency_words.setText(self.tr("What its value hangs on"))
        self.saliency.setAccessibleName(self.tr("What its value hangs on"))
        self.resume.setAccessibleName(self.tr("Begin anew or go on"))
        self._say_players()
        self._say_keys()

    def _say_players(self) -> None:
        special = {"living": self.tr("the agent that learns now"), "chance": self.tr("chance: random moves")}
        for place in range(self.player.count()):
            data = self.player.itemData(place)
            words = special.get(data, "") if isinstance(data, str) else say(self.found[data].words)
            if isinstance(data, int) and (score := self.found[data].score) is not None:
                words = f"{words} · {score:.1f}"
            self.player.setItemText(place, words)
        for place in range(self.resume.count()):
            run = self.resume.itemData(place)
            words = self.tr("go on: {name}").format(name=run.name) if run else self.tr("begin anew")
            self.resume.setItemText(place, words)

    def _say_keys(self) -> None:
        names = {
            "Up": "↑",
            "Down": "↓",
            "Left": "←",
            "Right": "→",
            "Space": self.tr("Space"),
        }
        told = [f"{'+'.join(names[k] for k in one.keys)}: {say(one.name)}" for one in self._actions if one.keys]
        intro = self.tr("Press Play below, then use the keys. The agent plays the same seed beside you.")
        self._keys.setText("\n".join([intro, *told]))
