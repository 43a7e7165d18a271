"""Training speed on signals against the tutorials' loop with a network of the same layers (lecture row 19)."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.bench import Say
from engine.bench.own_loop import contest, rate
from engine.bench.reference.har_loop import Tutorial, windows_per_second
from engine.data import load
from engine.data.signalset import SignalSet
from engine.devices import choose
from engine.jobs import result_of
from engine.signals.networks import WIDTHS
from engine.text import Text
from engine.train.begin import fitted_to
from engine.train.recipes import recipe

STEPS, WARM_UP = 16, 3


def run(*, data: Path | None, repeats: int, say: Say) -> dict[str, Any]:
    """Interleaved repeats of our steps and the reference's on the same windows; 0 workers, which is its better way here."""
    chosen, where = recipe("activity-conv1d"), choose()
    windows: SignalSet = result_of(load("phone-watch", "train"))
    windows = _phone_alone(windows)
    settings = fitted_to(chosen, chosen.defaults, windows)
    torch.set_num_threads(where.threads or torch.get_num_threads())
    ours, theirs = list[float](), list[float]()
    for number in range(repeats):
        ours.append(rate(chosen, settings, windows, where, steps=STEPS, warm_up=WARM_UP))
        network = Tutorial(WIDTHS, len(windows.classes))
        how = {"batch": settings.batch_size, "workers": 0, "steps": STEPS, "warm_up": WARM_UP}
        theirs.append(windows_per_second(network, windows.x, windows.labels, **how))
        text = Text(
            "repeat {n}: ours {a:,.0f}, reference {b:,.0f} windows/s", "{n}회: 우리 {a:,.0f}, 기준 {b:,.0f}구간/초"
        )
        say(text(n=number + 1, a=ours[-1], b=theirs[-1]))
    return {
        **contest(ours, {0: theirs}, "har_loop", what="windows"),
        "batch_size": settings.batch_size,
        "threads": where.threads,
        "dataset": windows.id,
        "steps": STEPS,
    }


def _phone_alone(windows: SignalSet) -> SignalSet:
    """Three axes, as the reference reads them."""
    return dataclasses.replace(windows, x=np.ascontiguousarray(windows.x[:, :, :3]), channels=windows.channels[:3])
