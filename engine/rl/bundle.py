"""From an agent's run to weights that ship: whole games played once more, the tensors and their card."""

from __future__ import annotations

import dataclasses
import shlex
from pathlib import Path
from typing import Any

import resources
from engine.errors import LabError
from engine.files import read_json, read_tensors, sha256, write_json, write_tensors
from engine.jobs import Job
from engine.rl.events import Checked
from engine.rl.game import GameCard
from engine.rl.games import game
from engine.rl.run_folder import read_events
from engine.rl.settings import DqnSettings
from engine.rl.watching import Played, play_games
from engine.text import Text

GAMES = 30


def bundle_agent(run: Path, *, to: Path | None = None, games: int = GAMES, seed: int = 1_000) -> Job:
    """Copy the best weights of a run to resources/agents with their card; a job, returns the card.

    The score is of `games` whole games at ε 0.01 with seeds that no check used, and of as many random ones.
    A run may still go on: its best so far is taken. Raises: `LabError` for a run that has none yet.
    """
    about, best = read_json(run / "run.json"), run / "best.safetensors"
    if not best.is_file():
        text = Text(
            "{run} has no checked agent yet. Let it learn on.",
            "{run} 실행에는 아직 점검한 에이전트가 없어요. 더 배우게 해 주세요.",
        )
        raise LabError(text(run=run.name))
    card = game(about["game"])
    played: Played = yield from play_games(card.id, agent=str(best), episodes=games, seed=seed)
    chance: Played = yield from play_games(card.id, agent="random", episodes=games, seed=seed)
    tensors, weights_about = read_tensors(best)
    path = (to or resources.path("agents")) / f"{card.recipe}.safetensors"
    kept = {name: weights_about[name] for name in ("agent", "game", "build", "step")}
    write_tensors(path, tensors, {**kept, "score_mean": played.as_json()["score_mean"]})
    values = {
        **_what_it_is(card, about, int(weights_about["step"])),
        **{k: v for k, v in played.as_json().items() if k != "agent"},
        "random_score_mean": chance.as_json()["score_mean"],
        "seed_of_games": seed,
        "curve": _curve(run),
        "sha256": sha256(path),
        "bytes": path.stat().st_size,
        "parameters": sum(t.numel() for t in tensors.values()),
    }
    write_json(path.with_suffix(".json"), values)
    return values


def _what_it_is(card: GameCard, about: dict[str, Any], step: int) -> dict[str, Any]:
    settings = DqnSettings(**about["settings"])
    changes = [
        f"{f.name}={getattr(settings, f.name)}"
        for f in dataclasses.fields(settings)
        if getattr(settings, f.name) != getattr(card.defaults, f.name)
    ]
    words = ["python", "main.py", "train", card.recipe]
    return {
        "id": card.recipe,
        "task": "play",
        "command": shlex.join([*words, *(["--set", *changes] if changes else [])]),
        "settings": about["settings"],
        "steps": step,
        "date": about["started"][:10],
        "versions": about["versions"],
        "device": about["device"],
        "precision": about["precision"],
        "threads": about["threads"],
        "selected_on": f"the best of its checks, {settings.check_games} games each, at most 4,500 moves a game",
        "code_licence": "MIT",
        "weights_licence": "MIT",
        "data_licence": "played in ale-py (GPL-2.0-only), which is not part of the weights" if card.atari else "MIT",
    }


def _curve(run: Path) -> list[dict[str, float]]:
    """Each check: steps, seconds of learning, mean score."""
    checks = [event for event in read_events(run) if isinstance(event, Checked)]
    return [{"step": c.step, "seconds": round(c.seconds), "mean": round(c.mean, 2)} for c in checks]
