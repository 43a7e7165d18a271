"""Leave one person out: a network for each person, learnt from all the others and measured on that one alone.

Windows of one person are alike, so a figure on other windows of the same people says little about a stranger. Each
fold trains for the recipe's epochs and is measured once; nothing is chosen by looking at the person left out.
"""

from __future__ import annotations

import dataclasses
import tempfile
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch

from engine.data import dataset, load
from engine.data.signalset import SignalSet, with_fingerprint
from engine.devices import Device, choose
from engine.errors import LabError
from engine.fields import check
from engine.jobs import Event, Job
from engine.memory import keep_freed_memory
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.begin import Plan, choose_dataset, fitted_to, fresh_state, usual_settings
from engine.train.fit import update
from engine.train.recipes import Recipe, recipe
from engine.train.run_folder import RunFolder


@dataclass(frozen=True, slots=True)
class FoldGoing(Event):
    """How far the training without `person` is, in [0, 1]; folds are numbered from 0."""

    fold: int
    folds: int
    person: int
    done: float
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, eq=False)
class Fold(Event):
    """One person left out.

    accuracy: on the `count` windows of that person, in [0, 1]. confusion: (classes, classes) int64, rows = truth.
    """

    person: int
    count: int
    accuracy: float
    seconds: float
    confusion: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Folds:
    """All people.

    mean, spread: of the people's accuracies, the standard deviation with n − 1. pooled: of all windows together.
    """

    recipe: str
    dataset: str
    folds: tuple[Fold, ...]
    mean: float
    spread: float
    pooled: float
    seconds: float
    classes: tuple[Text, ...]

    @property
    def words(self) -> Text:
        text = Text(
            "{n} people, each read by a network that never met them: {mean:.1f} ± {spread:.1f} % (mean ± sd), worst "
            "{worst:.1f} %, best {best:.1f} %.",
            "{n}명을 각각 그 사람을 본 적 없는 신경망이 읽었어요. {mean:.1f} ± {spread:.1f} % (평균 ± 표준편차), 최저 "
            "{worst:.1f} %, 최고 {best:.1f} %.",
        )
        each = [fold.accuracy for fold in self.folds]
        values = {"mean": self.mean, "spread": self.spread, "worst": min(each), "best": max(each)}
        return text(n=len(each), **{name: 100 * value for name, value in values.items()})


def leave_one_out(
    recipe_id: str = "activity-conv1d",
    settings: Any = None,
    *,
    data: Path | None = None,
    dataset_id: str = "auto",
    device: str = "auto",
    precision: str = "auto",
    spare: int = 0,
    people: tuple[int, ...] = (),
) -> Job:
    """Train once for each person of a set, without that person; a job.

    Args:
        people: leave out only these; () is everybody.
    Yields: `FoldGoing`, and `Fold` for each person.
    Returns: `Folds`.
    Raises: `LabError` for sets that do not say who was recorded, or hold fewer than three people.
    """
    chosen = recipe(recipe_id)
    root = data or load_settings()[0].data()
    dataset_id = choose_dataset(chosen, dataset_id, root)
    settings = check(settings or usual_settings(chosen, dataset_id))
    where = choose(device, precision, spare=spare)
    whole = yield from everybody(chosen, dataset_id, root)
    settings = fitted_to(chosen, settings, whole)
    if where.threads:
        torch.set_num_threads(where.threads)
        keep_freed_memory()
    began, found = time.perf_counter(), list[Fold]()
    known = [int(one) for one in np.unique(whole.groups)]
    asked = [one for one in known if one in people] if people else known
    if not asked:
        text = Text(
            "There is nobody with such a number. There are: {known}.", "그런 번호의 사람이 없어요. 있는 번호: {known}."
        )
        raise LabError(text(known=", ".join(map(str, known))))
    for number, person in enumerate(asked):
        fold = yield from _fold(chosen, settings, whole, where, person, (number, len(asked)))
        found.append(fold)
        yield fold
    return _together(chosen.id, whole, tuple(found), time.perf_counter() - began)


def everybody(chosen: Recipe, dataset_id: str, root: Path | None) -> Job:
    """All parts of a set in one, as the recipe's lesson needs it; a job, returns a `SignalSet`.

    Raises: `LabError` when it does not say who was recorded in which window.
    """
    parts = []
    for split in dataset(dataset_id).splits:
        part = yield from load(dataset_id, split, root)
        if chosen.prepare:
            part = yield from chosen.prepare(part)
        parts.append(part)
    if not all(isinstance(part, SignalSet) and part.groups is not None for part in parts):
        text = Text(
            "{name} does not say who was recorded, so nobody can be left out.",
            "{name}에는 누구를 기록했는지 적혀 있지 않아서 한 사람씩 뺄 수 없어요.",
        )
        raise LabError(text(name=dataset_id))
    whole = dataclasses.replace(
        parts[0],
        split="all",
        x=np.concatenate([part.x for part in parts]),
        labels=np.concatenate([part.labels for part in parts]),
        groups=np.concatenate([part.groups for part in parts]),
    )
    if len(np.unique(whole.groups)) < 3:
        text = Text("{name} holds fewer than three people.", "{name}에 있는 사람이 세 명보다 적어요.")
        raise LabError(text(name=dataset_id))
    return with_fingerprint(whole)


def _fold(
    chosen: Recipe, settings: Any, whole: SignalSet, where: Device, person: int, place: tuple[int, int]
) -> Generator[Event, None, Fold]:
    """Train without `person` and measure on that person."""
    assert whole.groups is not None
    rest = whole.part(np.flatnonzero(whole.groups != person), "train")
    left = whole.part(np.flatnonzero(whole.groups == person), "test")
    began, state = time.perf_counter(), fresh_state(chosen, settings, where)
    with tempfile.TemporaryDirectory() as nowhere:  # nothing of a fold is kept but its figure
        folder = RunFolder(Path(nowhere))
        try:
            plan = Plan(chosen, settings, where, rest, left, folder, state)
            state.network.train()
            total, told = settings.epochs * len(rest), -1.0
            while state.seen < total:
                update(plan, settings)
                if state.seen / total - told > 0.02:
                    told = state.seen / total
                    yield FoldGoing(*place, person, told)
        finally:
            folder.close()
    exact = dataclasses.replace(where, precision=torch.float32)
    measured = chosen.lesson.measure(state.answering, left, exact)
    return Fold(person, len(left), measured.accuracy, time.perf_counter() - began, measured.confusion)


def _together(id: str, whole: SignalSet, folds: tuple[Fold, ...], seconds: float) -> Folds:
    each = np.array([fold.accuracy for fold in folds])
    counts = np.array([fold.count for fold in folds])
    spread = float(each.std(ddof=1)) if len(each) > 1 else 0.0
    pooled = float((each * counts).sum() / counts.sum())
    return Folds(id, whole.id, folds, float(each.mean()), spread, pooled, seconds, whole.classes)
