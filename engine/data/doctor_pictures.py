"""Checks of single pictures: broken files, empty pictures, shapes and colours unlike all others."""

from __future__ import annotations

from collections import Counter

import numpy as np

from engine.data.doctor_finding import Case, Check, Finding, Severity, rows, some
from engine.data.doctor_scan import Scan, scanned
from engine.jobs import Job
from engine.text import Text

FLAT = 2.0  # brightness levels: below this spread a picture shows nothing
FEW = 0.15  # what at most this share of a set is, is odd there
FOLD = 1.6  # a side or shape this many times beyond those of nine in ten pictures is odd
SMALLEST = 16  # pixels
GREY = 2.0  # mean chroma below which a picture is grey; JPEG gives grey pictures up to 1
ENOUGH = 12  # pictures, before anything can be called odd among them


def _broken(case: Case) -> Job:
    """Files that cannot be read; evidence: `files`, their names."""
    scans: dict[str, Scan] = yield from scanned(case)
    found = []
    for split, set_ in case.photos.items():
        faults = scans[split].faults
        files = [*(set_.files[i] for i in faults), *(file.file for file in set_.unreadable)]
        if files:
            words = Text(
                "These cannot be read and are passed over ({names}). Get them again, or take them out.",
                "읽을 수 없어서 건너뛰는 파일이에요({names}). 다시 받거나 빼세요.",
            )(names=some(files))
            title = Text("Broken files", "손상된 파일")
            found.append(Finding("broken", Severity.BAD, title, words, split, rows(list(faults)), {"files": files}))
    return found


def _blank(case: Case) -> Job:
    """Pictures that show nothing."""
    scans: dict[str, Scan] = yield from scanned(case)
    found = []
    for split, scan in scans.items():
        blank = np.flatnonzero(scan.readable & (scan.spread < FLAT))
        if len(blank):
            words = Text(
                "The same brightness everywhere, so there is nothing to learn. Take them out.",
                "어디나 밝기가 같아서 배울 것이 없어요. 빼세요.",
            )
            found.append(Finding("blank", Severity.WARN, Text("Empty pictures", "빈 그림"), words, split, blank))
    return found


def _shapes(case: Case) -> Job:
    """Photographs much larger, smaller, flatter or taller than the others."""
    scans: dict[str, Scan] = yield from scanned(case)
    sizes = np.concatenate([scans[split].sizes for split in case.photos])
    known = sizes[(sizes > 0).all(axis=1)]
    found: list[Finding] = []
    if len(known) < ENOUGH:
        return found
    for split in case.photos:
        odd = _odd_shapes(scans[split].sizes, known)
        if len(odd):
            middle = np.median(known, axis=0).astype(int)
            words = Text(
                "Another size or shape than the rest, which is usually about {w} × {h}. "
                "Scaled to one size they come out distorted or blurred.",
                "크기나 모양이 나머지와 달라요. 보통은 {w} × {h} 정도예요. 한 크기로 맞추면 찌그러지거나 흐려져요.",
            )(w=int(middle[0]), h=int(middle[1]))
            title = Text("Odd sizes", "유별난 크기")
            evidence = {"sizes": scans[split].sizes[odd]}
            found.append(Finding("odd_size", Severity.WARN, title, words, split, odd, evidence))
    return found


def _odd_shapes(sizes: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Which of (N, 2) sizes stand apart from `known`, by aspect or by side; or are too small to show anything."""

    def apart(measure: np.ndarray, among: np.ndarray) -> np.ndarray:
        low, high = np.quantile(among, (0.1, 0.9))
        return (measure < low - np.log(FOLD)) | (measure > high + np.log(FOLD))

    there = (sizes > 0).all(axis=1)
    logs, among = np.log(np.maximum(sizes, 1)), np.log(known)
    aspect = apart(logs[:, 0] - logs[:, 1], among[:, 0] - among[:, 1])
    side = apart(logs.mean(axis=1), among.mean(axis=1))
    return np.flatnonzero(there & (aspect | side | (sizes.min(axis=1) < SMALLEST)))


def _colours(case: Case) -> Job:
    """Grey pictures among coloured ones, coloured among grey, and files that store colours unlike the others."""
    scans: dict[str, Scan] = yield from scanned(case)
    found: list[Finding] = []
    coloured = {s: scan for s, scan in scans.items() if s in case.photos or case.pictures[s].images.ndim == 4}  # type: ignore[union-attr]
    if not coloured or sum(scan.readable.sum() for scan in coloured.values()) < ENOUGH:
        return found
    grey = np.concatenate([(scan.chroma < GREY)[scan.readable & (scan.spread >= FLAT)] for scan in coloured.values()])
    share = float(grey.mean()) if len(grey) else 0.0
    for split, scan in coloured.items():
        shown = scan.readable & (scan.spread >= FLAT)
        if 0 < share <= FEW:
            found += _odd_colour(split, np.flatnonzero(shown & (scan.chroma < GREY)), _GREY)
        elif 1 - FEW <= share < 1:
            found += _odd_colour(split, np.flatnonzero(shown & (scan.chroma >= GREY)), _COLOURED)
    return found + _odd_modes({split: scans[split] for split in case.photos})


_GREY = Text(
    "Grey among coloured pictures. A network may learn that grey itself means something.",
    "컬러 그림 사이에 흑백이 섞여 있어요. 신경망이 ‘흑백’ 자체를 단서로 배울 수 있어요.",
)
_COLOURED = Text(
    "Coloured among grey pictures. A network may learn that colour itself means something.",
    "흑백 그림 사이에 컬러가 섞여 있어요. 신경망이 ‘컬러’ 자체를 단서로 배울 수 있어요.",
)
_MODES = Text(
    "These files store their colours in another way than the rest: {modes}. Other programs may show them differently.",
    "색을 나머지와 다르게 담은 파일이에요: {modes}. 다른 프로그램에서는 다르게 보일 수 있어요.",
)


def _odd_colour(split: str, odd: np.ndarray, words: Text, **values: object) -> list[Finding]:
    if not len(odd):
        return []
    title = Text("Unlike colours", "다른 색 방식")
    return [Finding("colour", Severity.INFO, title, words(**values), split, odd)]


def _odd_modes(scans: dict[str, Scan]) -> list[Finding]:
    """Grey and RGB are told apart by what they show; here it is CMYK, transparency, palettes, 16 bits."""
    usual = Counter("RGB" if mode == "L" else mode for scan in scans.values() for mode in scan.modes if mode)
    total, found = usual.total(), []
    odd_modes = {mode for mode, count in usual.items() if mode != "RGB" and count <= FEW * total}
    for split, scan in scans.items():
        odd = rows([i for i, mode in enumerate(scan.modes) if mode in odd_modes])
        modes = ", ".join(sorted({scan.modes[i] for i in odd}))
        found += _odd_colour(split, odd, _MODES, modes=modes)
    return found


def _has_files(case: Case) -> bool:
    return bool(case.photos)


CHECKS = (
    Check("broken", Text("broken files", "손상된 파일"), _has_files, _broken, weight=4),
    Check("blank", Text("empty pictures", "빈 그림"), lambda case: bool(case.pictures), _blank),
    Check("odd_size", Text("odd sizes", "유별난 크기"), _has_files, _shapes, weight=0.1),
    Check("colour", Text("colours", "색 방식"), lambda case: bool(case.pictures), _colours, weight=0.1),
)
