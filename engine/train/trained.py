"""A network that is ready to answer: bundled weights, a run of this machine, or a file, opened with its recipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from engine import places
from engine.cards import Task
from engine.devices import Device, choose
from engine.errors import LabError
from engine.files import read_json, read_tensors
from engine.text import Text
from engine.train.recipes import RECIPES, Recipe, recipe
from engine.zoo.weights import bundled, open_weights, put

BUNDLED = "bundled"


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """source: the id of bundled weights, or the run or file they are from. classes: what its answers mean."""

    recipe: Recipe
    network: nn.Module
    device: Device
    source: str

    @property
    def classes(self) -> Sequence[Text]:
        return self.recipe.classes


def open_trained(word: str, task: Task, *, device: str = "auto", spare: int = 0) -> Trained:
    """The network that `word` names, in eval mode.

    Args:
        word: "" or "bundled" for the first bundled one of `task`; the id of a recipe; a run's folder or its name
            among the runs of this machine; a safetensors file.
    Raises:
        LabError: nothing of that name, or it is of another task.
    """
    chosen, which = _found(word, task)
    if chosen.card.task is not task:
        text = Text(
            "{word} is a network for another task ({has}), not for {wants}.",
            "{word} 신경망은 다른 일({has})을 하는 것이라 {wants}에는 쓸 수 없어요.",
        )
        raise LabError(text(word=word, has=chosen.card.task.value, wants=task.value))
    tensors, about = open_weights(chosen.id, which)
    where = choose(device, "auto", spare=spare)
    if where.threads:
        torch.set_num_threads(where.threads)
    network = chosen.make(**about.get("build", chosen.build_arguments(chosen.defaults)))
    put(network, tensors, which)
    network.to(where.where, memory_format=torch.channels_last).eval()  # type: ignore[call-overload]
    return Trained(chosen, network, where, chosen.id if which == BUNDLED else which)


def _found(word: str, task: Task) -> tuple[Recipe, str]:
    """The recipe and where its weights are, as `open_weights` takes it."""
    if word in ("", BUNDLED):
        return _first_bundled(task), BUNDLED
    if any(one.id == word for one in RECIPES):
        return recipe(word), BUNDLED
    return weights_file(word)


def weights_file(word: str) -> tuple[Recipe, str]:
    """The recipe and the best weights of a run's folder, of a run by its name, or of a safetensors file.

    Raises: `LabError` when there is nothing of that name, or it does not say what it is.
    """
    path = Path(word) if Path(word).exists() else places.runs() / word
    if path.is_dir():
        about, path = read_json(path / "run.json"), path / "best.safetensors"
        if not path.is_file():
            text = Text("The run {run} has no weights yet.", "{run} 실행에는 아직 가중치가 없어요.")
            raise LabError(text(run=word))
    elif path.is_file():
        _, about = read_tensors(path)
    else:
        text = Text(
            "There is no run, file or bundled network called {word}.", "{word} 실행, 파일, 내장 신경망을 찾지 못했어요."
        )
        raise LabError(text(word=word))
    if not isinstance(about.get("recipe"), str):
        text = Text(
            "{path} does not say which recipe it is of.", "{path} 파일에 어느 레시피의 가중치인지 적혀 있지 않아요."
        )
        raise LabError(text(path=path))
    return recipe(about["recipe"]), str(path)


def _first_bundled(task: Task) -> Recipe:
    """The first recipe of `task` whose weights came with this copy."""
    for one in RECIPES:
        if one.card.task is task:
            try:
                bundled(one.id)
            except LabError:
                continue  # these did not come
            return one
    known = ", ".join(one.id for one in RECIPES if one.card.task is task)
    text = Text(
        "No weights for {task} came with this copy. Train {known}, then name the run with --model.",
        "{task} 가중치가 들어 있지 않아요. {known} 레시피를 학습한 뒤 --model로 실행을 알려 주세요.",
    )
    raise LabError(text(task=task.value, known=known))
