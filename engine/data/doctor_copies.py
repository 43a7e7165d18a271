"""Checks for copies: the same picture or window twice in a split, or in two splits, where it makes a measurement lie.

Exact copies have the same bytes. Near copies (brightness, JPEG, noise, blur, some pixels shifted, a
little cropped) are found in three steps: nearest neighbours of a description that does not change when
a picture is shifted; laid over each other with small shifts and zooms; and much nearer than the usual
neighbours are, since there is hardly a handwritten 1 without a near twin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from engine.data.doctor_finding import Case, Check, Finding, Severity, rows
from engine.data.doctor_pictures import FLAT
from engine.data.doctor_scan import Scan, scanned
from engine.data.names import part_name
from engine.data.signalset import SignalSet
from engine.data.tsne import neighbours
from engine.jobs import Job, Progress
from engine.text import Text

WAVES = 10  # frequencies each way that describe a picture
USUAL = 12  # the neighbour whose distance is the usual one
TRIED = 3  # nearest neighbours that may be copies
NEARER = 0.87  # a candidate's distance, at most this share of the usual one
ALIKE = 0.95  # correlation of brightness once laid over each other
MUCH_NEARER = 0.5  # its distance then, at most this share of the usual neighbours'
ZOOMS = (1.0, 0.96, 0.92, 0.88)
MARGIN = 3  # pixels of the small pictures that a copy may be shifted by
TELLING = 16  # pixels a side, below which pictures have too little in them to be told apart
_COMPARING = Text("Comparing pictures", "그림을 견주는 중")


@dataclass(frozen=True, slots=True, eq=False)
class Pile:
    """All pictures of all splits in one row: which split each is of, and its index there."""

    splits: tuple[str, ...]
    of: np.ndarray
    index: np.ndarray

    @classmethod
    def over(cls, counts: Mapping[str, int]) -> Pile:
        of = np.repeat(np.arange(len(counts)), list(counts.values()))
        index = np.concatenate([np.arange(count) for count in counts.values()]) if counts else np.zeros(0, np.int64)
        return cls(tuple(counts), of, index.astype(np.int64))


def _picture_copies(case: Case) -> Job:
    """Copies among pictures; evidence: `groups` (indices in one split), or `other_split` and `pairs`."""
    scans: dict[str, Scan] = yield from scanned(case)
    pile = Pile.over({split: len(set_) for split, set_ in case.pictures.items()})
    ordered = [scans[split] for split in pile.splits]
    shows = np.concatenate([scan.readable & (scan.spread >= FLAT) for scan in ordered])
    digests = [digest for scan in ordered for digest in scan.digests]
    exact = _same_bytes([digest if show else b"" for digest, show in zip(digests, shows, strict=True)])
    first = np.ones(len(shows), bool)
    first[[i for group in exact for i in group[1:]]] = False  # one of each group stands for all
    chosen = np.flatnonzero(first & shows)
    small = np.concatenate([scan.small for scan in ordered])[chosen]
    pairs = yield from near_pairs(small)
    near = _groups(len(shows), [*((group[0], i) for group in exact for i in group[1:]), *chosen[pairs].tolist()])
    near = [group for group in near if group not in exact]
    return [*_told(case, pile, exact, exactly=True), *_told(case, pile, near, exactly=False)]


def _window_copies(case: Case) -> Job:
    yield Progress(0, 1, _COMPARING)
    pile = Pile.over({split: len(set_) for split, set_ in case.sets.items()})
    windows = [np.ascontiguousarray(w) for set_ in case.sets.values() if isinstance(set_, SignalSet) for w in set_.x]
    exact = _same_bytes([w.tobytes() if w.size and np.ptp(w) > 0 else b"" for w in windows])
    return _told(case, pile, exact, exactly=True)


def _same_bytes(digests: Iterable[bytes]) -> list[list[int]]:
    """Groups of two or more that are equal; empty ones are equal to nothing."""
    found: dict[bytes, list[int]] = {}
    for i, digest in enumerate(digests):
        if digest:
            found.setdefault(digest, []).append(i)
    return [group for group in found.values() if len(group) > 1]


def near_pairs(small: np.ndarray) -> Job:
    """Pairs of (n, S, S) uint8 pictures that are near copies; yields `Progress`, returns (m, 2) int64."""
    if len(small) < 2 or small.shape[1] < TELLING:
        return np.zeros((0, 2), np.int64)
    described = yield from _described(small)
    k = min(USUAL, len(small) - 1)
    square, near = yield from neighbours(described, k)
    distance = np.sqrt(square)
    found = []
    closest = np.argwhere(distance[:, : min(TRIED, k)] <= NEARER * distance[:, -1:] if k == USUAL else distance < 1)
    for number, (i, rank) in enumerate(closest):
        if number % 64 == 0:
            yield Progress(number, len(closest), _COMPARING)
        j = int(near[i, rank])
        if (alike := overlap(small[i], small[j])) < ALIKE:
            continue
        usual = max(overlap(small[i], small[o]) for o in near[i, -3:]) if k == USUAL else 0.0
        if np.sqrt(1 - alike) <= MUCH_NEARER * np.sqrt(1 - min(usual, 1.0)):
            found.append((min(i, j), max(i, j)))
    return np.array(sorted(set(found)), np.int64).reshape(-1, 2)


def _described(small: np.ndarray) -> Job:
    """How strong each low frequency is, (n, D) float32 of length 1: the same wherever in the picture things stand."""
    parts = []
    for start in range(0, len(small), 1024):
        yield Progress(start, len(small), _COMPARING)
        x = small[start : start + 1024].astype(np.float32)
        waves = np.abs(np.fft.rfft2(x - x.mean((1, 2), keepdims=True)))  # (b, S, S / 2 + 1)
        low = np.concatenate([waves[:, :WAVES, :WAVES], waves[:, 1 - WAVES :, :WAVES]], axis=1)
        parts.append(np.sqrt(low.reshape(len(x), -1)))
    rows_ = np.concatenate(parts)
    rows_ /= np.linalg.norm(rows_, axis=1, keepdims=True) + 1e-9
    rows_ -= rows_.mean(axis=0)
    return np.asarray(rows_ / (np.linalg.norm(rows_, axis=1, keepdims=True) + 1e-9), np.float32)


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    """The best correlation of brightness, −1 to 1, of two pictures over small shifts and zooms of either."""
    best = -1.0
    for one, other in ((a, b), (b, a)):
        margin = min(MARGIN, len(other) // 8)
        middle = other[margin:-margin, margin:-margin]
        for zoom in ZOOMS if one is a else ZOOMS[1:]:
            side = round(len(one) / zoom)
            wide = one if zoom == 1 else cv2.resize(one, (side, side), interpolation=cv2.INTER_LINEAR)
            left = (side - len(one)) // 2
            window = wide[left : left + len(one), left : left + len(one)]
            best = max(best, float(cv2.matchTemplate(window, middle, cv2.TM_CCOEFF_NORMED).max()))
    return best


def _groups(count: int, pairs: Iterable[tuple[int, int] | list[int]]) -> list[list[int]]:
    """What hangs together by pairs, each group ascending."""
    above = list(range(count))

    def top(i: int) -> int:
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    for a, b in pairs:
        low, high = sorted((top(a), top(b)))
        above[high] = low
    found: dict[int, list[int]] = {}
    for i in range(count):
        if above[i] != i or top(i) != i:
            found.setdefault(top(i), [top(i)]).append(i)
    return list(found.values())


# What is said of them


def _told(case: Case, pile: Pile, groups: list[list[int]], *, exactly: bool) -> list[Finding]:
    found = []
    for at, split in enumerate(pile.splits):
        for other in range(at):
            if finding := _between(pile, groups, other, at, exactly=exactly):
                found.append(finding)
        within = [rows(pile.index[[i for i in group if pile.of[i] == at]]) for group in groups]
        if within := [group for group in within if len(group) > 1]:
            found.append(_within(split, within, exactly=exactly))
            found += _disagreeing(case, split, within) if exactly else []
    return found


def _between(pile: Pile, groups: list[list[int]], first: int, second: int, *, exactly: bool) -> Finding | None:
    pairs = [
        (pile.index[next(i for i in group if pile.of[i] == first)], pile.index[j])
        for group in groups
        if any(pile.of[i] == first for i in group)
        for j in group
        if pile.of[j] == second
    ]
    if not pairs:
        return None
    both = np.array(pairs, np.int64)
    words = (_ALSO if exactly else _ALIKE)(first=part_name(pile.splits[first]))
    title = Text("In two parts at once", "두 부분에 함께 있음") if exactly else _TITLE_ALIKE
    kind, severity = ("copies_between", Severity.BAD) if exactly else ("near_copies_between", Severity.WARN)
    evidence = {"other_split": pile.splits[first], "pairs": both}
    return Finding(kind, severity, title, words, pile.splits[second], both[:, 1], evidence)


_TITLE_ALIKE = Text("Alike in two parts", "두 부분의 닮은 것")
_ALSO = Text(
    "Also in “{first}”, byte for byte. What a network has seen while learning it only has to "
    "remember, so the measured accuracy is too good. Take them out of one of the two.",
    "‘{first}’에도 똑같은 것이 있어요. 배울 때 본 것은 기억만 하면 되니 정확도가 실제보다 높게 나와요. "
    "한쪽에서 빼세요.",
)
_ALIKE = Text(
    "They look like one in “{first}” with small changes. If they are the same picture, the measured "
    "accuracy is too good: take them out of one of the two.",
    "‘{first}’에 있는 것과 조금만 달라 보여요. 같은 그림이라면 정확도가 실제보다 높게 나와요. 한쪽에서 빼세요.",
)
_AGAIN = Text(
    "There more than once, byte for byte. Each copy counts like a picture of its own. Keep one of each.",
    "똑같은 것이 두 번 이상 들어 있어요. 복사본도 저마다 하나로 세어져요. 하나씩만 남기세요.",
)
_AGAIN_ALIKE = Text(
    "They look like another one with small changes: brighter, shifted, saved again. Keep one of each if they are the same.",
    "다른 것과 조금만 달라 보여요. 밝기, 위치, 저장 방식 정도예요. 같은 것이면 하나씩만 남기세요.",
)


def _within(split: str, groups: list[np.ndarray], *, exactly: bool) -> Finding:
    words = _AGAIN if exactly else _AGAIN_ALIKE
    title = Text("Copies", "복사본") if exactly else Text("Nearly the same", "거의 같은 것")
    kind, severity = ("copies", Severity.WARN) if exactly else ("near_copies", Severity.INFO)
    return Finding(kind, severity, title, words, split, np.concatenate(groups), {"groups": groups})


def _disagreeing(case: Case, split: str, groups: list[np.ndarray]) -> list[Finding]:
    labels = case.sets[split].labels
    if labels is None:
        return []
    odd = [group for group in groups if len(np.unique(labels[group])) > 1]
    if not odd:
        return []
    words = Text(
        "The same picture with different labels, so at least one label of each is wrong.",
        "같은 것인데 이름표가 달라요. 적어도 하나는 틀렸어요.",
    )
    title = Text("Copies that disagree", "이름표가 다른 복사본")
    found = Finding("copies_disagree", Severity.BAD, title, words, split, np.concatenate(odd), {"groups": odd})
    return [found]


def _signals(case: Case) -> bool:
    return any(isinstance(set_, SignalSet) for set_ in case.sets.values())


CHECKS = (
    Check(
        "copies",
        Text("copies, within and between parts", "부분 안팎의 복사본"),
        lambda case: bool(case.pictures),
        _picture_copies,
        weight=4,
    ),
    Check("window_copies", Text("copies, within and between parts", "부분 안팎의 복사본"), _signals, _window_copies),
)
