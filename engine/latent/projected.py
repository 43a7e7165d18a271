"""A discriminator that sees through the eyes of a network trained on photographs: few pictures and few steps go far.

Sauer, Chitta, Müller, Geiger, Projected GANs converge faster, 2021: EfficientNet-Lite0 stays as it is, its maps at four
depths are mixed by fixed random convolutions, and one small discriminator learns at each depth.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.parametrizations import spectral_norm

from engine.latent.model import in_turn
from engine.zoo.efficientnet_lite import pretrained

SIDE = 64  # pixels a side that the network looks at
DEPTHS = (2, 3, 5, 7)  # of its maps: 24, 40, 112, 320 channels, of 16, 8, 4 and 2 pixels a side
SEEN, MIXED = (24, 40, 112, 320), (48, 64, 96, 128)
WIDTH = 96  # channels of each small discriminator
VERDICTS = 4  # a side, from every depth alike


class Eyes(nn.Module):
    """What of a picture is compared: (B, C, S, S) in [−1, 1] to four maps, finest first. Nothing here learns."""

    def __init__(self) -> None:
        super().__init__()
        self.network = pretrained()
        self.mix = nn.ModuleList(nn.Conv2d(seen, mixed, 1) for seen, mixed in zip(SEEN, MIXED, strict=True))
        self.pass_up = nn.ModuleList(nn.Conv2d(under, over, 3, padding=1) for over, under in pairwise(MIXED))
        for layer in (*self.mix, *self.pass_up):
            nn.init.kaiming_normal_(layer.weight)
            nn.init.zeros_(layer.bias)
        self.eval().requires_grad_(False)

    def forward(self, x: Tensor) -> list[Tensor]:
        x = (x.float().expand(-1, 3, -1, -1) + 1) / 2
        x = x if x.shape[-1] == SIDE else functional.interpolate(x, (SIDE, SIDE), mode="bilinear")
        seen = self.network.maps(x)
        maps = [mix(seen[depth]) for mix, depth in zip(self.mix, DEPTHS, strict=True)]
        for place in reversed(range(len(maps) - 1)):  # what lies deeper is told to what lies above it
            above = self.pass_up[place](maps[place + 1])
            maps[place] = maps[place] + functional.interpolate(above, maps[place].shape[2:], mode="bilinear")
        return maps


class Head(nn.Module):
    """The small discriminator of one depth: maps (B, C, s, s) to (B, VERDICTS²) scores.

    A class adds ⟨e(class), features⟩ as in `dcgan.Discriminator`.
    """

    def __init__(self, channels: int, side: int, classes: int) -> None:
        super().__init__()
        layers = list[nn.Module]()
        while side > VERDICTS:
            layers += [spectral_norm(nn.Conv2d(channels, WIDTH, 4, stride=2, padding=1)), nn.LeakyReLU(0.2)]
            channels, side = WIDTH, side // 2
        layers += [spectral_norm(nn.Conv2d(channels, WIDTH, 3, padding=1)), nn.LeakyReLU(0.2)]
        self.layers, self.verdict = nn.Sequential(*layers), spectral_norm(nn.Conv2d(WIDTH, 1, 1))
        self.asked = nn.Embedding(classes, WIDTH) if classes else None
        if self.asked is not None:
            nn.init.normal_(self.asked.weight, 0.0, 0.02)

    def forward(self, maps: Tensor, labels: Tensor | None) -> Tensor:
        found = self.layers(maps)
        score = self.verdict(found)
        if self.asked is not None and labels is not None:
            score = score + (self.asked(labels).to(found)[:, :, None, None] * found).sum(1, keepdim=True)
        return functional.interpolate(score, (VERDICTS, VERDICTS)).flatten(1)


class ProjectedDiscriminator(nn.Module):
    """Pictures (B, C, S, S) in [−1, 1] to (B, 4 · VERDICTS²) scores: above 0 it holds that place for real.

    Only the heads learn, are saved and are moved by `to`; the eyes are drawn from torch's seed and follow the picture.
    """

    def __init__(self, *, classes: int = 0) -> None:
        super().__init__()
        self.classes = classes
        self._eyes = (Eyes(),)  # in a tuple: no part of what learns
        sides = (SIDE >> 2 + n for n in range(len(MIXED)))
        self.heads = nn.ModuleList(Head(channels, side, classes) for channels, side in zip(MIXED, sides, strict=True))

    def forward(self, x: Tensor, labels: Tensor | None = None) -> Tensor:
        asked = in_turn(labels, len(x), self.classes).to(x.device) if self.classes else None
        maps = self._eyes[0].to(x.device)(x)
        return torch.cat([head(one, asked) for head, one in zip(self.heads, maps, strict=True)], 1)
