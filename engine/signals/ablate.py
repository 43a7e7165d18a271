"""Switch sensors off and see what is lost (lecture row 98).

A channel that is off reads its own mean over the part the network learnt from, as a broken sensor that stands still:
zeros would be a reading nobody ever had.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from engine.cards import Task
from engine.data.signalset import SignalSet
from engine.devices import Device
from engine.errors import LabError
from engine.files import read_json
from engine.jobs import Event, Job, Progress
from engine.settings import load as load_settings
from engine.signals.lesson import answers_of
from engine.text import Text
from engine.train.begin import choose_dataset, read_part
from engine.train.trained import Trained, open_trained

_MEASURING = Text("Switching sensors off", "센서를 끄며 재는 중")


@dataclass(frozen=True, slots=True)
class SensorBar(Event):
    """What is lost without `channels`: accuracy on the last part with them switched off, in [0, 1]."""

    name: str
    channels: tuple[int, ...]
    accuracy: float


@dataclass(frozen=True, slots=True, eq=False)
class Sensors:
    """The bars of one network on one set. whole: with all channels, on `count` windows."""

    dataset: str
    channels: tuple[str, ...]
    unit: str
    whole: float
    count: int
    bars: tuple[SensorBar, ...]
    chance: float


def sensors_of(channels: Sequence[str]) -> list[tuple[str, tuple[int, ...]]]:
    """Channels, and the sensors whose axes they are: "phone x", "phone y", "phone z" also as "phone"."""
    each = [(name, (number,)) for number, name in enumerate(channels)]
    groups: dict[str, list[int]] = {}
    for number, name in enumerate(channels):
        head, _, axis = name.rpartition(" ")
        if head and axis.lower() in ("x", "y", "z"):
            groups.setdefault(head, []).append(number)
    return [*((name, tuple(found)) for name, found in groups.items() if len(found) > 1), *each]


def switched_off(x: np.ndarray, off: Sequence[int], means: np.ndarray) -> np.ndarray:
    """(N, T, C) windows with the channels `off` at their `means` (C,)."""
    if not len(off):
        return x
    found = x.copy()
    found[:, :, list(off)] = means[list(off)]
    return found


def ablate(
    model: str = "",
    *,
    data: Path | None = None,
    dataset_id: str = "auto",
    device: str = "auto",
    off: Sequence[int] = (),
) -> Job:
    """Measure a trained network with each sensor switched off; a job.

    Args:
        model: a run, its name, a file, or "" for the newest run of a network for signals.
        off:   channels that stay off in every measurement, as a person has switched them.
    Yields: `SensorBar` as they are measured. Returns: `Sensors`.
    Raises: `LabError`: no such run, another number of channels than it learnt.
    """
    trained = open_trained(model or newest_run(), Task.SIGNAL, device=device)
    root = data or load_settings()[0].data()
    id = choose_dataset(trained.recipe, learnt_from(trained.source) if dataset_id == "auto" else dataset_id, root)
    learnt = yield from read_part(trained.recipe, id, root)
    judged = yield from read_part(trained.recipe, id, root, last=True)
    if learnt.targets is not None:
        raise LabError(
            Text(
                "This network answers a number; there is no accuracy to lose.",
                "이 신경망은 수를 답해서 잃을 정확도가 없어요.",
            )
        )
    means = learnt.x.mean((0, 1))
    exact = dataclasses.replace(trained.device, precision=torch.float32)
    whole = _accuracy(trained, switched_off(judged.x, off, means), judged, exact)
    bars, parts = [], sensors_of(judged.channels)
    for number, (name, channels) in enumerate(parts):
        yield Progress(number, len(parts), _MEASURING)
        both = tuple(sorted({*off, *channels}))
        bar = SensorBar(name, channels, _accuracy(trained, switched_off(judged.x, both, means), judged, exact))
        bars.append(bar)
        yield bar
    chance = float(np.bincount(judged.labels).max() / len(judged))
    return Sensors(id, judged.channels, judged.unit, whole, len(judged), tuple(bars), chance)


def _accuracy(trained: Trained, x: np.ndarray, data: SignalSet, device: Device) -> float:
    try:
        logits = answers_of(trained.network, x, device)
    except RuntimeError as error:
        text = Text(
            "This network learnt another number of channels than {name} has ({n}).",
            "이 신경망이 배운 채널 수가 {name}의 채널 수({n})와 달라요.",
        )
        raise LabError(text(name=data.id, n=x.shape[2])) from error
    return float((logits.argmax(1).numpy() == data.labels).mean())


def learnt_from(source: str) -> str:
    """The data set a run learnt from; "auto" where that is not known."""
    path = Path(source)
    about = path.parent / "run.json"
    return str(read_json(about).get("dataset", "auto")) if about.is_file() else "auto"


def newest_run(recipe_id: str = "") -> str:
    """The newest finished run of a recipe for signals (or of `recipe_id`). Raises `LabError` when there is none."""
    from engine import places
    from engine.train.recipes import RECIPES

    wanted = {one.id for one in RECIPES if one.card.task is Task.SIGNAL and recipe_id in ("", one.id)}
    runs = sorted(places.runs().glob("*/run.json"), key=lambda path: path.parent.name, reverse=True)
    for path in runs:
        if read_json(path).get("recipe") in wanted and (path.parent / "best.safetensors").is_file():
            return str(path.parent)
    text = Text(
        "No network has been trained for this yet. Train {ids} first.",
        "아직 학습한 신경망이 없어요. 먼저 {ids} 레시피를 학습하세요.",
    )
    raise LabError(text(ids=", ".join(sorted(wanted))))
