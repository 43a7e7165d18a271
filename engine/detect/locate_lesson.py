"""The lesson of localisation: one object in each picture, its class and its box at once (lecture rows 63, 64).

Loss = α · Softmax_Loss + (1 − α) · L2_Loss, with α as it stands at that step. A picture counts as located when the
class is right and the box overlaps the object's by half or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from engine.cards import Explanation
from engine.data import decoded
from engine.data.photoset import Objects, PhotoSet
from engine.detect import localise
from engine.detect.detections import Detections
from engine.detect.judge import IOU
from engine.detect.letterbox import Letterbox, letterbox
from engine.detect.localise import Located, main_object
from engine.detect.locate_asking import as_input, asking
from engine.detect.locate_changes import Pointed, changed, scaled
from engine.devices import Device
from engine.fields import setting
from engine.text import Text
from engine.train.events import no_mistakes
from engine.train.figures import by_class
from engine.train.lesson import Lost, Measured
from engine.train.looking import Glance, scaled_detections, scaled_objects, small
from engine.train.settings import PhotoSettings

AT_ONCE = 50  # pictures of a check

_ALPHA = Explanation(
    Text("α: name or place", "α: 이름과 위치의 비중 (alpha)"),
    Text(
        "Move it to 1 and the boxes stop learning; to 0 and the names do. Watch the two parts of the loss.",
        "1로 옮기면 상자가, 0으로 옮기면 이름이 배우기를 멈춰요. 손실의 두 부분을 보세요.",
    ),
    Text(
        "One network answers two questions, so two losses are added. α says how much the name counts; the rest is left "
        "to the box.",
        "신경망 하나가 두 가지를 답하므로 손실 두 개를 더해요. α는 이름의 비중이고 나머지가 상자의 몫이에요.",
    ),
    "Loss = α · Softmax_Loss + (1 − α) · L2_Loss",
)


@dataclass(frozen=True, slots=True)
class LocateSettings(PhotoSettings):
    """What decides the training of a localiser. alpha: α, how much the class counts against the box, in [0, 1]."""

    alpha: float = setting(
        0.5, Text("α, weight of the name", "α, 이름의 비중"), low=0.0, high=1.0, step=0.05, live=True, help=_ALPHA
    )


class Answers(NamedTuple):
    """labels: (B,) int64, −1 where a picture holds no object. boxes: (B, 4) float32 as shares of width and height."""

    labels: Tensor
    boxes: Tensor


class Locate:
    """One class and one box for each picture.

    side: pixels of the square canvas on which whole pictures are measured and used.
    """

    metric = "located"

    def __init__(self, side: int = 96) -> None:
        self.side = side

    def batch(
        self, data: PhotoSet, chosen: np.ndarray, now: PhotoSettings, generator: torch.Generator, device: Device
    ) -> tuple[Tensor, Answers]:
        """(B, 3, h, w) float32 in [0, 1] and the object that each picture is of."""
        rng = np.random.default_rng(int(torch.randint(2**62, (), generator=generator)))
        labels, pictures, boxes = [], [], []
        for index in chosen:
            label, corners = _main(data, int(index))
            one = scaled(Pointed(decoded.picture(data, int(index)), corners), (now.height, now.width))
            one = changed(one, strength=now.augment, rng=rng)
            labels.append(label)
            pictures.append(one.picture)
            boxes.append(one.points.reshape(4) / np.tile((now.width, now.height), 2))
        answers = Answers(torch.tensor(labels), torch.from_numpy(np.stack(boxes).astype(np.float32)))
        return as_input(np.stack(pictures), device), Answers(*(part.to(device.where) for part in answers))

    def loss(self, network: nn.Module, inputs: Tensor, answers: Answers, now: LocateSettings, device: Device) -> Lost:
        if isinstance(network.alpha, Tensor):
            network.alpha.fill_(now.alpha)
        said = answer_of(network, inputs, device)
        some = answers.labels >= 0
        if not some.any():  # nothing to be found in the whole batch
            nothing = 0 * said.boxes.sum()
            return Lost(nothing, nothing.detach(), {"class": nothing.detach(), "box": nothing.detach()})
        said, labels, boxes = Located(said.classes[some], said.boxes[some]), answers.labels[some], answers.boxes[some]
        parts = localise.loss(said, labels, boxes, alpha=now.alpha)
        with torch.no_grad():
            right = (said.classes.argmax(1) == labels) & (overlap(said.boxes, boxes) >= IOU)
        told = {name: parts[name].detach() for name in ("class", "box")}
        return Lost(parts["class"] + parts["box"], right.float().mean(), told)

    def measure(self, network: nn.Module, data: PhotoSet, device: Device) -> Measured:
        """Whole pictures, letterboxed; those without an object are left out."""
        said, answers = self._said_of(network, data, device)
        some = answers.labels >= 0
        said, labels, boxes = Located(said.classes[some], said.boxes[some]), answers.labels[some], answers.boxes[some]
        count, classes = len(labels), len(data.classes)
        if not count:
            return Measured(0, float("nan"), 0.0, np.zeros((0, 0), np.int64), no_mistakes())
        named, over = said.classes.argmax(1), overlap(said.boxes, boxes)
        right = (named == labels) & (over >= IOU)
        alpha = float(network.alpha) if isinstance(network.alpha, Tensor) else 0.5
        parts = localise.loss(said, labels, boxes, alpha=alpha)
        of_class = [float(right[labels == k].float().mean()) for k in range(classes)]  # nan where there is none
        confusion = torch.bincount(labels * classes + named, minlength=classes**2).reshape(classes, classes)
        figures = {
            "located": float(right.float().mean()),
            "class_right": float((named == labels).float().mean()),
            "mean_iou": float(over.mean()),
            **by_class("located", data.classes, of_class),
        }
        loss = float(parts["class"] + parts["box"])
        return Measured(count, loss, figures["located"], confusion.numpy(), no_mistakes(), figures)

    def _said_of(self, network: nn.Module, data: PhotoSet, device: Device) -> tuple[Located, Answers]:
        """What is said of every picture, and the truth, as shares of the canvas; on the CPU."""
        said, labels, boxes = [], [], []
        with asking(network) as asked:
            for start in range(0, len(data), AT_ONCE):
                some = range(start, min(start + AT_ONCE, len(data)))
                laid = [letterbox(decoded.picture(data, i), (self.side, self.side)) for i in some]
                said.append(answer_of(asked, as_input(np.stack([canvas for canvas, _ in laid]), device), device))
                for index, (_, place) in zip(some, laid, strict=True):
                    label, corners = _main(data, index)
                    labels.append(label)
                    boxes.append(place.to_canvas(corners.reshape(1, 4))[0] / self.side)
        every = Located(*(torch.cat([getattr(one, name) for one in said]).cpu() for name in Located._fields))
        return every, Answers(torch.tensor(labels), torch.from_numpy(np.stack(boxes).astype(np.float32)))

    def look(self, network: nn.Module, data: PhotoSet, indices: Sequence[int], device: Device) -> tuple[Glance, ...]:
        """Pictures with the one box found, however unsure its class is."""
        assert data.objects is not None
        glances = []
        for index in indices:
            picture, truth = decoded.picture(data, index), data.objects[index]
            found = self.find(network, picture, device)
            little, scale = small(picture)
            shown = scaled_objects(truth, scale), scaled_detections(found, scale)
            label, corners = _main(data, index)
            over = overlap(*(torch.from_numpy(b.reshape(1, 4)) for b in (found.boxes, corners))) if label >= 0 else None
            figure = float("nan") if over is None else float(over) * bool(found.labels[0] == label)
            glances.append(
                Glance(data.files[index], little, truth=shown[0], found=shown[1], figure=figure, least_score=0.0)
            )
        return tuple(glances)

    def find(self, network: nn.Module, picture: np.ndarray, device: Device, *, score: float = 0.0) -> Detections:
        """The one object of a (H, W, 3) uint8 RGB picture of any size, in its pixels; none below `score`."""
        canvas, place = letterbox(picture, (self.side, self.side))
        with asking(network) as asked:
            said = answer_of(asked, as_input(canvas[None], device), device)
        return _in_picture(said, place, self.side).above(score)


def _in_picture(said: Located, place: Letterbox, side: int) -> Detections:
    """The answer for one canvas as a detection in pixels of its picture."""
    sure, label = said.classes[0].softmax(0).max(0)
    corners = np.sort(said.boxes[0].cpu().numpy().reshape(2, 2) * side, axis=0)  # early boxes may be inside out
    box = corners.reshape(1, 4).astype(np.float32)
    return place.to_picture(Detections(box, np.array([float(sure)], np.float32), np.array([int(label)])))


def answer_of(network: nn.Module, pictures: Tensor, device: Device) -> Located:
    """(B, 3, H, W) in [0, 1] to what a `Localiser` says, float32, computed in the device's precision."""
    with torch.autocast(device.where.type, torch.bfloat16, enabled=device.precision is torch.bfloat16):
        said = network(pictures)
    return Located(said.classes.float(), said.boxes.float())


def overlap(a: Tensor, b: Tensor) -> Tensor:
    """(B,) IoU of (B, 4) and (B, 4) boxes, pair by pair; 0 for a box that is inside out."""
    sides = torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])
    both = sides.clamp(min=0).prod(1)
    areas = [(x[:, 2:] - x[:, :2]).clamp(min=0).prod(1) for x in (a, b)]
    return both / (areas[0] + areas[1] - both).clamp(min=1e-12)


def _main(data: PhotoSet, index: int) -> tuple[int, np.ndarray]:
    """The label of the object that a picture is of, −1 for none, and its corners, (2, 2) float32 x y in pixels."""
    objects: Objects | None = data.objects[index] if data.objects is not None else None
    which = main_object(objects) if objects is not None else None
    if objects is None or which is None:
        return -1, np.zeros((2, 2), np.float32)
    return int(objects.labels[which]), objects.boxes[which].reshape(2, 2)
