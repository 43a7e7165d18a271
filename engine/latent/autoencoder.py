"""Autoencoders: the lecture's convolutional one with its exact layers, and a fully connected, stackable one.

The encoder is also called recognition network, the decoder generative network; the code goes by four names: code,
latent variable, feature, hidden representation (lecture rows 115, 117, 118, 120, 122).
"""

from __future__ import annotations

import copy
from itertools import pairwise

import torch
from torch import Tensor, nn

from engine.latent.model import Generative


class Autoencoder(Generative):
    """Pictures through a narrow code and back.

    layers: "lecture" is Conv 16, pool, Conv 8, pool, Conv 8 stride 2 (28 → 14 → 7 → 4, so 8 · 4 · 4 = 128 numbers)
    and its mirror image; "full" is fully connected 784-256-64-`latent`, one stage of which is learnt after the other
    when `stages` are trained singly.
    """

    kind = "ae"

    def __init__(self, *, latent: int, side: int, channels: int, layers: str = "lecture") -> None:
        lecture = layers == "lecture"
        super().__init__(latent=8 * 4 * 4 if lecture else latent, side=side, channels=channels)
        self.layers = layers
        pixels = channels * side * side
        self.down = nn.ModuleList(_lecture_down(channels) if lecture else _full((pixels, 256, 64, latent), last=False))
        self.up = nn.ModuleList(
            _lecture_up(channels) if lecture else _full((latent, 64, 256, pixels), last=True)
        )  # the last gives scores before the sigmoid
        self.middle: Tensor
        self.root: Tensor
        self.register_buffer("middle", torch.zeros(self.latent))
        self.register_buffer("root", torch.eye(self.latent))

    def inner(self, x: Tensor) -> Tensor:
        """Codes (B, latent) of pictures (B, C, S, S) in [0, 1]."""
        x = x if self.layers == "lecture" else x.flatten(1)
        for layer in self.down:
            x = layer(x)
        return x.flatten(1)

    def outer(self, z: Tensor) -> Tensor:
        """Scores before the sigmoid (B, C, S, S) of codes."""
        x = z.view(-1, 8, 4, 4) if self.layers == "lecture" else z
        for layer in self.up:
            x = layer(x)
        return x.view(-1, self.channels, self.side, self.side)

    def forward(self, x: Tensor) -> Tensor:
        return self.outer(self.inner(x))

    def through(self, x: Tensor, depth: int) -> Tensor:
        """Scores (B, C, S, S) where only the outer `depth` stages are used: how a stack is learnt layer by layer."""
        x = x if self.layers == "lecture" else x.flatten(1)
        for layer in self.down[:depth]:
            x = layer(x)
        for layer in self.up[len(self.up) - depth :]:
            x = layer(x)
        return x.view(-1, self.channels, self.side, self.side)

    def decode(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        return self.outer(z).float().sigmoid()

    def encode(self, x: Tensor) -> Tensor | None:
        return self.inner(x)

    def draw(self, count: int, random: torch.Generator, truncation: float = 1.0) -> Tensor:
        """An autoencoder says nothing of which codes are likely: they come from a normal distribution like that of
        the codes it gave to training pictures."""
        noise = torch.randn(count, self.latent, generator=random) * truncation
        return self.middle + noise @ self.root.T

    def classifier(self, classes: int, *, pretrained: bool) -> nn.Sequential:
        """The encoder with a linear layer behind it, (B, C, S, S) → (B, classes) scores; its weights, or freshly drawn ones."""
        donor = (
            self
            if pretrained
            else Autoencoder(latent=self.latent, side=self.side, channels=self.channels, layers=self.layers)
        )
        front = [] if self.layers == "lecture" else [nn.Flatten()]
        return nn.Sequential(*front, *copy.deepcopy(donor.down), nn.Flatten(), nn.Linear(self.latent, classes))

    @torch.no_grad()
    def settle(self, codes: Tensor) -> None:
        """Remember mean and covariance of codes (N, latent) for `draw`."""
        self.middle.copy_(codes.mean(0))
        spread = torch.cov(codes.T.double()).reshape(self.latent, self.latent)
        values, vectors = torch.linalg.eigh(spread)
        self.root.copy_((vectors * values.clamp_min(0).sqrt()).float())


def _lecture_down(channels: int) -> list[nn.Module]:
    return [
        nn.Sequential(nn.Conv2d(channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),  # 28 → 14
        nn.Sequential(nn.Conv2d(16, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),  # 14 → 7
        nn.Sequential(nn.Conv2d(8, 8, 3, stride=2, padding=1), nn.ReLU()),  # 7 → 4
    ]


def _lecture_up(channels: int) -> list[nn.Module]:
    """The usual mirror of those layers: 4 → 8 → 16 → 14 (a convolution without padding) → 28."""
    return [
        nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(), nn.Upsample(scale_factor=2)),
        nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(), nn.Upsample(scale_factor=2)),
        nn.Sequential(nn.Conv2d(8, 16, 3), nn.ReLU(), nn.Upsample(scale_factor=2)),
        nn.Conv2d(16, channels, 3, padding=1),
    ]


def _full(widths: tuple[int, ...], *, last: bool) -> list[nn.Module]:
    """Linear layers with a ReLU after each but the innermost and the outermost."""
    pairs = list(pairwise(widths))
    return [
        nn.Linear(a, b) if number == len(pairs) - 1 else nn.Sequential(nn.Linear(a, b), nn.ReLU())
        for number, (a, b) in enumerate(pairs)
    ]


def damaged(x: Tensor, noise: str, level: float, random: torch.Generator) -> Tensor:
    """Pictures in [0, 1] with Gaussian noise of spread `level`, or with a share `level` of pixels put out.

    noise: "none", "gaussian" or "dropout" (Vincent et al., Extracting and composing robust features with denoising
    autoencoders, 2008).
    """
    if noise == "gaussian":
        return (x + level * torch.randn(x.shape, generator=random).to(x)).clamp(0, 1)
    if noise == "dropout":
        return x * (torch.rand(x.shape, generator=random).to(x) >= level)
    return x
