"""Signals as text, one sample a line: tables with a heading, and WISDM's raw file.

A table has a column for each channel ("ax [g]"), one for the activity (`label`, `activity`, `class`), and may have
who was recorded (`group`, `subject`, `user`), the `window` a sample belongs to, and the time `t` in seconds.
WISDM's lines are "33,Jogging,49105962326000,-0.69,12.68,0.50;" at 20 Hz in m/s² (Kwapisz, Weiss, Moore, 2010).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine.data.forms.csv_shape import cells
from engine.data.forms.labels import classes_of, names_beside
from engine.data.forms.reading import PARTS, in_order, list_folder, read_text
from engine.data.signalset import SignalSet, with_fingerprint
from engine.data.windows import cut, starts
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

_READING = Text("Reading signals", "신호를 읽는 중")
_STEP = 5000  # lines between two events
_LABEL = ("label", "activity", "class", "activity_name", "target", "y", "활동", "정답")
_GROUP = ("group", "groups", "subject", "subject_id", "user", "user_id", "id", "person")
_TIME = ("t", "time", "timestamp", "seconds", "t_s")
MOST = 31  # columns; wider tables are pictures
_UNIT = re.compile(r"(?P<name>.*?)\s*\[(?P<unit>.*)\]")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column is what, −1 where there is none; `channels` are the columns of readings."""

    label: int
    group: int
    window: int
    time: int
    channels: tuple[int, ...]
    names: tuple[str, ...]
    unit: str
    rate: float
    comma: str = ","
    header: int = 1


@dataclass(slots=True)
class _Samples:
    """The lines read so far, column by column."""

    values: list[list[float]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    windows: list[str] = field(default_factory=list)
    bad: int = 0


def numbered(count: int) -> tuple[str, ...]:
    """Names for channels that have none."""
    return ("x", "y", "z") if count == 3 else tuple(f"ch{n + 1}" for n in range(count))


def splits(path: Path) -> tuple[str, ...]:
    return in_order(_files(path))


def _files(path: Path) -> dict[str, Path]:
    if path.is_file():
        return {"all": path} if _layout_of(path) else {}
    entries = list_folder(path) if path.is_dir() else []
    named = [e for e in entries if e.name.lower().endswith((".csv", ".tsv")) or "wisdm" in e.name.lower()]
    tables = [Path(e.path) for e in named if e.is_file()]
    found = {file.stem: file for file in tables[:20] if _layout_of(file)}
    return {"all": next(iter(found.values()))} if len(found) == 1 and not _is_part(next(iter(found))) else found


def _is_part(name: str) -> bool:
    return name.lower() in PARTS


def _layout_of(path: Path) -> Layout | None:
    """The layout that the first lines show, or None."""
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        return None
    try:
        with path.open("rb") as file:
            lines = file.read(1 << 14).decode("utf-8-sig", "replace").splitlines()[:3]
    except OSError:
        return None
    if len(lines) < 2:
        return None
    wisdm = [line.rstrip("; ,\r").split(",") for line in lines[:2]]
    if all(len(w) == 6 and _numeric([w[0], *w[2:]]) and not _numeric([w[1]]) for w in wisdm):
        return Layout(1, 0, -1, 2, (3, 4, 5), ("x", "y", "z"), "m/s²", 20.0, header=0)
    comma = next((mark for mark in ("\t", ";") if lines[0].count(mark) > lines[0].count(",")), ",")
    return _from_heading([word.strip() for word in cells(lines[0], comma)], cells(lines[1], comma), comma)


def _from_heading(heading: list[str], row: list[str], comma: str) -> Layout | None:
    words = [word.lower() for word in heading]
    label, group, time = (next((words.index(w) for w in names if w in words), -1) for names in (_LABEL, _GROUP, _TIME))
    window = words.index("window") if "window" in words else -1
    rest = [i for i in range(len(words)) if i not in (label, group, time, window)]
    channels = tuple(i for i in rest if i < len(row) and _numeric([row[i]]) and words[i])
    if label < 0 or not channels or len(channels) < len(rest) or len(words) > MOST or len(row) != len(words):
        return None
    told = [_UNIT.fullmatch(heading[i]) for i in channels]
    names = tuple(match["name"] if match else heading[i] for match, i in zip(told, channels, strict=True))
    unit = told[0]["unit"] if told[0] else ""
    return Layout(label, group, window, time, channels, names, unit, 0.0, comma)


def _numeric(words: list[str]) -> bool:
    try:
        return all(math.isfinite(float(word)) for word in words)
    except ValueError:
        return False


def read(path: Path, split: str) -> Job:
    """Read one part: a `SignalSet`. Raises `LabError` when it holds no whole window."""
    files = _files(path)
    layout = _layout_of(files[split])
    assert layout is not None
    lines = read_text(files[split]).splitlines()
    samples = yield from _samples(lines, layout)
    signals = _windows(samples, layout, files[split], _rate(lines, layout))
    every = set(samples.labels)
    for part, other in files.items():
        if part != split:
            every |= set((yield from _samples(read_text(other).splitlines(), layout)).labels)
    classes, order = classes_of(every, names_beside(files[split].parent))
    x, words, groups, rate = signals
    found = SignalSet(
        id=path.stem,
        split=split,
        x=x,
        labels=np.array([order[word] for word in words], np.int64),
        classes=classes,
        channels=layout.names,
        unit=layout.unit,
        rate=rate,
        note=_note(files[split], samples.bad),
        groups=groups,
    )
    return with_fingerprint(found)


def _samples(lines: list[str], layout: Layout) -> Job:
    found = _Samples()
    width = max(*layout.channels, layout.label, layout.group, layout.window, layout.time) + 1
    for number, line in enumerate(lines[layout.header :]):
        if number % _STEP == 0:
            yield Progress(number, len(lines), _READING)
        for piece in line.split(";") if layout.header == 0 else (line,):
            if not piece.strip(" ,"):
                continue
            row = cells(piece.rstrip(" ,") if layout.header == 0 else piece, layout.comma)
            try:
                values = [float(row[i]) for i in layout.channels] if len(row) == width else [math.nan]
            except ValueError:
                values = [math.nan]
            if not all(map(math.isfinite, values)) or not row[layout.label].strip():
                found.bad += 1
                continue
            found.values.append(values)
            found.labels.append(row[layout.label].strip())
            found.groups.append(row[layout.group].strip() if layout.group >= 0 else "")
            found.windows.append(row[layout.window].strip() if layout.window >= 0 else "")
    return found


def _windows(
    samples: _Samples, layout: Layout, path: Path, rate: float
) -> tuple[np.ndarray, list[str], np.ndarray | None, float]:
    """(windows, label of each, who was recorded in each, rate)."""
    told = list(zip(samples.windows, samples.labels, samples.groups, strict=True))
    codes = {key: number for number, key in enumerate(dict.fromkeys(told))}
    marks = np.array([codes[key] for key in told], np.int64)
    values = np.array(samples.values, np.float32).reshape(len(told), len(layout.channels))
    if layout.window >= 0 and len(marks):
        begins = np.flatnonzero(np.diff(marks, prepend=-1))
        lengths = np.diff([*begins, len(marks)])
        length = int(np.bincount(lengths).argmax())
        at = begins[lengths == length]
    else:
        at, length = np.array(list(starts(marks)), np.int64), 0
    if not len(at):
        text = Text(
            "{path} holds no run of one activity long enough for a window of 128 samples.",
            "{path}에는 샘플 128개 길이의 구간을 만들 만큼 긴 활동이 없어요.",
        )
        raise LabError(text(path=path))
    x = cut(values, at, length) if length else cut(values, at)
    groups = None
    if layout.group >= 0:
        who = [samples.groups[i] for i in at]
        order = {name: number for number, name in enumerate(sorted(set(who)))}
        whole = all(name.isascii() and name.isdigit() for name in who)
        groups = np.array([int(name) if whole else order[name] for name in who], np.int64)
    return x, [samples.labels[i] for i in at], groups, rate


def _rate(lines: list[str], layout: Layout) -> float:
    """Samples a second from the first two times, where a heading says they are seconds."""
    if layout.rate or layout.time < 0 or len(lines) < 3:
        return layout.rate
    times = [cells(line, layout.comma)[layout.time : layout.time + 1] for line in lines[1:3]]
    if not all(time and _numeric(time) for time in times):
        return 0.0
    gap = float(times[1][0]) - float(times[0][0])
    return float(f"{1 / gap:.6g}") if 1e-6 < gap < 10 else 0.0


def _note(path: Path, bad: int) -> Text:
    if not bad:
        return same(str(path))
    text = Text("{path} · {n:,} damaged lines left out", "{path} · 손상된 줄 {n:,}개를 뺐어요")
    return text(path=path, n=bad)
