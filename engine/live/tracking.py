"""Numbers that stay with an object from frame to frame, by the overlap of its boxes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.detect.detections import Detections

_LEAST = 0.2  # overlap (IoU) of a box with where its track should be now
_MEMORY = 1.0  # seconds an object may stay unseen and keep its number


@dataclass(slots=True)
class _Track:
    """box: (4,) where it was last. speed: (4,) pixels a second. seen: seconds. label: of its class."""

    id: int
    box: np.ndarray
    speed: np.ndarray
    seen: float
    label: int

    def at(self, seconds: float) -> np.ndarray:
        """Where it should be now, if it goes on as it did."""
        return self.box + self.speed * min(seconds - self.seen, _MEMORY)


class Tracker:
    """Matches the boxes of each frame to those before, largest overlap first, as SORT does (Bewley et al., 2016)."""

    def __init__(self) -> None:
        self._tracks: list[_Track] = []
        self._next = 1

    def update(self, found: Detections, seconds: float) -> np.ndarray:
        """(N,) int64 numbers of the boxes of a frame taken at `seconds`; they count from 1."""
        self._tracks = [t for t in self._tracks if 0 <= seconds - t.seen <= _MEMORY]
        ids = np.full(len(found), -1, np.int64)
        for row, track in self._matches(found, seconds):
            gone = max(seconds - track.seen, 1e-3)
            track.speed = 0.5 * track.speed + 0.5 * (found.boxes[row] - track.box) / gone
            track.box, track.seen = found.boxes[row].copy(), seconds
            ids[row] = track.id
        for row in np.flatnonzero(ids < 0).tolist():
            ids[row], box = self._next, found.boxes[row].copy()
            self._tracks.append(_Track(self._next, box, np.zeros(4), seconds, int(found.labels[row])))
            self._next += 1
        return ids

    def _matches(self, found: Detections, seconds: float) -> list[tuple[int, _Track]]:
        if not self._tracks or not len(found):
            return []
        shares = overlaps(found.boxes, np.stack([t.at(seconds) for t in self._tracks]))
        shares[found.labels[:, None] != np.array([t.label for t in self._tracks])] = 0
        return [(row, self._tracks[column]) for row, column in matched(shares, least=_LEAST)]


def matched(likeness: np.ndarray, *, least: float) -> list[tuple[int, int]]:
    """Pairs of a row and a column of (N, M), each used once, the most alike first; none below `least`."""
    pairs: list[tuple[int, int]] = []
    rest = likeness.copy()
    while rest.size and rest.max() >= least:
        row, column = divmod(int(rest.argmax()), rest.shape[1])
        pairs.append((row, column))
        rest[row], rest[:, column] = -1, -1
    return pairs


def overlaps(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """(N, 4) and (M, 4) boxes x1 y1 x2 y2 to (N, M) intersection over union."""
    low = np.maximum(some[:, None, :2], others[None, :, :2])
    high = np.minimum(some[:, None, 2:], others[None, :, 2:])
    both = np.prod(np.clip(high - low, 0, None), axis=2)
    areas = [np.prod(np.clip(b[:, 2:] - b[:, :2], 0, None), axis=1) for b in (some, others)]
    return both / np.maximum(areas[0][:, None] + areas[1][None] - both, 1e-9)
