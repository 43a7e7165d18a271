"""Two lessons about segmentation, on real tensors: how maps grow again, and why nobody cuts a patch per pixel."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.jobs import Event, Job, Progress
from engine.text import Text
from engine.zoo.segmenters import FCN, SegNet

UP = 2  # how much larger each way of enlarging makes a map


@dataclass(frozen=True, slots=True, eq=False)
class Enlarged(Event):
    """One map made twice as large in one way (lecture row 85).

    way: "nearest", "bilinear", "unpool" or "transposed". map: (2h, 2w) float32.
    known: (2h, 2w) bool, the places that hold a value of the small map unchanged.
    """

    way: str
    map: np.ndarray
    known: np.ndarray


def enlarge(fine: np.ndarray, *, kernel: int = 3) -> Job:
    """Shrink a map by max pooling, then enlarge it again in four ways; yields an `Enlarged` for each.

    Args:
        fine: (H, W) float32 with even sides, for example one channel of a network's map.
        kernel: of the transposed convolution. 3 does not divide by the stride of 2: neighbours are covered
            unequally often, and a checkerboard appears (Odena, Dumoulin, Olah, Distill 2016). 4 has none.
    Returns:
        (H / 2, W / 2) float32, the pooled map.
    """
    x = torch.from_numpy(np.ascontiguousarray(fine, np.float32))[None, None]  # (1, 1, H, W)
    small, places = functional.max_pool2d(x, UP, return_indices=True)  # (1, 1, H / 2, W / 2)
    for way in ("nearest", "bilinear", "unpool", "transposed"):
        yield _enlarged(way, small, places, kernel)
    return small[0, 0].numpy()


def _enlarged(way: str, small: Tensor, places: Tensor, kernel: int) -> Enlarged:
    size = [UP * side for side in small.shape[2:]]
    if way == "nearest":
        large = functional.interpolate(small, size, mode="nearest")
        known = torch.ones_like(large, dtype=torch.bool)
    elif way == "bilinear":
        large = functional.interpolate(small, size, mode="bilinear", align_corners=False)
        known = torch.zeros_like(large, dtype=torch.bool)
    elif way == "unpool":
        large = functional.max_unpool2d(small, places, [UP, UP])
        known = torch.zeros_like(large, dtype=torch.bool).flatten(2).scatter_(2, places.flatten(2), True)
        known = known.view_as(large)
    else:  # every value stamps the same kernel of ones onto the larger map; stamps that overlap add up
        stamp = torch.ones(1, 1, kernel, kernel) * UP * UP / kernel**2
        pad = (kernel - 1) // 2
        large = functional.conv_transpose2d(small, stamp, stride=UP, padding=pad, output_padding=kernel % 2)
        large = large[..., : size[0], : size[1]]
        known = torch.zeros_like(large, dtype=torch.bool)
    return Enlarged(way, large[0, 0].numpy(), known[0, 0].numpy())


@dataclass(frozen=True, slots=True)
class Naive:
    """One forward pass for every pixel against one for the picture (lecture row 81).

    seconds_one:   of the fully convolutional pass over the whole picture.
    seconds_each:  of one patch, the mean over those that were run.
    patches:       how many were really run; the rest is the estimate `seconds_naive` = pixels · seconds_each.
    """

    pixels: int
    patches: int
    seconds_one: float
    seconds_each: float

    @property
    def seconds_naive(self) -> float:
        return self.pixels * self.seconds_each

    @property
    def ratio(self) -> float:
        return self.seconds_naive / self.seconds_one


def naive_against_fcn(picture: np.ndarray, *, patch: int = 64, patches: int = 64) -> Job:
    """Time both ways with the same FCN; yields Progress, returns `Naive`.

    Args:
        picture: (H, W, 3) uint8 RGB. patch: pixels of the square cut out around each pixel, a multiple of 32.
    """
    network = FCN().eval()
    height, width = (side - side % 32 for side in picture.shape[:2])
    x = torch.from_numpy(np.ascontiguousarray(picture[:height, :width])).permute(2, 0, 1)[None].float() / 255
    note = Text("One patch for each pixel", "픽셀마다 조각 하나씩")
    _seconds(network, x)  # the first pass prepares memory
    one = min(_seconds(network, x) for _ in range(3))
    rng, spent = np.random.default_rng(0), 0.0
    for done in range(patches):
        yield Progress(done, patches, note)
        top, left = rng.integers(height - patch + 1), rng.integers(width - patch + 1)
        spent += _seconds(network, x[:, :, top : top + patch, left : left + patch])
    return Naive(height * width, patches, one, spent / patches)


def _seconds(network: nn.Module, x: Tensor) -> float:
    began = time.perf_counter()
    with torch.inference_mode():
        network(x)
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True, eq=False)
class Remembered(Event):
    """One stage of SegNet's way down and up: the map before pooling, and where its maxima were.

    stage: 0 is the finest. before: (H, W) float32, one channel. places: (H, W) bool, true at the maxima.
    """

    stage: int
    before: np.ndarray
    places: np.ndarray


def pooling_places(network: SegNet, picture: Tensor, *, channel: int = 0) -> Job:
    """What SegNet remembers on the way down (lecture row 88); yields a `Remembered` for each stage.

    Args:
        picture: (1, 3, H, W) float32 in [0, 1].
    """
    x = picture
    for stage, layers in enumerate(network.down):
        x, event = _pooled(layers, x, stage, channel)
        yield event


def _pooled(layers: nn.Module, x: Tensor, stage: int, channel: int) -> tuple[Tensor, Remembered]:
    with torch.inference_mode():
        before = layers(x)
        x, where = functional.max_pool2d(before, 2, return_indices=True)
    places = torch.zeros(before.shape[2:].numel(), dtype=torch.bool)
    places[where[0, channel].flatten()] = True
    return x, Remembered(stage, before[0, channel].numpy(), places.view(before.shape[2:]).numpy())
