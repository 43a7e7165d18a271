"""Who trains: one process alone, or several that share each batch (engine/train/distributed.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from torch import Tensor, nn

from engine.errors import LabError
from engine.jobs import Job
from engine.text import Text

if TYPE_CHECKING:
    from engine.train.begin import Plan


class Alone:
    """One process: it has every batch to itself and agrees with itself."""

    rank, size = 0, 1

    def share(self, chosen: np.ndarray) -> np.ndarray:
        """The items of a batch ((B,) int64) that this process learns from."""
        return chosen

    def wrapped(self, network: nn.Module) -> nn.Module:
        """The network whose backward pass leaves the mean gradient of all processes."""
        return network

    def mean(self, values: Tensor) -> Tensor:
        """Figures of this process, (n,), as the mean over all."""
        return values

    def agree(self, why: Text | None) -> Text | None:
        """What the first process says about ending: why, or None to go on."""
        return why

    def threads(self, count: int) -> int:
        """How many of `count` threads are this process's."""
        return count

    def lost(self, step: int) -> LabError:
        """The sentence when another process is gone."""
        raise NotImplementedError


ALONE = Alone()


def watched(job: Job, plan: Plan, save: Callable[[], None]) -> Job:
    """`job`, which learns; when another process of the crew is gone, `save` keeps the state between two steps first.

    A broken connection shows before the weights move, or after all of them have.
    """
    try:
        return (yield from job)
    except RuntimeError as error:
        if plan.crew.size == 1:
            raise
        save()
        raise plan.crew.lost(plan.state.step) from error
