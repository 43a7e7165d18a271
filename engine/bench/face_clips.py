"""Clips of people whose faces' places are known: photographs that walk, hide, turn, tilt and dash over moving scenes.

What `bench live_privacy` measures on. The photographs (Olivetti, LFW) and scenes come from the folder of data that
the person names; nothing of them is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from engine.errors import LabError
from engine.text import Text

WIDTH, HEIGHT, RATE = 640, 480, 25.0
SCENES = ("road_driving.mp4", "car_park_entry.mp4", "motorway.avi", "bottles.mp4", "person_bicycle_car.mp4")
KINDS = ("walk", "hide", "turn", "dash", "tilt")
_POSTS = ((150, 88), (430, 96))  # left edge and width of what people walk behind
_SLOTS = 3  # people at a time
_TURNED = 55.0  # degrees from which a face that turns is no face any more
_NONE = Text(
    "{path} holds no faces or no videos. Name a folder with faces/ and video/ with --data.",
    "{path} 폴더에 얼굴이나 영상이 없어요. faces/와 video/가 있는 폴더를 --data로 지정해 주세요.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """One face in one frame.

    core: (H, W) bool, its pixels between brows and mouth that can be seen. shown: the part of them that can, 0 to 1.
    box:  (4,) x1 y1 x2 y2 of the core, seen or not. head: (H, W) bool, all of the head that can be seen.
    plain: upright, turned to the viewer, not hidden, not dashing: what a face finder must find.
    counts: enough of the face can be seen to know who it is.
    """

    core: np.ndarray
    head: np.ndarray
    box: np.ndarray
    shown: float
    plain: bool
    counts: bool


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """A person's way: keys is (K, 5) of frame, x, y, yaw and roll in degrees; fast: how it dashes is blurred."""

    face: np.ndarray
    side: float
    keys: np.ndarray
    fast: bool

    def at(self, number: float) -> np.ndarray:
        """(4,) x, y, yaw, roll of its head's middle."""
        return np.array([np.interp(number, self.keys[:, 0], self.keys[:, i]) for i in range(1, 5)])


def portraits(data: Path) -> list[np.ndarray]:
    """Grey faces as (h, w) uint8: Olivetti's, and LFW's where they fill the frame."""
    try:
        with np.load(data / "faces" / "orl_faces_gray_112x92.npz") as kept:
            found = list(kept["images"])
        with np.load(data / "faces" / "lfw_subset_gray64_jpeg.npz") as kept:
            jpeg, ends = kept["jpeg"], kept["offsets"]
            rows = range(0, len(ends) - 1, 7)
            found += [cv2.imdecode(jpeg[ends[i] : ends[i + 1]], cv2.IMREAD_GRAYSCALE) for i in rows]
    except OSError as error:
        raise LabError(_NONE(path=data)) from error
    return found


def clip(data: Path, *, seed: int, frames: int) -> Iterator[tuple[np.ndarray, list[Head]]]:
    """Frames (480, 640, 3) uint8 RGB with the heads in them; the same for one seed. Raises: `LabError` without data."""
    rng = np.random.default_rng(seed)
    faces = portraits(data)
    actors = [actor for slot in range(_SLOTS) for actor in _cast(rng, faces, frames, slot)]
    scene = _scene(data / "video" / SCENES[seed % len(SCENES)], frames)
    posts = cv2.resize(cv2.GaussianBlur(next(scene), (0, 0), 9)[:, ::-1], (WIDTH, HEIGHT))
    for number, picture in enumerate(scene):
        yield _composed(picture, posts, actors, number)


def _cast(rng: np.random.Generator, faces: list[np.ndarray], frames: int, slot: int) -> Iterator[Actor]:
    """People one after another in a place of the picture, each with a way of its own."""
    at = int(rng.integers(0, 20))
    turn = int(rng.integers(0, len(KINDS)))
    while at < frames:
        kind = KINDS[turn % len(KINDS)]
        grey = faces[int(rng.integers(len(faces)))]
        most = 110 if grey.shape[0] == grey.shape[1] else 200
        side = float(rng.uniform(48, most))
        keys = _way(kind, rng, side, at, (0.3, 0.5, 0.68)[slot] * HEIGHT)
        yield Actor(_coloured(grey, rng), side, keys, kind == "dash")
        at, turn = int(keys[-1, 0]) + int(rng.integers(4, 16)), turn + 1


def _way(kind: str, rng: np.random.Generator, side: float, at: int, y: float) -> np.ndarray:
    """(K, 5) keys from border to border."""
    start, end = (-side, WIDTH + side) if rng.random() < 0.5 else (WIDTH + side, -side)
    ways = np.sign(end - start)
    speed = float(rng.uniform(110, 230)) / RATE  # pixels a frame
    middle = float(rng.uniform(280, 370))
    post = _POSTS[int(rng.integers(2))]
    behind = post[0] + post[1] / 2

    def leg(place: float, to: float, pace: float) -> float:
        return abs(to - place) / pace

    rows = [[0.0, start, y, 0.0, 0.0]]

    def go(to: float, *, pace: float = speed, yaw: float = 0.0, roll: float = 0.0, wait: float = 0.0) -> None:
        last = rows[-1]
        moved = leg(last[1], to, pace) if to != last[1] else wait
        rows.append([last[0] + max(moved, 1.0), to, y + float(rng.uniform(-8, 8)), yaw, roll])

    if kind == "hide":
        go(behind)
        go(behind, wait=float(rng.uniform(8, 40)))
    elif kind == "turn":
        go(middle)
        go(middle, yaw=100 * ways, wait=float(rng.uniform(5, 12)))
        go(middle, yaw=180 * ways, wait=float(rng.uniform(8, 25)))
        go(middle, yaw=0.0, wait=float(rng.uniform(8, 16)))
    elif kind == "dash":
        go(middle - 120 * ways)
        go(middle - 120 * ways, wait=12)
        go(middle + 140 * ways, pace=float(rng.uniform(500, 1100)) / RATE)
        go(middle + 140 * ways, wait=10)
    elif kind == "tilt":
        go(middle, roll=float(rng.uniform(-15, 15)))
        go(middle, roll=45.0, wait=12)
        go(middle, roll=-45.0, wait=18)
        go(middle, wait=10)
    go(end)
    keys = np.array(rows)
    keys[:, 0] += at
    return keys


def _coloured(grey: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(h, w, 3) uint8 in a tone of skin."""
    tone = np.array([1.0, rng.uniform(0.74, 0.86), rng.uniform(0.6, 0.76)])
    return np.clip(grey[..., None] * tone * rng.uniform(0.9, 1.15), 0, 255).astype(np.uint8)


def _scene(path: Path, frames: int) -> Iterator[np.ndarray]:
    """A video forwards and backwards at 640×480, one frame more than asked for."""
    capture = cv2.VideoCapture(str(path))
    kept: list[np.ndarray] = []
    while len(kept) < 150 and capture.isOpened():
        good, frame = capture.read()
        if not good:
            break
        kept.append(cv2.cvtColor(cv2.resize(frame, (WIDTH, HEIGHT)), cv2.COLOR_BGR2RGB))
    capture.release()
    if not kept:
        raise LabError(_NONE(path=path.parent.parent))
    there_and_back = kept + kept[-2:0:-1]
    for number in range(frames + 1):
        yield there_and_back[number % len(there_and_back)]


def _composed(scene: np.ndarray, posts: np.ndarray, actors: list[Actor], number: int) -> tuple[np.ndarray, list[Head]]:
    """The people of this moment on the scene, small ones behind large ones, all behind the posts."""
    picture = scene.copy()
    here = [actor for actor in actors if actor.keys[0, 0] <= number <= actor.keys[-1, 0]]
    layers = []
    for actor in sorted(here, key=lambda actor: actor.side):
        (top, left), alpha, core, colour = _layer(actor, number)
        place = np.s_[top : top + alpha.shape[0], left : left + alpha.shape[1]]
        part = picture[place].astype(np.float32)
        picture[place] = np.clip(part + alpha[..., None] * (colour - part), 0, 255).astype(np.uint8)
        whole, middle = (np.zeros((HEIGHT, WIDTH), bool) for _ in range(2))
        whole[place], middle[place] = alpha > 0.5, core
        layers.append((actor, whole, middle))
    before = np.zeros((HEIGHT, WIDTH), bool)
    for left, width in _POSTS:
        picture[:, left : left + width] = posts[:, left : left + width]
        before[:, left : left + width] = True
    heads = []
    for actor, whole, core in reversed(layers):
        heads.append(_head(actor, number, whole & ~before, core, before))
        before = before | whole
    return picture, heads


def _head(actor: Actor, number: int, head: np.ndarray, core: np.ndarray, before: np.ndarray) -> Head:
    x, y, yaw, roll = actor.at(number)
    squeeze = abs(np.cos(np.deg2rad(yaw)))
    width, height = 0.6 * _wide(actor) * squeeze, 0.58 * actor.side
    box = np.array([x - width / 2, y - height / 2, x + width / 2, y + height / 2])
    seen = core & ~before
    shown = float(seen.sum() / max(1.0, np.pi / 4 * width * height))
    plain = abs(yaw) < 30 and abs(roll) < 25 and shown > 0.85 and _pace(actor, number) < 12
    return Head(seen, head, box, shown, plain, bool(abs(yaw) < _TURNED and shown > 0.35))


def _pace(actor: Actor, number: int) -> float:
    """Pixels a frame."""
    return float(abs(actor.at(number + 1)[0] - actor.at(number - 1)[0]) / 2)


def _wide(actor: Actor) -> float:
    return actor.side * actor.face.shape[1] / actor.face.shape[0]


def _layer(actor: Actor, number: int) -> tuple[tuple[int, int], np.ndarray, np.ndarray, np.ndarray]:
    """Its top and left; (h, w) float32 share of the head, (h, w) bool its core, (h, w, 3) float32 its colours."""
    x, y, yaw, roll = actor.at(number)
    h, w = actor.face.shape[:2]
    length = round(_pace(actor, number) / 2) if actor.fast else 0
    reach = round(0.72 * actor.side) + length
    left, top = max(0, round(x) - reach), max(0, round(y) - reach)
    size = max(0, min(WIDTH, round(x) + reach) - left), max(0, min(HEIGHT, round(y) + reach) - top)
    if not all(size):
        return (0, 0), np.zeros((0, 0), np.float32), np.zeros((0, 0), bool), np.zeros((0, 0, 3), np.float32)
    away = abs(yaw) > 90
    squeeze = max(0.35, abs(float(np.cos(np.deg2rad(yaw)))))
    face = cv2.GaussianBlur(actor.face // 6, (0, 0), 2.5) if away else actor.face  # hair, seen from behind
    scale = actor.side / h
    place = cv2.getRotationMatrix2D((0, 0), float(roll), 1.0)[:, :2] @ np.diag([scale * squeeze, scale])
    shift = np.array([x - left, y - top]) - place @ np.array([w / 2, h / 2])
    matrix = np.hstack([place, shift[:, None]])
    share, core = np.zeros((h, w), np.float32), np.zeros((h, w), np.float32)
    cv2.ellipse(share, (w // 2, h // 2), (round(0.46 * w), round(0.49 * h)), 0, 0, 360, 1.0, -1)
    soft = cv2.GaussianBlur(share, (0, 0), 0.02 * h)
    cv2.ellipse(core, (w // 2, h // 2), (round(0.3 * w), round(0.29 * h)), 0, 0, 360, 1.0, -1)
    alpha, middle = (cv2.warpAffine(part, matrix, size) for part in (soft, core))
    colour: np.ndarray = cv2.warpAffine(face, matrix, size, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    if length > 2:
        alpha, colour = (np.asarray(cv2.blur(part, (length, 1))) for part in (alpha, colour))
    return (top, left), alpha, (middle > 0.5) & (not away), colour
