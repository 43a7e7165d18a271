"""How good weights are on a split: the number, how many pictures it rests on, and how sure it is."""

from __future__ import annotations

import math
import time
from pathlib import Path

import torch

from engine.data import dataset as dataset_card
from engine.data import load
from engine.devices import choose
from engine.jobs import Job
from engine.settings import load as load_settings
from engine.train.begin import choose_dataset
from engine.train.recipes import recipe
from engine.zoo.weights import open_weights, put


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share, (low, high) in [0, 1] (Wilson, 1927): honest near 0 and 1."""
    z, p = 1.96, hits / count
    centre = (p + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count))
    return centre - half, centre + half


def evaluate(
    id: str,
    *,
    weights: str = "bundled",
    data: Path | None = None,
    dataset: str = "auto",
    split: str = "auto",
    device: str = "auto",
) -> Job:
    """Measure a recipe's weights on one split in float32; a job.

    Args:
        weights: "bundled" or a safetensors file of this recipe.
        split: "auto" is the set's last: test, or val where test is not here.
    Returns:
        dict of plain figures: what the recipe's lesson marks (accuracy with its 95 % interval, miou, map50 …),
        count, loss, seconds.
    Raises:
        LabError: unknown ids, no data, weights that are missing, damaged or of another network.
    """
    chosen = recipe(id)
    tensors, about = open_weights(id, weights)
    root = data or load_settings()[0].data()
    name = choose_dataset(chosen, dataset, root)
    split = dataset_card(name).last_split if split == "auto" else split
    images = yield from load(name, split, root)
    where = choose(device, "fp32")
    if where.threads:
        torch.set_num_threads(where.threads)
    network = chosen.make(**about.get("build", chosen.build_arguments(chosen.defaults)))
    put(network, tensors, weights)
    network.to(where.where, memory_format=torch.channels_last)  # type: ignore[call-overload]
    began = time.perf_counter()
    found = chosen.lesson.measure(network, images, where)
    metric = chosen.lesson.metric
    interval = wilson(round(found.accuracy * found.count), found.count) if metric == "accuracy" else None
    return {
        "model": id,
        "weights": weights,
        "dataset": images.id,
        "split": split,
        metric: found.accuracy,
        **({"accuracy_low": interval[0], "accuracy_high": interval[1]} if interval else {}),
        **found.figures,
        "count": found.count,
        "loss": found.loss,
        "confusion": found.confusion,
        "seconds": time.perf_counter() - began,
        "device": where.where.type,
        "precision": "fp32",
        "fingerprint": images.fingerprint,
    }
