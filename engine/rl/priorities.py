"""Drawing by priority in logarithmic time: a binary tree of sums in one array.

Proportional prioritised replay, Schaul, Quan, Antonoglou, Silver 2016 (arXiv 1511.05952), α = 0.6.
"""

from __future__ import annotations

import numpy as np

ALPHA = 0.6
LEAST = 1e-3  # so that nothing is forgotten for good


class Priorities:
    """One weight for each of `count` places; new places get the largest so far, so that each is seen once."""

    def __init__(self, count: int) -> None:
        self.leaves = 1 << max(1, (count - 1).bit_length())
        self.sums = np.zeros(2 * self.leaves)
        self.largest = 1.0

    def add(self, places: np.ndarray, never: np.ndarray) -> None:
        """New moments at these places; those marked `never` are not to be drawn."""
        self._put(places, np.where(never, 0.0, self.largest))

    def set(self, places: np.ndarray, errors: np.ndarray) -> None:
        """New priorities from the errors δ made there."""
        weights = (np.abs(errors).astype(float) + LEAST) ** ALPHA
        self.largest = max(self.largest, float(weights.max()))
        self._put(places, weights)

    def draw(self, count: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """(places (count,), their probabilities): one from each of `count` equal slices of the whole sum."""
        total = self.sums[1]
        want = (np.arange(count) + random.random(count)) * total / count
        at = np.ones(count, np.int64)
        while at[0] < self.leaves:
            left = self.sums[2 * at]
            right = (want >= left) & (self.sums[2 * at + 1] > 0)
            want = np.where(right, want - left, want)
            at = 2 * at + right
        return at - self.leaves, np.maximum(self.sums[at], 1e-12) / total

    def _put(self, places: np.ndarray, weights: np.ndarray) -> None:
        at = places + self.leaves
        self.sums[at] = weights
        at = np.unique(at // 2)
        while at[0] >= 1:
            self.sums[at] = self.sums[2 * at] + self.sums[2 * at + 1]
            at = np.unique(at // 2)
