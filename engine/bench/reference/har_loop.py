"""Training on windows of an accelerometer the way the tutorials do it.

After the augmentation code of Um et al. (github.com/terryum/Data-Augmentation-For-Wearable-Sensor-Data: DA_Rotation,
DA_Scaling, DA_Jitter, window by window in NumPy) in a torch Dataset, a DataLoader, torch's own Conv1d and BatchNorm1d,
float32, Adam, the plain loop. The layers' sizes, batch size and number of threads come from the caller.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Recordings(Dataset[tuple[torch.Tensor, int]]):
    """One window at a time: turned about a random axis, scaled, with noise, and the views our network makes itself.

    turn: only for windows of three axes.
    """

    def __init__(self, x: np.ndarray, y: np.ndarray, *, turn: bool = True) -> None:
        self.x, self.y, self.turn = x, y, turn

    def __len__(self) -> int:
        return len(self.y)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        window = self.x[index]
        if self.turn:
            axis, angle = np.random.uniform(-1, 1, 3), np.random.uniform(-0.26, 0.26)
            axis = axis / np.linalg.norm(axis)
            cross = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
            window = window @ (np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross))
        window = window * np.random.normal(1.0, 0.1, (1, window.shape[1]))
        window = window + np.random.normal(0, 0.02, window.shape)
        moving = window - window.mean(0)
        views = np.concatenate((window, moving, np.linalg.norm(moving, axis=1, keepdims=True)), 1)
        return torch.from_numpy(views.T.astype(np.float32)), int(self.y[index])


class Tutorial(nn.Module):
    """Conv1d, batch norm and ReLU in a row, mean and maximum over time, a linear layer."""

    def __init__(self, layers: Sequence[tuple[int, int, int]], classes: int, channels: int = 3) -> None:
        super().__init__()
        inputs = 2 * channels + 1
        parts: list[nn.Module] = [nn.BatchNorm1d(inputs)]
        for width, kernel, stride in layers:
            parts += [
                nn.Conv1d(inputs, width, kernel, stride, kernel // 2, bias=False),
                nn.BatchNorm1d(width),
                nn.ReLU(),
            ]
            inputs = width
        self.layers, self.drop, self.fc = nn.Sequential(*parts), nn.Dropout(0.3), nn.Linear(2 * inputs, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        maps = self.layers(x)
        return self.fc(self.drop(torch.cat((maps.mean(2), maps.amax(2)), 1)))


def windows_per_second(
    network: nn.Module,
    x: np.ndarray,
    y: np.ndarray,
    *,
    batch: int,
    workers: int,
    steps: int,
    warm_up: int,
    turn: bool = True,
) -> float:
    """Windows trained per second over `steps` updates after `warm_up` updates that do not count."""
    loader = DataLoader(Recordings(x, y, turn=turn), batch_size=batch, shuffle=True, num_workers=workers)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    network.train()
    began, counted = 0.0, 0
    for number, (inputs, targets) in enumerate(loader):
        if number == warm_up:
            began = time.perf_counter()
        optimizer.zero_grad()
        loss = criterion(network(inputs), targets)
        loss.backward()
        optimizer.step()
        loss.item()
        if number >= warm_up:
            counted += len(targets)
        if number + 1 == warm_up + steps:
            break
    return counted / (time.perf_counter() - began)
