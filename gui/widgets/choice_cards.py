"""Things to choose from as cards below each other: a name, and of the chosen one also what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engine.text import Text
from gui.widgets.basics import column, label, restyle, role, row
from gui.widgets.retold import Retold
from gui.words import say


@dataclass(frozen=True)
class Choice:
    """One thing to choose."""

    id: str
    name: Text
    summary: Text


class OneChoice(Retold, QFrame):
    """A card; `beside` stands right of its name, `below` under what it is.

    Signals:
        chosen: a person wants this one.
    """

    chosen = Signal()

    def __init__(self, choice: Choice, *, beside: QWidget | None = None, below: QWidget | None = None) -> None:
        super().__init__()
        role(self, "card", on=False)
        self.choice = choice
        self._name, self._summary = label("strong"), label("caption", wrap=True)
        head = row(self._name, None, beside) if beside else self._name
        parts = [head, self._summary, *([below] if below else [])]
        self.setLayout(column(*parts, gap=1, margins=(12, 4, 10, 5)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_chosen(False)
        self.retranslate()

    def set_chosen(self, on: bool) -> None:
        restyle(self, on=on)
        self._summary.setVisible(on)

    def retranslate(self) -> None:
        self._name.setText(say(self.choice.name))
        self._summary.setText(say(self.choice.summary))
        self.setAccessibleName(f"{say(self.choice.name)}. {say(self.choice.summary)}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class Cards(QWidget):
    """Cards, one of them chosen.

    Signals:
        chosen: (str) the id of another one.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice] = ()) -> None:
        super().__init__()
        self.cards: dict[str, OneChoice] = {}
        self._chosen, self._locked = "", False
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self.show_choices(choices)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these; the one chosen stays so where it is still there, else the first is."""
        for card in self.cards.values():
            self._box.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = {choice.id: OneChoice(choice) for choice in choices}
        for id, card in self.cards.items():
            self._box.addWidget(card)
            card.chosen.connect(lambda id=id: self._chose(id))
        self.choose(self._chosen if self._chosen in self.cards else next(iter(self.cards), ""))

    @property
    def id(self) -> str:
        """Of the chosen one; "" without any."""
        return self._chosen

    def choose(self, id: str) -> None:
        """Choose one without telling anybody."""
        self._chosen = id
        for name, card in self.cards.items():
            card.set_chosen(name == id)

    def set_locked(self, locked: bool) -> None:
        """While something runs the choice stays."""
        self._locked = locked

    def _chose(self, id: str) -> None:
        if not self._locked and id != self._chosen:
            self.choose(id)
            self.chosen.emit(id)
