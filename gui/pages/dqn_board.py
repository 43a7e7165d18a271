"""The stage of tic-tac-toe: play it at any time while its table learns from itself, and see how far that is from AlphaGo."""

from __future__ import annotations

from random import Random

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.jobs import Job
from engine.knobs import Box
from engine.rl.game import Action, GameCard
from engine.rl.games.tic_tac_toe import CARD, O, TicTacToe, X, mover, ways, won_line
from engine.rl.self_play import Judged, choose, learn_board, values_of
from engine.rl.table import TableSettings, TableStep
from gui.pages.dqn_alphago import AlphaGoCard
from gui.widgets.basics import Chip, Segmented, button, column, label, panel, row
from gui.widgets.game_board import GameBoard
from gui.widgets.game_shares import GameShares, percent
from gui.widgets.game_values import signed
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

OFF, ITS, YOURS = range(3)  # whose Q stands in the cells
SMALL = 84  # pixels of the board on which it plays itself


class BoardStage(Retold, QWidget):
    """A game between a person and the newest table; beside it what is learnt meanwhile.

    Signals:
        edited: what was learnt is forgotten.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.last: TableStep | None = None
        self.judged: Judged | None = None
        self.person, self._random = X, Random()
        self.past: list[tuple[int, int]] = [(0, -1)]  # (board, the cell taken last) after each move of this game
        self.ends: list[int] = []  # of the games played: 1 won by the person, 0 drawn, −1 lost
        self.board, self.own_game = GameBoard(), GameBoard(SMALL)
        self.own_game.inks = ("net", "slide")
        self.own_game.setFixedSize(SMALL, SMALL)
        self.perfect, self.chance, self.card = GameShares(), GameShares(), AlphaGoCard()
        self.first, self.shown_q, self.room = Segmented(2, wide=True), Segmented(3, wide=True), Segmented(2)
        self.shown_q.choose(ITS)
        self.again, self.undo = (
            button("plus", "secondary", "compact"),
            button("arrow-counter-clockwise", "quiet", "compact"),
        )
        self.forget = button("eraser", "quiet", "compact")
        self._title, self._chip, self.told = label("title"), Chip("plain"), label("strong", wrap=True)
        self._tally, self._hint, self._own = label("small"), label("caption", wrap=True), label("caption", wrap=True)
        self._lay_out()
        explain(self, CARD.explanation)
        self.board.pressed.connect(self.play)
        self.first.chosen.connect(lambda _index: self.begin())
        self.shown_q.chosen.connect(lambda _index: self._draw())
        self.room.chosen.connect(lambda index: self.rooms.setCurrentIndex(index))
        self.again.clicked.connect(self.begin)
        self.undo.clicked.connect(self.take_back)
        self.forget.clicked.connect(self._forget)
        self.retranslate()

    def _lay_out(self) -> None:
        curves = QWidget()
        own = row(self.own_game, (self._own, 1), gap=10)
        curves.setLayout(column((self.perfect, 1), (self.chance, 1), own, gap=6))
        self.rooms = QStackedWidget()
        self.rooms.addWidget(curves)
        self.rooms.addWidget(self.card)
        play = column(
            (self.board, 1),
            self.told,
            row(self.undo, self.again, None),
            self.first,
            self.shown_q,
            self._hint,
            gap=6,
        )
        side = column(row(self.room, None, self.forget), (self.rooms, 1), gap=8)
        head = row(self._title, self._chip, None, self._tally, gap=10)
        self.setLayout(column(panel(head, (row((play, 1), (side, 1), gap=16), 1), gap=8, pad=14), gap=0))

    # What the tab asks of a stage with a table

    def show_game(self, card: GameCard) -> None:
        """It has one game, and keeps what it learnt of it."""

    @property
    def moves(self) -> tuple[Action, ...]:
        return TicTacToe.actions

    def job(self, knobs: Box[TableSettings]) -> Job:
        """Go on learning, until stopped."""
        return learn_board(knobs, before=self.last)

    def show_step(self, step: TableStep) -> None:
        """The newest table, and where its game against itself stands."""
        self.last = step
        self.own_game.show_board(step.after, step.action)
        self._draw()

    def show_judged(self, judged: Judged) -> None:
        """How good it is by now."""
        self.judged = judged
        self.perfect.add(judged.games, judged.perfect)
        self.chance.add(judged.games, judged.chance)
        self._say_judged()

    def press_key(self, event: QKeyEvent) -> bool:
        """1 to 9 row by row; on the number pad where the key lies. True for one of these."""
        number = event.key() - Qt.Key.Key_1.value
        if not 0 <= number <= 8 or event.isAutoRepeat():
            return False
        pad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
        self.play((2 - number // 3) * 3 + number % 3 if pad else number)
        return True

    # The game in front

    @property
    def now(self) -> int:
        """The board as it stands."""
        return self.past[-1][0]

    def begin(self) -> None:
        """A new game."""
        self.person, self.past = (X, O)[self.first.index()], [(0, -1)]
        if self.person == O:
            self._answer()
        self._draw()

    def play(self, cell: int) -> None:
        """A person's move, and the answer to it; what the rules do not allow is passed over."""
        way = next((way for way in ways(self.now) if way.cell == cell), None)
        if way is None:
            return
        self.past.append((way.board, cell))
        if not way.over:
            self._answer()
        if not ways(self.now):
            self.ends.append(self._end())
        self._draw()

    def take_back(self) -> None:
        """The person's last move, with the answer to it."""
        if not ways(self.now):
            self.ends.pop()
        self.past.pop()
        if mover(self.now) != self.person:
            self.past.pop()
        self._draw()

    def _answer(self) -> None:
        cell = choose(self._values(self.now), self._random)
        self.past.append((next(way.board for way in ways(self.now) if way.cell == cell), cell))

    def _values(self, board: int) -> np.ndarray:
        return values_of(self.last.table if self.last else None, board)

    def _end(self) -> int:
        """1: the person won, 0: nobody, −1: the agent."""
        if not won_line(self.now):
            return 0
        return -1 if mover(self.now) == self.person else 1

    def _asked(self) -> int | None:
        """The position of the agent's last decision; None before its first."""
        own = [board for board, _ in self.past[:-1] if mover(board) != self.person]
        return own[-1] if own else None

    def _forget(self) -> None:
        self.last = self.judged = None
        self.perfect.clear()
        self.chance.clear()
        self.own_game.show_board(0, -1)
        self._say_judged()
        self._draw()
        self.edited.emit()

    def _draw(self) -> None:
        shown, asked = self.shown_q.index(), self._asked()
        values = None
        if shown != OFF:
            values = self._values(self.now if shown == YOURS or asked is None else asked)
        board, last = self.past[-1]
        self.board.inks = ("you", "net") if self.person == X else ("net", "you")
        self.board.show_board(board, last, values, keys=True)
        self.undo.setEnabled(len(self.past) > (1 if self.person == X else 2))
        self._say_game()

    def _say_game(self) -> None:
        if not ways(self.now):
            drawn, won = (
                self.tr("A draw: against perfect play the best there is."),
                self.tr("You won: let it learn on."),
            )
            words = (drawn, won, self.tr("It won: three in a row."))[self._end()]
        else:
            words = self.tr("Your turn: click a cell, or press its number.")
            if (asked := self._asked()) is not None:
                cell = self.past[-1][1]
                words = self.tr("It took {cell}, worth {q} to it. Your turn.")
                words = words.format(cell=cell + 1, q=signed(float(self._values(asked)[cell]), 2))
        self.told.setText(words)
        words = self.tr("You: {won} won · {drawn} drawn · {lost} lost")
        counts = {name: self.ends.count(end) for name, end in (("won", 1), ("drawn", 0), ("lost", -1))}
        self._tally.setText(words.format(**counts))

    def _say_judged(self) -> None:
        kind, words = "plain", self.tr("it knows nothing yet")
        if self.judged is not None:
            words = self.tr("loses {share} to perfect play").format(share=percent(self.judged.perfect.lost))
            if self.judged.unbeatable:
                kind, words = "good", self.tr("cannot be beaten")
            elif not self.judged.perfect.lost:
                kind, words = "good", self.tr("never loses to perfect play")
        self._chip.set_kind(kind)
        self._chip.setText(words)

    def retranslate(self) -> None:
        self._title.setText(say(CARD.name))
        self.first.setTexts([self.tr("You first (X)"), self.tr("It first (X)")])
        self.first.setAccessibleName(self.tr("Who goes first"))
        self.shown_q.setTexts([self.tr("No Q"), self.tr("Q of its moves"), self.tr("Q of yours")])
        self.shown_q.setAccessibleName(self.tr("Whose Q stands in the cells"))
        self.room.setTexts([self.tr("Curves"), self.tr("AlphaGo")])
        self.room.setAccessibleName(self.tr("What stands beside the board"))
        self.again.setText(self.tr("New game"))
        self.undo.setText(self.tr("Undo"))
        self.forget.setText(self.tr("Forget all"))
        self.forget.setToolTip(self.tr("Empties the table; learning begins with nothing."))
        self.board.setAccessibleName(self.tr("Your game"))
        self.own_game.setAccessibleName(self.tr("Its game against itself"))
        self._hint.setText(self.tr("Dashed: the best. Keys 1 to 9 row by row; on the number pad, where the key lies."))
        self._own.setText(
            self.tr("Here it plays itself; at 1 step a second you can follow. Above, every possible game is counted.")
        )
        names = (self.tr("lost"), self.tr("drawn"), self.tr("won"))
        self.perfect.set_words(self.tr("Perfect play"), names)
        self.chance.set_words(self.tr("Chance"), names)
        self._say_judged()
        self._draw()
