"""How near the forecast after twenty steps comes to the time that a training then takes, by the clock on the wall."""

from __future__ import annotations

import dataclasses
import tempfile
import time
from pathlib import Path
from typing import Any

from engine.bench import Say, spread
from engine.jobs import Event, result_of
from engine.text import Text
from engine.train.begin import usual_settings
from engine.train.events import Started, Step
from engine.train.fit import train
from engine.train.forecast import STEPS, Forecast, Pace, forecast, try_out
from engine.train.recipes import recipe

SPARE = 1  # a core for the window, as when a training is started there
# Recipe, data, epochs: from a few seconds to half a minute on two cores.
CASES = (
    ("digits-quick", "digits8", 40.0),
    ("digits-quick", "digits8", 100.0),
    ("mnist-mlp", "digits", 20.0),
    ("mnist-simple", "digits", 4.0),
    ("mnist-deep", "digits", 4.0),
)


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """Train each case to its end: what was forecast at its twentieth step, what `try_out` said before, what it took."""
    items = []
    for name, dataset, epochs in CASES[:1] if quick else CASES:
        for number in range(1 if quick else repeats):
            items.append(_measured(name, dataset, epochs, data))
            text = Text(
                "{recipe}, {epochs:g} epochs, run {n}: {predicted:.1f} s forecast, {before:.1f} s tried out, {true:.1f} s taken",
                "{recipe}, {epochs:g}에폭, {n}회: 예측 {predicted:.1f}초, 시험 {before:.1f}초, 실제 {true:.1f}초",
            )
            say(text(n=number + 1, **items[-1]))
    errors = [abs(item["predicted"] / item["true"] - 1) for item in items]
    return {
        "error_max": max(errors),
        "error_spread": spread(errors),
        "error_before_max": max(abs(item["before"] / item["true"] - 1) for item in items),
        "within_30_percent": sum(error <= 0.3 for error in errors) / len(errors),
        "count": len(items),
        "steps": STEPS,
        "items": items,
    }


def _measured(name: str, dataset: str, epochs: float, data: Path | None) -> dict[str, Any]:
    settings = dataclasses.replace(usual_settings(recipe(name), dataset), epochs=epochs)
    before: Forecast = result_of(try_out(name, settings, data=data, dataset_id=dataset, spare=SPARE))
    with tempfile.TemporaryDirectory() as place:
        job = train(name, settings, data=data, dataset=dataset, out=Path(place) / "run", spare=SPARE)
        events: list[Event] = []
        started, reading, at, found = None, 0.0, time.perf_counter(), None
        for event in job:
            events.append(event)
            now = time.perf_counter()
            if isinstance(event, Started):
                started, reading, at = event, now - at, now
            elif isinstance(event, Step) and event.step == STEPS and started:
                found = forecast(started, Pace.of(events, now - at), reading=reading)
        true = time.perf_counter() - at
    assert found is not None
    return {
        "recipe": name,
        "dataset": dataset,
        "epochs": epochs,
        "predicted": found.seconds,
        "before": before.seconds,
        "true": true,
        "total_steps": events[-1].step if isinstance(events[-1], Step) else started.total_steps if started else 0,
    }
