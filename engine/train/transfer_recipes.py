"""Recipes that start from what another network has learnt (lecture rows 55–61)."""

from __future__ import annotations

import dataclasses
from typing import Any

import cv2
import numpy as np
from torch import nn

from engine.cards import Card, Explanation, Task
from engine.data.imageset import ImageSet, fingerprint
from engine.data.photoset import PhotoSet
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text
from engine.train.recipe import Block, Recipe
from engine.train.transfer_lesson import Transfer, TransferSettings
from engine.zoo.transferred import Transferred

SIDE = 160  # pixels to which photographs of a folder are made, a square
MOST = 1 << 30  # bytes of pictures in memory
_READING = Text("Reading photographs", "사진을 읽는 중")


def make(*, classes: int, backbone: str, side: int, freeze: int, pretrained: bool = False) -> nn.Module:
    return Transferred(classes, backbone, side, freeze, pretrained)


def put_learnt(network: nn.Module) -> None:
    assert isinstance(network, Transferred)
    network.put_learnt()


def fitted(settings: Any, data: ImageSet) -> Any:
    """The number of classes, and nothing frozen in a network that has learnt nothing."""
    freeze = settings.freeze if settings.pretrained else 0
    return dataclasses.replace(settings, classes=len(data.classes), freeze=freeze)


def in_memory(data: Any) -> Job:
    """Any set with a class for each picture as an `ImageSet` of squares; a job.

    Raises: `LabError` for a set without classes, or too many pictures for the memory.
    """
    if isinstance(data, ImageSet):
        return data
    if not isinstance(data, PhotoSet) or data.labels is None or (data.labels < 0).any() or len(data.classes) < 2:
        text = Text(
            "{name} does not give every picture a class. Use a folder with a folder for each class.",
            "{name}에는 그림마다 클래스가 있지 않아요. 클래스마다 폴더가 있는 폴더를 쓰세요.",
        )
        raise LabError(text(name=data.id))
    if len(data) * SIDE * SIDE * 3 > MOST:
        text = Text(
            "{name} has {n:,} pictures, too many to keep in memory. Take a part of it.",
            "{name} 그림이 {n:,}장이라 메모리에 다 담을 수 없어요. 일부만 쓰세요.",
        )
        raise LabError(text(name=data.id, n=len(data)))
    images = np.empty((len(data), SIDE, SIDE, 3), np.uint8)
    for index in range(len(data)):
        if index % 16 == 0:
            yield Progress(index, len(data), _READING)
        images[index] = _square(data.read(index))
    note, labels = data.note, data.labels
    return ImageSet(data.id, data.split, images, labels, data.classes, note, fingerprint(images, labels))


def _square(picture: np.ndarray) -> np.ndarray:
    """(H, W, 3) to its middle square, `SIDE` pixels."""
    height, width = picture.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    cut = np.ascontiguousarray(picture[top : top + side, left : left + side])
    return cv2.resize(cut, (SIDE, SIDE), interpolation=cv2.INTER_AREA if side > SIDE else cv2.INTER_LINEAR)


_PAPER = "Yosinski, Clune, Bengio, Lipson, How transferable are features in deep neural networks?, NeurIPS 2014"
_EXPLAIN = Explanation(
    Text("Transfer learning", "전이 학습 (transfer learning)"),
    Text(
        "Compare three runs: frozen, fine-tuned, from nothing. Mind how few pictures there are.",
        "얼린 것, 미세 조정한 것, 처음부터 배운 것을 견주어 보세요. 그림이 얼마나 적은지도 보세요.",
    ),
    Text(
        "What a million photographs taught is kept; only what names the new classes is learnt anew.",
        "사진 백만 장으로 배운 것은 그대로 두고, 새 클래스의 이름을 대는 부분만 새로 배워요.",
    ),
    "f(x) = W · backbone(x) + b,   W new",
)
_SHARED: dict[str, Any] = {
    "make": make,
    "lesson": Transfer(),
    "architecture": ("classes", "backbone", "side", "freeze", "pretrained"),
    "pretrain": put_learnt,
    "fit": fitted,
    "prepare": in_memory,
    "takes": Task.CLASSIFY,
}

PHOTOS = Recipe(
    card=Card(
        id="transfer-photos",
        task=Task.CLASSIFY,
        name=Text("Your own classes", "나만의 클래스"),
        summary=Text(
            "EfficientNet-Lite0 learns new classes from a few photographs of each.",
            "EfficientNet-Lite0가 클래스마다 사진 몇 장으로 새 클래스를 배워요.",
        ),
        source="EfficientNet-Lite0’s ImageNet weights (Apache-2.0); flowers, dogs and people, or any folder with a folder for each class",
        paper=_PAPER,
        explanation=_EXPLAIN,
        rows=(46, 55, 56, 59, 60, 61),
        data_licence="not stated; the photographs belong to their owners, local training only",
        weights_licence="local use only, as the photographs",
    ),
    defaults=TransferSettings(epochs=30.0, learning_rate=0.003, weight_decay=0.02),
    datasets=("flowers", "dogs-people", "cifar10", "digits"),
    layers=(
        Block("input", 3, 160),
        *(
            Block(f"backbone{i}", c, s)
            for i, (c, s) in enumerate(((32, 80), (24, 40), (40, 20), (112, 10), (320, 5), (1280, 5)), 1)
        ),
        Block("head", 5, 0, back=True),
    ),
    checks=0.15,
    pack="restricted",
    **_SHARED,
)

DIGITS = Recipe(
    card=Card(
        id="transfer-digits",
        task=Task.CLASSIFY,
        name=Text("Other people’s digits", "다른 사람들의 숫자"),
        summary=Text(
            "A network that knows MNIST learns small digits of other writers.",
            "MNIST를 배운 신경망이 다른 사람들이 쓴 작은 숫자를 배워요.",
        ),
        source="mnist-deep’s weights (come with the app); scikit-learn’s digits",
        paper=_PAPER,
        explanation=_EXPLAIN,
        rows=(55, 59, 60, 61),
        data_licence="CC-BY-4.0",
        weights_licence="CC-BY-SA-3.0",
    ),
    defaults=TransferSettings(
        epochs=20.0, backbone="mnist-deep", side=28, freeze=0, learning_rate=0.003, encoder_rate=0.3, mirror=False
    ),
    datasets=("digits8", "digits", "mnist"),
    layers=(
        Block("input", 1, 28),
        *(
            Block(f"conv{i}", c, s)
            for i, (c, s) in enumerate(((16, 28), (16, 28), (32, 14), (32, 16), (64, 8), (64, 8)), 1)
        ),
        Block("fc1", 50, 0),
        Block("head", 10, 0, back=True),
    ),
    checks=0.4,
    **_SHARED,
)

RECIPES = (PHOTOS, DIGITS)
