"""What people do, read from accelerometers (lecture rows 18, 19, 98): USC-HAD windows, and phone and watch recordings.

Both are split by person: windows of one person are alike, and half of each window is in its neighbour too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.cards import Card, Explanation, Task
from engine.data.arrays import damaged, read_arrays
from engine.data.imageset import DatasetCard, check_split
from engine.data.names import all_named
from engine.data.signalset import SignalSet, with_fingerprint
from engine.data.windows import LENGTH, STEP, cut, starts
from engine.jobs import Job, Progress
from engine.text import Text, same

_READING = Text("Reading signals", "신호를 읽는 중")
_AXES = ("x", "y", "z")
_USC_VAL = (11, 12)  # people held for "val"
_EVERY = 5  # of the other set every fifth person is held

EXPLAIN = Explanation(
    Text("Movement as numbers", "숫자로 본 움직임"),
    Text("Compare walking with sitting.", "걷기와 앉아 있기를 견주어 보세요."),
    Text(
        "An accelerometer tells how hard it is pushed along three axes, many times a second. A window of these numbers "
        "is the input; what the person did is the class.",
        "가속도계는 세 축으로 얼마나 밀리는지 1초에 여러 번 알려줘요. 그 숫자 한 구간이 입력이고, 하던 동작이 클래스예요.",
    ),
    "x ∈ ℝ¹²⁸ˣ³",
)


def _finder(name: str) -> Callable[[Path | None], Path | None]:
    def find(root: Path | None) -> Path | None:
        if root is None:
            return None
        if root.is_file():
            return root if root.name == name else None
        return next((file for file in (root / name, root / "har" / name) if file.is_file()), None)

    return find


def _read_usc(split: str, path: Path) -> Job:
    check_split(HAR, split)
    yield Progress(0, 1, _READING)
    found = read_arrays(path, ["x", "y", "subject", "classes"])
    x, y, people = found["x"], found["y"].astype(np.int64), found["subject"].astype(np.int64)
    names = found["classes"]
    fits = x.ndim == 3 and x.shape[2] == len(_AXES) and x.dtype.kind == "f" and names.dtype.kind == "U"
    if not fits or not len(x) == len(y) == len(people) or not 0 <= y.min() <= y.max() < len(names):
        raise damaged(path)
    chosen = np.flatnonzero(np.isin(people, _USC_VAL) == (split == "val"))
    signals = SignalSet(
        id="har",
        split=split,
        x=np.ascontiguousarray(x[chosen], np.float32),
        labels=y[chosen],
        classes=all_named(str(name) for name in names),
        channels=_AXES,
        unit="g",
        rate=50.0,
        note=same(str(path)),
        groups=people[chosen],
    )
    return with_fingerprint(signals)


def _read_phone(split: str, path: Path) -> Job:
    check_split(PHONE, split)
    yield Progress(0, 2, _READING)
    found = read_arrays(path, ["accel", "label", "t_ms", "offsets", "subject", "classes"])
    values, label, offsets = found["accel"], found["label"].astype(np.int64), found["offsets"].astype(np.int64)
    people = found["subject"].astype(np.int64)
    fits = values.ndim == 2 and values.shape[1] == len(_AXES) and len(values) == len(label) == len(found["t_ms"])
    if not fits or len(offsets) != len(people) + 1 or (np.diff(offsets) < 0).any() or offsets[-1] != len(values):
        raise damaged(path)
    held = np.isin(people, np.unique(people)[_EVERY - 1 :: _EVERY])
    at = np.array(
        [s for recording in np.flatnonzero(held == (split == "val")).tolist() for s in _starts(recording, offsets)]
    )
    yield Progress(1, 2, _READING)
    of_window = cut(label[:, None], at)[..., 0]
    counts = np.stack([(of_window == kind).sum(axis=1) for kind in range(len(found["classes"]))], axis=1)
    recordings = np.searchsorted(offsets, at, side="right") - 1
    signals = SignalSet(
        id="sp-sw-har",
        split=split,
        x=np.ascontiguousarray(cut(values, at), np.float32),
        labels=counts.argmax(axis=1).astype(np.int64),
        classes=all_named(str(name) for name in found["classes"]),
        channels=_AXES,
        unit="m/s²",
        rate=_rate(found["t_ms"], offsets),
        note=same(str(path)),
        groups=people[recordings],
    )
    return with_fingerprint(signals)


def _rate(t_ms: np.ndarray, offsets: np.ndarray) -> float:
    """Samples a second of the middle recording; phones and watches keep no exact time."""
    firsts, lasts = offsets[:-1], offsets[1:] - 1
    whole = firsts < lasts
    seconds = (t_ms[lasts[whole]] - t_ms[firsts[whole]]) / 1000
    return round(float(np.median((lasts - firsts)[whole] / seconds)), 1)


def _starts(recording: int, offsets: np.ndarray) -> list[int]:
    """Where the windows of one recording begin; people change what they do within, so a window may hold two."""
    begin, end = int(offsets[recording]), int(offsets[recording + 1])
    return [begin + start for start in starts(np.zeros(end - begin, np.int64), length=LENGTH, step=STEP)]


HAR = DatasetCard(
    card=Card(
        id="har",
        task=Task.SIGNAL,
        name=Text("Activities (USC-HAD)", "활동 (USC-HAD)"),
        summary=Text(
            "Six activities of twelve people, from an accelerometer at the hip, 50 readings a second.",
            "열두 사람의 여섯 가지 활동. 허리에 찬 가속도계를 1초에 50번 읽었어요.",
        ),
        source="https://github.com/xushige/HAR-Dataset-Preprocess; http://sipi.usc.edu/had",
        paper="Zhang, Sawchuk, USC-HAD: a daily activity dataset for ubiquitous activity recognition, 2012",
        explanation=EXPLAIN,
        rows=(18, 19, 98),
        data_licence="free for research (original terms); cite the paper",
    ),
    splits=("train", "val"),
    counts=(6_706, 2_329),
    size_words=Text("9,035 · 128 samples · 3 axes", "9,035구간 · 샘플 128개 · 3축"),
    bundled=False,
    find=_finder("usc_had_6act_50hz_win128.npz"),
    read=_read_usc,
)

PHONE = DatasetCard(
    card=Card(
        id="sp-sw-har",
        task=Task.SIGNAL,
        name=Text("Activities (phone and watch)", "활동 (휴대폰과 시계)"),
        summary=Text(
            "People stand up, walk, turn and sit down, recorded by a phone and a watch. A window has the activity that "
            "fills most of it.",
            "일어서고, 걷고, 돌고, 앉는 동작을 휴대폰과 시계로 기록했어요. 구간마다 가장 많이 한 활동이 정답이에요.",
        ),
        source="https://github.com/GeoTecINIT/sp-sw-har-dataset",
        paper="Matey-Sanz, Casteleyn, Granell, Dataset of inertial measurements of smartphones and smartwatches, 2023",
        explanation=EXPLAIN,
        rows=(18, 98),
        data_licence="CC-BY-4.0",
    ),
    splits=("train", "val"),
    counts=(6_247, 1_238),
    size_words=Text("7,485 · 128 samples · 3 axes", "7,485구간 · 샘플 128개 · 3축"),
    bundled=False,
    find=_finder("sp_sw_har_accel.npz"),
    read=_read_phone,
)
