"""Reading a drawn digit: centre it as MNIST was made, ask the network, keep what its layers saw."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.jobs import Event, Job
from engine.text import Text
from engine.train.events import Snapshot
from engine.train.recipes import recipe
from engine.zoo.digits import DigitNet, feature_maps
from engine.zoo.transferred import Transferred
from engine.zoo.weights import open_weights, put

BUNDLED = "mnist-deep"
BOX, SIDE = 20, 28  # MNIST scaled each digit into 20×20 pixels, then set it by its mass into 28×28


@dataclass(frozen=True, slots=True, eq=False)
class Reading(Event):
    """What a network says of one drawing.

    seen: (H, W) uint8, the picture it got. probabilities: (10,) float32. milliseconds: network alone.
    maps: for each convolution its name and (C, h, w) float32 activations after ReLU.
    """

    seen: np.ndarray
    probabilities: np.ndarray
    maps: tuple[tuple[str, np.ndarray], ...]
    milliseconds: float
    latest_only: ClassVar[bool] = True


def centred(ink: np.ndarray, *, side: int = SIDE) -> np.ndarray:
    """A drawing as MNIST makes its pictures: fitted into 20×20, centre of mass in the middle of 28×28.

    Args:
        ink: (H, W) uint8, 0 = paper, 255 = ink.
        side: of the result; the box keeps its share, 20/28.
    Returns:
        (side, side) uint8; empty when `ink` is.
    Source: LeCun et al., http://yann.lecun.com/exdb/mnist
    """
    out = np.zeros((side, side), np.uint8)
    ys, xs = np.nonzero(ink > 16)  # fainter is the edge of the pen or a scanner's noise
    if not len(ys):
        return out
    crop = ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    scale = side * BOX / SIDE / max(crop.shape)
    size = (max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale)))
    small = cv2.resize(crop, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    mass = cv2.moments(small)  # MNIST's own digits have theirs at (14, 14), counted from 0
    left = round(side / 2 - mass["m10"] / mass["m00"])
    top = round(side / 2 - mass["m01"] / mass["m00"])
    left = min(max(left, 0), side - size[0])  # a digit with its mass at one end must not leave the picture
    top = min(max(top, 0), side - size[1])
    out[top : top + size[1], left : left + size[0]] = small
    return out


@lru_cache(maxsize=1)
def _bundled() -> DigitNet | Transferred:
    tensors, card = open_weights(BUNDLED)
    return _network(BUNDLED, card["build"], tensors)


def _network(id: str, build: dict[str, Any], tensors: dict[str, Tensor]) -> DigitNet | Transferred:
    network = recipe(id).make(**build)
    put(network, tensors, id)
    network.eval()
    assert isinstance(network, DigitNet | Transferred)
    return network


def read_digit(ink: np.ndarray, snapshot: Snapshot | None = None) -> Job:
    """Read one drawing with the bundled network, or with one in training from its snapshot; a job.

    Args:
        ink: (H, W) uint8, 0 = paper, 255 = ink, any size.
    Yields and returns:
        one `Reading`.
    """
    torch.set_num_threads(1)  # a single small picture: more threads only wait for each other
    side = SIDE
    if snapshot is None:
        network = _bundled()
    else:
        network = _network(snapshot.recipe, dict(snapshot.build), dict(snapshot.weights))
        side = recipe(snapshot.recipe).layers[0].side
    reading = read_picture(network, centred(ink, side=side))
    yield reading
    return reading


def read_picture(network: DigitNet | Transferred, seen: np.ndarray) -> Reading:
    """Read one (H, W) uint8 picture that already is as the network wants it."""
    began = time.perf_counter()
    picture = torch.from_numpy(seen)[None, None].float().div_(255)  # (1, 1, H, W)
    logits, maps = network.maps_of(picture) if isinstance(network, Transferred) else feature_maps(network, picture)
    milliseconds = 1000 * (time.perf_counter() - began)
    kept = tuple((name, values.numpy()) for name, values in maps)
    return Reading(seen, logits.softmax(0).numpy(), kept, milliseconds)


def sentence(probabilities: np.ndarray) -> Text:
    """The answer in words: unsure below one half, a near second named."""
    first, second = (int(i) for i in np.argsort(-probabilities)[:2])
    article = {n: "an" if n == 8 else "a" for n in range(10)}
    values = {"a": first, "b": second, "aa": article[first], "ab": article[second]}
    if probabilities[first] < 0.5:
        return Text("Not sure: perhaps {aa} {a}, perhaps {ab} {b}.", "잘 모르겠어요. {a} 아니면 {b} 같아요.")(**values)
    if probabilities[second] < 0.03:
        return Text("This is {aa} {a}.", "{a} 같아요.")(**values)
    return Text("Looks like {aa} {a}, a little like {ab} {b}.", "{a} 같아요. {b}하고도 조금 닮았어요.")(**values)
