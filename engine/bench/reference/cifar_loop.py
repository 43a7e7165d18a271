"""Training on CIFAR-10 the way the best-known repository does it.

After https://github.com/kuangliu/pytorch-cifar/blob/master/main.py (MIT): torchvision's dataset, RandomCrop with
padding 4, RandomHorizontalFlip, ToTensor and Normalize for each picture, a DataLoader, float32, SGD with momentum, the
plain loop. Network, batch size and number of threads come from the caller, so that both sides have the same.
"""

from __future__ import annotations

import time

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms

_CHANGES = transforms.Compose(
    [
        transforms.RandomCrop(32, padding=4),
        transforms.RandomHorizontalFlip(),
        transforms.ToTensor(),
        transforms.Normalize((0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)),
    ]
)


class Photographs(Dataset[tuple[torch.Tensor, int]]):
    """torchvision.datasets.CIFAR10's __getitem__ over arrays: (32, 32, 3) uint8 to PIL to the transform."""

    def __init__(self, images: np.ndarray, labels: np.ndarray) -> None:
        self.images, self.labels = images, labels

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        return _CHANGES(Image.fromarray(self.images[index])), int(self.labels[index])


def images_per_second(
    network: nn.Module, images: np.ndarray, labels: np.ndarray, *, batch: int, workers: int, steps: int, warm_up: int
) -> float:
    """Pictures trained per second over `steps` updates after `warm_up` updates that do not count."""
    loader = DataLoader(Photographs(images, labels), batch_size=batch, shuffle=True, num_workers=workers)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)
    network.train()
    began, counted = 0.0, 0
    for number, (inputs, targets) in enumerate(loader):
        if number == warm_up:
            began = time.perf_counter()
        optimizer.zero_grad()
        outputs = network(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        loss.item()
        outputs.max(1)[1].eq(targets).sum().item()  # the script's running accuracy
        if number >= warm_up:
            counted += len(targets)
        if number + 1 == warm_up + steps:
            break
    return counted / (time.perf_counter() - began)
