"""Our own networks as overlays: EfficientNet-Lite0, the bundled detectors and segmenters, and those of runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from torch import Tensor, nn

from engine.cards import Card, Task
from engine.data.names import all_named
from engine.errors import LabError
from engine.files import read_json, read_tensors, sha256
from engine.live.backends import Network
from engine.live.landmark_seer import LandmarkSeer, Places
from engine.live.overlays import CLASSIFY, Kind, OverlayCard
from engine.live.seers import ClassifySeer, GridSeer, Labels, Seer, SegmentSeer, grid_parts, named
from engine.models.card import ModelCard
from engine.models.shipped import LITE0, bundled_cards
from engine.text import Text
from engine.zoo.weights import bundled, open_weights, put
from engine.zoo.yolo_mini import YoloMini

# of the sets that our own detectors and segmenters learn from, where a card does not say
_CLASSES: dict[str, tuple[str, ...]] = {
    "camvid": (
        *("sky", "building", "pole", "road", "pavement", "tree", "sign", "fence", "car", "pedestrian"),
        "bicyclist",
    ),
    "bccd": ("RBC", "WBC", "Platelets"),
    "people": ("person",),
    "persons": ("person",),
    "placed-digits": tuple("0123456789"),
    "stick-figures": ("stick figure",),
}
_KINDS = {Task.DETECT: Kind.DETECT, Task.SEGMENT: Kind.SEGMENT, Task.LANDMARKS: Kind.KEYPOINTS}
_OTHER_KIND = Text(
    "{name} learnt something that cannot be laid over a picture. Choose a run that detects or segments.",
    "{name} 실행은 사진 위에 얹을 수 없는 것을 배웠어요. 검출이나 분할 실행을 골라 주세요.",
)
_NOT_YET = Text(
    "The run {name} has no weights yet. Wait for its first check, or choose another.",
    "{name} 실행에는 아직 가중치가 없어요. 첫 평가를 기다리거나 다른 실행을 골라 주세요.",
)


def bundled_overlays() -> list[OverlayCard]:
    """A card for each bundled or imported network of ours that detects or segments."""
    return [_of_model(card) for card in bundled_cards() if card.task in _KINDS]


def _of_model(card: ModelCard) -> OverlayCard:
    about = bundled(card.id).card
    return OverlayCard(
        id=card.id,
        kind=_KINDS[card.task],
        name=card.name,
        summary=card.unlocks,
        model=card.id,
        bytes=card.bytes,
        licence=card.licence,
        figure=card.figure,
        classes=_classes_of(about, _outputs(about, ())),
    )


def run_overlay(folder: Path) -> OverlayCard:
    """The card of a run that learnt to detect or segment.

    Raises: `LabError` when the folder is no run, has no weights yet, or learnt something else.
    """
    from engine.train.recipes import recipe

    about = read_json(folder / "run.json")
    card: Card = recipe(str(about.get("recipe"))).card
    if card.task not in _KINDS:
        raise LabError(_OTHER_KIND(name=folder.name))
    weights = folder / "best.safetensors"
    if not weights.is_file():
        raise LabError(_NOT_YET(name=folder.name))
    return OverlayCard(
        id=f"run:{folder}",
        kind=_KINDS[card.task],
        name=Text("{name} · my run {run}", "{name} · 내 실행 {run}")(name=card.name, run=folder.name),
        summary=card.summary,
        bytes=weights.stat().st_size,
        licence=card.weights_licence,
        classes=_classes_of(about, _outputs(about, ())),
        path=folder,
    )


def _classes_of(about: dict[str, Any], count: int) -> tuple[Text, ...]:
    """The class names of a run or bundled card; numbers where nobody knows names."""
    said = about.get("classes")
    if isinstance(said, list) and said:
        english = [str(one.get("en", "")) if isinstance(one, dict) else str(one) for one in said]
        korean = [str(one.get("ko", "")) if isinstance(one, dict) else "" for one in said]
        return tuple(
            Text(en, ko) if ko else name for en, ko, name in zip(english, korean, all_named(english), strict=True)
        )
    for word in (str(about.get("dataset", "")), str(about.get("recipe", ""))):
        for set_, names in _CLASSES.items():
            if word.startswith(set_):
                return tuple(all_named(list(names)))
    return tuple(Text("class {n}", "클래스 {n}")(n=n + 1) for n in range(count))


def _outputs(about: dict[str, Any], shape: tuple[int, ...]) -> int:
    return shape[0] if shape else int(about.get("build", {}).get("classes", 0) or 0)


def open_ours(card: OverlayCard) -> Seer:
    """The seer of a bundled network or a run. Raises `LabError` when its weights will not do."""
    if card.path is not None:
        weights = card.path / "best.safetensors"
        key, recipe_id = f"{card.path} {sha256(weights)[:16]}", str(read_json(card.path / "run.json")["recipe"])
    else:
        about = bundled(card.id).card
        key, recipe_id = f"{card.id} {str(about['sha256'])[:16]}", str(about["recipe"])

    def tensors() -> tuple[dict[str, Tensor], dict[str, Any]]:
        return read_tensors(card.path / "best.safetensors") if card.path is not None else open_weights(card.id)

    def network() -> nn.Module:
        return _network(recipe_id, *tensors())

    if card.kind is Kind.SEGMENT:
        return SegmentSeer(card, Network(key, lambda: Labels(network().eval()).eval()))
    if card.kind is Kind.KEYPOINTS:
        return LandmarkSeer(card, Network(key, lambda: Places(network()).eval()))
    return GridSeer(card, Network(key, lambda: grid_parts(_grid(network(), card))), longest=_longest(recipe_id))


def _longest(recipe_id: str) -> int:
    """Pixels of the longer side at which a detector's recipe measures it."""
    from engine.detect.lesson import Detect
    from engine.train.recipes import recipe

    lesson = recipe(recipe_id).lesson
    return lesson.longest if isinstance(lesson, Detect) else 416


def _network(recipe_id: str, tensors: dict[str, Tensor], about: dict[str, Any]) -> nn.Module:
    from engine.train.recipes import recipe

    network = recipe(recipe_id).make(**dict(about.get("build") or {}))
    put(network, tensors, recipe_id)
    return network.eval()


def _grid(network: nn.Module, card: OverlayCard) -> YoloMini:
    if not isinstance(network, YoloMini):
        raise LabError(_OTHER_KIND(name=card.name))
    return network


def open_classifier() -> ClassifySeer:
    """EfficientNet-Lite0 with its 1,000 names."""
    from engine.models.imagenet import names
    from engine.zoo.efficientnet_lite import pretrained

    return ClassifySeer(named(CLASSIFY, names()), Network(f"{LITE0.id} {LITE0.sha256[:16]}", pretrained))
