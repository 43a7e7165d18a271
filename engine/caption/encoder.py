"""What a captioner sees of a photograph: EfficientNet-Lite0's last map, and its mean (lecture row 96).

The network is frozen, so what it sees can be kept: a training then costs minutes on one core.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.devices import cpu_has_bf16
from engine.memory import kept
from engine.zoo.efficientnet_lite import EfficientNetLite0, for_reading

POOLED, CHANNELS = 1280, 320  # of the mean of the last map, and of the map that attention looks at
SIDE = 256  # pixels, square: the whole photograph is squeezed into it
CELLS = SIDE // 32  # a side of the map
LEAST_AREA = 0.55  # of a photograph that a view for training keeps


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoder says of B photographs: pooled (B, 1280), maps (B, CELLS², 320), float32."""

    pooled: Tensor
    maps: Tensor


@kept()
def encoder() -> EfficientNetLite0:
    """The network with its ImageNet weights; one for the whole program. Raises `LabError` when they are missing."""
    return for_reading().requires_grad_(False)


@torch.inference_mode()
def see(pictures: Sequence[np.ndarray]) -> Seen:
    """Look at squares of SIDE pixels, each (SIDE, SIDE, 3) uint8 RGB."""
    network = encoder()
    x = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float().div_(255)  # channels last, as it lies
    with torch.autocast("cpu", torch.bfloat16, enabled=cpu_has_bf16()):
        last = network.maps(x)[-1]
        pooled = network.head(last).float().mean((2, 3))
    return Seen(pooled, last.float().flatten(2).transpose(1, 2).contiguous())


def whole(picture: np.ndarray) -> np.ndarray:
    """(H, W, 3) uint8 RGB squeezed into the encoder's square."""
    return cv2.resize(picture, (SIDE, SIDE), interpolation=_way(picture.shape))


def view(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A part of a photograph, perhaps mirrored and a little brighter or darker: (SIDE, SIDE, 3) uint8 RGB."""
    height, width = picture.shape[:2]
    area, shape = rng.uniform(LEAST_AREA, 1.0), np.exp(rng.uniform(-0.25, 0.25))
    tall = int(min(height, max(2, height * np.sqrt(area) * shape)))
    wide = int(min(width, max(2, width * np.sqrt(area) / shape)))
    top, left = int(rng.integers(0, height - tall + 1)), int(rng.integers(0, width - wide + 1))
    part = whole(picture[top : top + tall, left : left + wide])
    if rng.random() < 0.5:
        part = part[:, ::-1]
    light = rng.uniform(0.8, 1.2)
    return np.clip(part * light, 0, 255).astype(np.uint8)


def _way(shape: tuple[int, ...]) -> int:
    return cv2.INTER_AREA if min(shape[:2]) > SIDE else cv2.INTER_LINEAR
