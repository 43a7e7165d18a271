"""Paired experiments: one question each, asked by a race of two settings from the same seed and pictures.

Each is only offered where the recipe has all the settings it needs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.cards import unknown
from engine.fields import fields_of, problems
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the settings of both sides. row: of the lectures. given: asked only where settings say this."""

    id: str
    name: Text
    question: Text
    row: int
    a: Mapping[str, Any]
    b: Mapping[str, Any]
    given: Mapping[str, Any] = field(default_factory=dict)


PAIRS: tuple[Pair, ...] = (
    Pair(
        "residual",
        Text("Plain against residual", "일반 / 잔차"),
        Text(
            "44 layers, with and without skips: which of them learns? Open Gradients while they do.",
            "44층에 건너뛰는 길이 있으면, 없으면 어느 쪽이 배울까요? 배우는 동안 ‘기울기’를 열어 보세요.",
        ),
        44,
        {"depth": 44, "skips": False},
        {"depth": 44, "skips": True},
    ),
    Pair(
        "degradation",
        Text("Plain: 20 layers against 44", "일반: 20층 / 44층"),
        Text(
            "Without skips, is deeper better? After one epoch here: 54 % with 20 layers, 31 % with 44. Look at the training "
            "curve too: it is not overfitting.",
            "건너뛰는 길이 없을 때 깊으면 더 좋을까요? 한 에폭 뒤 20층은 54 %, 44층은 31 %였어요. 학습 곡선도 보세요. 과적합이 아니에요.",
        ),
        44,
        {"depth": 20, "skips": False},
        {"depth": 44, "skips": False},
    ),
    Pair(
        "order",
        Text("Norm and ReLU after or before", "정규화와 ReLU: 뒤 / 앞"),
        Text("ResNet of 2015 against the pre-activation block of 2016.", "2015년 ResNet과 2016년 pre-activation 블록."),
        46,
        {"order": "after"},
        {"order": "before"},
    ),
    Pair(
        "depth",
        Text("One convolution a block, or three", "블록마다 합성곱 하나 / 셋"),
        Text("The same widths, three times as deep.", "폭은 같고 깊이는 세 배예요."),
        41,
        {"plan": "1 1 1"},
        {"plan": "3 3 3"},
    ),
    Pair(
        "one-by-one",
        Text("With and without 1×1", "1×1 있음 / 없음"),
        Text(
            "Do the 1×1 convolutions cost accuracy, or only save work?",
            "1×1 합성곱이 정확도를 깎을까요, 일만 줄일까요?",
        ),
        43,
        {"one_by_one": True},
        {"one_by_one": False},
    ),
    Pair(
        "grey",
        Text("Colour against grey", "컬러 / 흑백"),
        Text(
            "A third of the numbers in each picture: what does it save, what does it cost?",
            "그림의 숫자가 3분의 1이 돼요. 무엇을 아끼고 무엇을 잃을까요?",
        ),
        13,
        {"grey": False},
        {"grey": True},
    ),
    Pair(
        "dropout",
        Text("Dropout 0 against 0.5", "Dropout 없이 / 0.5"),
        Text(
            "Less learnt by heart, or only slower? Watch the gap.",
            "덜 외울까요, 느려지기만 할까요? 두 곡선의 차이를 보세요.",
        ),
        29,
        {"dropout": 0.0},
        {"dropout": 0.5},
    ),
    Pair(
        "augment",
        Text("Augmentation off and on", "증강 끔 / 켬"),
        Text(
            "Changed pictures are harder to learn. Do they pay?", "바뀐 그림은 배우기 더 어려워요. 그만한 값을 할까요?"
        ),
        37,
        {"augment": 0.0, "shift": 2.0},
        {"augment": 1.0, "shift": 2.0},
    ),
    Pair(
        "start",
        Text("First weights: He against small", "가중치 초기화: He / 작게"),
        Text(
            "Without batch norm nothing repairs a bad start. Open Gradients.",
            "batch norm이 없으면 나쁜 시작을 고쳐 줄 것이 없어요. ‘기울기’를 열어 보세요.",
        ),
        48,
        {"start": "he", "batch_norm": False},
        {"start": "small", "batch_norm": False},
    ),
    Pair(
        "optimizer",
        Text("Adam against SGD", "Adam과 SGD"),
        Text(
            "Each with a rate that suits it. Who is ahead early, who at the end?",
            "각자 알맞은 학습률로 겨뤄요. 처음에는 누가, 끝에는 누가 앞설까요?",
        ),
        37,
        {"optimizer": "adam", "learning_rate": 0.004, "weight_decay": 0.01},
        {"optimizer": "sgd", "learning_rate": 0.05, "weight_decay": 0.0005},
    ),
    Pair(
        "batch-norm",
        Text("Batch norm on and off", "Batch norm 켬 / 끔"),
        Text("The same rate for both: which of them bears it?", "학습률은 같아요. 어느 쪽이 견딜까요?"),
        37,
        {"batch_norm": True},
        {"batch_norm": False},
    ),
    Pair(
        "skips",
        Text("U-Net without and with skips", "U-Net: 건너뛰는 길 없이 / 있음"),
        Text(
            "What do the maps carried across give? Look at poles and edges.",
            "건네받은 맵은 무엇을 줄까요? 기둥과 경계를 보세요.",
        ),
        86,
        {"skips": False, "every": 1},
        {"skips": True, "every": 1},
    ),
    Pair(
        "encoder",
        Text("Encoder from scratch, or pre-trained", "인코더: 처음부터 / 미리 학습"),
        Text(
            "The same network: what are a million photographs seen before worth?",
            "같은 신경망이에요. 먼저 본 사진 백만 장은 얼마나 값질까요?",
        ),
        60,
        {"pretrained": False, "encoder_rate": 1.0},
        {"pretrained": True, "encoder_rate": 0.2},
        given={"pretrained": True},
    ),
)


def offered(settings: Any) -> tuple[Pair, ...]:
    """The questions that can be asked of a recipe with such settings."""
    known = {name for name, _, _ in fields_of(settings)}
    able = (pair for pair in PAIRS if {*pair.a, *pair.b} <= known and _says(settings, pair.given))
    return tuple(pair for pair in able if not any(problems(side) for side in _both(pair, settings)))


def _says(settings: Any, given: Mapping[str, Any]) -> bool:
    return all(getattr(settings, name) == value for name, value in given.items())


def sides(id: str, settings: Any) -> tuple[Any, Any]:
    """Both sides of a question: `settings` with what it asks. Raises `LabError` naming those that can be asked."""
    can = offered(settings)
    found = next((pair for pair in can if pair.id == id), None)
    if found is None:
        raise unknown(Text("experiment", "실험"), id, [pair.id for pair in can])
    return _both(found, settings)


def _both(pair: Pair, settings: Any) -> tuple[Any, Any]:
    return dataclasses.replace(settings, **dict(pair.a)), dataclasses.replace(settings, **dict(pair.b))
