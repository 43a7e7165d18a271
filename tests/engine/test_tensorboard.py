"""TensorBoard events: the same numbers as in the metrics, only when asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import drive, drive_to, of, quick

from engine.train.events import Checked, Step
from engine.train.fit import train


def scalars(path: Path) -> list[tuple[str, int, float]]:
    """(name, step, value) of every record of an events file."""
    from tensorboardX.proto.event_pb2 import Event as Record

    content, at, found = path.read_bytes(), 0, []
    while at < len(content):
        length = int.from_bytes(content[at : at + 8], "little")
        record = Record.FromString(content[at + 12 : at + 12 + length])
        found += [(value.tag, record.step, value.simple_value) for value in record.summary.value]
        at += 12 + length + 4
    return found


def test_they_tell_the_numbers_of_the_metrics(tmp_path: Path) -> None:
    pytest.importorskip("tensorboardX")
    events, _ = drive(train("digits-quick", quick(tensorboard=True), out=tmp_path / "x"))
    (path,) = (tmp_path / "x").glob("events.out.tfevents.*")
    found = scalars(path)
    losses = [(step, value) for name, step, value in found if name == "train/loss"]
    assert losses == [(step.step, pytest.approx(step.loss, rel=1e-6)) for step in of(Step, events)]
    accuracies = [value for name, _, value in found if name == "held-out/accuracy"]
    assert accuracies == pytest.approx([c.accuracy for c in of(Checked, events) if c.split == "held-out"], rel=1e-6)


def test_a_cancelled_run_has_closed_its_events_file(tmp_path: Path) -> None:
    pytest.importorskip("tensorboardX")
    job = train("digits-quick", quick(tensorboard=True), out=tmp_path / "x")
    drive_to(job, lambda event: isinstance(event, Step) and event.step == 5)
    (path,) = (tmp_path / "x").glob("events.out.tfevents.*")
    assert [step for name, step, _ in scalars(path) if name == "train/loss"] == [1, 2, 3, 4, 5]


def test_none_are_written_unasked(tmp_path: Path) -> None:
    drive_to(train("digits-quick", quick(), out=tmp_path / "x"), lambda event: isinstance(event, Step))
    assert list((tmp_path / "x").glob("events.out.*")) == []
