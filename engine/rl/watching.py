"""What `play` does: an agent, or chance, plays whole games; the scores, and a film of one game if one is wanted."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.devices import Device, choose
from engine.errors import LabError
from engine.files import check_place, write_bytes, write_whole
from engine.jobs import Event, Job, Progress
from engine.live.keeping import VideoOut
from engine.rl.agent import find_agent, open_agent, values_of
from engine.rl.game import GameCard
from engine.rl.games import game
from engine.rl.networks import QNetwork
from engine.rl.play import EPSILON, Recent, Score, play
from engine.rl.play import choose as choose_action
from engine.text import Text

_FILMS = (".mp4", ".avi", ".gif")


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it. agent: "random", or the file that played. scores: one for each whole game."""

    game: str
    agent: str
    epsilon: float
    scores: tuple[Score, ...]

    def as_json(self) -> dict[str, Any]:
        points = np.array([one.score for one in self.scores])
        return {
            "game": self.game,
            "agent": self.agent,
            "epsilon": self.epsilon,
            "score_mean": float(points.mean()),
            "score_deviation": float(points.std(ddof=1)) if len(points) > 1 else 0.0,
            "score_min": float(points.min()),
            "score_max": float(points.max()),
            "count": len(points),
            "length_mean": float(np.mean([one.length for one in self.scores])),
            "scores": points.tolist(),
        }


def play_games(
    game_id: str,
    *,
    agent: str = "bundled",
    episodes: int = 30,
    seed: int = 0,
    epsilon: float = EPSILON,
    video: Path | None = None,
    sticky: float = 0.0,
) -> Job:
    """Play `episodes` whole games with the agent that `agent` names ("random", "bundled", a file); returns `Played`.

    video: where one game more, with the same seed, is filmed (.mp4, .avi, .gif).
    Raises: `LabError` when the agent is another game's, ale-py is not here, or the film cannot be written.
    """
    card = game(game_id)
    if episodes < 1:
        raise LabError(Text("Play at least one game.", "한 판 이상으로 정해 주세요."))
    if video:
        check_film(video)
    path = None if agent == "random" else find_agent(card, agent)
    network = open_agent(path, card) if path else None
    where = choose()
    scores = yield from play(card, network, where, games=episodes, seed=seed, epsilon=epsilon, sticky=sticky)
    if video:
        yield from film(card, network, where, seed=seed, epsilon=epsilon, to=video)
    return Played(card.id, str(path or "random"), epsilon if path else 1.0, scores)


def film(
    card: GameCard, network: QNetwork | None, where: Device, *, seed: int, epsilon: float, to: Path
) -> Generator[Event, None, float]:
    """Play one game and write it as a film at true speed (.mp4, .avi) or as a moving picture (.gif); returns its score.

    Raises: `LabError` when it cannot be written.
    """
    one, random = card.make(), np.random.default_rng(seed)
    recent, nothing = Recent(card, 1), np.zeros(1, bool)
    reel: _Film | _Gif = _Gif(to) if to.suffix.lower() == ".gif" else _Film(to)
    try:
        states, score = recent.add(one.reset(seed)[None], ~nothing), 0.0
        for number in range(min(card.longest, reel.most)):
            values = np.zeros((1, len(one.actions))) if network is None else values_of(network, states, where)
            turn = one.step(int(choose_action(values, epsilon if network else 1.0, random)[0]))
            states, score = recent.add(turn.observation[None], nothing), score + turn.reward
            reel.add(getattr(one, "pictures", None) or (one.picture(),), card.rate)
            yield Progress(number, card.longest)
            if turn.terminated or turn.truncated:
                break
        reel.finish()
        return score
    finally:
        one.close()
        reel.close()


def film_agent(game_id: str, agent: Path | None, *, seed: int, epsilon: float, to: Path) -> Job:
    """The same for an agent's file (None: chance); a job, returns `to`."""
    card = game(game_id)
    network = open_agent(agent, card) if agent else None
    yield from film(card, network, choose("cpu", "fp32"), seed=seed, epsilon=epsilon, to=to)
    return to


def write_scores(rows: Sequence[tuple[str, str, float]], to: Path) -> Job:
    """(game, who, score) of whole games as a table; a job, returns `to`."""
    yield Progress(0, 1)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("game", "who", "score"))
    table.writerows(rows)
    write_bytes(to, out.getvalue().encode("utf-8"))
    return to


class _Film:
    """A film of every picture, written as they come; nothing remains of one that was not finished."""

    most = 20_000  # decisions

    def __init__(self, to: Path) -> None:
        self._to, self._done = to, False
        self._out: VideoOut | None = None

    def add(self, pictures: Sequence[np.ndarray], rate: float) -> None:
        self._out = self._out or VideoOut(self._to, rate * len(pictures))
        for picture in pictures:
            self._out.add(enlarged(picture))

    def finish(self) -> None:
        self._done = True

    def close(self) -> None:
        if self._out is not None:
            self._out.close(keep=self._done)


class _Gif:
    """A .gif of one picture for each decision, kept in memory until it is whole."""

    most = 900

    def __init__(self, to: Path) -> None:
        self._to, self._rate = to, 10.0
        self._pictures: list[Image.Image] = []

    def add(self, pictures: Sequence[np.ndarray], rate: float) -> None:
        self._rate = rate
        self._pictures.append(Image.fromarray(enlarged(pictures[-1])).quantize(64))

    def finish(self) -> None:
        first, *others = self._pictures
        span = round(1000 / min(self._rate, 50))
        write_whole(
            self._to,
            lambda file: first.save(file, "GIF", save_all=True, append_images=others, duration=span, loop=0),
        )

    def close(self) -> None:
        self._pictures.clear()


def enlarged(picture: np.ndarray) -> np.ndarray:
    """At least 320 pixels high, every pixel a square."""
    times = max(1, round(320 / picture.shape[0]))
    return np.repeat(np.repeat(picture, times, 0), times, 1)


def check_film(to: Path) -> None:
    """Before games are played for a film: raises `LabError` where it could not be written."""
    if to.suffix.lower() not in _FILMS:
        text = Text(
            "Choose a name that ends in {wanted} instead of {name}.",
            "{name} 대신 {wanted}로 끝나는 이름을 골라 주세요.",
        )
        raise LabError(text(wanted=", ".join(_FILMS), name=to.name))
    check_place(to)
