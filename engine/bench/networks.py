"""The networks that are timed: the lectures' line with random weights, and any recipe's own."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from engine.cards import Task, unknown
from engine.errors import LabError
from engine.text import Text, same

RANDOM = Text(
    "Weights are random: they change what a network answers, not how long it takes.",
    "가중치는 무작위예요. 답은 달라져도 걸리는 시간은 같아요.",
)


@dataclass(frozen=True, slots=True)
class Net:
    """A network to time. shape: (C, H, W) of one picture. year: of its paper, 0 for a recipe's."""

    id: str
    name: Text
    year: int
    shape: tuple[int, ...]
    make: Callable[[], nn.Module]

    def build(self) -> nn.Module:
        """The network in eval mode, the same weights each time."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            return self.make().eval()

    def pictures(self, batch: int) -> Tensor:
        """(batch, *shape) float32 in [0, 1], the same each time."""
        return torch.rand(batch, *self.shape, generator=torch.Generator().manual_seed(0))


def _torchvision(name: str, **more: Any) -> Callable[[], nn.Module]:
    def make() -> nn.Module:
        from torchvision import models

        network: nn.Module = models.get_model(name, weights=None, **more)
        return network

    return make


def _lite0() -> nn.Module:
    from engine.zoo.efficientnet_lite import EfficientNetLite0

    return EfficientNetLite0()


_PHOTO = (3, 224, 224)
NETWORKS: tuple[Net, ...] = (
    Net("alexnet", same("AlexNet"), 2012, _PHOTO, _torchvision("alexnet")),
    Net("vgg16", same("VGG-16"), 2014, _PHOTO, _torchvision("vgg16")),
    Net("googlenet", same("GoogLeNet"), 2014, _PHOTO, _torchvision("googlenet", aux_logits=False, init_weights=False)),
    Net("resnet50", same("ResNet-50"), 2015, _PHOTO, _torchvision("resnet50")),
    Net("mobilenet_v3_large", same("MobileNetV3"), 2019, _PHOTO, _torchvision("mobilenet_v3_large")),
    Net("efficientnet-lite0", same("EfficientNet-Lite0"), 2020, _PHOTO, _lite0),
)
QUICK = ("alexnet", "resnet50", "mobilenet_v3_large")


_CLASSES = 10  # of a network that takes their number from its data
PHOTOS = "efficientnet-lite0"  # comes with ImageNet's weights


def timed() -> tuple[tuple[str, Text], ...]:
    """(id, name) of all that can be timed by itself."""
    from engine.train.recipes import RECIPES

    return tuple((one.id, one.name) for one in NETWORKS) + tuple((one.id, one.card.name) for one in RECIPES)


def naming() -> tuple[tuple[str, Text], ...]:
    """(id, name) of those that learn to name pictures: what precision can be tried on."""
    from engine.train.recipes import RECIPES

    known = tuple((one.id, one.name) for one in NETWORKS if one.id == PHOTOS)
    return known + tuple((one.id, one.card.name) for one in RECIPES if one.card.task is Task.CLASSIFY)


def net(id: str) -> Net:
    """One of `NETWORKS`, or the network of a recipe. Raises: `LabError` for neither."""
    from engine.train.recipes import RECIPES

    known = {one.id: one for one in NETWORKS}
    if id in known:
        return known[id]
    recipes = {one.id: one for one in RECIPES}
    if id not in recipes:
        raise unknown(Text("network", "신경망"), id, [*known, *recipes])
    return _of_recipe(recipes[id])


def _of_recipe(recipe: Any) -> Net:
    usual, first = recipe.defaults, recipe.layers[0] if recipe.layers else None
    if getattr(usual, "classes", 1) == 0:  # as many as the data have
        usual = dataclasses.replace(usual, classes=_CLASSES)
    shapes: list[tuple[int, ...]] = []
    if first and first.side:
        channels = recipe.build_arguments(usual).get("channels", first.channels)  # of a signal, by its data
        shapes = [(first.channels, first.side, first.side), (first.channels, first.side), (first.side, channels)]
    for shape in shapes:  # a picture, or a signal
        found = Net(recipe.id, recipe.card.name, 0, shape, lambda: recipe.build(usual))
        if _takes(found):
            return found
    text = Text(
        "The network of {id} takes more than one picture or signal, so it cannot be timed by itself. Choose another one.",
        "{id} 신경망은 그림이나 신호 하나 말고도 받는 것이 있어서 따로 잴 수 없어요. 다른 것을 고르세요.",
    )
    raise LabError(text(id=recipe.id))


def _takes(one: Net) -> bool:
    try:
        with torch.inference_mode():
            one.build()(one.pictures(2))
    except (RuntimeError, ValueError, TypeError, IndexError):
        return False
    return True


def chosen(models: str, *, quick: bool) -> tuple[Net, ...]:
    """Those named in `models` ("" = the usual ones; several with commas). Raises: `LabError`."""
    names = [name.strip() for name in models.split(",") if name.strip()]
    return tuple(net(name) for name in names or (QUICK if quick else [one.id for one in NETWORKS]))
