"""What a finished or stopped run's network sees: every photograph of a part, with its figures, from the run's folder."""

from __future__ import annotations

import math
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.data import dataset, load
from engine.data.photoset import PhotoSet
from engine.devices import choose
from engine.errors import LabError
from engine.files import read_json
from engine.jobs import Event, Job, Progress
from engine.text import Text
from engine.train import runs
from engine.train.curves import read_columns
from engine.train.events import no_mistakes
from engine.train.figures import names_behind, of_classes
from engine.train.lesson import Measured
from engine.train.looking import Glance, Looked
from engine.train.recipes import recipe
from engine.train.run_folder import last_check_of
from engine.zoo.weights import open_weights, put

MOST, AT_ONCE = 200, 5  # photographs: those looked at, whose small pictures take 50 MB; and between two events
_LOOKING = Text("The network looks at photographs", "신경망이 사진을 보는 중")


def looked(
    metric: str,
    data: Any,
    glances: tuple[Glance, ...],
    found: Measured,
    *,
    step: int,
    epoch: float,
) -> Looked:
    """What is told of some glances at `data`, with the figures of a whole part."""
    void, classes = getattr(data, "void", None), names_behind(metric, data)
    values = of_classes(metric, found.figures, classes, found.confusion)
    skeleton = getattr(data, "skeleton", ())
    return Looked(step, epoch, metric, classes, glances, values, found.curves, void, data.split, skeleton)


def look_again(
    folder: Path, *, data: Path | None = None, spare: int = 1, most: int = MOST, measure: bool = True
) -> Job:
    """Let the best weights of the run in `folder` look at the last part of its data; a job, returns a `Looked`.

    Args:
        most: photographs, evenly spread over the part. measure: the figures of all of these; else those of the run's
            last check are told.
    Raises:
        LabError: a run without weights, of a recipe without photographs, or whose data is not here.
    """
    about = read_json(folder / "run.json")
    chosen = recipe(about["recipe"])
    best = folder / "best.safetensors"
    if not best.is_file():
        raise LabError(runs.no_weights())
    own = Path(about.get("data_folder") or "/")
    root = data or (own if about.get("data_folder") and own.is_dir() else None)
    part = yield from load(about["dataset"], dataset(about["dataset"]).last_split, root)
    if not isinstance(part, PhotoSet):
        raise LabError(Text("This run has no photographs to look at.", "이 실행에는 볼 사진이 없어요."))
    tensors, said = open_weights(chosen.id, str(best))
    device = choose("auto", "auto", spare=spare)
    if device.threads:
        torch.set_num_threads(device.threads)
    network = chosen.make(**said.get("build", chosen.build_arguments(chosen.defaults)))
    put(network, tensors, folder.name)
    network.to(device.where, memory_format=torch.channels_last).eval()  # type: ignore[call-overload]
    glances: list[Glance] = []
    if len(part) > most:
        part = part.part(np.linspace(0, len(part) - 1, most).astype(int), part.split)
    for start in range(0, len(part), AT_ONCE):
        yield Progress(start, len(part) + 1, _LOOKING)
        some = range(start, min(start + AT_ONCE, len(part)))
        glances += chosen.lesson.look(network, part, some, device)
    yield Progress(len(part), len(part) + 1, _LOOKING)
    found = chosen.lesson.measure(network, part, device) if measure else (yield from _recorded(folder))
    step = int(said.get("step", 0))
    return looked(chosen.lesson.metric, part, tuple(glances), found, step=step, epoch=0.0)


def _recorded(folder: Path) -> Generator[Event, None, Measured]:
    """What the run's last check measured."""
    check = last_check_of((yield from read_columns(folder)))
    if check is None:
        return Measured(0, math.nan, 0.0, np.zeros((0, 0), np.int64), no_mistakes())
    return Measured(check.count, check.loss, check.accuracy, check.confusion, check.mistakes, check.figures)
