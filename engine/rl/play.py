"""Whole games played to their end and counted: what `play` and a training's checks are made of. Nothing is learnt."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from engine.devices import Device
from engine.jobs import Event, Progress
from engine.rl.actors import Actors, open_actors
from engine.rl.agent import values_of
from engine.rl.game import GameCard
from engine.rl.networks import QNetwork

EPSILON = 0.01  # one move in a hundred is a guess, so that no game is played by heart
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Score:
    """One whole game: its score, rewards unclipped, and its length in decisions."""

    score: float
    length: int


class Recent:
    """The last observations of n games, stacked as the network sees them: (n, stack, *shape), black before a start."""

    def __init__(self, card: GameCard, games: int) -> None:
        self.states = np.zeros((games, card.stack, *card.shape), card.dtype)

    def add(self, frames: np.ndarray, fresh: np.ndarray) -> np.ndarray:
        """Newest last; a game that begins anew forgets what was before."""
        self.states[:, :-1] = self.states[:, 1:]
        self.states[fresh, :-1] = 0
        self.states[:, -1] = frames
        return self.states


def choose(values: np.ndarray, epsilon: float, random: np.random.Generator) -> np.ndarray:
    """ε-greedy: (n, actions) values to (n,) int64."""
    best = values.argmax(1)
    guess = random.integers(0, values.shape[1], len(values))
    return np.where(random.random(len(values)) < epsilon, guess, best)


def play(
    card: GameCard,
    network: QNetwork | None,
    where: Device,
    *,
    games: int,
    seed: int,
    epsilon: float = EPSILON,
    longest: int | None = None,
    sticky: float = 0.0,
) -> Generator[Event, None, tuple[Score, ...]]:
    """Play `games` whole games; a job part, returns a `Score` each, in a fixed order.

    network: None plays at random. longest: decisions after which a game is cut off here; None = as the card says.
    Each of the parallel games has its share to play, so that short games are not counted more often.
    """
    actors = open_actors(card, min(games, AT_ONCE), sticky=sticky)
    try:
        return (yield from _played(card, network, where, actors, games, seed, epsilon, longest or card.longest))
    finally:
        actors.close()


def _played(
    card: GameCard,
    network: QNetwork | None,
    where: Device,
    actors: Actors,
    games: int,
    seed: int,
    epsilon: float,
    longest: int,
) -> Generator[Event, None, tuple[Score, ...]]:
    random, count = np.random.default_rng(seed), actors.count
    found: list[list[Score]] = [[] for _ in range(count)]
    share = [games // count + (i < games % count) for i in range(count)]
    recent, turns = Recent(card, count), actors.reset(seed)
    scores, lengths = np.zeros(count), np.zeros(count, np.int64)
    while any(len(f) < s for f, s in zip(found, share, strict=True)):
        states = recent.add(turns.frames, turns.fresh)
        if network is None:
            actions = random.integers(0, len(actors.actions), count)
        else:
            actions = choose(values_of(network, states, where), epsilon, random)
        actors.send(actions)
        turns = actors.receive()
        scores[turns.fresh], lengths[turns.fresh] = 0, 0
        scores += np.where(turns.fresh, 0, turns.rewards)
        lengths += ~turns.fresh
        for i in np.flatnonzero(turns.over | turns.cut | (lengths == longest)):
            if len(found[i]) < share[i] and lengths[i] <= longest:
                found[i].append(Score(float(scores[i]), int(lengths[i])))
        waits = np.array([len(f) < s for f, s in zip(found, share, strict=True)])
        if waits.any() and (lengths[waits] >= longest).all():  # cut off here: they would not end by themselves in time
            turns = actors.reset(seed + 1000 * (1 + sum(map(len, found))))
            scores[:], lengths[:] = 0, 0
        yield Progress(sum(map(len, found)), games)
    return tuple(score for one in found for score in one)
