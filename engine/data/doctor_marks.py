"""Checks of what is marked in photographs: boxes, masks, captions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from engine.data.doctor_finding import Case, Check, Finding, Severity, rows
from engine.data.doctor_scan import Scan, scanned
from engine.data.photoset import Objects, PhotoSet
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text

OUTSIDE = 1.5  # pixels a box may stick out; coordinates are often rounded
TINY = 3.0  # pixels: a side below shows nothing
WHOLE = 0.98  # share of the width and of the height from which a box is the whole picture
HUGE = 0.9  # share of the picture's area …
UNUSUAL = 3.5  # … and this many times the usual spread above the middle size of its class
TWICE = 0.9  # overlap (IoU) of two boxes of one class from which they mark one object
_BOXES = Text("Looking at boxes", "상자를 보는 중")
_MASKS = Text("Looking at masks", "마스크를 보는 중")
_CAPTIONS = Text("Reading captions", "설명을 읽는 중")

_TOLD = {
    "box_empty": (
        Severity.BAD,
        Text("Boxes without area", "넓이가 없는 상자"),
        Text(
            "No width or no height: a loss on such a box is not a number. Remove them.",
            "너비나 높이가 없어서 손실이 숫자가 아니게 돼요. 지우세요.",
        ),
    ),
    "box_outside": (
        Severity.WARN,
        Text("Boxes outside the picture", "그림 밖의 상자"),
        Text(
            "They reach beyond their picture. Often the picture was resized and the boxes were not.",
            "그림 밖으로 나가요. 그림만 크기를 바꾸고 상자는 그대로 둔 경우가 많아요.",
        ),
    ),
    "box_tiny": (
        Severity.INFO,
        Text("Tiny boxes", "아주 작은 상자"),
        Text(
            "Narrower than 3 pixels: nobody can see what is in them.",
            "폭이 3픽셀도 안 돼서 무엇이 들었는지 볼 수 없어요.",
        ),
    ),
    "box_huge": (
        Severity.WARN,
        Text("Boxes as large as the picture", "그림만큼 큰 상자"),
        Text(
            "They cover nearly the whole picture, and say nothing about where in it the object is.",
            "그림을 거의 다 덮어서 물체가 어디에 있는지 알려 주지 못해요.",
        ),
    ),
    "box_twice": (
        Severity.WARN,
        Text("Objects marked twice", "두 번 표시한 물체"),
        Text(
            "They lie on another box of the same class. A detector would have to find one object twice.",
            "같은 클래스의 다른 상자와 겹쳐요. 검출기가 한 물체를 두 번 찾아야 해요.",
        ),
    ),
}


def _boxes(case: Case) -> Job:
    """Boxes that cannot be right; evidence: `objects`, (m, 2) picture and object of each."""
    scans: dict[str, Scan] = yield from scanned(case)
    usual = _usual_sizes([set_ for set_ in case.photos.values() if set_.objects])
    found = []
    for split, set_ in case.photos.items():
        faults: dict[str, list[tuple[int, int]]] = {kind: [] for kind in _TOLD}
        for i, objects in enumerate(set_.objects or ()):
            if i % 64 == 0:
                yield Progress(i, len(set_), _BOXES)
            for kind, which in _faulty(objects, scans[split].sizes[i], usual):
                faults[kind].append((i, which))
        for kind, pairs in faults.items():
            if pairs:
                severity, title, words = _TOLD[kind]
                at = np.array(pairs, np.int64)
                evidence = {"objects": at}
                found.append(Finding(kind, severity, title, words, split, np.unique(at[:, 0]), evidence))
    return found


def _usual_sizes(sets: list[PhotoSet]) -> dict[int, tuple[float, float]]:
    """Middle and spread of log area, in pixels, of the boxes of each class that has enough of them."""
    gathered: dict[int, list[float]] = {}
    for set_ in sets:
        for objects in set_.objects or ():
            for label, area in zip(objects.labels, objects.areas, strict=True):
                if area > 0:
                    gathered.setdefault(int(label), []).append(float(np.log(area)))
    found = {}
    for label, logs in gathered.items():
        if len(logs) >= 10:
            middle = float(np.median(logs))
            found[label] = middle, max(0.1, 1.4826 * float(np.median(np.abs(np.array(logs) - middle))))
    return found


def _faulty(objects: Objects, size: np.ndarray, usual: dict[int, tuple[float, float]]) -> Iterator[tuple[str, int]]:
    """(kind, object) of every fault among the objects of one picture of `size` (w, h; 0 = not known)."""
    sides = objects.boxes[:, 2:] - objects.boxes[:, :2]
    empty = ~(sides > 0).all(axis=1)
    known = bool((size > 0).all())
    for i, box in enumerate(objects.boxes):
        if empty[i] or not np.isfinite(box).all():
            yield "box_empty", i
            continue
        if known and (box[:2].min() < -OUTSIDE or (box[2:] > size + OUTSIDE).any()):
            yield "box_outside", i
        if sides[i].min() < TINY:
            yield "box_tiny", i
        middle, spread = usual.get(int(objects.labels[i]), (np.inf, 1.0))
        area = float(sides[i].prod())
        large = area >= HUGE * size.prod() and np.log(area) > middle + UNUSUAL * spread
        if known and (large or (sides[i] >= WHOLE * size).all()):
            yield "box_huge", i
    yield from (("box_twice", i) for i in _doubled(objects, ~empty & ~objects.crowd))


def _doubled(objects: Objects, count: np.ndarray) -> list[int]:
    """Objects that lie on an earlier one of their class."""
    boxes, labels = objects.boxes.astype(np.float64), objects.labels
    if len(boxes) < 2:
        return []
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    common = (high - low).clip(0).prod(axis=2)
    area = (boxes[:, 2:] - boxes[:, :2]).clip(0).prod(axis=1)
    iou = common / np.maximum(area[:, None] + area[None] - common, 1e-9)
    same = (iou >= TWICE) & (labels[:, None] == labels[None]) & count[:, None] & count[None]
    return [i for i in range(1, len(boxes)) if same[i, :i].any()]


def _masks(case: Case) -> Job:
    """Masks that do not fit their photograph or hold numbers that are no class; evidence: `numbers` found."""
    scans: dict[str, Scan] = yield from scanned(case)
    found = []
    for split, set_ in case.photos.items():
        sizes, unknown, broken, missing, numbers = [], [], [], [], Counter[int]()
        known = {*range(len(set_.classes)), *(() if set_.void is None else (set_.void,))}
        for i, name in enumerate(set_.masks or ()):
            if i % 8 == 0:
                yield Progress(i, len(set_), _MASKS)
            if not name:
                missing.append(i)
                continue
            try:
                mask = set_.read_mask(i)
            except LabError:
                broken.append(i)
                continue
            if scans[split].readable[i] and (mask.shape[1], mask.shape[0]) != tuple(scans[split].sizes[i]):
                sizes.append(i)
            strange = set(np.flatnonzero(np.bincount(mask.ravel(), minlength=256))) - known
            numbers.update(int(value) for value in strange)
            unknown += [i] if strange else []
        found += _told_of_masks(split, sizes, unknown, broken, missing, numbers)
    return found


def _told_of_masks(
    split: str, sizes: list[int], unknown: list[int], broken: list[int], missing: list[int], numbers: Counter[int]
) -> list[Finding]:
    values = ", ".join(str(value) for value in sorted(numbers)[:6])
    told = (
        ("mask_size", Severity.BAD, sizes, Text("Masks of another size", "크기가 다른 마스크"), _MASK_SIZE),
        (
            "mask_unknown",
            Severity.BAD,
            unknown,
            Text("Unknown numbers in masks", "마스크의 모르는 번호"),
            _MASK_UNKNOWN,
        ),
        ("mask_broken", Severity.BAD, broken, Text("Masks that cannot be read", "읽을 수 없는 마스크"), _MASK_BROKEN),
        ("mask_missing", Severity.WARN, missing, Text("Pictures without a mask", "마스크가 없는 그림"), _MASK_MISSING),
    )
    return [
        Finding(kind, severity, title, words(values=values), split, rows(index), {"numbers": values})
        for kind, severity, index, title, words in told
        if index
    ]


_MASK_SIZE = Text(
    "Another size than their picture, so the classes lie on the wrong pixels.",
    "크기가 그림과 달라서 클래스가 엉뚱한 픽셀에 놓여요.",
)
_MASK_UNKNOWN = Text(
    "They hold numbers that are no class: {values}. Often a mask was saved as JPEG or scaled smoothly; "
    "if one of them means “not judged”, say so in the set.",
    "클래스가 아닌 번호가 있어요: {values}. JPEG로 저장했거나 부드럽게 줄인 경우가 많아요. "
    "‘채점 안 함’을 뜻하는 번호라면 데이터셋에 적어 두세요.",
)
_MASK_BROKEN = Text(
    "Damaged, or no pictures of class numbers.",
    "손상됐거나 클래스 번호 그림이 아니에요.",
)
_MASK_MISSING = Text(
    "Nothing says what is in these pictures, so they teach nothing.",
    "무엇이 있는지 표시가 없어서 배울 것이 없는 그림이에요.",
)


def _captions(case: Case) -> Job:
    """Pictures without words, and sentences that stand at several pictures; evidence: `sentences`."""
    found = []
    for split, set_ in case.photos.items():
        yield Progress(0, 1, _CAPTIONS)
        said = [[" ".join(s.casefold().split()) for s in sentences] for sentences in set_.captions or ()]
        empty = rows([i for i, sentences in enumerate(said) if not sentences or not all(sentences)])
        if len(empty):
            words = Text("The caption is empty, or there is none.", "설명이 비었거나 없어요.")(n=len(empty))
            title = Text("Empty captions", "빈 설명")
            found.append(Finding("caption_empty", Severity.WARN, title, words, split, empty))
        pictures: dict[str, list[int]] = {}
        for i, sentences in enumerate(said):
            for sentence in filter(None, sentences):
                pictures.setdefault(sentence, []).append(i)
        again = {sentence: where for sentence, where in pictures.items() if len(where) > 1}
        if again:
            words = Text(
                "The same sentence more than once, for example “{example}”. A copied sentence seldom fits both pictures.",
                "같은 문장이 여러 번 나와요. 예: “{example}”. 복사한 문장이 두 그림에 다 맞기는 어려워요.",
            )(example=next(iter(again)))
            title = Text("Repeated captions", "되풀이된 설명")
            index = rows(list(dict.fromkeys(i for where in again.values() for i in where)))
            found.append(Finding("caption_twice", Severity.INFO, title, words, split, index, {"sentences": again}))
    return found


CHECKS = (
    Check("boxes", Text("boxes", "상자"), lambda case: any(s.objects for s in case.photos.values()), _boxes),
    Check("masks", Text("masks", "마스크"), lambda case: any(s.masks for s in case.photos.values()), _masks, weight=2),
    Check(
        "captions",
        Text("captions", "설명"),
        lambda case: any(s.captions is not None for s in case.photos.values()),
        _captions,
        weight=0.1,
    ),
)
