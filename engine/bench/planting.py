"""Planting known faults into a set, and counting which of them were found.

A fault is a unit: (split, index), (split, index, object), or (split, class). What was found in the set
before anything was planted is not counted against precision: real sets have real faults.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np

from engine.data.doctor_finding import Finding
from engine.data.forms.form import AnySet
from engine.data.imageset import ImageSet, fingerprint
from engine.data.signalset import SignalSet
from engine.data.signalset import with_fingerprint as signals_with_fingerprint

Unit = tuple[Any, ...]


@dataclass(slots=True, eq=False)
class Planted:
    """A set with faults: its splits, and for each kind of finding the units that must be found."""

    sets: dict[str, Any]
    truth: dict[str, set[Unit]] = field(default_factory=dict)

    def note(self, kind: str, units: Iterable[Unit]) -> None:
        self.truth.setdefault(kind, set()).update(units)


def units_of(finding: Finding) -> set[Unit]:
    """What a finding points at."""
    split, evidence = finding.split, finding.evidence
    if finding.kind == "group_between":
        return {(split, int(group)) for group in evidence["groups"]}
    if "groups" in evidence:  # the first of each group may stay
        return {(split, int(i)) for group in evidence["groups"] for i in group[1:]}
    if "objects" in evidence:
        return {(split, int(i), int(o)) for i, o in evidence["objects"]}
    if "missing" in evidence:
        return {(evidence["lacking_split"], int(label)) for label in evidence["missing"]}
    if "rare" in evidence:
        return {(split, int(label)) for label in evidence["rare"]}
    return {(split, int(i)) for i in finding.indices}


def score(planted: Planted, after: Iterable[Finding], before: Iterable[Finding] = ()) -> dict[str, dict[str, int]]:
    """For each planted kind how many were planted, found, and right; and how many stood there before.

    The kinds of copies are one another's: a near copy told as exact, or the other way round, is right.
    """
    found, old = _by_kind(after), _by_kind(before)
    counted = {}
    for kind, truth in planted.truth.items():
        there_before = old.get(kind, set()) - truth
        told = found.get(kind, set())
        counted[kind] = {
            "planted": len(truth),
            "found": len(told - there_before),
            "right": len(told & truth),
            "already_there": len(told & there_before),
        }
    return counted


def _by_kind(findings: Iterable[Finding]) -> dict[str, set[Unit]]:
    found: dict[str, set[Unit]] = {}
    for finding in findings:
        found.setdefault(finding.kind, set()).update(units_of(finding))
    return found


# Sets of pictures in memory


def altered(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A near copy: brighter or darker, noisy, blurred, saved as JPEG, shifted by a pixel, or slightly cropped."""
    h, w = image.shape[:2]
    cut = max(1, round(0.04 * h))
    ways: tuple[Callable[[], Any], ...] = (
        lambda: np.clip(image.astype(np.float32) * rng.choice((0.8, 1.2)), 0, 255).astype(np.uint8),
        lambda: np.clip(image + rng.normal(0, 8, image.shape), 0, 255).astype(np.uint8),
        lambda: cv2.GaussianBlur(image, (0, 0), 0.6),
        lambda: cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 50])[1], cv2.IMREAD_UNCHANGED),
        lambda: np.roll(image, (1, 1), (0, 1)),
        lambda: cv2.resize(image[cut:-cut, cut:-cut], (w, h)),
    )
    changed: np.ndarray = ways[rng.integers(len(ways))]()
    return changed


def plant_in_pictures(sets: Mapping[str, ImageSet], *, seed: int, wrong: float = 0.03, each: int = 40) -> Planted:
    """Exact and near copies within and between the splits, wrong labels, empty pictures, grey among coloured ones.

    wrong: share of the labels that are changed. each: how many of every other kind.
    """
    rng = np.random.default_rng(seed)
    first, second = list(sets)[:2]
    made = Planted(dict(sets))
    a = sets[first]
    spare = list(rng.permutation(len(a)))

    def take(count: int) -> np.ndarray:
        return np.array([spare.pop() for _ in range(count)], np.int64)

    images, labels = np.array(a.images[:]), a.labels.copy()
    flipped = take(round(wrong * len(a)))
    labels[flipped] = (labels[flipped] + rng.integers(1, len(a.classes), len(flipped))) % len(a.classes)
    made.note("mislabel", ((first, int(i)) for i in flipped))
    blank = take(each // 2)
    images[blank] = rng.integers(0, 255, (len(blank), *[1] * (images.ndim - 1)))
    made.note("blank", ((first, int(i)) for i in blank))
    if images.ndim == 4:
        grey = take(each)
        images[grey] = images[grey].mean(axis=3, keepdims=True).astype(np.uint8)
        made.note("colour", ((first, int(i)) for i in grey))
    exact, near, leaked, nearly = take(each), take(each), take(each), take(each)
    extra = np.concatenate([images[exact], np.stack([altered(images[i], rng) for i in near])])
    begins = len(a)
    made.note("copies", ((first, begins + i) for i in range(each)))
    made.note("near_copies", ((first, begins + each + i) for i in range(each)))
    more = np.concatenate([labels[exact], labels[near]])
    made.sets[first] = _with(a, np.concatenate([images, extra]), np.concatenate([labels, more]))
    b = sets[second]
    extra = np.concatenate([images[leaked], np.stack([altered(images[i], rng) for i in nearly])])
    made.note("copies_between", ((second, len(b) + i) for i in range(each)))
    made.note("near_copies_between", ((second, len(b) + each + i) for i in range(each)))
    labels_b = np.concatenate([b.labels, labels[leaked], labels[nearly]])
    made.sets[second] = _with(b, np.concatenate([b.images[:], extra]), labels_b)
    return made


def _with(set_: ImageSet, images: np.ndarray, labels: np.ndarray) -> ImageSet:
    return dataclasses.replace(set_, images=images, labels=labels, fingerprint=fingerprint(images, labels))


# Classes


def plant_in_classes(sets: Mapping[str, AnySet], *, seed: int) -> Planted:
    """One class cut to a sixth in the first split, another taken out of the second."""
    rng = np.random.default_rng(seed)
    first, second = list(sets)[:2]
    a, b = sets[first], sets[second]
    assert a.labels is not None
    assert b.labels is not None
    rare, missing = (int(k) for k in rng.permutation(len(a.classes))[:2])
    of = np.flatnonzero(a.labels == rare)
    gone = rng.permutation(of)[len(of) // 6 :]
    made = Planted(
        {
            **sets,
            first: a.part(np.setdiff1d(np.arange(len(a)), gone), first),
            second: b.part(np.flatnonzero(b.labels != missing), second),
        }
    )
    made.note("imbalance", [(first, rare)])
    made.note("missing_class", [(second, missing)])
    return made


# Signals


def plant_in_signals(sets: Mapping[str, SignalSet], *, seed: int, wrong: float = 0.03, each: int = 40) -> Planted:
    """Lost values, still channels, cut-off tops, copies, wrong labels, and people who are in both splits."""
    rng = np.random.default_rng(seed)
    first, second = list(sets)[:2]
    a, b = sets[first], sets[second]
    x, labels = a.x.copy(), a.labels.copy()
    moving = np.flatnonzero((a.x.std(axis=1) > np.median(a.x.std(axis=1), axis=0)).all(axis=1))
    cut = rng.permutation(moving)[:each]
    rest = list(rng.permutation(np.setdiff1d(np.arange(len(a)), cut)))
    made = Planted(dict(sets))
    for i in cut:
        top = np.quantile(x[i], 0.85, axis=0)
        x[i] = np.minimum(x[i], top)
    made.note("signal_cut", ((first, int(i)) for i in cut))
    for kind, value in (("signal_nan", np.nan), ("signal_still", 0.25)):
        chosen = [int(rest.pop()) for _ in range(each)]
        for i in chosen:
            x[i, :, rng.integers(x.shape[2])] = value
        made.note(kind, ((first, i) for i in chosen))
    flipped = np.array([rest.pop() for _ in range(round(wrong * len(a)))], np.int64)
    labels[flipped] = (labels[flipped] + rng.integers(1, len(a.classes), len(flipped))) % len(a.classes)
    made.note("mislabel", ((first, int(i)) for i in flipped))
    made.sets[first] = signals_with_fingerprint(dataclasses.replace(a, x=x, labels=labels))
    leaked = np.array([rest.pop() for _ in range(each)], np.int64)
    made.note("copies_between", ((second, len(b) + i) for i in range(each)))
    groups = None
    if a.groups is not None and b.groups is not None:
        groups = np.concatenate([b.groups, a.groups[leaked]])
        made.note("group_between", ((second, int(group)) for group in np.unique(a.groups[leaked])))
    more = dataclasses.replace(
        b,
        x=np.concatenate([b.x, x[leaked]]),
        labels=np.concatenate([b.labels, labels[leaked]]),
        groups=groups,
    )
    made.sets[second] = signals_with_fingerprint(more)
    return made
