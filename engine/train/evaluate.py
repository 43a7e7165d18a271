"""How good weights are on a split: the number, how many pictures it rests on, and how sure it is."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Any

import torch

from engine.data import AnySet
from engine.devices import choose
from engine.jobs import Job
from engine.settings import load as load_settings
from engine.text import Text, same
from engine.train.begin import check_classes, choose_dataset, read_part
from engine.train.figures import CLASS_NAMES, OF_ONE_CLASS, key_of, names_behind, of_classes
from engine.train.lesson import Measured
from engine.train.recipes import recipe
from engine.zoo.weights import open_weights, put


def wilson(hits: float, count: float) -> tuple[float, float]:
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
    images = yield from read_part(chosen, name, root, last=True, split=split)
    check_classes(chosen, images)
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
        "split": images.split,
        metric: found.accuracy,
        **({"accuracy_low": interval[0], "accuracy_high": interval[1]} if interval else {}),
        **found.figures,
        **_by_class(metric, images, found),
        "count": found.count,
        "loss": found.loss,
        "confusion": found.confusion,
        "seconds": time.perf_counter() - began,
        "device": where.where.type,
        "precision": "fp32",
        "fingerprint": images.fingerprint,
    }


def _by_class(metric: str, data: AnySet, found: Measured) -> dict[str, list[dict[str, Any]]]:
    """For lessons whose figure is a mean over classes: each class with its own; None where it does not occur."""
    figure = OF_ONE_CLASS.get(metric)
    if figure is None:
        return {}
    names = names_behind(metric, data)
    values = of_classes(metric, found.figures, names, found.confusion)
    more = [{"ap": found.figures.get(key_of("ap", name))} if figure == "ap50" else {} for name in names]
    kept = [None if math.isnan(value) else float(value) for value in values]
    return {"classes": [{"name": n, figure: v, **m} for n, v, m in zip(names, kept, more, strict=True)]}


def class_words(result: dict[str, Any]) -> list[Text]:
    """A sentence for each class of what `evaluate` returned; none for lessons without figures by class."""
    said = []
    for one in result.get("classes", ()):
        figure = next(name for name in CLASS_NAMES if name in one)
        if one[figure] is None:
            text = Text("{name}: does not occur in this part.", "{name}: 이 부분에 없어요.")
        else:
            text = same("{name}: {figure} {value:.1%}.")
        said.append(text(name=one["name"], figure=CLASS_NAMES[figure], value=one[figure] or 0.0))
    return said
