"""Covering faces so that none is shown: a face once seen stays covered until it leaves or is found again.

Fail-secure (lecture row 78): a detector misses faces that turn, blur or hide. Here a face that is not found in a frame
is followed by its looks; when that fails too its neighbourhood is covered, more with every moment, then the frame for a
moment when it may be in a good part of it, then the place where it was lost, with the reason said. Meanwhile
`engine.live.face_hints` tells where it may be by faint answers, by what dashes away and by the way it went. It is given
up only when it left by the border, when a detection that belongs to no other face stands where it may have gone, or
after some seconds. What is hardly a face is covered in its frame alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from engine.live.face_hints import HARDLY, Motion, hinted, way_of
from engine.live.overlays import Cover, Covered
from engine.live.settings import LiveSettings
from engine.live.tracking import matched, overlaps
from engine.text import Text

NEW = 0.18  # score from which something counts as a face that was not there before
GROWN = 0.25  # part of a face's size added on each side: hair, chin, what moved meanwhile
CUT = 0.6  # the same for a face that the border cuts, and for what is hardly a face
_ALIKE = 0.6  # correlation of looks from which an unseen face counts as still there
NEAR_SECONDS = 1.5  # for which a lost face's neighbourhood alone is covered, more of it with every moment
WHOLE_SECONDS = 0.3  # for which after that the frame is
REMEMBERED_SECONDS = 4.0  # for which the place where it was lost is
FOLLOWED_SECONDS = 6.0  # for which a face that the detector does not see is followed by its looks alone
WAY_SECONDS = 3.0  # for which it is thought to go on behind something as it went
DASH_SECONDS = 0.2  # from which what suddenly moves may be it
LEAVING_SECONDS = 0.4  # for which the place where somebody left by the border stays covered
SOLID = 114  # grey level of a solid cover
CHANCE_SECONDS = 0.3  # for which something that was hardly a face is remembered
MUCH = 0.3  # part of the frame from which a lost face's reach becomes the whole frame
_REMEMBERED = 1.0  # part of a face's size added on each side of where it was lost
_SIDE = 24  # pixels of the longer side of a face's kept looks
_LOST_NEAR = Text(
    "A face was lost; its neighbourhood is covered until it is found again.",
    "얼굴 하나를 놓쳤어요. 다시 찾을 때까지 그 둘레를 가려요.",
)
_LOST_WHOLE = Text(
    "A face was lost and may be anywhere: the whole picture is covered for a moment.",
    "놓친 얼굴이 어디에 있는지 몰라요. 잠시 화면 전체를 가려요.",
)


@dataclass(slots=True, eq=False)
class _Face:
    """box: (4,) where it is or was. speed: (2,) of its middle, pixels a second. found: seconds when the detector last saw it.

    seen: seconds when it was last found or followed. looks: (h, w) uint8 grey, small. steps: how often it was found.
    best: its highest score. last, went: (4,) where the detector last saw it, and (2,) how it moved then, pixels a second.
    """

    id: int
    box: np.ndarray
    speed: np.ndarray
    found: float
    seen: float
    looks: np.ndarray | None
    score: float
    best: float
    last: np.ndarray
    went: np.ndarray = field(default_factory=lambda: np.zeros(2))
    steps: int = 1
    followed: bool = False

    def at(self, seconds: float) -> np.ndarray:
        return self.box + np.tile(self.speed, 2) * min(max(seconds - self.seen, 0.0), 0.5)

    @property
    def doubtful(self) -> bool:
        """True when it may be no face at all: found a few times, and hardly."""
        return self.best < 0.4 or (self.steps < 3 and self.best < 0.6)

    def side(self) -> float:
        return float(max(self.box[2] - self.box[0], self.box[3] - self.box[1]))


@dataclass(slots=True, eq=False)
class Privacy:
    """What is known of the faces of one source. Belongs to one thread."""

    _faces: list[_Face] = field(default_factory=list)
    _next: int = 1
    _motion: Motion = field(default_factory=Motion)

    def cover(
        self, picture: np.ndarray, found: Covered, seconds: float, settings: LiveSettings
    ) -> tuple[np.ndarray, Covered]:
        """(H, W, 3) uint8 with every known face covered, and what was covered why. `found`: fresh detections."""
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        self._motion.add(grey)
        every, found = found, _told(found)
        fresh = found.scores >= (NEW if settings.fail_secure else max(NEW, settings.score))
        taken = self._meet(found, grey, seconds)
        born = self._begin(found, np.flatnonzero(fresh & ~taken), grey, seconds)
        doubtful = np.flatnonzero(~fresh & ~taken) if settings.fail_secure else np.zeros(0, np.int64)
        if settings.fail_secure:
            self._follow(grey, seconds)
            self._give_up(grey.shape, born, seconds)
        else:
            self._faces = [face for face in self._faces if face.found == seconds]
        lost = [face for face in self._faces if face.seen < seconds]
        size = (grey.shape[1], grey.shape[0])
        boxes = [_grown(face, seconds, cut=cut_off(face.box, size)) for face in self._faces]
        boxes += [grown(found.boxes[row], CUT) for row in doubtful]
        hints = self._hints(every, seconds, size) if settings.fail_secure else []
        boxes += hints
        edge = np.array(size * 2)
        told = replace(
            found,
            boxes=np.clip(np.array(boxes, np.float32).reshape(-1, 4), 0, edge).astype(np.float32),
            scores=np.array(
                [f.score if f.found == seconds else 0.0 for f in self._faces]
                + found.scores[doubtful].tolist()
                + [0.0] * len(hints),
                np.float32,
            ),
            ids=np.array([f.id for f in self._faces] + [-1] * (len(doubtful) + len(hints)), np.int64),
        )
        if any(_anywhere(face, seconds, grey.shape) for face in lost):
            return hidden(picture, settings.cover), replace(told, cover=Cover.WHOLE, why=_LOST_WHOLE)
        out = covered(picture, boxes, settings.cover)
        return out, replace(told, cover=Cover.NEAR, why=_LOST_NEAR) if lost else told

    def _hints(self, every: Covered, seconds: float, size: tuple[int, int]) -> list[np.ndarray]:
        """(4,) each: what may be a face that is lost, or one that comes in."""
        missed = [face for face in self._faces if face.found < seconds and not face.doubtful]
        lost = np.array([face.box for face in missed]).reshape(-1, 4)
        gone = np.array([seconds - face.found for face in missed])
        boxes = [way_of(face.last, face.went, t) for face, t in zip(missed, gone, strict=True) if t <= WAY_SECONDS]
        boxes += [grown(box, CUT) for box in every.boxes[hinted(every.boxes, every.scores, lost, gone, size)]]
        late = gone >= DASH_SECONDS
        if late.any():
            known = [grown(face.box) for face in self._faces if face.found == seconds]
            boxes += [grown(box, 0.1) for box in self._motion.boxes(known, lost[late], gone[late])]
        return boxes

    def _meet(self, found: Covered, grey: np.ndarray, seconds: float) -> np.ndarray:
        """Give detections, doubtful ones too, to the faces they belong to; (N,) bool, which were."""
        taken = np.zeros(len(found.boxes), bool)
        for row, face in self._matches(found.boxes, seconds):
            gone = seconds - face.seen
            moved = _moved(face.box, found.boxes[row]) / gone if gone > 0 else np.zeros(2)
            steady = face.seen == face.found
            whole = _width(found.boxes[row]) > 0.9 * _width(face.box)  # not one that is just being hidden
            if steady and gone > 0 and whole:
                face.went = face.went + (moved - face.went) / min(face.steps + 1, 5)
            face.speed = 0.5 * face.speed + 0.5 * moved if steady else 0 * face.speed
            face.box, face.found, face.seen, face.followed = found.boxes[row].copy(), seconds, seconds, False
            face.looks, face.score, face.steps = looks_in(grey, face.box), float(found.scores[row]), face.steps + 1
            face.best, face.last = max(face.best, face.score), face.box
            taken[row] = True
        return taken

    def _begin(self, found: Covered, rows: np.ndarray, grey: np.ndarray, seconds: float) -> np.ndarray:
        """New faces of these detections; their boxes (n, 4)."""
        for row in rows.tolist():
            box = found.boxes[row].copy()
            looks, score = looks_in(grey, box), float(found.scores[row])
            self._faces.append(_Face(self._next, box, np.zeros(2), seconds, seconds, looks, score, score, box))
            self._next += 1
        return found.boxes[rows]

    def _matches(self, boxes: np.ndarray, seconds: float) -> list[tuple[int, _Face]]:
        """By overlap with where a face should be, or, after a jump, by nearness of the middles and like size."""
        if not self._faces or not len(boxes):
            return []
        known = np.stack([face.at(seconds) for face in self._faces])
        likeness = overlaps(boxes, known) + 0.5 * nearness(boxes, known)
        return [(row, self._faces[column]) for row, column in matched(likeness, least=0.1)]

    def _follow(self, grey: np.ndarray, seconds: float) -> None:
        """Look for faces that were not found by what they last looked like, near where they should be."""
        for face in self._faces:
            if face.found == seconds or face.looks is None:
                continue
            place = found_by_looks(grey, face.looks, face.at(seconds))
            if place is not None:
                gone = max(seconds - face.seen, 1e-3)
                face.speed = 0.5 * face.speed + 0.5 * _moved(face.box, place) / gone
                face.box, face.seen, face.followed = place, seconds, True

    def _give_up(self, shape: tuple[int, ...], born: np.ndarray, seconds: float) -> None:
        """`born`: (n, 4) detections of this frame that belong to no known face: one of them may be the lost one."""
        kept = []
        for face in self._faces:
            unseen = seconds - face.seen
            left = face.found < seconds and _left(face, shape, seconds)
            replaced = unseen > 0 and _stands_in(born, _grown(face, seconds), face.side())
            over = unseen > REMEMBERED_SECONDS or seconds - face.found > FOLLOWED_SECONDS
            chance = face.doubtful and seconds - face.found > CHANCE_SECONDS
            if not (left or replaced or chance or over):
                kept.append(face)
        self._faces = kept


def _stands_in(born: np.ndarray, where: np.ndarray, side: float) -> bool:
    """True when one of (n, 4) detections has its middle in (4,) where a face may be, and about its size."""
    middles = (born[:, :2] + born[:, 2:]) / 2
    ratio = np.maximum((born[:, 2:] - born[:, :2]).max(axis=1, initial=0), 1.0) / max(side, 1.0)
    within = (middles >= where[:2]).all(axis=1) & (middles <= where[2:]).all(axis=1)
    return bool((within & (ratio > 0.5) & (ratio < 2)).any())


def _told(found: Covered) -> Covered:
    """Without what means something only when a face is lost."""
    rows = found.scores >= HARDLY
    return replace(found, boxes=found.boxes[rows], scores=found.scores[rows], ids=found.ids[rows])


def nearness(boxes: np.ndarray, known: np.ndarray) -> np.ndarray:
    """(N, M) from 1 where middles agree to 0 at one and a half sizes away; 0 for sizes that differ by over 2.5."""
    middles = [(b[:, :2] + b[:, 2:]) / 2 for b in (boxes, known)]
    sides = [np.maximum((b[:, 2:] - b[:, :2]).max(axis=1), 1.0) for b in (boxes, known)]
    away = np.linalg.norm(middles[0][:, None] - middles[1][None], axis=2) / np.maximum(sides[0][:, None], sides[1])
    ratio = sides[0][:, None] / sides[1][None]
    return np.clip(1 - away / 1.5, 0, 1) * ((ratio < 2.5) & (ratio > 0.4))


def grown(box: np.ndarray, part: float = GROWN, more: float = 0.0) -> np.ndarray:
    """A box with `part` of its size, and `more` pixels, added on each side."""
    out = part * float(max(box[2] - box[0], box[3] - box[1])) + more
    return box + np.array([-out, -out, out, out])


def _moved(some: np.ndarray, other: np.ndarray) -> np.ndarray:
    """(2,) from the middle of one box to that of another."""
    return np.asarray((other[:2] + other[2:] - some[:2] - some[2:]) / 2)


def _width(box: np.ndarray) -> float:
    return float(box[2] - box[0])


def cut_off(box: np.ndarray, size: tuple[int, int]) -> bool:
    """True for a box at the border of a picture of (width, height): more of the face than it says may be seen."""
    return bool(box[0] <= 2 or box[1] <= 2 or box[2] >= size[0] - 2 or box[3] >= size[1] - 2)


def _grown(face: _Face, seconds: float, *, cut: bool = False) -> np.ndarray:
    """(4,) what is covered for a face: more for one that is followed, and more with every moment that it is lost."""
    lost = max(seconds - face.seen, 0.0)
    moves = min(float(np.abs(face.speed).max()) * min(lost, 0.15), face.side())
    if lost > NEAR_SECONDS + WHOLE_SECONDS:  # it hid or turned away, and will most likely come back where it was
        return grown(face.box, _REMEMBERED)
    part = (CUT if cut else GROWN) + (0.15 if face.followed else 0.0) + 1.2 * lost
    return grown(face.at(seconds), part, moves)


def _anywhere(face: _Face, seconds: float, shape: tuple[int, ...]) -> bool:
    """True when a face is lost so long that where it may be by now is a good part of the frame.

    A small face far away goes nowhere in a second: there its neighbourhood, which grows on, is enough.
    """
    if face.doubtful:
        return False
    box = np.clip(_grown(face, seconds), 0, [shape[1], shape[0]] * 2)
    share = (box[2] - box[0]) * (box[3] - box[1]) / (shape[0] * shape[1])
    return NEAR_SECONDS < seconds - face.seen <= NEAR_SECONDS + WHOLE_SECONDS and bool(share >= MUCH)


def _left(face: _Face, shape: tuple[int, ...], seconds: float) -> bool:
    """True when it is past the border, or stood there, went outwards, and was not seen for a while."""
    x1, y1, x2, y2 = face.at(seconds)
    height, width = shape[:2]
    if x2 <= 0 or y2 <= 0 or x1 >= width or y1 >= height:
        return True
    if seconds - face.seen <= LEAVING_SECONDS:
        return False
    if not (0 < (x1 + x2) / 2 < width and 0 < (y1 + y2) / 2 < height):
        return True
    near = 0.2 * face.side()
    at_edge = face.box[0] <= near, face.box[1] <= near, face.box[2] >= width - near, face.box[3] >= height - near
    outward = face.speed[0] < 0, face.speed[1] < 0, face.speed[0] > 0, face.speed[1] > 0
    return any(a and b for a, b in zip(at_edge, outward, strict=True))


def looks_in(grey: np.ndarray, box: np.ndarray) -> np.ndarray | None:
    """The face as a small grey picture, None when it has no extent."""
    height, width = grey.shape
    x1, y1, x2, y2 = (int(v) for v in np.round(np.clip(box, 0, [width, height, width, height])))
    if x2 - x1 < 4 or y2 - y1 < 4:
        return None
    scale = _SIDE / max(x2 - x1, y2 - y1)
    size = (max(4, round((x2 - x1) * scale)), max(4, round((y2 - y1) * scale)))
    return cv2.resize(grey[y1:y2, x1:x2], size, interpolation=cv2.INTER_AREA)


def found_by_looks(grey: np.ndarray, looks: np.ndarray, box: np.ndarray) -> np.ndarray | None:
    """(4,) the place near `box` that looks most alike, None when nothing is alike enough (normalised correlation)."""
    height, width = grey.shape
    side = max(box[2] - box[0], box[3] - box[1], 4.0)
    x1, y1 = (int(max(0, v - 0.75 * side)) for v in box[:2])
    x2, y2 = int(min(width, box[2] + 0.75 * side)), int(min(height, box[3] + 0.75 * side))
    scale = _SIDE / side
    if x2 - x1 < 4 or y2 - y1 < 4:
        return None
    around = cv2.resize(grey[y1:y2, x1:x2], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if around.shape[0] < looks.shape[0] or around.shape[1] < looks.shape[1] or looks.std() < 4:
        return None
    answer = cv2.matchTemplate(around, looks, cv2.TM_CCOEFF_NORMED)
    _, best, _, (left, top) = cv2.minMaxLoc(answer)
    if best < _ALIKE:
        return None
    shift = np.array([x1 + left / scale, y1 + top / scale]) - box[:2]
    return box + np.concatenate((shift, shift))


# Covering


def hidden(picture: np.ndarray, style: str) -> np.ndarray:
    """The whole picture covered."""
    height, width = picture.shape[:2]
    return covered(picture, [np.array([0, 0, width, height])], style, cells=8)


def covered(picture: np.ndarray, boxes: list[np.ndarray], style: str, *, cells: int = 6) -> np.ndarray:
    """A copy with each box blurred, as a mosaic of `cells` squares along its longer side, or in its mean grey.

    A blur keeps no more detail than the mosaic: it is one, enlarged smoothly.
    """
    if not boxes:
        return picture
    out = picture.copy()
    height, width = picture.shape[:2]
    for box in boxes:
        x1, y1 = (int(max(0, np.floor(v))) for v in box[:2])
        x2, y2 = int(min(width, np.ceil(box[2]))), int(min(height, np.ceil(box[3])))
        if x2 <= x1 or y2 <= y1:
            continue
        part = picture[y1:y2, x1:x2]
        if style == "solid":
            out[y1:y2, x1:x2] = SOLID
            continue
        scale = cells / max(part.shape[:2])
        size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
        few = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
        way = cv2.INTER_NEAREST if style == "mosaic" else cv2.INTER_CUBIC
        out[y1:y2, x1:x2] = cv2.resize(few, (x2 - x1, y2 - y1), interpolation=way)
    return out
