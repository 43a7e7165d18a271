"""A painted video that flickers less: each painting is mixed with the one before, moved along with the picture.

The painter sees every frame by itself, so that noise and small moves of the camera give other strokes (Ruder, Dosovitskiy,
Brox, "Artistic style transfer for videos", 2016). Here the optical flow between two photographs (DIS, Kroeger et al. 2016)
carries the last painting on; where the photographs then still differ, something was uncovered and nothing is carried.
"""

from __future__ import annotations

import cv2
import numpy as np

FLOW_SIDE = 240  # pixels of the longer side on which the flow is sought
ALIKE = 12.0  # grey levels: two pixels that differ by less are of the same thing


class Steady:
    """Takes the frames of one video in order. Not for two threads at once."""

    def __init__(self) -> None:
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        self._small: np.ndarray | None = None
        self._photo: np.ndarray | None = None
        self._painted: np.ndarray | None = None

    def mix(self, photo: np.ndarray, painted: np.ndarray, share: float) -> np.ndarray:
        """A painting, (H, W, 3) uint8 RGB, with at most `share` of the one before; `photo` is what it was painted from."""
        small, grey = _small(photo), cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY)
        found = painted
        if share > 0 and self._painted is not None and self._painted.shape == painted.shape:
            assert self._small is not None and self._photo is not None
            flow = np.asarray(self._flow.calc(small, self._small, np.zeros((*small.shape, 2), np.float32)))
            found = _carried(flow, (self._photo, grey), (self._painted, painted), share)
        self._small, self._photo, self._painted = small, grey, found
        return found


def _small(photo: np.ndarray) -> np.ndarray:
    scale = min(1.0, FLOW_SIDE / max(photo.shape[:2]))
    size = max(16, round(photo.shape[1] * scale)), max(16, round(photo.shape[0] * scale))
    return cv2.cvtColor(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)


def _carried(
    flow: np.ndarray, photos: tuple[np.ndarray, np.ndarray], paintings: tuple[np.ndarray, np.ndarray], share: float
) -> np.ndarray:
    """The painting before, moved by `flow` (h, w, 2) to where things are now, mixed into the one of now."""
    height, width = photos[0].shape
    across, down = (
        cv2.resize(flow[..., axis], (width, height), interpolation=cv2.INTER_LINEAR) * np.float32(long / short)
        for axis, long, short in ((0, width, flow.shape[1]), (1, height, flow.shape[0]))
    )
    x, y = across + np.arange(width, dtype=np.float32), down + np.arange(height, dtype=np.float32)[:, None]
    before = cv2.remap(photos[0], x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    apart = cv2.blur(cv2.absdiff(before, photos[1]), (5, 5)).astype(np.float32)
    inside = (x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)
    weight = (share * np.exp(-((apart / ALIKE) ** 2)) * inside)[..., None]
    last = cv2.remap(paintings[0], x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    mixed = paintings[1] + weight * (last.astype(np.float32) - paintings[1])
    return np.asarray(mixed.round().astype(np.uint8))
