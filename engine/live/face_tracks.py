"""Faces of a video followed forwards and backwards in time: what is known of each before anything is covered.

A detector needs a moment with faces that come in, turn round or step out from behind something. Whoever has the whole
video need not guess there: a face that is found is followed by its looks into the frames before, too.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import cv2
import numpy as np

from engine.live.face_hints import HARDLY
from engine.live.privacy import NEW, found_by_looks, looks_in, nearness
from engine.live.tracking import matched, overlaps

BACK = 2.0  # seconds for which a face is followed by its looks alone, in either direction
_DOUBTFUL = 0.3  # the same for what may be no face
_LONGEST = 640  # pixels of the longer side of the pictures that are kept for that
_KEPT = 3  # frames for which a face that is lost waits to be found again as the same track


@dataclass(slots=True, eq=False)
class Track:
    """One face without a gap, or with one of a few frames.

    boxes: by frame number (4,) x1 y1 x2 y2, found or followed. scores: of the frames in which it was found.
    """

    boxes: dict[int, np.ndarray] = field(default_factory=dict)
    scores: dict[int, float] = field(default_factory=dict)
    looks: np.ndarray | None = None

    @property
    def first(self) -> int:
        return min(self.boxes)

    @property
    def last(self) -> int:
        return max(self.boxes)

    @property
    def sure(self) -> bool:
        """True when it is a face beyond doubt: found several times, once at least not hardly, or once with certainty."""
        best = max(self.scores.values())
        return best >= 0.6 or (len(self.scores) >= 4 and best >= 0.4)

    def speed(self, number: int, step: int) -> np.ndarray:
        """(2,) pixels a frame of its middle, near its end (step −1 looks back from there) or its beginning (step 1)."""
        known = [n for n in (number + step * k for k in range(1, 9)) if n in self.boxes]
        if not known or number not in self.boxes:
            return np.zeros(2)
        a, b = self.boxes[number], self.boxes[known[-1]]
        return np.asarray((a[:2] + a[2:] - b[:2] - b[2:]) / 2 / (number - known[-1]))


class Tracks:
    """Takes what was found frame by frame; `all` are the faces so far, `doubtful` what was hardly one."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._before: deque[tuple[int, np.ndarray]] = deque(maxlen=max(2, round(BACK * rate)))
        self._number = -1
        self._scale = 1.0
        self.all: list[Track] = []
        self.doubtful: dict[int, list[np.ndarray]] = {}

    @property
    def count(self) -> int:
        """Frames taken so far."""
        return self._number + 1

    def add(self, picture: np.ndarray, boxes: np.ndarray, scores: np.ndarray) -> None:
        """The next frame, (H, W, 3) uint8, with its (N, 4) detections, doubtful ones too.

        Those below `HARDLY` belong to no face, and are covered in this frame.
        """
        self._number += 1
        faint = scores < HARDLY
        if faint.any():
            self.doubtful[self._number] = list(boxes[faint])
            boxes, scores = boxes[~faint], scores[~faint]
        grey = self._reduced(picture)
        taken = self._meet(grey, boxes, scores)
        self._follow(grey)
        for row in np.flatnonzero(~taken).tolist():
            if scores[row] >= NEW:
                self._begin(grey, boxes[row], float(scores[row]))
            else:
                self.doubtful.setdefault(self._number, []).append(boxes[row])
        self._before.append((self._number, grey))

    def _reduced(self, picture: np.ndarray) -> np.ndarray:
        self._scale = min(1.0, _LONGEST / max(picture.shape[:2]))
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        return (
            grey
            if self._scale == 1
            else cv2.resize(grey, None, fx=self._scale, fy=self._scale, interpolation=cv2.INTER_AREA)
        )

    def _meet(self, grey: np.ndarray, boxes: np.ndarray, scores: np.ndarray) -> np.ndarray:
        """Give detections to the faces that they belong to; (N,) bool, which were."""
        taken = np.zeros(len(boxes), bool)
        open_ = [track for track in self.all if self._number - track.last <= _KEPT]
        if open_ and len(boxes):
            known = np.stack([track.boxes[track.last] for track in open_])
            for row, column in matched(overlaps(boxes, known) + 0.5 * nearness(boxes, known), least=0.1):
                track = open_[column]
                track.boxes[self._number], track.scores[self._number] = boxes[row].copy(), float(scores[row])
                track.looks = self._looks(grey, boxes[row])
                taken[row] = True
        return taken

    def _follow(self, grey: np.ndarray) -> None:
        """Faces that were not found, by what they last looked like."""
        for track in self.all:
            lost = self._number - max(track.scores)
            patience = (BACK if track.sure else _DOUBTFUL) * self._rate
            if track.last != self._number - 1 or track.looks is None or lost > patience:
                continue
            place = self._place(grey, track.looks, track.boxes[track.last])
            if place is not None:
                track.boxes[self._number] = place

    def _begin(self, grey: np.ndarray, box: np.ndarray, score: float) -> None:
        """A new face, and where it was before it was found."""
        track = Track({self._number: box.copy()}, {self._number: score}, self._looks(grey, box))
        known = [other for other in self.all if other.last >= self._number - (self._before.maxlen or 0)]
        self.all.append(track)
        looks = track.looks
        for number, earlier in reversed(self._before):
            if not track.sure and self._number - number > _DOUBTFUL * self._rate:
                return
            place = self._place(earlier, looks, box) if looks is not None else None
            if place is None:
                return
            there = [other.boxes[number] for other in known if number in other.boxes]
            if there and overlaps(place[None], np.stack(there)).max() > 0.5:
                return  # another one covers it there already
            track.boxes[number], box = place, place
            looks = self._looks(earlier, place)

    def _looks(self, grey: np.ndarray, box: np.ndarray) -> np.ndarray | None:
        return looks_in(grey, box * self._scale)

    def _place(self, grey: np.ndarray, looks: np.ndarray, box: np.ndarray) -> np.ndarray | None:
        place = found_by_looks(grey, looks, box * self._scale)
        return place / self._scale if place is not None else None
