"""The lecture's machine of one visible and one hidden unit, with all its states (lecture row 123)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch

from engine.jobs import Event, Job
from engine.latent.rbm import State, every_state

USUAL = (1.0, -1.0, -1.0)
"""w, a and b for which the state −1/−1 has the least energy, −3."""


@dataclass(frozen=True, slots=True)
class Energies(Event):
    """All four states, least energy first."""

    states: tuple[State, ...]
    latest_only: ClassVar[bool] = True


def energies(w: float, a: float, b: float) -> Job:
    """E = −a·v − b·h − v·w·h of v, h ∈ {−1, 1}; a job that yields and returns `Energies`."""
    found = Energies(tuple(every_state(torch.tensor([[w]]), torch.tensor([a]), torch.tensor([b]))))
    yield found
    return found
