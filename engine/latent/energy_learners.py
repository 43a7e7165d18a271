"""How machines with an energy learn, one RBM or a stack of them: contrastive divergence (lecture rows 123, 124)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

from engine.devices import Device
from engine.errors import LabError
from engine.latent.dbn import Dbn
from engine.latent.learners import Learner, rate
from engine.latent.model import Generative
from engine.latent.rbm import Rbm
from engine.latent.settings import DbnSettings, EnergySettings, RbmSettings
from engine.text import Text


class RbmLearner(Learner):
    """One machine. Its rate falls to 0 over the run, so that the chains can keep up with the weights."""

    metric, judged = "frechet", True

    @staticmethod
    def build(now: RbmSettings, *, side: int, channels: int, classes: int) -> dict[str, Any]:
        return {"side": side, "channels": channels, "latent": now.latent}

    def __init__(self, build: dict[str, Any], now: RbmSettings, where: Device, random: torch.Generator) -> None:
        super().__init__(where, random)
        self.model = Rbm(**build)
        self.optimizer = slowed(self.model, now)
        self.chain: Tensor | None = None

    @property
    def shown(self) -> Generative:
        return self.model

    def networks(self) -> Mapping[str, nn.Module]:
        return {"model": self.model}

    def optimizers(self) -> Mapping[str, torch.optim.Optimizer]:
        return {"model": self.optimizer}

    def tensors(self) -> dict[str, Tensor]:
        return super().tensors() | ({} if self.chain is None else {"chain": self.chain})

    def restore(self, tensors: dict[str, Tensor]) -> None:
        super().restore(tensors)
        self.chain = tensors.get("chain")

    def update(self, pictures: Tensor, labels: Tensor, now: RbmSettings, progress: float) -> dict[str, Tensor]:
        v = (pictures.float() / 255).flatten(1)
        chain = self.chain
        if chain is not None:  # as many as there are pictures: the last batch of an epoch is another size
            chain = chain[torch.arange(len(v)) % len(chain)]
        seen, end = self.model.contrast(v, chain, now.k, self.random, anew=now.anew)
        self.model.centre(v, end)
        self.chain = end if now.persistent else None
        rate(self.optimizer, now.learning_rate * (1 - progress))
        self.optimizer.step()
        with torch.no_grad():
            gap = self.model.free_energy(v).mean() - self.model.free_energy(end).mean()
        return {"error": ((seen - v) ** 2).mean(), "energy data − dream": gap}

    @torch.inference_mode()
    def check(self, pictures: Tensor) -> dict[str, float]:
        """Mean squared error after one step up and down, and the mean free energy."""
        v = (pictures.float() / 255).flatten(1)
        error = float(((self.model.down(self.model.up(v)) - v) ** 2).mean())
        return {"error": error, "free_energy": float(self.model.free_energy(v).mean())}


class DbnLearner(Learner):
    """The machines of a stack, each for an equal share of the run, from the bottom up."""

    @staticmethod
    def build(now: DbnSettings, *, side: int, channels: int, classes: int) -> dict[str, Any]:
        return {"side": side, "channels": channels, "widths": widths_of(now.widths)}

    def __init__(self, build: dict[str, Any], now: DbnSettings, where: Device, random: torch.Generator) -> None:
        super().__init__(where, random)
        self.model = Dbn(**build)
        self.moves = [slowed(self.model.machine(number), now) for number in range(len(self.model.stack))]

    @property
    def shown(self) -> Generative:
        return self.model

    def networks(self) -> Mapping[str, nn.Module]:
        return {"model": self.model}

    def optimizers(self) -> Mapping[str, torch.optim.Optimizer]:
        return {f"machine{number}": move for number, move in enumerate(self.moves)}

    def update(self, pictures: Tensor, labels: Tensor, now: DbnSettings, progress: float) -> dict[str, Tensor]:
        number = min(int(progress * len(self.moves)), len(self.moves) - 1)
        machine = self.model.machine(number)
        with torch.no_grad():
            v = self.model.up_to(pictures.float() / 255, number)
        seen, _ = machine.contrast(v, None, now.k, self.random)
        rate(self.moves[number], now.learning_rate)
        self.moves[number].step()
        return {f"error {number + 1}": ((seen - v) ** 2).mean()}

    @torch.inference_mode()
    def check(self, pictures: Tensor) -> dict[str, float]:
        """Mean squared error of pictures through the whole stack and back: the stack as an autoencoder."""
        x = pictures.float() / 255
        code = self.model.encode(x)
        assert code is not None
        return {"error": float(((self.model.decode(code) - x) ** 2).mean())}


def slowed(machine: Rbm, now: EnergySettings) -> torch.optim.Optimizer:
    """SGD with momentum; only links fade, not the units' own inclinations."""
    groups: list[dict[str, Any]] = [
        {"params": [machine.weight], "weight_decay": now.weight_decay},
        {"params": [machine.a, machine.b]},
    ]
    return torch.optim.SGD(groups, now.learning_rate, momentum=now.momentum)


def widths_of(words: str) -> list[int]:
    """The hidden layers in words as numbers: 500-500 as [500, 500]. Raises `LabError` for anything else."""
    found = [int(word) for word in words.split("-") if word.isdecimal()]
    if len(found) != words.count("-") + 1 or not found or not all(1 <= width <= 4096 for width in found):
        text = Text(
            "Hidden layers “{words}” will not do. Write numbers up to 4096 with hyphens: 500-500.",
            "은닉층 ‘{words}’ 값은 쓸 수 없어요. 500-500처럼 4096 이하의 수를 하이픈으로 이어 주세요.",
        )
        raise LabError(text(words=words))
    return found
