"""The lesson of landmarks: where each of K places of an object is in the picture (lecture row 71, pose as regression)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from engine.data import decoded
from engine.data.photoset import Objects, PhotoSet
from engine.detect.letterbox import letterbox
from engine.detect.localise import main_object
from engine.detect.locate_asking import as_input, asking
from engine.detect.locate_changes import Pointed, changed, scaled
from engine.devices import Device
from engine.train.events import no_mistakes
from engine.train.figures import by_class, names_behind
from engine.train.lesson import Lost, Measured
from engine.train.looking import Glance, small
from engine.train.settings import PhotoSettings
from engine.zoo import landmarks
from engine.zoo.landmarks import Landmarks, error_of

AT_ONCE = 50  # pictures of a check
WITHIN = 0.05  # of the picture's side: a landmark so near counts as found


class Answers(NamedTuple):
    """points: (B, K, 2) float32 as shares of width and height. seen: (B, K) bool, those that are marked."""

    points: Tensor
    seen: Tensor


class Place:
    """The landmarks of the object that a picture is of; marked by PCK, the share of them that lie near enough.

    side: pixels of the square canvas on which whole pictures are measured and used.
    pairs: landmarks that change their names when left and right do.
    """

    metric = "pck"

    def __init__(self, side: int = 96, *, pairs: Sequence[tuple[int, int]] = ()) -> None:
        self.side, self.pairs = side, tuple(pairs)

    def batch(
        self, data: PhotoSet, chosen: np.ndarray, now: PhotoSettings, generator: torch.Generator, device: Device
    ) -> tuple[Tensor, Answers]:
        """(B, 3, h, w) float32 in [0, 1] and the landmarks in each picture."""
        rng = np.random.default_rng(int(torch.randint(2**62, (), generator=generator)))
        pictures, points, seen = [], [], []
        for index in chosen:
            marks = _marks(data, int(index))
            one = scaled(Pointed(decoded.picture(data, int(index)), marks[:, :2]), (now.height, now.width))
            one = self._mirrored(one) if rng.random() < 0.5 * now.augment else one
            one = changed(one, strength=now.augment, rng=rng)
            pictures.append(one.picture)
            points.append(one.points / (now.width, now.height))
            seen.append(marks[:, 2] > 0)
        answers = torch.from_numpy(np.stack(points).astype(np.float32)), torch.from_numpy(np.stack(seen))
        return as_input(np.stack(pictures), device), Answers(*(part.to(device.where) for part in answers))

    def _mirrored(self, one: Pointed) -> Pointed:
        """Left and right change sides, and the landmarks of a pair their places."""
        points = one.points * (-1, 1) + (one.picture.shape[1], 0)
        for a, b in self.pairs:
            points[[a, b]] = points[[b, a]]
        return Pointed(np.ascontiguousarray(one.picture[:, ::-1]), points.astype(np.float32))

    def loss(self, network: nn.Module, inputs: Tensor, answers: Answers, now: PhotoSettings, device: Device) -> Lost:
        said = answer_of(network, inputs, device)
        parts = landmarks.loss(said, *answers)
        with torch.no_grad():
            near = (said.points - answers.points).square().sum(2).sqrt() < WITHIN
            score = (near & answers.seen).sum() / answers.seen.sum().clamp(min=1)
        return Lost(parts["place"] + parts["spread"], score, {name: part.detach() for name, part in parts.items()})

    def measure(self, network: nn.Module, data: PhotoSet, device: Device) -> Measured:
        """Whole pictures, letterboxed; distances as shares of the canvas."""
        points, truth, seen, losses = list[Any](), list[Any](), list[Any](), list[Any]()
        with asking(network) as asked:
            for start in range(0, len(data), AT_ONCE):
                some = range(start, min(start + AT_ONCE, len(data)))
                laid = [letterbox(decoded.picture(data, i), (self.side, self.side)) for i in some]
                said = answer_of(asked, as_input(np.stack([canvas for canvas, _ in laid]), device), device)
                marks = np.stack([_marks(data, i) for i in some])
                corners = [
                    place.to_canvas(np.tile(m[:, :2], 2))[:, :2] for m, (_, place) in zip(marks, laid, strict=True)
                ]
                true = torch.from_numpy(np.stack(corners) / np.float32(self.side)).to(device.where)
                marked = torch.from_numpy(marks[:, :, 2] > 0).to(device.where)
                losses += [float(sum(landmarks.loss(said, true, marked).values()))] * len(some)
                for kept, one in zip((points, truth, seen), (said.points, true, marked), strict=True):
                    kept.append(one.cpu())
        return _measured(data, torch.cat(points), torch.cat(truth), torch.cat(seen), float(np.mean(losses)))

    def look(self, network: nn.Module, data: PhotoSet, indices: Sequence[int], device: Device) -> tuple[Glance, ...]:
        """Pictures with the landmarks found."""
        glances = []
        for index in indices:
            picture, marks = decoded.picture(data, index), _marks(data, index)
            found = self.find(network, picture, device)
            little, scale = small(picture)
            size = np.array([scale, scale, 1], np.float32)
            seen = marks[:, 2] > 0
            distance = np.hypot(*(found - marks)[seen, :2].T) / max(picture.shape[:2])
            figure = float((distance < WITHIN).mean()) if seen.any() else float("nan")
            glances.append(
                Glance(data.files[index], little, truth_points=marks * size, points=found * size, figure=figure)
            )
        return tuple(glances)

    def find(self, network: nn.Module, picture: np.ndarray, device: Device) -> np.ndarray:
        """(K, 3) float32 x, y in pixels of a (H, W, 3) uint8 RGB picture of any size, and 1."""
        canvas, place = letterbox(picture, (self.side, self.side))
        with asking(network) as asked:
            points = answer_of(asked, as_input(canvas[None], device), device).points[0].cpu().numpy()
        there = (points * self.side - (place.left, place.top)) / place.scale
        return np.concatenate((there, np.ones((len(there), 1))), axis=1).astype(np.float32)


def _measured(data: PhotoSet, points: Tensor, truth: Tensor, seen: Tensor, loss: float) -> Measured:
    """The figures of a part: (N, K, 2) found and true places, (N, K) which are marked."""
    nothing = np.zeros((0, 0), np.int64)
    if not seen.any():
        return Measured(0, float("nan"), 0.0, nothing, no_mistakes())
    distance, pck = error_of(points, truth, seen, within=WITHIN)
    ones = [slice(k, k + 1) for k in range(seen.shape[1])]
    each = [error_of(points[:, k], truth[:, k], seen[:, k], within=WITHIN)[1] for k in ones]
    figures = {"pck": pck, "mean_distance": distance, **by_class("pck", names_behind("pck", data), each)}
    return Measured(len(points), loss, pck, nothing, no_mistakes(), figures)


def answer_of(network: nn.Module, pictures: Tensor, device: Device) -> Landmarks:
    """(B, 3, H, W) in [0, 1] to what a `LandmarkNet` says, float32, computed in the device's precision."""
    with torch.autocast(device.where.type, torch.bfloat16, enabled=device.precision is torch.bfloat16):
        said = network(pictures)
    return Landmarks(said.points.float(), said.maps.float())


def _marks(data: PhotoSet, index: int) -> np.ndarray:
    """(K, 3) float32 x, y in pixels and visibility of the object that a picture is of; zeros where there is none."""
    objects: Objects | None = data.objects[index] if data.objects is not None else None
    which = main_object(objects) if objects is not None else None
    if objects is None or which is None or not objects.keypoints.shape[1]:
        return np.zeros((len(data.keypoint_names), 3), np.float32)
    marks: np.ndarray = objects.keypoints[which]
    return marks
