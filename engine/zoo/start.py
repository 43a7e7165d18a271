"""How weights start (lecture row 34; He, Zhang, Ren, Sun, ICCV 2015)."""

from __future__ import annotations

import torch
from torch import nn


def he(network: nn.Module, generator: torch.Generator) -> None:
    """Draw the weights of convolutions and linear layers from N(0, 2 / fan-in); biases start at 0.

    With ReLU half of each signal is cut away; the factor 2 keeps its size from layer to layer. The
    numbers come from `generator` and not from torch's global one, which other threads use as well.
    """
    for module in network.modules():
        if isinstance(module, (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu", generator=generator)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
