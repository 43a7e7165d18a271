"""Dogs or people: photographs of Flickr8k sorted by what those who described them named (lecture rows 56–61)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.cards import Card, Explanation, Task
from engine.data import flickr8k
from engine.data.imageset import DatasetCard, check_split, split_by_class
from engine.data.photoset import PhotoSet, with_fingerprint
from engine.jobs import Job
from engine.text import Text

DOG, PERSON = 0, 1
CLASSES = (Text("dog", "개"), Text("person", "사람"))
AGREED = 3  # of a photograph's five sentences; of the other class none
_SHARE, _SEED = 0.4, 0  # of each class held for "val"
_GROWN = "man men woman women lady guy guys person persons people adult adults couple"
_YOUNG = "boy boys girl girls child children kid kids baby toddler"
_NAMES = ("dog dogs puppy puppies", f"{_GROWN} {_YOUNG}")


def kind_of(sentences: Sequence[str]) -> int:
    """`DOG` or `PERSON` where most sentences name the one and none names the other, else −1."""
    words = [set(re.findall("[a-z]+", one.lower())) for one in sentences]
    named = [sum(not said.isdisjoint(names.split()) for said in words) for names in _NAMES]
    for kind in (DOG, PERSON):
        if named[kind] >= AGREED and not named[1 - kind]:
            return kind
    return -1


def _read(split: str, place: Path) -> Job:
    """As many people as there are dogs, drawn once and for all: a `PhotoSet` with a class for each."""
    check_split(DATASET, split)
    parts: list[PhotoSet] = []
    for part in flickr8k.DATASET.splits:
        parts.append((yield from flickr8k.read(part, place)))
    captions = [lines for one in parts for lines in one.captions or ()]
    labels = np.array([kind_of(lines) for lines in captions], np.int64)
    every = dataclasses.replace(
        parts[0],
        id=DATASET.id,
        files=tuple(name for one in parts for name in one.files),
        sizes=np.concatenate([one.sizes for one in parts]),
        captions=tuple(captions),
        labels=labels,
        classes=CLASSES,
    )
    rng = np.random.default_rng(_SEED)
    of = [rng.permutation(np.flatnonzero(labels == kind)) for kind in (DOG, PERSON)]
    few = min(len(one) for one in of)
    chosen = np.sort(np.concatenate([one[:few] for one in of]))
    kept = split_by_class(labels[chosen], _SHARE, _SEED)[split == "val"]
    return with_fingerprint(dataclasses.replace(every.part(chosen[kept], split), captions=None))


DATASET = DatasetCard(
    card=Card(
        id="dogs-people",
        task=Task.CLASSIFY,
        name=Text("Dogs or people", "개와 사람"),
        summary=Text(
            "Flickr8k’s photographs of dogs alone or of people alone, as those who described them said.",
            "Flickr8k 사진 가운데 설명에 개만 나오거나 사람만 나오는 사진이에요.",
        ),
        source="https://github.com/quantumnaan/sic_translator (a part of Flickr8k)",
        paper="Hodosh, Young, Hockenmaier, Framing image description as a ranking task, JAIR 2013",
        explanation=Explanation(
            Text("Classes out of sentences", "문장에서 나온 클래스"),
            Text(
                "Compare with the flowers: there the backbone helps far less.",
                "꽃 데이터와 견주어 보세요. 거기서는 백본이 훨씬 덜 도와줘요.",
            ),
            Text(
                "Three of five people named a dog and none a person, or the other way round. ImageNet has 120 kinds of dogs, so "
                "a backbone that learnt there knows what to look for.",
                "다섯 명 중 셋 이상이 개를 말하고 아무도 사람을 말하지 않았거나 그 반대인 사진이에요. ImageNet에는 개가 120종이나 있어서 거기서 배운 백본은 무엇을 봐야 할지 알아요.",
            ),
            "y = dog  ⇔  #(dog) ≥ 3,  #(person) = 0",
        ),
        rows=(56, 59, 61),
        data_licence="non-commercial research and education (original terms); photographs belong to their owners",
    ),
    splits=("train", "val"),
    counts=(236, 156),
    size_words=Text("392 · photographs · 2 classes", "392장 · 사진 · 클래스 2개"),
    bundled=False,
    find=flickr8k.find,
    read=_read,
)
