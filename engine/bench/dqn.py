"""How fast an agent learns: decisions a second at the paper's ratio, against stable-baselines3 where it is installed.

Both play Breakout with the network, batch, ratio (one update of 32 for every 4 decisions) and precision-independent
hyper-parameters of Mnih et al. 2015: no double, no dueling, one-step returns. The reference runs in a process of
its own with as many threads; of its two ways to collect (1 game and 8 games) the faster counts. Repeats alternate.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import torch

from engine.bench import Say, spread
from engine.errors import LabError
from engine.fields import changed
from engine.rl.begin import begin
from engine.rl.dqn import train, update
from engine.rl.events import Learned
from engine.rl.games import game
from engine.rl.settings import DqnSettings
from engine.text import Text

GAME = "breakout"
SECONDS, QUICK_SECONDS = 12.0, 2.0  # measured of each run, after the warm-up
PLAIN = (
    *("size=nature", "double=0", "dueling=0", "n_step=1", "train_every=4", "target_every=8000"),
    *("warm_up=1000", "check_every=10000000"),
)
REFERENCE = "engine/bench/reference/dqn_sb3.py"


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """Alternating repeats of ours and the reference's, and the memory that 100,000 transitions take.

    quick: two short repeats of ours alone; the reference takes a minute.
    """
    settings = changed(game(GAME).defaults, list(PLAIN))
    mib = _memory(settings)
    ours: list[float] = []
    theirs: dict[int, list[float]] = {1: [], 8: []}
    seconds = QUICK_SECONDS if quick else SECONDS
    for number in range(2 if quick else repeats):
        ours.append(_ours(settings, seconds))
        if not quick and find_spec("stable_baselines3"):
            for games, rates in theirs.items():
                rates.append(_theirs(settings, games))
        text = Text("repeat {n}: ours {a:,.0f} steps/s, reference {b}", "{n}회: 우리 초당 {a:,.0f}스텝, 기준 {b}")
        said = ", ".join(f"{rates[-1]:,.0f}" for rates in theirs.values() if rates) or "–"
        say(text(n=number + 1, a=ours[-1], b=said))
    return _figures(settings, ours, theirs, mib) | {"seconds_each": seconds}


def _figures(settings: DqnSettings, ours: list[float], theirs: dict[int, list[float]], mib: float) -> dict[str, Any]:
    found: dict[str, Any] = {
        "steps_per_second": spread(ours)["median"],
        "steps_per_second_spread": spread(ours),
        "count": len(ours),
        "mib": mib,
        "mib_transitions": settings.memory,
        "game": GAME,
        "batch_size": settings.batch_size,
        "train_every": settings.train_every,
        "reference": None,
    }
    if not theirs[1]:
        here = find_spec("stable_baselines3") is not None
        why = "left out of a quick run" if here else "pip install stable-baselines3 to compare"
        return found | {"reference_missing": why}
    best = max(theirs, key=lambda games: spread(theirs[games])["median"])
    ratios = spread([a / b for a, b in zip(ours, theirs[best], strict=True)])
    return found | {
        "ratio": ratios["median"],
        "ratio_spread": ratios,
        "reference": REFERENCE,
        "reference_games": best,
        "reference_steps_per_second": spread(theirs[best])["median"],
        "reference_spread": {str(games): spread(rates) for games, rates in theirs.items()},
        "reference_precision": "fp32",
    }


def _ours(settings: DqnSettings, seconds: float) -> float:
    """Decisions a second of the command's own job while it learns."""
    with tempfile.TemporaryDirectory(prefix="convoscope-bench-") as folder:
        job, told = train(GAME, settings, out=Path(folder) / "run"), list[Learned]()
        for event in job:
            if isinstance(event, Learned) and event.learning and event.updates:
                told.append(event)
                if told[-1].seconds - told[0].seconds > seconds:
                    break
        job.close()
    return (told[-1].step - told[0].step) / (told[-1].seconds - told[0].seconds)


def _theirs(settings: DqnSettings, games: int) -> float:
    """The same of stable-baselines3, in a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name("reference") / "dqn_sb3.py")]
    wish = {"games": games, "seconds": SECONDS, "threads": torch.get_num_threads(), "warm_up": settings.warm_up}
    wish |= {"batch_size": settings.batch_size, "train_every": settings.train_every, "memory": settings.memory}
    wish |= {"learning_rate": settings.learning_rate, "target_every": settings.target_every}
    answer = subprocess.run(
        [*command, json.dumps(wish)], capture_output=True, encoding="utf-8", env=os.environ, check=False
    )
    if answer.returncode:
        text = Text(
            "The reference could not run: {why}. Install stable-baselines3, or compare without it.",
            "기준 프로그램을 실행하지 못했어요: {why}. stable-baselines3을 설치하거나 비교 없이 재 보세요.",
        )
        raise LabError(text(why=(answer.stderr.strip().splitlines() or ["?"])[-1]))
    return float(json.loads(answer.stdout.strip().splitlines()[-1])["steps_per_second"])


def _memory(settings: DqnSettings) -> float:
    """MiB above the start while it learns from a full memory, Atari's process included."""
    me = psutil.Process()
    before = me.memory_info().rss
    with tempfile.TemporaryDirectory(prefix="convoscope-bench-") as folder:
        plan = begin(GAME, settings, device="auto", precision="auto", spare=0, out=Path(folder) / "run")
        try:
            for name in ("frames", "action", "reward", "over", "lost", "idle", "fresh"):
                getattr(plan.memory, name).fill(0)  # every page is there, as after 100,000 decisions
            plan.memory.time = plan.memory.rows
            for _ in range(5):
                update(plan, settings)
            workers = sum(child.memory_info().rss for child in me.children(recursive=True))
            return (me.memory_info().rss - before + workers) / 2**20
        finally:
            plan.actors.close()
            plan.folder.close()
