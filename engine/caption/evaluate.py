"""Measuring a captioner on a set: BLEU, CIDEr-D, distinct sentences, the baseline, and how long a photograph takes."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np

from engine.caption.encoder import SIDE
from engine.caption.nearest import borrowed
from engine.caption.pairs import Pairs, read_pairs
from engine.caption.recipes import caption_recipe, is_caption
from engine.caption.scores import figures
from engine.caption.speak import Told, Ways
from engine.caption.trained import Describer, look_at, open_captioner, open_writer, read_photo
from engine.data import dataset
from engine.data.photoset import PhotoSet
from engine.errors import LabError
from engine.jobs import Event, Job, Progress
from engine.text import Text

_TELLING = Text("Telling photographs", "사진을 말로 옮기는 중")


def evaluate_captioner(
    id: str, *, weights: str = "bundled", data: Path | None, dataset_id: str = "auto", split: str = "auto"
) -> Job:
    """Beam 3 on every photograph of a split; a job, returns plain values.

    Returns:
        bleu1 … bleu4, cider_d, distinct; nearest_*: the same of borrowed sentences; ratio: BLEU-4 over the borrowed one;
        milliseconds_p50 and _p95 from the photograph's file to the sentence; sentences.
    Raises:
        LabError: no such captioner or set, or the set has no sentences.
    """
    which = id if weights == "bundled" else weights
    if is_caption(id) and caption_recipe(id).kind == "text":
        return (yield from _writer_told(which))
    one = open_captioner(which)
    set_id = one.recipe.datasets[0] if dataset_id == "auto" else dataset_id
    part = dataset(set_id).last_split if split == "auto" else split
    photos, asked = yield from read_pairs(set_id, part, data, views=1, seed=0)
    told, times = yield from _tell_all(one, photos, one.usual())
    found = figures([each.words for each in told], asked.said)
    _, known = yield from read_pairs(one.recipe.datasets[0], "train", data, views=1, seed=0)
    near = borrowed(asked, known)
    return {
        "id": one.recipe.id,
        "weights": one.source,
        "dataset": set_id,
        "split": part,
        "count": len(asked),
        "beam": one.usual().width,
        **found,
        **{f"nearest_{name}": value for name, value in near.items()},
        "ratio": found["bleu4"] / near["bleu4"] if near["bleu4"] else None,
        **_milliseconds(times),
        "ways": dataclasses.asdict(one.usual()),
        "sentences": _sentences(photos, told, asked),
    }


def _tell_all(one: Describer, photos: PhotoSet, ways: Ways) -> Generator[Event, None, tuple[list[Told], list[float]]]:
    told, times = [], []
    one.tell(look_at(read_photo(photos.path(0), SIDE)), ways)  # the first is slower and is nobody's measure
    for row in range(len(photos)):
        yield Progress(row, len(photos), _TELLING)
        began = time.perf_counter()
        told.append(one.tell(look_at(read_photo(photos.path(row), SIDE)), ways))
        times.append(1000 * (time.perf_counter() - began))
    return told, times


def _milliseconds(times: list[float]) -> dict[str, float]:
    return {f"milliseconds_p{p}": float(np.percentile(times, p)) for p in (50, 95)}


def _sentences(photos: PhotoSet, told: list[Told], asked: Pairs) -> list[dict[str, Any]]:
    return [
        {"file": name, "caption": " ".join(one.words), "people": [" ".join(words) for words in said]}
        for name, one, said in zip(photos.files, told, asked.said, strict=True)
    ]


def _writer_told(which: str) -> Generator[Event, None, dict[str, Any]]:
    """A writer has no split on disk: its figures are those of its run's check."""
    yield Progress(0, 1)
    one = open_writer(which)
    found = one.about.get("figures")
    if not isinstance(found, dict):
        text = Text("{path} does not say how it was measured.", "{path} 파일에 측정 결과가 없어요.")
        raise LabError(text(path=one.source))
    return {"id": "rnn-text", "weights": one.source, "dataset": "tales", "split": "held-out", **found}
