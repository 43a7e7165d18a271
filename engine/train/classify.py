"""The lesson of classification: one class for each picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.data.augment import augment
from engine.data.imageset import ImageSet
from engine.devices import Device
from engine.train.lesson import Lost, Measured
from engine.train.looking import Glance
from engine.train.measure import as_input, logits_of, measure
from engine.train.settings import TrainSettings
from engine.zoo.dropout import Dropout


class Classify:
    """Cross-entropy between the network's scores and the labels; marked by the share of right answers."""

    metric = "accuracy"

    def batch(
        self, data: ImageSet, chosen: np.ndarray, now: TrainSettings, generator: torch.Generator, device: Device
    ) -> tuple[Tensor, Tensor]:
        """(B, C, H, W) float32 in [0, 1] after augmentation, and (B,) int64 labels."""
        pictures = augment(as_input(data.images[chosen], device), now, generator)
        answers = torch.from_numpy(data.labels[chosen]).to(device.where)
        return pictures.contiguous(memory_format=torch.channels_last), answers

    def loss(self, network: nn.Module, inputs: Tensor, answers: Tensor, now: TrainSettings, device: Device) -> Lost:
        logits, right = self.scored(network, inputs, answers, now, device)
        return Lost(functional.cross_entropy(logits, answers), right)

    def scored(
        self, network: nn.Module, inputs: Tensor, answers: Tensor, now: TrainSettings, device: Device
    ) -> tuple[Tensor, Tensor]:
        """(B, classes) scores with the dropout of now, and () the share of right ones."""
        _set_dropout(network, now.dropout)
        logits = logits_of(network, inputs, device)
        return logits, (logits.detach().argmax(1) == answers).float().mean()

    def measure(self, network: nn.Module, data: ImageSet, device: Device) -> Measured:
        return measure(network, data, device)

    def look(self, network: nn.Module, data: ImageSet, indices: Sequence[int], device: Device) -> tuple[Glance, ...]:
        return ()


def _set_dropout(network: nn.Module, p: float) -> None:
    for module in network.modules():
        if isinstance(module, Dropout):
            module.p = p


LESSON = Classify()
