"""The layers that look at photo, style and painting: EfficientNet-Lite0 or VGG-19, made fast for gradients to pixels.

EfficientNet-Lite0 is run with its batch norms folded into the convolutions, channels last, and every 1×1
convolution as one matrix product: the same maps (to 1e-4), in half the time of the plain modules.
"""

from __future__ import annotations

import threading
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

from engine.cards import unknown
from engine.errors import LabError
from engine.memory import kept
from engine.text import Text
from engine.zoo.efficientnet_lite import MEAN, STD, EfficientNetLite0, InvertedBottleneck, pretrained

LITE_CONTENT, LITE_STYLE = ("stage3",), ("stem", "stage1", "stage2", "stage3", "stage4")
VGG_CONTENT, VGG_STYLE = ("conv4_2",), ("conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1")  # Gatys et al. 2016
_MEAN, _STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet's RGB, for VGG


class Features(nn.Module):
    """Parts run one after another; `maps` gives what the named ones put out.

    layers: their names from fine to coarse; mean, std: of the brightness in [0, 1] the network was trained with.
    content, style: the names usually compared.
    """

    def __init__(self, parts: dict[str, nn.Module], *, content: tuple[str, ...], style: tuple[str, ...]) -> None:
        super().__init__()
        self.layers = tuple(parts)
        self.parts = nn.ModuleList(parts.values())
        self.content, self.style = content, style
        self.requires_grad_(False)
        self.eval()

    def maps(self, x: Tensor, names: set[str]) -> dict[str, Tensor]:
        """(1, 3, H, W) float32 RGB in [0, 1] to {name: (1, C, h, w)}; nothing is computed beyond the last one asked."""
        found: dict[str, Tensor] = {}
        x = x.contiguous(memory_format=torch.channels_last)
        for name, part in zip(self.layers, self.parts, strict=True):
            x = part(x)
            if name in names:
                found[name] = x
                if len(found) == len(names):
                    break
        return found

    def check(self, names: tuple[str, ...]) -> set[str]:
        """`names` as a set. Raises `LabError` for one that is no layer."""
        for name in names:
            if name not in self.layers:
                raise unknown(Text("layer", "층"), name, list(self.layers))
        return set(names)


_OPENING = threading.Lock()  # whoever needs a network that is being opened waits for it, and does not open it again


def features(network: str) -> Features:
    """The features with this name of `engine.style.settings.NETWORKS`; opened once.

    Raises: `LabError` for another name, or where its weights are not here.
    """
    with _OPENING:
        return _features(network)


@kept(2)
def _features(network: str) -> Features:
    if network == "efficientnet-lite0":
        return _lite(pretrained())
    if network in ("vgg19", "vgg19-random"):
        return _vgg(random=network.endswith("random"))
    raise unknown(Text("network", "신경망"), network, ["efficientnet-lite0", "vgg19", "vgg19-random"])


class _Normed(nn.Module):
    """Brightness in [0, 1] as the network was trained with it, then its first layers."""

    def __init__(self, mean: tuple[float, ...], std: tuple[float, ...], *layers: nn.Module) -> None:
        super().__init__()
        self.mean: Tensor
        self.std: Tensor
        self.register_buffer("mean", torch.tensor(mean).view(1, -1, 1, 1))
        self.register_buffer("std", torch.tensor(std).view(1, -1, 1, 1))
        self.layers = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        return self.layers((x - self.mean) / self.std)


def _lite(network: EfficientNetLite0) -> Features:
    parts: dict[str, nn.Module] = {"stem": _Normed((MEAN,) * 3, (STD,) * 3, *_fast(network.stem))}
    for number, stage in enumerate(network.stages, start=1):
        assert isinstance(stage, nn.Sequential)
        parts[f"stage{number}"] = nn.Sequential(*(_Bottleneck(block) for block in stage))  # type: ignore[arg-type]
    return Features(parts, content=LITE_CONTENT, style=LITE_STYLE)


class _Bottleneck(nn.Module):
    def __init__(self, block: InvertedBottleneck) -> None:
        super().__init__()
        self.layers, self.skips = nn.Sequential(*_fast(block.layers)), block.skips

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layers(x) if self.skips else self.layers(x)


def _fast(layers: nn.Sequential) -> list[nn.Module]:
    """Convolution, norm, ReLU6 … as convolutions that hold their norm, and ReLU6 that writes to a new place."""
    found: list[nn.Module] = []
    kids = list(layers)
    for layer, following in zip(kids, [*kids[1:], None], strict=True):
        if isinstance(layer, nn.Conv2d):
            assert isinstance(following, nn.BatchNorm2d)
            one = fuse_conv_bn_eval(layer, following)
            found.append(_Pointwise(one) if one.kernel_size == (1, 1) else _Convolution(one))
        elif isinstance(layer, nn.ReLU6):
            found.append(nn.ReLU6())  # in place it would copy: its input is a view
    return found


class _Pointwise(nn.Module):
    """A 1×1 convolution as a matrix product over pixels; channels last, so nothing is moved."""

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        assert conv.bias is not None
        self.weight = nn.Parameter(conv.weight.detach()[:, :, 0, 0].clone())  # (O, I)
        self.bias = nn.Parameter(conv.bias.detach().clone())

    def forward(self, x: Tensor) -> Tensor:  # (1, I, H, W) -> (1, O, H, W)
        return functional.linear(x.permute(0, 2, 3, 1), self.weight, self.bias).permute(0, 3, 1, 2)


class _Convolution(nn.Module):
    """`SameConv` without copying its input: where TensorFlow pads right and bottom only, one row and column too
    many are computed at the left and top and left away."""

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        assert conv.bias is not None
        self.weight = nn.Parameter(conv.weight.detach().clone(memory_format=torch.channels_last))
        self.bias = nn.Parameter(conv.bias.detach().clone())
        self.kernel, self.stride, self.groups = conv.kernel_size[0], conv.stride[0], conv.groups

    def forward(self, x: Tensor) -> Tensor:  # (1, I, H, W) -> (1, O, ceil(H / s), ceil(W / s))
        step, kernel = self.stride, self.kernel
        needs = [max((-(-size // step) - 1) * step + kernel - size, 0) for size in x.shape[2:]]
        odd = [need % 2 for need in needs]
        zeros = [need // 2 + step * one for need, one in zip(needs, odd, strict=True)]
        y = functional.conv2d(x, self.weight, self.bias, step, zeros, 1, self.groups)
        return y[:, :, odd[0] :, odd[1] :] if step > 1 else y


def _vgg(*, random: bool) -> Features:
    """VGG-19's convolutions up to conv5_1, each with its ReLU; average pooling, as Gatys et al. advise."""
    from torchvision.models.vgg import cfgs, make_layers  # here: takes a second to import, and others need none of it

    if random:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            layers = make_layers(cfgs["E"], batch_norm=False)
            for layer in layers:
                if isinstance(layer, nn.Conv2d):  # He: as strong behind the last layer as behind the first
                    nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    else:
        layers = _published_vgg()
    parts: dict[str, nn.Module] = {}
    pooled: list[nn.Module] = []
    block, number = 1, 0
    for layer in layers:
        if isinstance(layer, nn.MaxPool2d):
            block, number, pooled = block + 1, 0, [nn.AvgPool2d(2, ceil_mode=True)]
        elif isinstance(layer, nn.Conv2d):
            number += 1
            one = nn.Sequential(*pooled, layer, nn.ReLU())
            parts[f"conv{block}_{number}"] = _Normed(_MEAN, _STD, one) if not parts else one
            pooled = []
    names = list(parts)
    kept = {name: parts[name] for name in names[: names.index("conv5_1") + 1]}
    return Features(kept, content=VGG_CONTENT, style=VGG_STYLE)


def _published_vgg() -> nn.Sequential:
    from engine.models.official import open_official
    from engine.models.store import model

    try:
        found = open_official(model("vgg19")).features
    except LabError as error:
        text = Text(
            "{why} EfficientNet-Lite0 paints without a download.", "{why} EfficientNet-Lite0는 내려받지 않아도 그려요."
        )
        raise LabError(text(why=error.text)) from error
    assert isinstance(found, nn.Sequential)
    return found


class _Gram(torch.autograd.Function):
    """The products of all pairs of channels; its gradient is one matrix product, where autograd would make two."""

    @staticmethod
    def forward(ctx: Any, flat: Tensor) -> Tensor:  # (N, C) -> (C, C)
        ctx.save_for_backward(flat)
        return flat.T @ flat / len(flat)

    @staticmethod
    def backward(ctx: Any, *found: Tensor) -> Tensor:
        (flat,) = ctx.saved_tensors
        return flat @ ((found[0] + found[0].T) / len(flat))


def gram(features: Tensor) -> Tensor:
    """How often two channels are active together: (1, C, h, w) to (C, C), divided by h·w (Gatys et al. 2016, eq. 3)."""
    _, channels, height, width = features.shape
    found: Tensor = _Gram.apply(features.permute(0, 2, 3, 1).reshape(height * width, channels))
    return found
