"""A run goes on where it stands: after a cancel at any event, a failure, a closed program."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from driving import drive, drive_to, learnt, of, quick, write_idx

from engine.errors import LabError
from engine.files import read_tensors
from engine.jobs import Event, Progress
from engine.knobs import Box
from engine.train.events import Checked, KnobMoved, Started, Step
from engine.train.fit import train
from engine.train.run_folder import RunFolder, read_events
from engine.train.settings import TrainSettings

SETTINGS = quick(epochs=0.6, dropout=0.3, rotate=15.0, shift=1.0, batch_size=100)  # everything random is in use


def state_of(folder: Path) -> str:
    return str(json.loads((folder / "run.json").read_text("utf-8"))["state"])


def resumed(folder: Path, **how: Any) -> list[Event]:
    return drive(train("", resume=folder, **how))[0]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    """What an uninterrupted run of SETTINGS records."""
    folder = tmp_path_factory.mktemp("whole") / "run"
    drive(train("digits-quick", SETTINGS, out=folder))
    return read_events(folder)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    """Everything that run says, from `Started` on."""
    events, _ = drive(train("digits-quick", SETTINGS, out=tmp_path_factory.mktemp("said") / "run"))
    return events[next(i for i, e in enumerate(events) if isinstance(e, Started)) :]


def cancelled_at(folder: Path, number: int) -> None:
    """A run that is cancelled at its event `number`, counted from `Started`."""
    seen = -1

    def enough(event: Event) -> bool:
        nonlocal seen
        seen += seen >= 0 or isinstance(event, Started)
        return seen == number

    drive_to(train("digits-quick", SETTINGS, out=folder), enough)


def test_a_run_cancelled_while_it_reads_the_data_has_written_nothing(tmp_path: Path) -> None:
    drive_to(train("digits-quick", SETTINGS, out=tmp_path / "x"), lambda event: isinstance(event, Progress))
    assert not (tmp_path / "x").exists()


def test_cancelled_at_any_event_a_run_goes_on_to_exactly_the_same_numbers(
    tmp_path: Path, whole: list[Event], said: list[Event]
) -> None:
    different = []
    for number in range(len(said)):
        folder = tmp_path / str(number)
        cancelled_at(folder, number)
        assert state_of(folder) == "stopped"
        resumed(folder)
        if learnt(read_events(folder)) != learnt(whole):
            different.append((number, type(said[number]).__name__))
    assert different == []


def test_cancelled_again_and_again_a_run_still_comes_to_the_same_numbers(tmp_path: Path, whole: list[Event]) -> None:
    folder, lives = tmp_path / "x", 1
    drive_to(train("digits-quick", SETTINGS, out=folder), lambda event: isinstance(event, Step))
    while state_of(folder) != "done":
        job = train("", resume=folder)
        step = next((event for event in job if isinstance(event, Step)), None)
        if step:
            job.close()
        lives += 1
    assert lives > len(of(Step, whole))
    assert learnt(read_events(folder)) == learnt(whole)


def test_the_best_weights_of_a_resumed_run_are_those_of_the_whole_one(tmp_path: Path) -> None:
    drive(train("digits-quick", SETTINGS, out=tmp_path / "whole"))
    cancelled_at(tmp_path / "cut", 12)
    resumed(tmp_path / "cut")
    whole, cut = (read_tensors(tmp_path / name / "best.safetensors")[0] for name in ("whole", "cut"))
    assert all((whole[name] == cut[name]).all() for name in whole)


def test_a_resumed_run_says_where_it_continues(tmp_path: Path) -> None:
    cancelled_at(tmp_path / "x", 9)
    last = of(Step, read_events(tmp_path / "x"))[-1].step
    events = resumed(tmp_path / "x")
    assert of(Started, events)[0].step == last > 0
    assert of(Step, events)[0].step == last + 1


def test_a_cancelled_run_has_recorded_every_step_it_took(tmp_path: Path, said: list[Event]) -> None:
    for number in (2, 3, 5, 8):
        folder = tmp_path / str(number)
        cancelled_at(folder, number)
        steps = [step.step for step in of(Step, read_events(folder))]
        assert steps == list(range(1, read_tensors(folder / "last.safetensors")[1]["step"] + 1))


@pytest.mark.parametrize("change", [{"learning_rate": 0.001}, {"batch_size": 40, "dropout": 0.6}])
@pytest.mark.parametrize("cut", ["at the mark", "two steps later", "before it acts"])
def test_a_run_in_which_a_knob_had_moved_goes_on_with_it(tmp_path: Path, change: dict[str, Any], cut: str) -> None:
    def run(folder: Path, stop: Callable[[Event], bool]) -> None:
        box = Box(SETTINGS)
        for event in (job := train("digits-quick", SETTINGS, out=folder, knobs=box)):
            if isinstance(event, Step) and event.step == 4:
                box.replace(dataclasses.replace(SETTINGS, **change))
            if stop(event):
                job.close()
                return

    stops: dict[str, Callable[[Event], bool]] = {
        "at the mark": lambda event: isinstance(event, KnobMoved),
        "two steps later": lambda event: isinstance(event, Step) and event.step == 6,
        "before it acts": lambda event: isinstance(event, Step) and event.step == 4,
    }
    run(tmp_path / "whole", lambda event: False)
    run(tmp_path / "cut", stops[cut])
    if cut == "before it acts":  # the person's hand on the knob is not part of the run: it is moved again
        box = Box(SETTINGS)
        for event in train("", resume=tmp_path / "cut", knobs=box):
            if isinstance(event, Started):
                box.replace(dataclasses.replace(box.value, **change))
    else:
        resumed(tmp_path / "cut")
    whole, cut_run = (read_events(tmp_path / name) for name in ("whole", "cut"))
    assert learnt(cut_run) == learnt(whole)
    marks = [[(m.step, m.name, m.old, m.new) for m in of(KnobMoved, events)] for events in (whole, cut_run)]
    assert marks[0] == marks[1] != []


def test_a_run_whose_loss_exploded_goes_on_from_before_it(tmp_path: Path, whole: list[Event]) -> None:
    box = Box(SETTINGS)
    job = train("digits-quick", SETTINGS, out=tmp_path / "x", knobs=box)
    next(event for event in job if isinstance(event, Step) and event.step == 5)
    box.replace(dataclasses.replace(SETTINGS, learning_rate=1e38))
    with pytest.raises(LabError, match="no longer a finite number"):
        drive(job)
    assert state_of(tmp_path / "x") == "failed"
    resumed(tmp_path / "x")
    assert learnt(read_events(tmp_path / "x")) == learnt(whole)
    assert of(KnobMoved, read_events(tmp_path / "x")) == []


def test_a_run_stopped_by_its_time_can_not_be_continued_because_it_is_done(tmp_path: Path) -> None:
    drive(train("digits-quick", SETTINGS, out=tmp_path / "x", seconds=0.01))
    with pytest.raises(LabError, match="has ended"):
        resumed(tmp_path / "x")


def test_patience_counts_on_in_a_resumed_run(tmp_path: Path) -> None:
    still = dataclasses.replace(
        SETTINGS, epochs=50.0, patience=3, learning_rate=1e-6, schedule="constant", weight_decay=0.0
    )
    drive(train("digits-quick", still, out=tmp_path / "whole"))
    drive_to(
        train("digits-quick", still, out=tmp_path / "cut"),
        lambda event: isinstance(event, Checked) and event.epoch > 0.7,
    )
    resumed(tmp_path / "cut")
    assert learnt(read_events(tmp_path / "cut")) == learnt(read_events(tmp_path / "whole"))


@pytest.fixture
def stopped(tmp_path: Path) -> Path:
    """A run that was stopped in the middle."""
    cancelled_at(tmp_path / "멈춘 실행", 10)
    return tmp_path / "멈춘 실행"


def refusal(folder: Path, **how: Any) -> str:
    with pytest.raises(LabError) as caught:
        resumed(folder, **how)
    assert any("가" <= letter <= "힣" for letter in caught.value.text.render("ko"))
    return str(caught.value)


def test_a_run_that_is_done_is_not_continued(tmp_path: Path) -> None:
    drive(train("digits-quick", SETTINGS, out=tmp_path / "x"))
    before = (tmp_path / "x" / "metrics.jsonl").read_bytes()
    assert "has ended" in refusal(tmp_path / "x")
    assert (tmp_path / "x" / "metrics.jsonl").read_bytes() == before


@pytest.mark.parametrize("place", ["missing", "empty", "file"])
def test_what_is_no_run_is_not_continued(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    assert "is not a run" in refusal(tmp_path / place)
    assert list((tmp_path / "empty").iterdir()) == []


@pytest.mark.parametrize("content", ["", "{}", '{"format": 1, "state": "stopped"}', "[]", '{"format": 7}'])
def test_a_run_whose_description_is_damaged_is_refused_with_a_sentence(stopped: Path, content: str) -> None:
    (stopped / "run.json").write_text(content)
    assert str(stopped) in refusal(stopped)


def test_a_run_with_a_setting_this_version_does_not_know_is_refused_with_a_sentence(stopped: Path) -> None:
    about = json.loads((stopped / "run.json").read_text("utf-8"))
    about["settings"]["of_a_later_part"] = 1
    (stopped / "run.json").write_text(json.dumps(about))
    assert str(stopped) in refusal(stopped)


@pytest.mark.parametrize("keep", [0, 1000, -1])
def test_a_checkpoint_that_was_cut_off_is_refused_with_a_sentence(stopped: Path, keep: int) -> None:
    path = stopped / "last.safetensors"
    path.write_bytes(path.read_bytes()[:keep])
    assert str(path) in refusal(stopped)


def test_a_checkpoint_of_another_network_is_refused_with_a_sentence(stopped: Path, tmp_path: Path) -> None:
    other = dataclasses.replace(SETTINGS, batch_norm=False)
    drive_to(train("digits-quick", other, out=tmp_path / "other"), lambda event: isinstance(event, Step))
    shutil.copy(tmp_path / "other" / "last.safetensors", stopped / "last.safetensors")
    assert "does not fit" in refusal(stopped)


def test_a_refused_run_is_free_for_the_next(stopped: Path, whole: list[Event]) -> None:
    path = stopped / "last.safetensors"
    content = path.read_bytes()
    path.write_bytes(content[:1000])
    refusal(stopped)
    path.write_bytes(content)
    resumed(stopped)
    assert learnt(read_events(stopped)) == learnt(whole)


def test_a_run_without_any_checkpoint_begins_again_from_the_start(stopped: Path, whole: list[Event]) -> None:
    (stopped / "last.safetensors").unlink()
    resumed(stopped)
    assert learnt(read_events(stopped)) == learnt(whole)


def test_metrics_that_end_in_half_a_line_are_cut_back(stopped: Path, whole: list[Event]) -> None:
    with (stopped / "metrics.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"event": "step", "step": 99, "epo')
    resumed(stopped)
    assert learnt(read_events(stopped)) == learnt(whole)


# Data in a folder


@pytest.fixture
def stopped_on_mnist(mnist_dir: Path, tmp_path: Path) -> Path:
    settings = dataclasses.replace(TrainSettings(), epochs=0.5, held_out=100, batch_size=50, batch_norm=False)
    job = train("mnist-mlp", settings, data=mnist_dir, dataset="mnist", out=tmp_path / "x")
    drive_to(job, lambda event: isinstance(event, Step) and event.step == 3)
    return tmp_path / "x"


def test_a_run_remembers_where_its_data_was(stopped_on_mnist: Path) -> None:
    events = resumed(stopped_on_mnist)
    assert [check.split for check in of(Checked, events)][-1] == "test"
    assert state_of(stopped_on_mnist) == "done"


def test_a_run_remembers_a_folder_that_was_named_from_where_one_stood(
    mnist_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = dataclasses.replace(TrainSettings(), epochs=0.5, held_out=100, batch_size=50, batch_norm=False)
    monkeypatch.chdir(mnist_dir.parent)
    job = train("mnist-mlp", settings, data=Path(mnist_dir.name), dataset="mnist", out=tmp_path / "x")
    drive_to(job, lambda event: isinstance(event, Step))
    monkeypatch.chdir(tmp_path / "x")
    resumed(tmp_path / "x")
    assert state_of(tmp_path / "x") == "done"


def test_a_run_whose_data_moved_goes_on_when_told_where(
    stopped_on_mnist: Path, mnist_dir: Path, tmp_path: Path
) -> None:
    shutil.move(mnist_dir, tmp_path / "옮긴 데이터")
    assert str(mnist_dir) in refusal(stopped_on_mnist)
    resumed(stopped_on_mnist, data=tmp_path / "옮긴 데이터")
    assert state_of(stopped_on_mnist) == "done"


def test_a_run_whose_data_changed_is_not_continued(stopped_on_mnist: Path, mnist_dir: Path) -> None:
    raw = mnist_dir / "MNIST" / "raw"
    write_idx(raw / "train-images-idx3-ubyte.gz", np.zeros((1000, 28, 28), np.uint8))
    assert "data changed" in refusal(stopped_on_mnist)


# Two at once


def test_two_cannot_write_one_run(stopped: Path, whole: list[Event]) -> None:
    job = train("", resume=stopped)
    next(event for event in job if isinstance(event, Step))
    assert "being trained by another" in refusal(stopped)
    drive(job)
    assert learnt(read_events(stopped)) == learnt(whole)


def test_two_cannot_begin_in_one_folder(tmp_path: Path) -> None:
    job = train("digits-quick", SETTINGS, out=tmp_path / "x")
    next(event for event in job if isinstance(event, Step))
    with pytest.raises(LabError, match="being trained by another"):
        drive(train("digits-quick", SETTINGS, out=tmp_path / "x"))
    job.close()
    assert state_of(tmp_path / "x") == "stopped"


def test_a_folder_is_free_again_after_its_writer(tmp_path: Path) -> None:
    for _ in range(2):
        RunFolder(tmp_path / "x").close()
