"""Two arms, one of which pays late: give one first, take three at the end. Lecture row 126."""

from __future__ import annotations

import numpy as np

from engine.cards import Explanation
from engine.rl.game import Action, GameCard, Turn
from engine.rl.games.paint import paint
from engine.rl.settings import DqnSettings
from engine.text import Text

NOW, LATER = range(2)
WAIT = 3  # steps until the late arm pays
PAYS_NOW, COSTS, PAYS_LATER = 1.0, -1.0, 3.0
_COLOURS = ((60, 68, 84), (230, 200, 143), (85, 102, 238))


class TwoArms:
    """State 0 is the choice. “Now” pays 1 and ends; “later” costs 1, then after three steps pays 3 and ends.

    Later is the better arm where −1 + γ³ · 3 > 1, that is γ > 0.874: a short-sighted player never sees it.
    Observation: (1, 1, 4) uint8, one plane that marks the state.
    """

    actions = (
        Action(Text("Take one now", "지금 하나 받기"), ("Left",)),
        Action(Text("Give one, wait", "하나 주고 기다리기"), ("Right",)),
    )
    lives = 0
    states = WAIT + 1

    def __init__(self) -> None:
        self.state = 0

    def reset(self, seed: int) -> np.ndarray:
        self.state = 0
        return self._observation()

    def step(self, action: int) -> Turn:
        if self.state == 0 and action == NOW:
            return Turn(self._observation(), PAYS_NOW, True, False)
        reward = COSTS if self.state == 0 else PAYS_LATER if self.state == WAIT else 0.0
        over = self.state == WAIT
        self.state = min(self.state + 1, WAIT)
        return Turn(self._observation(), reward, over, False)

    def picture(self) -> np.ndarray:
        """The way of the late arm from left to right, its pay at the end, and where the player stands."""
        planes = np.zeros((3, 3, 6), np.uint8)
        planes[0, 1, 1:5] = 1
        planes[1, 1, 5] = 1
        planes[1, 2, 1] = 1
        planes[2, 1, 1 + self.state] = 1
        return paint(planes, _COLOURS)

    def close(self) -> None:
        return

    def _observation(self) -> np.ndarray:
        planes = np.zeros((1, 1, WAIT + 1), np.uint8)
        planes[0, 0, self.state] = 1
        return planes


CARD = GameCard(
    id="two-arms",
    name=Text("Two arms", "두 팔 도박"),
    summary=Text("Give one, take three: but later.", "하나를 주고 셋을 받아요. 단, 나중에."),
    make=TwoArms,
    shape=(1, 1, WAIT + 1),
    eyes="vector",
    defaults=DqnSettings(
        steps=4_000,
        learning_rate=5e-3,
        memory=1_000,
        warm_up=200,
        epsilon_steps=2_000,
        target_every=100,
        n_step=1,
        clip=False,
        check_every=1_000,
    ),
    explanation=Explanation(
        Text("Delayed reward", "늦은 보상 (delayed reward)"),
        Text("Lower γ below 0.87: the choice flips.", "γ를 0.87 아래로 낮추면 선택이 뒤집혀요."),
        Text(
            "There is no teacher who says “right”. The pay comes three steps later, and γ says what it is worth now.",
            "‘맞았어’라고 말해 주는 선생님이 없어요. 세 스텝 뒤의 보상을 γ가 지금 값으로 바꿔요.",
        ),
        "−1 + γ³ · 3  >  1   ⇔   γ > 0.874",
    ),
    rate=3.0,
    longest=20,
    lesson="table",
    rows=(126, 129),
)
