"""What both ways of a choice learn: the same pictures, seed and steps, then the same questions (rows 13, 43).

Not a training to the end: that is a race in the Train tab. Short runs tell how far each way comes at the same cost.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch

from engine.data import ImageSet, dataset, load
from engine.data.imageset import fingerprint
from engine.devices import choose
from engine.jobs import result_of
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.begin import Plan, fresh_state
from engine.train.evaluate import wilson
from engine.train.fit import update
from engine.train.recipe import Recipe

SIDE, BATCH = 32, 64
STEPS, QUICK_STEPS = 300, 16  # of BATCH pictures each
ASKED, QUICK_ASKED = 2000, 400
_LEARNT, _CUT = 1200, 0.6  # crops to learn from; the part of each photograph, from its left edge, that they come from
_TILE, _LEAST = 64, 40  # pixels: what is asked about is cut from squares of this side, which share no pixel; of a crop
_CIFAR = "cifar10"


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """How often a way was right. right: (N,) bool of the pictures asked about. places: (N,) int, where each is from."""

    right: np.ndarray
    places: np.ndarray
    steps: int

    @property
    def asked(self) -> int:
        return len(self.right)

    @property
    def count(self) -> int:
        """Of how many places the pictures are."""
        return len(np.unique(self.places))

    @property
    def share(self) -> float:
        return float(self.right.mean())

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share."""
        return share_interval(self.right, self.places)

    def better_than(self, other: Learnt) -> tuple[float, float, float]:
        """This share less the other's, with the 95 % interval: both were asked about the same pictures."""
        apart = self.right.astype(np.float64) - other.right
        half = 1.96 * math.sqrt(_variance(apart, self.places))
        return float(apart.mean()), float(apart.mean()) - half, float(apart.mean()) + half


def share_interval(right: np.ndarray, places: np.ndarray) -> tuple[float, float]:
    """The 95 % interval of a share of pictures of which those from one place are alike.

    (N,) bool, (N,) int. Pictures cut from one place are hardly more than one picture: Wilson's interval for as many
    independent ones as would vary like the places do (Korn and Graubard, 1998), never more than there are pictures.
    """
    share, count = float(right.mean()), float(len(np.unique(places)))
    if 0 < share < 1:
        variance = _variance(right.astype(np.float64), places)
        count = min(float(len(right)), share * (1 - share) / variance) if variance else float(len(right))
    return wilson(share * count, count)


def _variance(values: np.ndarray, places: np.ndarray) -> float:
    """Of the mean of (N,) values that come in clusters: between the clusters' sums (Cochran, 1977, section 9)."""
    _, of = np.unique(places, return_inverse=True)
    sums = np.bincount(of, weights=values - values.mean())
    few = len(sums) / max(1, len(sums) - 1)
    return float(few * (sums**2).sum() / len(values) ** 2)


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Pictures to learn from, others to be asked about, the place (int) each of these is from, and both in words."""

    learn: ImageSet
    ask: ImageSet
    places: np.ndarray
    what: Text


def lesson(data: Path | None, *, quick: bool) -> Lesson:
    """CIFAR-10 where it is here and there is time for it; else crops of scikit-image's photographs, named by photograph."""
    root = data or load_settings()[0].data()
    if quick or dataset(_CIFAR).find(root) is None:
        return _crops(QUICK_ASKED if quick else ASKED)
    learn, ask = (result_of(load(_CIFAR, split, root)) for split in ("train", "test"))
    some = np.random.default_rng(0).permutation(len(ask))[:ASKED]
    text = Text("{a:,} pictures of CIFAR-10, asked about {b:,} others", "CIFAR-10 사진 {a:,}장, 다른 {b:,}장으로 확인")
    return Lesson(learn, ask.part(some, "test"), np.arange(len(some)), text(a=len(learn), b=len(some)))


def learnt(chosen: Recipe, settings: Any, of: Lesson, *, steps: int) -> Learnt:
    """`steps` steps of this recipe from fresh weights of its seed, then every picture of the other part once."""
    count = len(of.learn)
    now = dataclasses.replace(
        settings, epochs=steps * BATCH / count, batch_size=BATCH, held_out=0, average=0.0, mirror=False, small=0.0
    )
    where = choose("cpu", "fp32")
    state = fresh_state(chosen, now, where)
    plan = Plan(chosen, now, where, of.learn, of.ask, None, state)  # type: ignore[arg-type]
    state.network.train()
    for _ in range(steps):
        update(plan, now)
    state.network.eval()
    plain = dataclasses.replace(now, augment=0.0)
    draw, right = torch.Generator().manual_seed(0), list[np.ndarray]()
    with torch.inference_mode():
        for part in np.array_split(np.arange(len(of.ask)), max(1, len(of.ask) // 200)):
            pictures, answers = chosen.lesson.batch(of.ask, part, plain, draw, where)
            right.append((state.network(pictures).argmax(1) == answers).numpy())
    return Learnt(np.concatenate(right), of.places, steps)


def _crops(asked: int) -> Lesson:
    from engine.live.bundled_picture import PICTURES, bundled_picture

    shown = [result_of(bundled_picture(name)) for name in PICTURES]
    names, rng = tuple(one.name for one in shown), np.random.default_rng(0)
    labels = np.arange(_LEARNT, dtype=np.int64) % len(shown)
    lessons = np.stack([_crop(_left(shown[at].picture), rng) for at in labels])
    tiles = [(at, tile) for at, one in enumerate(shown) for tile in _tiles(one.picture)]
    places = np.arange(asked, dtype=np.int64) % len(tiles)
    asks = np.stack([_crop(tiles[place][1], rng) for place in places])
    answers = np.array([tiles[place][0] for place in places], dtype=np.int64)
    note, sets = Text("crops of photographs", "사진 조각"), list[ImageSet]()
    for split, images, of in (("train", lessons, labels), ("test", asks, answers)):
        sets.append(ImageSet("photographs", split, images, of, names, note, fingerprint(images, of)))
    text = Text(
        "{a:,} crops from the left of {n} photographs, asked about {b:,} from {t} places at their right: which photograph?",
        "사진 {n}장의 왼쪽 조각 {a:,}개로 배우고 오른쪽 {t}곳의 조각 {b:,}개로 확인: 어느 사진일까요?",
    )
    return Lesson(sets[0], sets[1], places, text(a=_LEARNT, b=asked, n=len(shown), t=len(tiles)))


def _left(picture: np.ndarray) -> np.ndarray:
    """The part of a photograph that is learnt from; what is asked about lies to the right of it."""
    return picture[:, : int(_CUT * picture.shape[1])]


def _tiles(picture: np.ndarray) -> list[np.ndarray]:
    """Squares of `_TILE` pixels from the rest, which share no pixel with each other."""
    rest = picture[:, int(_CUT * picture.shape[1]) :]
    rows, columns = rest.shape[0] // _TILE, rest.shape[1] // _TILE
    starts = [(row * _TILE, column * _TILE) for row in range(rows) for column in range(columns)]
    return [rest[y : y + _TILE, x : x + _TILE] for y, x in starts]


def _crop(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(SIDE, SIDE, 3) uint8 of a square somewhere in a picture, `_LEAST` to `_TILE` pixels wide."""
    side = int(rng.integers(_LEAST, _TILE + 1))
    y, x = (int(rng.integers(0, length - side + 1)) for length in picture.shape[:2])
    return cv2.resize(picture[y : y + side, x : x + side], (SIDE, SIDE), interpolation=cv2.INTER_AREA)
