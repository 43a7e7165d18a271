"""Windows of sensor readings: NPZ, tables, WISDM's raw text, UCI-HAR's folders (lecture rows 18, 19, 98).

NPZ: `x` (N, T, C), `y`, and where known `classes`, `channels`, `unit`, `rate` in Hz, `groups` (who was recorded).
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np

from engine.cards import Task
from engine.data.arrays import headers, read_arrays, write_arrays
from engine.data.forms import signals_table, signals_uci
from engine.data.forms.form import AnySet, Form, Recognised
from engine.data.forms.npz import CLASSES, Keys, is_signal, keys_of, labels_of
from engine.data.forms.reading import in_order
from engine.data.forms.writing import WRITING, check_part
from engine.data.names import all_named
from engine.data.signalset import SignalSet, with_fingerprint
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

_READING = Text("Reading signals", "신호를 읽는 중")
_RATE = ("rate", "rate_hz", "fs", "sampling_rate")
_GROUP = ("groups", "group", "subject", "subjects", "user")


def recognise(path: Path) -> Recognised | None:
    found = splits(path)
    return Recognised(path, found, Task.SIGNAL) if found else None


def splits(path: Path) -> tuple[str, ...]:
    return in_order(_arrays(path)) or signals_uci.splits(path) or signals_table.splits(path)


def _arrays(path: Path) -> dict[str, Keys]:
    return {part: keys for part, keys in keys_of(path).items() if is_signal(headers(keys.file), keys)}


def read(path: Path, split: str) -> Job:
    """Read one part: a `SignalSet`. Raises `LabError` when it is damaged or holds no windows."""
    arrays = _arrays(path)
    if split in arrays:
        return (yield from _read_arrays(path, split, arrays[split]))
    for other in (signals_uci, signals_table):
        if split in other.splits(path):
            return (yield from other.read(path, split))
    raise LabError(Text("{path} has no part “{split}”.", "{path}에 ‘{split}’ 부분이 없어요.")(path=path, split=split))


def _read_arrays(path: Path, split: str, keys: Keys) -> Job:
    yield Progress(0, 0, _READING)
    about = {name.lower(): name for name in headers(keys.file)}

    def first(names: tuple[str, ...]) -> str:
        return next((about[name] for name in names if name in about), "")

    extra = {key: first(names) for key, names in (("classes", CLASSES), ("rate", _RATE), ("groups", _GROUP))}
    extra |= {key: about.get(key, "") for key in ("channels", "unit")}
    wanted = [name for name in (keys.x, keys.y, *extra.values()) if name]
    found = read_arrays(keys.file, list(dict.fromkeys(wanted)))
    x = found[keys.x]
    x = x[..., None] if x.ndim == 2 else x.transpose(0, 2, 1) if x.shape[1] < x.shape[2] and x.shape[1] <= 16 else x
    x = np.ascontiguousarray(x, np.float32)
    classes, labels = labels_of(found.get(keys.y), found.get(extra["classes"]), len(x), keys.file)
    told = found.get(extra["channels"])
    fits = told is not None and told.dtype.kind in "US" and told.size == x.shape[2]
    groups = found.get(extra["groups"])
    known = groups is not None and groups.shape == (len(x),) and groups.dtype.kind in "ui"
    rate = found.get(extra["rate"])
    unit = found.get(extra["unit"])
    signals = SignalSet(
        id=path.stem,
        split=split,
        x=x,
        labels=labels,
        classes=all_named(name.en for name in classes),
        channels=tuple(map(str, told.ravel())) if fits and told is not None else signals_table.numbered(x.shape[2]),
        unit=str(unit.ravel()[0]) if unit is not None and unit.size and unit.dtype.kind in "US" else "",
        rate=float(rate.ravel()[0]) if rate is not None and rate.size and rate.dtype.kind in "uif" else 0.0,
        note=same(str(keys.file)),
        groups=groups.astype(np.int64) if known and groups is not None else None,
    )
    return _whole(with_fingerprint(signals), keys.file)


def _whole(signals: SignalSet, path: Path) -> SignalSet:
    """Without the windows that hold something else than numbers; how many there were is said in its note."""
    good = np.isfinite(signals.x).all(axis=(1, 2))
    if good.all():
        return signals
    if not good.any():
        raise LabError(Text("{path} holds no whole window.", "{path}에 온전한 구간이 없어요.")(path=path))
    text = Text("{path} · {n:,} damaged windows left out", "{path} · 손상된 구간 {n:,}개를 뺐어요")
    part = signals.part(np.flatnonzero(good), signals.split)
    return dataclasses.replace(part, note=text(path=path, n=int((~good).sum())))


def write(set_: AnySet, folder: Path, *, pictures: bool = True) -> Job:
    """Write one part as `PART.npz`; returns the folder."""
    assert isinstance(set_, SignalSet)
    yield Progress(0, 1, WRITING)
    arrays = {
        "x": np.asarray(set_.x, np.float32),
        "y": set_.labels,
        "classes": np.array([name.en for name in set_.classes]),
        "channels": np.array(set_.channels),
        "unit": np.array([set_.unit]),
        "rate": np.array([set_.rate]),
    }
    if set_.groups is not None:
        arrays["groups"] = set_.groups
    write_arrays(folder / f"{check_part(set_.split)}.npz", arrays)
    return folder


def takes(set_: AnySet) -> bool:
    return isinstance(set_, SignalSet)


FORM = Form(
    id="signals",
    name=Text("Signals", "신호"),
    task=Task.SIGNAL,
    recognise=recognise,
    read=read,
    splits=splits,
    write=write,
    takes=takes,
)
