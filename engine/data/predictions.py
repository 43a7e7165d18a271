"""What a network says about every picture of a set: its class, how sure it is, how wrong it was.

Only networks that were made for these classes are offered; where there is none, there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from engine.cards import Task
from engine.data.forms.form import AnySet
from engine.data.imageset import ImageSet
from engine.data.photoset import PhotoSet
from engine.data.pictures import read_small
from engine.data.thumbnails import fitted
from engine.devices import Device, choose
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same
from engine.train.measure import as_input, logits_of
from engine.train.recipes import RECIPES, Recipe
from engine.train.runs import RunSummary, list_runs
from engine.zoo.weights import open_weights, put

BATCH, PHOTO_BATCH = 500, 8
DIGITS = tuple(str(digit) for digit in range(10))
_READING = Text("A network reads the pictures", "신경망이 그림을 읽는 중")

Inputs = Callable[[AnySet, np.ndarray, Device], tuple[Tensor, np.ndarray]]


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """A network's reading of a set.

    reader:     the id of the network, and its name in words.
    labels:     (N,) int64 the set's own classes, −1 = none.
    read_as:    (N,) int64 the class it says, −1 where the picture could not be read.
    confidence: (N,) float32 in [0, 1], its probability for that class.
    loss:       (N,) float32, −log of its probability for the label; nan where there is no label or no reading.
    """

    reader: str
    name: Text
    labels: np.ndarray
    read_as: np.ndarray
    confidence: np.ndarray
    loss: np.ndarray
    classes: int

    @property
    def judged(self) -> np.ndarray:
        """(N,) bool: which were read and have a label to compare with."""
        return (self.read_as >= 0) & (self.labels >= 0)

    @property
    def right(self) -> np.ndarray:
        """(N,) bool: which were read as their label says."""
        return self.judged & (self.read_as == self.labels)

    @property
    def accuracy(self) -> float:
        """The share of those judged that are right, in [0, 1]; nan when none was judged."""
        judged = int(self.judged.sum())
        return float(self.right.sum() / judged) if judged else float("nan")

    @property
    def confusion(self) -> np.ndarray:
        """(classes, classes) int64, rows = label, columns = reading."""
        at = self.labels[self.judged] * self.classes + self.read_as[self.judged]
        return np.bincount(at, minlength=self.classes**2).reshape(self.classes, self.classes)


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """A network that can read a set.

    name:    what it is; note: where its weights come from.
    open:    makes it, in eval mode.
    inputs:  some pictures of a set as its input, with (b,) bool: which of them could be read.
    outputs: for each class of the set the outputs of the network that mean it, or None where they are the same.
    """

    id: str
    name: Text
    note: Text
    open: Callable[[], nn.Module]
    inputs: Inputs
    outputs: tuple[tuple[int, ...], ...] | None = None
    batch: int = BATCH


def readers_of(set_: AnySet) -> Job:
    """The networks on this machine that read the classes of `set_`, the most fitting first; returns a tuple."""
    yield Progress(0, 1, Text("Looking for networks", "신경망을 찾는 중"))
    found = [*_trained_on(set_, (yield from list_runs())), *_bundled(set_), *_imagenet(set_)]
    return tuple(found)


def predict(set_: AnySet, reader: Reader) -> Job:
    """Read every picture of `set_`; yields `Progress` after each batch, returns `Predictions`.

    Raises: `LabError` when the network's weights are missing or damaged.
    """
    device = choose("auto", "fp32", spare=1)
    network = reader.open().to(device.where, memory_format=torch.channels_last)  # type: ignore[call-overload]
    count, classes = len(set_), len(set_.classes)
    labels = np.full(count, -1, np.int64) if set_.labels is None else set_.labels
    read_as, sure, loss = np.full(count, -1, np.int64), np.zeros(count, np.float32), np.full(count, np.nan, np.float32)
    for start in range(0, count, reader.batch):
        yield Progress(start, count, _READING)
        index = np.arange(start, min(start + reader.batch, count))
        p, could = _probabilities(network, reader, set_, index, device)
        index = index[could]
        read_as[index], sure[index] = p.argmax(1), p.max(1, initial=0.0)
        answered = labels[index] >= 0
        loss[index[answered]] = -np.log(p[answered, labels[index[answered]]].clip(1e-9))
    return Predictions(reader.id, reader.name, labels, read_as, sure, loss, classes)


def _probabilities(
    network: nn.Module, reader: Reader, set_: AnySet, index: np.ndarray, device: Device
) -> tuple[np.ndarray, np.ndarray]:
    """(n, classes) float32 for the pictures that could be read, and which those are."""
    with torch.inference_mode():
        pictures, could = reader.inputs(set_, index, device)
        p = logits_of(network, pictures, device).softmax(1).cpu().numpy()
    if reader.outputs is not None:
        p = np.stack([p[:, list(columns)].sum(1) for columns in reader.outputs], axis=1)
    return p, could


# Which networks fit


def _class_names(set_: AnySet) -> tuple[str, ...]:
    return tuple(name.en for name in set_.classes)


def _pixels(set_: AnySet, index: np.ndarray, device: Device) -> tuple[Tensor, np.ndarray]:
    """Pictures of one size, as the digit recipes learn them."""
    assert isinstance(set_, ImageSet)
    return as_input(set_.images[index], device), np.ones(len(index), bool)


def _trained_on(set_: AnySet, runs: tuple[RunSummary, ...]) -> list[Reader]:
    """Runs of this machine that learnt to classify this very set."""
    recipes = {recipe.id: recipe for recipe in RECIPES if recipe.card.task is Task.CLASSIFY}
    return [
        _reader_of_run(recipes[run.recipe], run)
        for run in runs
        if isinstance(set_, ImageSet)
        and run.dataset == set_.id
        and run.recipe in recipes
        and (run.folder / "best.safetensors").is_file()
    ]


def _reader_of_run(recipe: Recipe, run: RunSummary) -> Reader:
    note = Text("run of {date}", "실행 {date}")(date=run.started[:16].replace("T", " "))
    weights = str(run.folder / "best.safetensors")
    return Reader(str(run.folder), recipe.card.name, note, lambda: _opened(recipe, weights), _pixels)


def _opened(recipe: Recipe, which: str) -> nn.Module:
    tensors, about = open_weights(recipe.id, which)
    network = recipe.make(**about.get("build", recipe.build_arguments(recipe.defaults)))
    put(network, tensors, Path(which).parent.name if which != "bundled" else recipe.id)
    return network.eval()


def _bundled(set_: AnySet) -> list[Reader]:
    """The digit network that came with the app, for sets of 28×28 digits."""
    fits = isinstance(set_, ImageSet) and set_.images.shape[1:] == (28, 28) and _class_names(set_) == DIGITS
    if not fits:
        return []
    recipe = next(recipe for recipe in RECIPES if recipe.id == "mnist-deep")
    note = Text("bundled", "내장")
    return [Reader("bundled", recipe.card.name, note, lambda: _opened(recipe, "bundled"), _pixels)]


def _imagenet(set_: AnySet) -> list[Reader]:
    """EfficientNet-Lite0, when every class of a set of photographs is one that ImageNet names."""
    if not isinstance(set_, PhotoSet) or set_.labels is None or not set_.classes:
        return []
    known = _imagenet_classes()
    outputs = tuple(known.get(_plain(name), ()) for name in _class_names(set_))
    if not all(outputs):
        return []
    from engine.zoo.efficientnet_lite import pretrained

    name = same("EfficientNet-Lite0")
    note = Text("1,000 classes of ImageNet", "ImageNet 1,000개 클래스")
    return [Reader("efficientnet-lite0", name, note, pretrained, _photographs, outputs, PHOTO_BATCH)]


def _imagenet_classes() -> dict[str, tuple[int, ...]]:
    """The numbers of the classes that ImageNet calls so; some names occur twice (crane, maillot)."""
    from engine.models.imagenet import names  # imports torchvision

    found: dict[str, tuple[int, ...]] = {}
    for index, name in enumerate(names()):
        found[_plain(name.en)] = (*found.get(_plain(name.en), ()), index)
    return found


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _photographs(set_: AnySet, index: np.ndarray, device: Device) -> tuple[Tensor, np.ndarray]:
    """The middle of each photograph at 224×224; those that cannot be read are left out."""
    from engine.zoo.efficientnet_lite import SIDE

    assert isinstance(set_, PhotoSet)
    pictures, could = [], np.zeros(len(index), bool)
    for at, i in enumerate(index):
        try:
            pictures.append(fitted(read_small(set_.path(int(i)), SIDE)[0], (SIDE, SIDE)))
            could[at] = True
        except LabError:
            continue  # listed with the thumbnails
    stacked = np.stack(pictures) if pictures else np.zeros((0, SIDE, SIDE, 3), np.uint8)
    return as_input(stacked, device), could
