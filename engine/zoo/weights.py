"""Where weights come from: those bundled in resources/models, or any safetensors file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor, nn

import resources
from engine import places
from engine.errors import LabError
from engine.files import read_json, read_tensors, sha256
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Bundled:
    """Weights that ship: the tensors' file and the JSON card beside it (recipe, data, seed, command, metrics)."""

    path: Path
    card: dict[str, Any]


def bundled(id: str) -> Bundled:
    """The shipped weights of a recipe, or those imported from a model pack. Raises `LabError` when there are none."""
    places_of_it = (resources.path("models", f"{id}.safetensors"), places.models() / f"{id}.safetensors")
    path = next((path for path in places_of_it if path.is_file()), None)
    if path is None:
        text = Text(
            "No weights of {id} came with this copy. Train them first.",
            "{id} 가중치가 들어 있지 않아요. 먼저 학습해 보세요.",
        )
        raise LabError(text(id=id))
    return Bundled(path, read_json(path.with_suffix(".json")))


def open_weights(id: str, which: str = "bundled") -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The tensors of `which` ("bundled", a run's folder or a safetensors file) and what is known of them.

    Raises: `LabError` when the file is missing, is no safetensors file, or was changed after its card was written.
    """
    if which != "bundled":
        path = Path(which)
        return read_tensors(path / "best.safetensors" if path.is_dir() else path)  # of a run its best
    found = bundled(id)
    if sha256(found.path) != found.card["sha256"]:
        text = Text(
            "{path} is not the file its card describes. Install the app again.",
            "{path} 파일이 카드의 설명과 달라요. 앱을 다시 설치해 주세요.",
        )
        raise LabError(text(path=found.path))
    return read_tensors(found.path)[0], found.card


def put(network: nn.Module, tensors: dict[str, Tensor], source: object) -> None:
    """Load `tensors` into `network`. Raises `LabError` when they belong to another architecture."""
    try:
        network.load_state_dict(tensors)
    except RuntimeError as error:
        text = Text(
            "The weights in {source} belong to another network: their names or shapes do not fit.",
            "{source} 가중치는 다른 신경망의 것이에요. 이름이나 크기가 맞지 않아요.",
        )
        raise LabError(text(source=source)) from error
