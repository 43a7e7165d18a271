"""The two ways in which a painting is moved: L-BFGS (Liu, Nocedal 1989) and Adam (Kingma, Ba 2015).

They are what `torch.optim.LBFGS` with one iteration a step and `torch.optim.Adam` compute; but those import torch's
compiler when the first one is made, and a first preview would wait seconds for what is not used.
"""

from __future__ import annotations

from collections import deque
from typing import Protocol

import torch
from torch import Tensor

LEAST_CURVATURE = 1e-10  # y · s below which a pair is not remembered
LEAST_GRADIENT = 1e-7  # its largest entry, below which nothing is to be gained
BETAS, TINY = (0.9, 0.999), 1e-8  # of Adam


class Mover(Protocol):
    """Moves a tensor by its gradient there, one step at a time."""

    def move(self, x: Tensor, gradient: Tensor) -> None: ...


class Lbfgs:
    """`history`: how many pairs of move and change of gradient it remembers; rate: the length of a step."""

    def __init__(self, *, history: int, rate: float = 1.0) -> None:
        self._pairs: deque[tuple[Tensor, Tensor, float]] = deque(maxlen=history)  # s, y, 1 / (y · s)
        self._rate, self._scale = rate, 1.0
        self._before: tuple[Tensor, Tensor] | None = None  # the gradient there, and the move from there

    @torch.no_grad()
    def move(self, x: Tensor, gradient: Tensor) -> None:
        """One step: the first along the gradient, with entries that sum to at most `rate`."""
        flat = gradient.reshape(-1)
        if float(flat.abs().max()) <= LEAST_GRADIENT:
            return
        if self._before is None:
            step = flat.neg()
            length = min(1.0, 1.0 / float(flat.abs().sum())) * self._rate
        else:
            self._remember(flat)
            step, length = self._direction(flat), self._rate
        if float(flat @ step) > 0:  # not downhill: rounding has spoilt the pairs
            return
        step = step.mul_(length)
        self._before = flat.clone(), step
        x.add_(step.view_as(x))

    def _remember(self, flat: Tensor) -> None:
        assert self._before is not None
        change, step = flat - self._before[0], self._before[1]
        curvature = float(change @ step)
        if curvature > LEAST_CURVATURE:
            self._pairs.append((step, change, 1.0 / curvature))
            self._scale = curvature / float(change @ change)

    def _direction(self, flat: Tensor) -> Tensor:
        """The two loops of Nocedal, Wright, "Numerical Optimization", algorithm 7.4."""
        found, shares = flat.neg(), list[float]()
        for step, change, inverse in reversed(self._pairs):
            shares.append(float(step @ found) * inverse)
            found.add_(change, alpha=-shares[-1])
        found.mul_(self._scale)
        for (step, change, inverse), share in zip(self._pairs, reversed(shares), strict=True):
            found.add_(step, alpha=share - float(change @ found) * inverse)
        return found


class Adam:
    """Means of the gradient and of its square, both corrected for their start at zero."""

    def __init__(self, *, rate: float) -> None:
        self._rate, self._steps = rate, 0
        self._mean: Tensor | None = None
        self._square: Tensor | None = None

    @torch.no_grad()
    def move(self, x: Tensor, gradient: Tensor) -> None:
        """One step."""
        if self._mean is None or self._square is None:
            self._mean, self._square = torch.zeros_like(gradient), torch.zeros_like(gradient)
        first, second = BETAS
        self._steps += 1
        self._mean.lerp_(gradient, 1 - first)
        self._square.mul_(second).addcmul_(gradient, gradient, value=1 - second)
        spread = (self._square / (1 - second**self._steps)).sqrt_().add_(TINY)
        x.addcdiv_(self._mean, spread, value=-self._rate / (1 - first**self._steps))
