"""The photographs of the small COCO set whose terms let weights learnt from them be passed on (lecture row 99)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from engine.cards import Card, Explanation, Task
from engine.data.forms import coco
from engine.data.forms.reading import read_text
from engine.data.imageset import DatasetCard, check_split
from engine.data.marked import COCO_SMALL
from engine.errors import LabError
from engine.jobs import Job
from engine.text import Text

FREE = (4, 5, 7, 8)  # COCO's numbers of CC BY, CC BY-SA, no known restrictions, works of the United States


def read(split: str, place: Path) -> Job:
    """Read one split: a `PhotoSet`. Raises `LabError` when no photograph names such terms."""
    check_split(DATASET, split)
    file = place / f"instances_{split}.json"
    photos = yield from coco.read_file(file, place, split, id="free-photos")
    said = {one.get("file_name"): one.get("license") for one in json.loads(read_text(file)).get("images", ())}
    chosen = [index for index, name in enumerate(photos.files) if said.get(Path(name).name) in FREE]
    if not chosen:
        text = Text(
            "No photograph in {path} says that it may be passed on.", "{path}에 배포해도 된다고 밝힌 사진이 없어요."
        )
        raise LabError(text(path=file))
    return photos.part(np.array(chosen, np.int64), split)


DATASET = DatasetCard(
    card=Card(
        id="free-photos",
        task=Task.DETECT,
        name=Text("Photographs free to pass on", "배포할 수 있는 사진"),
        summary=Text(
            "Those photographs of the small COCO set that are CC BY or CC BY-SA: what is learnt from them may ship.",
            "작은 COCO에서 CC BY나 CC BY-SA인 사진만 골랐어요. 여기서 배운 것은 함께 배포할 수 있어요.",
        ),
        source="https://cocodataset.org",
        paper="Lin et al., Microsoft COCO: Common objects in context, ECCV 2014",
        explanation=Explanation(
            Text("Photographs have owners", "사진에는 주인이 있어요"),
            Text("Compare how few are left with the whole set.", "전체와 견주어 몇 장이 남는지 보세요."),
            Text(
                "COCO's photographs are from Flickr, each under its owner’s terms. These terms allow use by anybody who names the owner.",
                "COCO 사진은 Flickr에서 왔고 사진마다 조건이 달라요. 여기 있는 사진은 주인을 밝히면 누구나 쓸 수 있어요.",
            ),
            "CC BY ∪ CC BY-SA ⊂ COCO",
        ),
        rows=(99,),
        data_licence="CC-BY-2.0 and CC-BY-SA-2.0 (each photograph’s own)",
    ),
    splits=("train", "val"),
    counts=(26, 29),
    size_words=Text("55 · up to 480 px · boxes", "55장 · 480픽셀까지 · 상자"),
    bundled=False,
    find=COCO_SMALL.find,
    read=read,
)
