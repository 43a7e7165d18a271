"""Phone and watch of the same person at the same time: recordings that come with the app (lecture rows 18, 98).

Made from the set of Matey-Sanz, Casteleyn and Granell (CC BY 4.0): the accelerometers of both devices of all 223
executions by 23 people, put on one clock of 50 Hz by linear interpolation, rounded to 0.01 m/s².
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

import resources
from engine.cards import Card, Task
from engine.data.arrays import read_arrays
from engine.data.har import EXPLAIN
from engine.data.imageset import DatasetCard, check_split
from engine.data.names import all_named
from engine.data.signalset import SignalSet, with_fingerprint
from engine.data.windows import LENGTH, cut, starts
from engine.jobs import Job, Progress
from engine.text import Text, same

CLASSES = ("seated", "standing_up", "walking", "turning", "sitting_down")
CHANNELS = ("phone x", "phone y", "phone z", "watch x", "watch y", "watch z", "time")
RATE = 50.0
_STEP = 32  # an execution lasts about twelve seconds: windows that overlap by three quarters
_EVERY = 5  # every fifth person is held
_UNIT = 0.01  # m/s² of one count


def _find(root: Path | None) -> Path | None:
    path = resources.path("signals", "phone_watch.npz")
    return path if path.is_file() else None


def _read(split: str, path: Path) -> Job:
    check_split(PHONE_WATCH, split)
    yield Progress(0, 1, Text("Reading signals", "신호를 읽는 중"))
    found = read_arrays(path, ["accel", "label", "offsets", "subject"])
    values, labels, offsets = found["accel"], found["label"].astype(np.int64), found["offsets"].astype(np.int64)
    people = found["subject"].astype(np.int64)
    held = np.isin(people, np.unique(people)[_EVERY - 1 :: _EVERY])
    at = np.array([s for one in np.flatnonzero(held == (split == "val")).tolist() for s in _starts(one, offsets)])
    execution = np.searchsorted(offsets, at, side="right") - 1
    x = cut(values, at).astype(np.float32) * _UNIT  # (n, T, 6)
    time = (at - offsets[execution])[:, None] + np.arange(LENGTH)[None, :]
    x = np.concatenate([x, time[..., None].astype(np.float32) / RATE], axis=2)
    inside = cut(labels[:, None], at)[..., 0]
    counts = np.stack([(inside == kind).sum(axis=1) for kind in range(len(CLASSES))], axis=1)
    return with_fingerprint(
        SignalSet(
            id="phone-watch",
            split=split,
            x=np.ascontiguousarray(x),
            labels=counts.argmax(axis=1).astype(np.int64),
            classes=all_named(CLASSES),
            channels=CHANNELS,
            unit="m/s², s",
            rate=RATE,
            note=same(path.name),
            groups=people[execution],
        )
    )


def _starts(one: int, offsets: np.ndarray) -> list[int]:
    begin, end = int(offsets[one]), int(offsets[one + 1])
    return [begin + start for start in starts(np.zeros(end - begin, np.int64), length=LENGTH, step=_STEP)]


PHONE_WATCH = DatasetCard(
    card=Card(
        id="phone-watch",
        task=Task.SIGNAL,
        name=Text("Phone and watch together", "휴대폰과 시계 함께"),
        summary=Text(
            "23 people stand up, walk, turn and sit down; phone and watch measured at the same time. Comes with the "
            "app. Gyroscope, magnetometer and altimeter were not recorded.",
            "23명이 일어서고, 걷고, 돌고, 앉아요. 휴대폰과 시계가 동시에 쟀어요. 앱에 들어 있어요. "
            "자이로, 자기, 고도 센서는 기록되지 않았어요.",
        ),
        source="https://github.com/GeoTecINIT/sp-sw-har-dataset; 50 Hz on one clock",
        paper="Matey-Sanz, Casteleyn, Granell, Dataset of inertial measurements of smartphones and smartwatches, 2023",
        explanation=EXPLAIN,
        rows=(18, 98),
        data_licence="CC-BY-4.0",
    ),
    splits=("train", "val"),
    counts=(2_646, 514),
    size_words=Text("3,160 · 128 samples · 7 channels", "3,160개 · 샘플 128개 · 채널 7개"),
    bundled=True,
    find=_find,
    read=_read,
)
