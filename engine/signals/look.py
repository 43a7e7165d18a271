"""Looking into a network while it learns: a window, the kernel that slides along it, and what the network says (row 16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from engine.data.signalset import SignalSet
from engine.errors import LabError
from engine.jobs import Event, Job, Progress
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.begin import choose_dataset, read_part
from engine.train.events import Snapshot
from engine.train.recipes import recipe
from engine.zoo.weights import open_weights, put

OF_EACH = 4  # windows of every class to look at


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Windows of the part a training is measured on, spread over the classes: x (n, T, C), labels (n,) int64."""

    recipe: str
    dataset: str
    x: np.ndarray
    labels: np.ndarray
    classes: tuple[Text, ...]
    channels: tuple[str, ...]
    unit: str
    rate: float


@dataclass(frozen=True, slots=True, eq=False)
class Heard(Event):
    """What a network says of one window, and what one kernel of its first layer answers along it.

    scores: (classes,) float32 probabilities; (1,) the number itself where a number is asked for.
    kernel: (inputs, k) float32 weights. response: (T′,) float32 after ReLU. stride, padding: in samples.
    kernels: how many the first layer has. peak: where the response is largest.
    """

    scores: np.ndarray
    kernel: np.ndarray
    response: np.ndarray
    stride: int
    padding: int
    kernels: int
    peak: int
    latest_only: ClassVar[bool] = True


def examples(recipe_id: str, dataset: str = "auto") -> Job:
    """Windows to look at; a job, returns `Examples`. Raises `LabError` where the data are not here."""
    chosen = recipe(recipe_id)
    root = load_settings()[0].data()
    id = choose_dataset(chosen, dataset, root)
    found: SignalSet = yield from read_part(chosen, id, root, last=True)
    picked = spread(found.labels, len(found.classes))
    x = np.ascontiguousarray(found.x[picked])
    return Examples(chosen.id, id, x, found.labels[picked], found.classes, found.channels, found.unit, found.rate)


def spread(labels: np.ndarray, classes: int) -> np.ndarray:
    """Indices of a few windows of every class in turn: one of each, then another of each."""
    of = [np.flatnonzero(labels == kind) for kind in range(classes)]
    some = [one[np.linspace(0, len(one) - 1, min(OF_EACH, len(one))).astype(int)] if len(one) else one for one in of]
    return np.array([one[turn] for turn in range(OF_EACH) for one in some if turn < len(one)], np.int64)


def hear(window: np.ndarray, recipe_id: str, snapshot: Snapshot | None = None, *, kernel: int = 0) -> Job:
    """Ask the network of a snapshot (None: the bundled one) about (T, C) values; a job, yields and returns `Heard`.

    Raises: `LabError` where no weights came with the app and nothing was trained.
    """
    torch.set_num_threads(1)  # one small window: more threads only wait for each other
    yield Progress(0, 1)
    network = _network(snapshot) if snapshot is not None else _bundled(recipe_id)
    first = first_conv(network)
    kept: list[Tensor] = []
    hook = first.register_forward_hook(lambda module, inputs, output: kept.append(output))
    try:
        with torch.inference_mode():
            scores = network(torch.from_numpy(np.ascontiguousarray(window, np.float32))[None])[0].float()
    except RuntimeError as error:
        text = Text("This network learnt windows of another shape.", "이 신경망은 다른 모양의 구간을 배웠어요.")
        raise LabError(text) from error
    finally:
        hook.remove()
    number = kernel % first.out_channels
    response = kept[0][0, number].flatten().relu().numpy()
    weights = first.weight.detach()[number].numpy()
    answer = Heard(
        scores.softmax(0).numpy() if len(scores) > 1 else scores.numpy(),
        weights,
        response,
        int(first.stride[0]),
        int(first.padding[0]),
        first.out_channels,
        int(response.argmax()),
    )
    yield answer
    return answer


def first_conv(network: nn.Module) -> nn.Conv1d:
    """The layer nearest to the signal."""
    return next(module for module in network.modules() if isinstance(module, nn.Conv1d))


def _network(snapshot: Snapshot) -> nn.Module:
    network = recipe(snapshot.recipe).make(**dict(snapshot.build))
    put(network, dict(snapshot.weights), snapshot.recipe)
    return network.eval()


def _bundled(recipe_id: str) -> nn.Module:
    """A network of its own for whoever asks, who listens to its first layer; opening it takes 2 ms."""
    tensors, card = open_weights(recipe_id)
    network = recipe(recipe_id).make(**card["build"])
    put(network, tensors, recipe_id)
    return network.eval()
