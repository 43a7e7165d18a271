"""The agents on this machine that play a game: bundled, and of each run its best moment and those on its way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.errors import LabError
from engine.files import read_json, read_tensors
from engine.jobs import Job, Progress
from engine.rl.agent import bundled_path
from engine.rl.game import GameCard
from engine.rl.run_folder import agents
from engine.text import Text
from engine.train.checkpoints import kept

_BUNDLED = Text("bundled agent", "내장 에이전트")
_BEST = Text("{run}, best", "{run} 중 가장 좋은 것")
_LAST = Text("{run}, as it stopped", "{run}, 멈췄을 때")
_STEP = Text("{run}, step {step:,}", "{run}, {step:,}스텝")


@dataclass(frozen=True, slots=True)
class FoundAgent:
    """One agent that can play. score: of its check, None where none was made. step: −1 = the run's best; 0 = as drawn.

    curve: how a bundled one learnt, (step, mean score) of each check.
    """

    words: Text
    path: Path
    score: float | None
    step: int = -1
    run: Path | None = None
    curve: tuple[tuple[float, float], ...] = ()


def found_agents(card: GameCard) -> Job:
    """Those that play `card`, a tuple of `FoundAgent`: bundled first, then the runs' best, newest run first."""
    yield Progress(0, 1, Text("Looking for agents", "에이전트를 찾는 중"))
    found = []
    if bundled_path(card).is_file():
        path = bundled_path(card)
        found.append(FoundAgent(_BUNDLED, path, _score(path), curve=_curve(path)))
    below = agents()
    for folder in sorted(below.iterdir(), reverse=True) if below.is_dir() else ():
        if _game_of(folder) != card.id:
            continue
        for name, words in (
            ("best", _BEST),
            ("last", _LAST),
        ):  # one that was stopped before its first check has no best
            path = folder / f"{name}.safetensors"
            if path.is_file():
                found.append(FoundAgent(words(run=folder.name), path, _score(path), run=folder))
                break
    return tuple(found)


def moments(run: Path) -> Job:
    """The time machine of a run: its network at each kept checkpoint, the first before it had learnt anything."""
    yield Progress(0, 1, Text("Looking for checkpoints", "체크포인트를 찾는 중"))
    return tuple(
        FoundAgent(_STEP(run=run.name, step=one.step), one.path, _score(one.path), one.step, run) for one in kept(run)
    )


def _game_of(folder: Path) -> str:
    """The game of a run; "" for what is none, or cannot be read."""
    try:
        return str(read_json(folder / "run.json").get("game", ""))
    except LabError:
        return ""


def _curve(path: Path) -> tuple[tuple[float, float], ...]:
    """Of the card beside weights that ship; () where it cannot be read."""
    try:
        return tuple((float(one["step"]), float(one["mean"])) for one in read_json(path.with_suffix(".json"))["curve"])
    except (LabError, KeyError, TypeError, ValueError):
        return ()


def _score(path: Path) -> float | None:
    try:
        value = read_tensors(path)[1].get("score_mean")
    except LabError:
        return None
    return None if value is None else float(value)
