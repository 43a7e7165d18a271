"""What opens an overlay's network and asks it: prepare, infer and finish for each kind, so that each can be timed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from engine.detect.detections import Detections
from engine.detect.letterbox import Letterbox, canvas_for, letterbox, resized
from engine.live.backends import Fastest, Network
from engine.live.overlays import Classified, Found, OverlayCard, Repainted, Result, Segmented
from engine.live.settings import LiveSettings
from engine.text import Text
from engine.zoo.yolo_mini import GridAnswer, YoloMini, cells, fused

TOP = 5
LONGEST = 640  # pixels of the longer side that segmenters get
LIMIT = 100  # objects of a frame
HIDDEN = 255  # label of pixels that are not shown
_CLOSE = 0.25  # between two logits; bfloat16 turned larger differences on 4 of 1,091 photographs, smaller ones on 40
_SIZES = 2  # picture sizes whose networks are kept at once


class Seer(Protocol):
    """An overlay that was opened. Belongs to one thread at a time."""

    card: OverlayCard

    @property
    def backend(self) -> str:
        """How it computes now, in words."""

    def prepare(self, picture: np.ndarray) -> Any:
        """(H, W, 3) uint8 RGB to what the network takes."""

    def infer(self, prepared: Any) -> Any:
        """The network alone."""

    def finish(self, answer: Any, picture: np.ndarray, settings: LiveSettings) -> Result | Repainted:
        """From the network's answer to the result, in pixels of `picture`."""

    def faster(self) -> tuple[str, float, float] | None:
        """After a frame: (backend, ms before, ms after) when a faster way took over now."""


class Networked:
    """What seers with one network share: a `Fastest` for each size of picture, the last two kept.

    way_of: makes it for a size (H, W); replaced by whoever wants one way of computing and no other.
    """

    def __init__(self, card: OverlayCard, network: Network, *, device: torch.device | None = None) -> None:
        self.card, self.network = card, network
        self.way_of: Callable[[tuple[int, int]], Fastest] = lambda size: Fastest(network, size, device=device)
        self._ways: OrderedDict[tuple[int, int], Fastest] = OrderedDict()
        self._now: Fastest | None = None
        self._last: np.ndarray | None = None

    @property
    def backend(self) -> str:
        return self._now.backend if self._now else ""

    def run(self, pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        """(h, w, 3) uint8 to the network's answers."""
        size = (pixels.shape[0], pixels.shape[1])
        if size not in self._ways:
            self._ways[size] = self.way_of(size)
            if len(self._ways) > _SIZES:
                self._ways.popitem(last=False)
        self._ways.move_to_end(size)
        self._now, self._last = self._ways[size], pixels
        return self._now(pixels)

    def faster(self) -> tuple[str, float, float] | None:
        """See `Seer.faster`."""
        return self._now.compare(self._last) if self._now and self._last is not None else None

    def settle(self) -> None:
        """Wait for whatever is being built beside."""
        for way in self._ways.values():
            way.settle()


class ClassifySeer(Networked):
    """One of many names for the whole picture; `classes` of the card name the network's outputs.

    In half precision a near tie of the two best names may fall the other way: such a picture is asked about again.
    """

    def __init__(self, card: OverlayCard, network: Network, *, device: torch.device | None = None) -> None:
        super().__init__(card, replace(network, close=near_tie), device=device)

    def prepare(self, picture: np.ndarray) -> np.ndarray:
        from engine.models.imagenet import middle_of

        return middle_of(picture)

    def infer(self, prepared: np.ndarray) -> np.ndarray:
        return self.run(prepared)[0][0]  # (classes,)

    def finish(self, answer: np.ndarray, picture: np.ndarray, settings: LiveSettings) -> Classified:
        shares = np.exp(answer - answer.max())
        shares /= shares.sum()
        best = np.argpartition(-shares, min(TOP, len(shares) - 1))[:TOP]
        best = best[np.argsort(-shares[best])]
        chosen = tuple(int(i) for i in best)
        names = tuple(self.card.classes[i] for i in chosen)
        return Classified(self.card.id, chosen, names, shares[best].astype(np.float32))


def near_tie(answers: tuple[np.ndarray, ...]) -> bool:
    """True when the two best of (1, classes) logits are so close that half precision may have changed their order."""
    scores = answers[0].ravel()
    if len(scores) < 2:
        return False
    second, best = np.partition(scores, -2)[-2:]
    return bool(best - second < _CLOSE)


class _Parts(nn.Module):
    """A `GridAnswer`'s three changing parts as a plain tuple, which translators take."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        answer = self.network(x)
        return answer.boxes, answer.objectness, answer.classes


def grid_parts(network: YoloMini) -> nn.Module:
    """Our one-stage detector for use: norms folded in, answers as a tuple (boxes, objectness, classes)."""
    return _Parts(fused(network)).eval()


@dataclass(frozen=True, slots=True)
class OnCanvas:
    """A picture letterboxed, and where it lies."""

    pixels: np.ndarray
    place: Letterbox


class GridSeer(Networked):
    """Our one-stage detector. longest: pixels of the longer side that it gets, as its recipe measures it."""

    def __init__(self, card: OverlayCard, network: Network, *, longest: int = 416) -> None:
        super().__init__(card, network)
        self.longest = longest

    def prepare(self, picture: np.ndarray) -> OnCanvas:
        size = canvas_for(picture.shape[1], picture.shape[0], longest=self.longest)
        return OnCanvas(*letterbox(picture, size))

    def infer(self, prepared: OnCanvas) -> tuple[OnCanvas, tuple[np.ndarray, ...]]:
        return prepared, self.run(prepared.pixels)

    def finish(
        self, answer: tuple[OnCanvas, tuple[np.ndarray, ...]], picture: np.ndarray, settings: LiveSettings
    ) -> Found:
        from engine.detect.decode import decode

        canvas, (boxes, objectness, classes) = answer
        size = (canvas.pixels.shape[0], canvas.pixels.shape[1])
        parts = [torch.from_numpy(part) for part in (boxes, objectness, classes)]
        said = GridAnswer(parts[0], parts[1], parts[2], cells(*size), size)
        found = decode(said, score=settings.score, iou=settings.nms, limit=LIMIT)[0]
        return shown(self.card, canvas.place.to_picture(found), settings)


class SegmentSeer(Networked):
    """A class for every pixel, by a network that answers (1, h, w) labels. ground: label of the background, or −1."""

    def __init__(self, card: OverlayCard, network: Network, *, ground: int = -1, multiple: int = 32) -> None:
        super().__init__(card, network)
        self._ground, self._multiple = ground, multiple

    def prepare(self, picture: np.ndarray) -> OnCanvas:
        """The picture reduced to at most 640 pixels, its right and lower edge repeated up to a multiple of 32."""
        height, width = picture.shape[:2]
        scale = min(1.0, LONGEST / max(height, width))
        small = resized(picture, (max(1, round(width * scale)), max(1, round(height * scale))))
        h, w = small.shape[:2]
        below, right = -h % self._multiple, -w % self._multiple
        pixels = cv2.copyMakeBorder(small, 0, below, 0, right, cv2.BORDER_REPLICATE) if below or right else small
        return OnCanvas(pixels, Letterbox(scale, 0, 0, w, h))

    def infer(self, prepared: OnCanvas) -> tuple[Letterbox, np.ndarray]:
        return prepared.place, self.run(prepared.pixels)[0][0]

    def finish(self, answer: tuple[Letterbox, np.ndarray], picture: np.ndarray, settings: LiveSettings) -> Segmented:
        place, labels = answer
        small = np.ascontiguousarray(labels[: place.height, : place.width]).astype(np.uint8)
        shares = np.bincount(small.ravel(), minlength=len(self.card.classes))[: len(self.card.classes)] / small.size
        size = (picture.shape[1], picture.shape[0])
        whole = small if size == small.shape[::-1] else cv2.resize(small, size, interpolation=cv2.INTER_NEAREST)
        if settings.classes:
            table = np.array([i if c.en in settings.classes else HIDDEN for i, c in enumerate(self.card.classes)])
            whole = np.append(table, [HIDDEN] * (256 - len(table))).astype(np.uint8)[whole]
        return Segmented(self.card.id, whole, self.card.classes, shares.astype(np.float32), self._ground)


class Labels(nn.Module):
    """The likeliest class of every pixel of a network that scores them: (1, C, H, W) to (1, H, W)."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> tuple[Tensor]:
        scores = self.network(x)
        return (scores.argmax(1).to(torch.int32),)


def shown(card: OverlayCard, found: Detections, settings: LiveSettings, points: np.ndarray | None = None) -> Found:
    """What remains of detections under the settings' score and classes, counted; numbered by whoever tracks."""
    keep = found.scores >= settings.score
    if settings.classes:
        names = [c.en for c in card.classes]
        wanted = [i for i, name in enumerate(names) if name in settings.classes]
        keep &= np.isin(found.labels, wanted)
    rows = np.flatnonzero(keep)
    kept = found.at(rows)
    values, counts = np.unique(kept.labels, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    counted = tuple((int(values[i]), int(counts[i])) for i in order)
    ids = np.full(len(kept), -1, np.int64)
    return Found(card.id, kept, card.classes, ids, counted, points[rows] if points is not None else None)


def suppressed(found: Detections, overlap: float, limit: int = LIMIT) -> np.ndarray:
    """Rows of `found` that stay when of two boxes of one class that overlap more only the better does."""
    from torchvision.ops import batched_nms  # takes a second to import, and a classifier needs none of it

    boxes, scores = torch.from_numpy(found.boxes), torch.from_numpy(found.scores)
    rows: np.ndarray = batched_nms(boxes, scores, torch.from_numpy(found.labels), overlap)[:limit].numpy()
    return rows


def named(card: OverlayCard, classes: tuple[Text, ...]) -> OverlayCard:
    """The card of an opened overlay, which knows its classes."""
    return replace(card, classes=classes)
