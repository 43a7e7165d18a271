"""Training on MNIST the way PyTorch's official example does it.

After https://github.com/pytorch/examples/blob/main/mnist/main.py (BSD-3-Clause): torchvision's
dataset, ToTensor and Normalize for each picture, a DataLoader, float32, the plain loop. The network,
the batch size and the number of threads come from the caller, so that both sides have the same.
"""

from __future__ import annotations

import time

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms


class Digits(Dataset[tuple[torch.Tensor, int]]):
    """torchvision.datasets.MNIST's __getitem__ over arrays: (H, W) uint8 to PIL to the transform."""

    def __init__(self, images: np.ndarray, labels: np.ndarray) -> None:
        self.images, self.labels = torch.from_numpy(images.copy()), torch.from_numpy(labels.copy())
        self.transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        image = Image.fromarray(self.images[index].numpy())
        return self.transform(image), int(self.labels[index])


def images_per_second(
    network: nn.Module, images: np.ndarray, labels: np.ndarray, *, batch: int, workers: int, steps: int, warm_up: int
) -> float:
    """Pictures trained per second over `steps` updates after `warm_up` updates that do not count."""
    loader = DataLoader(Digits(images, labels), batch_size=batch, shuffle=True, num_workers=workers)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
    network.train()
    began, counted = 0.0, 0
    for number, (data, target) in enumerate(loader):
        if number == warm_up:
            began = time.perf_counter()
        optimizer.zero_grad()
        output = network(data)
        loss = functional.cross_entropy(output, target)
        loss.backward()
        optimizer.step()
        loss.item()  # the example prints it now and then
        if number >= warm_up:
            counted += len(target)
        if number + 1 == warm_up + steps:
            break
    return counted / (time.perf_counter() - began)
