"""Flickr8k, photographs with five sentences each (lecture row 96)."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from engine.cards import Card, Explanation, Task
from engine.data.forms import captions
from engine.data.imageset import DatasetCard
from engine.jobs import Job
from engine.text import Text, same

_NAMES = ("flickr8k_subset", "flickr8k", "Flickr8k")


def find(root: Path | None) -> Path | None:
    """The folder with `captions.csv`, `split.json` and `images` at or below the folder of data sets."""
    for folder in (root, *(root / name for name in _NAMES)) if root else ():
        if folder.name in _NAMES and (folder / "captions.csv").is_file() and (folder / "split.json").is_file():
            return folder
    return None


def read(split: str, place: Path) -> Job:
    """Read one split: a `PhotoSet` with captions."""
    found = yield from captions.read(place, split)
    return dataclasses.replace(found, id="flickr8k")


DATASET = DatasetCard(
    card=Card(
        id="flickr8k",
        task=Task.CAPTION,
        name=same("Flickr8k"),
        summary=Text(
            "Photographs of people and dogs in action, each described by five people.",
            "사람과 개가 움직이는 사진. 다섯 사람이 한 문장씩 설명했어요.",
        ),
        source="https://github.com/quantumnaan/sic_translator (a part of Flickr8k)",
        paper="Hodosh, Young, Hockenmaier, Framing image description as a ranking task, JAIR 2013",
        explanation=Explanation(
            Text("Five sentences, all right", "모두 맞는 다섯 문장"),
            Text("Read the five sentences of one photograph.", "한 사진의 다섯 문장을 읽어 보세요."),
            Text(
                "A network that describes pictures learns from such pairs: the picture first, then word after word.",
                "그림을 설명하는 신경망은 이런 짝에서 배워요. 먼저 그림을 보고, 낱말을 하나씩 이어요.",
            ),
            "p(w₁ … w_T | x) = ∏ p(wₜ | w₁ … wₜ₋₁, x)",
        ),
        rows=(96,),
        data_licence="non-commercial research and education (original terms); photographs belong to their owners",
    ),
    splits=("train", "val"),
    counts=(800, 100),
    size_words=Text("900 · photographs · 5 captions each", "900장 · 사진 · 캡션 5개씩"),
    bundled=False,
    find=find,
    read=read,
)
