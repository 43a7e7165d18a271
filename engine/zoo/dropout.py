"""Dropout with its own random numbers (lecture row 29; Srivastava et al., JMLR 2014)."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Dropout(nn.Module):
    """Switch each value off with probability `p` while training; scale the rest by 1 / (1 − p).

    torch's own layer draws from one generator for the whole program: two trainings at once, or a
    network answering the pad meanwhile, would change each other's numbers, and a resumed run would
    not repeat. Here every run brings its `generator`. `p` may change between steps.
    """

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p
        self.generator: torch.Generator | None = None

    def forward(self, x: Tensor) -> Tensor:  # any shape
        if not self.training or self.p == 0:
            return x
        kept = torch.rand(x.shape, generator=self.generator)  # a third of the time of `bernoulli_`
        kept.lt_(1 - self.p)  # 1 or 0; True and False take a processor several times as long
        return x * kept.to(x.device, x.dtype) / (1 - self.p)
