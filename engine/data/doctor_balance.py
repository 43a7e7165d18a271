"""Checks of what there is of each class: rare ones, and those that a split has not."""

from __future__ import annotations

import numpy as np

from engine.data.doctor_finding import Case, Check, Finding, Severity, rows
from engine.data.forms.form import AnySet
from engine.data.names import part_name
from engine.data.photoset import PhotoSet
from engine.jobs import Job, Progress
from engine.text import Text

RARE = 3.0  # a class is rare where the largest one has this many times as many
_COUNTING = Text("Counting classes", "클래스를 세는 중")


def counted(set_: AnySet) -> tuple[np.ndarray, list[np.ndarray]]:
    """How many of each class, (classes,) int64 (objects where pictures have no label), and which pictures have it."""
    k = len(set_.classes)
    if set_.labels is not None:
        of = [np.flatnonzero(set_.labels == label) for label in range(k)]
        return np.array([len(index) for index in of], np.int64), of
    objects = set_.objects if isinstance(set_, PhotoSet) and set_.objects is not None else ()
    counts = np.zeros(k, np.int64)
    pictures: list[list[int]] = [[] for _ in range(k)]
    for i, marked in enumerate(objects):
        for label in np.unique(marked.labels[(marked.labels >= 0) & (marked.labels < k)]):
            counts[label] += int((marked.labels == label).sum())
            pictures[label].append(i)
    return counts, [rows(index) for index in pictures]


def _imbalance(case: Case) -> Job:
    """Classes with few examples beside the largest; evidence: `counts`, `rare` (class numbers)."""
    found = []
    for number, (split, set_) in enumerate(case.sets.items()):
        yield Progress(number, len(case.sets), _COUNTING)
        counts, of = counted(set_)
        there = counts > 0
        if there.sum() < 2:
            continue
        largest = int(counts.argmax())
        rare = np.flatnonzero(there & (counts * RARE <= counts[largest]))
        if not len(rare):
            continue
        rare = rare[np.argsort(counts[rare], kind="stable")]
        words = Text(
            "“{least}” has {a:,}, “{most}” has {b:,}: {ratio:.0f} times as many. Always answering “{most}” would be right "
            "{share:.0%} of the time. Gather more of the rare ones, weigh them more, or judge by each class’s own score.",
            "‘{least}’ {a:,}개, ‘{most}’ {b:,}개로 {ratio:.0f}배 차이예요. 늘 ‘{most}’ 답만 해도 {share:.0%} 맞아요. "
            "드문 것을 더 모으거나, 더 무겁게 세거나, 클래스마다 따로 점수를 보세요.",
        )(
            least=case.name(int(rare[0])),
            most=case.name(largest),
            a=int(counts[rare[0]]),
            b=int(counts[largest]),
            ratio=counts[largest] / counts[rare[0]],
            share=counts[largest] / counts.sum(),
        )
        title = Text("Uneven classes", "고르지 않은 클래스")
        index = np.unique(np.concatenate([of[label] for label in rare]))
        found.append(Finding("imbalance", Severity.WARN, title, words, split, index, {"counts": counts, "rare": rare}))
    return found


def _missing(case: Case) -> Job:
    """Classes that one split has and another has not; evidence: `missing` (class numbers), `other_split`."""
    yield Progress(0, 1, _COUNTING)
    counts = {split: counted(set_) for split, set_ in case.sets.items()}
    counts = {split: found for split, found in counts.items() if found[0].sum()}
    total = sum((found[0] for found in counts.values()), np.zeros(len(case.classes), np.int64))
    told = []
    for split, (mine, _) in counts.items():
        missing = np.flatnonzero((mine == 0) & (total > 0))
        if not len(missing):
            continue
        other = max(counts, key=lambda s: int(counts[s][0][missing].sum()))
        first, more = case.name(int(missing[0])), len(missing) - 1
        names = Text("{name} and {more} more", "{name} 외 {more}개")(name=first, more=more) if more else first
        words = Text(
            "“{split}” has none of: {names}; “{other}” has, and these show it. What is not there while learning cannot be learnt, and what is "
            "not there when measuring is not measured. Split again, by class.",
            "‘{split}’에는 다음이 없어요: {names}. ‘{other}’에는 있어요(여기 보이는 것). 배울 때 없으면 배울 수 없고, 잴 때 없으면 재지 못해요. "
            "클래스별로 다시 나누세요.",
        )(split=part_name(split), other=part_name(other), names=names)
        index = np.unique(np.concatenate([counts[other][1][label] for label in missing]))
        title = Text("A class is missing", "빠진 클래스")
        evidence = {"missing": missing, "lacking_split": split}
        told.append(Finding("missing_class", Severity.BAD, title, words, other, index, evidence))
    return told


def _counts_classes(case: Case) -> bool:
    return len(case.classes) > 1 and any(counted(set_)[0].any() for set_ in case.sets.values())


CHECKS = (
    Check("imbalance", Text("even classes", "클래스의 고름"), _counts_classes, _imbalance, weight=0.1),
    Check(
        "missing_class",
        Text("classes in every part", "부분마다 있는 클래스"),
        lambda case: len(case.sets) > 1 and _counts_classes(case),
        _missing,
        weight=0.1,
    ),
)
