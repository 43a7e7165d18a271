"""A deep belief network: RBMs stacked and learnt from the bottom up, then used as a classifier (lecture rows 121, 124).

Hinton, Osindero, Teh, A fast learning algorithm for deep belief nets, 2006.
"""

from __future__ import annotations

from collections import OrderedDict

import torch
from torch import Tensor, nn

from engine.latent.model import Generative
from engine.latent.rbm import Rbm


class Dbn(Generative):
    """RBMs one on the other; `widths` are the hidden layers from the bottom. Its code is the top layer's state."""

    kind = "dbn"

    def __init__(self, *, widths: list[int], side: int, channels: int) -> None:
        super().__init__(latent=widths[-1], side=side, channels=channels)
        self.widths = list(widths)
        below = [channels * side * side, *widths[:-1]]
        self.stack = nn.ModuleList(
            Rbm(latent=wide, side=side, channels=channels, pixels=under)
            for wide, under in zip(widths, below, strict=True)
        )

    def machine(self, number: int) -> Rbm:
        found = self.stack[number]
        assert isinstance(found, Rbm)
        return found

    def up_to(self, x: Tensor, number: int) -> Tensor:
        """What machine `number` is shown of pictures (B, C, S, S): the probabilities from below, (B, width)."""
        x = x.flatten(1)
        for below in range(number):
            x = self.machine(below).up(x)
        return x

    def draw(self, count: int, random: torch.Generator, truncation: float = 1.0) -> Tensor:
        return self.machine(len(self.stack) - 1).draw(count, random, truncation)

    def decode(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        for number in reversed(range(len(self.stack))):
            z = self.machine(number).down(z)
        return z.view(-1, self.channels, self.side, self.side)

    def encode(self, x: Tensor) -> Tensor | None:
        return self.machine(len(self.stack) - 1).up(self.up_to(x, len(self.stack) - 1))

    def classifier(self, classes: int, *, pretrained: bool) -> nn.Sequential:
        """The same network as a classifier, (B, C, S, S) → (B, classes) scores.

        Its hidden layers begin with the machines' weights, or as torch draws them; the last layer is always drawn.
        """
        layers: OrderedDict[str, nn.Module] = OrderedDict(flatten=nn.Flatten())
        for number in range(len(self.stack)):
            machine = self.machine(number)
            linear = nn.Linear(*machine.weight.shape)
            if pretrained:
                with torch.no_grad():
                    linear.weight.copy_(machine.weight.T)
                    linear.bias.copy_(machine.b)
            layers[f"fc{number}"], layers[f"sigmoid{number}"] = linear, nn.Sigmoid()
        layers["out"] = nn.Linear(self.latent, classes)
        return nn.Sequential(layers)
