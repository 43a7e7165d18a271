"""From a request to a generator that can learn: recipe, settings, data, device, learner, folder."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.data import ImageSet, dataset, load
from engine.devices import Device, choose
from engine.errors import LabError
from engine.fields import check
from engine.files import read_tensors
from engine.jobs import Event
from engine.latent.learners import Learner
from engine.latent.measure import Looked
from engine.latent.own_pictures import is_folder, read_own
from engine.latent.recipes import LatentRecipe, latent_recipe
from engine.latent.run_folder import LatentFolder, dreams, started_now
from engine.latent.settings import LatentSettings
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.checkpoints import forget_after
from engine.train.event_folder import check_run
from engine.train.run_folder import new_folder, versions


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """Some pictures as a generator's recipe wants them: images (N, C, S, S) uint8, labels (N,) int64."""

    images: Tensor
    labels: Tensor
    classes: tuple[Text, ...]

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(slots=True, eq=False)
class Plan:
    """What a run was asked for and found, and how far it is.

    best: the smallest metric of a check so far. real: what the judge saw in real pictures, once it has looked; usual:
    how far as many other real ones lie from them, which for few pictures is far.
    """

    recipe: LatentRecipe
    settings: Any
    where: Device
    dataset: str
    root: Path | None
    train: Pictures
    held_out: Pictures
    build: dict[str, Any]
    learner: Learner
    folder: LatentFolder
    step: int = 0
    seen: int = 0
    seconds: float = 0.0
    best: float = float("inf")
    checks: int = 0
    real: Looked | None = None
    usual: float = 0.0

    @property
    def epoch(self) -> float:
        return self.seen / len(self.train)


def shaped(images: np.ndarray, side: int, channels: int) -> Tensor:
    """Pictures of a set, (N, H, W) or (N, H, W, 3) uint8, as (N, channels, side, side) uint8; area averaging."""
    found = []
    for image in images:
        if image.shape[:2] != (side, side):
            image = cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA)
        if image.ndim == 3 and channels == 1:
            image = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
        elif image.ndim == 2 and channels == 3:
            image = np.repeat(image[..., None], 3, axis=2)
        found.append(image)
    values = torch.from_numpy(np.stack(found))
    return values[:, None].contiguous() if channels == 1 else values.permute(0, 3, 1, 2).contiguous()


def read_pictures(chosen: LatentRecipe, id: str, split: str, root: Path | None) -> Generator[Event, None, Pictures]:
    """One split of a data set, or of a folder, in the recipe's shape; yields `Progress`. Raises `LabError`."""
    if is_folder(id):
        found, labels, names = yield from read_own(Path(id), split, chosen.side)
        return Pictures(shaped(found, chosen.side, chosen.channels), torch.from_numpy(labels), names)
    whole: ImageSet = yield from load(id, split, root)
    images = shaped(np.asarray(whole.images[:]), chosen.side, chosen.channels)
    return Pictures(images, torch.from_numpy(whole.labels), whole.classes)


def find_dataset(chosen: LatentRecipe, word: str, root: Path | None) -> str:
    """The data set or folder named by `word`; "auto" takes the recipe's first that is on this machine.

    Raises: `LabError` for a set or folder that this recipe cannot learn from, or that is not there.
    """
    if chosen.folders and is_folder(word):
        return _folder(word)
    if word == "auto" and not chosen.datasets:
        text = Text(
            "{recipe} learns from your own pictures. Choose their folder first: --dataset FOLDER.",
            "{recipe} 레시피는 내 그림으로 배워요. 먼저 폴더를 골라 주세요: --dataset FOLDER.",
        )
        raise LabError(text(recipe=chosen.id))
    if word == "auto":
        here = [id for id in chosen.datasets if dataset(id).find(root)]
        return here[0] if here else chosen.datasets[0]
    if word not in chosen.datasets:
        text = Text(
            "{recipe} learns from {known}, not from {word}.", "{recipe} 레시피가 쓰는 데이터: {known}. 받은 값: {word}."
        )
        known = [*chosen.datasets, *(["FOLDER"] if chosen.folders else [])]
        raise LabError(text(recipe=chosen.id, known=", ".join(known), word=word))
    return word


def _folder(word: str) -> str:
    if not Path(word).is_dir():
        text = Text(
            "There is no folder {folder}. Choose one with pictures.",
            "{folder} 폴더가 없어요. 그림이 든 폴더를 골라 주세요.",
        )
        raise LabError(text(folder=word))
    return str(Path(word).resolve())


def learnt_from(chosen: LatentRecipe, about: dict[str, Any], root: Path | None, word: str = "auto") -> str:
    """Whose pictures trained weights are compared with: those `word` names, else the folder they learnt from, else as
    `find_dataset`. about: what the file of the weights says of itself."""
    own = str(about.get("dataset", ""))
    return find_dataset(chosen, own if word == "auto" and own and is_folder(own) else word, root)


def last_split(id: str) -> str:
    """The name of the part that is not learnt from."""
    return "val" if is_folder(id) else dataset(id).last_split


def begin(
    recipe_id: str,
    settings: LatentSettings | None,
    *,
    data: Path | None,
    dataset_id: str,
    device: str,
    precision: str,
    spare: int,
    out: Path | None,
) -> Generator[Event, None, Plan]:
    """Prepare a new run. Yields `Progress` while reading; raises `LabError` before anything is written."""
    chosen = latent_recipe(recipe_id)
    root = data or load_settings()[0].data()
    id = find_dataset(chosen, dataset_id, root)
    settings = check(settings or chosen.defaults)
    where = choose(device, precision, spare=spare)
    train, held_out = split((yield from read_pictures(chosen, id, "train", root)), settings, id)
    build, learner = fresh(chosen, settings, where, len(train.classes))
    folder = LatentFolder(out or new_folder(dreams(), chosen.id))
    try:
        if (folder.path / "run.json").exists():
            text = Text(
                "{folder} already holds a run. Choose an empty folder, or --resume it.",
                "{folder} 폴더에 이미 실행이 있어요. 빈 폴더를 고르거나 --resume으로 이어 하세요.",
            )
            raise LabError(text(folder=folder.path))
        folder.write_about(**_about(chosen, settings, where, id, root, build))
    except LabError:
        folder.close()
        raise
    return Plan(chosen, settings, where, id, root, train, held_out, build, learner, folder)


def split(whole: Pictures, settings: LatentSettings, name: str) -> tuple[Pictures, Pictures]:
    """(the part to learn from, the part to check on), drawn with the run's seed; a tenth is held out at most."""
    held = min(settings.held_out, len(whole) // 10)
    if held < 2:
        text = Text(
            "{name} has only {n} pictures. A generator needs at least 20.",
            "{name} 그림이 {n}장뿐이에요. 생성기에는 20장 이상이 필요해요.",
        )
        raise LabError(text(name=name, n=len(whole)))
    order = torch.randperm(len(whole), generator=torch.Generator().manual_seed(settings.seed))
    parts = (order[held:], order[:held])
    train, kept = (Pictures(whole.images[rows], whole.labels[rows], whole.classes) for rows in parts)
    return train, kept


def fresh(
    chosen: LatentRecipe, settings: LatentSettings, where: Device, classes: int
) -> tuple[dict[str, Any], Learner]:
    """What decides the networks, and the learner with weights drawn from the run's seed."""
    build = chosen.learner.build(settings, side=chosen.side, channels=chosen.channels, classes=classes)
    torch.manual_seed(settings.seed)
    random = torch.Generator().manual_seed(settings.seed)
    return build, chosen.learner(build, settings, where, random)  # type: ignore[call-arg,arg-type]


def begin_again(path: Path, *, data: Path | None, spare: int) -> Generator[Event, None, Plan]:
    """Prepare to continue the run in `path`. Raises `LabError` when it is none of a generator, has ended, is damaged."""
    check_run(path)
    folder = LatentFolder(path)
    try:
        return (yield from _plan_again(folder, data, spare))
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        folder.close()
        text = Text(
            "{path} cannot be continued: it is damaged, or its networks are of another architecture.",
            "{path} 실행을 이어 할 수 없어요. 손상됐거나 신경망 구조가 달라요.",
        )
        raise LabError(text(path=path)) from error
    except LabError:
        folder.close()
        raise


def _plan_again(folder: LatentFolder, data: Path | None, spare: int) -> Generator[Event, None, Plan]:
    about = folder.about()
    if about["state"] == "done":
        raise LabError(Text("This run has ended. Start a new one.", "이 실행은 이미 끝났어요. 새로 시작해 보세요."))
    chosen = latent_recipe(about["recipe"])
    root = data or (Path(about["data"]) if about["data"] else load_settings()[0].data())
    settings = check(chosen.settings_from(about["settings"]))
    last = folder.path / "last.safetensors"
    tensors, progress = read_tensors(last) if last.exists() else ({}, {})
    where = dataclasses.replace(choose(about["device"], about["precision"], spare=spare), threads=about["threads"])
    train, held_out = split((yield from read_pictures(chosen, about["dataset"], "train", root)), settings, chosen.id)
    build, learner = fresh(chosen, settings, where, len(train.classes))
    plan = Plan(chosen, settings, where, about["dataset"], root, train, held_out, build, learner, folder)
    if progress:  # none: killed before the first checkpoint, so from the start
        learner.restore(tensors)
        plan.settings = check(chosen.settings_from(progress["settings"]))
        plan.step, plan.seen, plan.checks = progress["step"], progress["seen"], progress["checks"]
        plan.seconds = progress["seconds"]
        plan.best = float("inf") if progress["best"] is None else progress["best"]
    folder.cut(plan.step)
    forget_after(folder.path, plan.step)
    folder.write_about(state="running", resumed=started_now())
    return plan


def _about(
    chosen: LatentRecipe, settings: LatentSettings, where: Device, id: str, root: Path | None, build: dict[str, Any]
) -> dict[str, Any]:
    return {
        "generator": chosen.kind,
        "recipe": chosen.id,
        "dataset": id,
        "data": str(root) if root else "",
        "build": build,
        "pack": chosen.pack,
        "settings": dataclasses.asdict(settings),
        "device": where.where.type,
        "precision": "bf16" if where.precision is torch.bfloat16 else "fp32",
        "threads": where.threads,
        "versions": versions(),
        "started": started_now(),
        "state": "running",
    }
