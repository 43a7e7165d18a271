"""Where a hand stands in a generator's code, and how sliders and drags move it. Numbers only, no widget."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.latent.explorer import Explored

COUNT = 6  # sliders of principal directions
FLAT = 3  # numbers of a code in which no straight line leads far


@dataclass
class Place:
    """A code, the base the direction sliders move from, and the three marked codes.

    z, base: (d,) float32. slid: (k,) how far the direction sliders stand, in standard deviations.
    """

    z: np.ndarray
    base: np.ndarray
    label: int = 0
    slid: np.ndarray = field(default_factory=lambda: np.zeros(COUNT, np.float32))
    marks: dict[str, tuple[np.ndarray, int]] = field(default_factory=dict)

    def go(self, z: np.ndarray, label: int | None = None) -> None:
        """Stand somewhere else; the direction sliders begin anew there."""
        self.z = self.base = np.asarray(z, np.float32)
        self.slid = np.zeros(COUNT, np.float32)
        self.label = self.label if label is None else label

    def slide(self, explored: Explored, values: list[float]) -> None:
        """Along the principal directions, in standard deviations from the base."""
        found = explored.directions
        count = min(len(values), len(found.vectors))
        self.slid = np.array(values, np.float32)
        steps = self.slid[:count] * found.spread[:count].numpy()
        self.z = np.asarray(self.base + steps @ found.vectors[:count].numpy(), np.float32)

    def set_numbers(self, first: int, values: list[float]) -> None:
        """Some of the code's numbers themselves."""
        z = self.z.copy()
        z[first : first + len(values)] = values
        self.go(z)

    def steer(self, explored: Explored, asked: tuple[float, float], measured: tuple[float, float]) -> None:
        """Change the code so that slant and thickness go from what was measured to what is asked for."""
        assert explored.lean is not None
        if len(self.z) <= FLAT:
            self.go(explored.lean.nearest(asked, self.z))
            return
        change = np.array(asked) - np.array(measured)
        z = self.z + (change @ explored.lean.vectors).astype(np.float32)
        self.go(np.clip(z, explored.lean.floor, explored.lean.ceiling))

    def mark(self, letter: str) -> None:
        """Remember this place as A, B or C."""
        self.marks[letter] = (self.z.copy(), self.label)

    def sum(self) -> np.ndarray | None:
        """A − B + C where all three are marked."""
        if len(self.marks) < 3:
            return None
        return np.asarray(self.marks["A"][0] - self.marks["B"][0] + self.marks["C"][0], np.float32)
