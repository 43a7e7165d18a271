"""The one list of models: what each is, where it is, and getting one that is not here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from engine import places
from engine.cards import unknown
from engine.download import fetch
from engine.errors import LabError, cannot_write
from engine.files import read_json, sha256, write_json
from engine.jobs import Job, Progress
from engine.models.card import ModelCard, Origin, Place, Where
from engine.models.official import check_only_tensors, hub_folder, official_cards, published_as
from engine.models.shipped import LITE0, bundled_cards, bundled_place, package_place
from engine.text import Text


def all_models() -> tuple[ModelCard, ...]:
    """Every model there is: bundled, of a package, then the official ones by task and name."""
    return (*bundled_cards(), LITE0, *official_cards())


def model(id: str) -> ModelCard:
    """The card with this id; a torchvision name ("resnet18") stands for its best weights.

    Raises: `LabError` naming some that exist.
    """
    for card in all_models():
        if card.id == id:
            return card
    named = [card for card in official_cards() if published_as(card)[0] == id]
    for card in named:
        if card.id == _default(card):
            return card
    near = [card.id for card in all_models() if id.lower() in card.id] or [card.id for card in all_models()]
    raise unknown(Text("model", "모델"), id, [*near[:8], "…"] if len(near) > 8 else near)


def _default(card: ModelCard) -> str:
    name, weights = published_as(card)
    best = getattr(type(weights), "DEFAULT", weights)
    return f"{name}-{best.name}".lower().replace("_", "-")


def place_of(card: ModelCard) -> Place:
    """Where a model is now."""
    if card.origin is Origin.BUNDLED:
        return bundled_place(card)
    if card.origin is Origin.PACKAGE:
        return package_place()
    path = hub_folder() / card.file
    if not path.is_file():
        return Place(Where.MISSING)
    return Place(Where.IMPORTED if card.file in imported_files() else Where.HERE, path)


def get_model(card: ModelCard) -> Job:
    """Download the file of `card`, check its hash and that it holds tensors alone; a job, returns its path.

    Raises: `LabError` as `engine.download.fetch`; for a file of the app or a package that was changed.
    """
    place = place_of(card)
    if card.origin is not Origin.OFFICIAL:
        return (yield from _check_shipped(card, place))
    was_here = place.path is not None
    path: Path = yield from fetch(
        [card.url], hub_folder() / card.file, name=card.name, sha256=card.sha256, size=card.bytes
    )
    yield Progress(card.bytes, card.bytes, _OPENING(name=card.name))
    try:
        check_only_tensors(path, card.name)
    except LabError:
        if not was_here:
            path.unlink()
        raise
    return path


_OPENING = Text("Looking into {name}", "{name} 내용을 확인하는 중")


def _check_shipped(card: ModelCard, place: Place) -> Job:
    yield Progress(0, card.bytes, Text("Checking {name}", "{name} 확인하는 중")(name=card.name))
    if place.path is None:
        text = Text(
            "{name} is missing: install its package again, or import it from a model pack.",
            "{name} 파일이 없어요. 패키지를 다시 설치하거나 모델 팩에서 가져와 주세요.",
        )
        raise LabError(text(name=card.name))
    if sha256(place.path) != card.sha256:
        text = Text(
            "{path} is not the file its card describes. Install it again.",
            "{path} 파일이 카드의 설명과 달라요. 다시 설치해 주세요.",
        )
        raise LabError(text(path=place.path))
    return place.path


def _record() -> Path:
    return places.models() / "imported.json"


def imported_files() -> frozenset[str]:
    """The names of official files that were imported and not downloaded."""
    try:
        return frozenset(map(str, read_json(_record()).get("files", ())))
    except LabError:
        return frozenset()


def remember_imported(files: Iterable[str]) -> None:
    """Note that these files were imported."""
    write_json(_record(), {"files": sorted({*imported_files(), *files})})


def remove(card: ModelCard) -> None:
    """Delete a downloaded or imported model. Raises `LabError` for one that belongs to the app or a package."""
    place = place_of(card)
    if place.path is None or place.where not in (Where.HERE, Where.IMPORTED):
        text = Text("{name} came with the app and stays.", "{name} 모델은 앱에 들어 있어서 지우지 않아요.")
        raise LabError(text(name=card.name))
    try:
        place.path.unlink()
        if card.origin is Origin.BUNDLED:
            with contextlib.suppress(FileNotFoundError):
                place.path.with_suffix(".json").unlink()
    except OSError as error:
        raise cannot_write(place.path, error) from error
