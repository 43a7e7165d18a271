"""Transfer learning the way PyTorch's tutorial does it.

After https://pytorch.org/tutorials/beginner/transfer_learning_tutorial.html (BSD-3-Clause): RandomResizedCrop,
RandomHorizontalFlip and ToTensor for each picture, a DataLoader, float32, SGD with momentum on what is not frozen, the
plain loop with its running accuracy. Network, batch size and number of threads come from the caller.
"""

from __future__ import annotations

import time

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms


class Photographs(Dataset[tuple[torch.Tensor, int]]):
    """ImageFolder's __getitem__ over arrays, (H, W) or (H, W, 3) uint8; grey digits are not mirrored."""

    def __init__(self, images: np.ndarray, labels: np.ndarray, side: int) -> None:
        self.images, self.labels = images, labels
        flip = [transforms.RandomHorizontalFlip()] if images.ndim == 4 else []
        self.changes = transforms.Compose([transforms.RandomResizedCrop(side), *flip, transforms.ToTensor()])

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        return self.changes(Image.fromarray(self.images[index])), int(self.labels[index])


def images_per_second(
    network: nn.Module, pictures: Photographs, *, batch: int, workers: int, steps: int, warm_up: int
) -> float:
    """Pictures trained per second over `steps` updates, epoch after epoch, after `warm_up` updates that do not count."""
    loader = DataLoader(pictures, batch_size=batch, shuffle=True, num_workers=workers)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD((p for p in network.parameters() if p.requires_grad), lr=0.001, momentum=0.9)
    network.train()
    began, counted, number = 0.0, 0, 0
    while True:
        for inputs, targets in loader:
            if number == warm_up:
                began = time.perf_counter()
            optimizer.zero_grad()
            outputs = network(inputs)
            loss = criterion(outputs, targets)
            loss.backward()
            optimizer.step()
            loss.item()
            (outputs.max(1)[1] == targets).sum().item()  # the tutorial's running accuracy
            if number >= warm_up:
                counted += len(targets)
            number += 1
            if number == warm_up + steps:
                return counted / (time.perf_counter() - began)
