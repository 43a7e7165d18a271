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
    fingerprint: SHA-256 over shape, values and labels.
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
    fingerprint: str = ""

    def __len__(self) -> int:
        return len(self.labels)

    def part(self, indices: np.ndarray, split: str) -> SignalSet:
        """The windows at `indices` ((n,) int64) as a set of their own."""
        groups = None if self.groups is None else self.groups[indices]
        part = dataclasses.replace(
            self, split=split, x=self.x[indices], labels=self.labels[indices], groups=groups, fingerprint=""
        )
        return with_fingerprint(part)


def with_fingerprint(signals: SignalSet) -> SignalSet:
    total = hashlib.sha256(repr(signals.x.shape).encode())
    total.update(np.ascontiguousarray(signals.x, np.float32).data)
    total.update(np.ascontiguousarray(signals.labels).data)
    return dataclasses.replace(signals, fingerprint=total.hexdigest())
