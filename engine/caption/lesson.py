"""What both learners share: the network, its running average, the optimizer, and a state that can be gone on from.

Every draw comes from the run's own generator but for dropout's, which come from torch's; both are kept, so that a run
that was stopped or killed comes to the same numbers.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

import torch
from torch import Tensor, nn

from engine.caption.settings import CaptionSettings, TextSettings
from engine.errors import LabError
from engine.text import Text


class Averaged:
    """A running average of a network's weights; the first steps count more, so that it starts near them."""

    def __init__(self, network: nn.Module, share: float) -> None:
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self.steps, self._share = 0, share

    @torch.no_grad()
    def take(self, network: nn.Module) -> None:
        """One step on."""
        self.steps += 1
        share = min(self._share, (1 + self.steps) / (10 + self.steps))
        mine, theirs = self.network.state_dict(), network.state_dict()
        for name, value in mine.items():
            value.lerp_(theirs[name], 1 - share)


class Lesson:
    """A network that learns batch by batch. `batches` and the rest are its heirs'."""

    def __init__(self, network: nn.Module, settings: CaptionSettings | TextSettings) -> None:
        self.averaged = Averaged(network, settings.average)
        self._optimizer = torch.optim.AdamW(
            network.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay
        )
        self._learning, self._usual_rate = network, settings.learning_rate
        self._random = torch.Generator().manual_seed(settings.seed)
        self._left: list[Tensor] = []
        self._epoch, self._taken = self._random.get_state(), 0

    def batches(self) -> Iterator[Tensor]:
        """An epoch's batches, newly shuffled."""
        raise NotImplementedError

    def next_batch(self) -> Tensor:
        """The next of this epoch, or the first of another."""
        if not self._left:
            self._epoch, self._taken = self._random.get_state(), 0
            self._left = list(self.batches())
        self._taken += 1
        return self._left.pop(0)

    def set_rate(self, done: float) -> None:
        """The learning rate at `done` in [0, 1] of the training."""
        for group in self._optimizer.param_groups:
            group["lr"] = self._usual_rate * rate(done)

    def weights(self) -> dict[str, Tensor]:
        """A copy of the weights that count: the averaged ones."""
        return {name: value.clone() for name, value in self.averaged.network.state_dict().items()}

    def tensors(self) -> dict[str, Tensor]:
        """Everything needed to go on."""
        kept = {f"network.{name}": value for name, value in self._learning.state_dict().items()}
        kept |= {f"averaged.{name}": value for name, value in self.averaged.network.state_dict().items()}
        for number, values in self._optimizer.state_dict()["state"].items():
            kept |= {f"optimizer.{number}.{name}": value for name, value in values.items()}
        draws = {"random": self._random.get_state(), "epoch": self._epoch, "dropout": torch.get_rng_state()}
        return kept | draws | {"counts": torch.tensor([self.averaged.steps, self._taken])}

    def restore(self, kept: dict[str, Tensor]) -> None:
        """Go on from what `tensors` gave. Raises `LabError` when that was of another network or other data."""
        try:
            self._learning.load_state_dict(_below("network.", kept))
            self.averaged.network.load_state_dict(_below("averaged.", kept))
            moments: dict[int, dict[str, Tensor]] = {}
            for key, value in _below("optimizer.", kept).items():
                number, name = key.split(".")
                moments.setdefault(int(number), {})[name] = value
            groups = self._optimizer.state_dict()["param_groups"]
            self._optimizer.load_state_dict({"state": moments, "param_groups": groups})
            self.averaged.steps, self._taken = kept["counts"].tolist()
            self._random.set_state(kept["epoch"])
            self._epoch = self._random.get_state()
            self._left = list(self.batches())[self._taken :] if self._taken else []
            self._random.set_state(kept["random"])
            torch.set_rng_state(kept["dropout"])
        except (KeyError, RuntimeError, TypeError, ValueError) as error:
            text = Text(
                "This checkpoint does not fit the network of this run.",
                "이 체크포인트는 이 실행의 신경망과 맞지 않아요.",
            )
            raise LabError(text) from error


def _below(start: str, kept: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(start): value for name, value in kept.items() if name.startswith(start)}


def rate(done: float) -> float:
    """The learning rate's share at `done` in [0, 1]: up in the first twentieth, then down along a cosine to 2 %."""
    if done < 0.05:
        return max(0.05, done / 0.05)
    cosine = torch.tensor(torch.pi * (done - 0.05) / 0.95).cos().item()
    return 0.02 + 0.98 * (1 + cosine) / 2
