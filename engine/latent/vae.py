"""A variational autoencoder: codes are clouds, so that every point between two digits is a digit (lecture row 119).

ELBO(x) = E log p(x|z) − KL(q(z|x) ‖ N(0, 1))      Kingma, Welling, Auto-encoding variational Bayes, 2014
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.latent.model import Generative


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """The two terms of the ELBO, each (B,) in nats a picture: what the picture costs, and what the code costs."""

    reconstruction: Tensor
    divergence: Tensor


class Vae(Generative):
    """Two fully connected layers down to mean and spread of the code, two up to each pixel's probability of ink."""

    kind = "vae"

    def __init__(self, *, latent: int, side: int, channels: int, hidden: int) -> None:
        super().__init__(latent=latent, side=side, channels=channels)
        pixels, narrow = channels * side * side, max(16, hidden // 2)
        self.encoder = nn.Sequential(
            nn.Flatten(), nn.Linear(pixels, hidden), nn.ReLU(), nn.Linear(hidden, narrow), nn.ReLU()
        )
        self.mean, self.spread = nn.Linear(narrow, latent), nn.Linear(narrow, latent)
        self.decoder = nn.Sequential(
            nn.Linear(latent, narrow), nn.ReLU(), nn.Linear(narrow, hidden), nn.ReLU(), nn.Linear(hidden, pixels)
        )

    def cloud(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log variance of the code, each (B, latent), of pictures (B, C, S, S) in [0, 1]."""
        inner = self.encoder(x)
        return self.mean(inner), self.spread(inner)

    def bound(self, x: Tensor, random: torch.Generator) -> Bound:
        """The ELBO's terms for pictures in [0, 1], with one draw of the code."""
        mean, log_variance = self.cloud(x)
        noise = torch.randn(mean.shape, generator=random).to(mean)
        ink = self.decoder(mean + (0.5 * log_variance).exp() * noise).float()
        missed = functional.binary_cross_entropy_with_logits(ink, x.flatten(1), reduction="none").sum(1)
        return Bound(missed, 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).float().sum(1))

    def decode(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        return self.decoder(z).float().sigmoid().view(-1, self.channels, self.side, self.side)

    def encode(self, x: Tensor) -> Tensor | None:
        return self.cloud(x)[0]
