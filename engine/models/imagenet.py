"""What is in a photograph: five of ImageNet's 1,000 classes, in English and Korean (lecture row 39)."""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import cv2
import numpy as np
import torch
from torch import Tensor, nn

import resources
from engine.cards import Task
from engine.data.pictures import read_rgb
from engine.errors import LabError
from engine.jobs import Event, Job, Progress
from engine.models.card import ModelCard, Origin
from engine.models.shipped import LITE0
from engine.predict import Predictor
from engine.text import Text
from engine.zoo.efficientnet_lite import SIDE, for_reading

TOP = 5
SURE, ALSO = 0.5, 0.15  # below the first no name is given for certain; above the second another one is named too
_RESIZED = 256  # the shorter side before 224 are cut from the middle, as ImageNet is measured


@dataclass(frozen=True, slots=True, eq=False)
class Answer(Event):
    """What a network says of one photograph.

    classes: (5,) indices into `names()`, the most likely first. probabilities: (5,) float32.
    seen: (S, S, 3) uint8 RGB, the part of the picture that the network got.
    milliseconds: the network alone. model: the id of its card.
    """

    classes: tuple[int, ...]
    probabilities: np.ndarray
    seen: np.ndarray
    milliseconds: float
    model: str
    latest_only: ClassVar[bool] = True

    @property
    def names(self) -> tuple[Text, ...]:
        """The five classes in words."""
        return tuple(names()[i] for i in self.classes)


@lru_cache(maxsize=1)
def names() -> tuple[Text, ...]:
    """The 1,000 classes of ImageNet-1K in their order."""
    english = _english()
    korean = json.loads(resources.path("i18n", "imagenet_ko.json").read_text(encoding="utf-8"))
    return tuple(Text(en, ko) for en, ko in zip(english, korean, strict=True))


def _english() -> list[str]:
    """The names as torchvision publishes them, from its list alone: the whole of it takes a second to import."""
    package = importlib.util.find_spec("torchvision")
    for folder in (package.submodule_search_locations or ()) if package else ():
        spec = importlib.util.spec_from_file_location("torchvision_names", Path(folder, "models", "_meta.py"))
        if spec is not None and spec.loader is not None and Path(folder, "models", "_meta.py").is_file():
            lists = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(lists)
            if found := getattr(lists, "_IMAGENET_CATEGORIES", None):
                return list(found)
    from torchvision.models import get_weight

    return list(get_weight("ResNet18_Weights.IMAGENET1K_V1").meta["categories"])


def classify(picture: Path | np.ndarray, *, model: str | ModelCard = LITE0) -> Job:
    """Say what is in a photograph; a job, yields and returns an `Answer`.

    Args:
        picture: a file, or (H, W, 3) uint8 RGB.
        model: a card that classifies, or its id: the packaged network, or an official one that is here.
    Raises:
        LabError: the file is no picture, or the model is unknown, not here or for something else.
    """
    yield Progress(0, 1, Text("Loading the network", "신경망을 불러오는 중"))
    rgb = read_rgb(picture) if isinstance(picture, Path) else picture
    answer = _asker(model)(rgb)
    yield answer
    return answer


_Ask = Callable[[np.ndarray], Answer]


def _asker(model: str | ModelCard) -> _Ask:
    if model in (LITE0, LITE0.id):  # without asking torchvision what else there is
        return _ask_lite0
    from engine.models.store import model as card_of

    card = card_of(model) if isinstance(model, str) else model
    if card.task is not Task.CLASSIFY or card.origin is not Origin.OFFICIAL or "features" in card.id:
        text = Text(
            "{name} does not name what is in a photograph. Use {known} or one of torchvision’s classifiers.",
            "{name} 모델은 사진 속 사물의 이름을 알려 주지 않아요. {known} 또는 torchvision 분류 모델을 써 보세요.",
        )
        raise LabError(text(name=card.name, known=LITE0.id))
    return _official(card)


@lru_cache(maxsize=1)
def _lite0() -> nn.Module:
    return for_reading()


def middle_of(rgb: np.ndarray, *, side: int = SIDE, resized: int = _RESIZED) -> np.ndarray:
    """The middle of a picture as ImageNet is measured: shorter side to `resized`, then `side`² from the centre.

    Args:
        rgb: (H, W, 3) uint8.
    Returns:
        (side, side, 3) uint8.
    """
    scale = resized / min(rgb.shape[:2])
    size = (max(side, round(rgb.shape[1] * scale)), max(side, round(rgb.shape[0] * scale)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    top, left = (small.shape[0] - side) // 2, (small.shape[1] - side) // 2
    return np.ascontiguousarray(small[top : top + side, left : left + side])


def _ask_lite0(rgb: np.ndarray) -> Answer:
    seen = middle_of(rgb)
    x = torch.from_numpy(seen).permute(2, 0, 1)[None].float().div_(255)  # (1, 3, 224, 224)
    return _answer(_lite0(), x, seen, LITE0.id)


@lru_cache(maxsize=2)
def _official(card: ModelCard) -> _Ask:
    from engine.models.official import open_official, published_as

    network, transforms = open_official(card), published_as(card)[1].transforms()

    def ask(rgb: np.ndarray) -> Answer:
        x = transforms(torch.from_numpy(rgb).permute(2, 0, 1))[None]  # (1, 3, S, S)
        side = x.shape[-1]
        return _answer(network, x, middle_of(rgb, side=side, resized=round(side / 0.875)), card.id)

    return ask


@torch.inference_mode()
def _answer(network: nn.Module, x: Tensor, seen: np.ndarray, model: str) -> Answer:
    began = time.perf_counter()
    probabilities = network(x)[0].softmax(0)  # (1000,)
    milliseconds = 1000 * (time.perf_counter() - began)
    best = probabilities.topk(TOP)
    return Answer(tuple(best.indices.tolist()), best.values.numpy(), seen, milliseconds, model)


def sentence(answer: Answer) -> Text:
    """The answer in words: unsure below one half, a near second named."""
    first, second = answer.names[:2]
    values: dict[str, Any] = {"a": first, "b": second, "p": float(answer.probabilities[0])}
    if answer.probabilities[0] < SURE:
        return Text("Not sure: perhaps {a}, perhaps {b}.", "잘 모르겠어요. {a} 아니면 {b} 같아요.")(**values)
    if answer.probabilities[1] < ALSO:
        return Text("This is: {a} ({p:.0%}).", "{a} 같아요({p:.0%}).")(**values)
    return Text("Looks like {a}, a little like {b}.", "{a} 같아요. {b}하고도 조금 닮았어요.")(**values)


def _values(answer: Answer) -> dict[str, Any]:
    top = [
        {"index": i, "name": name, "probability": float(p)}
        for i, name, p in zip(answer.classes, answer.names, answer.probabilities, strict=True)
    ]
    return {
        "answer": answer.names[0].en,
        "confidence": float(answer.probabilities[0]),
        "model": answer.model,
        "milliseconds": answer.milliseconds,
        "top": top,
    }


PREDICTOR = Predictor(lambda path, model: classify(path, model=model or LITE0.id), sentence, _values)
