"""Tic-tac-toe: so small that every position can be counted and every game played to its end. Lecture row 140.

A board is one number: its nine cells are digits in base 3, the top left one the lowest; 0 empty, 1 X, 2 O. X begins.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from engine.cards import Explanation
from engine.rl.game import Action, GameCard, Turn
from engine.rl.games.paint import paint
from engine.rl.settings import DqnSettings
from engine.text import Text, same

X, O = 1, 2  # noqa: E741  what the game calls it
CELLS, BOARDS = 9, 3**9
LINES = ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6))
_COLOURS = ((85, 102, 238), (79, 224, 184))


class Way(NamedTuple):
    """A move that the rules allow: the cell taken, the board after it, and whether it wins or ends the game."""

    cell: int
    board: int
    won: bool
    over: bool


def cells(board: int) -> list[int]:
    """The nine cells, row by row: 0, X or O."""
    return [board // 3**i % 3 for i in range(CELLS)]


def mover(board: int) -> int:
    """Whose turn it is: X or O."""
    marks = cells(board)
    return X if marks.count(X) == marks.count(O) else O


def won_line(board: int) -> tuple[int, ...]:
    """The three cells in a row that won; () where nobody did."""
    marks = cells(board)
    return next((line for line in LINES if marks[line[0]] and len({marks[i] for i in line}) == 1), ())


def ways(board: int) -> tuple[Way, ...]:
    """What may be played; nothing once three stand in a row or the board is full."""
    if won_line(board):
        return ()
    mark, found = mover(board), []
    for cell, taken in enumerate(cells(board)):
        if not taken:
            after = board + mark * 3**cell
            won = bool(won_line(after))
            found.append(Way(cell, after, won, won or 0 not in cells(after)))
    return tuple(found)


@cache
def positions() -> dict[int, tuple[Way, ...]]:
    """Every position that a game can come to, with its moves: 5,478, of which 958 are the end of a game."""
    found, waiting = {}, [0]
    while waiting:
        board = waiting.pop()
        if board not in found:
            found[board] = ways(board)
            waiting += [way.board for way in found[board]]
    return found


@cache
def worth(board: int) -> int:
    """What two perfect players make of it, for whose turn it is: 1 a win, 0 a draw, −1 a loss (minimax)."""
    return max((_worth(way) for way in ways(board)), default=0)


def _worth(way: Way) -> int:
    return 1 if way.won else 0 if way.over else -worth(way.board)


@cache
def perfect(board: int) -> tuple[Way, ...]:
    """All moves that a perfect player may take."""
    return tuple(way for way in ways(board) if _worth(way) == worth(board))


class TicTacToe:
    """Against a player of chance; an odd seed lets that one begin. A taken cell loses at once.

    Observation: (2, 3, 3) uint8, planes for the own marks and the other's.
    """

    actions = tuple(Action(same(str(cell + 1))) for cell in range(CELLS))
    lives = 0

    def reset(self, seed: int) -> np.ndarray:
        self.random, self.board, self.mark = np.random.default_rng(seed), 0, O if seed % 2 else X
        if self.mark == O:
            self._answer()
        return self._observation()

    def step(self, action: int) -> Turn:
        way = next((way for way in ways(self.board) if way.cell == action), None)
        if way is None:
            return Turn(self._observation(), -1.0, True, False)
        self.board, reward = way.board, float(way.won)
        if not way.over:
            way = self._answer()
            reward = -float(way.won)
        return Turn(self._observation(), reward, way.over, False)

    def picture(self) -> np.ndarray:
        """Iris: the own marks."""
        return paint(self._observation(), _COLOURS)

    def close(self) -> None:
        return

    def _answer(self) -> Way:
        open_ways = ways(self.board)
        way = open_ways[int(self.random.integers(len(open_ways)))]
        self.board = way.board
        return way

    def _observation(self) -> np.ndarray:
        marks = np.array(cells(self.board)).reshape(3, 3)
        return np.stack((marks == self.mark, marks == X + O - self.mark)).astype(np.uint8)


CARD = GameCard(
    id="tic-tac-toe",
    name=Text("Tic-tac-toe", "틱택토"),
    summary=Text("Learns against itself; play it at any time.", "혼자 두며 배워요. 언제든 맞서 두세요."),
    make=TicTacToe,
    shape=(2, 3, 3),
    eyes="planes",
    defaults=DqnSettings(
        steps=20_000,
        learning_rate=1e-3,
        memory=5_000,
        warm_up=500,
        epsilon_steps=8_000,
        target_every=200,
        n_step=1,
        check_every=4_000,
    ),
    explanation=Explanation(
        Text("Self-play", "자기 대국 (self-play)"),
        Text("Press Start, then try to beat it.", "시작을 누르고 이겨 보세요."),
        Text(
            "One table plays both sides. What is good for the other is bad for me: hence the minus before the best of "
            "the next position.",
            "표 하나가 양쪽을 다 둬요. 상대에게 좋은 것은 나에게 나빠요. 그래서 다음 자리의 최댓값 앞에 빼기가 붙어요.",
        ),
        "Q(s, a) ← Q(s, a) + α (r − γ max Q(s′, ·) − Q(s, a))",
    ),
    rate=2.0,
    longest=9,
    lesson="board",
    rows=(126, 133, 140),
    planes=(Text("own marks", "내 돌"), Text("the other’s", "상대 돌")),
)
