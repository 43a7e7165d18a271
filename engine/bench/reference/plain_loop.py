"""Training the way PyTorch's first tutorial does it.

After https://pytorch.org/tutorials/beginner/basics/quickstart_tutorial.html (BSD-3-Clause): a Dataset item by item, a
DataLoader that shuffles, float32, Adam, the plain loop. Network, loss, batch size and number of threads come from the
caller, so that both sides have the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset


class Letters(nn.Module):
    """Text as tutorials read it: each letter a vector with one 1, torch's Conv1d, the maximum over the word."""

    def __init__(self, letters: int, width: int, kernel: int, classes: int, dropout: float) -> None:
        super().__init__()
        self.letters = letters
        self.conv = nn.Conv1d(letters, width, kernel, padding=kernel // 2)
        self.drop, self.fc = nn.Dropout(dropout), nn.Linear(width, classes)

    def forward(self, x: Tensor) -> Tensor:  # (B, T, 1) -> (B, classes)
        letters = functional.one_hot(x[..., 0].long(), self.letters).transpose(1, 2).float()
        return self.fc(self.drop(functional.relu(self.conv(letters)).amax(2)))


class Sliding(nn.Module):
    """Windows as Keras' tutorials read them: Conv1d, ReLU, MaxPool1d, Flatten, two linear layers."""

    def __init__(self, channels: int, filters: int, kernel: int, flat: int, hidden: int, answers: int) -> None:
        super().__init__()
        self.conv1, self.pool = nn.Conv1d(channels, filters, kernel), nn.MaxPool1d(2)
        self.fc1, self.fc2 = nn.Linear(flat, hidden), nn.Linear(hidden, answers)

    def forward(self, x: Tensor) -> Tensor:  # (B, T, C) -> (B, answers)
        x = self.pool(functional.relu(self.conv1(x.transpose(1, 2))))
        return self.fc2(functional.relu(self.fc1(x.flatten(1))))


class Still(nn.Module):
    """The middle frame of a clip as tutorials read a picture: Conv2d, BatchNorm2d, ReLU, a pool."""

    def __init__(self, widths: tuple[int, int], row: int, classes: int) -> None:
        super().__init__()
        self.row = row
        self.conv1, self.conv2 = nn.Conv2d(3, widths[0], 3, padding=1), nn.Conv2d(*widths, 3, padding=1)
        self.norm1, self.norm2 = nn.BatchNorm2d(widths[0]), nn.BatchNorm2d(widths[1])
        self.fc = nn.Linear(widths[1], classes)

    def forward(self, x: Tensor) -> Tensor:  # (B, 3, row · S, row · S) -> (B, classes)
        side = x.shape[2] // self.row
        first = self.row // 2 * side
        x = x[:, :, first : first + side, first : first + side] * 2 - 1
        x = functional.max_pool2d(functional.relu(self.norm1(self.conv1(x))), 2)
        return self.fc(functional.relu(self.norm2(self.conv2(x))).mean((2, 3)))


class Film(nn.Module):
    """A clip as tutorials read it: torch's Conv3d and BatchNorm3d. Pictures of `row` × `row` frames."""

    def __init__(self, widths: tuple[int, int], row: int, classes: int) -> None:
        super().__init__()
        self.row = row
        self.conv1, self.conv2 = nn.Conv3d(3, widths[0], 3, padding=1), nn.Conv3d(*widths, 3, padding=1)
        self.norm1, self.norm2 = nn.BatchNorm3d(widths[0]), nn.BatchNorm3d(widths[1])
        self.fc = nn.Linear(widths[1], classes)

    def forward(self, x: Tensor) -> Tensor:  # (B, 3, row · S, row · S) -> (B, classes)
        count, side = len(x), x.shape[2] // self.row
        x = x.reshape(count, 3, self.row, side, self.row, side).permute(0, 1, 2, 4, 3, 5)
        x = x.reshape(count, 3, self.row**2, side, side) * 2 - 1
        x = functional.max_pool3d(functional.relu(self.norm1(self.conv1(x))), (1, 2, 2))
        return self.fc(functional.relu(self.norm2(self.conv2(x))).mean((2, 3, 4)))


class Items(Dataset[tuple[Tensor, Tensor]]):
    """Windows (N, T, C) float32 as they are, pictures (N, H, W, 3) uint8 as torchvision's ToTensor makes them."""

    def __init__(self, x: np.ndarray, y: np.ndarray) -> None:
        self.x, self.y = x, y

    def __len__(self) -> int:
        return len(self.y)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        item = torch.from_numpy(self.x[index])
        if item.dtype is torch.uint8:
            item = item.permute(2, 0, 1).contiguous().to(torch.float32).div(255)
        return item, torch.tensor(self.y[index])


def items_per_second(
    network: nn.Module,
    x: np.ndarray,
    y: np.ndarray,
    criterion: Callable[[Tensor, Tensor], Tensor],
    *,
    batch: int,
    steps: int,
    warm_up: int,
) -> float:
    """Items trained per second over `steps` updates, epoch after epoch, after `warm_up` updates that do not count."""
    loader = DataLoader(Items(x, y), batch_size=batch, shuffle=True)
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    network.train()
    began, counted, number = 0.0, 0, 0
    while True:
        for inputs, targets in loader:
            if number == warm_up:
                began = time.perf_counter()
            optimizer.zero_grad()
            loss = criterion(network(inputs), targets)
            loss.backward()
            optimizer.step()
            loss.item()
            if number >= warm_up:
                counted += len(targets)
            number += 1
            if number == warm_up + steps:
                return counted / (time.perf_counter() - began)
