"""Convolution one multiplication at a time: kernel, stride, padding, pooling, and every term of a chosen pixel.

Lecture rows 6–15, 20, 22 and 38. What networks call convolution is a correlation: the kernel is laid over the
picture as it stands, not turned round (Goodfellow, Bengio, Courville, Deep Learning, 2016, eq. 9.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import cv2
import numpy as np

from engine.errors import LabError
from engine.jobs import Event, Job
from engine.live.bundled_picture import reduced
from engine.text import Text

LARGEST_KERNEL, LARGEST_STRIDE, LARGEST_POOL = 7, 4, 4
LONGEST = 480  # pixels of the longer side of a picture in the lab: enough to see, small enough to point at
Weights = tuple[tuple[float, ...], ...]
Place = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True)
class Layer:
    """One convolution: the same square kernel for every channel.

    weights: k rows of k numbers, k from 1 to 7. divisor: every sum is divided by it (9 for the mean of 3×3).
    same:    zeros are laid round the picture so that stride 1 keeps its size; else no zeros ("valid").
    """

    weights: Weights
    divisor: float = 1.0
    stride: int = 1
    same: bool = False

    @property
    def size(self) -> int:
        return len(self.weights)

    @property
    def zeros(self) -> int:
        """How many rows (and columns) of zeros are added in all."""
        return self.size - 1 if self.same else 0

    @property
    def before(self) -> int:
        """How many of them lie above (and at the left); an even kernel needs one more below."""
        return self.zeros // 2

    def out(self, side: int) -> int:
        """How many rows come out of `side` rows: ⌊(n + p − k) / s⌋ + 1, not less than 0."""
        return max(0, (side + self.zeros - self.size) // self.stride + 1)

    def formula(self, side: int) -> str:
        """The same with its numbers, "⌊(5 + 0 − 3) / 1⌋ + 1 = 3"."""
        return f"⌊({side} + {self.zeros} − {self.size}) / {self.stride}⌋ + 1 = {self.out(side)}"

    def window(self, at: Place) -> tuple[int, int]:
        """Top row and left column of the pixels that make the output pixel `at`; below 0 where zeros are."""
        return at[0] * self.stride - self.before, at[1] * self.stride - self.before


def padded(values: np.ndarray, layer: Layer) -> np.ndarray:
    """(H, W, C) with the layer's zeros round it."""
    after = layer.zeros - layer.before
    return np.pad(values, ((layer.before, after), (layer.before, after), (0, 0)))


def convolve(values: np.ndarray, layer: Layer) -> np.ndarray:
    """Lay the kernel over every channel.

    Args:
        values: (H, W, C) of any number type.
    Returns:
        (h, w, C) float32, one map for each channel; their sum over C is what a network's neuron gets.
    Raises:
        LabError: the kernel is larger than the picture.
    """
    height, width, channels = values.shape
    if not (layer.out(height) and layer.out(width)):
        text = Text(
            "A {k}×{k} kernel does not fit into {w}×{h} pixels. Make the kernel smaller, or choose same padding.",
            "{k}×{k} 커널은 {w}×{h} 픽셀에 들어가지 않아요. 커널을 줄이거나 same 패딩을 고르세요.",
        )
        raise LabError(text(k=layer.size, w=width, h=height))
    ground = padded(np.asarray(values, np.float32), layer)
    kernel = np.asarray(layer.weights, np.float32) / np.float32(layer.divisor)
    found = cv2.filter2D(ground, cv2.CV_32F, kernel, anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
    found = found.reshape(*ground.shape[:2], channels)  # OpenCV drops a single channel
    k, s = layer.size, layer.stride
    return np.ascontiguousarray(found[: ground.shape[0] - k + 1 : s, : ground.shape[1] - k + 1 : s])


Pooling = Literal["none", "max", "average"]


def pool(values: np.ndarray, how: Pooling, size: int = 2) -> np.ndarray:
    """(H, W, C) to (H // size, W // size, C): windows do not overlap, what is left over at the edge is dropped."""
    if how == "none":
        return values
    height, width = values.shape[0] // size, values.shape[1] // size
    cut = values[: height * size, : width * size].reshape(height, size, width, size, -1)
    return np.ascontiguousarray(cut.max((1, 3)) if how == "max" else cut.mean((1, 3)))


@dataclass(frozen=True, slots=True)
class Terms:
    """How one output pixel came about.

    products: for every channel its (pixel, weight) pairs in reading order. sums: of each channel, not yet divided.
    """

    at: Place
    products: tuple[tuple[tuple[float, float], ...], ...]
    sums: tuple[float, ...]
    divisor: float

    @property
    def total(self) -> float:
        return sum(self.sums) / self.divisor

    def line(self, channel: int) -> str:
        """One channel as in the lecture: "(1×1) + (0×0) + … = 3"."""
        terms = " + ".join(f"({number(v)}×{number(w)})" for v, w in self.products[channel])
        return f"{terms} = {number(self.sums[channel])}"

    def last_line(self) -> str:
        """The channels' sums together, and the division when there is one: "12 + 9 + 3 = 24, ÷ 9 = 2.67"."""
        words = " + ".join(number(s) for s in self.sums)
        words += f" = {number(sum(self.sums))}" if len(self.sums) > 1 else ""
        return words if self.divisor == 1 else f"{words}, ÷ {number(self.divisor)} = {number(self.total)}"


def number(value: float) -> str:
    """A figure as short as it can be, with a real minus: "−1", "0.5", "36.25"."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−") if value % 1 else f"{value:.0f}".replace("-", "−")


def terms(values: np.ndarray, layer: Layer, at: Place) -> Terms:
    """Every product behind the output pixel `at` of `convolve(values, layer)`; values (H, W, C)."""
    top, left = at[0] * layer.stride, at[1] * layer.stride
    k = layer.size
    patch = np.asarray(padded(values, layer)[top : top + k, left : left + k], np.float64)  # (k, k, C)
    flat = [w for line in layer.weights for w in line]
    products = tuple(
        tuple((float(v), float(w)) for v, w in zip(patch[..., c].ravel(), flat, strict=True))
        for c in range(patch.shape[2])
    )
    sums = tuple(sum(v * w for v, w in channel) for channel in products)
    return Terms(at, products, sums, layer.divisor)


def receptive_field(kernels: Sequence[int], strides: Sequence[int] | None = None) -> int:
    """How many input pixels across one output pixel depends on (lecture row 38): 3, 3 → 5; 3, 3, 3 → 7."""
    field, step = 1, 1
    for kernel, stride in zip(kernels, strides or [1] * len(kernels), strict=True):
        field += (kernel - 1) * step
        step *= stride
    return field


def parameters(kernels: Sequence[int], channels: int = 1) -> int:
    """Weights of convolutions one behind the other, each from `channels` to `channels`, without biases."""
    return sum(kernel * kernel * channels * channels for kernel in kernels)


Activation = Literal["signed", "relu", "absolute"]


@dataclass(frozen=True, slots=True)
class LabSettings:
    """What is set in the lab.

    summed: the channels' maps are added to one, as a network does; else each colour is filtered alone.
    at:     the output pixel whose terms are wished, of the map after pooling; None = the middle.
    """

    layer: Layer
    summed: bool = False
    activation: Activation = "relu"
    pooling: Pooling = "none"
    pool_size: int = 2
    at: Place | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Convolved(Event):
    """What the lab made of one picture.

    picture: (H, W, 3) uint8, the input. result: (h, w, 3) uint8 to look at.
    sizes:   (rows, columns) after the convolution and after pooling.
    at:      the output pixel that is explained. terms: of the convolution there.
    pooled:  the values that pooling chose from there, () without pooling; answer: what came out.
    """

    picture: np.ndarray
    result: np.ndarray
    sizes: tuple[Place, Place]
    at: Place
    terms: Terms
    pooled: tuple[float, ...]
    answer: float
    settings: LabSettings
    latest_only: ClassVar[bool] = True


def convolved(picture: np.ndarray, settings: LabSettings) -> Job:
    """Run the lab's layer over a picture; a job, yields and returns a `Convolved`.

    Args:
        picture: (H, W, 3) uint8 RGB; used at most `LONGEST` pixels long.
    Raises:
        LabError: the kernel or the pooling window is larger than what it is laid on.
    """
    found = run_lab(reduced(picture, LONGEST), settings)
    yield found
    return found


def run_lab(picture: np.ndarray, settings: LabSettings) -> Convolved:
    """`convolved` without the job."""
    maps = convolve(picture, settings.layer)  # (h, w, 3)
    if settings.summed:
        maps = maps.sum(2, keepdims=True)
    maps = activated(maps, settings.activation)
    after = pool(maps, settings.pooling, settings.pool_size)
    if not after.size:
        text = Text(
            "Pooling {p}×{p} needs a larger map than {w}×{h}. Choose a smaller stride or pooling window.",
            "{p}×{p} 풀링을 하기에는 {w}×{h} 맵이 작아요. 보폭이나 풀링 창을 줄여 보세요.",
        )
        raise LabError(text(p=settings.pool_size, w=maps.shape[1], h=maps.shape[0]))
    height, width = after.shape[:2]
    row, column = settings.at or (height // 2, width // 2)
    at = (min(row, height - 1), min(column, width - 1))
    inner, pooled = _before_pooling(maps, settings, at)
    return Convolved(
        picture,
        to_look_at(after, settings),
        (maps.shape[:2], after.shape[:2]),
        at,
        terms(picture, settings.layer, inner),
        pooled,
        float(after[at].sum() if settings.summed else after[at].mean()),
        settings,
    )


def activated(maps: np.ndarray, how: Activation) -> np.ndarray:
    """ReLU, the absolute value, or as it is."""
    if how == "relu":
        return np.maximum(maps, 0)
    return np.abs(maps) if how == "absolute" else maps


def _before_pooling(maps: np.ndarray, settings: LabSettings, at: Place) -> tuple[Place, tuple[float, ...]]:
    """Which convolution pixel is shown for the pooled pixel `at` (the largest), and the values in its window."""
    if settings.pooling == "none":
        return at, ()
    size = settings.pool_size
    top, left = at[0] * size, at[1] * size
    window = maps[top : top + size, left : left + size].mean(2)
    best = int(window.argmax())
    return (top + best // size, left + best % size), tuple(float(v) for v in window.ravel())


def to_look_at(maps: np.ndarray, settings: LabSettings) -> np.ndarray:
    """(h, w, 1 or 3) float32 as (h, w, 3) uint8: a sum is divided by three, signed zero is middle grey."""
    values = maps / 3 if settings.summed else maps
    if settings.activation == "signed" and _balanced(settings.layer):
        values = values / 2 + 128
    grey = np.clip(np.rint(values), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.repeat(grey, 3, 2) if settings.summed else grey)


def _balanced(layer: Layer) -> bool:
    """True for kernels that answer 0 on an even ground: their answers have both signs."""
    return abs(sum(w for line in layer.weights for w in line)) < 1e-6
