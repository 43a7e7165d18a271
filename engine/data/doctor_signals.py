"""Checks of signals: windows that stand still, hold no number or are cut off, and people in two splits."""

from __future__ import annotations

import numpy as np

from engine.data.doctor_finding import Case, Check, Finding, Severity, rows
from engine.data.features import finite
from engine.data.names import part_name
from engine.data.signalset import SignalSet
from engine.jobs import Job, Progress
from engine.text import Text

STILL = 1e-6  # share of a channel's usual spread below which it does not move at all
CUT = 0.08  # share of a window's samples that stand exactly at its highest or lowest value …
RUN = 3  # … some of them this many in a row …
MOVING = 0.5  # … in a channel that moves this share of its usual spread; a resting sensor repeats itself too
CHUNK = 1024
_LOOKING = Text("Looking at windows", "구간을 보는 중")

_TOLD = {
    "signal_nan": (
        Severity.BAD,
        Text("Windows without numbers", "숫자가 없는 구간"),
        Text(
            "They hold values that are no numbers. One of them makes every weight of a network useless.",
            "숫자가 아닌 값이 있어요. 하나만 있어도 신경망의 가중치가 모두 못 쓰게 돼요.",
        ),
    ),
    "signal_still": (
        Severity.WARN,
        Text("Windows that stand still", "멈춰 있는 구간"),
        Text(
            "A channel never changes: the sensor was off, or the recording had ended.",
            "전혀 변하지 않는 채널이 있어요. 센서가 꺼졌거나 기록이 끝난 뒤예요.",
        ),
    ),
    "signal_cut": (
        Severity.WARN,
        Text("Cut-off windows", "잘린 구간"),
        Text(
            "Flat at the top or bottom: the movement was stronger than the sensor could measure.",
            "위나 아래가 평평하게 잘렸어요. 센서가 잴 수 있는 것보다 센 움직임이었어요.",
        ),
    ),
}


def _windows(case: Case) -> Job:
    """Windows that cannot be right; evidence: `channels`, for each window which of them."""
    found = []
    for split, set_ in _signals(case).items():
        faults: dict[str, list[tuple[int, np.ndarray]]] = {kind: [] for kind in _TOLD}
        whole = set_.x[np.isfinite(set_.x).all(axis=(1, 2))]
        spread = np.median(whole.std(axis=1), axis=0) if len(whole) else np.ones(set_.x.shape[2])  # (C,)
        spread = np.where(spread > 0, spread, 1.0)
        for start in range(0, len(set_), CHUNK):
            yield Progress(start, len(set_), _LOOKING)
            for kind, which in _faulty(set_.x[start : start + CHUNK], spread).items():
                faults[kind] += [(start + int(i), np.flatnonzero(which[i])) for i in np.flatnonzero(which.any(axis=1))]
        for kind, pairs in faults.items():
            if pairs:
                severity, title, words = _TOLD[kind]
                evidence = {"channels": [channels for _, channels in pairs]}
                index = rows([i for i, _ in pairs])
                found.append(Finding(kind, severity, title, words, split, index, evidence))
    return found


def _faulty(x: np.ndarray, spread: np.ndarray) -> dict[str, np.ndarray]:
    """For each kind of fault (n, C) bool, for (n, T, C) windows and the usual spread of each channel."""
    lost = ~np.isfinite(x).all(axis=1)
    x = finite(x)
    moves = x.std(axis=1)
    still = ~lost & (moves <= STILL * spread)
    cut = np.zeros_like(lost)
    for extreme in (x.max(axis=1, keepdims=True), x.min(axis=1, keepdims=True)):
        flat = x == extreme  # (n, T, C)
        in_a_row = np.all([flat[:, i : x.shape[1] - RUN + 1 + i] for i in range(RUN)], axis=0).any(axis=1)
        cut |= (flat.mean(axis=1) >= CUT) & in_a_row
    return {"signal_nan": lost, "signal_still": still, "signal_cut": cut & ~lost & ~still & (moves >= MOVING * spread)}


def _groups(case: Case) -> Job:
    """People (or recordings) in two splits; evidence: `groups`, `other_split`."""
    yield Progress(0, 1, _LOOKING)
    signals, found = list(_signals(case).items()), []
    for at, (split, set_) in enumerate(signals):
        for other, before in signals[:at]:
            if set_.groups is None or before.groups is None:
                continue
            both = np.intersect1d(set_.groups, before.groups)
            if not len(both):
                continue
            index = np.flatnonzero(np.isin(set_.groups, both))
            words = Text(
                "{n:,} of the people or recordings are in “{a}” too. A network knows them already, so the "
                "measured accuracy is too good. Split by person.",
                "사람 또는 기록 가운데 {n:,}개가 ‘{a}’에도 있어요. 신경망이 이미 아는 사람이라 정확도가 실제보다 "
                "높게 나와요. 사람별로 나누세요.",
            )(n=len(both), a=part_name(other))
            title = Text("The same people in two parts", "두 부분에 같은 사람")
            evidence = {"groups": both, "other_split": other}
            found.append(Finding("group_between", Severity.BAD, title, words, split, index, evidence))
    return found


def _signals(case: Case) -> dict[str, SignalSet]:
    return {split: set_ for split, set_ in case.sets.items() if isinstance(set_, SignalSet)}


def _grouped(case: Case) -> bool:
    return sum(set_.groups is not None for set_ in _signals(case).values()) > 1


CHECKS = (
    Check("windows", Text("windows", "구간"), lambda case: bool(_signals(case)), _windows),
    Check("groups", Text("people in two parts", "두 부분에 든 사람"), _grouped, _groups, weight=0.1),
)
