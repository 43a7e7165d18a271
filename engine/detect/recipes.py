"""Recipes that learn to detect: blood cells, people (lecture rows 58, 62, 90, 91)."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from torch import nn

from engine.cards import Card, Explanation, Task
from engine.detect import locate_recipes
from engine.detect.augment import Changes
from engine.detect.lesson import Detect
from engine.text import Text
from engine.train.recipe import Block, Recipe
from engine.train.settings import PhotoSettings
from engine.zoo.segmenters import put_pretrained
from engine.zoo.yolo_mini import YoloMini

FIXED = 3  # stages of the encoder that do not learn
_PAPER = "Redmon et al., You only look once, CVPR 2016; Ge et al., YOLOX, 2021; Tan, Le, EfficientNet, ICML 2019"
_USUAL = PhotoSettings(
    epochs=40.0, batch_size=8, learning_rate=2e-3, weight_decay=0.02, held_out=20, width=416, height=320, average=0.995
)
_EXPLAIN = Explanation(
    Text("One look", "한 번 보기 (one-stage detector)"),
    Text(
        "Boxes appear everywhere first, then fewer and tighter.", "처음에는 상자가 곳곳에 나오다가, 줄면서 꼭 맞아요."
    ),
    Text(
        "The cell in which an object’s centre lies answers for its box and class. One pass through the network finds all.",
        "물체의 중심이 든 칸이 그 상자와 클래스를 답해요. 신경망을 한 번만 지나면 다 찾아요.",
    ),
    "score = P(object) · P(class | object)",
)


def _layers(side: int, classes: int) -> tuple[Block, ...]:
    return (
        Block("input", 3, side),
        Block("encoder", 320, side // 32),
        Block("pyramid", 96, side // 8),
        Block("boxes", 5, side // 8, back=True),
        Block("classes", classes, side // 8, back=True),
    )


def _cells() -> nn.Module:
    return YoloMini(3)


def _people() -> nn.Module:
    return YoloMini(1)


def _pretrain(network: nn.Module) -> None:
    """ImageNet's weights; the first stages keep them, which a few hundred photographs could only spoil."""
    put_pretrained(network)
    cast(YoloMini, network).encoder.freeze(FIXED)


BCCD = Recipe(
    card=Card(
        id="bccd-yolo-mini",
        task=Task.DETECT,
        name=Text("Blood cells", "혈액 세포"),
        summary=Text("Red cells, white cells and platelets, found and counted.", "적혈구, 백혈구, 혈소판을 찾고 세요."),
        source="BCCD (205 train, 87 val)",
        paper=_PAPER,
        explanation=_EXPLAIN,
        rows=(58, 62, 65, 90, 91),
        data_licence="MIT (BCCD)",
        weights_licence="MIT",
    ),
    # A platelet is 40 pixels wide of 640: at half the size it looks like a stain. A smear under a microscope has no
    # upright, so that every turn of it is a new picture; its scale hardly changes. Crops are of the size of life.
    # Few photographs with many cells each: small batches, so that the head gets steps enough to place boxes well.
    defaults=replace(_USUAL, epochs=60.0, batch_size=4, learning_rate=1.5e-3, average=0.998, width=544, height=416),
    datasets=("bccd",),
    layers=_layers(640, 3),
    make=_cells,
    lesson=Detect(longest=640, changes=Changes(mosaic=0.3, smallest=1.0, largest=1.4, upside_down=0.5, turn=0.3)),
    architecture=(),
    pretrain=_pretrain,
    checks=1,
    classes=(Text("RBC", "적혈구"), Text("WBC", "백혈구"), Text("Platelets", "혈소판")),
)

_MIXED = (
    "mixed: a Roboflow user's set stated as CC-BY-4.0 with photographs of unstated origin, and COCO photographs under "
    "their Flickr licences; people are to be seen"
)

PEOPLE = Recipe(
    card=Card(
        id="people-yolo-mini",
        task=Task.DETECT,
        name=Text("People", "사람"),
        summary=Text("Finds people in photographs and in front of a camera.", "사진과 카메라 앞의 사람을 찾아요."),
        source="people (419 train) and coco_small (208 train)",
        paper=_PAPER,
        explanation=_EXPLAIN,
        rows=(58, 62, 90, 91),
        data_licence=_MIXED,
        weights_licence=_MIXED,
    ),
    defaults=replace(_USUAL, epochs=25.0, width=320, height=320, held_out=40),
    datasets=("persons", "people"),
    layers=_layers(416, 1),
    make=_people,
    lesson=Detect(longest=416),
    architecture=(),
    pretrain=_pretrain,
    checks=1,
    pack="restricted",
    classes=(Text("person", "사람"),),
)

RECIPES = (BCCD, PEOPLE, *locate_recipes.RECIPES)
