"""Training speed against the well-known loops with the same network, batch and threads.

At the top level `mnist-deep` against PyTorch's official example; under `recipes` those for small colour photographs
(train_colour.py) and for large ones (train_photos.py) whose data are here, each against a well-known script.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import torch

from engine.bench import Say, train_colour
from engine.bench.own_loop import contest, rate
from engine.bench.reference.mnist_loop import images_per_second
from engine.bench.train_photos import compare
from engine.data import ImageSet, load
from engine.devices import choose
from engine.jobs import result_of
from engine.text import Text
from engine.train.begin import choose_dataset, usual_settings
from engine.train.recipes import recipe

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
        ours.append(rate(chosen, settings, images, where, steps=steps, warm_up=WARM_UP))
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
    figures = contest(ours, theirs, "mnist_loop")
    more = {"batch_size": settings.batch_size, "threads": where.threads, "dataset": dataset, "steps": steps}
    return {**figures, **more}
