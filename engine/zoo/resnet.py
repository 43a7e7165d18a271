"""Residual networks for small pictures, and the plain ones they beat (lecture rows 44, 45, 46).

He, Zhang, Ren, Sun, Deep residual learning, CVPR 2016, section 4.2: 6n + 2 layers with 16, 32 and 64 channels. Their
shortcut has no weights (option A: every second pixel, zeros for the new channels), so a plain network of the same
depth has exactly the same weights and can start from the same numbers. `order="before"` is the pre-activation block
of He et al., Identity mappings in deep residual networks, ECCV 2016: norm and ReLU stand before each convolution.
"""

from __future__ import annotations

from collections import OrderedDict

from torch import Tensor, nn
from torch.nn import functional

from engine.zoo.colour import CLASSES, ColourNet, begin, channels_in
from engine.zoo.dropout import Dropout

WIDTHS = (16, 32, 64)


class Residual(nn.Module):
    """Two 3×3 convolutions F(x), and F(x) + x as the answer; without its skip F(x) alone."""

    def __init__(self, inputs: int, outputs: int, *, stride: int, skip: bool, before: bool, norm: bool) -> None:
        super().__init__()
        self.stride, self.more = stride, outputs - inputs
        self.skip, self.before = skip, before
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=not norm)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=not norm)
        self.norm1 = nn.BatchNorm2d(inputs if before else outputs) if norm else nn.Identity()
        self.norm2 = nn.BatchNorm2d(outputs) if norm else nn.Identity()
        self.relu1, self.relu2 = nn.ReLU(inplace=norm), nn.ReLU(inplace=norm)

    def forward(self, x: Tensor) -> Tensor:  # (B, inputs, H, W) -> (B, outputs, H / stride, W / stride)
        if self.before:
            f = self.conv2(self.relu2(self.norm2(self.conv1(self.relu1(self.norm1(x))))))
            return f + self.shortcut(x) if self.skip else f
        f = self.norm2(self.conv2(self.relu1(self.norm1(self.conv1(x)))))
        return self.relu2(f + self.shortcut(x) if self.skip else f)

    def shortcut(self, x: Tensor) -> Tensor:
        """x as large as F(x): every second pixel, and zeros for the channels that x does not have."""
        x = x[:, :, :: self.stride, :: self.stride] if self.stride > 1 else x
        return functional.pad(x, (0, 0, 0, 0, 0, self.more)) if self.more else x


def blocks_of(depth: int) -> int:
    """Residual blocks in each of the three stages of a network with `depth` layers (6n + 2, rounded down)."""
    return max(1, (depth - 2) // 6)


def cifar(
    *,
    batch_norm: bool,
    dropout: float,
    depth: int = 20,
    skips: bool = True,
    order: str = "after",
    shuffle_pixels: bool = False,
    grey: bool = False,
    mirror: bool = False,
) -> ColourNet:
    """resnet-`depth`, or plain-`depth` without skips, for 32×32 pictures."""
    before = order == "before"
    layers = begin(shuffle_pixels)
    layers["conv1"] = nn.Conv2d(channels_in(grey), WIDTHS[0], 3, padding=1, bias=not batch_norm)
    if not before:
        layers["norm1"] = nn.BatchNorm2d(WIDTHS[0]) if batch_norm else nn.Identity()
        layers["relu1"] = nn.ReLU(inplace=True)
    inputs = WIDTHS[0]
    for stage, width in enumerate(WIDTHS, start=1):
        for number in range(1, blocks_of(depth) + 1):
            stride = 2 if number == 1 and stage > 1 else 1  # 32 → 16 → 8
            layers[f"block{stage}_{number}"] = Residual(
                inputs, width, stride=stride, skip=skips, before=before, norm=batch_norm
            )
            inputs = width
    if before:
        layers["norm2"] = nn.BatchNorm2d(inputs) if batch_norm else nn.Identity()
        layers["relu2"] = nn.ReLU(inplace=True)
    layers["mean"] = nn.AdaptiveAvgPool2d(1)
    layers["flatten"] = nn.Flatten()
    layers["dropout1"] = Dropout(dropout)
    layers["fc1"] = nn.Linear(inputs, CLASSES)
    return ColourNet(layers, grey=grey, mirror=mirror)


def residuals(network: nn.Module) -> OrderedDict[str, Residual]:
    """The blocks of a network that have, or could have, a skip, first layer first."""
    return OrderedDict(
        (name.removeprefix("layers."), module)
        for name, module in network.named_modules()
        if isinstance(module, Residual)
    )
