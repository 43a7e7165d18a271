"""Reading a small colour photograph with a network in training: its answer and what its layers saw."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from engine.data import ImageSet
from engine.data.pictures import read_small
from engine.data.thumbnails import fitted
from engine.errors import LabError
from engine.jobs import Event, Job, Progress
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.begin import choose_dataset, read_part
from engine.train.events import Snapshot
from engine.train.recipes import recipe
from engine.zoo.weights import open_weights, put

LAYERS = 3  # of which maps are shown: an early one, a middle one, a late one
_BENDS = (nn.ReLU, nn.ReLU6, nn.GELU, nn.Tanh, nn.Hardswish, nn.SiLU)


@dataclass(frozen=True, slots=True, eq=False)
class Some:
    """A few pictures of the last part of a recipe's data. images: (n, H, W, 3) uint8; labels: (n,) int64."""

    images: np.ndarray
    labels: np.ndarray
    classes: tuple[Text, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PhotoReading(Event):
    """What a network says of one picture.

    seen: (H, W, 3) uint8. probabilities: (classes,) float32. maps: of some layers the name and (C, h, w) float32.
    bundled: the weights that came with the app answered, not those of a training.
    """

    seen: np.ndarray
    probabilities: np.ndarray
    maps: tuple[tuple[str, np.ndarray], ...]
    milliseconds: float
    bundled: bool
    latest_only: ClassVar[bool] = True


def some_pictures(id: str, *, dataset: str = "auto", count: int = 60, seed: int = 3) -> Job:
    """Some pictures that the recipe `id` does not learn from; a job that returns `Some`.

    Raises: `LabError` when its data are not on this machine or are no colour pictures.
    """
    root = load_settings()[0].data()
    chosen = recipe(id)
    data = yield from read_part(chosen, choose_dataset(chosen, dataset, root), root, last=True)
    if not isinstance(data, ImageSet):
        raise LabError(Text("This recipe reads no small colour pictures.", "작은 컬러 그림을 읽는 레시피가 아니에요."))
    some = np.random.default_rng(seed).permutation(len(data))[:count]
    images = np.ascontiguousarray(data.images[some])
    images = images if images.ndim == 4 else np.repeat(images[..., None], 3, axis=3)  # grey ones are shown as colour
    return Some(images, data.labels[some], data.classes)


def own_picture(path: Path, side: int) -> Job:
    """The middle of a photograph of a person's own, (side, side, 3) uint8; a job. Raises `LabError` naming the file."""
    yield Progress(0, 1)
    return fitted(read_small(path, 4 * side)[0], (side, side))


def read_photo(seen: np.ndarray, id: str, snapshot: Snapshot | None) -> Job:
    """Read a picture with the weights of a training, or those that came with the app; a job.

    Args:
        seen: (H, W, 3) uint8 as the recipe `id` learns them.
    Yields and returns: one `PhotoReading`.
    Raises: `LabError` when there is no snapshot and no weights came with the app.
    """
    torch.set_num_threads(1)  # one small picture: more threads only wait for each other
    network = _network(id, snapshot)
    picture = torch.from_numpy(np.ascontiguousarray(seen)).permute(2, 0, 1)[None].float().div_(255)
    began = time.perf_counter()
    with _Listening(network) as heard, torch.inference_mode():
        logits = network(picture)[0].float()
    milliseconds = 1000 * (time.perf_counter() - began)
    reading = PhotoReading(seen, logits.softmax(0).numpy(), heard.some(), milliseconds, snapshot is None)
    yield reading
    return reading


def _network(id: str, snapshot: Snapshot | None) -> nn.Module:
    if snapshot is not None:
        network = recipe(snapshot.recipe).make(**dict(snapshot.build))
        put(network, dict(snapshot.weights), id)
        return network.eval()
    tensors, about = open_weights(id)
    network = recipe(id).make(**about["build"])
    put(network, tensors, id)
    return network.eval()


class _Listening:
    """Keeps what the bent layers with maps answer, copied, the first time each is asked."""

    def __init__(self, network: nn.Module) -> None:
        self._layers = [(n.removeprefix("layers."), m) for n, m in network.named_modules() if isinstance(m, _BENDS)]
        self._heard: dict[str, Tensor] = {}
        self._handles: list[Any] = []

    def __enter__(self) -> _Listening:
        for name, module in self._layers:
            self._handles.append(module.register_forward_hook(self._hear(name)))
        return self

    def __exit__(self, *error: object) -> None:
        for handle in self._handles:
            handle.remove()

    def _hear(self, name: str) -> Any:
        def hear(module: nn.Module, given: object, answer: Tensor) -> None:
            if answer.ndim == 4 and name not in self._heard:
                self._heard[name] = answer[0].float().clone()

        return hear

    def some(self) -> tuple[tuple[str, np.ndarray], ...]:
        """`LAYERS` of them, spread evenly from the first to the last."""
        names = list(self._heard)
        places = sorted({round(at) for at in np.linspace(0, len(names) - 1, LAYERS)}) if names else []
        return tuple((_short(names[at]), self._heard[names[at]].numpy()) for at in places)


def _short(name: str) -> str:
    """conv2_1 for relu2_1: the layer is called after what it learns."""
    for word in ("relu", "gelu", "tanh"):
        if name.startswith(word):
            return name.replace(word, "conv", 1)
    return name.split(".")[0]
