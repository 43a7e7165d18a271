"""Q-learning in a table (Watkins 1989): every state and move has a cell, and one step changes one of them.

Q(s, a) ← Q(s, a) + α (r + γ max Q(s′, ·) − Q(s, a))        lecture rows 132-134
"""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np

from engine.fields import setting
from engine.jobs import Event
from engine.knobs import Box
from engine.rl.game import Action, Turn
from engine.rl.games.grid_world import World
from engine.rl.settings import EPSILON, GAMMA
from engine.text import Text


@dataclass(frozen=True, slots=True)
class TableSettings:
    """What a hand may set. speed: steps a second; 0 = as fast as the machine."""

    gamma: float = setting(0.95, Text("Discount γ", "할인율 γ"), low=0.0, high=0.999, live=True, help=GAMMA)
    epsilon: float = setting(
        0.2, Text("Exploration ε", "탐험 ε"), low=0.0, high=1.0, step=0.01, live=True, help=EPSILON
    )
    alpha: float = setting(0.3, Text("Learning rate α", "학습률 α"), low=0.01, high=1.0, live=True)
    speed: float = setting(
        0.0,
        Text("Steps a second", "초당 스텝"),
        low=0.0,
        high=60.0,
        zero=Text("full speed", "최고 속도"),
        live=True,
    )


class Tabular(Protocol):
    """A game whose states are numbered from 0."""

    @property
    def state(self) -> int: ...

    @property
    def states(self) -> int: ...

    @property
    def actions(self) -> tuple[Action, ...]: ...

    def reset(self, seed: int) -> np.ndarray: ...

    def step(self, action: int) -> Turn: ...


@dataclass(frozen=True, slots=True)
class TableStep(Event):
    """One step of the loop, with the numbers of the Bellman equation put in.

    table: (states, actions) float64 after the step. before: Q(s, a) before it. ahead: max Q(s′, ·), 0 at the end.
    guessed: the move was a guess (ε). games, score: whole games so far, and the last one's sum of rewards.
    """

    step: int
    state: int
    action: int
    reward: float
    after: int
    over: bool
    before: float
    ahead: float
    target: float
    now: float
    guessed: bool
    games: int
    score: float
    table: np.ndarray
    latest_only: ClassVar[bool] = True


def learn_table(
    game: Tabular, knobs: Box[TableSettings], *, games: int = 0, seed: int = 0, longest: int = 200
) -> Generator[Event, None, np.ndarray]:
    """Fill the table by playing; a job. Ends after `games` games (0 = never), returns the table (states, actions)."""
    table = np.zeros((game.states, len(game.actions)))
    random = np.random.default_rng(seed)
    game.reset(seed)
    step, played, score, last, length = 0, 0, 0.0, 0.0, 0
    while not games or played < games:
        now, state = knobs.value, game.state
        guessed = bool(random.random() < now.epsilon)
        best = np.flatnonzero(table[state] == table[state].max())  # equal moves are drawn by lot
        action = int(random.integers(len(game.actions)) if guessed else random.choice(best))
        turn = game.step(action)
        ahead = 0.0 if turn.terminated else float(table[game.state].max())
        before, target = float(table[state, action]), turn.reward + now.gamma * ahead
        table[state, action] += now.alpha * (target - before)
        step, length, score = step + 1, length + 1, score + turn.reward
        over = turn.terminated or length >= longest
        after = game.state
        if over:
            played, last, score, length = played + 1, score, 0.0, 0
            game.reset(seed + played)
        new = float(table[state, action])
        yield TableStep(
            step,
            state,
            action,
            turn.reward,
            after,
            over,
            before,
            ahead,
            target,
            new,
            guessed,
            played,
            last,
            table.copy(),
        )
        if now.speed:
            time.sleep(min(1.0, 1 / now.speed))
    return table


def best_values(world: World, gamma: float) -> np.ndarray:
    """What a perfect player gets from each cell, (H, W): value iteration until nothing moves (Bellman 1957)."""
    height, width = world.size
    values = np.zeros((height, width))
    for _ in range(10_000):
        new = np.zeros_like(values)
        for row in range(height):
            for column in range(width):
                if not world.ends((row, column)) and (row, column) not in world.walls:
                    new[row, column] = max(_worth(world, values, gamma, (row, column), a) for a in range(4))
        if np.abs(new - values).max() < 1e-10:
            return new
        values = new
    return values


def _worth(world: World, values: np.ndarray, gamma: float, cell: tuple[int, int], action: int) -> float:
    """Q*(s, a): the reward of where each possible way leads, and what may still come."""
    ways = [(action, 1 - world.slip), ((action + 1) % 4, world.slip / 2), ((action + 3) % 4, world.slip / 2)]
    total = 0.0
    for way, chance in ways:
        if chance:
            after = world.after(cell, way)
            total += chance * (world.reward(after) + gamma * (0.0 if world.ends(after) else values[after]))
    return total


def walk(world: World, table: np.ndarray, longest: int = 100) -> list[tuple[int, int]]:
    """The cells that a player who always takes the best move goes through, the start first."""
    cell, way = world.start, [world.start]
    while not world.ends(cell) and len(way) < longest:
        cell = world.after(cell, int(table[cell[0] * world.size[1] + cell[1]].argmax()))
        way.append(cell)
    return way
