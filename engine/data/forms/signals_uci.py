"""UCI-HAR's folders: windows of 128 samples at 50 Hz, one text file for each channel (Anguita et al., 2013)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.data.forms.reading import in_order, list_folder, read_text
from engine.data.names import all_named
from engine.data.signalset import SignalSet, with_fingerprint
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

_READING = Text("Reading signals", "신호를 읽는 중")
_RATE = 50.0
_LARGEST = 1e9


def splits(path: Path) -> tuple[str, ...]:
    """The parts with a folder of inertial signals and a file of labels."""
    if not path.is_dir():
        return ()
    parts = [entry.name for entry in list_folder(path) if entry.is_dir()]
    return in_order(
        p for p in parts if (path / p / "Inertial Signals").is_dir() and (path / p / f"y_{p}.txt").is_file()
    )


def read(path: Path, split: str) -> Job:
    """Read one part: a `SignalSet` (N, 128, 9). Raises `LabError` naming a file that is damaged."""
    tail = f"_{split}.txt"
    files = [Path(e.path) for e in list_folder(path / split / "Inertial Signals") if e.name.endswith(tail)]
    labels = _numbers(path / split / f"y_{split}.txt").astype(np.int64) - 1
    names = _names(path / "activity_labels.txt", int(labels.max(initial=-1)) + 1)
    channels: list[str] = []
    columns: list[np.ndarray] = []
    for done, file in enumerate(files):
        yield Progress(done, len(files), _READING)
        values = _numbers(file)
        if not len(labels) or values.size % len(labels) or (columns and values.size != columns[0].size):
            raise LabError(_damaged(file))
        columns.append(values.reshape(len(labels), -1))
        channels.append(file.name.removesuffix(tail))
    if not columns or labels.min() < 0 or labels.max() >= len(names):
        raise LabError(_damaged(path / split / f"y_{split}.txt"))
    subjects = path / split / f"subject_{split}.txt"
    groups = _numbers(subjects).astype(np.int64) if subjects.is_file() else None
    signals = SignalSet(
        id=path.name,
        split=split,
        x=np.stack(columns, axis=2).astype(np.float32),
        labels=labels,
        classes=all_named(names),
        channels=tuple(channels),
        unit="g, rad/s",
        rate=_RATE,
        note=same(str(path)),
        groups=groups if groups is not None and len(groups) == len(labels) else None,
    )
    return with_fingerprint(signals)


def _numbers(file: Path) -> np.ndarray:
    """All numbers of a text file, (n,) float32, none of them infinite or absurdly large."""
    try:
        values = np.fromiter(map(float, read_text(file).split()), np.float64)
    except (ValueError, OverflowError) as error:
        raise LabError(_damaged(file)) from error
    if not (np.abs(values) < _LARGEST).all():  # also false for what is no number
        raise LabError(_damaged(file))
    return values.astype(np.float32)


def _names(file: Path, count: int) -> list[str]:
    """The activities, "1 WALKING" a line."""
    if not file.is_file():
        return [str(number + 1) for number in range(count)]
    lines = (line.split(maxsplit=1) for line in read_text(file).splitlines())
    return [words[1].strip() for words in lines if len(words) == 2]


def _damaged(file: Path) -> Text:
    return Text(
        "{path} is damaged: it does not fit the other files.", "{path} 파일이 손상됐어요. 다른 파일과 맞지 않아요."
    )(path=file)
