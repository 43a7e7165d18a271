"""How long a map of digits takes, how true it is, and how soon it can be stopped; beside scikit-learn's t-SNE.

Trustworthiness (Venna, Kaski 2001): 1 when no point on the map is among the neighbours of another without
being so in the data. `neighbour_accuracy`: how often the 11 nearest on the map agree with a point's label.
"""

from __future__ import annotations

import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from engine.bench import Say, spread
from engine.data import ImageSet, load
from engine.data.embedding import Mapped, SetMap, embed
from engine.data.features import describe, features_of
from engine.jobs import result_of
from engine.text import Text

COUNT, NEIGHBOURS = 5000, 12  # pictures; of trustworthiness


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """`seconds`: the whole job, from pictures to the finished map (the slowest repeat); `stop_ms`: the longest step.

    quick: once, and without scikit-learn beside it.
    """
    parts: list[ImageSet] = [result_of(load("digits", split)) for split in ("train", "test")]
    digits = _joined(parts)
    pixels = features_of(digits)[0]
    seconds, first, steps = [], [], []
    for number in range(1 if quick else max(1, min(repeats, 3))):
        took, until_first, longest, made = _timed(digits)
        seconds.append(took)
        first.append(until_first)
        steps.append(1000 * longest)
        say(Text("repeat {n}: {s:.1f} s", "{n}회: {s:.1f}초")(n=number + 1, s=took))
    rows = result_of(describe(digits, made.index, pixels))
    return {
        "seconds": max(seconds),
        "seconds_spread": spread(seconds),
        "pca_seconds": max(first),
        "stop_ms": max(steps),
        "count": len(seconds),
        "points": len(made.index),
        "trustworthiness": _trust(rows, made.points),
        "neighbour_accuracy": neighbour_accuracy(made.points, digits.labels),
        "raw_neighbour_accuracy": neighbour_accuracy(rows, digits.labels),
        **({} if quick else _beside(spread(seconds)["median"], rows, digits.labels)),
    }


def _beside(ours: float, rows: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    """The same for scikit-learn's t-SNE, from the same rows."""
    seconds, points = _scikit(rows)
    return {
        "ratio": ours / seconds,
        "reference": "sklearn.manifold.TSNE(init='pca'), Barnes-Hut, its default 1,000 steps",
        "reference_seconds": seconds,
        "reference_trustworthiness": _trust(rows, points),
        "reference_neighbour_accuracy": neighbour_accuracy(points, labels),
        "scikit_learn": _version(),
    }


def _joined(parts: list[ImageSet]) -> ImageSet:
    images = np.concatenate([part.images for part in parts])[:COUNT]
    labels = np.concatenate([part.labels for part in parts])[:COUNT]
    first = parts[0]
    return ImageSet(first.id, "all", images, labels, first.classes, first.note, "")


def _timed(digits: ImageSet) -> tuple[float, float, float, SetMap]:
    """Seconds to the end, to the PCA map, and of the longest step between two yields; and the map."""
    job = embed(digits, features_of(digits)[0], method="tsne", most=COUNT)
    began = last = time.perf_counter()
    longest = first = 0.0
    while True:
        try:
            event = next(job)
        except StopIteration as end:
            return time.perf_counter() - began, first, longest, end.value
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        if isinstance(event, Mapped):
            first = now - began


def _scikit(rows: np.ndarray) -> tuple[float, np.ndarray]:
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE

    began = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        points = TSNE(init="pca", random_state=0, n_jobs=-1).fit_transform(PCA(50, random_state=0).fit_transform(rows))
    return time.perf_counter() - began, points


def _trust(rows: np.ndarray, points: np.ndarray) -> float:
    from sklearn.manifold import trustworthiness

    return float(trustworthiness(rows, points, n_neighbors=NEIGHBOURS))


def neighbour_accuracy(points: np.ndarray, labels: np.ndarray, k: int = 11) -> float:
    """How often the `k` nearest of a point, without itself, agree by majority with its label."""
    from sklearn.neighbors import NearestNeighbors

    near = NearestNeighbors(n_neighbors=k).fit(points).kneighbors(return_distance=False)
    votes = np.stack([(labels[near] == label).sum(axis=1) for label in range(int(labels.max()) + 1)], axis=1)
    return float((votes.argmax(axis=1) == labels).mean())


def _version() -> str:
    import sklearn

    return str(sklearn.__version__)
