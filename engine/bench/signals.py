"""Training speed of the recipes for signals, text and clips against the tutorials' loops: same network, batch, threads.

The networks of activities learn from windows that are turned, scaled and made noisy (har_loop.py); the small ones of the
slides, the letters and the clips take their windows as they are (plain_loop.py). `activity-conv1d` stands at the top.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.bench import Say
from engine.bench.own_loop import contest, rate
from engine.bench.reference import plain_loop
from engine.bench.reference.har_loop import Tutorial, windows_per_second
from engine.cards import unknown
from engine.data.clips import ROW
from engine.data.signalset import SignalSet
from engine.devices import Device, choose
from engine.jobs import result_of
from engine.signals.networks import WIDTHS, Activity, Clip2d, Clip3d, Letters, Next, Three
from engine.signals.recipes import RECIPES
from engine.text import Text
from engine.train.begin import choose_dataset, fitted_to, read_part
from engine.train.recipe import Recipe

FIRST = "activity-conv1d"
_BUNDLED = {FIRST: "phone-watch"}  # windows that come with the app, so that every machine measures the same
_WARM_UP, _STEPS, _FEW = 8, 64, 400  # half a second or more; steps of small networks are so short that it takes more
_SMALL = 20_000  # parameters
_REHEARSALS = 1  # of both sides, which do not count


def run(*, data: Path | None, repeats: int, say: Say, model: str = "") -> dict[str, Any]:
    """Interleaved repeats of our steps and the reference's on the same windows; 0 workers, which is its better way here.

    model: recipes to measure, with commas; "" = all.
    """
    ids = [one.id for one in RECIPES]
    asked = model.split(",") if model else ids
    if wrong := [id for id in asked if id not in ids]:
        raise unknown(Text("recipe", "레시피"), wrong[0], ids)
    found = {one.id: _recipe(one, data, repeats, say) for one in RECIPES if one.id in asked}
    return {**found.get(FIRST, {}), "recipes": found, "lowest_ratio": min(one["ratio"] for one in found.values())}


def _recipe(one: Recipe, root: Path | None, repeats: int, say: Say) -> dict[str, Any]:
    where = choose()
    id = _BUNDLED.get(one.id) or choose_dataset(one, "auto", root)
    learnt = result_of(read_part(one, id, root))
    if one.id == FIRST:
        learnt = _phone_alone(learnt)
    settings: Any = fitted_to(one, one.defaults, learnt)
    torch.set_num_threads(where.threads or torch.get_num_threads())
    network = one.build(settings)
    steps = _FEW if sum(p.numel() for p in network.parameters()) < _SMALL else _STEPS
    counts = {"steps": steps, "warm_up": _WARM_UP}
    ours, theirs = list[float](), list[float]()
    for _ in range(_REHEARSALS):  # a few steps of a tenth of a millisecond warm neither side up
        rate(one, settings, learnt, where, **counts)
        _theirs(network, learnt, settings, counts)
    for number in range(repeats):
        ours.append(rate(one, settings, learnt, where, **counts))
        theirs.append(_theirs(network, learnt, settings, counts))
        text = Text(
            "{id} {n}: ours {a:,.0f}, reference {b:,.0f} windows/s", "{id} {n}회: 우리 {a:,.0f}, 기준 {b:,.0f}구간/초"
        )
        say(text(id=one.id, n=number + 1, a=ours[-1], b=theirs[-1]))
    loop = "har_loop" if isinstance(network, Activity) else "plain_loop"
    return {**contest(ours, {0: theirs}, loop, what="windows"), **_about(settings, where, learnt.id, steps)}


def _about(settings: Any, where: Device, dataset: str, steps: int) -> dict[str, Any]:
    return {"batch_size": settings.batch_size, "threads": where.threads, "dataset": dataset, "steps": steps}


def _theirs(network: nn.Module, learnt: Any, settings: Any, counts: dict[str, int]) -> float:
    if isinstance(network, Activity):
        other = Tutorial(WIDTHS, len(learnt.classes), learnt.x.shape[2])
        return windows_per_second(
            other, learnt.x, learnt.labels, batch=settings.batch_size, workers=0, turn=bool(settings.turn), **counts
        )
    numbers = getattr(learnt, "targets", None)
    x = learnt.x if isinstance(learnt, SignalSet) else learnt.images
    criterion = functional.cross_entropy if numbers is None else _squared
    answers = learnt.labels if numbers is None else numbers
    return plain_loop.items_per_second(_plain(network), x, answers, criterion, batch=settings.batch_size, **counts)


def _plain(network: nn.Module) -> nn.Module:
    """The same network of torch's own layers, as tutorials have it."""
    if isinstance(network, Letters):
        read = network.conv1
        return plain_loop.Letters(read.in_channels, read.out_channels, read.kernel_size[0], 2, network.drop.p)
    if isinstance(network, Clip3d | Clip2d):
        kind = plain_loop.Film if isinstance(network, Clip3d) else plain_loop.Still
        return kind((network.conv1.out_channels, network.conv2.out_channels), ROW, network.fc.out_features)
    assert isinstance(network, Next | Three)
    conv, ends = network.conv1, (network.fc1.in_features, network.fc1.out_features, network.fc2.out_features)
    return plain_loop.Sliding(conv.in_channels, conv.out_channels, conv.kernel_size[0], *ends)


def _squared(found: Tensor, targets: Tensor) -> Tensor:
    return functional.mse_loss(found[:, 0], targets)


def _phone_alone(windows: SignalSet) -> SignalSet:
    """Three axes, as the reference reads them."""
    return dataclasses.replace(windows, x=np.ascontiguousarray(windows.x[:, :, :3]), channels=windows.channels[:3])
