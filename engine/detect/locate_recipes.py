"""Recipes that answer with numbers: one class and one box, or the places of landmarks (lecture rows 63, 64, 71)."""

from __future__ import annotations

from typing import cast

from torch import nn

from engine.cards import Card, Explanation, Task
from engine.data.drawn import FIGURE, SIDE
from engine.data.mnist import CLASSES as DIGITS
from engine.data.stick_figures import NAMES
from engine.detect.landmark_lesson import Place
from engine.detect.localise import Localiser
from engine.detect.locate_lesson import Locate, LocateSettings
from engine.text import Text
from engine.train.recipe import Block, Recipe
from engine.train.settings import PhotoSettings
from engine.zoo.landmarks import LandmarkNet
from engine.zoo.segmenters import put_pretrained

FIXED = 3  # of the encoder's stages keep ImageNet's weights: edges are edges, and learning there costs most
_FINE_TUNED = "Tan, Le, EfficientNet, ICML 2019 (its Lite0 as the encoder)"


def _one_digit() -> nn.Module:
    return Localiser(len(DIGITS))


def _figure() -> nn.Module:
    return LandmarkNet(len(NAMES))


def _pretrain(network: nn.Module) -> None:
    put_pretrained(network)
    cast(Localiser | LandmarkNet, network).encoder.freeze(FIXED)


LOCATE_DIGIT = Recipe(
    card=Card(
        id="locate-digit",
        task=Task.DETECT,
        name=Text("Locate a digit", "숫자 하나 찾기"),
        summary=Text(
            "One class and one box at once. α moves between the two while it learns.",
            "클래스 하나와 상자 하나를 함께 답해요. 학습하는 동안 α로 둘의 비중을 옮겨요.",
        ),
        source="Scenes composed here from real digits and photographs (1,000 train, 200 val)",
        paper=f"Sermanet et al., OverFeat, ICLR 2014 (localisation by regression); {_FINE_TUNED}",
        explanation=Explanation(
            Text("Two losses in one", "손실 두 개를 하나로 (multi-output loss)"),
            Text(
                "Watch both parts of the loss and their sum; move α and see which part gives way.",
                "손실의 두 부분과 합을 보세요. α를 옮기면 어느 쪽이 밀리는지 보여요.",
            ),
            Text(
                "The same features answer what it is and where it is. Each answer has a loss; α weighs them.",
                "같은 특징으로 무엇인지와 어디인지를 답해요. 답마다 손실이 있고 α가 비중을 정해요.",
            ),
            "Loss = α · Softmax_Loss + (1 − α) · L2_Loss",
        ),
        rows=(63, 64, 71),
        data_licence="CC-BY-SA-3.0 (digits, as commonly given); photographs of scikit-image: free of rights",
        weights_licence="CC-BY-SA-3.0",
    ),
    defaults=LocateSettings(
        epochs=16.0,
        batch_size=20,
        learning_rate=3e-3,
        weight_decay=0.02,
        held_out=100,
        width=SIDE,
        height=SIDE,
        average=0.95,
        encoder_rate=0.5,
    ),
    datasets=("placed-digits",),
    layers=(
        Block("input", 3, SIDE),
        Block("encoder", 320, SIDE // 32),
        Block("pyramid", 96, SIDE // 8),
        Block("class", len(DIGITS), 0, back=True),
        Block("box", 4, 0, back=True),
    ),
    make=_one_digit,
    lesson=Locate(SIDE),
    architecture=(),
    pretrain=_pretrain,
    checks=1,
    classes=DIGITS,
    chart="parts",
)

PAIRS = tuple(
    (at, NAMES.index(name.replace("right", "left"))) for at, name in enumerate(NAMES) if name.startswith("right")
)
"""Landmarks that change places in a mirror."""

STICK_LANDMARKS = Recipe(
    card=Card(
        id="stick-landmarks",
        task=Task.LANDMARKS,
        name=Text("Landmarks of a figure", "막대 사람의 랜드마크"),
        summary=Text(
            "Eleven places of a stick figure as numbers: pose as regression.",
            "막대 사람의 열한 군데를 숫자로 답해요. 자세를 회귀로 배워요.",
        ),
        source="Stick figures drawn here (1,000 train, 200 val)",
        paper=f"Sun, Xiao, Wei, Liang, Wei, Integral human pose regression, ECCV 2018; {_FINE_TUNED}",
        explanation=Explanation(
            Text("Landmark regression", "랜드마크 회귀 (landmark regression)"),
            Text(
                "Switch to Errors: each red line runs from the answer to the truth and grows shorter.",
                "‘오류’를 누르면 답에서 정답까지의 빨간 선이 보여요. 선은 점점 짧아져요.",
            ),
            Text(
                "For each landmark the network says where it might be; the mean of that map is the answer, in numbers.",
                "랜드마크마다 있을 만한 곳을 지도로 말하고, 그 지도의 평균 자리를 숫자로 답해요.",
            ),
            "(x, y) = Σ p(u, v) · (u, v)",
        ),
        rows=(71,),
        data_licence="MIT (made by this program)",
        weights_licence="MIT",
    ),
    defaults=PhotoSettings(
        epochs=6.0,
        batch_size=25,
        learning_rate=4e-3,
        weight_decay=0.02,
        held_out=100,
        width=SIDE,
        height=SIDE,
        average=0.95,
        encoder_rate=0.5,
    ),
    datasets=("stick-figures",),
    layers=(
        Block("input", 3, SIDE),
        Block("encoder", 320, SIDE // 32),
        Block("pyramid", 64, SIDE // 8),
        Block("maps", len(NAMES), SIDE // 8, back=True),
        Block("x, y", 2 * len(NAMES), 0, back=True),
    ),
    make=_figure,
    lesson=Place(SIDE, pairs=PAIRS),
    architecture=(),
    pretrain=_pretrain,
    checks=1,
    classes=FIGURE,
    chart="parts",
)

RECIPES = (LOCATE_DIGIT, STICK_LANDMARKS)
