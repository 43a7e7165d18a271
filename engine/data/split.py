"""Making parts out of a set: by chance, with the classes shared out evenly, or with groups kept together.

Pictures of one person, place or recording must not be in two parts: what is learnt by heart would look like skill.
The same seed gives the same parts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np

from engine.data.forms.form import AnySet
from engine.data.imageset import ImageSet
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from engine.errors import LabError
from engine.files import read_json, write_json
from engine.text import Text

By = Literal["class", "group", "random"]
Parts = dict[str, np.ndarray]


def parse_shares(words: str) -> dict[str, float]:
    """ "train=.8,val=.2" as shares. Raises `LabError` for anything else."""
    shares = {}
    for word in words.split(","):
        name, equals, value = word.partition("=")
        try:
            shares[name.strip()] = float(value)
        except ValueError:
            equals = ""
        if not equals or not name.strip():
            text = Text(
                "“{word}” is not a share. Write them as train=0.8,val=0.2.",
                "‘{word}’ 값은 비율이 아니에요. train=0.8,val=0.2처럼 쓰세요.",
            )
            raise LabError(text(word=word))
    return shares


def make_split(set_: AnySet, shares: Mapping[str, float], *, seed: int, by: By = "class") -> Parts:
    """Indices of each part, (n,) int64 in ascending order; together they are the whole set, each index once.

    Args:
        shares: how much of the set goes to each part; they add up to 1.
        by:     "class" shares out each class alike; "group" keeps what was recorded together in one part;
                "random" asks chance alone.
    Raises:
        LabError: shares that do not add up to 1, a set without classes or groups, or too little for a part.
    """
    _check(shares)
    rng = np.random.default_rng(seed)
    cuts = np.cumsum([share / sum(shares.values()) for share in shares.values()])[:-1]
    if by == "group":
        part_of = _by_group(_groups(set_), np.array([*shares.values()]), rng)
    else:
        kinds = _kinds(set_) if by == "class" else np.zeros(len(set_), np.int64)
        part_of = _by_kind(kinds, cuts, rng)
    parts = {name: np.flatnonzero(part_of == number).astype(np.int64) for number, name in enumerate(shares)}
    for name, indices in parts.items():
        if not len(indices):
            text = Text(
                "{n:,} items are too few to give “{name}” its share.",
                "항목이 {n:,}개뿐이라 ‘{name}’ 부분에 나눠 줄 것이 없어요.",
            )
            raise LabError(text(n=len(set_), name=name))
    return parts


def _check(shares: Mapping[str, float]) -> None:
    fine = all(math.isfinite(share) and share > 0 for share in shares.values())
    if not shares or not fine or abs(sum(shares.values()) - 1) > 1e-3:
        text = Text(
            "Shares must be above 0 and add up to 1, like train=0.8,val=0.2.",
            "비율은 0보다 크고 더해서 1이 되어야 해요. 보기: train=0.8,val=0.2.",
        )
        raise LabError(text)


def _kinds(set_: AnySet) -> np.ndarray:
    """What to share out alike, (N,) int64: the class; in sets with objects the rarest class in the picture."""
    if not isinstance(set_, PhotoSet) or set_.labels is not None:
        assert set_.labels is not None
        return set_.labels
    if set_.objects is None:
        text = Text(
            "This set has no classes to share out. Split it by chance.",
            "이 데이터셋에는 나눌 클래스가 없어요. 무작위로 나눠 주세요.",
        )
        raise LabError(text)
    present = [np.unique(objects.labels) for objects in set_.objects]
    counts = np.bincount(np.concatenate([*present, np.zeros(0, np.int64)]), minlength=len(set_.classes))
    rarest = [int(kinds[np.argmin(counts[kinds])]) if len(kinds) else -1 for kinds in present]
    return np.array(rarest, np.int64)


def _groups(set_: AnySet) -> np.ndarray:
    groups = set_.groups if isinstance(set_, SignalSet) else None
    if groups is None:
        text = Text(
            "This set does not say what was recorded together. Split it by class or by chance.",
            "이 데이터셋에는 무엇이 함께 기록됐는지 적혀 있지 않아요. 클래스별 또는 무작위로 나눠 주세요.",
        )
        raise LabError(text)
    return groups


def _by_kind(kinds: np.ndarray, cuts: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The part of each item: every kind is shuffled and cut at `cuts`, from a random place between two items,
    so that many kinds of few items still give each part its share."""
    part_of = np.empty(len(kinds), np.int64)
    for kind in np.unique(kinds):
        items = rng.permutation(np.flatnonzero(kinds == kind))
        at = (np.arange(len(items)) + rng.random()) / len(items)
        part_of[items] = np.searchsorted(cuts, at, side="right")
    return part_of


def _by_group(groups: np.ndarray, shares: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The part of each item: groups in random order, each to the part that is furthest below its share."""
    names, counts = np.unique(groups, return_counts=True)
    if len(names) < len(shares):
        text = Text("{n} groups cannot fill {parts} parts.", "묶음 {n}개로는 {parts}개 부분을 채울 수 없어요.")
        raise LabError(text(n=len(names), parts=len(shares)))
    given = np.zeros(len(shares))
    part_of = np.empty(len(groups), np.int64)
    for turn, group in enumerate(rng.permutation(len(names))):
        wanting = shares * len(groups) - given
        empty = np.flatnonzero(given == 0)
        left = len(names) - turn
        choice = int(empty[np.argmax(wanting[empty])]) if len(empty) >= left else int(np.argmax(wanting))
        part_of[groups == names[group]] = choice
        given[choice] += counts[group]
    return part_of


def save_split(path: Path, set_: AnySet, parts: Parts, *, seed: int, by: By) -> None:
    """Write parts as JSON: names of files where the set has files, else positions in it."""
    if isinstance(set_, PhotoSet):
        told: dict[str, list[Any]] = {name: [set_.files[i] for i in indices] for name, indices in parts.items()}
    else:
        told = {name: indices.tolist() for name, indices in parts.items()}
    about = {"set": set_.id, "from": set_.split, "fingerprint": set_.fingerprint, "seed": seed, "by": by}
    write_json(path, {**about, "parts": told})


def load_split(path: Path, set_: AnySet) -> Parts:
    """Parts that `save_split` wrote, for the same set. Raises `LabError` when they do not belong to it."""
    told = read_json(path).get("parts")
    known = {name: i for i, name in enumerate(set_.files)} if isinstance(set_, PhotoSet) else None
    parts: Parts = {}
    try:
        for name, items in told.items():  # type: ignore[union-attr]
            indices = [known[item] for item in items] if known is not None else items
            parts[str(name)] = np.array(indices, np.int64)
        every = np.concatenate([*parts.values(), np.zeros(0, np.int64)])
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise LabError(_another(path, set_)) from None
    if every.ndim != 1 or (every < 0).any() or (every >= len(set_)).any() or len(np.unique(every)) != len(every):
        raise LabError(_another(path, set_))
    return parts


def _another(path: Path, set_: ImageSet | PhotoSet | SignalSet) -> Text:
    text = Text(
        "{path} was made for another set than {id}.", "{path} 파일은 다른 데이터셋의 것이에요. 지금 데이터셋: {id}."
    )
    return text(path=path, id=set_.id)
