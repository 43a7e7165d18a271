"""Sets of signals: windows of numbers over time with a class each (lecture rows 18, 19)."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass

import numpy as np

from engine.text import Text


@dataclass(frozen=True, slots=True, eq=False)
class SignalSet:
    """One split of a set of windows, all of one length.

    x:        (N, T, C) float32, N windows of T samples in C channels, in `unit`.
    labels:   (N,) int64, indices into `classes`.
    rate:     samples a second in Hz; 0 = not known.
    groups:   (N,) int64 who or what was recorded; windows of one group must not be in two splits. None = not known.
    targets:  (N,) float32 where a number is to be learnt instead of a class; None elsewhere.
    fingerprint: SHA-256 over shape, values, labels and targets.
    """

    id: str
    split: str
    x: np.ndarray
    labels: np.ndarray
    classes: tuple[Text, ...]
    channels: tuple[str, ...]
    unit: str
    rate: float
    note: Text
    groups: np.ndarray | None = None
    targets: np.ndarray | None = None
    fingerprint: str = ""

    def __len__(self) -> int:
        return len(self.labels)

    def part(self, indices: np.ndarray, split: str) -> SignalSet:
        """The windows at `indices` ((n,) int64) as a set of their own."""
        groups = None if self.groups is None else self.groups[indices]
        targets = None if self.targets is None else self.targets[indices]
        part = dataclasses.replace(
            self,
            split=split,
            x=self.x[indices],
            labels=self.labels[indices],
            groups=groups,
            targets=targets,
            fingerprint="",
        )
        return with_fingerprint(part)

    def divided(self, count: int, seed: int) -> tuple[SignalSet, SignalSet]:
        """(the part to learn from, about `count` windows to choose by): whole groups where there are any.

        A window of a person shares half of itself with the next one, so single windows may not be held out.
        Fewer than `FEW` windows, as on a slide, are all learnt and all looked at.
        """
        if len(self) < FEW:
            return self.part(np.arange(len(self)), "train"), self.part(np.arange(len(self)), "held-out")
        chance = np.random.default_rng(seed)
        if self.groups is None or len(np.unique(self.groups)) < 3:
            held = np.sort(chance.permutation(len(self))[:count])
        else:
            held = np.flatnonzero(np.isin(self.groups, _enough(self.groups, count, chance)))
        rest = np.setdiff1d(np.arange(len(self)), held)
        return self.part(rest, "train"), self.part(held, "held-out")


FEW = 10  # windows


def _enough(groups: np.ndarray, count: int, chance: np.random.Generator) -> list[int]:
    """Groups in random order until together they have `count` windows; never more than half of the groups."""
    names, sizes = np.unique(groups, return_counts=True)
    chosen: list[int] = []
    for at in chance.permutation(len(names))[: max(1, len(names) // 2)]:
        if sum(sizes[np.isin(names, chosen)]) >= count:
            break
        chosen.append(int(names[at]))
    return chosen


def with_fingerprint(signals: SignalSet) -> SignalSet:
    total = hashlib.sha256(repr(signals.x.shape).encode())
    total.update(np.ascontiguousarray(signals.x, np.float32).data)
    total.update(np.ascontiguousarray(signals.labels).data)
    if signals.targets is not None:
        total.update(np.ascontiguousarray(signals.targets, np.float32).data)
    return dataclasses.replace(signals, fingerprint=total.hexdigest())
