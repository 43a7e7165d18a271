"""The dataset doctor on real sets with planted faults: recall and precision of each kind, over some seeds.

A kind is one line of the result: over all sets it was planted in, how many were planted, found and right.
Digits are bundled; with `--data` also photographs, boxes, masks, captions and signals.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from engine.bench import Say
from engine.bench.planting import Planted, plant_in_classes, plant_in_pictures, plant_in_signals, score
from engine.bench.planting_photos import plant_in_photos
from engine.data import AnySet, ImageSet, dataset, load
from engine.data.doctor import Finding, Severity, examine
from engine.data.doctor_labels import PARTS, doubts
from engine.data.embedding import reduced
from engine.data.features import describe, features_of
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from engine.jobs import result_of
from engine.text import same

SETS = (
    "digits",
    "flowers",
    "bccd",
    "people",
    "camvid",
    "flickr8k",
    "har",
)  # those that are not on this machine are left out
SEEDS = 2  # at most; planting into other pictures
Counts = dict[str, dict[str, int]]


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """Recall and precision per kind and overall; `seconds` is the longest examination. quick: digits only."""
    by_set: dict[str, Counts] = {}
    longest, examined = 0.0, 0
    for id in SETS[:1] if quick else SETS:
        place = dataset(id).find(data)
        if place is None:
            continue
        card = dataset(id)
        sets: dict[str, AnySet] = {split: result_of(card.read(split, place)) for split in card.splits[:2]}
        before = _examined(sets)
        totals: Counts = {}
        for seed in range(min(repeats, SEEDS)):
            with tempfile.TemporaryDirectory() as folder:
                for number, plant in enumerate(_ways(sets)):
                    planted = plant(seed, Path(folder) / str(number))
                    began = time.perf_counter()
                    after = _examined(planted.sets)
                    longest, examined = max(longest, time.perf_counter() - began), examined + 1
                    _add(totals, score(planted, after, before))
        by_set[id] = totals
        say(same("{id}: {words}")(id=id, words=_words(totals)))
    kinds: Counts = {}
    for totals in by_set.values():
        _add(kinds, totals)
    return {
        **rates(
            {name: sum(c[name] for c in kinds.values()) for name in ("planted", "found", "right", "already_there")}
        ),
        "count": examined,
        "seconds": longest,
        "mislabel_by_pixels": _by_pixels(min(repeats, SEEDS)),
        "kinds": {kind: rates(counts) for kind, counts in sorted(kinds.items())},
        "sets": {id: {kind: rates(counts) for kind, counts in totals.items()} for id, totals in by_set.items()},
    }


def _by_pixels(seeds: int) -> dict[str, float | int | None]:
    """Wrong labels among the digits when the reader sees raw pixels.

    The bundled network has learnt from MNIST’s true labels, these digits among them; the pixels know nothing.
    """
    card = dataset("digits")
    sets = {split: result_of(load("digits", split)) for split in card.splits}
    totals: Counts = {}
    for seed in range(seeds):
        planted = plant_in_pictures(sets, seed=seed)
        train = planted.sets["train"]
        rows = result_of(describe(train, np.arange(len(train)), features_of(train)[0]))
        listed = result_of(doubts(reduced(rows, PARTS), train.labels)).listed
        found = Finding("mislabel", Severity.WARN, same(""), same(""), "train", listed)
        _add(totals, {"mislabel": score(planted, [found])["mislabel"]})
    return rates(totals["mislabel"])


def rates(counts: Mapping[str, int]) -> dict[str, float | int | None]:
    """Counts with recall (right of planted) and precision (right of found)."""
    recall = counts["right"] / counts["planted"] if counts["planted"] else None
    precision = counts["right"] / counts["found"] if counts["found"] else None
    return {"recall": recall, "precision": precision, **counts}


def _examined(sets: Mapping[str, AnySet]) -> tuple[Finding, ...]:
    found: tuple[Finding, ...] = result_of(examine(sets)).findings
    return found


def _ways(sets: dict[str, Any]) -> list[Callable[[int, Path], Planted]]:
    """How faults are planted into these sets: (seed, empty folder) to a planted set."""
    some = next(iter(sets.values()))
    ways: list[Callable[[int, Path], Planted]] = []
    if isinstance(some, ImageSet):
        ways.append(lambda seed, folder: plant_in_pictures(sets, seed=seed))
    if isinstance(some, SignalSet):
        ways.append(lambda seed, folder: plant_in_signals(sets, seed=seed))
    if isinstance(some, PhotoSet):
        ways.append(lambda seed, folder: plant_in_photos(sets, seed=seed, folder=folder))
    elif len(some.classes) > 2:
        ways.append(lambda seed, folder: plant_in_classes(sets, seed=seed))
    return ways


def _add(totals: Counts, counts: Counts) -> None:
    for kind, values in counts.items():
        into = totals.setdefault(kind, dict.fromkeys(values, 0))
        for name, value in values.items():
            into[name] += value


def _words(totals: Counts) -> str:
    """Each kind with recall and precision in percent: "blank 100/98"."""
    parts = []
    for kind, counts in totals.items():
        share = rates(counts)
        numbers = (
            "–" if share[name] is None else f"{100 * (share[name] or 0):.0f}" for name in ("recall", "precision")
        )
        parts.append(f"{kind} {'/'.join(numbers)}")
    return ", ".join(parts)
