"""Layers in a row whose batch norms may stay as they were learnt (He et al., Deep residual learning, 2016, detection).

With few new pictures a batch's own mean and variance say more of the batch than of the world; what a million pictures
said is kept. Such a batch norm is a fixed scale and shift, so it need not touch the map: scaled weights answer the same.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor, nn


class Chain(nn.Sequential):
    """`nn.Sequential` with the same answers; while it learns, a convolution and a batch norm at rest are one step."""

    def forward(self, x: Tensor) -> Tensor:
        if not (self.training and torch.is_grad_enabled()):
            return super().forward(x)
        layers = list(self.children())
        while layers:
            layer = layers.pop(0)
            if isinstance(layer, nn.Conv2d) and layers and at_rest(layers[0]):
                x = scaled(layer, layers.pop(0), x)
            else:
                x = layer(x)
        return x


def at_rest(layer: nn.Module) -> bool:
    """True for a batch norm that stays as it is: `rest` and `fix`."""
    fixed = isinstance(layer, nn.BatchNorm2d) and not layer.training
    return fixed and not any(p.requires_grad for p in layer.parameters())


def scaled(layer: nn.Conv2d, norm: nn.Module, x: Tensor) -> Tensor:
    """norm(layer(x)) in one convolution: γ (w ∗ x − μ) / √(σ² + ε) + β = (s w) ∗ x + (β − s μ) with s = γ / √(σ² + ε)."""
    assert isinstance(norm, nn.BatchNorm2d)
    assert norm.running_mean is not None and norm.running_var is not None
    with torch.no_grad():
        scale = norm.weight * (norm.running_var + norm.eps).rsqrt_()
        shift = norm.bias - scale * norm.running_mean
    if layer.bias is not None:
        shift = shift + scale * layer.bias
    answer: Tensor = layer._conv_forward(x, layer.weight * scale.view(-1, 1, 1, 1), shift)
    return answer


def fix(network: nn.Module) -> None:
    """Its batch norms stay as they are; `rest` keeps them so when the network is told to train."""
    for layer in _norms(network):
        layer.requires_grad_(False)


def rest(network: nn.Module) -> None:
    """Its batch norms use the statistics they have."""
    for layer in _norms(network):
        layer.eval()


def _norms(network: nn.Module) -> Iterator[nn.Module]:
    return (layer for layer in network.modules() if isinstance(layer, nn.BatchNorm2d))
