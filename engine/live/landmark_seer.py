"""A run that learnt landmarks as an overlay: one figure with its points, in every frame (lecture row 71)."""

from __future__ import annotations

import numpy as np
from torch import Tensor, nn

from engine.detect.detections import Detections
from engine.detect.letterbox import Letterbox, letterbox
from engine.live.overlays import Found
from engine.live.seers import Networked, OnCanvas, shown
from engine.live.settings import LiveSettings


class Places(nn.Module):
    """A `LandmarkNet` whose only answer are its places: (1, 3, H, W) to ((1, K, 2) shares,)."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> tuple[Tensor]:
        return (self.network(x).points,)


class LandmarkSeer(Networked):
    """Always answers with one figure: a network for landmarks does not say whether anybody is there. side: of its canvas."""

    side = 96

    def prepare(self, picture: np.ndarray) -> OnCanvas:
        return OnCanvas(*letterbox(picture, (self.side, self.side)))

    def infer(self, prepared: OnCanvas) -> tuple[Letterbox, np.ndarray]:
        return prepared.place, self.run(prepared.pixels)[0][0]

    def finish(self, answer: tuple[Letterbox, np.ndarray], picture: np.ndarray, settings: LiveSettings) -> Found:
        place, shares = answer  # (K, 2)
        there = (shares * self.side - (place.left, place.top)) / place.scale
        points = np.concatenate((there, np.ones((len(there), 1))), axis=1).astype(np.float32)
        box = np.concatenate((there.min(0), there.max(0))).astype(np.float32)
        found = Detections(box[None], np.ones(1, np.float32), np.zeros(1, np.int64))
        return shown(self.card, found, settings, points[None])
