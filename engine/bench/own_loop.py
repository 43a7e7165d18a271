"""Our trainer's own step against a well-known script's loop: how fast ours is, and how a contest of both is told."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from engine.bench import spread
from engine.devices import Device
from engine.train.begin import Plan, fresh_state
from engine.train.fit import update
from engine.train.recipes import Recipe


def rate(chosen: Recipe, settings: Any, learnt_from: Any, where: Device, *, steps: int, warm_up: int) -> float:
    """Pictures (or windows) a second of the trainer's own step, batches and augmentation included, on the run's device."""
    state = fresh_state(chosen, settings, where)
    plan = Plan(chosen, settings, where, learnt_from, learnt_from, None, state)  # type: ignore[arg-type]  # nothing is kept
    state.network.train()
    began = seen = 0.0
    for number in range(warm_up + steps):
        if number == warm_up:
            began, seen = time.perf_counter(), state.seen
        update(plan, settings)
    return (state.seen - seen) / (time.perf_counter() - began)


def contest(
    ours: Sequence[float], theirs: Mapping[int, Sequence[float]], reference: str, *, what: str = "images"
) -> dict[str, Any]:
    """Rates of both, repeat by repeat, as figures: the number of workers that suits the reference best counts for it.

    reference: its file in engine/bench/reference. what: the things a second.
    """
    best = max(theirs, key=lambda workers: spread(list(theirs[workers]))["median"])
    ratios = spread([a / b for a, b in zip(ours, theirs[best], strict=True)])
    return {
        f"{what}_per_second": spread(list(ours))["median"],
        f"{what}_per_second_spread": spread(list(ours)),
        "ratio": ratios["median"],
        "ratio_spread": ratios,
        "count": len(ours),
        "reference": f"engine/bench/reference/{reference}.py",
        "reference_workers": best,
        f"reference_{what}_per_second": spread(list(theirs[best]))["median"],
        "reference_spread": {str(workers): spread(list(rates)) for workers, rates in theirs.items()},
        "reference_precision": "fp32",
    }
