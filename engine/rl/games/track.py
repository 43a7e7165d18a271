"""A small race track seen from above, 10 × 10 cells, after the idea of Enduro; our own rules. Lecture rows 127, 138."""

from __future__ import annotations

import numpy as np

from engine.cards import Explanation
from engine.rl.game import Action, GameCard, Turn
from engine.rl.games.paint import paint
from engine.rl.settings import DqnSettings
from engine.text import Text

SIDE, WIDE, ROW = 10, 5, 8  # the board; cells of road; the row our car drives in
CAR, OTHERS, GRASS = range(3)
_COLOURS = ((34, 92, 62), (240, 140, 80), (85, 102, 238))  # grass, others, our car
STAY, LEFT, RIGHT = range(3)
TRAFFIC, BEND = 0.28, 0.35  # how often a car stands in a new row; how often the road turns

ACTIONS = (
    Action(Text("Straight", "직진")),
    Action(Text("Left", "왼쪽"), ("Left",)),
    Action(Text("Right", "오른쪽"), ("Right",)),
)


class Track:
    """Overtake as many cars as there come: one point each. Grass and collisions end the race.

    The road comes down one row a step and bends. Observation: (3, 10, 10) uint8, planes for our car, the others, grass.
    """

    actions = ACTIONS
    lives = 0

    def __init__(self) -> None:
        self.reset(0)

    def reset(self, seed: int) -> np.ndarray:
        self.random = np.random.default_rng(seed)
        self.left = int(self.random.integers(1, SIDE - WIDE))  # where the road begins in the top row
        self.grass, self.others = np.ones((SIDE, SIDE), np.uint8), np.zeros((SIDE, SIDE), np.uint8)
        self.grass[:, self.left : self.left + WIDE] = 0
        self.column, self.free = self.left + WIDE // 2, 0
        return self._observation()

    def step(self, action: int) -> Turn:
        self.column = min(max(self.column + {LEFT: -1, RIGHT: 1}.get(action, 0), 0), SIDE - 1)
        self.grass[1:], self.others[1:] = self.grass[:-1].copy(), self.others[:-1].copy()
        self._new_row()
        over = bool(self.grass[ROW, self.column] or self.others[ROW, self.column])
        overtaken = 0.0 if over else float(self.others[ROW].any())
        return Turn(self._observation(), overtaken, over, False)

    def picture(self) -> np.ndarray:
        planes = self._observation()
        return paint(planes[[GRASS, OTHERS, CAR]], _COLOURS)

    def close(self) -> None:
        return

    def _new_row(self) -> None:
        """The road bends by at most a cell, and never right before or after a car: there is always a way through."""
        self.free += 1
        if self.random.random() < BEND and self.free > 1:
            self.left = min(max(self.left + int(self.random.choice((-1, 1))), 0), SIDE - WIDE)
        self.grass[0], self.others[0] = 1, 0
        self.grass[0, self.left : self.left + WIDE] = 0
        if self.free > 2 and self.random.random() < TRAFFIC:
            self.others[0, self.left + int(self.random.integers(WIDE))] = 1
            self.free = 0

    def _observation(self) -> np.ndarray:
        planes = np.stack((np.zeros_like(self.grass), self.others, self.grass))
        planes[CAR, ROW, self.column] = 1
        return planes


CARD = GameCard(
    id="track",
    name=Text("Small track", "작은 자동차 경주"),
    summary=Text("Overtake, keep off the grass.", "앞지르되 풀밭은 피해요."),
    make=Track,
    shape=(3, SIDE, SIDE),
    eyes="planes",
    defaults=DqnSettings(
        steps=400_000,
        learning_rate=5e-4,
        warm_up=2_000,
        epsilon_steps=30_000,
        target_every=1_000,
        actors=16,
        check_every=25_000,
        check_games=16,
    ),
    explanation=Explanation(
        Text("Small track", "작은 자동차 경주 (track)"),
        Text("The value falls where a car blocks the lane.", "차가 길을 막으면 값이 떨어져요."),
        Text(
            "Nobody wrote “if a car is ahead, turn”. The rule grew from crashes.",
            "‘앞에 차가 있으면 피하라’고 아무도 쓰지 않았어요. 부딪히며 생긴 규칙이에요.",
        ),
        "π(s) = argmax Q(s, ·)",
    ),
    rate=8.0,
    longest=2_000,
    rows=(101, 127, 138),
    planes=(Text("our car", "우리 차"), Text("others", "다른 차"), Text("grass", "풀밭")),
)
