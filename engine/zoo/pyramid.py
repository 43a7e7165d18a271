"""The neck between an encoder and a detector's head: maps of three scales that know of each other.

Lecture row 57. Going down, coarse maps tell fine ones what is there (Lin et al., "Feature Pyramid Networks for
Object Detection", CVPR 2017); going up again, fine maps tell coarse ones where its edges are (Liu et al., "Path
Aggregation Network for Instance Segmentation", CVPR 2018). All 3×3 and 5×5 convolutions are depthwise-separable
and maps are added, not joined, as in EfficientDet (Tan, Pang, Le, CVPR 2020): that is what a CPU can pay for.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn
from torch.nn import functional

from engine.zoo.depthwise import Depthwise
from engine.zoo.efficientnet_lite import EfficientNetLite0

STRIDES = (8, 16, 32)  # pixels of the picture per cell of each map
CHANNELS = (40, 112, 320)  # of EfficientNet-Lite0's three maps


class Separable(nn.Sequential):
    """A k×k convolution of each channel alone, then 1×1 across channels, batch norm and ReLU.

    For 96 → 96 channels and k = 5 that is 11,616 weights instead of 230,400.
    """

    def __init__(self, inputs: int, outputs: int, kernel: int = 5, *, stride: int = 1) -> None:
        super().__init__(
            Depthwise(inputs, kernel, stride),
            nn.Conv2d(inputs, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )


def without_classifier(encoder: EfficientNetLite0) -> EfficientNetLite0:
    """The same network, its last 1,280 channels and 1,000 classes gone: 3.4 M parameters that see, none that name."""
    encoder.head, encoder.classifier = nn.Sequential(), nn.Identity()  # type: ignore[assignment]
    return encoder


class Pyramid(nn.Module):
    """Three maps of an encoder to three maps of `width` channels at the same strides 8, 16 and 32.

    Args:
        channels: of the maps that come in, finest first.
        width:    channels of every map that goes out.
        up_again: whether the way back up (PAN) follows the way down (FPN).
    """

    def __init__(self, channels: Sequence[int] = CHANNELS, *, width: int = 96, up_again: bool = True) -> None:
        super().__init__()
        self.width = width
        self.lateral = nn.ModuleList(
            nn.Sequential(nn.Conv2d(c, width, 1, bias=False), nn.BatchNorm2d(width)) for c in channels
        )
        steps = len(channels) - 1
        self.down = nn.ModuleList(Separable(width, width) for _ in range(steps))
        self.shrink = nn.ModuleList(Separable(width, width, stride=2) for _ in range(steps if up_again else 0))
        self.up = nn.ModuleList(Separable(width, width) for _ in range(steps if up_again else 0))

    def forward(self, maps: Sequence[Tensor]) -> list[Tensor]:
        """(B, channels[i], H / stride[i], W / stride[i]) each -> (B, width, H / stride[i], W / stride[i]) each."""
        out = [lateral(x) for lateral, x in zip(self.lateral, maps, strict=True)]
        for i in reversed(range(len(self.down))):  # coarse to fine
            coarse = functional.interpolate(out[i + 1], size=out[i].shape[2:], mode="nearest")
            out[i] = self.down[i](out[i] + coarse)
        for i, (shrink, mix) in enumerate(zip(self.shrink, self.up, strict=True)):  # fine to coarse
            out[i + 1] = mix(out[i + 1] + shrink(out[i]))
        return out
