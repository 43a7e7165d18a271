"""A trained generator from wherever it is: bundled, a run, a checkpoint of one, or a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from engine.errors import LabError
from engine.files import read_tensors
from engine.latent.model import Generative, build
from engine.latent.recipes import LatentRecipe, is_latent, latent_recipe
from engine.latent.run_folder import dreams
from engine.text import Text
from engine.train.checkpoints import kept
from engine.zoo.weights import bundled, open_weights, put


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A generator and what is known of it. source: the file of its weights. step: updates it had."""

    model: Generative
    recipe: LatentRecipe
    source: Path
    step: int
    about: dict[str, Any]

    @property
    def words(self) -> Text:
        return Text("{name}, step {step:,}", "{name}, {step:,}스텝")(name=self.recipe.name, step=self.step)


def open_generator(which: str) -> Trained:
    """The generator that `which` names, in eval mode.

    Args:
        which: a recipe's id (its bundled weights), a run's folder or its name, or a safetensors file.
    Raises:
        LabError: there is no such thing, it is damaged, or it is no generator.
    """
    if is_latent(which):
        tensors, about = open_weights(which)
        path = bundled(which).path
    else:
        path = _file_of(which)
        tensors, about = read_tensors(path)
    try:
        chosen = latent_recipe(about["recipe"])
        model = build(chosen.kind, dict(about["build"]))
    except (KeyError, TypeError, ValueError) as error:
        text = Text("{path} holds no generator of ours.", "{path} 파일에는 생성기가 들어 있지 않아요.")
        raise LabError(text(path=path)) from error
    put(model, tensors, path)
    return Trained(model.eval().requires_grad_(False), chosen, path, int(about.get("step", 0)), about)


def _file_of(which: str) -> Path:
    path = Path(which)
    for place in (path, dreams() / which):
        if place.is_dir():
            best = place / "best.safetensors"
            if best.is_file():
                return best
            text = Text(
                "{path} has no weights yet. Let it learn until its first check.",
                "{path} 실행에는 아직 가중치가 없어요. 첫 검증까지 배우게 해 주세요.",
            )
            raise LabError(text(path=place))
    if not path.is_file():
        text = Text(
            "There is no generator “{which}”: no recipe, no run and no file has that name.",
            "‘{which}’ 생성기가 없어요. 레시피, 실행, 파일 가운데 그런 이름이 없어요.",
        )
        raise LabError(text(which=which))
    return path


def untrained(trained: Trained) -> Generative:
    """The same network with weights as drawn: what it was before it learnt anything."""
    torch.manual_seed(0)
    return build(trained.recipe.kind, dict(trained.about["build"])).eval().requires_grad_(False)


def is_generator(which: str) -> bool:
    """True for a generator's id, a folder of its run, or the name of one."""
    from engine.latent.telling import is_latent_run

    return is_latent(which) or any(is_latent_run(place) for place in (Path(which), dreams() / which))


@dataclass(frozen=True, slots=True)
class Found:
    """A generator on this machine. step: −1 = bundled or a run's best."""

    words: Text
    path: Path
    step: int = -1


def moments(run: Path) -> tuple[Found, ...]:
    """The time machine of a run: its generator at each kept checkpoint, the untrained one first."""
    step = Text("step {step:,}", "{step:,}스텝")
    return tuple(Found(step(step=one.step), one.path, one.step) for one in kept(run))
