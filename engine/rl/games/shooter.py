"""A small shooter on 10 × 10 cells, in the family of Galaga and Space Invaders; our own rules. Lecture row 139."""

from __future__ import annotations

import numpy as np

from engine.cards import Explanation
from engine.rl.game import Action, GameCard, Turn
from engine.rl.games.paint import paint
from engine.rl.settings import DqnSettings
from engine.text import Text

SIDE, ROWS, COLUMNS = 10, 3, 6
SHIP, ENEMY, SHOT, BOMB, RIGHTWARD = range(5)
_COLOURS = ((85, 102, 238), (79, 224, 184), (233, 236, 242), (240, 90, 90))
STAY, LEFT, RIGHT, FIRE = range(4)
EVERY, BOMBS = 4, 0.18  # steps between two moves of the enemy; how often one of them drops a bomb

ACTIONS = (
    Action(Text("Stay", "가만히")),
    Action(Text("Left", "왼쪽"), ("Left",)),
    Action(Text("Right", "오른쪽"), ("Right",)),
    Action(Text("Fire", "발사"), ("Space",)),
)


class Shooter:
    """Shoot the enemies before they land, and keep away from their bombs; one point each, one life.

    They march sideways, and a row lower at each wall. A new formation comes when the old one is gone, one row lower.
    Observation: (5, 10, 10) uint8, planes for ship, enemies, shot, bombs, and where the enemies march to the right.
    """

    actions = ACTIONS
    lives = 0

    def __init__(self) -> None:
        self.reset(0)

    def reset(self, seed: int) -> np.ndarray:
        self.random = np.random.default_rng(seed)
        self.ship, self.clock, self.waves = int(self.random.integers(SIDE)), 0, 0
        self.shot: tuple[int, int] | None = None
        self.bombs: list[tuple[int, int]] = []
        self._form()
        return self._observation()

    def step(self, action: int) -> Turn:
        self.clock += 1
        self.ship = min(max(self.ship + {LEFT: -1, RIGHT: 1}.get(action, 0), 0), SIDE - 1)
        if action == FIRE and self.shot is None:
            self.shot = (SIDE - 1, self.ship)
        reward = self._shoot()
        self.bombs = [(row + 1, column) for row, column in self.bombs if row + 1 < SIDE]
        if self.random.random() < BOMBS:
            self._drop()
        if self.clock % EVERY == 0:
            self._march()
        hit = (SIDE - 1, self.ship) in self.bombs or bool(self.enemies[SIDE - 1].any())
        if not self.enemies.any():
            self.waves += 1
            self._form()
        return Turn(self._observation(), reward, hit, False)

    def picture(self) -> np.ndarray:
        return paint(self._observation()[:RIGHTWARD], _COLOURS)

    def close(self) -> None:
        return

    def _form(self) -> None:
        self.enemies = np.zeros((SIDE, SIDE), np.uint8)
        top = min(self.waves, 3)
        self.enemies[top : top + ROWS, :COLUMNS] = 1
        self.right = True

    def _shoot(self) -> float:
        """The shot flies two cells; what it meets is gone."""
        for _ in range(2):
            if self.shot is None:
                return 0.0
            row, column = self.shot[0] - 1, self.shot[1]
            self.shot = (row, column) if row >= 0 else None
            if self.shot and self.enemies[row, column]:
                self.enemies[row, column], self.shot = 0, None
                return 1.0
        return 0.0

    def _drop(self) -> None:
        columns = np.flatnonzero(self.enemies.any(0))
        if len(columns):
            column = int(self.random.choice(columns))
            lowest = int(np.flatnonzero(self.enemies[:, column])[-1])
            if lowest + 1 < SIDE:
                self.bombs.append((lowest + 1, column))

    def _march(self) -> None:
        wall = self.enemies[:, -1 if self.right else 0].any()
        if wall:
            self.enemies, self.right = np.roll(self.enemies, 1, 0), not self.right
        else:
            self.enemies = np.roll(self.enemies, 1 if self.right else -1, 1)

    def _observation(self) -> np.ndarray:
        planes = np.zeros((5, SIDE, SIDE), np.uint8)
        planes[SHIP, SIDE - 1, self.ship] = 1
        planes[ENEMY] = self.enemies
        if self.shot:
            planes[SHOT][self.shot] = 1
        for place in self.bombs:
            planes[BOMB][place] = 1
        planes[RIGHTWARD] = self.enemies * self.right
        return planes


CARD = GameCard(
    id="shooter",
    name=Text("Small shooter", "작은 갤러그"),
    summary=Text("Shoot them before they land.", "내려오기 전에 맞혀요."),
    make=Shooter,
    shape=(5, SIDE, SIDE),
    eyes="planes",
    defaults=DqnSettings(
        steps=600_000,
        learning_rate=5e-4,
        warm_up=2_000,
        epsilon_steps=50_000,
        target_every=2_000,
        actors=16,
        check_every=25_000,
        check_games=16,
    ),
    explanation=Explanation(
        Text("Small shooter", "작은 갤러그 (shooter)"),
        Text("Watch Q of “Fire” while a shot is in the air.", "총알이 날아가는 동안 ‘발사’의 Q를 보세요."),
        Text(
            "A shot pays only when it arrives. Q learns to value the moment of firing all the same.",
            "총알은 맞은 뒤에야 점수가 돼요. 그래도 Q는 쏘는 순간의 값을 배워요.",
        ),
        "s ∈ {0, 1}⁵ˣ¹⁰ˣ¹⁰",
    ),
    rate=8.0,
    longest=3_000,
    rows=(139,),
    planes=(
        Text("ship", "비행기"),
        Text("enemies", "적"),
        Text("shot", "총알"),
        Text("bombs", "폭탄"),
        Text("marching right", "오른쪽으로"),
    ),
)
