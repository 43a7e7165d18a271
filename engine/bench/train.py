"""Training speed against the well-known loops with the same network, batch and threads.

At the top level `mnist-deep` against PyTorch's official example; under `recipes` those for small colour photographs
(train_colour.py), of transfer (train_transfer.py) and for large photographs (train_photos.py) whose data are here, each
against a well-known script.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import torch

from engine.bench import Say, train_colour, train_photos, train_transfer
from engine.bench.own_loop import contest, rate
from engine.bench.reference.mnist_loop import images_per_second
from engine.cards import unknown
from engine.data import ImageSet, load
from engine.devices import choose
from engine.jobs import result_of
from engine.text import Text
from engine.train.begin import choose_dataset, usual_settings
from engine.train.recipes import RECIPES, recipe

DIGITS = "mnist-deep"
STEPS, QUICK_STEPS, WARM_UP = 60, 10, 4


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False, model: str = "") -> dict[str, Any]:
    """Interleaved repeats of our steps and the reference's; the better of 0 and 2 workers counts for it.

    quick: leave out the recipes for photographs, which take minutes, and take a third of the steps in each turn.
    model: recipes to measure, with commas; "" = all.
    """
    asked = set(model.split(",")) if model else {one.id for one in RECIPES}
    if wrong := sorted(asked - {one.id for one in RECIPES}):
        raise unknown(Text("recipe", "레시피"), wrong[0], [one.id for one in RECIPES])
    figures = _digits(data, repeats, QUICK_STEPS if quick else STEPS, say) if DIGITS in asked else {}
    if quick:
        return figures
    found = dict[str, dict[str, Any]]()
    for part in (train_colour, train_transfer, train_photos):
        found |= part.compare(data=data, repeats=repeats, say=say, only=asked)
    return {**figures, "recipes": found}


def _digits(data: Path | None, repeats: int, steps: int, say: Say) -> dict[str, Any]:
    chosen = recipe(DIGITS)
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
