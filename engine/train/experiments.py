"""Experiments of the lectures that take several trainings: each runs them one after another and says what came out.

Row 1: an MLP and a CNN learn the same digits, as they are and with one fixed shuffle of all pixels
(engine/data/permute.py). The MLP never knew which pixels are neighbours and does as well; the CNN lives by it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from engine.data import load
from engine.data.permute import shuffled as shuffle
from engine.errors import LabError
from engine.fields import check
from engine.jobs import Event, Job
from engine.settings import load as load_settings
from engine.text import Text, same
from engine.train.begin import choose_dataset, usual_settings
from engine.train.events import Checked, Outcome, Started, Step
from engine.train.fit import train
from engine.train.recipes import recipe
from engine.train.settings import TrainSettings

NETWORKS = (("MLP", "mnist-mlp"), ("CNN", "mnist-simple"))  # what it is called, the recipe that is trained


@dataclass(frozen=True, slots=True)
class Going(Event):
    """How far the training of one cell is.

    done: share of it in [0, 1]. accuracy: of its newest check on the part held out, nan before the first.
    """

    network: str
    shuffled: bool
    done: float
    accuracy: float
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Cell(Event):
    """One finished training of the table.

    accuracy: of its best weights on `count` test pictures, in [0, 1]; held_out: on the part held out, by which they
    were chosen. parameters: numbers it learnt. folder: its run, which stays.
    """

    network: str
    recipe: str
    shuffled: bool
    parameters: int
    accuracy: float
    count: int
    held_out: float
    seconds: float
    folder: str


@dataclass(frozen=True, slots=True)
class Row1:
    """The table, a row for each network, and what it says."""

    dataset: str
    cells: tuple[Cell, ...]
    words: Text

    def cell(self, network: str, shuffled: bool) -> Cell:
        return next(one for one in self.cells if (one.network, one.shuffled) == (network, shuffled))


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """What the experiment is about, before it runs.

    plain, shuffled: (n, H, W) uint8, the same digits as they are and with their pixels shuffled.
    parameters: numbers that each network learns, by its name.
    """

    dataset: str
    plain: np.ndarray
    shuffled: np.ndarray
    parameters: dict[str, int]


def preview(*, data: Path | None = None, dataset: str = "auto", count: int = 5) -> Job:
    """Read a few digits and build both networks; a job that returns a `Preview`."""
    root = data or load_settings()[0].data()
    dataset = choose_dataset(recipe(NETWORKS[0][1]), dataset, root)
    images = (yield from load(dataset, "test", root)).images
    some = images[:: max(1, len(images) // count)][:count]
    built = {network: recipe(name).build(recipe(name).defaults) for network, name in NETWORKS}
    parameters = {network: sum(p.numel() for p in net.parameters()) for network, net in built.items()}
    return Preview(dataset, np.ascontiguousarray(some), shuffle(some), parameters)


def row1(
    *,
    data: Path | None = None,
    dataset: str = "auto",
    epochs: float | None = None,
    seed: int = 7,
    spare: int = 0,
) -> Job:
    """Train MLP and CNN on digits as they are and with all pixels shuffled: four runs, which are kept.

    Args:
        dataset: "mnist", "digits", or "auto" for the first that is here. epochs: for all four; None = usual.
    Yields:
        `Going` for each step, `Cell` for each finished training.
    Returns:
        `Row1`.
    """
    root = data or load_settings()[0].data()
    dataset = choose_dataset(recipe(NETWORKS[0][1]), dataset, root)
    group, cells = f"row-1-{datetime.now():%Y%m%d-%H%M%S}", list[Cell]()
    for network, name in NETWORKS:
        usual = usual_settings(recipe(name), dataset)
        longest = epochs or max(usual_settings(recipe(one), dataset).epochs for _, one in NETWORKS)
        for shuffled in (False, True):
            settings: Any = dataclasses.replace(usual, epochs=longest, seed=seed)
            assert isinstance(settings, TrainSettings)
            settings = check(dataclasses.replace(settings, shuffle_pixels=shuffled))
            job = train(name, settings, data=data, dataset=dataset, spare=spare, group=group)
            cell = yield from _one(job, network, shuffled)
            cells.append(cell)
            yield cell
    return Row1(dataset, tuple(cells), said(cells))


def _one(job: Job, network: str, shuffled: bool) -> Generator[Event, None, Cell]:
    """Follow one training to its end; closing this closes it, and what it made is kept."""
    started: Started | None = None
    accuracy = float("nan")
    try:
        while True:
            event = next(job)
            if isinstance(event, Started):
                started = event
            elif isinstance(event, Checked):
                accuracy = event.accuracy
            if isinstance(event, Step) and started:
                yield Going(network, shuffled, min(1.0, event.epoch / started.epochs), accuracy)
    except StopIteration as end:
        assert started
        outcome: Outcome = end.value
        return _cell(network, shuffled, started, outcome)
    finally:
        job.close()


def _cell(network: str, shuffled: bool, started: Started, outcome: Outcome) -> Cell:
    if outcome.accuracy is None:
        raise LabError(Text("The training ended before it was measured.", "측정하기 전에 학습이 끝났어요."))
    return Cell(
        network=network,
        recipe=outcome.recipe,
        shuffled=shuffled,
        parameters=started.parameters,
        accuracy=outcome.accuracy,
        count=outcome.test_count,
        held_out=outcome.held_out_accuracy,
        seconds=outcome.seconds,
        folder=outcome.folder,
    )


def said(cells: list[Cell]) -> Text:
    """What the table says: for each network whether the shuffle made a difference that chance would not."""
    by = {(one.network, one.shuffled): one for one in cells}
    words = [_change(by[network, False], by[network, True]) for network, _ in NETWORKS]
    return same("{mlp} {cnn}")(mlp=words[0], cnn=words[1])


def _change(plain: Cell, shuffled: Cell) -> Text:
    """One network's line; a difference counts from twice its standard error on."""
    lost = plain.accuracy - shuffled.accuracy
    both = [max(one.accuracy * (1 - one.accuracy), 1e-4) / one.count for one in (plain, shuffled)]
    values = {
        "name": same(plain.network),
        "plain": 100 * plain.accuracy,
        "shuffled": 100 * shuffled.accuracy,
        "points": 100 * abs(lost),
    }
    if abs(lost) < 1.96 * sqrt(sum(both)):
        text = Text(
            "{name}: {plain:.1f}\u2009% as they are, {shuffled:.1f}\u2009% shuffled: no difference seen.",
            "{name}: 그대로 {plain:.1f}\u2009%, 섞으면 {shuffled:.1f}\u2009%. 차이가 보이지 않아요.",
        )
    elif lost > 0 and plain.network == "CNN":
        text = Text(
            "{name}: {plain:.1f}\u2009% as they are, {shuffled:.1f}\u2009% shuffled: {points:.1f} points lost, because it looks at neighbours.",
            "{name}: 그대로 {plain:.1f}\u2009%, 섞으면 {shuffled:.1f}\u2009%. 이웃을 보고 배우므로 {points:.1f}포인트를 잃었어요.",
        )
    elif lost > 0:
        text = Text(
            "{name}: {plain:.1f}\u2009% as they are, {shuffled:.1f}\u2009% shuffled: {points:.1f} points lost.",
            "{name}: 그대로 {plain:.1f}\u2009%, 섞으면 {shuffled:.1f}\u2009%. {points:.1f}포인트를 잃었어요.",
        )
    else:
        text = Text(
            "{name}: {plain:.1f}\u2009% as they are, {shuffled:.1f}\u2009% shuffled: {points:.1f} points more.",
            "{name}: 그대로 {plain:.1f}\u2009%, 섞으면 {shuffled:.1f}\u2009%. {points:.1f}포인트 올랐어요.",
        )
    return text(**values)
