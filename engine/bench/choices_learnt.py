"""What both ways of a choice learn: the same pictures, seed and steps, then the same questions (rows 13, 43).

Not a training to the end: that is a race in the Train tab. Short runs tell how far each way comes at the same cost.
"""

from __future__ import annotations

import dataclasses
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
_CIFAR = "cifar10"


@dataclass(frozen=True, slots=True)
class Learnt:
    """How often a way was right. share, low, high: of `asked` pictures, with the 95 % interval (Wilson)."""

    share: float
    low: float
    high: float
    asked: int
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Pictures to learn from, others to be asked about, and both in words."""

    learn: ImageSet
    ask: ImageSet
    what: Text


def lesson(data: Path | None, *, quick: bool) -> Lesson:
    """CIFAR-10 where it is here and there is time for it; else crops of scikit-image's photographs, named by photograph."""
    root = data or load_settings()[0].data()
    if quick or dataset(_CIFAR).find(root) is None:
        return _crops(QUICK_ASKED if quick else ASKED)
    learn, ask = (result_of(load(_CIFAR, split, root)) for split in ("train", "test"))
    some = np.random.default_rng(0).permutation(len(ask))[:ASKED]
    text = Text("{a:,} pictures of CIFAR-10, asked about {b:,} others", "CIFAR-10 사진 {a:,}장, 다른 {b:,}장으로 확인")
    return Lesson(learn, ask.part(some, "test"), text(a=len(learn), b=len(some)))


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
    draw, right = torch.Generator().manual_seed(0), 0
    with torch.inference_mode():
        for part in np.array_split(np.arange(len(of.ask)), max(1, len(of.ask) // 200)):
            pictures, answers = chosen.lesson.batch(of.ask, part, plain, draw, where)
            right += int((state.network(pictures).argmax(1) == answers).sum())
    low, high = wilson(right, len(of.ask))
    return Learnt(right / len(of.ask), low, high, len(of.ask), steps)


def _crops(asked: int) -> Lesson:
    from engine.live.bundled_picture import PICTURES, bundled_picture

    shown = [result_of(bundled_picture(name)) for name in PICTURES]
    names, rng = tuple(one.name for one in shown), np.random.default_rng(0)
    sets = []
    for split, count in (("train", _LEARNT), ("test", asked)):
        labels = np.arange(count, dtype=np.int64) % len(shown)
        images = np.stack([_crop(shown[at].picture, rng, left=split == "train") for at in labels])
        note = Text("crops of photographs", "사진 조각")
        sets.append(ImageSet("photographs", split, images, labels, names, note, fingerprint(images, labels)))
    text = Text(
        "{a:,} crops from the left of {n} photographs, asked about {b:,} from their right: which photograph?",
        "사진 {n}장의 왼쪽 조각 {a:,}개로 배우고 오른쪽 조각 {b:,}개로 확인: 어느 사진일까요?",
    )
    return Lesson(sets[0], sets[1], text(a=_LEARNT, b=asked, n=len(shown)))


def _crop(picture: np.ndarray, rng: np.random.Generator, *, left: bool) -> np.ndarray:
    """(SIDE, SIDE, 3) uint8 of one side of a photograph; the two sides have no pixel in common."""
    height, width = picture.shape[:2]
    cut = int(_CUT * width)
    side = int(rng.integers(64, 129))
    y = int(rng.integers(0, height - side + 1))
    x = int(rng.integers(0, cut - side + 1)) if left else int(rng.integers(cut, width - side + 1))
    return cv2.resize(picture[y : y + side, x : x + side], (SIDE, SIDE), interpolation=cv2.INTER_AREA)
