"""Training speed of transfer against PyTorch's tutorial: same network, same frozen layers, batch and threads.

Ours keeps the batch norms as they were learnt while the convolutions learn (zoo/chain.py); the tutorial, as its
`model.train()` says, takes each batch's own statistics.

With all of the backbone frozen our trainer remembers what it says of eight views of each picture, so its speed is that
of the whole training, first views included, and not of a few steps; the tutorial's is the same at every step.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Collection
from pathlib import Path
from typing import Any

import torch

from engine.bench import Say
from engine.bench.own_loop import contest, rate
from engine.bench.reference import transfer_loop
from engine.data import dataset
from engine.data.imageset import ImageSet
from engine.devices import choose
from engine.jobs import result_of
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.begin import fitted_to, held_out_split, read_part
from engine.train.recipe import Recipe
from engine.train.transfer_recipes import RECIPES
from engine.zoo.transferred import PARTS

STEPS, WARM_UP = 6, 2
SMALL, MORE = 64, 10  # pixels; a step of smaller pictures takes milliseconds: so many times as many of them are timed
WAYS = {"frozen": PARTS, "tuned": 0}


def compare(*, data: Path | None, repeats: int, say: Say, only: Collection[str]) -> dict[str, dict[str, Any]]:
    """For every recipe of `only` whose first data set is on this machine, frozen and fine-tuned, as "id, way"."""
    found: dict[str, dict[str, Any]] = {}
    root = data or load_settings()[0].data()
    for one in RECIPES:
        if one.id not in only or dataset(one.datasets[0]).find(root) is None:
            continue
        images: ImageSet = result_of(read_part(one, one.datasets[0], root))
        for way in WAYS:
            found[f"{one.id}, {way}"] = _recipe(one, way, images, repeats, say)
    return found


def _recipe(one: Recipe, way: str, images: ImageSet, repeats: int, say: Say) -> dict[str, Any]:
    where = choose()
    usual: Any = one.defaults
    settings = fitted_to(one, dataclasses.replace(usual, freeze=WAYS[way]), images)
    torch.set_num_threads(where.threads or torch.get_num_threads())
    learnt, _ = held_out_split(images, settings)
    whole = round(settings.epochs * len(learnt) / settings.batch_size)
    network = one.build(dataclasses.replace(settings, pretrained=False))
    side = settings.side if learnt.images.ndim == 4 else learnt.images.shape[1]
    times = MORE if side < SMALL else 1
    few = {"steps": times * STEPS, "warm_up": times * WARM_UP}
    counts = {"steps": whole, "warm_up": 0} if way == "frozen" else few
    pictures = transfer_loop.Photographs(learnt.images, learnt.labels, side)
    ours, theirs = list[float](), dict[int, list[float]]({0: [], 2: []})
    for number in range(repeats):
        ours.append(rate(one, settings, learnt, where, **counts))
        for workers, rates in theirs.items():
            how = {"batch": settings.batch_size, "workers": workers}
            rates.append(transfer_loop.images_per_second(copy.deepcopy(network), pictures, **how, **few))
        text = Text(
            "{id} {n}: ours {a:,.0f}, script {b:,.0f} and {c:,.0f} images/s",
            "{id} {n}회: 우리 {a:,.0f}, 스크립트 {b:,.0f}, {c:,.0f}장/초",
        )
        say(text(id=f"{one.id}, {way}", n=number + 1, a=ours[-1], b=theirs[0][-1], c=theirs[2][-1]))
    return {
        **contest(ours, theirs, "transfer_loop"),
        "batch_size": settings.batch_size,
        "dataset": images.id,
        "steps": counts["steps"],
        "threads": torch.get_num_threads(),
    }
