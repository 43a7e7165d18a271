"""The lesson of detection: find every object's box and class, marked by mAP@0.5 (lecture rows 65–68)."""

from __future__ import annotations

from collections.abc import Sequence
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
from engine.detect.judge import SCORE, judge
from engine.detect.letterbox import Letterbox, canvas_for, letterbox
from engine.devices import Device
from engine.train.events import no_mistakes
from engine.train.figures import by_class
from engine.train.lesson import Lost, Measured
from engine.train.looking import Glance, no_curves, scaled_detections, scaled_objects, small
from engine.train.settings import PhotoSettings
from engine.zoo.yolo_mini import GridAnswer, fused

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
        asked = fused(network)
        answers = [self._answer(asked, data, index, device) for index in range(len(data))]
        m = metrics.measure(data.objects, [found for found, _ in answers], classes=len(data.classes))
        figures = {"map50": m.map50, "map": m.map, "map75": m.map75, "ar100": m.ar100, "objects": float(m.objects)}
        figures = {name: 0.0 if np.isnan(value) else float(value) for name, value in figures.items()}
        figures |= by_class("ap50", data.classes, [c.ap50 for c in m.classes])
        figures |= by_class("ap", data.classes, [c.ap for c in m.classes])
        loss = float(np.mean([loss for _, loss in answers])) if answers else float("nan")
        curves = np.stack([c.precision for c in m.classes]).astype(np.float32) if m.classes else no_curves()
        nothing = np.zeros((0, 0), np.int64)
        return Measured(len(data), loss, figures["map50"], nothing, no_mistakes(), figures, curves)

    def _answer(self, network: nn.Module, data: PhotoSet, index: int, device: Device) -> tuple[Detections, float]:
        """What is found in one photograph, in its own pixels, and the loss there, as in training."""
        sample = sample_of(data, index).cut()  # boxes without a size teach nothing
        answer, place = look_at(network, sample.picture, device, longest=self.longest)
        found = place.to_picture(decode(answer, score=LEAST, limit=CROWDED)[0])
        target = torch.from_numpy(place.to_canvas(sample.boxes)), torch.from_numpy(sample.labels)
        with torch.inference_mode():
            return found, float(sum(losses.loss(answer, [target]).values()))

    def find(self, network: nn.Module, picture: np.ndarray, device: Device, *, score: float = LEAST) -> Detections:
        """The objects of a (H, W, 3) uint8 RGB picture of any size, in its pixels; `network` is in eval mode."""
        return detect(network, picture, device, longest=self.longest, score=score)

    def look(self, network: nn.Module, data: PhotoSet, indices: Sequence[int], device: Device) -> tuple[Glance, ...]:
        """Photographs with the boxes found, those whose score is worth a look."""
        assert data.objects is not None
        asked, glances = fused(network), []
        for index in indices:
            picture, truth = decoded.picture(data, index), data.objects[index]
            found = detect(asked, picture, device, longest=self.longest, score=SCORE, limit=CROWDED)
            little, scale = small(picture)
            shown = scaled_objects(truth, scale), scaled_detections(found, scale)
            name, figure = data.files[index], judge(truth, found).f1
            glances.append(Glance(name, little, truth=shown[0], found=shown[1], figure=figure))
        return tuple(glances)


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
    answer, place = look_at(network, picture, device, longest=longest)
    return place.to_picture(decode(answer, score=score, iou=iou, limit=limit)[0])


def look_at(network: nn.Module, picture: np.ndarray, device: Device, *, longest: int) -> tuple[GridAnswer, Letterbox]:
    """What every cell says of a (H, W, 3) uint8 RGB picture on its canvas, and where it lies there."""
    height, width = picture.shape[:2]
    canvas, place = letterbox(picture, canvas_for(width, height, longest=longest))
    x = torch.from_numpy(np.ascontiguousarray(canvas)).permute(2, 0, 1)[None]  # (1, 3, H', W')
    x = x.to(device.where, torch.float32, memory_format=torch.channels_last).div_(255)
    with (
        torch.inference_mode(),
        torch.autocast(device.where.type, torch.bfloat16, enabled=device.precision is torch.bfloat16),
    ):
        return network(x), place


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
