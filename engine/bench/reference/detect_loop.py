"""Training a detector the way torchvision's tutorial and reference script do it.

After https://github.com/pytorch/vision/tree/main/references/detection (BSD-3-Clause): a dataset that opens a picture
with PIL each time, a photometric distortion and a random flip, a DataLoader with lists of targets, float32, the plain
loop. The network and its loss, the size and the threads come from the caller, so that both sides have the same.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms
from torchvision.transforms import functional as F  # as the script writes it

Target = tuple[Tensor, Tensor]
Loss = Callable[[Any, list[Target]], dict[str, Tensor]]


class Pictures(Dataset[tuple[Tensor, Target]]):
    """A picture at one size, flipped half of the time, its colours distorted, with its boxes and labels."""

    def __init__(
        self, files: Sequence[Path], boxes: Sequence[np.ndarray], labels: Sequence[np.ndarray], size: tuple[int, int]
    ) -> None:
        self.files, self.boxes, self.labels, self.size = files, boxes, labels, size
        self.distort = transforms.ColorJitter(0.35, 0.35, 0.5, 0.015)

    def __len__(self) -> int:
        return len(self.files)

    def __getitem__(self, index: int) -> tuple[Tensor, Target]:
        image = Image.open(self.files[index]).convert("RGB")
        boxes = torch.tensor(self.boxes[index], dtype=torch.float32).reshape(-1, 4)
        boxes = boxes * torch.tensor([self.size[1] / image.size[0], self.size[0] / image.size[1]]).repeat(2)
        image = F.resize(self.distort(image), list(self.size), antialias=True)
        if random.random() < 0.5:
            image = F.hflip(image)
            boxes = torch.stack((self.size[1] - boxes[:, 2], boxes[:, 1], self.size[1] - boxes[:, 0], boxes[:, 3]), 1)
        tensor = F.convert_image_dtype(F.pil_to_tensor(image), torch.float)
        return tensor, (boxes, torch.tensor(self.labels[index], dtype=torch.int64))


def _collate(items: list[tuple[Tensor, Target]]) -> tuple[Tensor, list[Target]]:
    return torch.stack([image for image, _ in items]), [target for _, target in items]


def images_per_second(
    network: nn.Module, loss_of: Loss, data: Pictures, *, batch: int, steps: int, warm_up: int
) -> float:
    """Pictures trained per second over `steps` updates after `warm_up` updates that do not count."""
    loader = DataLoader(data, batch_size=batch, shuffle=True, num_workers=0, drop_last=True, collate_fn=_collate)
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.001)
    network.train()
    began, counted, number = time.perf_counter(), 0, 0
    while number < warm_up + steps:
        for images, targets in loader:
            if number == warm_up:
                began = time.perf_counter()
            losses = sum(loss_of(network(images), targets).values())
            assert isinstance(losses, Tensor)
            optimizer.zero_grad()
            losses.backward()
            optimizer.step()
            losses.item()  # the script logs it
            counted += len(images) if number >= warm_up else 0
            number += 1
            if number == warm_up + steps:
                break
    return counted / (time.perf_counter() - began)
