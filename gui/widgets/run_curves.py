"""What one training has said so far, as arrays that charts can read: grows in place, knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from engine.jobs import Event
from engine.train.curves import CHECK, HELD_OUT, STEP, Columns
from engine.train.events import Checked, Examined, KnobMoved, Started, Step
from engine.train.figures import ALIKE
from engine.train.forecast import Pace
from engine.train.recipes import RECIPES
from engine.train.run_folder import as_confusion, others_of
from engine.train.story import Story

AXES = ("epoch", "step", "seconds")
_FIRST = 1024  # rows before the buffer grows; then it doubles
_SAME_TURN = 12  # steps: a slider dragged on is one turn of the knob, not one per step


class Rows:
    """A table of float64 whose columns are views of one buffer that doubles when full."""

    def __init__(self, names: Sequence[str]) -> None:
        self._at = {name: i for i, name in enumerate(names)}
        self._names = tuple(names)
        self._buffer = np.empty((len(names), _FIRST))
        self._count = 0

    @classmethod
    def of(cls, names: Sequence[str], table: np.ndarray) -> Rows:
        """Rows that begin with `table`, (names, n), which is taken over, not copied."""
        rows = cls(names)
        if table.shape[1] >= _FIRST:
            rows._buffer = table
        else:
            rows._buffer[:, : table.shape[1]] = table
        rows._count = table.shape[1]
        return rows

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, name: str) -> np.ndarray:
        """The column so far; a view, valid until the next `add`."""
        return self._buffer[self._at[name], : self._count]

    @property
    def names(self) -> tuple[str, ...]:
        return self._names

    def add(self, values: Iterable[object]) -> None:
        """Append one row per value, reading the attributes that name the columns."""
        self.append([[getattr(value, name) for name in self._names] for value in values])

    def append(self, rows: Sequence[Sequence[float]]) -> None:
        """Append rows, each with a number for every column."""
        if not rows:
            return
        end = self._count + len(rows)
        while end > self._buffer.shape[1]:
            self._buffer = np.concatenate([self._buffer, np.empty_like(self._buffer)], axis=1)
        self._buffer[:, self._count : end] = np.asarray(rows, float).T
        self._count = end

    def trim(self, step: int) -> None:
        """Forget rows after `step`: a resumed run writes them again."""
        self._count = int(np.searchsorted(self["step"], step, side="right"))


@dataclass(slots=True)
class Turn:
    """One turn of a knob, from where it stood to where it was let go."""

    name: str
    step: float
    epoch: float
    seconds: float
    old: float
    new: float
    last_step: float


@dataclass(eq=False)
class RunCurves:
    """The curves of one run: its name, its colour (an index into the theme's series) and its rows.

    parts: the terms of the loss, a row for each step with its number first; no other columns where it has one term.
    examined: the evidence behind its checks. held_out, classes: pictures in a check, and what they may be; 0 when
    unknown. broken: the step whose loss was no longer finite. metric: what the held-out figure is called; alike: the
    batches are marked by the same figure, so that both may stand in one chart.
    """

    name: str
    colour: int = 0
    started: Started | None = None
    steps: Rows = field(default_factory=lambda: Rows(STEP))
    checks: Rows = field(default_factory=lambda: Rows(CHECK))
    tests: Rows = field(default_factory=lambda: Rows(CHECK))
    parts: Rows = field(default_factory=lambda: Rows(("step",)))
    turns: list[Turn] = field(default_factory=list)
    examined: list[Examined] = field(default_factory=list)
    held_out: int = 0
    classes: int = 0
    broken: Step | None = None
    metric: str = "accuracy"
    alike: bool = True

    def take(self, events: Sequence[Event]) -> None:
        """Add what a tick brought, each kind in one go."""
        for event in events:
            if isinstance(event, Started):
                self._begin(event)
            elif isinstance(event, KnobMoved):
                self._turned(event)
            elif isinstance(event, Step) and not isfinite(event.loss):
                self.broken = event
        checked = [event for event in events if isinstance(event, Checked)]
        # A loss that is no longer finite ends the run with a sentence; a curve cannot show it.
        steps = [event for event in events if isinstance(event, Step) and isfinite(event.loss)]
        self._take_parts(steps)
        self.steps.add(steps)
        self.checks.add(event for event in checked if event.split == HELD_OUT)
        self.tests.add(event for event in checked if event.split != HELD_OUT)
        self.examined += [event for event in events if isinstance(event, Examined)]
        for event in checked:
            if event.split == HELD_OUT:
                self.held_out, self.classes = event.count, len(event.confusion)
                self._marked_by(event.metric, event.figures)

    def _take_parts(self, steps: Sequence[Step]) -> None:
        """The terms of these steps' losses; called before the steps themselves are added."""
        new = next((step for step in steps if step.parts), None)
        if new is not None and len(self.parts.names) == 1:  # now it is known what they are called
            before = np.full((1 + len(new.parts), len(self.steps)), np.nan)
            before[0] = self.steps["step"]
            self.parts = Rows.of(("step", *new.parts), before)
        if len(self.parts.names) > 1:
            names = self.parts.names[1:]
            self.parts.append([(step.step, *(step.parts.get(name, np.nan) for name in names)) for step in steps])

    def fill(self, columns: Columns) -> None:
        """Hold what an earlier run recorded; a loss that is not finite is left out as in `take`."""
        finite = np.isfinite(columns.steps[STEP.index("loss")])
        if columns.parts:
            terms = np.stack([columns.steps[0], *columns.parts.values()])[:, finite]
            self.parts = Rows.of(("step", *columns.parts), terms)
        self.steps = Rows.of(STEP, columns.steps if finite.all() else columns.steps[:, finite])
        self.checks, self.tests = Rows.of(CHECK, columns.checks), Rows.of(CHECK, columns.tests)
        self.take(others_of(columns))
        last = columns.last.get(HELD_OUT, {})
        self.held_out, self.classes = int(last.get("count", 0)), len(as_confusion(last.get("confusion", [])))
        self._marked_by(str(last.get("metric", "accuracy")), last.get("figures", {}))
        losses = self.checks["loss"]
        if self.metric != "accuracy" and not losses.any():  # older runs wrote 0 where they did not compute it
            losses[:], self.tests["loss"][:] = np.nan, np.nan

    def _marked_by(self, metric: str, figures: Mapping[str, float]) -> None:
        self.metric = metric
        older = metric == "miou" and not any(name.startswith("iou_") for name in figures)
        self.alike = metric in ALIKE and not older  # whose batches were marked by their pixels

    def story(self) -> Story:
        """The run as a verdict looks at it, the step that broke it included."""
        columns = [self.steps[name] for name in ("step", "loss", "learning_rate")]
        if self.broken:
            ends = (self.broken.step, self.broken.loss, self.broken.learning_rate)
            columns = [np.append(column, end) for column, end in zip(columns, ends, strict=True)]
        steps, losses, rates = columns
        checks = self.checks["loss"], self.checks["accuracy"]
        told = tuple(self.examined)
        return Story(steps, losses, rates, *checks, self.held_out, self.classes, told, self.metric)

    def _begin(self, event: Started) -> None:
        self.started = event
        known = next((recipe for recipe in RECIPES if recipe.id == event.recipe), None)
        if known is not None:
            self.metric, self.alike = known.lesson.metric, known.lesson.metric in ALIKE
        for rows in (self.steps, self.checks, self.tests, self.parts):
            rows.trim(event.step)
        self.turns = [turn for turn in self.turns if turn.step <= event.step]
        self.examined = [one for one in self.examined if one.step <= event.step]
        self.broken = None

    def _turned(self, event: KnobMoved) -> None:
        for turn in reversed(self.turns):
            if turn.name == event.name and event.step - turn.last_step <= _SAME_TURN:
                turn.new, turn.last_step = event.new, event.step
                if turn.new == turn.old:
                    self.turns.remove(turn)
                return
        self.turns.append(
            Turn(event.name, event.step, event.epoch, event.seconds, event.old, event.new, last_step=event.step)
        )

    def smoothed(self, metric: str, window: int) -> np.ndarray:
        """The step metric averaged over `window` neighbours (fewer at both ends)."""
        return moving_mean(self.steps[metric], window)

    def reach(self, axis: str) -> float:
        """Where its last point lies on `axis`; 0 when it has none there."""
        ends = (rows[axis][-1] for rows in (self.steps, self.checks, self.tests) if len(rows))
        return max((float(end) for end in ends if isfinite(end)), default=0.0)

    def extent(self, axis: str) -> float:
        """How far this run is expected to reach on `axis`: for a running one, where it will end."""
        last = self.reach(axis)
        if self.started is None or not len(self.steps):
            return float(last)
        if axis == "step":
            return float(max(last, self.started.total_steps))
        if axis == "epoch":
            return float(max(last, self.started.epochs))
        return float(last + self.seconds_left())

    def pace(self) -> Pace:
        """What the run has shown of its speed, for a forecast."""
        epochs, seconds, speeds = (self.steps[name] for name in ("epoch", "seconds", "images_per_second"))
        return Pace(epochs, seconds, speeds, self.checks["epoch"], self.checks["seconds"])

    def seconds_left(self) -> float:
        """Training time still to come at the pace of the last hundred steps; 0 when unknown."""
        if self.started is None or len(self.steps) < 2:
            return 0.0
        steps, seconds = self.steps["step"][-100:], self.steps["seconds"][-100:]
        pace = (seconds[-1] - seconds[0]) / max(1.0, steps[-1] - steps[0])
        return float(max(0.0, self.started.total_steps - steps[-1]) * pace)


def moving_mean(values: np.ndarray, window: int) -> np.ndarray:
    """Centred moving average in one pass, the window cut short at the ends."""
    n = len(values)
    half = min(window // 2, max(0, n - 1))
    if half < 1:
        return values.copy()
    total = np.concatenate([[0.0], np.cumsum(values, dtype=float)])
    low = np.maximum(np.arange(n) - half, 0)
    high = np.minimum(np.arange(n) + half + 1, n)
    return (total[high] - total[low]) / (high - low)
