"""A photo repainted in the manner of a picture (Gatys et al. 2016; lecture rows 99, 100), top to bottom.

The pixels of the painting are what is learnt. A network that knows photographs looks at photo, style and
painting; the painting is moved until its maps are those of the photo (content) and its Gram matrices those of
the style. Large paintings grow from a small one: form is found at 256 px, brushwork at the sizes after it.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import cv2
import numpy as np
import psutil
import torch
from torch import Tensor

from engine.errors import LabError
from engine.fields import check
from engine.jobs import Event, Progress
from engine.knobs import Box
from engine.style.features import Features, features, gram
from engine.style.moves import Adam, Lbfgs, Mover
from engine.style.settings import StyleSettings
from engine.text import Text

COARSEST = 320  # pixels: a painting of at most this size has one level
NARROWEST = 16  # pixels of a shorter side, below which the maps of stage 4 have nothing left to compare
EDGE, EDGE_TIMES = 3, 4.0  # pixels from the edge where smoothness counts more, and how much
HISTORY = 10  # pairs that L-BFGS remembers; 100, torch's default, costs a third of an evaluation and gains nothing
STEP = {"lbfgs": 1.0, "adam": 0.02}
PREVIEW = 1 / 15  # seconds between two previews
SHARES = (0.0, 0.1, 0.25, 0.45, 0.7, 1.0)  # of all evaluations, when a `Frame` of the film is taken
BYTES_A_PIXEL = 1500  # at the finest level: maps, their gradients and L-BFGS's pairs (measured, with some to spare)
_VGG_TIMES = 3  # its first maps have the picture's full size


@dataclass(frozen=True, slots=True)
class Losses(Event):
    """What one evaluation found: each loss before its weight (1 = nothing right), and their weighted sum."""

    step: int
    content: float
    style: float
    smooth: float
    total: float


@dataclass(frozen=True, slots=True, eq=False)
class Painted(Event):
    """The best painting so far: (H, W, 3) uint8 RGB after `step` of `steps` evaluations."""

    latest_only: ClassVar[bool] = True
    picture: np.ndarray
    step: int
    steps: int
    total: float
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Frame(Event):
    """One of `SHARES` of the way: the best painting then, (H, W, 3) uint8 RGB, after `step` evaluations."""

    picture: np.ndarray
    step: int


@dataclass(frozen=True, slots=True, eq=False)
class GramPicture(Event):
    """The Gram matrix of the style in one layer, brightest where channels go together: (C, C) uint8."""

    layer: str
    picture: np.ndarray


@dataclass(frozen=True, slots=True)
class Noted(Event):
    """Something a person should know of this painting."""

    words: Text


@dataclass(frozen=True, slots=True, eq=False)
class _Targets:
    """What the painting is compared with, and each target's own energy."""

    content: dict[str, Tensor]
    style: dict[str, Tensor]
    energy: dict[str, Tensor]  # of both, under "content …" and "style …"


def paint(
    photo: np.ndarray, style: np.ndarray, settings: StyleSettings | Box[StyleSettings]
) -> Generator[Event, None, Painted]:
    """Repaint `photo`, (H, W, 3) uint8 RGB, in the manner of `style`; a job, returns the last `Painted`.

    Weights in a `Box` act at once. Yields `Losses` for every evaluation, `Painted` at most 15 times a second,
    `Frame` for each of `SHARES`, `GramPicture` for each style layer. Whoever stops it keeps the last `Painted`: it is the best so far.
    Raises: `LabError` for a picture too narrow, a layer or setting that will not do, or weights not here.
    """
    box = settings if isinstance(settings, Box) else Box(settings)
    first = check(box.value)
    yield Progress(0, 0, Text("Loading the network", "신경망을 불러오는 중"))
    eyes = features(first.network)
    eyes.check(first.content_layers + first.style_layers)
    size, why = affordable(photo.shape, first)
    if why:
        yield Noted(why)
    plan = levels(size, first.evaluations)
    for picture in (photo, style):
        check_shape(picture, plan[0][0])
    if first.colours:
        style = with_colours_of(style, photo)
    done, began = 0, time.perf_counter()
    steps = sum(count for _, count in plan)
    last: Painted | None = None
    for side, count in plan:
        x = _start(fitted(photo, side), last.picture if last else None, first.start)
        targets = _targets(eyes, fitted(photo, side), fitted(style, side), first)
        if side == plan[0][0]:
            for name, matrix in targets.style.items():
                yield GramPicture(name, _as_picture(matrix))
        for event in _level(eyes, x, targets, box, range(done, done + count), steps, began):
            if isinstance(event, Painted):
                last = event
            yield event
        done += count
    assert last is not None
    return last


def _level(
    eyes: Features,
    x: Tensor,
    targets: _Targets,
    box: Box[StyleSettings],
    numbers: range,
    steps: int,
    began: float,
) -> Generator[Event, None, None]:
    """The evaluations of one size. Changes `x`, (1, 3, H, W) in [0, 1]."""
    mover = _mover(box.value)
    weights, best, least, shown = box.value, x.detach().clone(), float("inf"), 0.0
    frames = {max(1, round(share * steps)) for share in SHARES}
    for number in numbers:
        if box.value != weights:  # another measure: what was least by the old one means nothing
            weights, least = box.value, float("inf")
            mover = _mover(weights)
        before = x.detach().clone()
        found = _evaluate(mover, x, eyes, targets, weights, number + 1)
        if not np.isfinite(found.total):  # thrown too far: back to the best, with nothing remembered
            x.data.copy_(best)
            mover = _mover(weights)
        elif found.total < least:
            best, least = before, found.total
        yield found
        now, last = time.perf_counter(), number + 1 == numbers.stop
        if now - shown > PREVIEW or last:
            shown = now
            if last:  # the last move was not yet judged
                final = _judge(x, eyes, targets, weights, number + 1).total
                best, least = (x.detach(), final) if final < least else (best, least)
            seen = x.detach() if number == numbers.start else best  # the first move is seen at once
            yield Painted(_to_picture(seen), number + 1, steps, least, now - began)
        if number + 1 in frames:
            yield Frame(_to_picture(x.detach() if number == numbers.start else best), number + 1)


def _evaluate(
    mover: Mover, x: Tensor, eyes: Features, targets: _Targets, weights: StyleSettings, number: int
) -> Losses:
    """One evaluation of the loss at `x`, and the move from there; pixels stay in [0, 1]."""
    with torch.enable_grad():
        total, losses = _loss(x, eyes, targets, weights, number)
        gradient = torch.autograd.grad(total, x)[0].contiguous()
    with torch.no_grad():
        mover.move(x, gradient)
        x.clamp_(0, 1)
    return losses


@torch.no_grad()
def _judge(x: Tensor, eyes: Features, targets: _Targets, weights: StyleSettings, number: int) -> Losses:
    return _loss(x, eyes, targets, weights, number)[1]


def _loss(x: Tensor, eyes: Features, targets: _Targets, weights: StyleSettings, number: int) -> tuple[Tensor, Losses]:
    """Content (eq. 1) and style (eqs. 4, 5), each divided by its target's own energy, and total variation."""
    maps = eyes.maps(x, targets.content.keys() | targets.style.keys())
    zero = x.new_zeros(())
    content, style = zero, zero
    for name, target in targets.content.items():
        content = content + (maps[name] - target).square().sum() / targets.energy["content " + name]
    for name, target in targets.style.items():
        style = style + (gram(maps[name]) - target).square().sum() / targets.energy["style " + name]
    content, style = content / max(1, len(targets.content)), style / max(1, len(targets.style))
    smooth = variation(x)
    total = weights.content * content + weights.style * style + weights.smooth * smooth
    values = torch.stack((content, style, smooth, total)).tolist()
    return total, Losses(number, *values)


@torch.no_grad()
def _targets(eyes: Features, photo: np.ndarray, style: np.ndarray, settings: StyleSettings) -> _Targets:
    content_names = eyes.check(settings.content_layers or eyes.content)
    style_names = eyes.check(settings.style_layers or eyes.style)
    content = eyes.maps(_to_tensor(photo), content_names)
    grams = {name: gram(one) for name, one in eyes.maps(_to_tensor(style), style_names).items()}
    energy = {"content " + name: one.square().sum().clamp(min=1e-8) for name, one in content.items()}
    energy |= {"style " + name: one.square().sum().clamp(min=1e-12) for name, one in grams.items()}
    return _Targets(content, grams, energy)


def variation(x: Tensor) -> Tensor:
    """Mean difference of neighbouring pixels; at the edge, where the network's zeros invite noise, it counts more."""
    found: Tensor = _Variation.apply(x)
    return found


class _Variation(torch.autograd.Function):
    """Its gradient is known at once: the signs of the differences, weighted; autograd would copy the picture ten times."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        total, grad = x.new_zeros(()), torch.zeros_like(x)
        for dim in (3, 2):
            size = x.shape[dim]
            apart = x.narrow(dim, 1, size - 1) - x.narrow(dim, 0, size - 1)
            weight = _edges(tuple(x.shape), dim, x.dtype, x.device)
            total += (apart.abs() * weight).sum()
            signs = apart.sign_().mul_(weight)
            grad.narrow(dim, 1, size - 1).add_(signs)
            grad.narrow(dim, 0, size - 1).sub_(signs)
        ctx.save_for_backward(grad)
        return total

    @staticmethod
    def backward(ctx: Any, *found: Tensor) -> Tensor:
        (grad,) = ctx.saved_tensors
        return grad * found[0]


@lru_cache(maxsize=8)
def _edges(shape: tuple[int, ...], dim: int, dtype: torch.dtype, where: torch.device) -> Tensor:
    """What each difference along `dim` counts, to be broadcast: 1 for all of them together, more at both ends."""
    length, every = shape[dim] - 1, int(np.prod(shape))
    weight = torch.full((length,), shape[dim] / length / every, dtype=dtype, device=where)
    weight[:EDGE] += EDGE_TIMES / every
    weight[-EDGE:] += EDGE_TIMES / every
    return weight.view(*(-1 if at == dim else 1 for at in range(4)))


def _mover(settings: StyleSettings) -> Mover:
    """What moves the painting, with nothing remembered."""
    return Adam(rate=STEP["adam"]) if settings.optimiser == "adam" else Lbfgs(history=HISTORY, rate=STEP["lbfgs"])


def _start(photo: np.ndarray, coarser: np.ndarray | None, start: str) -> Tensor:
    """Where the painting of a level begins: the coarser one enlarged, the photo, or noise of one seed."""
    if coarser is not None:
        size = photo.shape[1], photo.shape[0]
        photo = cv2.resize(coarser, size, interpolation=cv2.INTER_CUBIC)
    elif start == "noise":
        photo = np.random.default_rng(0).integers(64, 192, photo.shape).astype(np.uint8)
    return _to_tensor(photo).requires_grad_(True)


def levels(size: int, evaluations: int) -> list[tuple[int, int]]:
    """(longer side, evaluations) from coarse to fine; each finer size is double and gets half the evaluations."""
    sides = [size]
    while sides[0] > COARSEST:
        sides.insert(0, -(-sides[0] // 2))
    return [(side, max(1, evaluations >> number)) for number, side in enumerate(sides)]


def affordable(shape: tuple[int, ...], settings: StyleSettings) -> tuple[int, Text | None]:
    """The longer side that fits into the memory that is free, and a word where that is less than was asked."""
    share = min(shape[:2]) / max(shape[:2])
    each = BYTES_A_PIXEL * (1 if settings.network == "efficientnet-lite0" else _VGG_TIMES)
    most = int((0.8 * psutil.virtual_memory().available / each / max(share, 1e-3)) ** 0.5)
    if most >= settings.size:
        return settings.size, None
    text = Text(
        "Painted at {side} px: {size} px needs more memory than is free.",
        "{side} px로 그려요. {size} px를 그리기에는 남은 메모리가 모자라요.",
    )
    side = max(64, most)
    return side, text(side=side, size=settings.size)


def fitted(picture: np.ndarray, side: int) -> np.ndarray:
    """(H, W, 3) uint8 with a longer side of `side` pixels, enlarged or reduced."""
    scale = side / max(picture.shape[:2])
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)


def check_shape(picture: np.ndarray, side: int) -> None:
    """Raises `LabError` for a picture that is too narrow to be looked at with a longer side of `side` pixels."""
    height, width = picture.shape[:2]
    if min(height, width) < 2 or min(fitted(picture, side).shape[:2]) < NARROWEST:
        text = Text(
            "A picture of {width} × {height} pixels is too small or too narrow to paint. Choose another.",
            "{width} × {height}픽셀 그림은 너무 작거나 좁아서 그릴 수 없어요. 다른 그림을 고르세요.",
        )
        raise LabError(text(width=width, height=height))


def with_colours_of(style: np.ndarray, photo: np.ndarray) -> np.ndarray:
    """`style` with the mean and covariance of the photo's colours, so that the painting keeps them.

    Both (H, W, 3) uint8 RGB. Gatys et al., "Preserving Color in Neural Artistic Style Transfer" (2016), section 3.1.
    """
    flat, wanted = style.reshape(-1, 3) / 255.0, photo.reshape(-1, 3) / 255.0
    turned = (flat - flat.mean(0)) @ np.linalg.inv(_root(flat)) @ _root(wanted) + wanted.mean(0)
    return (turned.clip(0, 1) * 255).round().astype(np.uint8).reshape(style.shape)


def _root(colours: np.ndarray) -> np.ndarray:
    """(3, 3): the symmetric square root of the covariance of (N, 3) colours; a single colour gets a little spread."""
    values, vectors = np.linalg.eigh(np.cov(colours.T) + 1e-5 * np.eye(3))
    return np.asarray((vectors * np.sqrt(values)) @ vectors.T)


def _to_tensor(picture: np.ndarray) -> Tensor:
    """(H, W, 3) uint8 to (1, 3, H, W) float32 in [0, 1]."""
    return torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1)[None].float().div_(255).contiguous()


def _to_picture(x: Tensor) -> np.ndarray:
    """(1, 3, H, W) in [0, 1] to (H, W, 3) uint8."""
    return x[0].clamp(0, 1).mul(255).round().byte().permute(1, 2, 0).contiguous().numpy()


def _as_picture(matrix: Tensor) -> np.ndarray:
    """(C, C) Gram matrix to uint8: each entry by the activity of its two channels, so that small ones are seen."""
    scale = matrix.diagonal().clamp(min=1e-12).sqrt()
    return (matrix / scale / scale[:, None]).abs().clamp(0, 1).mul(255).byte().numpy()


def grams(style: np.ndarray, network: str) -> Generator[Event, None, Features]:
    """Yield the `GramPicture` of every layer of a style, (H, W, 3) uint8 RGB; a job, returns the network's features.

    Raises: `LabError` as `features` does, or for a picture too narrow.
    """
    yield Progress(0, 0, Text("Loading the network", "신경망을 불러오는 중"))
    eyes = features(network)
    check_shape(style, COARSEST)
    with torch.no_grad():
        maps = eyes.maps(_to_tensor(fitted(style, 256)), set(eyes.layers))
    for name, one in maps.items():
        yield GramPicture(name, _as_picture(gram(one)))
    return eyes
