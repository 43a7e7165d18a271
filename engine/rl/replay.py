"""What an agent remembers: single observations, put together to stacks when they are drawn.

With four games a stack of four frames would be kept four times over; here every frame is kept once. Row t holds
what all games showed at time t and what came of it, so that row t + 1 holds the next state:

    frame[t]  action[t]  reward[t]  over[t]  idle[t]  fresh[t]

A game that has ended shows its last frame in a row whose action does nothing (`idle`), then begins anew (`fresh`).
Times are counted from the beginning and never wrap; `time % rows` is where they stand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.rl.priorities import Priorities


@dataclass(frozen=True, slots=True)
class Drawn:
    """Transitions drawn from the memory.

    states, nexts: (B, stack, *shape), black before a game's first frame. actions: (B,) int64.
    returns:  (B,) float32, Σ γᵏ rₖ over the n steps. discounts: (B,) γᵐ for the value of `nexts`, 0 where it was over.
    weights:  (B,) float32, 1 unless prioritised. places: (B, 2) time and game, to set priorities by.
    """

    states: np.ndarray
    actions: np.ndarray
    returns: np.ndarray
    discounts: np.ndarray
    nexts: np.ndarray
    weights: np.ndarray
    places: np.ndarray


class Replay:
    """A ring of `capacity` transitions of `games` parallel games."""

    def __init__(
        self,
        capacity: int,
        *,
        games: int,
        shape: tuple[int, ...],
        dtype: str,
        stack: int,
        prioritised: bool = False,
        seed: int = 0,
    ) -> None:
        self.rows, self.games, self.stack = max(stack + 32, capacity // games), games, stack
        self.shape = shape
        self.frames = np.zeros((self.rows, games, *shape), dtype)
        self.flat = self.frames.reshape(self.rows * games, -1)
        self.action = np.zeros((self.rows, games), np.uint8)
        self.reward = np.zeros((self.rows, games), np.float32)
        self.over, self.lost, self.idle, self.fresh = (np.zeros((self.rows, games), bool) for _ in range(4))
        self.time = 0
        self.random = np.random.default_rng(seed)
        self.priorities = Priorities(self.rows * games) if prioritised else None

    def __len__(self) -> int:
        return min(self.time, self.rows) * self.games

    def add(
        self,
        frames: np.ndarray,
        fresh: np.ndarray,
        actions: np.ndarray,
        rewards: np.ndarray,
        *,
        over: np.ndarray,
        lost: np.ndarray,
        idle: np.ndarray,
    ) -> None:
        """One row: what was seen, done and got by every game; see the module's first lines."""
        at = self.time % self.rows
        self.frames[at], self.fresh[at], self.action[at], self.reward[at] = frames, fresh, actions, rewards
        self.over[at], self.lost[at], self.idle[at] = over, lost, idle
        if self.priorities:
            self.priorities.add(at * self.games + np.arange(self.games), idle)
        self.time += 1

    def draw(self, count: int, *, gamma: float, n: int, clip: bool, life_reward: float, beta: float = 1.0) -> Drawn:
        """`count` transitions at random (by priority where there is one) with their n-step returns."""
        times, games, weights = self._choose(count, n, beta)
        returns, discounts, ahead = self._returns(times, games, gamma, n, clip, life_reward)
        return Drawn(
            states=self.stacked(times, games),
            actions=self.action[times % self.rows, games].astype(np.int64),
            returns=returns,
            discounts=discounts,
            nexts=self.stacked(times + ahead, games),
            weights=weights,
            places=np.stack((times, games), 1),
        )

    def _choose(self, count: int, n: int, beta: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Times whose stack is still here and whose n next rows are there already; idle rows are passed over."""
        low, high = max(0, self.time - self.rows) + self.stack, self.time - n
        times, games = np.empty(0, np.int64), np.empty(0, np.int64)
        chance = np.empty(0)
        while len(times) < count:
            if self.priorities:
                place, p = self.priorities.draw(count, self.random)
                t, g = self._time_of(place // self.games), place % self.games
            else:
                t, g = self.random.integers(low, high, count), self.random.integers(0, self.games, count)
                p = np.ones(count)
            good = (t >= low) & (t < high) & ~self.idle[t % self.rows, g]
            times, games, chance = np.append(times, t[good]), np.append(games, g[good]), np.append(chance, p[good])
        weights = (1.0 / chance[:count]) ** beta
        return times[:count], games[:count], (weights / weights.max()).astype(np.float32)

    def _time_of(self, row: np.ndarray) -> np.ndarray:
        """The newest time that stands in a row."""
        last = self.time - 1
        return np.asarray(last - (last - row) % self.rows)

    def _returns(
        self, times: np.ndarray, games: np.ndarray, gamma: float, n: int, clip: bool, life_reward: float
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(returns, discounts, rows ahead): the sum stops at a lost life or the end, and before an idle row."""
        returns, ahead = np.zeros(len(times), np.float32), np.zeros(len(times), np.int64)
        alive, goes_on = np.ones(len(times), bool), np.ones(len(times), bool)  # still adding; a future to ask about
        for k in range(n):
            at = (times + k) % self.rows, games
            alive &= ~self.idle[at]
            lost = self.lost[at]
            reward = np.clip(self.reward[at], -1, 1) if clip else self.reward[at]
            returns += np.where(alive, gamma**k * (reward + life_reward * lost), 0).astype(np.float32)
            ahead += alive
            goes_on &= ~(alive & (lost | self.over[at]))
            alive &= goes_on
        return returns, np.where(goes_on, gamma**ahead, 0).astype(np.float32), ahead

    def stacked(self, times: np.ndarray, games: np.ndarray) -> np.ndarray:
        """(B, stack, *shape): each time with those before it in the same game, newest last."""
        backs = np.arange(self.stack - 1, -1, -1)
        rows = (times[:, None] - backs) % self.rows  # (B, stack)
        places = rows * self.games + games[:, None]
        out: np.ndarray = np.take(self.flat, places.ravel(), axis=0).reshape(*rows.shape, *self.shape)
        begins = self.fresh[rows, games[:, None]]
        if begins[:, 1:].any():  # what was before a game's first frame is another game
            later = np.flip(np.cumsum(np.flip(begins, 1), 1), 1) - begins  # first frames after each place
            out[later > 0] = 0
        return out

    def surprised(self, places: np.ndarray, errors: np.ndarray) -> None:
        """Remember how wrong the network was about what was drawn; nothing where all are drawn alike."""
        if self.priorities:
            rows = places[:, 0] % self.rows
            self.priorities.set(rows * self.games + places[:, 1], errors)


def memory_mib(capacity: int, shape: tuple[int, ...], dtype: str) -> float:
    """What a memory of `capacity` transitions takes, in MiB; said before the start."""
    return capacity * (math.prod(shape) * np.dtype(dtype).itemsize + 9) / 2**20
