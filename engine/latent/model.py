"""What every generator is to those who use it: draw a code, turn it into pictures, and back where it can.

GAN, VAE, autoencoder, RBM and DBN differ in how they learn (learners.py); here they are alike.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


class Generative(nn.Module):
    """A network that makes pictures from codes.

    latent: numbers in a code. side, channels: of its pictures. classes: how many it can be asked for; 0 = it cannot.
    """

    kind = ""

    def __init__(self, *, latent: int, side: int, channels: int, classes: int = 0) -> None:
        super().__init__()
        self.latent, self.side, self.channels, self.classes = latent, side, channels, classes

    def draw(self, count: int, random: torch.Generator, truncation: float = 1.0) -> Tensor:
        """Codes (count, latent) from what the generator takes for likely; `truncation` draws them to the middle."""
        return torch.randn(count, self.latent, generator=random) * truncation

    def decode(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        """Pictures (N, channels, side, side) float32 in [0, 1] of codes (N, latent).

        labels: (N,) int64 for a generator with classes; None gives it 0, 1, 2 … in turn.
        """
        raise NotImplementedError

    def encode(self, x: Tensor) -> Tensor | None:
        """Codes (N, latent) of pictures (N, channels, side, side) in [0, 1]; None where there is no encoder."""
        return None


def in_turn(labels: Tensor | None, count: int, classes: int) -> Tensor:
    """`labels`, or 0, 1, … classes − 1 over and over, (count,) int64."""
    return torch.arange(count) % max(1, classes) if labels is None else labels


def build(kind: str, arguments: dict[str, Any]) -> Generative:
    """A generator of the named kind, its weights as drawn. Raises `KeyError` or `TypeError` for one of another version."""
    from engine.latent import autoencoder, dbn, dcgan, rbm, vae

    kinds: tuple[type[Generative], ...] = (dcgan.Generator, vae.Vae, autoencoder.Autoencoder, rbm.Rbm, dbn.Dbn)
    return {one.kind: one for one in kinds}[kind](**arguments)


@torch.inference_mode()
def pictures(model: Generative, z: Tensor, labels: Tensor | None = None, *, at_once: int = 500) -> Tensor:
    """`decode` in eval mode and in pieces, (N, C, S, S) uint8; leaves the network in the mode it was in."""
    was = model.training
    model.eval()
    every = in_turn(labels, len(z), model.classes)
    parts = [
        (model.decode(z[i : i + at_once], every[i : i + at_once]) * 255).round().clamp(0, 255).to(torch.uint8)
        for i in range(0, len(z), at_once)
    ]
    model.train(was)
    return torch.cat(parts) if parts else torch.zeros(0, model.channels, model.side, model.side, dtype=torch.uint8)
