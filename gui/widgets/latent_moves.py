"""Four buttons for the four moves of the contest, in the lectures' order, and how fast they follow each other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.latent.gan import Move
from gui.widgets.basics import Segmented, button, column, label, restyle, row
from gui.widgets.retold import Retold
from gui.words import say

PACES = (1.5, 0.4, 0.0)  # seconds a move


class GanMoves(Retold, QWidget):
    """1 real, 2 make, 3 fake, 4 fool. Only the move whose turn it is can be made.

    Signals:
        asked: a person wants the next move made, and only that.
        pace_chosen: (float) seconds for a move, 0 as fast as it goes.
    """

    asked = Signal()
    pace_chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.buttons = {move: button(None, "secondary", "compact") for move in Move}
        self.pace = Segmented(len(PACES))
        self.pace.choose(2)
        self._words = label("small")
        self._last: Move | None = None
        self.setLayout(column(row(*self.buttons.values(), None, self.pace, gap=6), self._words, gap=4))
        for one in self.buttons.values():
            one.clicked.connect(self.asked)
        self.pace.chosen.connect(lambda index: self.pace_chosen.emit(PACES[index]))
        self.show_next(Move.REAL)
        self.retranslate()

    def seconds(self) -> float:
        """The pace that is set."""
        return PACES[self.pace.index()]

    def show_next(self, move: Move, made: Move | None = None) -> None:
        """Whose turn it is, and which move was made last."""
        self._last = made
        for one, part in self.buttons.items():
            part.setEnabled(one is move)
            restyle(part, kind="primary" if one is made else "secondary")
        self._say()

    def _say(self) -> None:
        hint = self.tr("Make one move after the other, or press Play below.")
        self._words.setText(say(self._last.words) if self._last else hint)

    def retranslate(self) -> None:
        names = (self.tr("1  D on real"), self.tr("2  G makes"), self.tr("3  D on fakes"), self.tr("4  G against D"))
        for part, name in zip(self.buttons.values(), names, strict=True):
            part.setText(name)
        self.pace.setTexts([self.tr("slow"), self.tr("walk"), self.tr("fast")])
        self.pace.setAccessibleName(self.tr("Speed"))
        self._say()
