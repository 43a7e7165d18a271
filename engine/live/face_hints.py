"""Where a face that was lost may be: what the detector hardly dares to say, and what suddenly moves.

A face that turns, hides or dashes is often still answered for, at a score that means nothing by itself. While somebody
is lost, and where somebody may just come in over the border, such answers are covered too; so is what dashes away from
where a face was lost, too blurred for any detector.
"""

from __future__ import annotations

import cv2
import numpy as np

HARDLY = 0.12  # score from which an answer is covered wherever it is
FAINT = 0.05  # the same at the border, where faces come in by halves, and in a copy, which nobody sees at once
_SPEED, _DASH = 4.0, 16.0  # of its own sizes a second that a lost face may have gone; for a short time more
_DASH_SECONDS = 0.8
_DASH_LATEST = 1.5  # seconds for which a lost face is expected to dash away
_SMEARED = 3.5  # times its size that a face's trace from one frame to the next may be
_ON_SECONDS = 1.2  # for which a face that went behind something is expected to go on as it went
_SLACK, _MORE = 0.15, 0.25  # part of its size added round that way, and what comes to it within a second
_WIDE = 160  # pixels of the longer side of the pictures that are compared for motion
_SUDDEN = 18  # grey levels by which a place must have changed, beside what the whole scene does
_DENSE = 0.3  # part of its box that a blob of motion fills: edges that only shift do not
_FEW = 4  # blobs of motion that are covered at most: where everything moves nothing can be told from it


def hinted(
    boxes: np.ndarray, scores: np.ndarray, lost: np.ndarray, gone: np.ndarray, size: tuple[int, int]
) -> np.ndarray:
    """(N,) bool: of (N, 4) answers below `HARDLY` those that may be one of the lost faces, or one that comes in.

    lost: (M, 4) where faces were last. gone: (M,) seconds since then. size: (width, height) of the picture.
    """
    weak = scores < HARDLY
    width, height = size
    edge = np.stack((boxes[:, 0], boxes[:, 1], width - boxes[:, 2], height - boxes[:, 3])).min(axis=0)
    enters = (edge <= 3) & (scores >= FAINT)
    return np.asarray(weak & (enters | within_reach(boxes, lost, gone)))


def within_reach(boxes: np.ndarray, lost: np.ndarray, gone: np.ndarray, *, largest: float = 2.5) -> np.ndarray:
    """(N,) bool: of about the size of one of the lost faces, and not further away than it may have gone.

    largest: how many times as large as the face was.
    """
    if not len(boxes) or not len(lost):
        return np.zeros(len(boxes), bool)
    middles = [(b[:, :2] + b[:, 2:]) / 2 for b in (boxes, lost)]
    sides = [np.maximum((b[:, 2:] - b[:, :2]).max(axis=1), 1.0) for b in (boxes, lost)]
    away = np.linalg.norm(middles[0][:, None] - middles[1][None], axis=2) / sides[1][None]
    reach = 1 + _SPEED * gone + _DASH * np.minimum(gone, _DASH_SECONDS)
    ratio = sides[0][:, None] / sides[1][None]
    return np.asarray(((away <= reach[None]) & (ratio < largest) & (ratio > 0.4)).any(axis=1))


def way_of(last: np.ndarray, went: np.ndarray, gone: float) -> np.ndarray:
    """(4,) from where a face was last seen to where it is if it went on, (2,) pixels a second, behind something."""
    on = last + np.tile(went * min(gone, _ON_SECONDS), 2)
    slack = (_SLACK + _MORE * min(gone, 1.0)) * float(max(last[2] - last[0], last[3] - last[1]))
    ends = np.concatenate((np.minimum(last, on)[:2], np.maximum(last, on)[2:]))
    return np.asarray(ends + np.array([-slack, -slack, slack, slack]))


class Motion:
    """What moves suddenly from one frame to the next. Belongs to one thread."""

    def __init__(self) -> None:
        self._before: np.ndarray | None = None
        self._now: np.ndarray | None = None
        self._scale = 1.0

    def add(self, grey: np.ndarray) -> None:
        """The next frame, (H, W) uint8."""
        self._scale = min(1.0, _WIDE / max(grey.shape))
        size = (max(1, round(grey.shape[1] * self._scale)), max(1, round(grey.shape[0] * self._scale)))
        self._before, self._now = self._now, cv2.resize(grey, size, interpolation=cv2.INTER_AREA)

    def boxes(self, known: list[np.ndarray], lost: np.ndarray, gone: np.ndarray) -> np.ndarray:
        """(N, 4) float32 x1 y1 x2 y2 of what moved more than the scene does and may be one of the lost faces.

        known: (4,) each, what is covered for faces that were found: how they move is no news. lost, gone: see `hinted`.
        """
        if self._before is None or self._now is None or self._before.shape != self._now.shape:
            return np.zeros((0, 4), np.float32)
        change = cv2.absdiff(self._before, self._now)
        least = _SUDDEN + 3 * float(np.median(change))
        for box in known:
            x1, y1, x2, y2 = (int(v) for v in np.round(np.maximum(box * self._scale, 0)))
            change[y1:y2, x1:x2] = 0
        moved = cv2.morphologyEx((change > least).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
        count, _, found, _ = cv2.connectedComponentsWithStats(moved)
        if count < 2:
            return np.zeros((0, 4), np.float32)
        x, y, width, height = (found[1:, i].astype(np.float32) for i in range(4))
        boxes = np.stack((x, y, x + width, y + height), axis=1) / np.float32(self._scale)
        dense = found[1:, cv2.CC_STAT_AREA] >= _DENSE * width * height
        soon = gone <= _DASH_LATEST
        rows = np.flatnonzero(dense & within_reach(boxes, lost[soon], gone[soon], largest=_SMEARED))
        return boxes[rows[np.argsort(-found[1:, cv2.CC_STAT_AREA][rows], kind="stable")][:_FEW]]
