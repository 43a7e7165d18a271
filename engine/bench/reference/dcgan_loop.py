"""A DCGAN taught the way PyTorch's tutorial does it.

After https://docs.pytorch.org/tutorials/beginner/dcgan_faces_tutorial.html (Inkawhich; examples/dcgan, BSD-3-Clause):
torchvision's transforms for each picture, a DataLoader, float32, BCELoss on sigmoids, two Adams, D on real, D on fake,
G, and the numbers read with .item() in every step. The networks, the batch size and the number of threads come from
the caller, so that both sides have the same; the tutorial's sigmoid at the end of D is put on here.
"""

from __future__ import annotations

import time

import numpy as np
import torch
from PIL import Image
from torch import nn, optim
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms


class Pictures(Dataset[torch.Tensor]):
    """ImageFolder's __getitem__ over an array: (H, W[, 3]) uint8 to PIL to the tutorial's transform."""

    def __init__(self, images: np.ndarray, side: int) -> None:
        self.images = images
        middle = (0.5,) * (1 if images.ndim == 3 else 3)
        self.transform = transforms.Compose(
            [
                transforms.Resize(side),
                transforms.CenterCrop(side),
                transforms.ToTensor(),
                transforms.Normalize(middle, middle),
            ]
        )

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, index: int) -> torch.Tensor:
        return self.transform(Image.fromarray(self.images[index]))


def images_per_second(
    generator: nn.Module,
    discriminator: nn.Module,
    images: np.ndarray,
    *,
    latent: int,
    side: int,
    batch: int,
    workers: int,
    steps: int,
    warm_up: int,
) -> float:
    """Real pictures trained per second over `steps` updates after `warm_up` updates that do not count."""
    loader = DataLoader(Pictures(images, side), batch_size=batch, shuffle=True, num_workers=workers)
    criterion = nn.BCELoss()
    optimizer_d = optim.Adam(discriminator.parameters(), lr=0.0002, betas=(0.5, 0.999))
    optimizer_g = optim.Adam(generator.parameters(), lr=0.0002, betas=(0.5, 0.999))
    began, counted = 0.0, 0
    for number, data in enumerate(loader):
        if number == warm_up:
            began = time.perf_counter()
        # (1) update D: maximize log(D(x)) + log(1 - D(G(z)))
        discriminator.zero_grad()
        size = data.size(0)
        label = torch.full((size,), 1.0)
        output = torch.sigmoid(discriminator(data)).view(-1)
        real_error = criterion(output, label)
        real_error.backward()
        output.mean().item()
        noise = torch.randn(size, latent)
        fake = generator(noise)
        label.fill_(0.0)
        output = torch.sigmoid(discriminator(fake.detach())).view(-1)
        fake_error = criterion(output, label)
        fake_error.backward()
        output.mean().item()
        (real_error + fake_error).item()
        optimizer_d.step()
        # (2) update G: maximize log(D(G(z)))
        generator.zero_grad()
        label.fill_(1.0)
        output = torch.sigmoid(discriminator(fake)).view(-1)
        error = criterion(output, label)
        error.backward()
        output.mean().item()
        optimizer_g.step()
        error.item()
        if number >= warm_up:
            counted += size
        if number + 1 == warm_up + steps:
            break
    return counted / (time.perf_counter() - began)
