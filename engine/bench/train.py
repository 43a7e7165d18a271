"""Training speed against the well-known loops with the same network, batch and threads.

At the top level `mnist-deep` against PyTorch's official example; under `recipes` those for small colour photographs
(train_colour.py) and for large ones (train_photos.py) whose data are here, each against a well-known script.
"""

from __future__ import annotations

import copy
import time
from pathlib import Path
from typing import Any

import torch

from engine.bench import Say, spread, train_colour
from engine.bench.reference.mnist_loop import images_per_second
from engine.bench.train_photos import compare
from engine.data import ImageSet, load
from engine.devices import Device, choose
from engine.jobs import result_of
from engine.text import Text
from engine.train.begin import Plan, choose_dataset, fresh_state, usual_settings
from engine.train.fit import update
from engine.train.recipes import Recipe, recipe
from engine.train.settings import FitSettings

STEPS, QUICK_STEPS, WARM_UP = 60, 10, 4


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """Interleaved repeats of our steps and the reference's; the better of 0 and 2 workers counts for it.

    quick: leave out the recipes for photographs, which take minutes, and take a third of the steps in each turn.
    """
    figures = _digits(data, repeats, QUICK_STEPS if quick else STEPS, say)
    if quick:
        return figures
    small = train_colour.compare(data=data, repeats=repeats, say=say)
    return {**figures, "recipes": {**small, **compare(data=data, repeats=repeats, say=say)}}


def _digits(data: Path | None, repeats: int, steps: int, say: Say) -> dict[str, Any]:
    chosen = recipe("mnist-deep")
    dataset = choose_dataset(chosen, "auto", data)
    settings = usual_settings(chosen, dataset)
    images: ImageSet = result_of(load(dataset, "train", data))
    network = chosen.build(settings)
    where = choose()
    torch.set_num_threads(where.threads or torch.get_num_threads())
    ours: list[float] = []
    theirs: dict[int, list[float]] = {0: [], 2: []}
    for number in range(repeats):
        ours.append(_ours(chosen, settings, images, where, steps))
        for workers, rates in theirs.items():
            rates.append(
                images_per_second(
                    copy.deepcopy(network),
                    images.images,
                    images.labels,
                    batch=settings.batch_size,
                    workers=workers,
                    steps=steps,
                    warm_up=WARM_UP,
                )
            )
        text = Text(
            "repeat {n}: ours {a:,.0f}, reference {b:,.0f} and {c:,.0f} images/s",
            "{n}회: 우리 {a:,.0f}, 기준 {b:,.0f}, {c:,.0f}장/초",
        )
        say(text(n=number + 1, a=ours[-1], b=theirs[0][-1], c=theirs[2][-1]))
    return {**_figures(ours, theirs, settings.batch_size, where.threads, dataset), "steps": steps}


def _figures(
    ours: list[float], theirs: dict[int, list[float]], batch: int, threads: int, dataset: str
) -> dict[str, Any]:
    best = max(theirs, key=lambda workers: spread(theirs[workers])["median"])
    ratios = spread([a / b for a, b in zip(ours, theirs[best], strict=True)])
    return {
        "images_per_second": spread(ours)["median"],
        "images_per_second_spread": spread(ours),
        "ratio": ratios["median"],
        "ratio_spread": ratios,
        "count": len(ours),
        "reference": "engine/bench/reference/mnist_loop.py",
        "reference_workers": best,
        "reference_images_per_second": spread(theirs[best])["median"],
        "reference_spread": {str(workers): spread(rates) for workers, rates in theirs.items()},
        "reference_precision": "fp32",
        "batch_size": batch,
        "threads": threads,
        "dataset": dataset,
    }


def _ours(chosen: Recipe, settings: FitSettings, images: ImageSet, where: Device, steps: int) -> float:
    """Pictures per second of the trainer's own step, batches and augmentation included, on the run's device."""
    state = fresh_state(chosen, settings, where)
    plan = Plan(chosen, settings, where, images, images, None, state)  # type: ignore[arg-type]
    state.network.train()
    began = seen = 0.0
    for number in range(WARM_UP + steps):
        if number == WARM_UP:
            began, seen = time.perf_counter(), state.seen
        update(plan, settings)
    return (state.seen - seen) / (time.perf_counter() - began)
