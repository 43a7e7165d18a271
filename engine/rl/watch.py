"""Games played for eyes: one that an agent plays, or two side by side with the same seed, at any speed.

A player is a file of weights, the agent that is learning now, chance, or a person's hand; who drives may change in
mid-game. Nothing is learnt here; what each move is worth is told all the same, whoever drives.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Hashable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch

from engine.devices import Device, choose
from engine.jobs import Event, Job, Progress
from engine.knobs import Box
from engine.rl.agent import open_agent, values_of
from engine.rl.events import Snapshot
from engine.rl.game import Action, GameCard, Turn, held
from engine.rl.networks import QNetwork, build_from
from engine.rl.play import Recent
from engine.text import Text

_OPENING = Text("Opening {game}", "{game} 여는 중")
NAP = 0.03  # seconds slept at most between two looks at what a hand wants


@dataclass(frozen=True, slots=True)
class Player:
    """Who plays: a file of weights, `living` the agent that learns now, or none of both: an untrained network.

    words: what to call it.
    """

    words: Text
    path: Path | None = None
    living: Box[Snapshot | None] | None = None


@dataclass(frozen=True, slots=True)
class Watching:
    """What a hand wants at this moment.

    speed: 1 = true speed. epsilon: share of guesses. gamma: for the Bellman equation's numbers. saliency: also tell
    what the value hangs on. hand: which player a person drives, −1 none; keys: those held down. seed: another number
    begins a new game.
    """

    speed: float = 1.0
    epsilon: float = 0.01
    gamma: float = 0.99
    saliency: bool = False
    hand: int = -1
    keys: frozenset[str] = frozenset()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """The games are there: what can be done in them."""

    actions: tuple[Action, ...]
    players: int


@dataclass(frozen=True, slots=True)
class Seen(Event):
    """One moment of one game; the newest is shown.

    picture: (H, W, 3) uint8 RGB. frames: (stack, *shape), what the network sees, newest last.
    values, target: (actions,) float32, Q(s, ·) of the online and the target network (None without one).
    saliency: None, or like the newest frame, in [0, 1]: how much max Q hangs on each place.
    """

    player: int
    step: int
    picture: np.ndarray
    frames: np.ndarray
    values: np.ndarray
    target: np.ndarray | None
    action: int
    guessed: bool
    by_hand: bool
    score: float
    lives: int
    saliency: np.ndarray | None = None
    latest_only: ClassVar[bool] = True

    @property
    def key(self) -> Hashable:
        return self.player


@dataclass(frozen=True, slots=True)
class Moment(Event):
    """One decision in numbers; none is left out. The Bellman equation: target = reward + gamma · ahead, error = target − q.

    action: its number. over: the game ended with it, `score` is its whole score; lost: a life was lost.
    """

    player: int
    step: int
    action: int
    value: float
    q: float
    reward: float
    gamma: float
    ahead: float
    target: float
    lost: bool
    over: bool
    score: float


class _Seat:
    """One player at one game."""

    def __init__(self, number: int, card: GameCard, player: Player) -> None:
        self.number, self.card, self.player = number, card, player
        self.online: QNetwork | None = open_agent(player.path, card) if player.path else None
        self.game = card.make()
        self.target: QNetwork | None = None
        self._learnt: Snapshot | None = None
        self.begin(0)

    def begin(self, seed: int) -> None:
        self.random, self.recent = np.random.default_rng(seed), Recent(self.card, 1)
        self.states = self.recent.add(self.game.reset(seed)[None], np.ones(1, bool))
        self.step, self.score, self.over = 0, 0.0, False
        self.lives = self.game.lives

    def follow(self) -> None:
        """Take over what the agent that is learning has learnt since."""
        newest = self.player.living.value if self.player.living else None
        if newest is not None and newest is not self._learnt and newest.game == self.card.id:
            self._learnt = newest
            if self.online is None or self.target is None:
                build = build_from(dict(newest.build))
                self.online, self.target = QNetwork(build).eval(), QNetwork(build).eval()
            self.online.load_state_dict(newest.online)
            self.target.load_state_dict(newest.target)

    def values(self, network: QNetwork | None, where: Device) -> np.ndarray:
        """Q(s, ·) of the states as they are, (actions,); zeros where there is no network."""
        if network is None:
            return np.zeros(len(self.game.actions), np.float32)
        return values_of(network, self.states, where)[0]

    def decide(self, values: np.ndarray, now: Watching) -> tuple[int, bool, bool]:
        """(action, whether it is a guess, whether a hand drives)."""
        if now.hand == self.number:
            return held(self.game.actions, now.keys), False, True
        if self.online is None or self.random.random() < now.epsilon:
            return int(self.random.integers(len(self.game.actions))), True, False
        return int(values.argmax()), False, False

    def act(self, action: int) -> Turn:
        turn = self.game.step(action)
        self.states = self.recent.add(turn.observation[None], np.zeros(1, bool))
        self.step, self.score = self.step + 1, self.score + turn.reward
        self.over = turn.terminated or turn.truncated or self.step >= self.card.longest
        return turn


def first_look(card: GameCard) -> Job:
    """What a game looks like before anybody moves, (H, W, 3) uint8 RGB; a job.

    Raises: `LabError` when Atari cannot be had.
    """
    yield Progress(0, 0, _OPENING(game=card.name))
    opened = card.make()
    try:
        opened.reset(0)
        return opened.picture()
    finally:
        opened.close()


def watch(card: GameCard, players: Sequence[Player], wish: Box[Watching], *, games: int = 0) -> Job:
    """Let `players` play `card`, all with the same seed; a job. Ends after `games` whole games of the first; 0 = never.

    Yields: Opened; Moment for every decision; Seen for eyes. A game that is over begins anew with the next seed when
    all are over.
    Raises: `LabError` for weights of another game, and when Atari's process ends.
    """
    where = replace(choose("cpu", "fp32"), threads=1)
    seats: list[_Seat] = []
    try:
        for number, player in enumerate(players):
            yield Progress(0, 0, _OPENING(game=card.name))
            seats.append(_Seat(number, card, player))
        yield Opened(seats[0].game.actions, len(seats))
        yield from _watched(card, seats, wish, where, games)
    finally:
        for seat in seats:
            seat.game.close()


def _watched(
    card: GameCard, seats: list[_Seat], wish: Box[Watching], where: Device, games: int
) -> Generator[Event, None, None]:
    seed, played, extra = wish.value.seed, 0, 0
    for seat in seats:
        seat.begin(seed)
    due = time.perf_counter()
    while not games or played < games:
        now = wish.value
        if now.seed != seed or all(seat.over for seat in seats):
            extra = 0 if now.seed != seed else extra + 1
            played += now.seed == seed
            seed = now.seed
            for seat in seats:
                seat.begin(seed + extra)
        for seat in seats:
            if not seat.over:
                yield from _turn(seat, now, where)
        due = max(due + 1 / (card.rate * now.speed), time.perf_counter() - 0.5)
        while (left := due - time.perf_counter()) > 0:
            time.sleep(min(NAP, left))
            if left > NAP:
                yield Progress(0)  # a place to be paused or cancelled at


def _turn(seat: _Seat, now: Watching, where: Device) -> Generator[Event, None, None]:
    """One decision of one player: what it sees and thinks, then what came of it."""
    seat.follow()
    values = seat.values(seat.online, where)
    target = seat.values(seat.target, where) if seat.target else None
    action, guessed, by_hand = seat.decide(values, now)
    saliency = _saliency(seat) if now.saliency and seat.online else None
    frames, lives = seat.states[0].copy(), seat.game.lives
    turn = seat.act(action)
    seen = Seen(
        seat.number,
        seat.step,
        seat.game.picture(),
        frames,
        values,
        target,
        action,
        guessed,
        by_hand,
        seat.score,
        seat.game.lives,
        saliency,
    )
    ahead = 0.0 if turn.terminated else float(seat.values(seat.target or seat.online, where).max())
    goal = turn.reward + now.gamma * ahead
    lost = seat.game.lives < lives
    yield Moment(
        seat.number,
        seat.step,
        action,
        float(values.max()),
        float(values[action]),
        turn.reward,
        now.gamma,
        ahead,
        goal,
        lost,
        seat.over,
        seat.score,
    )
    yield from _pictures(seat, seen, now)


def _pictures(seat: _Seat, seen: Seen, now: Watching) -> Generator[Event, None, None]:
    """At true speed or slower, Atari's frames between two decisions too: else it would look like 15 frames a second."""
    between: tuple[np.ndarray, ...] = getattr(seat.game, "pictures", ())
    if len(between) > 1 and now.speed <= 1 and now.hand <= seat.number:
        half = len(between) // 2 - 1
        yield replace(seen, picture=between[half])
        time.sleep(0.5 / (seat.card.rate * now.speed) if now.speed >= 1 else NAP)
    yield seen


def _saliency(seat: _Seat) -> np.ndarray:
    """|∂ max Q / ∂ s| of the newest frame, in [0, 1] (Simonyan et al. 2014); planes are summed up."""
    assert seat.online is not None
    state = torch.from_numpy(seat.states).float().requires_grad_(True)
    seat.online(state).max().backward()
    assert state.grad is not None
    found = state.grad[0, -1].abs().numpy()
    if found.ndim == 3:
        found = found.sum(0)
    return np.asarray(found / (found.max() + 1e-12), np.float32)
