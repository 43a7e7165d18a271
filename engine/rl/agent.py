"""An agent that can be asked: a Q-network from a file, of a run or bundled, that fits its game."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

import resources
from engine.devices import Device
from engine.errors import LabError
from engine.files import read_tensors
from engine.rl.game import GameCard
from engine.rl.networks import Build, QNetwork, build_from
from engine.text import Text


def values_of(network: QNetwork, states: np.ndarray, where: Device) -> np.ndarray:
    """Q(s, ·) of (B, stack, *shape) states: (B, actions) float32."""
    with torch.inference_mode(), torch.autocast(where.where.type, where.precision, enabled=_mixed(where)):
        return network(torch.from_numpy(states).to(where.where)).float().cpu().numpy()


def _mixed(where: Device) -> bool:
    return where.precision is torch.bfloat16


def bundled_path(card: GameCard) -> Path:
    """Where the weights that came with the app are, whether they are there or not."""
    return resources.path("agents") / f"{card.recipe}.safetensors"


def find_agent(card: GameCard, word: str) -> Path:
    """The weights that `--agent` names: "bundled", a file, or a run's folder. Raises `LabError` when there are none."""
    if word == "bundled":
        path = bundled_path(card)
        if not path.is_file():
            text = Text(
                "No agent for {game} came with the app. Train one: train {recipe}.",
                "{game} 게임의 에이전트는 앱에 들어 있지 않아요. 학습해 보세요: train {recipe}.",
            )
            raise LabError(text(game=card.name, recipe=card.recipe))
        return path
    path = Path(word)
    if path.is_dir():
        inside = [path / f"{name}.safetensors" for name in ("best", "last")]
        return next((one for one in inside if one.is_file()), inside[0])
    return path


def open_agent(path: Path, card: GameCard) -> QNetwork:
    """The network in a file. Raises `LabError` for another game's, another architecture's, or a file that is none."""
    tensors, about = read_tensors(path)
    if about.get("game") != card.id:
        text = Text(
            "{path} does not play {game} but {other}. Choose another file.",
            "{path} 파일이 하는 게임은 {game} 게임이 아니라 {other}예요. 다른 파일을 골라 주세요.",
        )
        other: object = about.get("game") or Text("no game", "게임이 아닌 것")
        raise LabError(text(path=path, game=card.id, other=other))
    try:
        build = build_from(about["build"])
        network = QNetwork(build)
        network.load_state_dict(_online(tensors))
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise LabError(_DAMAGED(path=path)) from error
    if (build.shape, build.stack, build.eyes) != (card.shape, card.stack, card.eyes):
        raise LabError(_DAMAGED(path=path))
    return network.eval()


_DAMAGED = Text(
    "{path} holds a network of another architecture than it says. Use the file as training wrote it.",
    "{path} 파일의 신경망 구조가 설명과 달라요. 학습이 저장한 파일을 그대로 써 주세요.",
)


def _online(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The online network's tensors, of a checkpoint with both networks or of weights alone."""
    inside = {name.removeprefix("online."): value for name, value in tensors.items() if name.startswith("online.")}
    return inside or dict(tensors)


def about_weights(card: GameCard, build: Build, step: int, **more: Any) -> dict[str, Any]:
    """What a file of weights says of itself."""
    return {"agent": "dqn", "game": card.id, "build": build.as_json(), "step": step, **more}
