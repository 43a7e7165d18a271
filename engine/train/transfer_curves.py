"""Is it worth starting from a learnt network? The same network frozen, partly frozen, fine-tuned and from nothing.

Lecture rows 59–61: with few pictures a backbone that knows other pictures wins, the more so the more alike its pictures
are to ours; "unlike" is the experiment on that, with a backbone that has learnt something else. All ways see the same
pictures in the same order, are chosen by the same held-out part, and are measured once on the last part.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite, nan
from pathlib import Path
from statistics import fmean, stdev
from typing import Any, ClassVar

from engine.data import dataset as dataset_card
from engine.errors import LabError
from engine.fields import check
from engine.jobs import Event, Job
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.begin import choose_dataset
from engine.train.events import Outcome, Started, Step
from engine.train.fit import train
from engine.train.recipes import recipe
from engine.train.transfer_lesson import TransferSettings
from engine.zoo.transferred import PARTS, backbone

WAYS: dict[str, Text] = {
    "scratch": Text("from nothing", "처음부터"),
    "frozen": Text("frozen", "얼림"),
    "partly": Text("partly frozen", "일부만 얼림"),
    "tuned": Text("fine-tuned", "미세 조정"),
    "unlike": Text("frozen, unlike source", "얼림, 닮지 않은 백본"),
}
# What has learnt something else than the recipe's backbone, and the side of the pictures it gets.
_UNLIKE = {"mnist-deep": ("efficientnet-lite0", 96)}
_UNLIKE_PHOTOS = ("mnist-deep", 28)
COUNTS = (10, 50, 200)  # pictures of each class
_USUAL, _LONGEST = 50, 1.34  # the recipe's epochs are for so many; with fewer, at most so many times its epochs
_PARTLY = PARTS // 2


@dataclass(frozen=True, slots=True)
class WayGoing(Event):
    """How far the training of one cell is: done in [0, 1], epoch, accuracy of the last batch."""

    way: str
    per_class: int
    done: float
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class WayDone(Event):
    """One finished training: accuracy of its chosen weights on `count` pictures of the last part, in [0, 1]."""

    way: str
    per_class: int
    accuracy: float
    count: int
    seconds: float
    epochs: float
    parameters: int
    folder: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The table. source: what the backbone had learnt from; unlike: what the other one had."""

    recipe: str
    dataset: str
    source: Text
    unlike: Text
    cells: tuple[WayDone, ...]

    def cell(self, way: str, per_class: int) -> WayDone | None:
        return next((one for one in self.cells if (one.way, one.per_class) == (way, per_class)), None)

    def fewer(self, per_class: int) -> float | None:
        """How many times fewer errors the best transferred network makes than the one from nothing."""
        scratch = self.cell("scratch", per_class)
        others = [one for one in self.cells if one.per_class == per_class and one.way != "scratch"]
        if scratch is None or not others:
            return None
        least = min(1 - one.accuracy for one in others)
        return (1 - scratch.accuracy) / max(least, 0.5 / scratch.count)

    @property
    def words(self) -> Text:
        """What came out, for the number of pictures nearest to 50."""
        counts = sorted({one.per_class for one in self.cells}, key=lambda n: abs(n - _USUAL))
        like, unlike = (self.cell(way, counts[0]) if counts else None for way in ("frozen", "unlike"))
        if like is None or unlike is None:
            return self._against_nothing(counts)
        text = Text(
            "{words} Frozen, a backbone from {source} reaches {like:.1f} %, one from {other} {unlike:.1f} %.",
            "{words} 얼린 백본이 배운 것에 따라: {source} {like:.1f} %, {other} {unlike:.1f} %.",
        )
        values = {"like": 100 * like.accuracy, "unlike": 100 * unlike.accuracy}
        return text(words=self._against_nothing(counts), source=self.source, other=self.unlike, **values)

    def _against_nothing(self, counts: Sequence[int]) -> Text:
        fewer = self.fewer(counts[0]) if counts else None
        if fewer is None:
            return Text(
                "Train both from nothing and transferred to compare.",
                "처음부터 배운 것과 전이한 것을 모두 학습해야 견줄 수 있어요.",
            )
        best = max((one for one in self.cells if one.per_class == counts[0]), key=lambda one: one.accuracy)
        text = Text(
            "With {n} pictures of each class, {way} is best ({best:.1f} %): {fewer:.1f} times fewer errors than from nothing "
            "({scratch:.1f} %).",
            "클래스마다 {n}장일 때 ‘{way}’ 방법이 가장 좋아요({best:.1f} %). 처음부터 배운 것({scratch:.1f} %)보다 오류가 "
            "{fewer:.1f}배 적어요.",
        )
        if fewer < 1.0:
            text = Text(
                "With {n} pictures of each class, learning from nothing is best ({best:.1f} %): what the backbone knows does "
                "not help here.",
                "클래스마다 {n}장일 때 처음부터 배운 것이 가장 좋아요({best:.1f} %). 백본이 아는 것이 여기서는 도움이 되지 않아요.",
            )
        scratch = self.cell("scratch", counts[0])
        assert scratch is not None
        values = {"best": 100 * best.accuracy, "scratch": 100 * scratch.accuracy, "fewer": fewer}
        return text(n=counts[0], way=WAYS[best.way], **values)


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same comparison with several seeds, which draw other pictures, another held-out part and other weights."""

    tables: tuple[Compared, ...]

    def errors(self, way: str, per_class: int) -> tuple[float, float]:
        """Mean and standard deviation (n − 1) of the share of wrong answers; nan where the way was not tried."""
        cells = [table.cell(way, per_class) for table in self.tables]
        wrong = [1 - cell.accuracy for cell in cells if cell]
        return (fmean(wrong) if wrong else nan), (stdev(wrong) if len(wrong) > 1 else 0.0)

    def fewer(self, per_class: int) -> dict[str, float]:
        """How many times fewer errors each way makes than the one from nothing, of the mean errors."""
        scratch, _ = self.errors("scratch", per_class)
        means = {way: self.errors(way, per_class)[0] for way in WAYS if way != "scratch"}
        least = 0.5 / max(cell.count for table in self.tables for cell in table.cells)
        return {way: scratch / max(mean, least) for way, mean in means.items() if isfinite(scratch / max(mean, least))}


def settings_of(way: str, per_class: int, base: TransferSettings) -> TransferSettings:
    """The recipe's settings for one way and number of pictures; the more pictures, the fewer passes."""
    epochs = base.epochs * min(_LONGEST, _USUAL / per_class)
    now = dataclasses.replace(base, per_class=per_class, epochs=round(epochs, 2), pretrained=way != "scratch")
    if way == "scratch":
        return check(dataclasses.replace(now, freeze=0, encoder_rate=1.0))
    if way == "unlike":
        other, side = unlike(base)
        return check(dataclasses.replace(now, freeze=PARTS, backbone=other, side=side))
    return check(dataclasses.replace(now, freeze={"frozen": PARTS, "partly": _PARTLY, "tuned": 0}[way]))


def unlike(base: TransferSettings) -> tuple[str, int]:
    """A backbone that comes with the app and knows other things than the recipe's, and the side of its pictures."""
    return _UNLIKE.get(base.backbone, _UNLIKE_PHOTOS)


def compare(
    recipe_id: str = "transfer-photos",
    *,
    settings: Any = None,
    ways: Sequence[str] = ("scratch", "frozen", "tuned"),
    counts: Sequence[int] = COUNTS,
    data: Path | None = None,
    dataset: str = "auto",
    device: str = "auto",
    precision: str = "auto",
    spare: int = 0,
    below: Path | None = None,
) -> Job:
    """Train every way with every number of pictures, one after another; a job. Each is a run that stays.

    Args:
        settings: the recipe's own where None; what a way decides is replaced. below: a folder for the runs.
    Yields: `WayGoing`, and `WayDone` for each finished training.
    Returns: `Compared`.
    Raises: `LabError`: unknown ways, no data, more pictures asked for than there are.
    """
    chosen = recipe(recipe_id)
    base = settings or chosen.defaults
    if not isinstance(base, TransferSettings) or not set(ways) <= set(WAYS) or not ways or not counts:
        text = Text("Compare ways out of {ways} with a transfer recipe.", "전이 레시피로 {ways} 중에서 견주세요.")
        raise LabError(text(ways=", ".join(WAYS)))
    id = choose_dataset(chosen, dataset, data or load_settings()[0].data())
    group, cells = f"transfer-{datetime.now():%Y%m%d-%H%M%S}", list[WayDone]()
    for per_class in counts:
        for way in ways:
            job = train(
                recipe_id,
                settings_of(way, per_class, base),
                data=data,
                dataset=id,
                device=device,
                precision=precision,
                spare=spare,
                group=group,
                out=below / f"{way}-{per_class}" if below else None,
            )
            cell = yield from _one(job, way, per_class)
            cells.append(cell)
            yield cell
    sources = backbone(base.backbone).source, backbone(unlike(base)[0]).source
    return Compared(recipe_id, dataset_card(id).id, *sources, tuple(cells))


def _one(job: Job, way: str, per_class: int) -> Generator[Event, None, WayDone]:
    """Follow one training to its end; closing this closes it, and what it made is kept."""
    started: Started | None = None
    try:
        while True:
            event = next(job)
            if isinstance(event, Started):
                started = event
            elif isinstance(event, Step) and started:
                yield WayGoing(way, per_class, min(1.0, event.epoch / started.epochs))
    except StopIteration as end:
        assert started
        done: Outcome = end.value
        accuracy = done.accuracy or 0.0
        return WayDone(
            way, per_class, accuracy, done.test_count, done.seconds, done.epochs, started.parameters, done.folder
        )
    finally:
        job.close()
