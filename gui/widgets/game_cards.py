"""The games as cards to choose from: those with a card of their own, then a list of all others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from engine.rl.game import GameCard
from gui.widgets.basics import column, label, restyle, role
from gui.widgets.lens import explain
from gui.words import say


class OneGame(QFrame):
    """A game's name; chosen, also what it is.

    Signals:
        chosen: a person wants this one.
    """

    chosen = Signal()

    def __init__(self, card: GameCard) -> None:
        super().__init__()
        role(self, "card", on=False)
        self.card = card
        self._name, self._summary = label("strong"), label("caption", wrap=True)
        self.setLayout(column(self._name, self._summary, gap=1, margins=(12, 4, 10, 5)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        explain(self, card.explanation)
        self.set_chosen(False)

    def set_chosen(self, on: bool) -> None:
        restyle(self, on=on)
        self._summary.setVisible(on)

    def retranslate(self) -> None:
        self._name.setText(say(self.card.name))
        self._summary.setText(say(self.card.summary))
        self.setAccessibleName(f"{say(self.card.name)}. {say(self.card.summary)}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class GameCards(QWidget):
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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self._ours.setText(self.tr("Ours: learnt in minutes"))
        self._atari.setText(self.tr("Atari: learnt in hours"))
        self.more.setAccessibleName(self.tr("More games"))
        self.more.setItemText(0, self.tr("{n} more games…").format(n=len(self._others)))
        for place, card in enumerate(self._others.values(), 1):
            self.more.setItemText(place, say(card.name))
        for one in self.cards.values():
            one.retranslate()
