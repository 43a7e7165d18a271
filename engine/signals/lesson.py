"""The lessons of signals: a class for each window, or the number that follows."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.data.signalset import SignalSet
from engine.devices import Device
from engine.signals.augment import augment
from engine.signals.settings import SignalSettings
from engine.train.events import Mistakes, no_mistakes
from engine.train.lesson import Lost, Measured
from engine.train.looking import Glance
from engine.zoo.dropout import Dropout

BATCH = 512
SHOWN = 60  # mistakes kept for looking at
SMOOTH = 0.05  # of each answer is shared out over all classes: labels of neighbouring activities are not that sure


class Windows:
    """Cross-entropy between scores and classes of windows; marked by the share of right answers."""

    metric = "accuracy"

    def __init__(self, smooth: float = SMOOTH) -> None:
        self.smooth = smooth

    def batch(
        self, data: SignalSet, chosen: np.ndarray, now: SignalSettings, generator: torch.Generator, device: Device
    ) -> tuple[Tensor, Tensor]:
        """(B, T, C) float32 in the set's unit after augmentation, and (B,) int64 labels."""
        windows = augment(torch.from_numpy(data.x[chosen]), now, generator)
        return windows.to(device.where), torch.from_numpy(data.labels[chosen]).to(device.where)

    def loss(self, network: nn.Module, inputs: Tensor, answers: Tensor, now: SignalSettings, device: Device) -> Lost:
        for module in network.modules():
            if isinstance(module, Dropout):
                module.p = now.dropout
        logits = scores_of(network, inputs, device)  # (B, classes)
        right = (logits.detach().argmax(1) == answers).float().mean()
        return Lost(functional.cross_entropy(logits, answers, label_smoothing=self.smooth), right)

    def measure(self, network: nn.Module, data: SignalSet, device: Device) -> Measured:
        logits, labels = answers_of(network, data.x, device), torch.from_numpy(data.labels)
        confidence, found = logits.softmax(1).max(1)
        classes = max(len(data.classes), logits.shape[1])
        confusion = torch.bincount(labels * classes + found, minlength=classes**2).reshape(classes, classes)
        wrong = torch.nonzero(found != labels)[:, 0]
        worst = wrong[confidence[wrong].argsort(descending=True)][:SHOWN].numpy()
        mistakes = Mistakes(data.x[worst], data.labels[worst], found.numpy()[worst], confidence.numpy()[worst])
        accuracy = (found == labels).double().mean().item()
        loss = functional.cross_entropy(logits, labels).item()
        return Measured(len(data), loss, accuracy, confusion.numpy(), mistakes)

    def look(self, network: nn.Module, data: SignalSet, indices: Sequence[int], device: Device) -> tuple[Glance, ...]:
        return ()


class Names(Windows):
    """The same for text; a name is read, not drawn, so mistakes are counted and not kept."""

    def measure(self, network: nn.Module, data: SignalSet, device: Device) -> Measured:
        return dataclasses.replace(super().measure(network, data, device), mistakes=no_mistakes())


class Number:
    """Mean squared error between the answer and the number that follows; marked by R², 0 where it is negative."""

    metric = "r2"

    def batch(
        self, data: SignalSet, chosen: np.ndarray, now: SignalSettings, generator: torch.Generator, device: Device
    ) -> tuple[Tensor, Tensor]:
        """(B, T, 1) float32 and (B,) float32 targets."""
        assert data.targets is not None
        return torch.from_numpy(data.x[chosen]).to(device.where), torch.from_numpy(data.targets[chosen]).to(
            device.where
        )

    def loss(self, network: nn.Module, inputs: Tensor, answers: Tensor, now: SignalSettings, device: Device) -> Lost:
        found = network(inputs).flatten()
        error = functional.mse_loss(found, answers)
        return Lost(error, _explained(error.detach(), answers))

    def measure(self, network: nn.Module, data: SignalSet, device: Device) -> Measured:
        assert data.targets is not None
        targets = torch.from_numpy(data.targets)
        error = functional.mse_loss(answers_of(network, data.x, device)[:, 0], targets)
        r2 = _explained(error, targets).item()
        nothing = np.zeros((0, 0), np.int64)
        return Measured(len(data), error.item(), r2, nothing, no_mistakes(), {"rmse": error.sqrt().item()})

    def look(self, network: nn.Module, data: SignalSet, indices: Sequence[int], device: Device) -> tuple[Glance, ...]:
        return ()


def _explained(error: Tensor, targets: Tensor) -> Tensor:
    """R² = 1 − MSE / variance, () float32, not below 0."""
    return functional.relu(1 - error / (targets.var(unbiased=False) + 1e-9))


def scores_of(network: nn.Module, windows: Tensor, device: Device) -> Tensor:
    """(B, T, C) to (B, classes) float32, computed in the device's precision."""
    with torch.autocast(device.where.type, torch.bfloat16, enabled=device.precision is torch.bfloat16):
        return network(windows).float()


def answers_of(network: nn.Module, x: np.ndarray, device: Device) -> Tensor:
    """(N, T, C) windows to (N, classes) float32 on the CPU; leaves the network in the mode it was in."""
    was_training = network.training
    network.eval()
    with torch.inference_mode():
        parts = [
            scores_of(network, torch.from_numpy(np.ascontiguousarray(x[i : i + BATCH])).to(device.where), device).cpu()
            for i in range(0, len(x), BATCH)
        ]
    network.train(was_training)
    return torch.cat(parts)
