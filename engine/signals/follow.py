"""A recording as it went on: overlapping windows of one person joined again, so that a network can follow it (row 18)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.data.signalset import SignalSet
from engine.jobs import Job
from engine.settings import load as load_settings
from engine.train.begin import choose_dataset, read_part
from engine.train.recipes import recipe

STEPS = (32, 64)  # samples between neighbouring windows, as the sets here were cut
SHORT = 6  # windows of a stretch in which nothing changes


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """What one person did, one stretch after another.

    values: (n, C) float32 in the set's unit. labels: (n,) int64, the class at each sample. wide: samples a network sees
    at once. rate: samples a second, 0 where it is not known. person: their number, −1 where nobody is named.
    """

    values: np.ndarray
    labels: np.ndarray
    wide: int
    rate: float
    person: int

    def __len__(self) -> int:
        """How many places the network's window has."""
        return max(0, len(self.values) - self.wide + 1)

    def window(self, at: int) -> np.ndarray:
        """What the network sees at a place, (wide, C)."""
        return self.values[at : at + self.wide]

    def label(self, at: int) -> int:
        """The class in the middle of that."""
        return int(self.labels[at + self.wide // 2])


def recording(recipe_id: str, dataset: str = "auto", *, number: int = 0) -> Job:
    """A person of the part that the recipe is measured on; a job, returns `Recording`.

    number: the how many-th person, from the first again after the last. Raises `LabError` where the data are not here.
    """
    chosen = recipe(recipe_id)
    root = load_settings()[0].data()
    found: SignalSet = yield from read_part(chosen, choose_dataset(chosen, dataset, root), root, last=True)
    groups = np.full(len(found), -1) if found.groups is None else found.groups
    people = np.unique(groups)
    person = int(people[number % len(people)])
    own = np.flatnonzero(groups == person)
    pieces, seen = list[np.ndarray](), set[int]()
    for chain in sorted(chains(found.x, own), key=len, reverse=True):
        kinds = set(found.labels[chain].tolist())
        if kinds - seen:
            seen |= kinds
            pieces.append(chain if len(kinds) > 1 else chain[:SHORT])
    values, labels = zip(*(_joined(found, piece) for piece in pieces), strict=True)
    return Recording(np.concatenate(values), np.concatenate(labels), found.x.shape[1], found.rate, person)


def chains(x: np.ndarray, own: np.ndarray) -> list[np.ndarray]:
    """The windows `own` of x (N, T, C), (n,) int64 in their order, parted where one does not go on from the one before."""
    ends = [at for at in range(1, len(own)) if not _step(x[own[at - 1]], x[own[at]])]
    return np.split(own, ends)


def _step(first: np.ndarray, second: np.ndarray) -> int:
    """How many samples later the second window begins; 0 where it is no part of the same recording."""
    return next((step for step in STEPS if np.array_equal(first[step:], second[:-step])), 0)


def _joined(found: SignalSet, chain: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A chain as one stretch: values (n, C), and at each sample the class of the newest window there (n,)."""
    values, labels = [found.x[chain[0]]], [np.full(found.x.shape[1], found.labels[chain[0]])]
    for before, at in pairwise(chain):
        step = _step(found.x[before], found.x[at])
        values.append(found.x[at, -step:])
        labels.append(np.full(step, found.labels[at]))
    return np.concatenate(values), np.concatenate(labels)
