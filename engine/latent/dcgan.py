"""DCGAN: a generator that grows a code into a picture, a discriminator that shrinks a picture to a verdict.

Radford, Metz, Chintala, Unsupervised representation learning with deep convolutional generative adversarial
networks, 2016: strided and fractional-strided convolutions instead of pooling, batch norm, ReLU and tanh in the
generator, LeakyReLU in the discriminator (lecture rows 107–110).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.parametrizations import spectral_norm

from engine.errors import LabError
from engine.latent.layers import FromCode, FromPicture, HalvedNorm, ToPicture, Verdict
from engine.latent.model import Generative, in_turn
from engine.text import Text

FIRST = {28: 7, 32: 4, 64: 4}
"""Side of the smallest maps for each side of the pictures: 7 → 14 → 28, 4 → 8 → 16 → 32 (→ 64)."""

CLASS_WEIGHT = 4.0  # a lone 1 among 64 normal numbers would hardly be noticed


def _doublings(side: int) -> int:
    if side not in FIRST:
        text = Text(
            "A DCGAN here makes pictures of {known} pixels, not {side}.",
            "여기 DCGAN은 {known}픽셀 그림을 만들어요. 받은 값: {side}.",
        )
        raise LabError(text(known=", ".join(map(str, FIRST)), side=side))
    return (side // FIRST[side]).bit_length() - 1


class Generator(Generative):
    """Code to picture: one fully connected layer as a convolution, then fractional-strided 4×4 convolutions.

    width: channels of the last maps before the picture; each layer before has twice as many.
    """

    kind = "dcgan"

    def __init__(
        self, *, latent: int, side: int, channels: int, width: int, classes: int = 0, batch_norm: bool = True
    ) -> None:
        super().__init__(latent=latent, side=side, channels=channels, classes=classes)
        steps = _doublings(side)
        top = width * 2 ** (steps - 1)
        layers: list[nn.Module] = [
            FromCode(latent + classes, top, FIRST[side], bias=not batch_norm),
            *_norm(top, batch_norm),
            nn.ReLU(inplace=True),
        ]
        for number in range(steps - 1):
            wide, narrow = top >> number, top >> (number + 1)
            layers += [
                nn.ConvTranspose2d(wide, narrow, 4, stride=2, padding=1, bias=not batch_norm),
                *_norm(narrow, batch_norm),
                nn.ReLU(inplace=True),
            ]
        layers += [ToPicture(width, channels, 4, stride=2, padding=1), nn.Tanh()]
        self.layers = nn.Sequential(*layers)
        self.apply(drawn_weights)

    def forward(self, z: Tensor, labels: Tensor | None = None) -> Tensor:  # (B, latent) -> (B, C, S, S) in [−1, 1]
        return self.layers(self._asked(z, labels))

    def _asked(self, z: Tensor, labels: Tensor | None) -> Tensor:
        """The code with the class beside it, (B, latent + classes, 1, 1)."""
        if self.classes:
            asked = functional.one_hot(in_turn(labels, len(z), self.classes), self.classes)
            z = torch.cat((z, CLASS_WEIGHT * asked.to(z)), 1)
        return z[:, :, None, None]

    def decode(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        return (self(z, labels).float() + 1) / 2

    @torch.no_grad()
    def grown(self, z: Tensor, labels: Tensor | None = None) -> list[Tensor]:
        """What each layer with maps gives for one code (1, latent): (C, h, w) float32, from 4×4 or 7×7 up to the picture."""
        x, found = self._asked(z, labels), list[Tensor]()
        for layer in self.layers:
            x = layer(x)
            if isinstance(layer, nn.ReLU | nn.Tanh):
                found.append(x[0].float().clone())
        return found


class Discriminator(nn.Module):
    """Picture to one score: above 0 it holds it for real. A class, where asked, adds ⟨e(class), features⟩ to it.

    The projection of the class is Miyato, Koyama, cGANs with projection discriminator, 2018; spectral norm is Miyato
    et al., Spectral normalization for generative adversarial networks, 2018.
    """

    def __init__(
        self, *, side: int, channels: int, width: int, classes: int = 0, batch_norm: bool = True, spectral: bool = False
    ) -> None:
        super().__init__()
        self.classes = classes
        bound = spectral_norm if spectral else lambda layer: layer
        layers: list[nn.Module] = []
        inputs = channels
        for number in range(_doublings(side)):
            outputs, normed = width << number, batch_norm and number > 0
            kind = nn.Conv2d if number else FromPicture
            layers += [
                bound(kind(inputs, outputs, 4, stride=2, padding=1, bias=not normed)),
                *_norm(outputs, normed),
                nn.LeakyReLU(0.2, inplace=True),
            ]
            inputs = outputs
        self.layers = nn.Sequential(*layers)
        self.verdict = bound(Verdict(inputs, 1, FIRST[side]))
        self.asked = nn.Embedding(classes, inputs) if classes else None
        self.apply(drawn_weights)

    def forward(self, x: Tensor, labels: Tensor | None = None) -> Tensor:  # (B, C, S, S) in [−1, 1] -> (B,)
        maps = self.layers(x)
        score = self.verdict(maps).flatten()
        if self.asked is not None:
            asked = self.asked(in_turn(labels, len(x), self.classes))
            score = score + (asked.to(maps) * maps.sum((2, 3))).sum(1)
        return score


def _norm(channels: int, wanted: bool) -> list[nn.Module]:
    return [HalvedNorm(channels)] if wanted else []


def drawn_weights(layer: nn.Module) -> None:
    """Weights from a normal distribution with σ = 0.02, as the paper draws them."""
    if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
        nn.init.normal_(layer.weight, 0.0, 0.02)
    elif isinstance(layer, nn.BatchNorm2d):
        nn.init.normal_(layer.weight, 1.0, 0.02)
    elif isinstance(layer, nn.Embedding):
        nn.init.normal_(layer.weight, 0.0, 0.02)
