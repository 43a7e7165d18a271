"""What an agent says while it learns. Plain numbers, or arrays that nobody writes again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from torch import Tensor

from engine.jobs import Event
from engine.rl.game import Action
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Started(Event):
    """The run exists and its first decision comes next.

    step: 0, or where a resumed run goes on. memory_mib: what the replay memory will take when it is full.
    refilled: the memory was not kept: so many decisions are played without learning first; 0 for a new run.
    """

    folder: str
    game: str
    step: int
    steps: int
    parameters: int
    memory_mib: float
    refilled: int
    device: Text
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Learned(Event):
    """How learning stood over the last moment.

    loss: mean Huber loss. q: mean value of the chosen actions. ahead: mean value that the target network gives the
    states after them. error: mean |target − Q|. seconds: training, without pauses. speed: decisions a second.
    learning: False while the memory fills.
    """

    step: int
    seconds: float
    loss: float
    q: float
    error: float
    epsilon: float
    learning_rate: float
    speed: float
    updates: int
    learning: bool = True
    ahead: float = 0.0


@dataclass(frozen=True, slots=True)
class Episode(Event):
    """One whole game was played while learning; the score as people count it, rewards unclipped."""

    step: int
    seconds: float
    score: float
    length: int


@dataclass(frozen=True, slots=True)
class Synced(Event):
    """The target network became a copy of the online one."""

    step: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Checked(Event):
    """Whole games played with ε = 0.01 and nothing learnt from them: mean and standard deviation of the scores."""

    step: int
    seconds: float
    games: int
    mean: float
    deviation: float
    best: bool


@dataclass(frozen=True, slots=True)
class KnobMoved(Event):
    """A person changed a live setting; it acts from this decision on."""

    step: int
    seconds: float
    name: str
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class Saved(Event):
    """A checkpoint is on disk."""

    step: int
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Glimpse(Event):
    """One of the games being learnt from, at this moment.

    picture: (H, W, 3) uint8 RGB, of Atari the newest grey frame (H, W). values: (actions,) float32, Q(s, ·).
    action: the one taken. score: of the game so far. reward: what the action brought, unclipped.
    """

    step: int
    picture: np.ndarray
    values: np.ndarray
    action: int
    score: float
    reward: float
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Surprises(Event):
    """What the last batch was most wrong about, most surprising first.

    frames: (k, *shape) newest observation of each. errors: (k,) float32, target − Q. actions: (k,) int64.
    """

    step: int
    frames: np.ndarray
    errors: np.ndarray
    actions: np.ndarray
    rewards: np.ndarray
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Snapshot(Event):
    """Copies of both networks at one moment, for watching."""

    step: int
    game: str
    build: Mapping[str, object]
    online: Mapping[str, Tensor]
    target: Mapping[str, Tensor]
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What learning ends with. mean, deviation: of the best check over `games` games."""

    folder: str
    game: str
    steps: int
    seconds: float
    games: int
    mean: float
    deviation: float
    why: Text


RECORDED: dict[str, type[Event]] = {
    "learned": Learned,
    "episode": Episode,
    "synced": Synced,
    "checked": Checked,
    "knob": KnobMoved,
}
