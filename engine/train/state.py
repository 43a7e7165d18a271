"""All that changes while a network learns: weights, optimizer, random numbers, how far it has come."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from engine.errors import LabError
from engine.text import Text
from engine.train.adam import Adam
from engine.train.muon import Muon
from engine.zoo import start
from engine.zoo.dropout import Dropout

MOMENTUM = 0.9


def _sgd(groups: list[dict[str, Any]]) -> torch.optim.Optimizer:
    return torch.optim.SGD(groups, lr=0.1, momentum=MOMENTUM, nesterov=True, fused=True)


OPTIMIZERS: dict[str, Callable[[list[dict[str, Any]]], torch.optim.Optimizer]] = {
    "adam": Adam,
    "sgd": _sgd,
    "muon": Muon,
}


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
    average: float = 0.0
    averaged: nn.Module | None = None
    _followed: tuple[tuple[list[Any], list[Any]], ...] = ()

    @classmethod
    def fresh(
        cls,
        network: nn.Module,
        device: torch.device,
        seed: int,
        *,
        pretrain: Callable[[nn.Module], None] | None = None,
        encoder_rate: float = 1.0,
        average: float = 0.0,
        rule: str = "he",
        optimizer: str = "adam",
    ) -> TrainState:
        """Weights drawn from `seed`, the optimizer at rest.

        Args:
            pretrain: replaces some of the drawn weights by learnt ones.
            encoder_rate: learning rate of `network.encoder` as a share of the rest's.
            average: β of the running average of the weights; 0 = none.
            rule: how weights are drawn, of `start.RULES`. optimizer: of `OPTIMIZERS`: "adam" (AdamW), "sgd" (Nesterov) or "muon".
        """
        generator = torch.Generator().manual_seed(seed)
        start.RULES[rule](network, generator)
        if pretrain:
            pretrain(network)
        for module in network.modules():
            if isinstance(module, Dropout):
                module.generator = generator
        network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        # The rate and the decay are set before each step, because a person may move them.
        state = cls(network, OPTIMIZERS[optimizer](_groups(network, encoder_rate)), generator)
        if average:
            state.average, state.averaged = average, copy.deepcopy(network).eval()
        return state

    @property
    def answering(self) -> nn.Module:
        """The network that is measured, kept and shown: the average where there is one."""
        return self.averaged or self.network

    def follow(self) -> None:
        """Move the averaged weights a little towards those of now; statistics of batch norm are taken over.

        Early on the average forgets faster, so that it does not drag the first, random weights along.
        """
        if self.averaged is None:
            return
        share = 1 - min(self.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            if not self._followed:  # walking through the modules at each step took longer than the averaging
                self._followed = tuple(
                    (list(one.parameters()), list(one.buffers())) for one in (self.averaged, self.network)
                )
            (ours, kept), (theirs, counted) = self._followed
            torch._foreach_lerp_(ours, theirs, share)
            if kept:
                torch._foreach_copy_(kept, counted)

    def tensors(self) -> dict[str, Tensor]:
        """Everything needed to go on: weights, the optimizer's moments, the generator's state."""
        kept = {f"network.{name}": value for name, value in self.network.state_dict().items()}
        for number, values in self.optimizer.state_dict()["state"].items():
            kept |= {f"optimizer.{number}.{name}": value for name, value in values.items()}
        if self.averaged is not None:
            kept |= {f"averaged.{name}": value for name, value in self.averaged.state_dict().items()}
        return kept | {"generator": self.generator.get_state()}

    def about(self) -> dict[str, Any]:
        names = ("step", "seen", "best", "best_loss", "stale", "seconds", "checked_at")
        return {name: getattr(self, name) for name in names}

    def restore(self, tensors: dict[str, Tensor], about: dict[str, Any]) -> None:
        """Continue from a checkpoint. Raises `LabError` when it belongs to another network or is incomplete."""
        try:
            weights = {k.removeprefix("network."): v for k, v in tensors.items() if k.startswith("network.")}
            self.network.load_state_dict(weights)
            if self.averaged is not None:
                mean = {k.removeprefix("averaged."): v for k, v in tensors.items() if k.startswith("averaged.")}
                self.averaged.load_state_dict(mean)
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
        """A copy of the weights that count, which the next step will not touch."""
        return {name: value.detach().cpu().clone() for name, value in self.answering.state_dict().items()}


def _groups(network: nn.Module, encoder_rate: float) -> list[dict[str, Any]]:
    """The optimizer's parameter groups: the encoder, if the network has one, learns at its own share of the rate."""
    encoder = getattr(network, "encoder", None)
    slow = {id(p) for p in encoder.parameters()} if isinstance(encoder, nn.Module) else set()
    groups = [
        {"params": [p for p in network.parameters() if id(p) not in slow], "share": 1.0},
        {"params": [p for p in network.parameters() if id(p) in slow], "share": encoder_rate},
    ]
    return [group for group in groups if group["params"]]


def order_of(epoch: int, count: int, seed: int) -> np.ndarray:
    """The order in which an epoch shows its pictures: (count,) int64, a function of seed and epoch alone."""
    return np.random.default_rng((seed, epoch)).permutation(count)
