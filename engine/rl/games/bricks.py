"""Breakout on a 10 × 10 board: small enough to be learnt on a laptop while one watches.

The idea of small boards with one plane for each kind of thing is MinAtar's (Young, Tian 2019, arXiv 1903.03176);
the rules and the code here are our own. Lecture row 137.
"""

from __future__ import annotations

import numpy as np

from engine.cards import Explanation
from engine.rl.game import Action, GameCard, Turn
from engine.rl.games.paint import paint
from engine.rl.settings import DqnSettings
from engine.text import Text

SIDE, ROWS, TOP = 10, 3, 1  # the board; rows of bricks; the first of them
PADDLE, BALL, TRAIL, BRICKS = range(4)
_COLOURS = ((85, 102, 238), (233, 236, 242), (70, 78, 96), (230, 200, 143))  # in the planes' order
STAY, LEFT, RIGHT = range(3)

ACTIONS = (
    Action(Text("Stay", "가만히")),
    Action(Text("Left", "왼쪽"), ("Left",)),
    Action(Text("Right", "오른쪽"), ("Right",)),
)


class Bricks:
    """A paddle of two cells, a ball that flies diagonally, three rows of bricks; one point for each brick.

    Which half of the paddle the ball hits decides where it goes. A new wall comes when the old one is gone.
    Observation: (4, 10, 10) uint8, planes for paddle, ball, where the ball was, bricks.
    """

    actions = ACTIONS
    lives = 0

    def __init__(self) -> None:
        self.reset(0)

    def reset(self, seed: int) -> np.ndarray:
        random = np.random.default_rng(seed)
        self.bricks = np.zeros((SIDE, SIDE), np.uint8)
        self._build()
        self.paddle = int(random.integers(SIDE - 1))
        self.ball = (TOP + ROWS, int(random.integers(SIDE)))
        self.was = self.ball
        self.flight = (1, int(random.choice((-1, 1))))
        return self._observation()

    def step(self, action: int) -> Turn:
        move = {LEFT: -1, RIGHT: 1}.get(action, 0)
        self.paddle = min(max(self.paddle + move, 0), SIDE - 2)
        self.was = self.ball
        reward, lost = self._fly()
        if not self.bricks.any():
            self._build()
        return Turn(self._observation(), reward, lost, False)

    def picture(self) -> np.ndarray:
        return paint(self._observation()[[TRAIL, BRICKS, PADDLE, BALL]], [_COLOURS[i] for i in (2, 3, 0, 1)])

    def close(self) -> None:
        return

    def _fly(self) -> tuple[float, bool]:
        """(points, whether the ball was lost): one cell along the diagonal, off walls, bricks and the paddle."""
        (row, column), (down, right) = self.ball, self.flight
        if not 0 <= column + right < SIDE:
            right = -right
        if row + down < 0:
            down = 1
        column, ahead, reward, lost = column + right, row + down, 0.0, False
        if self.bricks[ahead, column]:
            self.bricks[ahead, column] = 0
            reward, down, ahead = 1.0, -down, row
        elif ahead == SIDE - 1:
            half = column - self.paddle  # 0 the left half, 1 the right one
            if half in (0, 1):
                down, right, ahead = -1, (-1, 1)[half], row
            else:
                lost = True
        self.ball, self.flight = (ahead, column), (down, right)
        return reward, lost

    def _build(self) -> None:
        self.bricks[TOP : TOP + ROWS] = 1

    def _observation(self) -> np.ndarray:
        planes = np.zeros((4, SIDE, SIDE), np.uint8)
        planes[PADDLE, SIDE - 1, self.paddle : self.paddle + 2] = 1
        planes[BALL][self.ball] = 1
        planes[TRAIL][self.was] = 1
        planes[BRICKS] = self.bricks
        return planes


CARD = GameCard(
    id="bricks",
    name=Text("Small Breakout", "작은 벽돌깨기"),
    summary=Text("10 × 10 cells. Learns while you watch.", "10×10칸. 보고 있는 동안 배워요."),
    make=Bricks,
    shape=(4, SIDE, SIDE),
    eyes="planes",
    defaults=DqnSettings(
        steps=600_000,
        learning_rate=5e-4,
        memory=100_000,
        warm_up=2_000,
        epsilon_steps=50_000,
        target_every=2_000,
        train_every=4,
        actors=16,
        check_every=25_000,
        check_games=16,
    ),
    explanation=Explanation(
        Text("Small Breakout", "작은 벽돌깨기"),
        Text(
            "Watch the ball’s trail: from two cells the network reads where it flies.",
            "공의 자취를 보세요. 두 칸이면 어디로 가는지 알 수 있어요.",
        ),
        Text(
            "Nobody tells it the rules. It sees cells and points, and finds out that the paddle matters.",
            "아무도 규칙을 알려 주지 않아요. 칸과 점수만 보고 막대가 중요하다는 것을 알아내요.",
        ),
        "s ∈ {0, 1}⁴ˣ¹⁰ˣ¹⁰",
    ),
    rate=8.0,
    longest=3_000,
    rows=(131, 137),
    planes=(Text("paddle", "막대"), Text("ball", "공"), Text("trail", "자취"), Text("bricks", "벽돌")),
)
