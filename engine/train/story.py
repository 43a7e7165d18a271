"""A training as a verdict looks at it: its recorded events as columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

import numpy as np

from engine.jobs import Event
from engine.train.events import Checked, Examined, Step

SETTLED = 0.3  # share of its highest value below which a falling learning rate has done its work


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """What a run said of itself so far.

    steps, losses, rates: (n,) of every update: its number, the batch's loss, the learning rate.
    held_out_losses, held_out_accuracies: (k,) of every check; held_out: pictures in it; classes: 0 when unknown.
    examined: the evidence behind the checks, oldest first; () in runs recorded before it was.
    metric: what the held-out figure is called.
    """

    steps: np.ndarray
    losses: np.ndarray
    rates: np.ndarray
    held_out_losses: np.ndarray
    held_out_accuracies: np.ndarray
    held_out: int = 0
    classes: int = 0
    examined: tuple[Examined, ...] = ()
    metric: str = "accuracy"

    @classmethod
    def of(cls, events: Iterable[Event]) -> Story:
        """From the events of a run, live or recorded."""
        steps, checks, examined = [], [], []
        for event in events:
            if isinstance(event, Step):
                steps.append((event.step, event.loss, event.learning_rate))
            elif isinstance(event, Checked) and event.split == "held-out":
                checks.append(event)
            elif isinstance(event, Examined):
                examined.append(event)
        numbers, losses, rates = np.array(steps, float).reshape(-1, 3).T
        return cls(
            numbers,
            losses,
            rates,
            np.array([check.loss for check in checks], float),
            np.array([check.accuracy for check in checks], float),
            checks[-1].count if checks else 0,
            len(checks[-1].confusion) if checks else 0,
            tuple(examined),
            checks[-1].metric if checks else "accuracy",
        )

    @property
    def chance(self) -> float:
        """The loss of guessing, ln(classes); infinite where there are no classes."""
        return log(self.classes) if self.classes > 1 else float("inf")

    @property
    def newest(self) -> Examined | None:
        """The newest evidence."""
        return self.examined[-1] if self.examined else None

    @property
    def rate(self) -> float:
        """The highest learning rate so far; 0 before the first step."""
        return float(self.rates.max()) if len(self.rates) else 0.0

    @property
    def warming_up(self) -> bool:
        """True while the learning rate still climbs to its full value."""
        return len(self.rates) < 2 or bool(self.rates[-1] > self.rates[:-1].max())

    @property
    def settled(self) -> bool:
        """True when more of the same would change little: the rate has come down, or at a constant rate the loss
        on the training pictures no longer falls."""
        if not len(self.rates):
            return False
        if self.rates[-1] < SETTLED * self.rate:
            return True
        losses = [one.train_loss for one in self.examined]
        third = len(losses) // 3
        if self.rates[-1] < 0.999 * self.rate or third < 3:
            return False
        before, now = np.mean(losses[-2 * third : -third]), np.mean(losses[-third:])
        return bool(now > 0.95 * before)

    def train_loss(self) -> float:
        """The loss on pictures it learns from: with dropout and augmentation off where known, else of the last
        batches; nan before the first step."""
        if self.newest and np.isfinite(self.newest.train_loss):
            return self.newest.train_loss
        return float(self.losses[-25:].mean()) if len(self.losses) else float("nan")

    def gap(self) -> float:
        """By how much the training pictures are read better than the held-out ones: the least of the last three
        checks, in [−1, 1]; nan where it is not known."""
        gaps = [
            one.train_accuracy - held
            for one, held in zip(self.examined[-3:], self.held_out_accuracies[-len(self.examined[-3:]) :], strict=False)
        ]
        return float(min(gaps)) if gaps else float("nan")

    def fell(self) -> tuple[int, int]:
        """(in how many, of how many) of the last ten checks the held-out loss fell."""
        losses = self.held_out_losses[-11:]
        return int((np.diff(losses) < 0).sum()), max(0, len(losses) - 1)

    def rose(self) -> tuple[int, int]:
        """(in how many, of how many) of the last ten checks the held-out figure rose."""
        figures = self.held_out_accuracies[-11:]
        return int((np.diff(figures) > 0).sum()), max(0, len(figures) - 1)
