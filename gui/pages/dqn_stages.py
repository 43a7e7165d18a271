"""The stages of the DQN tab, one in front: watching, learning, a table, or why the chosen game is not here."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.rl.game import GameCard
from engine.text import Text
from gui.widgets.game_absent import GameAbsent


class Stages(QStackedWidget):
    """Shows the stage of a room, unless the game cannot be opened: then why, and others that can."""

    def __init__(self, *stages: QWidget) -> None:
        super().__init__()
        self.absent = GameAbsent()
        self._room, self._refused = stages[0], False
        for stage in (*stages, self.absent):
            self.addWidget(stage)

    def show_room(self, stage: QWidget) -> None:
        """This stage belongs to the room that is open."""
        self._room = stage
        self.setCurrentWidget(self.absent if self._refused else stage)

    def refuse(self, card: GameCard, why: Text) -> None:
        """The game cannot be opened."""
        self.absent.show_why(card, why)
        self._refused = True
        self.show_room(self._room)

    def accept(self) -> None:
        """Another game was chosen, or this one came when it was tried again."""
        self._refused = False
        self.show_room(self._room)
