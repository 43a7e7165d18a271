"""Sets for the tests of map and doctor: cuts of real photographs with marks, and walks of two sensors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from skimage import data

from engine.data.photoset import Objects, PhotoSet, with_fingerprint
from engine.data.signalset import SignalSet
from engine.data.signalset import with_fingerprint as signals_with_fingerprint
from engine.text import Text, same

CLASSES = (same("face"), same("cup"), same("cat"))
WIDE, HIGH = 150, 120


def cuts(folder: Path, split: str, count: int, seed: int, *, marks: bool = True) -> PhotoSet:
    """`count` different cuts of three photographs, each with a box, a mask and two sentences."""
    rng = np.random.default_rng(seed)
    wholes = (data.astronaut(), data.coffee(), data.chelsea())
    place = folder / split
    place.mkdir(parents=True)
    files, labels, objects, masks, captions = [], [], [], [], []
    for i in range(count):
        label = i % 3
        whole = wholes[label]
        y, x = rng.integers(0, whole.shape[0] - HIGH), rng.integers(0, whole.shape[1] - WIDE)
        files.append(f"{i:03}.jpg")
        Image.fromarray(whole[y : y + HIGH, x : x + WIDE]).save(place / files[-1], quality=92)
        labels.append(label)
        left, top = rng.integers(5, 60, 2)
        objects.append(Objects.of(np.array([[left, top, left + rng.integers(30, 50), top + 40]]), np.array([label])))
        masks.append(f"{i:03}.png")
        Image.fromarray(np.full((HIGH, WIDE), label, np.uint8)).save(place / masks[-1])
        captions.append((f"cut {split} {i}", f"a part of a {CLASSES[label].en}, number {split} {i}"))
    made = PhotoSet(
        id="cuts",
        split=split,
        folder=place,
        files=tuple(files),
        sizes=np.tile(np.array([WIDE, HIGH], np.int32), (count, 1)),
        classes=CLASSES,
        note=Text("", ""),
        labels=np.array(labels, np.int64),
        objects=tuple(objects) if marks else None,
        masks=tuple(masks) if marks else None,
        captions=tuple(captions) if marks else None,
    )
    return with_fingerprint(made)


def walks(split: str, count: int, seed: int, *, people: range) -> SignalSet:
    """Windows of slow and fast steps in two channels, with a sensor's noise."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 3
    beat = np.array([1.0, 2.2, 4.1])[labels] * rng.uniform(0.9, 1.1, count)
    time = np.arange(100) / 50
    phase = rng.uniform(0, 2 * np.pi, (2, count))
    x = np.stack([np.sin(2 * np.pi * beat[:, None] * time + p[:, None]) for p in phase], axis=2)
    x = (x + rng.normal(0, 0.15, x.shape)).astype(np.float32)
    groups = np.array(people)[rng.integers(0, len(people), count)]
    set_ = SignalSet(
        "walks", split, x, labels.astype(np.int64), CLASSES, ("left", "right"), "g", 50.0, Text("", ""), groups
    )
    return signals_with_fingerprint(set_)
