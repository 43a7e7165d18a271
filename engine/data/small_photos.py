"""Small photographs packed as JPEG files in one NPZ: flowers in colour, faces in grey (lecture rows 61, 109)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.cards import Card, Explanation, Task
from engine.data.arrays import read_arrays
from engine.data.imageset import DatasetCard, check_split, split_by_class
from engine.data.jpegs import decode, image_set
from engine.data.names import all_named
from engine.jobs import Job
from engine.text import Text

FLOWER_CLASSES = all_named(("daisy", "dandelion", "rose", "sunflower", "tulip"))
FACE_CLASSES = (Text("face", "얼굴"),)
_SHARE, _SEED = 0.2, 0  # of the pictures held for "val"; neither set comes with parts of its own


def _finder(*files: str) -> Callable[[Path | None], Path | None]:
    def find(root: Path | None) -> Path | None:
        if root is None:
            return None
        if root.is_file():
            return root if root.name == Path(files[0]).name else None
        return next((root / file for file in files if (root / file).is_file()), None)

    return find


def _read_flowers(split: str, path: Path) -> Job:
    check_split(FLOWERS, split)
    found = read_arrays(path, ["jpeg", "offsets", "labels"])
    chosen = split_by_class(found["labels"].astype(np.int64), _SHARE, _SEED)[split == "val"]
    images = yield from decode(found["jpeg"], found["offsets"], grey=False, path=path, chosen=chosen)
    return image_set("flowers", split, images, found["labels"][chosen], FLOWER_CLASSES, path)


def _read_faces(split: str, path: Path) -> Job:
    check_split(FACES, split)
    found = read_arrays(path, ["jpeg", "offsets", "name"])
    chosen = np.flatnonzero(held_people(found["name"]) == (split == "val"))
    images = yield from decode(found["jpeg"], found["offsets"], grey=True, path=path, chosen=chosen)
    return image_set("faces-lfw", split, images, np.zeros(len(chosen), np.int64), FACE_CLASSES, path)


def held_people(names: np.ndarray) -> np.ndarray:
    """True for pictures of the people held for "val", (N,) bool; `names` has the person in each picture.

    All pictures of one person are in one part, for a face seen while learning proves nothing.
    """
    every = np.unique(names)
    held = np.random.default_rng(_SEED).permutation(every)[: round(_SHARE * len(every))]
    return np.isin(names, held)


FLOWERS = DatasetCard(
    card=Card(
        id="flowers",
        task=Task.CLASSIFY,
        name=Text("Flowers", "꽃"),
        summary=Text(
            "4,311 colour photographs of daisies, dandelions, roses, sunflowers and tulips.",
            "데이지, 민들레, 장미, 해바라기, 튤립의 컬러 사진 4,311장이에요.",
        ),
        source="https://github.com/martinwestin/flower_classification (as Kaggle's Flowers Recognition)",
        paper="no paper; as Kaggle's set Flowers Recognition",
        explanation=Explanation(
            Text("Photographs made small", "작게 줄인 사진"),
            Text("Look for pictures without a clear flower.", "꽃이 분명하지 않은 사진을 찾아보세요."),
            Text(
                "Photographs of many people, squeezed to one square size. Their labels were not checked one by one.",
                "여러 사람이 찍은 사진을 같은 정사각형으로 줄였어요. 정답을 하나하나 확인하지는 않았어요.",
            ),
            "x ∈ {0 … 255}¹²⁸ˣ¹²⁸ˣ³",
        ),
        rows=(12, 13, 61, 109),
        data_licence="not stated; the photographs belong to their owners, local training only",
    ),
    splits=("train", "val"),
    counts=(3_449, 862),
    size_words=Text("4,311 · 128×128 · colour", "4,311장 · 128×128 · 컬러"),
    bundled=False,
    find=_finder("flowers_128_jpeg.npz", "flowers/flowers_128_jpeg.npz"),
    read=_read_flowers,
)

FACES = DatasetCard(
    card=Card(
        id="faces-lfw",
        task=Task.CLASSIFY,
        name=Text("Faces (LFW)", "얼굴 (LFW)"),
        summary=Text(
            "3,000 grey photographs of faces for networks that make new ones. No classes.",
            "새 얼굴을 만드는 신경망을 위한 흑백 얼굴 사진 3,000장이에요. 클래스는 없어요.",
        ),
        source="http://vis-www.cs.umass.edu/lfw",
        paper="Huang, Ramesh, Berg, Learned-Miller, Labeled Faces in the Wild, technical report 07-49, 2007",
        explanation=Explanation(
            Text("Faces without labels", "라벨 없는 얼굴"),
            Text("Look how alike the eyes and mouths lie.", "눈과 입의 위치가 얼마나 비슷한지 보세요."),
            Text(
                "A generator learns what all faces share. All pictures of one person are in the same part.",
                "생성기는 얼굴의 공통점을 배워요. 한 사람의 사진은 모두 같은 부분에 있어요.",
            ),
            "x ∈ {0 … 255}⁶⁴ˣ⁶⁴",
        ),
        rows=(109,),
        data_licence="research use (original terms); press photographs of real people",
    ),
    splits=("train", "val"),
    counts=(2_331, 669),
    size_words=Text("3,000 · 64×64 · grey", "3,000장 · 64×64 · 흑백"),
    bundled=False,
    find=_finder("lfw_subset_gray64_jpeg.npz", "faces/lfw_subset_gray64_jpeg.npz"),
    read=_read_faces,
)
