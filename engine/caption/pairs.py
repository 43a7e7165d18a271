"""Photographs with what people wrote about them, ready to learn from: Flickr8k and, where they are, COCO's sentences."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.caption.cache import Views, look
from engine.caption.scores import plain
from engine.caption.settings import CaptionSettings
from engine.caption.speak import LONGEST
from engine.caption.words import END, Vocabulary, vocabulary_of
from engine.data import load, marked
from engine.data.forms import captions as form
from engine.data.photoset import PhotoSet
from engine.errors import LabError
from engine.jobs import Event
from engine.text import Text

IGNORED = -100  # an answer that is not asked for
_COCO_PARTS = ("train", "captions_only")  # never the part on which detectors are measured


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Photographs as the encoder saw them, and for each the sentences of people as words."""

    views: Views
    said: tuple[tuple[tuple[str, ...], ...], ...]

    def __len__(self) -> int:
        return len(self.said)

    def part(self, rows: np.ndarray) -> Pairs:
        return Pairs(self.views.part(torch.from_numpy(rows)), tuple(self.said[int(row)] for row in rows))


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """All sentences in one table: photo (S,) int64, inputs and answers (S, T) int64, answers IGNORED behind the end."""

    photo: Tensor
    inputs: Tensor
    answers: Tensor

    def __len__(self) -> int:
        return len(self.photo)


def read_pairs(
    id: str, split: str, root: Path | None, *, views: int, seed: int
) -> Generator[Event, None, tuple[PhotoSet, Pairs]]:
    """One split of a set of photographs with sentences; yields `Progress`. Raises `LabError`."""
    photos = yield from load(id, split, root)
    return photos, (yield from _seen(photos, views, seed))


def more_pairs(root: Path | None, *, views: int, seed: int) -> Generator[Event, None, list[Pairs]]:
    """COCO's sentences for learning, where the small set is below `root`; [] where it is not."""
    place = marked.COCO_SMALL.find(root)
    file = place / "captions.json" if place else None
    if file is None or not file.is_file():
        return []
    found = []
    for part in _COCO_PARTS:
        if part in form.splits(file):
            photos = yield from form.read(file, part)
            found.append((yield from _seen(photos, views, seed)))
    return found


def _seen(photos: PhotoSet, views: int, seed: int) -> Generator[Event, None, Pairs]:
    if not isinstance(photos, PhotoSet) or photos.captions is None:
        text = Text(
            "{set} has no sentences about its pictures, so nothing can be learnt from it here.",
            "{set} 데이터에는 사진을 설명하는 문장이 없어서 배울 수 없어요.",
        )
        raise LabError(text(set=getattr(photos, "id", "?")))
    found = yield from look(photos, views=views, seed=seed)
    return Pairs(found, tuple(plain(lines) for lines in photos.captions))


def joined(parts: list[Pairs]) -> Pairs:
    """Several as one."""
    views = Views(torch.cat([p.views.pooled for p in parts]), torch.cat([p.views.maps for p in parts]))
    return Pairs(views, tuple(line for p in parts for line in p.said))


def divided(whole: Pairs, settings: CaptionSettings) -> tuple[Pairs, Pairs]:
    """(the part to learn from, the part to choose by), drawn with the run's seed; a fifth is held out at most."""
    held = min(settings.held_out, len(whole) // 5)
    if held < 2:
        text = Text(
            "There are only {n} photographs with sentences. At least 10 are needed.",
            "문장이 있는 사진이 {n}장뿐이에요. 10장 이상이 필요해요.",
        )
        raise LabError(text(n=len(whole)))
    order = np.random.default_rng(settings.seed).permutation(len(whole))
    return whole.part(order[held:]), whole.part(order[:held])


def sentences_of(pairs: Pairs, vocabulary: Vocabulary) -> Sentences:
    """Every sentence as numbers, cut off after `LONGEST` words."""
    lines = [
        (row, vocabulary.encode(words[:LONGEST])) for row, said in enumerate(pairs.said) for words in said if words
    ]
    longest = max(len(line) for _, line in lines) - 1
    inputs = torch.full((len(lines), longest), END, dtype=torch.int64)
    answers = torch.full((len(lines), longest), IGNORED, dtype=torch.int64)
    for at, (_, line) in enumerate(lines):
        inputs[at, : len(line) - 1] = torch.tensor(line[:-1])
        answers[at, : len(line) - 1] = torch.tensor(line[1:])
    return Sentences(torch.tensor([row for row, _ in lines]), inputs, answers)


def words_known(pairs: Pairs, least: int) -> Vocabulary:
    return vocabulary_of((words for said in pairs.said for words in said), least)
