"""Signals as people hand them round: arrays, logs, WISDM's raw text, UCI-HAR's folders."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from form_sets import tree

from engine.data.forms import form
from engine.data.signalset import SignalSet
from engine.errors import LabError
from engine.jobs import result_of


def save(path: Path, **arrays: np.ndarray) -> Path:
    np.savez(path, **arrays)  # type: ignore[arg-type]
    return path


def signals(place: Path, split: str = "all") -> SignalSet:
    assert form("signals").recognise(place) is not None
    found = result_of(form("signals").read(place, split))
    assert isinstance(found, SignalSet)
    return found


def test_arrays_of_windows_with_people_and_rate_are_signals_not_pictures(tmp_path: Path) -> None:
    x = np.random.default_rng(0).normal(size=(6, 64, 3))
    x[2, 5, 1] = np.nan
    arrays = {"y": np.arange(6) % 2, "subject": np.arange(6), "rate_hz": np.array(50), "classes": np.array(["a", "b"])}
    path = save(tmp_path / "a.npz", x=x, **arrays)
    assert form("npz").recognise(path) is None
    found = signals(path)
    assert found.x.shape == (5, 64, 3) and found.rate == 50 and found.channels == ("x", "y", "z")
    assert found.groups is not None and found.groups.tolist() == [0, 1, 3, 4, 5]
    assert "1 damaged windows" in str(found.note)


def test_wisdm_is_cut_into_windows_of_one_person_and_activity(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    lines = []
    for user, activity, count in ((33, "Jogging", 200), (33, "Walking", 130), (7, "Walking", 300), (7, "Sitting", 100)):
        lines += [
            f"{user},{activity},{n}000,{x:.2f},{y:.2f},{z:.2f};"
            for n, (x, y, z) in enumerate(rng.normal(size=(count, 3)))
        ]
    lines[10] += lines[11]  # two on one line, as in the original
    lines[11] = "33,Jogging,0,,,;"
    lines[40] = "33,Jogging,NaN,1,2;"
    (tmp_path / "WISDM_ar_v1.1_raw.txt").write_text("\n".join(lines))
    found = signals(tmp_path)
    assert found.x.shape == (6, 128, 3)
    told = [(found.classes[k].en, g) for k, g in zip(found.labels, found.groups, strict=True)]  # type: ignore[arg-type]
    assert told == [("Jogging", 33), ("Jogging", 33), ("Walking", 33), ("Walking", 7), ("Walking", 7), ("Walking", 7)]
    assert found.rate == 20 and found.unit == "m/s²"
    assert "2 damaged lines" in str(found.note)


def test_the_folders_of_uci_har_are_read_and_a_damaged_channel_is_named(tmp_path: Path) -> None:
    inner = tmp_path / "train" / "Inertial Signals"
    inner.mkdir(parents=True)
    values = np.random.default_rng(0).normal(size=(2, 6, 128))
    for axis, some in zip("xy", values, strict=True):
        np.savetxt(inner / f"body_acc_{axis}_train.txt", some)
    (tmp_path / "train" / "y_train.txt").write_text("\n".join("123123"))
    (tmp_path / "train" / "subject_train.txt").write_text("\n".join("556677"))
    (tmp_path / "activity_labels.txt").write_text("1 WALKING\n2 SITTING\n3 LAYING\n")
    found = signals(tmp_path, "train")
    np.testing.assert_allclose(found.x, values.transpose(1, 2, 0), rtol=1e-6)
    assert [name.ko for name in found.classes] == ["걷기", "앉아 있기", "눕기"]
    assert found.channels == ("body_acc_x", "body_acc_y") and found.labels.tolist() == [0, 1, 2] * 2
    assert found.groups is not None and found.groups.tolist() == [5, 5, 6, 6, 7, 7]
    (inner / "body_acc_y_train.txt").write_text("1 2 x")
    with pytest.raises(LabError, match="body_acc_y_train"):
        result_of(form("signals").read(tmp_path, "train"))


def test_a_table_of_readings_is_cut_where_the_activity_changes(tmp_path: Path) -> None:
    rows = ["time,user,acc x [g],acc y [g],activity"]
    for n in range(400):
        rows.append(f"{n / 100},{'mina'},{n},{-n},{'walk' if n < 250 else 'sit'}")
    rows[7] = "broken"
    (tmp_path / "log.csv").write_text("\n".join(rows))
    before = tree(tmp_path)
    found = signals(tmp_path / "log.csv")
    assert [found.classes[k].en for k in found.labels] == ["walk", "walk", "sit"]
    assert (found.channels, found.unit, found.rate) == (("acc x", "acc y"), "g", 100.0)
    assert found.x[0, 0].tolist() == [0, 0] and found.x[2, 0].tolist() == [250, -250]
    assert tree(tmp_path) == before


def test_readings_too_short_for_a_window_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("x,y,activity\n" + "1,2,walk\n" * 50)
    with pytest.raises(LabError, match="128 samples"):
        signals(tmp_path / "log.csv")
