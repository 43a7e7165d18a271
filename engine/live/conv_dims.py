"""Convolution in one, two and three directions: along a signal, over a picture, through a film (lecture rows 16, 20, 21).

Conv1D moves along time only, Conv2D over height and width, Conv3D through depth or time as well. As in
`engine.live.convolution` the kernel is not turned round.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import cv2
import numpy as np

from engine.errors import LabError
from engine.jobs import Event, Job
from engine.live.convolution import number
from engine.text import Text

LONGEST_STRIP = 320  # samples of a strip
FILM = 16  # frames of a film, and its longer side in pixels
FILM_SIDE = 200


# Along time


@dataclass(frozen=True, slots=True)
class StripKernel:
    """A kernel along time: `weights(size)` for any odd size."""

    id: str
    name: Text
    words: Text

    def weights(self, size: int) -> np.ndarray:
        """(size,) float64."""
        middle, at = size // 2, np.arange(size) - size // 2
        if self.id == "mean":
            return np.full(size, 1 / size)
        if self.id == "gauss":
            bell = np.exp(-0.5 * (at / max(0.5, size / 5)) ** 2)
            return np.asarray(bell / bell.sum())
        if self.id == "change":
            return np.sign(at) / max(1, middle)
        found = np.full(size, -1.0 / max(1, size - 1))  # "sharpen": twice itself minus its neighbours
        found[middle] = 2.0
        return found


STRIP_KERNELS: tuple[StripKernel, ...] = (
    StripKernel(
        "mean",
        Text("Smooth (mean)", "매끄럽게 (평균)"),
        Text("Each value becomes the mean of its window.", "값마다 창 안의 평균이 돼요."),
    ),
    StripKernel(
        "gauss",
        Text("Smooth (bell)", "매끄럽게 (종 모양)"),
        Text("Near values count more than far ones.", "가까운 값이 더 크게 쳐요."),
    ),
    StripKernel(
        "change",
        Text("Change", "변화"),
        Text("What comes after, minus what came before.", "뒤의 값에서 앞의 값을 빼요."),
    ),
    StripKernel(
        "sharpen",
        Text("Sharpen", "또렷하게"),
        Text("Twice itself, minus its neighbours.", "자신의 두 배에서 이웃을 빼요."),
    ),
)


@dataclass(frozen=True, slots=True)
class StripSettings:
    """size: odd, in samples. noise: standard deviation added before, in grey levels. at: an output sample, −1 = middle."""

    kernel: StripKernel = STRIP_KERNELS[0]
    size: int = 9
    stride: int = 1
    same: bool = False
    noise: float = 12.0
    at: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Strip(Event):
    """A signal and what the kernel made of it.

    signal: (T, C) float32, red, green and blue along the picture's middle row. result: (t, C) float32.
    at: the output sample that is explained. line: its sum, every term of the first channel.
    """

    signal: np.ndarray
    result: np.ndarray
    at: int
    line: str
    settings: StripSettings
    latest_only: ClassVar[bool] = True


def along(signal: np.ndarray, weights: np.ndarray, *, stride: int = 1, same: bool = False) -> np.ndarray:
    """(T, C) float to (t, C) float32: the same kernel (k,) along every channel. Raises: `LabError` for a longer kernel."""
    size = len(weights)
    ground = np.pad(signal, (((size - 1) // 2, size // 2), (0, 0))) if same else signal
    if len(ground) < size:
        text = Text(
            "A kernel of {k} does not fit into {n} samples. Make it smaller.",
            "길이 {k} 커널은 값 {n}개에 들어가지 않아요. 커널을 줄이세요.",
        )
        raise LabError(text(k=size, n=len(ground)))
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(ground, np.float64), size, axis=0)
    return np.asarray((windows @ weights)[::stride], np.float32)


def stripped(picture: np.ndarray, settings: StripSettings) -> Job:
    """A kernel along the middle row of a picture; a job, returns a `Strip`. Raises: `LabError` for a longer kernel."""
    row = picture[picture.shape[0] // 2].astype(np.float32)
    length = min(LONGEST_STRIP, len(row))
    signal = cv2.resize(row[None], (length, 1), interpolation=cv2.INTER_AREA).reshape(length, 3)
    if settings.noise > 0:
        signal = signal + np.random.default_rng(0).normal(0, settings.noise, signal.shape).astype(np.float32)
    weights = settings.kernel.weights(settings.size)
    result = along(signal, weights, stride=settings.stride, same=settings.same)
    at = min(settings.at, len(result) - 1) if settings.at >= 0 else len(result) // 2
    first = at * settings.stride - ((settings.size - 1) // 2 if settings.same else 0)
    values = [float(signal[i, 0]) if 0 <= i < length else 0.0 for i in range(first, first + settings.size)]
    terms = " + ".join(f"({v:.0f}×{number(round(float(w), 2))})" for v, w in zip(values, weights, strict=True))
    found = Strip(signal, result, at, f"{terms} = {number(round(float(result[at, 0]), 2))}", settings)
    yield found
    return found


# Through a film


@dataclass(frozen=True, slots=True, eq=False)
class FilmKernel:
    """weights: (3, 3, 3) float64 over time, rows, columns."""

    id: str
    name: Text
    words: Text
    weights: np.ndarray


def _film_kernels() -> tuple[FilmKernel, ...]:
    flat = np.full((3, 3, 3), 1 / 27)
    change = np.zeros((3, 3, 3))
    change[0], change[2] = -1 / 9, 1 / 9
    edge = np.zeros((3, 3, 3))
    edge[:] = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 3
    moving = np.zeros((3, 3, 3))
    for t, column in ((0, 0), (1, 1), (2, 2)):
        moving[t, :, column], moving[t, :, 2 - column] = 1 / 3, moving[t, :, 2 - column] - 1 / 3
    return (
        FilmKernel("change", Text("Change in time", "시간에 따른 변화"), Text("The next slice minus the one before: only what moves is left.", "다음 장에서 앞 장을 빼요. 움직이는 것만 남아요."), change),
        FilmKernel("mean", Text("Mean of 27", "27개 평균"), Text("Smooths in time and in the picture.", "시간과 화면 양쪽으로 매끄럽게 해요."), flat),
        FilmKernel("edge", Text("Standing edge", "멈춘 가장자리"), Text("The same edge kernel in all three slices: what moves is smeared.", "세 장에 같은 가장자리 커널. 움직이는 것은 번져요."), edge),
        FilmKernel("moving", Text("Moving to the right", "오른쪽 움직임"), Text("Weights that wander to the right: an edge that moves along with them answers most.", "가중치가 오른쪽으로 옮겨 가요. 함께 움직이는 가장자리가 가장 크게 답해요."), moving),
    )  # fmt: skip


FILM_KERNELS = _film_kernels()


@dataclass(frozen=True, slots=True, eq=False)
class Film(Event):
    """A film and one slice of what the kernel made of it.

    slices: (3, H, W) uint8, the input slices under the kernel. result: (h, w) uint8, middle grey = 0.
    at: number of the output slice of `count`. shape, after: (T, H, W) of input and output.
    """

    slices: np.ndarray
    result: np.ndarray
    at: int
    count: int
    shape: tuple[int, int, int]
    after: tuple[int, int, int]
    kernel: FilmKernel
    latest_only: ClassVar[bool] = True


def through(film: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(T, H, W) numbers to (T−2, H−2, W−2) float32: a 3×3×3 kernel moved in three directions, valid padding."""
    values = np.asarray(film, np.float32)
    flat = [[cv2.filter2D(one, cv2.CV_32F, w.astype(np.float32)) for one in values] for w in weights]
    count = len(values) - 2
    summed = np.stack([flat[0][t] + flat[1][t + 1] + flat[2][t + 2] for t in range(count)])
    return np.ascontiguousarray(summed[:, 1:-1, 1:-1])


def small_grey(picture: np.ndarray) -> np.ndarray:
    """(H, W, 3) uint8 as one slice of a film: (h, w) uint8, at most `FILM_SIDE` long."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, FILM_SIDE / max(grey.shape))
    size = (max(4, round(grey.shape[1] * scale)), max(4, round(grey.shape[0] * scale)))
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA)


def panned(picture: np.ndarray, count: int = FILM) -> np.ndarray:
    """(count, H, W) uint8: a film made of one picture, as if a camera wandered over it to the left, a pixel a frame."""
    grey = small_grey(picture)
    width = max(4, grey.shape[1] - 2 * count)
    return np.stack([grey[:, 2 * (count - t) : 2 * (count - t) + width] for t in range(count)])


def filmed(film: np.ndarray, kernel: FilmKernel, at: int) -> Job:
    """One output slice of a 3×3×3 kernel through (T, H, W) uint8; a job, returns a `Film`."""
    count = len(film) - 2
    at = min(max(at, 0), count - 1)
    answer = through(film[at : at + 3], kernel.weights)[0]
    shown = np.clip(np.rint(answer if kernel.id == "mean" else answer / 2 + 128), 0, 255).astype(np.uint8)
    shape = (int(film.shape[0]), int(film.shape[1]), int(film.shape[2]))
    found = Film(film[at : at + 3], shown, at, count, shape, (count, shape[1] - 2, shape[2] - 2), kernel)
    yield found
    return found


# Shapes


@dataclass(frozen=True, slots=True)
class Shapes:
    """A convolution layer by its sizes. sides: one, two or three of the input, by the kind of convolution."""

    batch: int
    sides: tuple[int, ...]
    channels: int
    filters: int
    kernel: int
    stride: int
    same: bool

    def out(self, side: int) -> int:
        """⌊(n + p − k) / s⌋ + 1, with p = 0 or k − 1; not less than 0."""
        return max(0, (side + (self.kernel - 1 if self.same else 0) - self.kernel) // self.stride + 1)

    @property
    def after(self) -> tuple[int, ...]:
        """The sides that come out."""
        return tuple(self.out(side) for side in self.sides)

    @property
    def weights(self) -> int:
        """Of all filters, with one bias each."""
        return self.filters * (self.kernel ** len(self.sides) * self.channels + 1)

    @property
    def products(self) -> int:
        """Multiplications for one batch."""
        return self.batch * math.prod(self.after) * self.filters * self.kernel ** len(self.sides) * self.channels
