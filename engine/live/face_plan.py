"""What is covered in each frame of a video, once every face in it is known from both sides in time.

Between two places of one face the whole way is covered; before the first and after the last one its neighbourhood,
further with every moment; and the frame when a face that fills much of it went nobody knows where.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from engine.live.face_tracks import Track, Tracks
from engine.live.overlays import Cover
from engine.live.privacy import CUT, GROWN, MUCH, WHOLE_SECONDS, cut_off, grown

_FOLLOWED = 0.4  # part of a face's size added on each side where it was followed and not found
_LINK_SECONDS = 4.0  # for which a face may be hidden and is still taken for the one that comes back
_LINK_SPEED, _DASH = 4.0, 16.0  # of its own sizes a second that it may have gone meanwhile; for a short time more
_NEAR_SECONDS = 0.8  # for which the neighbourhood of a face that never comes back is covered
_WIDE = 0.3  # part of the frame above which the way between two places is not covered at once
_BEFORE_SECONDS = 0.5  # neighbourhood before a face was first seen; also for coming in and leaving


@dataclass(slots=True, eq=False)
class Planned:
    """boxes: (4,) each, what is covered. cover: how much of it is more than faces."""

    boxes: list[np.ndarray] = field(default_factory=list)
    cover: Cover = Cover.FACES


@dataclass(frozen=True, slots=True)
class _Video:
    count: int
    width: int
    height: int
    rate: float

    def frames(self, seconds: float) -> int:
        return max(1, round(seconds * self.rate))


def planned(tracks: Tracks, size: tuple[int, int], rate: float) -> tuple[list[Planned], int]:
    """For each frame what is covered, and how many faces there were. size: (width, height) of the video."""
    video = _Video(tracks.count, *size, rate)
    plan = [Planned() for _ in range(video.count)]
    for track in tracks.all:
        for number, box in track.boxes.items():
            part = CUT if cut_off(box, size) else GROWN if number in track.scores else _FOLLOWED
            plan[number].boxes.append(grown(box, part))
    for number, boxes in tracks.doubtful.items():
        plan[number].boxes += [grown(box, CUT) for box in boxes]
    links = linked(tracks.all, video)
    after, before = {id(a) for a, _ in links}, {id(b) for _, b in links}
    for some, other in links:
        _between(plan, some, other, video)
    for track in tracks.all:
        if id(track) not in after:
            _afterwards(plan, track, video)
        if id(track) not in before:
            _beforehand(plan, track, video)
        _gaps(plan, track)
    return plan, len(tracks.all) - len(before)


def _side(box: np.ndarray) -> float:
    return float(max(box[2] - box[0], box[3] - box[1]))


def _union(some: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.concatenate((np.minimum(some[:2], other[:2]), np.maximum(some[2:], other[2:])))


def _share(box: np.ndarray, video: _Video) -> float:
    x1, y1, x2, y2 = np.clip(box, 0, [video.width, video.height] * 2)
    return float((x2 - x1) * (y2 - y1) / (video.width * video.height))


def linked(tracks: list[Track], video: _Video) -> list[tuple[Track, Track]]:
    """Pairs of which the second is probably the first, seen again: the nearest in time and place first, each once.

    Soon after an end every beginning that it could have reached is linked as well: who dashes cannot be told from who
    comes in beside, and a way too many hides little.
    """
    pairs = [(cost, a, b) for a in tracks for b in tracks if (cost := _cost(a, b, video)) is not None]
    ends: set[int] = set()
    starts: set[int] = set()
    found = []
    pairs.sort(key=lambda pair: pair[0])
    for _, some, other in pairs:
        if id(some) not in ends and id(other) not in starts:
            ends.add(id(some))
            starts.add(id(other))
            found.append((some, other))
    known = {(id(some), id(other)) for some, other in found}
    for _, some, other in pairs:
        soon = other.first - some.last <= video.frames(_NEAR_SECONDS)
        if soon and some.sure and other.sure and (id(some), id(other)) not in known:
            found.append((some, other))
    return found


def _cost(some: Track, other: Track, video: _Video) -> float | None:
    """How far apart in sizes and in time, None when they cannot be one face. Time counts more: a dash is short."""
    gap = max(1, other.first - some.last) / video.rate
    if other.first <= max(some.scores) or gap > _LINK_SECONDS:  # what was only followed may have been followed wrongly
        return None
    a, b = some.boxes[some.last], other.boxes[other.first]
    size = max(_side(a), _side(b))
    away = float(np.linalg.norm((a[:2] + a[2:] - b[:2] - b[2:]) / 2))
    reach = size * (1 + _LINK_SPEED * gap + (_DASH * min(gap, 0.8) if gap < 1 else 0.0))
    return 0.5 * away / size + 3 * gap if away <= reach and 0.4 < _side(a) / max(1.0, _side(b)) < 2.5 else None


def _between(plan: list[Planned], some: Track, other: Track, video: _Video) -> None:
    """From where a face was lost to where it was found again: the whole way when it was short, else about its path."""
    first, last = some.last, other.first
    a, b = some.boxes[first], other.boxes[last]
    way = grown(_union(a, b), 0.0, _FOLLOWED * max(_side(a), _side(b)))
    short = last - first <= video.frames(_NEAR_SECONDS) and _share(way, video) <= _WIDE
    for number in range(first + 1, last):
        part = (number - first) / (last - first)
        slack = min(number - first, last - number) / video.rate
        box = way if short else grown((1 - part) * a + part * b, _FOLLOWED + 0.8 * min(slack, 0.6))
        _near(plan[number], box)


def _gaps(plan: list[Planned], track: Track) -> None:
    """The few frames in which a track was neither found nor followed."""
    known = sorted(track.boxes)
    for some, other in pairwise(known):
        for number in range(some + 1, other):
            a, b = track.boxes[some], track.boxes[other]
            _near(plan[number], grown(_union(a, b), 0.0, _FOLLOWED * max(_side(a), _side(b))))


def _near(one: Planned, box: np.ndarray) -> None:
    one.boxes.append(box)
    if one.cover is Cover.FACES:
        one.cover = Cover.NEAR


def _outside(track: Track, number: int, step: int, video: _Video) -> np.ndarray | None:
    """(4,) the way over the border by which a face left (step 1) or came (step −1), None when it did neither."""
    box, speed = track.boxes[number], track.speed(number, -step)
    ahead = box + np.tile(step * speed * video.frames(_BEFORE_SECONDS), 2)
    edge = 0.15 * _side(box)
    over = (
        min(box[0], ahead[0]) < edge,
        min(box[1], ahead[1]) < edge,
        max(box[2], ahead[2]) > video.width - edge,
        max(box[3], ahead[3]) > video.height - edge,
    )
    if not any(over):
        return None
    way = grown(_union(box, ahead), 0.0, _FOLLOWED * _side(box))
    ends = np.array([-1.0, -1.0, video.width + 1.0, video.height + 1.0])
    return np.where(over, np.where(np.arange(4) < 2, np.minimum(way, ends), np.maximum(way, ends)), way)


def _afterwards(plan: list[Planned], track: Track, video: _Video) -> None:
    """After its last frame: over the border, else its neighbourhood and at last the frame."""
    last, box = track.last, track.boxes[track.last]
    way = _outside(track, last, 1, video)
    if way is not None:
        for number in range(last + 1, min(video.count, last + 1 + video.frames(_BEFORE_SECONDS))):
            _near(plan[number], way)
        return
    moved = float(np.abs(track.speed(last, -1)).max()) * video.rate
    until = _NEAR_SECONDS + WHOLE_SECONDS if track.sure else 0.5 * _NEAR_SECONDS
    for number in range(last + 1, min(video.count, last + 1 + video.frames(until))):
        lost = (number - last) / video.rate
        reach = grown(box, _FOLLOWED + 1.2 * lost, min(moved * min(lost, 0.3), _side(box)))
        _near(plan[number], reach)
        if lost > _NEAR_SECONDS and _share(reach, video) >= MUCH:
            plan[number].cover = Cover.WHOLE


def _beforehand(plan: list[Planned], track: Track, video: _Video) -> None:
    """Before its first frame: over the border, else its neighbourhood."""
    first, box = track.first, track.boxes[track.first]
    way = _outside(track, first, -1, video)
    seconds = _BEFORE_SECONDS if track.sure else 0.5 * _BEFORE_SECONDS
    for number in range(max(0, first - video.frames(seconds)), first):
        before = (first - number) / video.rate
        _near(plan[number], way if way is not None else grown(box, _FOLLOWED + 1.2 * before))
