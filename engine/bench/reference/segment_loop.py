"""Training a segmenter the way torchvision's reference script does it.

After https://github.com/pytorch/vision/tree/main/references/segmentation (BSD-3-Clause): a dataset that opens picture
and mask with PIL each time, random resize, flip and crop, a DataLoader, float32, cross-entropy that leaves 255 out,
the plain loop. The network, sizes and threads come from the caller, so that both sides have the same; the network
normalises its input itself.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms import functional as F  # as the script writes it

VOID = 255


class Streets(Dataset[tuple[torch.Tensor, torch.Tensor]]):
    """Picture and mask of one place, resized by a random factor, flipped, cropped; the rest of a mask is not scored."""

    def __init__(self, pictures: Sequence[Path], masks: Sequence[Path], size: tuple[int, int], void: int) -> None:
        self.pictures, self.masks, self.size, self.void = pictures, masks, size, void

    def __len__(self) -> int:
        return len(self.pictures)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        image = Image.open(self.pictures[index]).convert("RGB")
        target = Image.open(self.masks[index])
        short = round(min(image.size) * random.uniform(0.6, 1.9))
        image = F.resize(image, [short], antialias=True)
        target = F.resize(target, [short], interpolation=F.InterpolationMode.NEAREST)
        if random.random() < 0.5:
            image, target = F.hflip(image), F.hflip(target)
        pad = [0, 0, max(0, self.size[1] - image.size[0]), max(0, self.size[0] - image.size[1])]
        image, target = F.pad(image, pad), F.pad(target, pad, fill=self.void)
        top = random.randint(0, image.size[1] - self.size[0])
        left = random.randint(0, image.size[0] - self.size[1])
        image, target = F.crop(image, top, left, *self.size), F.crop(target, top, left, *self.size)
        mask = torch.as_tensor(np.array(target), dtype=torch.int64)
        mask[mask == self.void] = VOID
        return F.convert_image_dtype(F.pil_to_tensor(image), torch.float), mask


def images_per_second(network: nn.Module, data: Streets, *, batch: int, steps: int, warm_up: int) -> float:
    """Pictures trained per second over `steps` updates after `warm_up` updates that do not count."""
    loader = DataLoader(data, batch_size=batch, shuffle=True, num_workers=0, drop_last=True)
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.001)
    network.train()
    began, counted, number = time.perf_counter(), 0, 0
    while number < warm_up + steps:
        for image, target in loader:
            if number == warm_up:
                began = time.perf_counter()
            loss = functional.cross_entropy(network(image), target, ignore_index=VOID)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss.item()  # the script logs it
            counted += len(image) if number >= warm_up else 0
            number += 1
            if number == warm_up + steps:
                break
    return counted / (time.perf_counter() - began)
