"""Where in the picture a class was seen: class activation maps, with and without a backward pass."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn


def class_activation_map(last_map: Tensor, weights: Tensor) -> np.ndarray:
    """The class's weights times the last feature map; no backward pass.

    Only for networks that average the last map and then apply one linear layer: the mean of what is returned,
    plus the bias, is then exactly the class's logit (Zhou et al., Learning Deep Features for Discriminative
    Localization, CVPR 2016, eq. 2).

    Args:
        last_map: (C, h, w). weights: (C,), the linear layer's row of the class.
    Returns:
        (h, w) float32, signed.
    """
    return np.asarray(torch.einsum("c,chw->hw", weights, last_map).float().cpu().numpy())


def grad_cam(network: nn.Module, layer: nn.Module, x: Tensor, target: int) -> np.ndarray:
    """Where `layer` argued for a class: its maps, weighted by the mean gradient of the class's logit.

    For any network and any layer with maps (Selvaraju et al., Grad-CAM, ICCV 2017, eq. 1 and 2).

    Args:
        x: (1, C, H, W). target: index into the network's (1, K) logits.
    Returns:
        (h, w) float32, not below 0.
    """
    kept: list[Tensor] = []

    def keep(_layer: nn.Module, _given: object, maps: Tensor) -> Tensor:
        kept.append(maps.clone())
        return kept[-1].clone()  # what follows may change its input in place

    handle = layer.register_forward_hook(keep)
    try:
        with torch.enable_grad():
            logits = network(x.clone().requires_grad_())  # the weights are not asked for their gradients
            (gradient,) = torch.autograd.grad(logits[0, target], kept[0])
    finally:
        handle.remove()
    weights = gradient[0].mean((1, 2))  # (C,)
    return np.asarray(torch.einsum("c,chw->hw", weights, kept[0][0]).clamp(min=0).detach().float().numpy())


def shares(heat: np.ndarray) -> np.ndarray:
    """A map as (h, w) float32 in [0, 1]: what speaks against the class is 0, the strongest place 1."""
    top = float(heat.max())
    return np.asarray(np.clip(heat / top, 0, 1) if top > 0 else np.zeros_like(heat), np.float32)
