"""Backbone, neck and head of one trained network, on a real picture; what backbones cost on this machine (rows 56–58).

The network is the street segmenter that comes with the app: EfficientNet-Lite0 is its backbone, a feature pyramid its
neck (Lin et al., CVPR 2017), a 1×1 convolution that names every place its head.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from engine.cards import Task
from engine.data.pictures import read_rgb
from engine.data.sample_photos import sample_photo
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.segment.lesson import logits_of
from engine.text import Text
from engine.train.trained import open_trained
from engine.zoo.segmenters import LitePyramid
from engine.zoo.transferred import BACKBONES

LONGEST = 448  # pixels of the looked-at picture's longer side
_STAGES = (1, 2, 4, 6)  # of the backbone: maps at 1/4, 1/8, 1/16, 1/32
_REPEATS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Anatomy:
    """What each part of the network makes of a picture.

    picture: (H, W, 3) uint8. backbone, neck: (name, (C, h, w) float32) from coarse to fine.
    mask: (H, W) uint8 class indices, the head's answer. classes: what they are called.
    parameters: of backbone, neck and head.
    """

    picture: np.ndarray
    backbone: tuple[tuple[str, np.ndarray], ...]
    neck: tuple[tuple[str, np.ndarray], ...]
    mask: np.ndarray
    classes: tuple[Text, ...]
    parameters: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Cost:
    """A backbone on this machine: parameters, megabytes in float32, milliseconds for a picture of its own size on one
    core, and whether its learnt weights are here."""

    id: str
    name: Text
    parameters: int
    megabytes: float
    milliseconds: float
    here: bool


def anatomy(path: Path | None = None) -> Job:
    """Run the bundled segmenter on a photograph (None: one that comes with the app); a job, returns `Anatomy`.

    Raises: `LabError`: no picture, or this copy came without the segmenter.
    """
    yield Progress(0, 2, Text("Looking at the picture", "그림을 보는 중"))
    picture = _reduced(read_rgb(path or sample_photo("motorcycle_left.png")))
    trained = open_trained("camvid-pyramid", Task.SEGMENT, device="cpu")
    network = trained.network
    assert isinstance(network, LitePyramid)
    yield Progress(1, 2)
    kept: dict[str, Tensor] = {}
    hooks = [_keep(network.encoder.stages[stage], f"C{level}", kept) for level, stage in enumerate(_STAGES, 2)]
    hooks += [_keep(network.smooth[number], f"P{number + 2}", kept) for number in range(4)]
    try:
        logits = logits_of(network, picture, trained.device)
    finally:
        for hook in hooks:
            hook.remove()
    whole = sum(p.numel() for p in network.parameters())
    first = sum(p.numel() for p in network.encoder.parameters())
    last = sum(p.numel() for p in network.classifier.parameters())
    return Anatomy(
        picture,
        tuple((name, kept[name][0].float().numpy()) for name in ("C5", "C4", "C3", "C2")),
        tuple((name, kept[name][0].float().numpy()) for name in ("P5", "P4", "P3", "P2")),
        logits[0].argmax(0).to(torch.uint8).numpy(),
        tuple(trained.classes),
        (first, whole - first - last, last),
    )


def _keep(module: nn.Module, name: str, kept: dict[str, Tensor]) -> torch.utils.hooks.RemovableHandle:
    def listen(module: nn.Module, given: object, answer: Tensor) -> None:
        kept[name] = answer.detach()

    return module.register_forward_hook(listen)


def _reduced(picture: np.ndarray) -> np.ndarray:
    scale = min(1.0, LONGEST / max(picture.shape[:2]))
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    return np.ascontiguousarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))


def costs() -> Job:
    """What every backbone costs here; a job, returns `Cost`s in the order of the backbones."""
    found = []
    torch.set_num_threads(1)
    for number, one in enumerate(BACKBONES):
        yield Progress(number, len(BACKBONES), Text("Timing backbones", "백본 시간을 재는 중"))
        parts, _ = one.build(False)
        network = nn.Sequential(*parts).eval().to(memory_format=torch.channels_last)
        count = sum(p.numel() for p in network.parameters())
        picture = torch.rand(1, one.channels, one.side, one.side).contiguous(memory_format=torch.channels_last)
        times = []
        with torch.inference_mode():
            for _ in range(_REPEATS + 1):
                began = time.perf_counter()
                network(picture)
                times.append(time.perf_counter() - began)
        best = 1000 * float(np.median(times[1:]))
        found.append(Cost(one.id, one.name, count, count * 4 / 2**20, best, _is_here(one.official)))
    return tuple(found)


def _is_here(card: str) -> bool:
    if not card:
        return True
    from engine.models import model, place_of

    try:
        return place_of(model(card)).path is not None
    except LabError:
        return False
