"""Trainings with a fault planted in them, and healthy ones, for `bench verdict`: nothing of this is in the product.

Faults are planted through what any recipe may choose: its settings, its data, and the network that `make` builds.
Each case is small enough to be trained in about a second on one core.
"""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from torch import Tensor, nn

from engine.data.imageset import ImageSet, fingerprint
from engine.train.begin import held_out_split, usual_settings
from engine.train.recipes import Recipe, recipe
from engine.train.settings import FitSettings
from engine.zoo.digits import DigitNet

HALF = 1500  # of the 28×28 digits: what a case of a second can afford
KINDS = (
    "overfitting",
    "underfitting",
    "dead-relu",
    "rate-too-high",
    "rate-too-low",
    "vanishing",
    "label-noise",
)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One training. kind: the verdict it should get, or "healthy"."""

    kind: str
    name: str
    recipe: Recipe
    settings: FitSettings
    train: ImageSet
    held_out: ImageSet


class Shift(nn.Module):
    """Takes the same number from every value: before a ReLU, a bias so low that hardly a unit answers."""

    def __init__(self, by: float) -> None:
        super().__init__()
        self.by = by

    def forward(self, x: Tensor) -> Tensor:
        return x - self.by


def cases(seed: int, small: ImageSet, digits: ImageSet) -> Iterator[Case]:
    """All cases of one seed: six of each kind of fault, eighteen healthy.

    Args:
        small: the 8×8 digits to learn from; digits: the 28×28 ones.
    """
    world = _World(seed, small, digits.part(_some(seed, len(digits), HALF), "train"), digits)
    for plant in (_rates, _data, _networks, _healthy):
        yield from plant(world)


@dataclass(frozen=True, slots=True, eq=False)
class _World:
    seed: int
    small: ImageSet
    half: ImageSet
    digits: ImageSet

    def case(self, kind: str, name: str, of: str, data: str = "small", /, **how: Any) -> Case:
        """A training of recipe `of` on `data`; `make` and `labels` plant, the rest are settings."""
        make, change, pair = (how.pop(key, None) for key in ("make", "change", "pair"))
        chosen = recipe(of) if make is None else dataclasses.replace(recipe(of), make=make)
        whole: ImageSet = getattr(self, data)
        settings = dataclasses.replace(usual_settings(recipe(of), whole.id), seed=self.seed, **how)
        if data != "small":
            settings = dataclasses.replace(settings, held_out=300)
        whole = change(whole) if change else whole
        train, held_out = pair(whole) if pair else held_out_split(whole, settings)
        return Case(kind, name, chosen, settings, train, held_out)


_WAYS = (
    ("norm, one-cycle", {"batch_norm": True, "schedule": "one-cycle"}),
    ("norm, constant", {"batch_norm": True, "schedule": "constant"}),
    ("no norm, one-cycle", {"batch_norm": False, "schedule": "one-cycle"}),
    ("no norm, constant", {"batch_norm": False, "schedule": "constant"}),
)


def _rates(world: _World) -> Iterator[Case]:
    """A hundred times the usual learning rate, and a thousandth of it."""
    for name, way in _WAYS:
        yield world.case("rate-too-high", f"CNN, {name}", "digits-quick", epochs=8.0, learning_rate=0.6, **way)
        yield world.case("rate-too-low", f"CNN, {name}", "digits-quick", epochs=8.0, learning_rate=6e-6, **way)
    for name, of, usual in (("MLP", "mnist-mlp", 0.003), ("CNN 28×28", "mnist-simple", 0.008)):
        yield world.case("rate-too-high", name, of, "half", epochs=3.0, learning_rate=100 * usual)
        yield world.case("rate-too-low", name, of, "half", epochs=3.0, learning_rate=usual / 1000)


def _data(world: _World) -> Iterator[Case]:
    """Three labels in ten dealt out anew; and far too few pictures for far too many passes."""

    def shuffled(data: ImageSet) -> ImageSet:
        return with_noise(data, 0.3, world.seed)

    def few(count: int) -> Callable[[ImageSet], tuple[ImageSet, ImageSet]]:
        def pair(data: ImageSet) -> tuple[ImageSet, ImageSet]:
            order = _some(world.seed, len(data), count + 300)
            return data.part(order[:count], "train"), data.part(order[count:], "held-out")

        return pair

    for name, way in _WAYS:
        yield world.case("label-noise", f"CNN, {name}", "digits-quick", epochs=10.0, change=shuffled, **way)
        learn = {"epochs": 50.0, "batch_size": 8, "dropout": 0.0, **way}
        yield world.case("overfitting", f"CNN on 30, {name}", "digits-quick", pair=few(30), **learn)
    yield world.case("label-noise", "CNN, long", "digits-quick", epochs=30.0, change=shuffled)
    yield world.case("label-noise", "MLP", "mnist-mlp", "half", epochs=6.0, change=shuffled)
    learn = {"epochs": 40.0, "batch_size": 16, "dropout": 0.0, "pair": few(60)}
    yield world.case("overfitting", "MLP on 60", "mnist-mlp", "half", **learn)
    yield world.case("overfitting", "CNN on 60", "mnist-simple", "half", **{**learn, "epochs": 20.0})


def _networks(world: _World) -> Iterator[Case]:
    """Units that cannot answer, sigmoids in a long row, too little room; and pictures too much changed to learn."""
    for layer in (0, 1, 2):
        for by in (9.0, 14.0):
            made = _perceptron((128, 128, 128), nn.ReLU, shift=(layer, by))
            yield world.case("dead-relu", f"bias −{by:g} in layer {layer + 1}", "digits-quick", make=made, epochs=6.0)
    for depth, width in ((10, 32), (12, 16), (12, 64), (15, 32), (18, 32), (20, 16)):
        made = _perceptron((width,) * depth, nn.Sigmoid)
        yield world.case("vanishing", f"{depth} sigmoid layers of {width}", "digits-quick", make=made, epochs=8.0)
    for units in (1, 2):
        made = _perceptron((units,), nn.Tanh)
        yield world.case("underfitting", f"{units} hidden units", "digits-quick", make=made, epochs=12.0)
    made = _perceptron((2,), nn.Tanh, side=28)
    yield world.case("underfitting", "2 hidden units 28×28", "mnist-mlp", "half", make=made, epochs=8.0)
    wild = {"rotate": 45.0, "shift": 2.0, "scale": 0.5, "stretch": 0.5, "learning_rate": 0.002}
    yield world.case("underfitting", "augmentation too strong", "digits-quick", epochs=8.0, **wild)
    wild = {"rotate": 45.0, "shift": 8.0, "scale": 0.5, "stretch": 0.5, "bend": 5.0}
    yield world.case("underfitting", "augmentation too strong, MLP", "mnist-mlp", "half", epochs=6.0, **wild)
    yield world.case("underfitting", "dropout 0.8", "digits-quick", epochs=8.0, dropout=0.8, learning_rate=0.002)


def _healthy(world: _World) -> Iterator[Case]:
    """Usual settings and what a sensible person may vary in them."""
    for name, way in _WAYS:
        yield world.case("healthy", f"CNN, {name}", "digits-quick", epochs=10.0, **way)
        yield world.case("healthy", f"CNN, {name}, long", "digits-quick", epochs=20.0, **way)
    for how in (
        {"learning_rate": 0.003},
        {"learning_rate": 0.012},
        {"dropout": 0.3, "epochs": 15.0},
        {"batch_size": 256, "epochs": 20.0},
        {"batch_size": 16, "learning_rate": 0.002, "epochs": 5.0},
        {"shift": 0.5, "rotate": 8.0, "epochs": 15.0},
    ):
        name = ", ".join(f"{key} {value:g}" for key, value in how.items())
        yield world.case("healthy", f"CNN, {name}", "digits-quick", **{"epochs": 10.0, **how})
    yield world.case("healthy", "MLP", "mnist-mlp", "digits")
    yield world.case("healthy", "MLP, augmented", "mnist-mlp", "digits", epochs=8.0, shift=1.0, rotate=8.0)
    yield world.case("healthy", "CNN 28×28", "mnist-simple", "digits", epochs=3.0)
    yield world.case("healthy", "CNN 28×28, half the data", "mnist-simple", "half", epochs=5.0)


def with_noise(data: ImageSet, share: float, seed: int) -> ImageSet:
    """The same pictures with the labels of a share of them dealt out anew among these."""
    draw = np.random.default_rng(seed)
    labels, chosen = data.labels.copy(), draw.permutation(len(data))[: round(share * len(data))]
    labels[chosen] = draw.permutation(labels[chosen])
    return dataclasses.replace(data, labels=labels, fingerprint=fingerprint(data.images, labels))


def _some(seed: int, whole: int, count: int) -> np.ndarray:
    return np.random.default_rng(seed).permutation(whole)[:count]


def _perceptron(
    widths: tuple[int, ...], bend: type[nn.Module], *, side: int = 8, shift: tuple[int, float] | None = None
) -> Callable[..., nn.Module]:
    """Layers of these widths with `bend` after each; `shift`: (layer, how much) is taken from its sums."""

    def make(**arguments: Any) -> nn.Module:
        layers: OrderedDict[str, nn.Module] = OrderedDict(flatten=nn.Flatten())
        inputs = side * side
        for number, width in enumerate(widths):
            layers[f"fc{number + 1}"] = nn.Linear(inputs, width)
            if shift and shift[0] == number:
                layers["shift"] = Shift(shift[1])
            layers[f"{bend.__name__.lower()}{number + 1}"] = bend()
            inputs = width
        layers["scores"] = nn.Linear(inputs, 10)
        return DigitNet(layers)

    return make
