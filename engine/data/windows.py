"""Recordings cut into windows of one length, never across two recordings or two activities (lecture rows 18, 98)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

LENGTH = 128  # samples of a window, as in USC-HAD's and UCI's preparation (Anguita et al., 2013)
STEP = 64  # neighbours overlap by half


def starts(marks: np.ndarray, *, length: int = LENGTH, step: int = STEP) -> Iterator[int]:
    """Where windows begin in samples whose `marks` (N,) int64 are equal throughout one recording of one activity."""
    if not len(marks):
        return
    changes = np.flatnonzero(np.diff(marks)) + 1
    for begin, end in zip([0, *changes], [*changes, len(marks)], strict=True):
        yield from range(int(begin), int(end) - length + 1, step)


def cut(values: np.ndarray, at: np.ndarray, length: int = LENGTH) -> np.ndarray:
    """Windows (n, length, C) of samples (N, C) that begin at `at` (n,)."""
    return values[at[:, None] + np.arange(length)[None, :]]
