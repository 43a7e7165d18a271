"""From a request to a training that can start: recipe, data, device, run folder, state."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from engine import places
from engine.data import dataset
from engine.data.learnable import known_datasets, load_to_judge, load_to_learn
from engine.data.signalset import SignalSet
from engine.devices import Device, choose, cores
from engine.errors import LabError
from engine.fields import check
from engine.jobs import Event, Job
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.checkpoints import forget_after
from engine.train.crew import ALONE, Alone
from engine.train.event_folder import check_run
from engine.train.recipes import Recipe, recipe
from engine.train.run_folder import RunFolder, new_folder, versions
from engine.train.settings import FitSettings, TrainSettings
from engine.train.state import TrainState
from engine.train.taken import Taken
from engine.train.transfer import transfer, weights_of

SMALL, SMALL_EPOCHS = 20_000, 10.0  # pictures; passes over them that a small set needs at least


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What a training was asked for and found; nothing in it changes while it runs."""

    recipe: Recipe
    settings: FitSettings
    device: Device
    train: Any  # an ImageSet, PhotoSet or SignalSet, as the recipe's lesson needs
    held_out: Any
    folder: RunFolder
    state: TrainState
    root: Path | None = None  # the folder of data sets
    crew: Alone = ALONE


def held_out_split(data: Any, settings: FitSettings) -> tuple[Any, Any]:
    """(the part to learn from, the part to choose by), drawn with the run's seed.

    Raises: `LabError` when too little would be left to learn from.
    """
    if settings.held_out > len(data) // 2:
        text = Text(
            "{name} has {count:,} pictures; {held:,} of them cannot be held out. Hold out at most half.",
            "{name} 그림은 {count:,}장이에요. {held:,}장을 따로 둘 수 없으니 절반까지만 두세요.",
        )
        raise LabError(text(name=data.id, count=len(data), held=settings.held_out))
    if isinstance(data, SignalSet):
        return data.divided(settings.held_out, settings.seed)
    order = torch.randperm(len(data), generator=torch.Generator().manual_seed(settings.seed)).numpy()
    learnt = few_of_each(data, order[settings.held_out :], getattr(settings, "per_class", 0))
    return data.part(learnt, "train"), data.part(order[: settings.held_out], "held-out")


def few_of_each(data: Any, order: np.ndarray, most: int) -> np.ndarray:
    """The first `most` items of every class in `order` ((n,) int64); all of them where `most` is 0."""
    if not most:
        return order
    labels = data.labels[order]
    firsts = [order[labels == kind][:most] for kind in np.unique(labels)]
    return np.sort(np.concatenate(firsts))


def read_part(chosen: Recipe, id: str, root: Path | None, *, last: bool = False, split: str = "auto") -> Job:
    """The part of a set that a recipe learns from, or the `last` one it is measured on, as its lesson needs it."""
    found = yield from (load_to_judge(id, root, split) if last else load_to_learn(id, root))
    if chosen.prepare:
        found = yield from chosen.prepare(found)
    return found


def fitted_to(chosen: Recipe, settings: Any, data: Any) -> Any:
    """The settings with what follows from the data. Raises `LabError` when the set has other classes."""
    check_classes(chosen, data)
    return chosen.fit(settings, data) if chosen.fit else settings


def check_classes(chosen: Recipe, data: Any) -> None:
    """Raises `LabError` when a set has other classes than the recipe's network answers for."""
    count = sum(number != getattr(data, "void", None) for number in range(len(data.classes)))
    if chosen.classes and count != len(chosen.classes):
        text = Text(
            "{recipe} answers for {n} classes, but {name} here has {count}. Open the set as its card describes it.",
            "{recipe} 레시피는 클래스 {n}개를 답하는데 여기 있는 {name} 데이터에는 {count}개가 있어요. 카드의 설명과 같은 데이터를 여세요.",
        )
        raise LabError(text(recipe=chosen.id, n=len(chosen.classes), name=data.id, count=count))


def choose_dataset(chosen: Recipe, word: str, root: Path | None) -> str:
    """The data set named by `word`; "auto" takes the recipe's first that is on this machine."""
    if word != "auto":
        if word not in known_datasets(chosen):
            text = Text(
                "{recipe} learns from {known}, not from {word}.",
                "{recipe} 레시피가 쓰는 데이터: {known}. 받은 값: {word}.",
            )
            raise LabError(text(recipe=chosen.id, known=", ".join(known_datasets(chosen)), word=word))
        return word
    here = [id for id in chosen.datasets if dataset(id).find(root)]
    return here[0] if here else chosen.datasets[0]


def usual_settings(chosen: Recipe, dataset_id: str) -> FitSettings:
    """The recipe's settings; a small data set is shown more often, and a tenth of it is held out at most."""
    usual, counts = chosen.defaults, dataset(dataset_id).counts
    if not isinstance(usual, TrainSettings) or not counts:
        return usual
    count = counts[0]
    epochs = max(usual.epochs, SMALL_EPOCHS) if count < SMALL else usual.epochs
    return dataclasses.replace(usual, epochs=epochs, held_out=min(usual.held_out, count // 10))


def begin(
    recipe_id: str,
    settings: FitSettings | None,
    *,
    data: Path | None,
    dataset_id: str,
    device: str,
    precision: str,
    spare: int,
    out: Path | None,
    group: str = "",
    source: str = "",
) -> Generator[Event, None, Plan]:
    """Prepare a new run. Yields `Progress` while reading; raises `LabError` before anything is written."""
    chosen = recipe(recipe_id)
    root = data or load_settings()[0].data()
    dataset_id = choose_dataset(chosen, dataset_id, root)
    settings = check(settings or usual_settings(chosen, dataset_id))
    where = choose(device, precision, spare=spare)
    whole = yield from read_part(chosen, dataset_id, root)
    settings = fitted_to(chosen, settings, whole)
    train, held_out = held_out_split(whole, settings)
    taking = _Taking(source)
    state = fresh_state(chosen, settings, where, taking if source else None)
    if taking.taken:
        yield taking.taken
    folder = RunFolder(out or new_folder(places.runs(), chosen.id))
    try:
        if (folder.path / "run.json").exists():
            text = Text(
                "{folder} already holds a run. Choose an empty folder, or --resume it.",
                "{folder} 폴더에 이미 실행이 있어요. 빈 폴더를 고르거나 --resume으로 이어 하세요.",
            )
            raise LabError(text(folder=folder.path))
        more = {"group": group} if group else {}
        folder.write_about(**_about(chosen, settings, whole, where, root), **more, **taking.about())
    except LabError:
        folder.close()
        raise
    return Plan(chosen, settings, where, train, held_out, folder, state, root)


class _Taking:
    """Puts what fits of another network's weights into a new one, and remembers what that was."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.taken: Taken | None = None
        self._tensors = weights_of(source) if source else {}

    def __call__(self, network: nn.Module) -> None:
        self.taken = transfer(network, self._tensors, self.source)

    def about(self) -> dict[str, Any]:
        """What run.json says of it."""
        return {"from": dataclasses.asdict(self.taken)} if self.taken else {}


def fresh_state(
    chosen: Recipe, settings: FitSettings, where: Device, take: Callable[[nn.Module], None] | None = None
) -> TrainState:
    """The network with its first weights, drawn, pre-trained or taken by `take`, and an optimizer at rest."""
    pretrain = chosen.pretrain if getattr(settings, "pretrained", False) else None

    def learnt(network: nn.Module) -> None:
        for put in (pretrain, take):
            if put:
                put(network)

    wanted = bool(take) or getattr(settings, "pretrained", False)
    return TrainState.fresh(
        chosen.build(settings),
        where.where,
        settings.seed,
        pretrain=learnt,
        encoder_rate=getattr(settings, "encoder_rate", 1.0) if wanted else 1.0,
        average=getattr(settings, "average", 0.0),
        rule=getattr(settings, "start", "he"),
        optimizer=getattr(settings, "optimizer", "adam"),
    )


def _about(chosen: Recipe, settings: FitSettings, data: Any, where: Device, root: Path | None) -> dict[str, Any]:
    return {
        "recipe": chosen.id,
        "dataset": data.id,
        "data_folder": str(root.absolute()) if root else "",  # resumed from anywhere
        "fingerprint": data.fingerprint,
        **({"lossy": True} if getattr(data, "lossy", False) else {}),
        "settings": dataclasses.asdict(settings),
        "device": where.where.type,
        "precision": "bf16" if where.precision is torch.bfloat16 else "fp32",
        "threads": where.threads,
        "versions": versions(),
        "started": datetime.now().astimezone().isoformat(timespec="seconds"),
        "state": "running",
    }


def begin_again(path: Path, *, data: Path | None, spare: int) -> Generator[Event, None, Plan]:
    """Prepare to continue the run in `path` from its last checkpoint, exactly where that stands.

    Raises: `LabError` when it is no run, has ended, never reached a checkpoint, or the data changed.
    """
    check_run(path)
    folder = RunFolder(path)
    try:
        return (yield from _plan_again(folder, data, spare))
    except (KeyError, TypeError, AttributeError) as error:
        folder.close()
        text = Text(
            "{path} cannot be continued: its run.json is damaged or from another version.",
            "{path} 실행을 이어 할 수 없어요. run.json이 손상됐거나 다른 버전의 것이에요.",
        )
        raise LabError(text(path=path)) from error
    except BaseException:
        folder.close()
        raise


def _plan_again(folder: RunFolder, data: Path | None, spare: int) -> Generator[Event, None, Plan]:
    about = folder.about()
    if about["state"] == "done":
        raise LabError(Text("This run has ended. Start a new one.", "이 실행은 이미 끝났어요. 새로 시작해 보세요."))
    chosen = recipe(about["recipe"])
    root = data or (Path(about["data_folder"]) if about["data_folder"] else load_settings()[0].data())
    whole = yield from read_part(chosen, about["dataset"], root)
    if whole.fingerprint != about["fingerprint"]:
        raise LabError(
            Text(
                "The data changed since this run began, so it cannot go on.",
                "실행을 시작한 뒤로 데이터가 바뀌어서 이어 할 수 없어요.",
            )
        )
    settings = chosen.settings_from(about["settings"])
    where = choose(about["device"], about["precision"], spare=spare)
    if 0 < about["threads"] <= cores():  # another number of threads adds up in another order
        where = dataclasses.replace(where, threads=about["threads"])
    train, held_out = held_out_split(whole, settings)
    state = _state_again(chosen, settings, where, folder)
    if (folder.path / "last.safetensors").exists():  # none: killed before the first checkpoint, so from the start
        tensors, progress = folder.checkpoint()
        state.restore(tensors, progress)
        settings = chosen.settings_from(progress["settings"])
    folder.cut_metrics(state.step)
    forget_after(folder.path, state.step)
    folder.write_about(state="running", resumed=datetime.now().astimezone().isoformat(timespec="seconds"))
    return Plan(chosen, settings, where, train, held_out, folder, state, root)


def _state_again(chosen: Recipe, settings: FitSettings, where: Device, folder: RunFolder) -> TrainState:
    """The state as the run began, before its checkpoint is put over it.

    Where there is a checkpoint, what was taken from elsewhere is in it, and that place may be gone by now.
    """
    source = folder.about().get("from", {}).get("source", "")
    if not source:
        return fresh_state(chosen, settings, where)
    if (folder.path / "last.safetensors").exists():
        return fresh_state(chosen, settings, where, lambda network: None)
    return fresh_state(chosen, settings, where, _Taking(source))
