"""What a detector answers, the same value for every detector."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class Detections:
    """Objects found in one image, best score first.

    boxes:  (N, 4) float32, x1 y1 x2 y2 in pixels of the image given to the detector.
    scores: (N,) float32 in [0, 1].
    labels: (N,) int64, indices into the detector's `classes`.
    masks:  (N, H, W) bool, the pixels of each object; None from detectors that find boxes alone.
    """

    boxes: np.ndarray
    scores: np.ndarray
    labels: np.ndarray
    masks: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.scores)

    @classmethod
    def none(cls) -> Detections:
        """Nothing found."""
        return cls(np.zeros((0, 4), np.float32), np.zeros(0, np.float32), np.zeros(0, np.int64))

    def at(self, which: np.ndarray) -> Detections:
        """Those at `which`, indices or (N,) bool, in that order."""
        masks = None if self.masks is None else self.masks[which]
        return Detections(self.boxes[which], self.scores[which], self.labels[which], masks)

    def above(self, score: float) -> Detections:
        """Those with at least `score`."""
        return self.at(self.scores >= score)
