"""Networks that give every pixel a class: FCN, SegNet, U-Net, and a pyramid on EfficientNet-Lite0.

All take (B, 3, H, W) float32 RGB in [0, 1], with H and W multiples of 32, and return (B, classes, H, W) logits.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.zoo.depthwise import Depthwise
from engine.zoo.efficientnet_lite import MEAN, STD, EfficientNetLite0, pretrained

CLASSES = 11  # of CamVid


def conv(inputs: int, outputs: int, kernel: int = 3, *, each: bool = False) -> nn.Sequential:
    """Convolution, batch norm, ReLU; the size stays. `each`: every channel alone."""
    whole = nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False)
    layer = Depthwise(inputs, kernel) if each else whole
    return nn.Sequential(layer, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


def separable(inputs: int, outputs: int) -> nn.Sequential:
    """A 3×3 convolution in two parts: each channel alone, then 1×1 across them; 8 to 9 times fewer products."""
    return nn.Sequential(conv(inputs, inputs, 3, each=True), conv(inputs, outputs, 1))


def resized(x: Tensor, like: Tensor) -> Tensor:
    """`x` stretched bilinearly to the height and width of `like`."""
    return functional.interpolate(x, like.shape[2:], mode="bilinear", align_corners=False)


class Double(nn.Sequential):
    """Two 3×3 convolutions in a row, as in VGG."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(conv(inputs, outputs), conv(outputs, outputs))


class FCN(nn.Module):
    """Fully convolutional network (lecture row 82; Long, Shelhamer, Darrell, CVPR 2015), the 8s form.

    A classifier whose last layers are written as 1×1 convolutions answers for every place at once. Its
    coarse scores are enlarged by transposed convolutions and added to those of two finer layers.
    """

    def __init__(self, classes: int = CLASSES, width: int = 32) -> None:
        super().__init__()
        widths = [width, 2 * width, 3 * width, 4 * width, 4 * width]
        ins = [3, *widths]
        self.stages = nn.ModuleList(Double(a, b) for a, b in zip(ins, widths, strict=False))
        self.scores = nn.ModuleList(nn.Conv2d(w, classes, 1) for w in widths[2:])  # at 1/8, 1/16, 1/32
        self.twice = nn.ModuleList(nn.ConvTranspose2d(classes, classes, 4, 2, 1, bias=False) for _ in range(2))

    def forward(self, x: Tensor) -> Tensor:  # (B, 3, H, W) -> (B, classes, H, W)
        picture, x, maps = x, (x - MEAN) / STD, []
        for stage in self.stages:
            x = functional.max_pool2d(stage(x), 2)
            maps.append(x)  # 1/2, 1/4, 1/8, 1/16, 1/32
        eighth, sixteenth, coarse = (score(m) for score, m in zip(self.scores, maps[2:], strict=True))
        x = sixteenth + self.twice[0](coarse)
        x = eighth + self.twice[1](x)
        return resized(x, picture)


class SegNet(nn.Module):
    """SegNet (lecture row 88, Fig. 8-25; Badrinarayanan, Kendall, Cipolla, PAMI 2017), made narrow.

    The decoder remembers where each maximum came from: max unpooling puts values back at those places
    and leaves zeros elsewhere, and convolutions fill them in. Edges come back without learnt up-sampling.
    """

    def __init__(self, classes: int = CLASSES, width: int = 32) -> None:
        super().__init__()
        widths = [width, 2 * width, 3 * width, 4 * width]
        self.down = nn.ModuleList(Double(a, b) for a, b in zip([3, *widths], widths, strict=False))
        ups = [*reversed(widths), width]
        self.up = nn.ModuleList(Double(a, b) for a, b in pairwise(ups))
        self.classifier = nn.Conv2d(width, classes, 1)

    def forward(self, x: Tensor) -> Tensor:  # (B, 3, H, W) -> (B, classes, H, W)
        x, places = (x - MEAN) / STD, []
        for stage in self.down:
            x = stage(x)
            size = x.shape[2:]
            x, where = functional.max_pool2d(x, 2, return_indices=True)
            places.append((where, size))
        for stage, (where, size) in zip(self.up, reversed(places), strict=True):
            x = stage(functional.max_unpool2d(x, where, [2, 2], output_size=list(size)))
        return self.classifier(x)


class UNet(nn.Module):
    """U-Net (lecture row 86; Ronneberger, Fischer, Brox, MICCAI 2015): skips carry fine maps across.

    skips: False replaces each skip by zeros, to see what is lost.
    """

    def __init__(self, classes: int = CLASSES, width: int = 24, *, skips: bool = True) -> None:
        super().__init__()
        self.skips = skips
        widths = [width * 2**i for i in range(5)]
        self.down = nn.ModuleList(Double(a, b) for a, b in zip([3, *widths], widths, strict=False))
        self.grow = nn.ModuleList(nn.ConvTranspose2d(w, w // 2, 2, 2) for w in reversed(widths[1:]))
        self.up = nn.ModuleList(Double(w, w // 2) for w in reversed(widths[1:]))
        self.classifier = nn.Conv2d(width, classes, 1)

    def forward(self, x: Tensor) -> Tensor:  # (B, 3, H, W) -> (B, classes, H, W)
        x, kept = (x - MEAN) / STD, []
        for number, stage in enumerate(self.down):
            x = stage(x if number == 0 else functional.max_pool2d(x, 2))
            kept.append(x)
        for grow, stage, skip in zip(self.grow, self.up, reversed(kept[:-1]), strict=True):
            skip = skip if self.skips else torch.zeros_like(skip)
            x = stage(torch.cat((skip, grow(x)), dim=1))
        return self.classifier(x)


class Context(nn.Module):
    """Means over the whole map and over 2×2, 3×3 and 6×6 parts of it, laid beside it (Zhao et al., PSPNet, 2017).

    A patch of grey may be road or sky; what the rest of the picture shows decides.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.parts = (1, 2, 3, 6)
        self.narrow = nn.ModuleList(conv(inputs, outputs // 4, 1) for _ in self.parts)
        self.merge = conv(inputs + outputs, outputs, 1)

    def forward(self, x: Tensor) -> Tensor:  # (B, I, h, w) -> (B, O, h, w)
        means = [n(functional.adaptive_avg_pool2d(x, k)) for n, k in zip(self.narrow, self.parts, strict=True)]
        return self.merge(torch.cat((x, *(resized(m, x) for m in means)), dim=1))


class LitePyramid(nn.Module):
    """The best we have: EfficientNet-Lite0 as encoder, a feature pyramid as decoder (Lin et al., CVPR 2017).

    Coarse maps know what, fine maps know where. From 1/32 to 1/4 each level is enlarged and added to the
    next finer; then all levels are brought to 1/4 and summed (Kirillov et al., Panoptic FPN, 2019).
    """

    def __init__(self, classes: int = CLASSES, width: int = 96) -> None:
        super().__init__()
        self.encoder = EfficientNetLite0(1)
        self.encoder.head, self.encoder.classifier = nn.Identity(), nn.Identity()  # type: ignore[assignment]
        levels = (24, 40, 112, 320)  # channels at 1/4, 1/8, 1/16, 1/32
        self.context = Context(levels[-1], width)
        self.lateral = nn.ModuleList(conv(channels, width, 1) for channels in levels[:-1])
        self.smooth = nn.ModuleList(separable(width, width) for _ in levels)
        self.merge = separable(width, width)
        self.classifier = nn.Conv2d(width, classes, 1)

    def forward(self, x: Tensor) -> Tensor:  # (B, 3, H, W) -> (B, classes, H, W)
        maps = self.encoder.maps(x)
        fine = [maps[2], maps[3], maps[5]]  # 1/4, 1/8, 1/16
        top = self.context(maps[7])  # (B, width, H / 32, W / 32)
        levels = [self.smooth[3](top)]
        for number in (2, 1, 0):
            top = self.lateral[number](fine[number])
            top = top + resized(levels[-1], top)
            levels.append(self.smooth[number](top))
        total = levels[-1] + sum(resized(level, levels[-1]) for level in levels[:-1])
        return resized(self.classifier(self.merge(total)), x)


def put_pretrained(network: nn.Module) -> None:
    """Give `network.encoder` EfficientNet-Lite0's ImageNet weights. Raises `LabError` without their package."""
    learnt = pretrained().state_dict()
    assert isinstance(network.encoder, nn.Module)
    wanted = network.encoder.state_dict()
    network.encoder.load_state_dict({name: learnt[name] for name in wanted})
