"""How weights start (lecture row 34; He, Zhang, Ren, Sun, ICCV 2015)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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


def xavier(network: nn.Module, generator: torch.Generator) -> None:
    """Draw from N(0, 2 / (fan-in + fan-out)) (Glorot, Bengio, AISTATS 2010): right for tanh, half of He's for ReLU."""
    for module in _mixing(network):
        nn.init.xavier_normal_(module.weight, generator=generator)


def small(network: nn.Module, generator: torch.Generator) -> None:
    """Draw from N(0, 0.01²) as was usual before: without batch norm signals fade from layer to layer (row 48)."""
    for module in _mixing(network):
        nn.init.normal_(module.weight, std=0.01, generator=generator)


def identity(network: nn.Module, generator: torch.Generator) -> None:
    """torch's own uniform weights, but of each 3×3 convolution the first filters pass their channel on (Dirac).

    As airbench starts (K. Jordan, 2024): a deep network that first hands its picture through learns sooner.
    """
    for module in _mixing(network):
        nn.init.kaiming_uniform_(module.weight, a=5**0.5, generator=generator)
        if isinstance(module, nn.Conv2d) and module.kernel_size == (3, 3) and module.in_channels > 3:
            nn.init.dirac_(module.weight.data[: module.in_channels])


RULES: dict[str, Callable[[nn.Module, torch.Generator], None]] = {
    "he": he,
    "xavier": xavier,
    "small": small,
    "identity": identity,
}


def _mixing(network: nn.Module) -> Iterator[nn.Conv2d | nn.Linear]:
    """The convolutions and linear layers, first layer first; their biases are set to 0."""
    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            if module.bias is not None:
                nn.init.zeros_(module.bias)
            yield module
