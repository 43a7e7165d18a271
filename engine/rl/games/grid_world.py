"""A grid world whose rewards a hand can change: every state is a cell, so Q fits in a table. Lecture rows 131-134."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.cards import Explanation
from engine.rl.game import Action, GameCard, Turn
from engine.rl.games.paint import paint
from engine.rl.settings import DqnSettings
from engine.text import Text

UP, RIGHT, DOWN, LEFT = range(4)
_MOVES = ((-1, 0), (0, 1), (1, 0), (0, -1))
ACTIONS = (
    Action(Text("Up", "위"), ("Up",)),
    Action(Text("Right", "오른쪽"), ("Right",)),
    Action(Text("Down", "아래"), ("Down",)),
    Action(Text("Left", "왼쪽"), ("Left",)),
)
_COLOURS = ((84, 92, 108), (79, 224, 184), (240, 90, 90), (85, 102, 238))  # walls, good ends, bad ends, agent


@dataclass(frozen=True)
class World:
    """What a grid world is made of; replaced whole when a hand edits it.

    rewards: (H, W) float, for entering a cell; ends: (H, W) bool, cells in which a game ends.
    walls:   (H, W) bool. start: (row, column). living: reward of every other step. slip: probability to go sideways.
    """

    rewards: tuple[tuple[float, ...], ...]
    walls: frozenset[tuple[int, int]]
    start: tuple[int, int]
    living: float = -0.04
    slip: float = 0.0

    @property
    def size(self) -> tuple[int, int]:
        return len(self.rewards), len(self.rewards[0])

    def reward(self, cell: tuple[int, int]) -> float:
        """For entering `cell`; a cell with a reward of its own ends the game."""
        own = self.rewards[cell[0]][cell[1]]
        return own if own else self.living

    def ends(self, cell: tuple[int, int]) -> bool:
        return self.rewards[cell[0]][cell[1]] != 0

    def edited(self, cell: tuple[int, int], reward: float) -> World:
        """The same world with another reward in `cell`; 0 makes it a plain cell."""
        rows = [list(row) for row in self.rewards]
        rows[cell[0]][cell[1]] = reward
        return replace(self, rewards=tuple(map(tuple, rows)), walls=self.walls - {cell})

    def walled(self, cell: tuple[int, int]) -> World:
        """The same world with a wall built in `cell`, or pulled down."""
        return replace(self.edited(cell, 0.0), walls=self.walls ^ {cell})

    def after(self, cell: tuple[int, int], action: int) -> tuple[int, int]:
        """Where a move leads: walls and the rim stop it."""
        row, column = cell[0] + _MOVES[action][0], cell[1] + _MOVES[action][1]
        inside = 0 <= row < self.size[0] and 0 <= column < self.size[1] and (row, column) not in self.walls
        return (row, column) if inside else cell


USUAL = World(
    rewards=(
        (0, 0, 0, 0, 0, 1.0),
        (0, 0, 0, 0, 0, -1.0),
        (0, 0, 0, 0, 0, 0),
        (0, -1.0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0, 0),
    ),
    walls=frozenset({(1, 1), (1, 2), (3, 3), (2, 4)}),
    start=(4, 0),
)


class GridWorld:
    """Walk to the good end. Observation: (3, 5, 6) uint8, planes for the agent, the good and the bad ends."""

    actions = ACTIONS
    lives = 0

    def __init__(self, world: World = USUAL) -> None:
        self.world = world
        self.reset(0)

    def reset(self, seed: int) -> np.ndarray:
        self.random = np.random.default_rng(seed)
        self.cell = self.world.start
        return self._observation()

    @property
    def state(self) -> int:
        return self.cell[0] * self.world.size[1] + self.cell[1]

    @property
    def states(self) -> int:
        return self.world.size[0] * self.world.size[1]

    def step(self, action: int) -> Turn:
        if self.world.slip and self.random.random() < self.world.slip:
            action = (action + int(self.random.choice((1, 3)))) % 4
        self.cell = self.world.after(self.cell, action)
        return Turn(self._observation(), self.world.reward(self.cell), self.world.ends(self.cell), False)

    def picture(self) -> np.ndarray:
        agent, good, bad = self._observation()
        walls = np.zeros_like(agent)
        for cell in self.world.walls:
            walls[cell] = 1
        return paint(np.stack((walls, good, bad, agent)), _COLOURS)

    def close(self) -> None:
        return

    def _observation(self) -> np.ndarray:
        rewards = np.array(self.world.rewards)
        agent = np.zeros(self.world.size, np.uint8)
        agent[self.cell] = 1
        return np.stack((agent, (rewards > 0).astype(np.uint8), (rewards < 0).astype(np.uint8)))


CARD = GameCard(
    id="grid",
    name=Text("Grid world", "격자 세계"),
    summary=Text("V, π and Q in every cell; change the rewards.", "칸마다 V, π, Q. 보상을 바꿔 보세요."),
    make=GridWorld,
    shape=(3, 5, 6),
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
        Text("Q-learning", "Q 학습 (Q-learning)"),
        Text("Values flow backwards from the goal, a cell a game.", "값이 목표에서 거꾸로, 한 판에 한 칸씩 퍼져요."),
        Text(
            "Each step moves one entry of the table towards the reward plus the best of the next cell.",
            "한 걸음마다 표의 한 칸을 ‘보상 + 다음 칸의 최댓값’ 쪽으로 옮겨요.",
        ),
        "Q(s, a) ← Q(s, a) + α (r + γ max Q(s′, ·) − Q(s, a))",
    ),
    rate=6.0,
    longest=200,
    lesson="table",
    rows=(125, 128, 130, 131, 132, 133, 134),
    planes=(Text("agent", "에이전트"), Text("good ends", "좋은 끝"), Text("bad ends", "나쁜 끝")),
)
