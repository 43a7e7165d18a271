"""A restricted Boltzmann machine: two layers, no links inside a layer, an energy for each state (lecture row 123).

E(v, h) = −a·v − b·h − v·W·h        p(v, h) ∝ exp(−E)        Hinton, Training products of experts, 2002
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.latent.model import Generative

CHAIN = 50  # Gibbs steps from noise to a sample


@dataclass(frozen=True, slots=True)
class State:
    """One state of a small machine: its units, its energy, and how likely it is."""

    visible: tuple[float, ...]
    hidden: tuple[float, ...]
    energy: float
    probability: float


def every_state(weights: Tensor, a: Tensor, b: Tensor, *, values: tuple[float, float] = (-1.0, 1.0)) -> list[State]:
    """All states of a machine small enough to count, least energy first.

    The lecture's example: one visible and one hidden unit with values −1 and 1. With w = 1 and a = b = −1 the state
    −1/−1 has the least energy, −3.

    Args:
        weights: (V, H); a: (V,); b: (H,), with V + H at most 12. values: what a unit may be.
    """
    found = []
    for units in itertools.product(values, repeat=len(a) + len(b)):
        v, h = torch.tensor(units[: len(a)]), torch.tensor(units[len(a) :])
        found.append((units, float(-(a @ v) - b @ h - v @ weights @ h)))
    likely = torch.tensor([-energy for _, energy in found], dtype=torch.float64).softmax(0).tolist()
    states = [
        State(units[: len(a)], units[len(a) :], energy, p) for (units, energy), p in zip(found, likely, strict=True)
    ]
    return sorted(states, key=lambda state: state.energy)


class Rbm(Generative):
    """Binary units; W (V, H), a (V,), b (H,). Its code is the state of the hidden units."""

    kind = "rbm"

    def __init__(self, *, latent: int, side: int, channels: int, pixels: int = 0) -> None:
        super().__init__(latent=latent, side=side, channels=channels)
        visible = pixels or channels * side * side
        self.weight = nn.Parameter(0.01 * torch.randn(visible, latent))
        self.a, self.b = nn.Parameter(torch.zeros(visible)), nn.Parameter(torch.zeros(latent))

    def up(self, v: Tensor) -> Tensor:
        """p(h = 1 | v), (B, H)."""
        return torch.sigmoid(v @ self.weight + self.b)

    def down(self, h: Tensor) -> Tensor:
        """p(v = 1 | h), (B, V)."""
        return torch.sigmoid(h @ self.weight.T + self.a)

    def free_energy(self, v: Tensor) -> Tensor:
        """F(v) = −a·v − Σⱼ log(1 + exp(bⱼ + v·Wⱼ)), (B,): less for what the machine takes for likely."""
        return -(v @ self.a) - functional.softplus(v @ self.weight + self.b).sum(1)

    @torch.no_grad()
    def contrast(
        self, v: Tensor, chain: Tensor | None, k: int, random: torch.Generator, *, anew: float = 0.0
    ) -> tuple[Tensor, Tensor]:
        """CD-k: put the gradient of −log p(v), as far as k Gibbs steps know it, into `.grad` of W, a and b.

        Args:
            v: (B, V) in [0, 1]. chain: (B, V) where the chain goes on (persistent CD); None starts it at `v`.
            anew: the share of the chains that begin again with noise. Chains that only go on never see where a dream
                begins: a blank page could become the likeliest state of all there, and nothing unlearnt it.
        Returns:
            (p(v) after k steps (B, V), the sampled end of the chain (B, V)).
        """
        up = self.up(v)
        h = drawn(self.up(chain), random) if chain is not None else drawn(up, random)
        if anew:
            noise = drawn(torch.full_like(h, 0.5), random)
            h = torch.where(torch.rand(len(h), 1, generator=random) < anew, noise, h)
        for _ in range(k):
            seen = self.down(h)
            sample = drawn(seen, random)
            expected = self.up(sample)
            h = drawn(expected, random)
        self.weight.grad = (sample.T @ expected - v.T @ up) / len(v)
        self.a.grad, self.b.grad = (sample - v).mean(0), (expected - up).mean(0)
        return seen, sample

    @torch.no_grad()
    def centre(self, v: Tensor, sample: Tensor) -> None:
        """Make the gradient of `contrast` the one of centred units, which treats ink and paper alike and so learns in
        a tenth of the passes (Cho, Raiko, Ilin, Enhanced gradient for training restricted Boltzmann machines, 2013).

        Args:
            v, sample: (B, V) data and the end of the chain that `contrast` was given and gave.
        """
        assert self.weight.grad is not None and self.a.grad is not None and self.b.grad is not None
        across = (v.mean(0) + sample.mean(0)) / 2
        under = (self.up(v).mean(0) + self.up(sample).mean(0)) / 2
        self.weight.grad -= torch.outer(across, self.b.grad) + torch.outer(self.a.grad, under)
        self.a.grad -= self.weight.grad @ under
        self.b.grad -= across @ self.weight.grad

    @torch.no_grad()
    def film(self, v: Tensor, steps: int, random: torch.Generator) -> list[Tensor]:
        """The Gibbs chain from states (B, V): p(v | h) after each of `steps` steps, (B, C, S, S)."""
        found = []
        for _ in range(steps):
            seen = self.down(drawn(self.up(v), random))
            v = drawn(seen, random)
            found.append(seen.view(-1, self.channels, self.side, self.side))
        return found

    @torch.no_grad()
    def draw(self, count: int, random: torch.Generator, truncation: float = 1.0) -> Tensor:
        """Hidden states at the end of Gibbs chains that begin with noise. truncation below 1 cools them: energies count
        1 / truncation times."""
        h = drawn(torch.full((count, self.latent), 0.5), random)
        cold = 1 / max(0.05, truncation)
        for _ in range(CHAIN):
            v = drawn(torch.sigmoid(cold * (h @ self.weight.T + self.a)), random)
            h = drawn(torch.sigmoid(cold * (v @ self.weight + self.b)), random)
        return h

    def decode(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        return self.down(z).view(-1, self.channels, self.side, self.side)

    def encode(self, x: Tensor) -> Tensor | None:
        return self.up(x.flatten(1))

    @torch.no_grad()
    def tiles(self, count: int) -> Tensor:
        """What the strongest `count` hidden units look for: (count, C, S, S) in [0, 1], grey = no link."""
        chosen = self.weight.norm(dim=0).argsort(descending=True)[:count]
        tiles = self.weight.T[chosen].reshape(-1, self.channels, self.side, self.side)
        top = tiles.abs().amax((1, 2, 3), keepdim=True).clamp_min(1e-9)
        return 0.5 + 0.5 * tiles / top


def drawn(probabilities: Tensor, random: torch.Generator) -> Tensor:
    """0 or 1 for each probability, by a coin of that weight."""
    return (torch.rand(probabilities.shape, generator=random) < probabilities).to(probabilities)
