"""Several games played at once, so that one look of the network serves them all.

The way through a game's end is the same for all kinds: the turn that ends it shows its last frame; the next turn
does nothing but begin anew (`fresh`), whatever action was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.rl.game import Action, Game, GameCard


@dataclass(frozen=True, slots=True)
class Turns:
    """What one step of n games brings.

    frames: (n, *shape), newest observation of each. rewards: (n,) float32, unclipped. lives: (n,) int64.
    over: the game ended. cut: it was cut off at its longest. fresh: this frame is a game's first. All (n,) bool.
    """

    frames: np.ndarray
    rewards: np.ndarray
    over: np.ndarray
    cut: np.ndarray
    fresh: np.ndarray
    lives: np.ndarray


class Actors(Protocol):
    """n games of one kind. `send` returns at once; the learner may work until it asks for `receive`."""

    count: int

    @property
    def actions(self) -> tuple[Action, ...]: ...

    def reset(self, seed: int) -> Turns: ...

    def send(self, actions: np.ndarray) -> None: ...

    def receive(self) -> Turns: ...

    def close(self) -> None: ...


class LocalActors:
    """Games of our own, stepped one after another in this process: they take microseconds."""

    def __init__(self, card: GameCard, count: int) -> None:
        self.count, self.card = count, card
        self.games: list[Game] = [card.make() for _ in range(count)]
        self._random = np.random.default_rng(0)
        self._ended, self._lengths = np.zeros(count, bool), np.zeros(count, np.int64)
        self._asked = np.zeros(count, np.int64)

    @property
    def actions(self) -> tuple[Action, ...]:
        return self.games[0].actions

    def reset(self, seed: int) -> Turns:
        self._random = np.random.default_rng(seed)
        frames = np.stack([game.reset(seed + i) for i, game in enumerate(self.games)])
        self._ended[:], self._lengths[:] = False, 0
        nothing = np.zeros(self.count, bool)
        return Turns(frames, np.zeros(self.count, np.float32), nothing, nothing, ~nothing, self._lives())

    def send(self, actions: np.ndarray) -> None:
        self._asked = actions

    def receive(self) -> Turns:
        fresh = self._ended.copy()
        frames = np.empty((self.count, *self.card.shape), self.card.dtype)
        rewards, over, cut = np.zeros(self.count, np.float32), np.zeros(self.count, bool), np.zeros(self.count, bool)
        for i, game in enumerate(self.games):
            if fresh[i]:
                frames[i] = game.reset(int(self._random.integers(2**31)))
                self._lengths[i] = 0
            else:
                frames[i], rewards[i], over[i], cut[i] = game.step(int(self._asked[i]))
                self._lengths[i] += 1
                cut[i] |= self._lengths[i] >= self.card.longest and not over[i]
        self._ended = over | cut
        return Turns(frames, rewards, over, cut, fresh, self._lives())

    def close(self) -> None:
        for game in self.games:
            game.close()

    def _lives(self) -> np.ndarray:
        return np.array([game.lives for game in self.games])


def open_actors(card: GameCard, count: int, *, sticky: float = 0.0) -> Actors:
    """`count` games of `card`; Atari's in a process of their own. Raises `LabError` when they cannot be had."""
    if card.atari:
        from engine.rl.atari import AtariActors

        return AtariActors(card, count, sticky=sticky)
    return LocalActors(card, count)
