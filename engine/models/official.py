"""torchvision's published weights: what there is, where torch keeps it, and opening it without unpickling anything.

Video, optical flow and int8 weights are left out: nothing here uses them.
"""

from __future__ import annotations

import math
import os
import pickle
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torchvision import models as published
from torchvision.models import Weights, WeightsEnum

from engine.cards import Task
from engine.errors import LabError, cannot_read
from engine.files import sha256
from engine.models.card import ModelCard, Origin
from engine.text import Text, same

# torchvision loads its files with torch.load as it is; from here on torch refuses all but tensors, everywhere
os.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"] = "1"

_DIGITS = re.compile(r"-([0-9a-f]{8,})\.pth$")  # how torch.hub writes the start of SHA-256 into a name
_POINT = re.compile(r"(?<!\d)(\d)_(\d)")  # SqueezeNet1_1 is version 1.1
_VERSION = re.compile(r"^(IMAGENET1K|COCO)_")  # which of several weights: V1, SWAG LINEAR V1
_MODULES = ((Task.CLASSIFY, published), (Task.DETECT, published.detection), (Task.SEGMENT, published.segmentation))


def _all() -> Iterator[tuple[Task, str, WeightsEnum]]:
    for task, module in _MODULES:
        for name in published.list_models(module=module):
            for weights in published.get_model_weights(name):
                yield task, name, weights


@lru_cache(maxsize=1)
def official_cards() -> tuple[ModelCard, ...]:
    """A card for every published set of weights that classifies, detects or segments, by name."""
    return tuple(_card(task, name, weights) for task, name, weights in _all())


def _card(task: Task, name: str, weights: WeightsEnum) -> ModelCard:
    value: Weights = weights.value
    alone = len(set(type(weights).__members__.values())) == 1  # DEFAULT is a second name
    digits = _DIGITS.search(value.url)
    assert digits, value.url
    words = _POINT.sub(r"\1.\2", type(weights).__name__.removesuffix("_Weights")).replace("_", " ")
    research = "SWAG" in weights.name
    return ModelCard(
        id=f"{name}-{weights.name}".lower().replace("_", "-"),
        name=same(words if alone else f"{words} · {_VERSION.sub('', weights.name).replace('_', ' ')}"),
        task=task,
        origin=Origin.OFFICIAL,
        file=value.url.rsplit("/", 1)[-1],
        bytes=round(value.meta["_file_size"] * (1 << 20)),
        sha256=digits[1],
        licence="CC-BY-NC-4.0" if research else "BSD-3-Clause",
        terms=_terms(task, research),
        unlocks=_unlocks(task, name, len(value.meta.get("categories") or ())),
        figure=_figure(value.meta.get("_metrics", {})),
        url=value.url,
        pack="research" if research else "download",
    )


def _terms(task: Task, research: bool) -> Text:
    if research:
        return Text("Not for commercial use (SWAG).", "상업적으로 쓸 수 없어요(SWAG).")
    data = "ImageNet" if task is Task.CLASSIFY else "COCO"
    return Text(
        "Code and weights as torchvision publishes them; learnt from {data}, whose pictures belong to others.",
        "torchvision이 공개한 코드와 가중치예요. {data}로 배웠고, 그 사진은 각자의 것이에요.",
    )(data=data)


def _unlocks(task: Task, name: str, kinds: int) -> Text:
    if task is Task.CLASSIFY:
        if not kinds:  # a backbone alone
            return Text(
                "The start of a detector; names nothing by itself.",
                "검출기의 출발점이에요. 혼자서는 이름을 대지 못해요.",
            )
        return Text(
            "Names what is in a photograph, among {kinds:,} things.", "사진 속 사물을 {kinds:,}가지 이름으로 알아봐요."
        )(kinds=kinds)
    if task is Task.SEGMENT:
        return Text("Colours every pixel by one of {kinds} kinds.", "픽셀마다 {kinds}가지 중 하나로 색을 칠해요.")(
            kinds=kinds
        )
    if "keypoint" in name:
        return Text("Finds people and 17 points of each body.", "사람을 찾고 몸의 점 17개를 짚어요.")
    if "mask" in name:
        return Text("Boxes objects of 80 kinds and cuts out each one.", "80가지 물체를 상자로 찾고 하나하나 오려 내요.")
    return Text("Boxes objects of 80 kinds in a photograph.", "사진에서 80가지 물체를 상자로 찾아요.")


_METRICS = {
    "acc@1": "ImageNet {value:.1f} %",
    "kp_map": "COCO keypoint AP {value:.1f} %",
    "box_map": "COCO box AP {value:.1f} %",
    "miou": "COCO, VOC classes: mIoU {value:.1f} %",
}


def _figure(metrics: dict[str, dict[str, float]]) -> Text:
    values = {key: value for one in metrics.values() for key, value in one.items()}
    for key, words in _METRICS.items():
        if math.isfinite(values.get(key, math.nan)):
            said = words.format(value=values[key])
            return Text("{said} (published)", "{said}(발표값)")(said=said)
    return same("")


def hub_folder() -> Path:
    """Where torch and torchvision keep downloaded weights (TORCH_HOME moves it)."""
    return Path(torch.hub.get_dir()) / "checkpoints"


def check_only_tensors(path: Path, name: Text) -> None:
    """Raises `LabError` when the file holds more than tensors: such a file could run a program when opened."""
    try:
        found = _tensors_of(path)
    except (pickle.UnpicklingError, RuntimeError, ValueError, EOFError, KeyError, AttributeError, TypeError) as error:
        raise _not_weights(path, name) from error
    except OSError as error:
        raise cannot_read(path, error) from error
    if not isinstance(found, dict):
        raise _not_weights(path, name)


def _tensors_of(path: Path) -> Any:
    with path.open("rb") as file:
        in_zip = file.read(4) == b"PK\x03\x04"  # only such a file can be mapped instead of read
    return torch.load(path, map_location="cpu", weights_only=True, mmap=in_zip)


def _not_weights(path: Path, name: Text) -> LabError:
    text = Text(
        "{path} is not {name}: it holds something else than weights, or is damaged. It was not opened.",
        "{path} 파일은 {name} 가중치가 아니에요. 다른 내용이 들었거나 손상돼서 열지 않았어요.",
    )
    return LabError(text(path=path, name=name))


def published_as(card: ModelCard) -> tuple[str, WeightsEnum]:
    """torchvision's names for an official card: the network's and the weights' (transforms, categories, metrics)."""
    return next((name, weights) for _, name, weights in _all() if weights.value.url == card.url)


def open_official(card: ModelCard) -> nn.Module:
    """The network of an official card with its weights, in eval mode; never downloads.

    Raises: `LabError` when the weights are not here, or the file is another one than was published.
    """
    path = hub_folder() / card.file
    if not path.is_file():
        text = Text(
            "{name} is not on this machine. Get it in the list of models, or: models get {id}.",
            "{name} 모델이 아직 없어요. 모델 목록에서 받거나 models get {id} 명령을 써 보세요.",
        )
        raise LabError(text(name=card.name, id=card.id))
    if not sha256(path).startswith(card.sha256):
        text = Text(
            "{path} is not the file that was published. Delete it and get it again.",
            "{path} 파일이 공개된 파일과 달라요. 지우고 다시 받아 주세요.",
        )
        raise LabError(text(path=path))
    check_only_tensors(path, card.name)
    name, weights = published_as(card)
    network: nn.Module = published.get_model(name, weights=weights)
    return network.eval()
