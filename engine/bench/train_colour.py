"""Training speed of the recipes for small colour photographs against the well-known script's loop: same network,
batch and threads. Where a recipe shows smaller pictures early, it is measured with pictures of full size."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Collection
from pathlib import Path
from typing import Any

import torch
from torch import nn

from engine.bench import Say
from engine.bench.own_loop import contest, rate
from engine.bench.reference import cifar_loop
from engine.data import ImageSet, dataset, load
from engine.devices import choose
from engine.jobs import result_of
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.colour_settings import ColourSettings
from engine.train.recipe import Recipe
from engine.train.recipes_colour import RECIPES

STEPS, WARM_UP = 8, 2
DATASET = "cifar10"


def compare(*, data: Path | None, repeats: int, say: Say, only: Collection[str]) -> dict[str, dict[str, Any]]:
    """For every recipe of `only`, if CIFAR-10 is on this machine: our images per second, the script's, their ratio."""
    root = data or load_settings()[0].data()
    asked = [one for one in RECIPES if one.id in only]
    if not asked or dataset(DATASET).find(root) is None:
        return {}
    images: ImageSet = result_of(load(DATASET, "train", root))
    return {one.id: _recipe(one, images, repeats, say) for one in asked}


def _recipe(one: Recipe, images: ImageSet, repeats: int, say: Say) -> dict[str, Any]:
    where = choose()
    assert isinstance(one.defaults, ColourSettings)
    settings = dataclasses.replace(one.defaults, small=0.0)
    torch.set_num_threads(where.threads or torch.get_num_threads())
    network = one.build(settings)
    ours, theirs = list[float](), dict[int, list[float]]({0: [], 2: []})
    for number in range(repeats):
        ours.append(rate(one, settings, images, where, steps=STEPS, warm_up=WARM_UP))
        for workers, rates in theirs.items():
            rates.append(_theirs(copy.deepcopy(network), images, settings.batch_size, workers))
        text = Text(
            "{id} {n}: ours {a:,.0f}, script {b:,.0f} and {c:,.0f} images/s",
            "{id} {n}회: 우리 {a:,.0f}, 스크립트 {b:,.0f}, {c:,.0f}장/초",
        )
        say(text(id=one.id, n=number + 1, a=ours[-1], b=theirs[0][-1], c=theirs[2][-1]))
    return {
        **contest(ours, theirs, "cifar_loop"),
        "batch_size": settings.batch_size,
        "dataset": DATASET,
        "steps": STEPS,
        "threads": torch.get_num_threads(),
    }


def _theirs(network: nn.Module, images: ImageSet, batch: int, workers: int) -> float:
    ways = {"batch": batch, "workers": workers, "steps": STEPS, "warm_up": WARM_UP}
    return cifar_loop.images_per_second(network, images.images, images.labels, **ways)
