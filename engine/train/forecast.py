"""How long a training takes on this machine, told after twenty of its steps, before any earlier run.

The time of a run is its steps, its checks on the held-out part, and the last measurement. Twenty steps tell
what a step costs; a check that was made tells what a check costs, and before the first one its pictures are
counted as the part of a step that only goes forward. `try_out` takes twenty steps for the answer alone.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.data import dataset
from engine.data.imageset import DatasetCard, ImageSet
from engine.devices import choose
from engine.fields import check
from engine.jobs import Event, Job, Progress
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.begin import (
    Plan,
    choose_dataset,
    fitted_to,
    fresh_state,
    held_out_split,
    read_part,
    usual_settings,
)
from engine.train.checkpoints import stride_of
from engine.train.events import Checked, Started, Step
from engine.train.evidence import PICTURES, examine
from engine.train.fit import update
from engine.train.recipes import recipe
from engine.train.settings import FitSettings

STEPS = 20  # before the first word
COLD = 5  # the first of them also load and allocate
LATELY = 500  # steps that tell the pace later on: other programs come and go
FORWARD = 0.35  # of a step's time per picture that a look without learning takes
EXACT = 1.6  # the last measurement is in float32: how much longer than in bf16
SAVING = 0.5  # what writing the best weights takes of the time of a whole checkpoint
KEPT = FitSettings().keep_checkpoints
_TRYING = Text("Trying twenty steps", "20스텝을 해 보는 중")


@dataclass(frozen=True, slots=True)
class Forecast:
    """seconds: of the whole training, from its first step to its last figure. left: of them still to come.
    steps: what it rests on. An estimate: ± 30 % is what it is made for."""

    seconds: float
    left: float
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """What a run has shown of its speed so far.

    epochs, seconds, speeds: (n,) of each step: passes over the data, training seconds, pictures a second.
    check_epochs, check_seconds: (k,) of each check. wall: seconds since `Started` by a clock on the wall, which also
    sees what is written between steps; nan when unknown or when there was a pause.
    """

    epochs: np.ndarray
    seconds: np.ndarray
    speeds: np.ndarray
    check_epochs: np.ndarray
    check_seconds: np.ndarray
    wall: float = float("nan")

    @classmethod
    def of(cls, events: Sequence[Event], wall: float = float("nan")) -> Pace:
        """From the events of a run."""
        steps = [(e.epoch, e.seconds, e.images_per_second) for e in events if isinstance(e, Step)]
        checks = [(e.epoch, e.seconds) for e in events if isinstance(e, Checked) and e.split == "held-out"]
        epochs, seconds, speeds = np.array(steps, float).reshape(-1, 3).T
        check_epochs, check_seconds = np.array(checks, float).reshape(-1, 2).T
        return cls(epochs, seconds, speeds, check_epochs, check_seconds, wall)


def forecast(started: Started, pace: Pace, *, reading: float = 0.0, enough: int = STEPS) -> Forecast | None:
    """How long the run takes; None before it has taken `enough` steps.

    Args:
        reading: seconds that reading the training part took: the last part is read once more at the end.
    """
    if not 0 < enough <= len(pace.epochs):
        return None
    chosen, card = recipe(started.recipe), dataset(started.dataset)
    picture = _usual(pace.speeds[COLD:][-LATELY:] if len(pace.speeds) > COLD else pace.speeds)
    one_check, other = _check_seconds(started, pace, picture)
    now = float(pace.epochs[-1])
    pictures = max(0.0, started.epochs - now) * started.train_count
    done, total = int(now * chosen.checks + 1e-9), ceil(started.epochs * chosen.checks)
    written = sum(number % stride_of(number, KEPT) == 0 for number in range(done + 1, total + 1))
    written = (written + total - done) // 2  # each check also notes down its figures
    last = _last_count(card, started.held_out_count)
    each = one_check / max(1, started.held_out_count + _looked_at(started))
    left = pictures * picture + (total - done) * one_check + written * other + last * each * EXACT
    left += reading * (1.0 if card.bundled or not card.counts else min(1.0, last / card.counts[0]))
    gone = pace.wall if np.isfinite(pace.wall) else float(pace.seconds[-1])
    return Forecast(gone + left, left, len(pace.epochs))


def _usual(speeds: np.ndarray) -> float:
    """Seconds of a picture in a step: the mean without the slowest tenth, which other programs held up."""
    times = np.sort(1 / np.maximum(speeds, 1e-9))
    return float(times[: max(1, len(times) - len(times) // 10)].mean())


def _check_seconds(started: Started, pace: Pace, picture: float) -> tuple[float, float]:
    """(seconds of a later check, seconds of writing a checkpoint, which the training's own clock does not see).

    The first checks each write the weights as the best so far; later ones seldom do.
    """
    if not len(pace.check_seconds):
        return (started.held_out_count + _looked_at(started)) * picture * FORWARD, 0.0
    at = np.searchsorted(pace.epochs, pace.check_epochs - 1e-9).clip(0, len(pace.epochs) - 1)
    taken = pace.check_seconds - pace.seconds[at]
    usual = float(np.median(taken[1:] if len(taken) > 1 else taken))  # the first one is slow
    other = max(0.0, pace.wall - float(pace.seconds[-1])) / len(taken) if np.isfinite(pace.wall) else 0.0
    return max(usual - SAVING * other, 0.4 * usual), other


def _looked_at(started: Started) -> int:
    """Pictures that the evidence behind a check reads besides (engine/train/evidence.py)."""
    return min(PICTURES, started.train_count) + min(PICTURES, started.held_out_count)


def _last_count(card: DatasetCard, held_out: int) -> int:
    """Pictures in the part measured at the end; as many as held out where the set does not say."""
    counts = dict(zip(card.splits, card.counts, strict=False))
    return counts.get(card.last_split, held_out)


def try_out(
    recipe_id: str,
    settings: FitSettings | None = None,
    *,
    data: Path | None = None,
    dataset_id: str = "auto",
    device: str = "auto",
    precision: str = "auto",
    spare: int = 0,
) -> Job:
    """Take twenty steps and one check that nobody keeps, to say how long a whole training would take; a job.

    Arguments as for `engine.train.fit.train`. Returns: a `Forecast`. Writes nothing.
    """
    chosen = recipe(recipe_id)
    root = data or load_settings()[0].data()
    dataset_id = choose_dataset(chosen, dataset_id, root)
    settings = check(settings or usual_settings(chosen, dataset_id))
    where = choose(device, precision, spare=spare)
    began = time.perf_counter()
    whole = yield from read_part(chosen, dataset_id, root)
    settings = fitted_to(chosen, settings, whole)
    reading = time.perf_counter() - began
    if where.threads:
        torch.set_num_threads(where.threads)
    train, held_out = held_out_split(whole, settings)
    plan = Plan(chosen, settings, where, train, held_out, None, fresh_state(chosen, settings, where), root)  # type: ignore[arg-type]  # nothing is kept
    steps: list[Step] = []
    plan.state.network.train()
    while len(steps) < STEPS and plan.state.seen < settings.epochs * len(train):
        yield Progress(len(steps), STEPS + 1, _TRYING)
        steps.append(_timed(plan, settings))
    yield Progress(STEPS, STEPS + 1, _TRYING)
    checked = plan.state.seconds + _one_check(plan)
    pace = dataclasses.replace(
        Pace.of(steps), check_epochs=np.array([steps[-1].epoch]), check_seconds=np.array([checked])
    )
    return forecast(_started(plan), pace, reading=reading, enough=len(steps))


def _timed(plan: Plan, settings: FitSettings) -> Step:
    began = time.perf_counter()
    step = update(plan, settings)
    plan.state.seconds += time.perf_counter() - began
    return dataclasses.replace(step, seconds=plan.state.seconds)


def _one_check(plan: Plan) -> float:
    """Seconds of a check, measured on a tenth of the held-out part where that is large."""
    held_out: Any = plan.held_out
    share = 1.0
    if isinstance(held_out, ImageSet) and len(held_out) > 2 * PICTURES:
        part = held_out.part(np.arange(PICTURES), held_out.split)
        share, held_out = len(held_out) / len(part), part
    began = time.perf_counter()
    plan.recipe.lesson.measure(plan.state.answering, held_out, plan.device)
    measured = time.perf_counter()
    examine(plan)
    return share * (measured - began) + time.perf_counter() - measured


def _started(plan: Plan) -> Started:
    count, settings = len(plan.train), plan.settings
    return Started(
        folder="",
        recipe=plan.recipe.id,
        dataset=plan.train.id,
        train_count=count,
        held_out_count=len(plan.held_out),
        epochs=settings.epochs,
        total_steps=round(settings.epochs * max(1, count // settings.batch_size)),
        step=0,
        parameters=0,
        device=plan.device.words,
    )
