"""All that changes while a network learns: weights, optimizer, random numbers, how far it has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from engine.errors import LabError
from engine.text import Text
from engine.zoo import start
from engine.zoo.dropout import Dropout


@dataclass(eq=False)
class TrainState:
    """One training's changing part; `tensors` and `restore` carry it through safetensors, bit for bit.

    seen: pictures shown so far. best: highest held-out accuracy, −1 before the first check, and the loss there.
    stale: checks since then. generator: every random number of the run comes from here, so that
    other threads cannot disturb it and a resumed run draws the same ones.
    """

    network: nn.Module
    optimizer: torch.optim.Optimizer
    generator: torch.Generator
    step: int = 0
    seen: int = 0
    best: float = -1.0
    best_loss: float = 0.0
    stale: int = 0
    seconds: float = 0.0
    checked_at: int = field(default=0)

    @classmethod
    def fresh(cls, network: nn.Module, device: torch.device, seed: int) -> TrainState:
        """Weights drawn from `seed`, Adam at rest."""
        generator = torch.Generator().manual_seed(seed)
        start.he(network, generator)
        for module in network.modules():
            if isinstance(module, Dropout):
                module.generator = generator
        network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        # The rate and the decay are set before each step, because a person may move them.
        return cls(network, torch.optim.AdamW(network.parameters(), fused=True), generator)

    def tensors(self) -> dict[str, Tensor]:
        """Everything needed to go on: weights, Adam's moments, the generator's state."""
        kept = {f"network.{name}": value for name, value in self.network.state_dict().items()}
        for number, values in self.optimizer.state_dict()["state"].items():
            kept |= {f"optimizer.{number}.{name}": value for name, value in values.items()}
        return kept | {"generator": self.generator.get_state()}

    def about(self) -> dict[str, Any]:
        names = ("step", "seen", "best", "best_loss", "stale", "seconds", "checked_at")
        return {name: getattr(self, name) for name in names}

    def restore(self, tensors: dict[str, Tensor], about: dict[str, Any]) -> None:
        """Continue from a checkpoint. Raises `LabError` when it belongs to another network or is incomplete."""
        try:
            weights = {k.removeprefix("network."): v for k, v in tensors.items() if k.startswith("network.")}
            self.network.load_state_dict(weights)
            moments: dict[int, dict[str, Tensor]] = {}
            for key, value in tensors.items():
                if key.startswith("optimizer."):
                    _, number, name = key.split(".")
                    moments.setdefault(int(number), {})[name] = value
            groups = self.optimizer.state_dict()["param_groups"]
            self.optimizer.load_state_dict({"state": moments, "param_groups": groups})
            # A fused step walks through memory, so that moments must lie there as their weights do.
            for weight, kept in self.optimizer.state.items():
                for name, value in kept.items():
                    if value.shape == weight.shape:
                        kept[name] = torch.empty_like(weight).copy_(value)
            self.generator.set_state(tensors["generator"])
            for name in self.about():
                setattr(self, name, about[name])
        except (RuntimeError, KeyError, ValueError) as error:
            text = Text(
                "This checkpoint does not fit the run’s network.", "이 체크포인트는 이 실행의 신경망과 맞지 않아요."
            )
            raise LabError(text) from error

    def weights(self) -> dict[str, Tensor]:
        """A copy of the weights that the next step will not touch."""
        return {name: value.detach().cpu().clone() for name, value in self.network.state_dict().items()}


def order_of(epoch: int, count: int, seed: int) -> np.ndarray:
    """The order in which an epoch shows its pictures: (count,) int64, a function of seed and epoch alone."""
    return np.random.default_rng((seed, epoch)).permutation(count)
