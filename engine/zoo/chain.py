"""Layers in a row whose batch norms may stay as they were learnt (He et al., Deep residual learning, 2016, detection).

With few new pictures a batch's own mean and variance say more of the batch than of the world; what a million pictures
said is kept. Such a batch norm is a fixed scale and shift, so it need not touch the map: scaled weights answer the same.
A ReLU6 behind it is done by the convolution too, before it lets go of each value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.zoo.depthwise import around, backwards, narrowed, pays

_FUSED: Any = (
    getattr(torch.ops.mkldnn, "_convolution_pointwise", None) if torch.backends.mkldnn.is_available() else None
)
_FUSES = {torch.float32: _FUSED is not None}
_FUSES[torch.bfloat16] = _FUSED is not None and bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


class Chain(nn.Sequential):
    """`nn.Sequential` with the same answers; while it learns, a convolution, a batch norm at rest and a ReLU6 are one step."""

    def forward(self, x: Tensor) -> Tensor:
        if not (self.training and torch.is_grad_enabled()):
            return super().forward(x)
        layers = list(self.children())
        while layers:
            layer = layers.pop(0)
            if isinstance(layer, nn.Conv2d) and layers and at_rest(layers[0]):
                norm = layers.pop(0)
                if layers and isinstance(layers[0], nn.ReLU6) and _clampable(layer, x):
                    layers.pop(0)
                    x = clamped(layer, norm, x)
                else:
                    x = scaled(layer, norm, x)
            else:
                x = layer(x)
        return x


def at_rest(layer: nn.Module) -> bool:
    """True for a batch norm that stays as it is: `rest` and `fix`."""
    fixed = isinstance(layer, nn.BatchNorm2d) and not layer.training
    return fixed and not any(p.requires_grad for p in layer.parameters())


def scaled(layer: nn.Conv2d, norm: nn.Module, x: Tensor) -> Tensor:
    """norm(layer(x)) in one convolution."""
    scale, shift = _learnt(norm)
    if layer.bias is not None:
        shift = shift + scale * layer.bias
    answer: Tensor = layer._conv_forward(x, layer.weight * scale.view(-1, 1, 1, 1), shift)
    return answer


def clamped(layer: nn.Conv2d, norm: nn.Module, x: Tensor) -> Tensor:
    """relu6(norm(layer(x))) in one convolution."""
    scale, shift = _learnt(norm)
    own: Any = getattr(layer, "zeros", None)  # a layer whose sides differ says so
    high, wide = (int(side) for side in layer.padding)
    zeros = own(x) if own else (wide, wide, high, high)
    answer: Tensor = _Clamped.apply(narrowed(x), layer.weight, scale.view(-1, 1, 1, 1), shift, layer.stride[0], zeros)
    return answer


def _clampable(layer: nn.Conv2d, x: Tensor) -> bool:
    simple = layer.bias is None and layer.groups in (1, layer.in_channels) and layer.dilation == (1, 1)
    return simple and not isinstance(layer.padding, str) and pays(layer, x)


@torch.no_grad()
def _learnt(norm: nn.Module) -> tuple[Tensor, Tensor]:
    """γ (w ∗ x − μ) / √(σ² + ε) + β = (s w) ∗ x + (β − s μ): s = γ / √(σ² + ε) and β − s μ, both (C,)."""
    assert isinstance(norm, nn.BatchNorm2d)
    assert norm.running_mean is not None and norm.running_var is not None
    scale = norm.weight * (norm.running_var + norm.eps).rsqrt_()
    return scale, norm.bias - scale * norm.running_mean


class _Clamped(torch.autograd.Function):
    """A convolution by scaled weights that ends in a ReLU6, with its gradients written out.

    torch's own ReLU6 in place keeps a copy of what stood there, though what it leaves says as much.
    """

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, weight: Tensor, scale: Tensor, shift: Tensor, stride: int, zeros: tuple[int, ...]
    ) -> Tensor:
        kernels, shift = (weight * scale).to(x.dtype), shift.to(x.dtype)
        groups = x.shape[1] // weight.shape[1]
        ctx.shape, ctx.zeros = x.shape, zeros
        x, padding = around(x, zeros)
        ctx.how = (stride, padding)
        if _FUSES.get(x.dtype):
            ways = ([padding] * 2, [stride] * 2, [1, 1], groups, "hardtanh", [0.0, 6.0], "")
            answer = _FUSED(x, kernels, shift, *ways)
        else:  # a processor or a torch that has no such kernel
            answer = functional.conv2d(x, kernels, shift, stride, padding, 1, groups).clamp_(0, 6)
        ctx.save_for_backward(x, kernels, scale, answer)
        return answer

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        x, kernels, scale, answer = ctx.saved_tensors
        grad = grads[0].contiguous(memory_format=torch.channels_last)
        grad = torch.ops.aten.hardtanh_backward(grad, answer, 0, 6)  # of both ends nothing comes through
        found = backwards(grad, kernels, x, ctx.shape, ctx.how, ctx.zeros, ctx.needs_input_grad)
        return found[0], None if found[1] is None else found[1] * scale, None, None, None, None


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
