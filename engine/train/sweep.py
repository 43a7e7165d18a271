"""Sweeps: many trainings of one recipe whose settings are varied over a grid or drawn at random.

    --grid learning_rate=0.001,0.01      every combination of the values of all grids
    --random dropout=0..0.5 --runs 20    20 drawn settings; evenly on a logarithmic scale where the field has one
    --random schedule=one-cycle,constant one of these words

With both, every point of the grid is trained `runs` times with other drawn values.
Random search finds good settings in fewer runs where few settings matter (Bergstra, Bengio, JMLR 2012).
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import secrets
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import LabError
from engine.fields import Field, changed, check, fields_of
from engine.jobs import Event, Job, Progress
from engine.text import Text
from engine.train.attempt import Attempt
from engine.train.fit import train

NO_INFLUENCE = ("tensorboard", "keep_checkpoints")
MOST = 1000  # runs in one sweep: more than that is a slip of the finger


@dataclass(frozen=True, slots=True)
class Axis:
    """One varied setting: its `values`, or the range from `low` to `high` from which values are drawn."""

    name: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    log: bool = False
    whole: bool = False

    def draw(self, chance: np.random.Generator) -> Any:
        """One value at random, written with at most four digits."""
        if self.values:
            return self.values[int(chance.integers(len(self.values)))]
        if self.log:
            value = math.exp(chance.uniform(math.log(self.low), math.log(self.high)))
        else:
            value = chance.uniform(self.low, self.high)
        value = min(self.high, max(self.low, float(f"{value:.4g}")))
        return round(value) if self.whole else value


@dataclass(frozen=True, slots=True)
class Planned:
    """The settings of one run of a sweep, and those of them that are varied."""

    settings: Any
    varied: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SweepTurn(Event):
    """Run `number` of `count` of a sweep begins."""

    number: int
    count: int
    varied: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SweepRow:
    """What one run of a sweep came to. state: "done" or "failed"; accuracies in [0, 1], None if it failed."""

    folder: str
    state: str
    varied: Mapping[str, Any]
    held_out_accuracy: float | None
    accuracy: float | None
    seconds: float
    metric: str
    error: Text | None = None


def axis(settings: Any, words: str, *, random: bool = False) -> Axis:
    """The axis that "key=a,b,c" or, where `random`, "key=low..high" asks for.

    Raises: `LabError` for a setting that does not exist, values out of its bounds, or a range of words.
    """
    key, _, values = words.partition("=")
    field = next((field for name, field, _ in fields_of(settings) if name == key), None)
    if field is None or not values:
        changed(settings, [words])  # says what is wrong
    assert field is not None
    low, dots, high = values.partition("..")
    if random and dots:
        return _range(settings, key, field, low, high)
    found = tuple(getattr(changed(settings, [f"{key}={word.strip()}"]), key) for word in values.split(","))
    return Axis(key, values=tuple(dict.fromkeys(found)))


def _range(settings: Any, key: str, field: Field, low: str, high: str) -> Axis:
    ends = [getattr(changed(settings, [f"{key}={end.strip()}"]), key) for end in (low, high)]
    if isinstance(ends[0], bool | str) or not ends[0] < ends[1]:
        text = Text(
            "{key}={low}..{high} is no range of numbers from low to high. Write for example {key}=a,b.",
            "{key}={low}..{high} 값은 작은 수에서 큰 수로 가는 범위가 아니에요. {key}=a,b처럼 써 보세요.",
        )
        raise LabError(text(key=key, low=low, high=high))
    whole = isinstance(ends[0], int)
    return Axis(key, low=float(ends[0]), high=float(ends[1]), log=field.log and ends[0] > 0, whole=whole)


def plan_sweep(
    settings: Any, *, grid: Sequence[Axis] = (), random: Sequence[Axis] = (), runs: int = 10, seed: int = 0
) -> tuple[Planned, ...]:
    """The settings of every run.

    Args:
        runs: drawn settings for each point of the grid; without `random` axes the grid alone counts.
        seed: the same seed draws the same settings.
    Raises:
        LabError: nothing is varied, a setting is named twice, there would be over `MOST` runs, or a
            combination is out of bounds.
    """
    names = [one.name for one in (*grid, *random)]
    points = [dict(zip((a.name for a in grid), p, strict=True)) for p in itertools.product(*(a.values for a in grid))]
    count = len(points) * (max(1, runs) if random else 1)
    if not names or len(set(names)) < len(names) or count > MOST:
        raise LabError(_no_sweep(names, count))
    chance = np.random.default_rng(seed)
    planned = []
    for point in points:
        for _ in range(max(1, runs) if random else 1):
            varied = {**point, **{one.name: one.draw(chance) for one in random}}
            planned.append(Planned(check(dataclasses.replace(settings, **varied)), varied))
    return tuple(planned)


def _no_sweep(names: Sequence[str], count: int) -> Text:
    if not names:
        return Text(
            "A sweep varies at least one setting: --grid key=a,b or --random key=low..high.",
            "스윕에는 바꿀 설정이 하나는 있어야 해요. --grid key=a,b 또는 --random key=low..high로 쓰세요.",
        )
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        text = Text("{name} is varied twice. Name each setting once.", "{name} 설정이 두 번 나왔어요. 한 번만 쓰세요.")
        return text(name=twice[0])
    text = Text(
        "That would be {count:,} runs; {most:,} are the most. Vary fewer settings or values.",
        "실행이 {count:,}개나 돼요. {most:,}개까지 할 수 있어요. 설정이나 값을 줄여 보세요.",
    )
    return text(count=count, most=MOST)


def new_group() -> str:
    """The name that the runs of a new sweep share."""
    return f"sweep-{secrets.token_hex(3)}"


def sweep(
    recipe_id: str,
    plans: Sequence[Planned],
    *,
    data: Path | None = None,
    dataset: str = "auto",
    device: str = "auto",
    precision: str = "auto",
    spare: int = 0,
    seconds: float | None = None,
    group: str = "",
) -> Job:
    """Train `recipe_id` with each of `plans`, one after another; a job.

    Args:
        seconds: stop each run after this much training.
    Yields: `SweepTurn`, and the events of each training.
    Returns: a `SweepRow` for each, best held-out figure first. A run that fails does not stop the others.
    """
    group, rows = group or new_group(), []
    for number, planned in enumerate(plans):
        yield Progress(number, len(plans))
        yield SweepTurn(number + 1, len(plans), planned.varied)
        attempt = Attempt()
        job = train(
            recipe_id,
            planned.settings,
            data=data,
            dataset=dataset,
            device=device,
            precision=precision,
            spare=spare,
            seconds=seconds,
            group=group,
        )
        with closing(attempt.run(job)) as events:
            yield from events
        rows.append(_row(attempt, planned))
    return ranked(rows)


def _row(attempt: Attempt, planned: Planned) -> SweepRow:
    folder, end = str(attempt.folder or ""), attempt.outcome
    if end is None:
        return SweepRow(folder, "failed", planned.varied, None, None, 0.0, "", attempt.error)
    figures = (end.held_out_accuracy, end.accuracy, end.seconds, end.metric)
    return SweepRow(folder, "done", planned.varied, *figures)


def ranked(rows: Sequence[SweepRow]) -> tuple[SweepRow, ...]:
    """Best held-out figure first, failed ones last: settings are chosen by what was held out, never by test."""
    return tuple(sorted(rows, key=lambda row: -1.0 if row.held_out_accuracy is None else row.held_out_accuracy)[::-1])


def varied_in(settings: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The names of those settings that are not the same in all of `settings`, in their order.

    What only says which files a run keeps (`NO_INFLUENCE`) is left out.
    """
    names = dict.fromkeys(name for one in settings for name in one if name not in NO_INFLUENCE)
    return tuple(name for name in names if len({repr(one.get(name)) for one in settings}) > 1)
