"""Training speed of the recipes for photographs against the well-known scripts' loops: same network, batch, threads."""

from __future__ import annotations

import copy
from collections.abc import Collection
from pathlib import Path
from typing import Any

import torch
from torch import nn

from engine.bench import Say
from engine.bench.own_loop import contest, rate
from engine.bench.reference import detect_loop, segment_loop
from engine.cards import Task
from engine.data import dataset, load
from engine.data.photoset import PhotoSet
from engine.detect.lesson import Detect
from engine.detect.loss import loss
from engine.devices import choose
from engine.jobs import result_of
from engine.segment.lesson import Segment
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.begin import choose_dataset
from engine.train.recipes import RECIPES, Recipe
from engine.train.settings import PhotoSettings

STEPS, WARM_UP = 4, 1
PICTURES = 48  # of the set: as many as steps see, so that both sides have met all of them equally often


def compare(*, data: Path | None, repeats: int, say: Say, only: Collection[str]) -> dict[str, dict[str, Any]]:
    """For every recipe of `only` whose photographs are on this machine: our images per second, the script's, their ratio."""
    found: dict[str, dict[str, Any]] = {}
    root = data or load_settings()[0].data()
    for one in RECIPES:
        if not isinstance(one.lesson, Segment | Detect) or one.id not in only:
            continue
        name = choose_dataset(one, "auto", root)
        if dataset(name).find(root) is None:
            continue
        photos: PhotoSet = result_of(load(name, "train", root))
        found[one.id] = _recipe(one, photos.part(_first(len(photos)), "train"), repeats, say)
    return found


def _first(count: int) -> Any:
    return torch.arange(min(PICTURES, count)).numpy()


def _recipe(one: Recipe, photos: PhotoSet, repeats: int, say: Say) -> dict[str, Any]:
    settings, where = one.defaults, choose()
    assert isinstance(settings, PhotoSettings)
    torch.set_num_threads(where.threads or torch.get_num_threads())
    network = one.build(settings)
    ours, theirs = list[float](), list[float]()
    for number in range(repeats):
        ours.append(rate(one, settings, photos, where, steps=STEPS, warm_up=WARM_UP))
        theirs.append(_theirs(one, settings, photos, copy.deepcopy(network)))
        text = Text("{id} {n}: {a:.2f} against {b:.2f} images/s", "{id} {n}회: {a:.2f} 대 {b:.2f}장/초")
        say(text(id=one.id, n=number + 1, a=ours[-1], b=theirs[-1]))
    loop = "segment_loop" if one.card.task is Task.SEGMENT else "detect_loop"
    return {
        **contest(ours, {0: theirs}, loop),
        "batch_size": settings.batch_size,
        "width": settings.width,
        "height": settings.height,
        "dataset": photos.id,
        "steps": STEPS,
        "threads": torch.get_num_threads(),
    }


def _theirs(one: Recipe, settings: PhotoSettings, photos: PhotoSet, network: nn.Module) -> float:
    files, size = [photos.path(i) for i in range(len(photos))], (settings.height, settings.width)
    counts = {"batch": settings.batch_size, "steps": STEPS, "warm_up": WARM_UP}
    if one.card.task is Task.SEGMENT:
        assert photos.masks is not None and photos.void is not None
        masks = [photos.folder / name for name in photos.masks]
        streets = segment_loop.Streets(files, masks, size, photos.void)
        return segment_loop.images_per_second(network, streets, **counts)
    assert photos.objects is not None
    boxes, labels = [o.boxes for o in photos.objects], [o.labels for o in photos.objects]
    pictures = detect_loop.Pictures(files, boxes, labels, size)
    return detect_loop.images_per_second(network, loss, pictures, **counts)
