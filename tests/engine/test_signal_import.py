"""Recordings in the layouts of others are opened, learnt from by person, and asked sensor by sensor."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from driving import drive

from engine.data import load
from engine.data.opened import open_place
from engine.data.signalset import SignalSet
from engine.jobs import result_of
from engine.signals.ablate import ablate
from engine.signals.folds import leave_one_out
from engine.signals.follow import chains, recording
from engine.train.fit import train
from engine.train.recipes import recipe

pytestmark = pytest.mark.usefixtures("one_core")
WORDS = {"seated": "Sitting", "walking": "Walking", "turning": "Turning"}


@pytest.fixture(scope="module")
def real() -> SignalSet:
    """Real windows of the phone and the watch: three activities of eight people, whole windows one behind the other."""
    found: SignalSet = result_of(load("phone-watch", "train"))
    assert found.groups is not None
    people = np.unique(found.groups)[:8]
    names = [name.en for name in found.classes]
    some = [
        np.flatnonzero((found.groups == person) & (found.labels == names.index(name)))[:12]
        for person in people
        for name in WORDS
    ]
    return found.part(np.concatenate(some), "train")


def _words(real: SignalSet) -> list[str]:
    return [WORDS[real.classes[label].en] for label in real.labels]


def write_wisdm(real: SignalSet, folder: Path) -> Path:
    assert real.groups is not None
    lines = [
        f"{person},{word},{n},{x:.2f},{y:.2f},{z:.2f};"
        for window, word, person in zip(real.x, _words(real), real.groups, strict=True)
        for n, (x, y, z) in enumerate(window[:, :3])
    ]
    folder.mkdir()
    (folder / "WISDM_ar_v1.1_raw.txt").write_text("\n".join(lines))
    return folder


def write_uci(real: SignalSet, folder: Path) -> Path:
    assert real.groups is not None
    held = np.unique(real.groups)[-1]
    words = sorted(set(WORDS.values()))
    for part, chosen in (("train", real.groups != held), ("test", real.groups == held)):
        inner = folder / part / "Inertial Signals"
        inner.mkdir(parents=True)
        for channel, axis in enumerate("xyz"):
            np.savetxt(inner / f"total_acc_{axis}_{part}.txt", real.x[chosen][:, :, channel])
        numbers = [str(words.index(word) + 1) for word, kept in zip(_words(real), chosen, strict=True) if kept]
        (folder / part / f"y_{part}.txt").write_text("\n".join(numbers))
        (folder / part / f"subject_{part}.txt").write_text("\n".join(map(str, real.groups[chosen])))
    (folder / "activity_labels.txt").write_text("\n".join(f"{n} {w.upper()}" for n, w in enumerate(words, 1)))
    return folder


def write_table(real: SignalSet, folder: Path, *, channels: int = 3) -> Path:
    assert real.groups is not None
    folder.mkdir()
    names = [name.replace(" ", "_").replace("time", "clock") for name in real.channels[:channels]]
    values = real.x[:, :, :channels]
    if channels > real.x.shape[2]:  # the lecture's eleven: more columns than these two devices have
        more = channels - real.x.shape[2]
        values = np.concatenate([values, np.diff(real.x, axis=1, append=real.x[:, -1:])[:, :, :more]], 2)
        names += [f"gyro_{n}" for n in range(more)]
    rows = [",".join(["user", "activity", *names])]
    for window, word, person in zip(values, _words(real), real.groups, strict=True):
        rows += [",".join([str(person), word, *(f"{value:.3f}" for value in sample)]) for sample in window]
    (folder / "log.csv").write_text("\n".join(rows))
    return folder / "log.csv"


@pytest.mark.parametrize("write", [write_wisdm, write_uci, write_table])
def test_recordings_of_other_layouts_are_learnt_by_person(
    write: Callable[[SignalSet, Path], Path], real: SignalSet, tmp_path: Path
) -> None:
    card = result_of(open_place(write(real, tmp_path / "그들의 기록")))[0]
    settings = dataclasses.replace(recipe("activity-conv1d").defaults, epochs=4.0, batch_size=16, held_out=24)
    ways = {"dataset": card.id, "device": "cpu", "precision": "fp32"}
    _, done = drive(train("activity-conv1d", settings, **ways, out=tmp_path / "run"))  # type: ignore[arg-type]
    assert done.accuracy > 0.5  # a third by chance
    _, folds = drive(
        leave_one_out(
            settings=dataclasses.replace(settings, epochs=1.0),
            dataset_id=card.id,
            device="cpu",
            precision="fp32",
            people=(int(real.groups[0]),),  # type: ignore[index]
        )
    )
    assert folds.folds[0].count >= 12


def test_eleven_channels_are_fused_and_each_is_switched_off(real: SignalSet, tmp_path: Path) -> None:
    card = result_of(open_place(write_table(real, tmp_path / "eleven", channels=11)))[0]
    settings = dataclasses.replace(recipe("sensor-fusion").defaults, epochs=1.0, batch_size=16, held_out=24)
    drive(train("sensor-fusion", settings, dataset=card.id, device="cpu", precision="fp32", out=tmp_path / "run"))
    _, found = drive(ablate(str(tmp_path / "run"), device="cpu"))
    assert len(found.channels) == 11
    assert {bar.name for bar in found.bars} >= {"phone_x", "watch_z", "clock", "gyro_3"}


def test_a_recording_is_joined_again_from_its_windows() -> None:
    values = np.random.default_rng(0).normal(size=(320, 2)).astype(np.float32)
    windows = np.stack([values[at : at + 128] for at in (0, 32, 64, 192, 160)])
    assert [chain.tolist() for chain in chains(windows, np.arange(5))] == [[0, 1, 2], [3], [4]]
    found = result_of(recording("sensor-fusion"))
    held: SignalSet = result_of(load("phone-watch", "val"))
    assert len(set(found.labels.tolist())) == len(held.classes)  # all that the person did
    assert found.values.shape[1] == 7 and found.rate == 50
    own = held.x[held.groups == found.person]
    again = [any(np.array_equal(found.window(at), window) for window in own) for at in range(0, len(found), 32)]
    assert sum(again) > 0.6 * len(again)  # all but those that lie across two stretches
    other = result_of(recording("sensor-fusion", number=1))
    assert other.person != found.person
