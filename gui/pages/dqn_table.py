"""The stage of games whose Q fits in a table: values grow in the cells, a click edits the world."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.jobs import Job
from engine.knobs import Box
from engine.rl.game import Action, GameCard
from engine.rl.games.grid_world import USUAL, GridWorld, World
from engine.rl.games.two_arms import TwoArms
from engine.rl.table import TableSettings, TableStep, Tabular, best_values, learn_table
from engine.text import counted
from gui.widgets.basics import button, column, label, panel, row
from gui.widgets.game_table import GameTable
from gui.widgets.retold import Retold
from gui.words import say


class TableStage(Retold, QWidget):
    """The board, and in words what the last step did.

    Signals:
        edited: a person changed the world; what was learnt of the old one is void.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._card: GameCard | None = None
        self.world: World = USUAL
        self.board = GameTable()
        self.last: TableStep | None = None
        self._title, self._hint = label("title"), label("small", wrap=True)
        self._told, self._loop = label("strong"), label("small")
        self._usual = button("arrow-counter-clockwise", "quiet", "compact")
        head = row(self._title, None, self._usual)
        self.setLayout(column(panel(head, self._hint, (self.board, 1), self._loop, self._told, gap=8, pad=14), gap=0))
        self.board.pressed.connect(self._pressed)
        self._usual.clicked.connect(lambda: self._edit(USUAL))
        self.retranslate()

    def show_game(self, card: GameCard) -> None:
        """Grid world or two arms."""
        self._card, self.last = card, None
        if card.id == "grid":
            self._draw_world()
        else:
            self.board.set_board((1, TwoArms.states), ("Left", "Right"), frozenset(), {})
        self.board.show_table(self.board.table * 0, -1, -1, -1)
        self.retranslate()

    @property
    def moves(self) -> tuple[Action, ...]:
        """What can be done in it."""
        return GridWorld.actions if self._card and self._card.id == "grid" else TwoArms.actions

    def job(self, knobs: Box[TableSettings]) -> Job:
        """Learn the world as it stands from nothing, until stopped."""
        game: Tabular = GridWorld(self.world) if self._card and self._card.id == "grid" else TwoArms()
        return learn_table(game, knobs)

    def show_step(self, step: TableStep) -> None:
        """The newest step: the table, where the agent is, and the loop s, a, r, s′."""
        self.last = step
        self.board.show_table(step.table, step.after, step.state, step.action)
        self._say_step()

    def is_optimal(self, gamma: float) -> bool:
        """True when the best moves from the start reach what a perfect player reaches."""
        if self.last is None or self._card is None or self._card.id != "grid":
            return False
        best = best_values(self.world, gamma)[self.world.start]
        row_, column_ = self.world.start
        found = self.last.table[row_ * self.world.size[1] + column_].max()
        return bool(abs(found - best) < 0.02)

    def _pressed(self, row_: int, column_: int) -> None:
        """A click turns a cell from plain to +1, to −1, to a wall, and back."""
        cell = (row_, column_)
        if self._card is None or self._card.id != "grid" or cell == self.world.start:
            return
        if cell in self.world.walls:
            self._edit(self.world.walled(cell))
            return
        now = self.world.rewards[row_][column_]
        if now > 0:
            self._edit(self.world.edited(cell, -1.0))
        elif now < 0:
            self._edit(self.world.walled(cell))
        else:
            self._edit(self.world.edited(cell, 1.0))

    def _edit(self, world: World) -> None:
        self.world = world
        self._draw_world()
        self.edited.emit()

    def _draw_world(self) -> None:
        rewards = {(r, c): value for r, line in enumerate(self.world.rewards) for c, value in enumerate(line) if value}
        self.board.set_board(self.world.size, ("Up", "Right", "Down", "Left"), self.world.walls, rewards)

    def retranslate(self) -> None:
        grid = self._card is None or self._card.id == "grid"
        self._usual.setText(self.tr("The usual world"))
        self._usual.setVisible(grid)
        if grid:
            hint = self.tr("Numbers: Q of each move. Arrow: the best. Click a cell: +1, −1, wall, plain.")
        else:
            hint = self.tr("Left: one point now. Right: give one, wait three steps, take three. Lower γ and see.")
        self._hint.setText(hint)
        self._title.setText(say(self._card.name) if self._card else "")
        self._say_step()

    def _say_step(self) -> None:
        step = self.last
        if step is None:
            self._loop.setText(self.tr("Press Start below: it begins knowing nothing."))
            self._told.setText("")
            return
        words = self.tr("state {s} → move {a} → reward {r} → state {t}")
        self._loop.setText(
            words.format(s=step.state, a=step.action, r=f"{step.reward:g}".replace("-", "−"), t=step.after)
        )
        guess = self.tr("a guess (ε)") if step.guessed else self.tr("its best move")
        told = self.tr("{games:,} games, {steps:,} steps, last game {score:+.2f} · {guess}")
        words = told.format(games=step.games, steps=step.step, score=step.score, guess=guess)
        self._told.setText(counted(words).replace("-", "−"))
