"""What stands on the stage instead of a game that cannot be opened here: why, and games that can."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.rl.game import GameCard
from engine.rl.games import OURS
from engine.text import Text
from gui.widgets.basics import State, button, column, panel, row
from gui.widgets.retold import Retold
from gui.words import say

WIDEST = 520  # logical pixels; longer lines are hard to read
# Those that are played by eye, as Atari is.
_OTHERS = tuple(card for card in OURS if card.eyes == "planes" and card.lesson == "dqn")[:2]


class GameAbsent(Retold, QWidget):
    """The reason, and two of our own games, which need nothing else.

    Signals:
        game_asked: (str) play this game instead.
    """

    game_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._card: GameCard | None = None
        self._why = Text("", "")
        self.others = {card.id: button("game-controller") for card in _OTHERS}
        self.state = State("warning", *self.others.values(), tone="bad")
        self.state.setMaximumWidth(WIDEST)
        self.setLayout(column(panel(column(None, row(None, (self.state, 4), None), None, None)), gap=0))
        for id, one in self.others.items():
            one.clicked.connect(lambda _=False, id=id: self.game_asked.emit(id))
        self.retranslate()

    def show_why(self, card: GameCard, why: Text) -> None:
        """This game is not here; `why` says what is missing and what to do."""
        self._card, self._why = card, why
        self.retranslate()

    def retranslate(self) -> None:
        name = say(self._card.name) if self._card else ""
        self.state.set_words(self.tr("{game} cannot be opened here").format(game=name), say(self._why))
        for card in _OTHERS:
            self.others[card.id].setText(say(card.name))
