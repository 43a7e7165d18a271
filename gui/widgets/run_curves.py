"""What one training has said so far, as arrays that charts can read: grows in place, knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from engine.jobs import Event
from engine.train.events import Checked, KnobMoved, Started, Step

AXES = ("epoch", "step", "seconds")
_STEP = ("step", "epoch", "seconds", "loss", "accuracy", "learning_rate", "gradient_norm", "images_per_second")
_CHECK = ("step", "epoch", "seconds", "loss", "accuracy")
_FIRST = 1024  # rows before the buffer grows; then it doubles
_SAME_TURN = 12  # steps: a slider dragged on is one turn of the knob, not one per step


class Rows:
    """A table of float64 whose columns are views of one buffer that doubles when full."""

    def __init__(self, names: Sequence[str]) -> None:
        self._at = {name: i for i, name in enumerate(names)}
        self._names = tuple(names)
        self._buffer = np.empty((len(names), _FIRST))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, name: str) -> np.ndarray:
        """The column so far; a view, valid until the next `add`."""
        return self._buffer[self._at[name], : self._count]

    def add(self, values: Iterable[object]) -> None:
        """Append one row per value, reading the attributes that name the columns."""
        rows = [[getattr(value, name) for name in self._names] for value in values]
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
    """The curves of one run: its name, its colour (an index into the theme's series) and its rows."""

    name: str
    colour: int = 0
    started: Started | None = None
    steps: Rows = field(default_factory=lambda: Rows(_STEP))
    checks: Rows = field(default_factory=lambda: Rows(_CHECK))
    tests: Rows = field(default_factory=lambda: Rows(_CHECK))
    turns: list[Turn] = field(default_factory=list)

    def take(self, events: Sequence[Event]) -> None:
        """Add what a tick brought, each kind in one go."""
        for event in events:
            if isinstance(event, Started):
                self._begin(event)
            elif isinstance(event, KnobMoved):
                self._turned(event)
        checked = [event for event in events if isinstance(event, Checked)]
        # A loss that is no longer finite ends the run with a sentence; a curve cannot show it.
        self.steps.add(event for event in events if isinstance(event, Step) and isfinite(event.loss))
        self.checks.add(event for event in checked if event.split != "test")
        self.tests.add(event for event in checked if event.split == "test")

    def _begin(self, event: Started) -> None:
        self.started = event
        for rows in (self.steps, self.checks, self.tests):
            rows.trim(event.step)
        self.turns = [turn for turn in self.turns if turn.step <= event.step]

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

    def extent(self, axis: str) -> float:
        """How far this run is expected to reach on `axis`: for a running one, where it will end."""
        last = max((rows[axis][-1] for rows in (self.steps, self.checks, self.tests) if len(rows)), default=0.0)
        if self.started is None or not len(self.steps):
            return float(last)
        if axis == "step":
            return float(max(last, self.started.total_steps))
        if axis == "epoch":
            return float(max(last, self.started.epochs))
        return float(last + self.seconds_left())

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
    total = np.concatenate([[0.0], np.cumsum(values)])
    low = np.maximum(np.arange(n) - half, 0)
    high = np.minimum(np.arange(n) + half + 1, n)
    return (total[high] - total[low]) / (high - low)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a run is doing, with its evidence: the validation loss fell in `fell` of the last `of` checks.

    kind: "early" (too few checks to say), "healthy", "overfitting" or "stalled".
    """

    kind: str
    fell: int = 0
    of: int = 0


def verdict(run: RunCurves) -> Verdict:
    """Read the checks so far; speaks of trouble only where the loss has clearly left its best.

    Overfitting: the last three validation losses lie a quarter above the best, and half above the
    training loss, although dropout and augmentation burden only that. Stalled: the same without the gap.
    """
    losses = run.checks["loss"]
    of = min(10, len(losses) - 1)
    if of < 3:
        return Verdict("early")
    fell = int((np.diff(losses[-of - 1 :]) < 0).sum())
    now, best = float(np.mean(losses[-3:])), float(losses.min())
    if now <= 1.25 * best or len(losses) - int(losses.argmin()) <= 4:  # one bad check among good ones is noise
        return Verdict("healthy", fell, of)
    train = run.smoothed("loss", 51)
    learnt_by_heart = len(train) > 0 and now > 1.5 * train[-1]
    return Verdict("overfitting" if learnt_by_heart else "stalled", fell, of)
