"""What a picture or a window is, as one row of numbers: its raw values, or what a network makes of it.

The map of a set and the doctor's search for wrong labels both start here. A way of describing is one
`Features` in `FEATURES`; `features_of` tells which of them fit a set.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from engine import places
from engine.data.forms.form import AnySet
from engine.data.imageset import ImageSet
from engine.data.mnist import CLASSES as DIGITS
from engine.data.photoset import PhotoSet
from engine.data.pictures import read_small
from engine.data.signalset import SignalSet
from engine.devices import Device, choose
from engine.errors import LabError
from engine.files import read_tensors, write_tensors
from engine.jobs import Job, Progress
from engine.text import Text
from engine.train.measure import as_input

SIDE, SIDE_OF_COLOURS = 24, 16  # pixels of a small picture: some hundred numbers that say what stands where
NET_SIDE = 128  # pixels EfficientNet-Lite0 gets; at 224 the neighbours were no better and each took 5 times as long
BATCH = 16  # pictures at a time, so that it can be stopped
KEPT = 24  # files of features on disk, the least recently used goes first
_READING = Text("Describing pictures", "그림의 특징을 재는 중")


@dataclass(frozen=True, slots=True)
class Features:
    """One way to describe what is in a set.

    fits: whether a set can be described so.
    of:   (set, its indices) to a job that returns (n, D) float32; a picture that cannot be read gets zeros.
    slow: worth keeping on disk.
    scaled: its numbers have units of their own, and are brought to spread 1 before rows are compared.
    parts: where its numbers divide into parts that count alike, however many numbers each has.
    """

    id: str
    name: Text
    note: Text
    fits: Callable[[AnySet], bool]
    of: Callable[[AnySet, np.ndarray], Job]
    slow: bool = False
    scaled: bool = True
    parts: tuple[int, ...] = ()

    def comparable(self, rows: np.ndarray) -> np.ndarray:
        """(n, D) rows of this kind as float32 rows whose distances mean something."""
        if not self.scaled:
            return rows
        rows = (rows - rows.mean(0)) / (rows.std(0) + 1e-6)
        parts = [part / part.shape[1] ** 0.5 for part in np.split(rows, self.parts, axis=1)]
        return np.concatenate(parts, axis=1, dtype=np.float32)


def features_of(set_: AnySet) -> tuple[Features, ...]:
    """The ways in which this set can be described: the raw one first, the one that knows most last."""
    return tuple(way for way in FEATURES if way.fits(set_))


def describe(set_: AnySet, index: np.ndarray, way: Features) -> Job:
    """The rows `index` ((n,) int64) of a set as numbers; yields `Progress`, returns (n, D) float32.

    What took long is kept among the files that can be made again at any time.
    """
    place = _place(set_, index, way) if way.slow and set_.fingerprint else None
    if place and place.is_file():
        yield Progress(0, 1, _READING)
        try:
            kept: np.ndarray = read_tensors(place)[0]["features"].float().numpy()
            place.touch()
        except (LabError, KeyError, OSError):  # cut off by a crash, or from another version: made again
            place.unlink(missing_ok=True)
        else:
            return kept
    found: np.ndarray = yield from way.of(set_, index)
    if place:
        write_tensors(place, {"features": torch.from_numpy(found).half()}, {"features": way.id})
        for old in sorted(place.parent.glob("*.safetensors"), key=_age)[:-KEPT]:
            old.unlink(missing_ok=True)
    return found


def _age(path: Path) -> float:
    return path.stat().st_mtime if path.is_file() else 0.0


def _place(set_: AnySet, index: np.ndarray, way: Features) -> Path:
    key = hashlib.blake2b(f"{way.id} {set_.fingerprint}".encode(), digest_size=12)
    key.update(np.ascontiguousarray(index, np.int64).data)
    return places.cache() / "features" / f"{key.hexdigest()}.safetensors"


# Pictures


def picture(set_: ImageSet | PhotoSet, index: int, side: int) -> np.ndarray:
    """Picture `index` at about `side` pixels or its own smaller size, (h, w) or (h, w, 3) uint8. Raises `LabError`."""
    return set_.images[index] if isinstance(set_, ImageSet) else read_small(set_.path(index), side)[0]


def squeezed(image: np.ndarray, side: int) -> np.ndarray:
    """The whole picture in a square: (side, side) or (side, side, 3) uint8, averaged where it shrinks."""
    shrinks = min(image.shape[:2]) >= side
    return cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)


def _pixels(set_: AnySet, index: np.ndarray) -> Job:
    """Small pictures as they are, brightness in [0, 1]."""
    assert isinstance(set_, ImageSet | PhotoSet)
    grey = isinstance(set_, ImageSet) and set_.images.ndim == 3
    side = SIDE if grey else SIDE_OF_COLOURS
    found = np.zeros((len(index), side, side) if grey else (len(index), side, side, 3), np.float32)
    for row, i in enumerate(index):
        if row % BATCH == 0:
            yield Progress(row, len(index), _READING)
        try:
            found[row] = squeezed(picture(set_, int(i), side), side)
        except LabError:
            continue  # listed by the doctor
    return found.reshape(len(index), int(np.prod(found.shape[1:]))) / 255


def _digit_network(set_: AnySet, index: np.ndarray) -> Job:
    """The 50 numbers from which the bundled digit network takes its answer."""
    assert isinstance(set_, ImageSet)
    parts = [np.zeros((0, 50), np.float32)]
    for start in range(0, len(index), BATCH):
        yield Progress(start, len(index), _READING)
        images = set_.images[index[start : start + BATCH]]
        parts.append(_penultimate(np.stack([squeezed(image, 28) for image in images])))
    return np.concatenate(parts)


@lru_cache(maxsize=1)
def _digit_layers() -> nn.Module:
    from engine.train.recipes import recipe
    from engine.zoo.digits import DigitNet
    from engine.zoo.weights import open_weights, put

    tensors, card = open_weights("mnist-deep")
    network = recipe("mnist-deep").make(**card["build"])
    put(network, tensors, "mnist-deep")
    assert isinstance(network, DigitNet)
    return network.eval().layers


def _penultimate(images: np.ndarray) -> np.ndarray:
    from engine.zoo.digits import MEAN, STD

    with torch.inference_mode():
        x = (torch.from_numpy(images)[:, None].float() / 255 - MEAN) / STD
        for name, layer in _digit_layers().named_children():
            x = layer(x)
            if name == "relu_fc1":
                break
    return np.asarray(x.numpy())


def _photo_network(set_: AnySet, index: np.ndarray) -> Job:
    """Averages of three late maps of EfficientNet-Lite0, each part scaled alike: 112 + 320 + 1280 numbers.

    The middle maps know textures and colours, which blurred and small pictures still have; the last
    one knows things.
    """
    from engine.zoo.efficientnet_lite import HEAD, STAGES, pretrained

    assert isinstance(set_, ImageSet | PhotoSet)
    yield Progress(0, len(index), _READING)
    device = choose(spare=1)
    network = pretrained().to(device.where, memory_format=torch.channels_last)  # type: ignore[call-overload]
    found = np.zeros((len(index), STAGES[4][4] + STAGES[6][4] + HEAD), np.float32)
    for start in range(0, len(index), BATCH):
        rows, images = [], []
        for row, i in enumerate(index[start : start + BATCH], start):
            try:
                images.append(_rgb(squeezed(picture(set_, int(i), NET_SIDE), NET_SIDE)))
            except LabError:
                continue
            rows.append(row)
        if rows:
            found[rows] = _late_maps(network, np.stack(images), device)
        yield Progress(min(start + BATCH, len(index)), len(index), _READING)
    return found


def _rgb(image: np.ndarray) -> np.ndarray:
    return np.repeat(image[..., None], 3, axis=2) if image.ndim == 2 else image


def _late_maps(network: nn.Module, images: np.ndarray, device: Device) -> np.ndarray:
    from engine.zoo.efficientnet_lite import EfficientNetLite0

    assert isinstance(network, EfficientNetLite0)
    bf16 = device.precision is torch.bfloat16
    with torch.inference_mode(), torch.autocast(device.where.type, torch.bfloat16, enabled=bf16):
        maps = network.maps(as_input(images, device))
        parts: list[Tensor] = [maps[5], maps[7], network.head(maps[7])]
        rows = torch.cat([part.float().mean((2, 3)) for part in parts], dim=1)
    return rows.cpu().numpy()


# Signals


def _windows(set_: AnySet, index: np.ndarray) -> Job:
    """Every sample of every channel, each channel with mean 0 and spread 1 over the set."""
    assert isinstance(set_, SignalSet)
    yield Progress(0, len(index), _READING)
    x = finite(set_.x[index])
    x = (x - x.mean((0, 1))) / (x.std((0, 1)) + 1e-9)
    return x.reshape(len(index), x.shape[1] * x.shape[2])


def _spectrum(set_: AnySet, index: np.ndarray) -> Job:
    """How strong each frequency is in each channel, and its level and spread: the same walk begun later is the same."""
    assert isinstance(set_, SignalSet)
    yield Progress(0, len(index), _READING)
    x = finite(set_.x[index])
    x = x / (x.std((0, 1)) + 1e-9)
    level = x.mean(axis=1)  # (n, C)
    strength = np.log1p(np.abs(np.fft.rfft(x - level[:, None], axis=1))[:, 1:])  # (n, T / 2, C)
    rest = [level, x.std(axis=1), *np.quantile(x, (0.05, 0.25, 0.75, 0.95), axis=1)]
    return np.concatenate([strength.reshape(len(index), -1), *rest], axis=1).astype(np.float32)


def finite(x: np.ndarray) -> np.ndarray:
    """`x` with 0 for what is no number."""
    return np.nan_to_num(x, nan=0.0, posinf=0.0, neginf=0.0)


def _has_pictures(set_: AnySet) -> bool:
    return isinstance(set_, ImageSet | PhotoSet)


def _digit_like(set_: AnySet) -> bool:
    if not isinstance(set_, ImageSet) or set_.images.ndim != 3:
        return False
    return tuple(name.en for name in set_.classes) == tuple(name.en for name in DIGITS)


FEATURES: tuple[Features, ...] = (
    Features(
        "pixels",
        Text("Pixels", "픽셀"),
        Text("brightness of the small picture", "작게 줄인 그림의 밝기"),
        _has_pictures,
        _pixels,
        scaled=False,
    ),
    Features(
        "mnist-deep",
        Text("Network", "신경망"),
        Text("mnist-deep, before its answer", "mnist-deep의 마지막 은닉층"),
        _digit_like,
        _digit_network,
    ),
    Features(
        "efficientnet-lite0",
        Text("Network", "신경망"),
        Text("EfficientNet-Lite0, before its answer", "EfficientNet-Lite0의 마지막 층들"),
        lambda set_: _has_pictures(set_) and not _digit_like(set_),
        _photo_network,
        slow=True,
        parts=(112, 432),
    ),
    Features(
        "windows",
        Text("Samples", "표본"),
        Text("every value of the window", "구간의 모든 값"),
        lambda set_: isinstance(set_, SignalSet),
        _windows,
        scaled=False,
    ),
    Features(
        "spectrum",
        Text("Spectrum", "스펙트럼"),
        Text("strength of each frequency", "주파수마다의 세기"),
        lambda set_: isinstance(set_, SignalSet),
        _spectrum,
        scaled=False,
    ),
)
