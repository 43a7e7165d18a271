"""The lesson of detection: find every object's box and class, marked by mAP@0.5 (lecture rows 65–68)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn

from engine.data import decoded
from engine.data.photoset import PhotoSet
from engine.detect import loss as losses
from engine.detect import metrics
from engine.detect.augment import NONE, Changes, Sample, changed
from engine.detect.decode import decode
from engine.detect.detections import Detections
from engine.detect.letterbox import canvas_for, letterbox
from engine.devices import Device
from engine.train.events import no_mistakes
from engine.train.lesson import Lost, Measured
from engine.train.settings import PhotoSettings

LEAST = 0.01  # score of what is measured: mAP asks for the whole ranking, also its doubtful end
CROWDED = 300  # objects of one picture that are measured

Targets = list[tuple[Tensor, Tensor]]


class Detect:
    """One-stage detection: what the grid's cells answer against the boxes people drew.

    longest: pixels of the longer side at which whole photographs are measured and used.
    changes: how far training photographs are changed at full strength.
    """

    metric = "map50"

    def __init__(self, *, longest: int = 416, changes: Changes | None = None) -> None:
        self.longest, self.changes = longest, changes or Changes()

    def batch(
        self, data: PhotoSet, chosen: np.ndarray, now: PhotoSettings, generator: torch.Generator, device: Device
    ) -> tuple[Tensor, Targets]:
        """(B, 3, h, w) float32 in [0, 1]; for each picture (n, 4) boxes in its pixels and (n,) labels, −1 = crowd."""
        rng = np.random.default_rng(int(torch.randint(2**62, (), generator=generator)))
        changes = weakened(self.changes, now.augment)
        made = [
            changed(
                sample_of(data, int(i)),
                lambda: sample_of(data, int(rng.integers(len(data)))),
                size=(now.height, now.width),
                changes=changes,
                rng=rng,
            )
            for i in chosen
        ]
        pictures = torch.from_numpy(np.stack([one.picture for one in made])).permute(0, 3, 1, 2)  # (B, 3, h, w)
        targets = [(torch.from_numpy(one.boxes), torch.from_numpy(one.labels)) for one in made]
        return pictures.to(device.where, torch.float32, memory_format=torch.channels_last).div_(255), targets

    def loss(self, network: nn.Module, inputs: Tensor, answers: Targets, now: PhotoSettings, device: Device) -> Lost:
        with torch.autocast(device.where.type, torch.bfloat16, enabled=device.precision is torch.bfloat16):
            answer = network(inputs)
        parts = losses.loss(answer, answers)
        fit = (1 - parts["box"].detach() / losses.WEIGHTS["box"]).clamp(0, 1)  # mean overlap of the boxes that learn
        total = parts["class"] + parts["box"] + parts["objectness"]
        return Lost(total, fit, {name: part.detach() for name, part in parts.items()})

    def measure(self, network: nn.Module, data: PhotoSet, device: Device) -> Measured:
        """Whole photographs, one at a time, letterboxed; COCO's figures."""
        assert data.objects is not None
        found = list(self.answers(network, data, device))
        m = metrics.measure(data.objects, found, classes=len(data.classes))
        figures = {"map50": m.map50, "map": m.map, "map75": m.map75, "ar100": m.ar100, "objects": float(m.objects)}
        figures = {name: 0.0 if np.isnan(value) else float(value) for name, value in figures.items()}
        return Measured(len(data), 0.0, figures["map50"], np.zeros((0, 0), np.int64), no_mistakes(), figures)

    def answers(self, network: nn.Module, data: PhotoSet, device: Device) -> Iterator[Detections]:
        """What is found in each photograph, in its own pixels."""
        was_training = network.training
        network.eval()
        try:
            for index in range(len(data)):
                yield detect(network, decoded.picture(data, index), device, longest=self.longest)
        finally:
            network.train(was_training)


def detect(
    network: nn.Module,
    picture: np.ndarray,
    device: Device,
    *,
    longest: int,
    score: float = LEAST,
    iou: float = 0.6,
    limit: int = CROWDED,
) -> Detections:
    """(H, W, 3) uint8 RGB of any size to `Detections` in its pixels; `network` is in eval mode."""
    height, width = picture.shape[:2]
    canvas, place = letterbox(picture, canvas_for(width, height, longest=longest))
    x = torch.from_numpy(np.ascontiguousarray(canvas)).permute(2, 0, 1)[None]  # (1, 3, H', W')
    x = x.to(device.where, torch.float32, memory_format=torch.channels_last).div_(255)
    with (
        torch.inference_mode(),
        torch.autocast(device.where.type, torch.bfloat16, enabled=device.precision is torch.bfloat16),
    ):
        answer = network(x)
    return place.to_picture(decode(answer, score=score, iou=iou, limit=limit)[0])


def sample_of(data: PhotoSet, index: int) -> Sample:
    """Photograph `index` with its boxes; crowds have the label −1."""
    assert data.objects is not None
    objects = data.objects[index]
    labels = np.where(objects.crowd, -1, objects.labels)
    return Sample(decoded.picture(data, index), objects.boxes, labels)


def weakened(changes: Changes, strength: float) -> Changes:
    """`changes` at a strength from 0 (none) to 1 (all)."""
    if strength == 0:
        return NONE
    shares = {f: strength * getattr(changes, f) for f in ("mosaic", "stretch", "mirror", "upside_down", "turn")}
    colours = {f: strength * getattr(changes, f) for f in ("hue", "colour", "light")}
    sizes = {"smallest": changes.smallest**strength, "largest": changes.largest**strength}
    return replace(changes, **shares, **colours, **sizes)
