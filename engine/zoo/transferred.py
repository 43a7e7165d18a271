"""A network learnt elsewhere with a new last layer: backbone in parts, the first of which may stay frozen (rows 55–61).

The backbone is EfficientNet-Lite0 (its ImageNet weights come with the app), the app's own digit network, or one of
torchvision's where its weights are on this machine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.text import Text, same
from engine.zoo import digits
from engine.zoo.chain import Chain, fix, rest
from engine.zoo.efficientnet_lite import MEAN, STD, EfficientNetLite0, pretrained
from engine.zoo.weights import open_weights, put

CHUNK = 32  # pictures at once when nothing is learnt: the first maps of more would fill the memory
EARLY, PIECE = 3, 8  # parts of the largest maps, and how many pictures go through them at once where they learn
WIDE = 64  # pixels; smaller maps lie in the cache anyway
PARTS = 9  # steps of the freeze slider; backbones with other numbers of parts are scaled to it
_MEAN, _STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of brightness in [0, 1], as torchvision normalises


@dataclass(frozen=True, slots=True)
class Backbone:
    """One network to start from.

    build:    (with its learnt weights?) to (parts in order, channels of the last map or numbers that come out).
    side:     pixels it was made for. channels: 3, or 1 for grey. mean, std: how it wants brightness in [0, 1].
    official: the id of the model card whose weights must be here; "" where they come with the app.
    source:   what it has learnt from.
    """

    id: str
    name: Text
    build: Callable[[bool], tuple[list[nn.Module], int]]
    side: int
    channels: int
    mean: tuple[float, ...]
    std: tuple[float, ...]
    source: Text
    official: str = ""


_IMAGENET = Text("ImageNet: a million photographs", "ImageNet: 사진 백만 장")


def _lite0(learnt: bool) -> tuple[list[nn.Module], int]:
    whole = pretrained() if learnt else EfficientNetLite0(1)
    return [whole.stem, *whole.stages, whole.head], 1280


def _digits(learnt: bool) -> tuple[list[nn.Module], int]:
    tensors, about = open_weights("mnist-deep") if learnt else ({}, {"build": {"batch_norm": True, "dropout": 0.0}})
    whole = digits.deep(**about["build"])
    if learnt:
        put(whole, tensors, "mnist-deep")
    layers = dict(whole.layers.named_children())
    parts: list[nn.Module] = []
    for name, layer in layers.items():
        if name == "dropout1":
            break
        if name.startswith(("conv", "ring", "flatten")) and not (name == "conv4" and "ring" in layers):
            parts.append(Chain())
        part = parts[-1]
        assert isinstance(part, Chain)
        part.append(layer)
    return parts, 50


def _torchvision(name: str, card: str, channels: int) -> Callable[[bool], tuple[list[nn.Module], int]]:
    def build(learnt: bool) -> tuple[list[nn.Module], int]:
        from torchvision import models as published

        from engine.models import model, open_official

        whole: Any = open_official(model(card)) if learnt else published.get_model(name, weights=None)
        if hasattr(whole, "layer1"):
            stem = nn.Sequential(whole.conv1, whole.bn1, whole.relu, whole.maxpool)
            return [stem, whole.layer1, whole.layer2, whole.layer3, whole.layer4], channels
        return list(whole.features), channels

    return build


def _official(id: str, name: str, card: str, channels: int) -> Backbone:
    build = _torchvision(id.replace("-", "_"), card, channels)
    return Backbone(id, same(name), build, 224, 3, _MEAN, _STD, _IMAGENET, card)


BACKBONES: tuple[Backbone, ...] = (
    Backbone("efficientnet-lite0", same("EfficientNet-Lite0"), _lite0, 224, 3, (MEAN,) * 3, (STD,) * 3, _IMAGENET),
    Backbone(
        "mnist-deep",
        Text("Digit network (mnist-deep)", "숫자 신경망 (mnist-deep)"),
        _digits,
        28,
        1,
        (digits.MEAN,),
        (digits.STD,),
        Text("MNIST: 60,000 digits", "MNIST: 숫자 6만 장"),
    ),
    _official("mobilenet-v3-small", "MobileNetV3 small", "mobilenet-v3-small-imagenet1k-v1", 576),
    _official("resnet18", "ResNet-18", "resnet18-imagenet1k-v1", 512),
    _official("resnet50", "ResNet-50", "resnet50-imagenet1k-v2", 2048),
    _official("vgg16", "VGG16", "vgg16-imagenet1k-v1", 512),
)


def backbone(id: str) -> Backbone:
    """The one with this id."""
    return next(one for one in BACKBONES if one.id == id)


class Transferred(nn.Module):
    """(B, C, H, W) float32 in [0, 1] of any size to (B, classes): prepared, through the backbone, a new last layer.

    frozen: how many parts of the backbone do not learn. pretrained: its batch norms stay as they are
    (chain.py), in the parts that learn too.
    """

    def __init__(
        self,
        classes: int,
        backbone_id: str = "efficientnet-lite0",
        side: int = 160,
        freeze: int = 0,
        pretrained: bool = False,
    ) -> None:
        super().__init__()
        self.pretrained = pretrained
        self.backbone_id = backbone_id
        parts, width = self.start.build(False)
        self.encoder = nn.ModuleList(parts)
        self.fc = nn.Linear(width, classes)
        self.side = side
        self.mean: Tensor
        self.std: Tensor
        for name in ("mean", "std"):
            self.register_buffer(name, torch.tensor(getattr(self.start, name)).view(1, -1, 1, 1), persistent=False)
        self.frozen = round(freeze / PARTS * len(parts))
        for part in self.encoder[: self.frozen]:
            part.requires_grad_(False)
        if pretrained:
            fix(self.encoder)
        self.known: dict[int, Tensor] = {}  # what the frozen parts say of views of pictures seen before

    @property
    def start(self) -> Backbone:
        """What it starts from; not kept, because a copy of the network is made of plain values."""
        return backbone(self.backbone_id)

    def train(self, mode: bool = True) -> Transferred:
        super().train(mode)
        for part in self.encoder[: self.frozen]:
            part.eval()
        if self.pretrained:
            rest(self.encoder)
        return self

    def put_learnt(self) -> None:
        """The backbone's learnt weights in place of those drawn. Raises `LabError` where they are not here."""
        parts, _ = self.start.build(True)
        for ours, theirs in zip(self.encoder, parts, strict=True):
            ours.load_state_dict(theirs.state_dict())

    def prepared(self, x: Tensor) -> Tensor:
        """(B, C, H, W) in [0, 1] to what the backbone takes: its size, its colours, its brightness."""
        if x.shape[1] != self.start.channels:
            x = x.mean(1, keepdim=True) if self.start.channels == 1 else x.expand(-1, 3, -1, -1)
        edge = 0
        if self.start.channels == 1 and x.shape[2] < self.side:  # MNIST's digits leave a margin of a seventh
            edge = self.side // 7
        inner = self.side - 2 * edge
        if x.shape[2:] != (inner, inner):
            smaller = x.shape[2] > inner
            x = functional.interpolate(x, (inner, inner), mode="bilinear", align_corners=False, antialias=smaller)
        if edge:
            x = functional.pad(x, (edge, edge, edge, edge))
        return ((x - self.mean) / self.std).contiguous(memory_format=torch.channels_last)

    def before(self, x: Tensor) -> Tensor:
        """(B, C, H, W) pictures to what leaves the frozen parts; nothing of it is remembered for a gradient."""
        with torch.no_grad():
            x = self.prepared(x)
            for part in self.encoder[: self.frozen]:
                x = part(x)
        return x

    def after(self, x: Tensor) -> Tensor:
        """What left the frozen parts to (B, classes)."""
        parts = list(self.encoder[self.frozen :])
        early = nn.Sequential(*parts[: max(0, EARLY - self.frozen)])
        if early and self.training and self.pretrained and x.device.type == "cpu" and x.shape[-1] > WIDE:
            # No batch norm learns, so no picture hangs on another one: a few at once, whose maps stay in the cache.
            x, parts = torch.cat([early(piece) for piece in x.split(PIECE)]), parts[len(early) :]
        for part in parts:
            x = part(x)
        return self.fc(x.mean((2, 3)) if x.ndim == 4 else x)

    def maps_of(self, picture: Tensor) -> tuple[Tensor, list[tuple[str, Tensor]]]:
        """One picture (1, C, H, W): logits (classes,), and the maps (C, h, w) that leave each part of the backbone."""
        maps: list[tuple[str, Tensor]] = []
        with torch.inference_mode():
            x = self.prepared(picture)
            for number, part in enumerate(self.encoder, 1):
                x = part(x)
                if x.ndim == 4:
                    maps.append((f"conv{number}", x[0].relu().float()))
            logits = self.fc(x.mean((2, 3)) if x.ndim == 4 else x)
        return logits[0].float(), maps

    def forward(self, x: Tensor, inside: bool = False) -> Tensor:
        """Pictures, or with `inside` what left the frozen parts, to (B, classes)."""
        if not self.training and not inside and not torch.compiler.is_exporting() and len(x) > CHUNK:
            return torch.cat([self(part) for part in x.split(CHUNK)])
        if inside:
            return self.after(x)
        return self.after(self.before(x) if self.frozen else self.prepared(x))
