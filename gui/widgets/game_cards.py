"""The games as cards to choose from: those with a card of their own, then a list of all others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.rl.game import GameCard
from gui.widgets.basics import column, label
from gui.widgets.choice_cards import Choice, OneChoice
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say


class OneGame(OneChoice):
    """A game's name; chosen, also what it is."""

    def __init__(self, card: GameCard) -> None:
        super().__init__(Choice(card.id, card.name, card.summary))
        self.card = card
        explain(self, card.explanation)


class GameCards(Retold, QWidget):
    """All games, one of them chosen.

    Signals:
        chosen: (str) the id of another game.
    """

    chosen = Signal(str)

    def __init__(self, cards: Sequence[GameCard], others: Sequence[GameCard]) -> None:
        super().__init__()
        self.cards = {card.id: OneGame(card) for card in cards}
        self._others = {card.id: card for card in others}
        self.more = QComboBox()
        self.more.addItem("", "")
        for card in others:
            self.more.addItem("", card.id)
        self._ours, self._atari = label("caption"), label("caption")
        parts: list[QWidget] = [self._ours, *(w for w in self.cards.values() if not w.card.atari), self._atari]
        parts += [w for w in self.cards.values() if w.card.atari]
        self.setLayout(column(*parts, self.more, gap=4))
        for id, one in self.cards.items():
            one.chosen.connect(lambda id=id: self._chose(id))
        self.more.activated.connect(self._chose_other)
        self.more.setVisible(bool(others))
        self._locked = False
        self.choose(next(iter(self.cards)))
        self.retranslate()

    @property
    def card(self) -> GameCard:
        """The chosen one."""
        return self._card

    def choose(self, id: str) -> None:
        """Choose one without telling anybody."""
        for name, card in self.cards.items():
            card.set_chosen(name == id)
        self._card = self.cards[id].card if id in self.cards else self._others[id]
        self.more.setCurrentIndex(max(0, self.more.findData(id)))

    def set_locked(self, locked: bool) -> None:
        """While an agent learns its game stays chosen."""
        self._locked = locked
        self.more.setEnabled(not locked)

    def _chose(self, id: str) -> None:
        if not self._locked and id != self._card.id:
            self.choose(id)
            self.chosen.emit(id)
        else:
            self.choose(self._card.id)

    def _chose_other(self) -> None:
        if id := str(self.more.currentData() or ""):
            self._chose(id)

    def retranslate(self) -> None:
        self._ours.setText(self.tr("Ours: learnt in minutes"))
        self._atari.setText(self.tr("Atari: learnt in hours"))
        self.more.setAccessibleName(self.tr("More games"))
        self.more.setItemText(0, self.tr("{n} more games…").format(n=len(self._others)))
        for place, card in enumerate(self._others.values(), 1):
            self.more.setItemText(place, say(card.name))
