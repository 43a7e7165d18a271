"""What a game is: one protocol for grid worlds, our small arcade games and Atari.

    observation = game.reset(seed)
    turn = game.step(action)        # the loop of lecture rows 125 and 128: state, action, reward, next state
    picture = game.picture()        # for people, (H, W, 3) uint8 RGB

A game is one file with a `GameCard` and one word in `engine.rl.games.GAMES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np

from engine.cards import Explanation
from engine.rl.settings import DqnSettings
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Action:
    """One move: its name, and the keys that a person holds for it ("Left", "Space" …; none = no key held)."""

    name: Text
    keys: tuple[str, ...] = ()


class Turn(NamedTuple):
    """What one step brings.

    observation: as `GameCard.shape` and `dtype` say. reward: unclipped.
    terminated:  the game is over. truncated: it was cut off at its longest allowed length.
    """

    observation: np.ndarray
    reward: float
    terminated: bool
    truncated: bool


class Game(Protocol):
    """One game being played. Closed when done; a game in a process of its own ends it."""

    @property
    def actions(self) -> tuple[Action, ...]: ...

    @property
    def lives(self) -> int:
        """Lives left; 0 where the game has none."""

    def reset(self, seed: int) -> np.ndarray:
        """Begin anew; the same seed and the same actions give the same game."""

    def step(self, action: int) -> Turn: ...

    def picture(self) -> np.ndarray:
        """What a person sees, (H, W, 3) uint8 RGB; never written after it was given."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Known:
    """A score from elsewhere: who played, how many points, and where that stands."""

    who: Text
    score: float
    source: str


@dataclass(frozen=True, slots=True)
class GameCard:
    """What can be known of a game without starting it.

    shape, dtype: of one observation. `eyes` says what it is: "pixels" (H, W) grey, "planes" (C, H, W) of 0 and 1,
        "vector" (D,).
    stack:   how many observations, newest last, the network sees at once.
    rate:    decisions a second at true speed.
    longest: decisions after which a game is cut off.
    first:   shown as a card of its own. atari: its title for ale-py, "" for games of our own.
    planes:  what each plane shows.
    lesson:  "table" where Q fits in a table with a cell for each state.
    """

    id: str
    name: Text
    summary: Text
    make: Callable[[], Game]
    shape: tuple[int, ...]
    eyes: str
    defaults: DqnSettings
    explanation: Explanation
    dtype: str = "uint8"
    stack: int = 1
    rate: float = 10.0
    longest: int = 5_000
    first: bool = True
    atari: str = ""
    lesson: str = "dqn"
    rows: tuple[int, ...] = ()
    known: tuple[Known, ...] = field(default=())
    planes: tuple[Text, ...] = field(default=())

    @property
    def recipe(self) -> str:
        """What `train` calls it."""
        return f"dqn-{self.id}"


def held(actions: tuple[Action, ...], keys: frozenset[str]) -> int:
    """The action that a person means who holds `keys`: the one that uses most of them and no other."""
    best, most = 0, -1
    for number, action in enumerate(actions):
        if set(action.keys) <= keys and len(action.keys) > most:
            best, most = number, len(action.keys)
    return best
