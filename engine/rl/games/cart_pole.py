"""CartPole: keep a pole upright by pushing its cart. Gymnasium's physics (Barto, Sutton, Anderson 1983), our picture."""

from __future__ import annotations

import math

import cv2
import numpy as np

from engine.cards import Explanation
from engine.rl.game import Action, GameCard, Turn
from engine.rl.games.paint import GROUND
from engine.rl.settings import DqnSettings
from engine.text import Text, same

HEIGHT, WIDTH = 240, 400
EDGE = 2.4  # metres from the middle at which the cart is lost
LONGEST = 500
_CART, _POLE, _RAIL = (85, 102, 238), (230, 200, 143), (90, 98, 115)


class CartPole:
    """Observation: (4,) float32, place in metres, speed in m/s, angle in radians, turning in rad/s.

    One point for each step that the pole stands within 12° and the cart within 2.4 m; at most 500.
    """

    actions = (
        Action(Text("Push left", "왼쪽으로 밀기"), ("Left",)),
        Action(Text("Push right", "오른쪽으로 밀기"), ("Right",)),
    )
    lives = 0

    def __init__(self) -> None:
        from gymnasium.envs.classic_control.cartpole import CartPoleEnv  # here: half a second that only CartPole needs

        self.world = CartPoleEnv()
        self.seen, _ = self.world.reset(seed=0)

    def reset(self, seed: int) -> np.ndarray:
        self.seen, _ = self.world.reset(seed=seed)
        return self.seen

    def step(self, action: int) -> Turn:
        self.seen, reward, over, _, _ = self.world.step(action)
        return Turn(self.seen, float(reward), bool(over), False)

    def picture(self) -> np.ndarray:
        picture = np.empty((HEIGHT, WIDTH, 3), np.uint8)
        picture[:] = GROUND
        rail, x = 190, round(WIDTH / 2 + float(self.seen[0]) / EDGE * (WIDTH / 2 - 40))
        angle = float(self.seen[2])
        tip = round(x + 130 * math.sin(angle)), round(rail - 12 - 130 * math.cos(angle))
        cv2.line(picture, (0, rail + 14), (WIDTH, rail + 14), _RAIL, 2)
        cv2.rectangle(picture, (x - 30, rail - 12), (x + 30, rail + 12), _CART, -1)
        cv2.line(picture, (x, rail - 12), tip, _POLE, 8, cv2.LINE_AA)
        return picture

    def close(self) -> None:
        self.world.close()


CARD = GameCard(
    id="cartpole",
    name=same("CartPole"),
    summary=Text("Keep the pole upright. Learnt in a minute.", "막대를 세워요. 1분이면 배워요."),
    make=CartPole,
    shape=(4,),
    dtype="float32",
    eyes="vector",
    defaults=DqnSettings(
        steps=100_000,
        learning_rate=7e-4,
        batch_size=64,
        memory=10_000,
        warm_up=1_000,
        epsilon_steps=8_000,
        epsilon_end=0.04,
        target_every=200,
        train_every=2,
        n_step=3,
        clip=False,
        actors=8,
        check_every=2_500,
        check_games=20,
        stop_at=495.0,
    ),
    explanation=Explanation(
        same("CartPole"),
        Text("The pole falls when the cart comes too late.", "수레가 늦으면 막대가 넘어져요."),
        Text(
            "Four numbers, two moves: the smallest problem that needs a network instead of a table.",
            "숫자 네 개와 행동 두 가지. 표 대신 신경망이 필요한 가장 작은 문제예요.",
        ),
        "s = (x, ẋ, θ, θ̇),   r = 1 while |θ| < 12°",
    ),
    rate=50.0,
    longest=LONGEST,
    rows=(125, 135),
)
