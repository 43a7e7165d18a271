"""The runs on this machine: listed as they are, exported whole, deleted only when nobody writes them."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from driving import drive, drive_to, learnt, of, quick
from safetensors import safe_open

from engine import places
from engine.errors import LabError
from engine.jobs import result_of
from engine.train.evaluate import evaluate
from engine.train.events import Checked, KnobMoved, Step
from engine.train.fit import train
from engine.train.runs import RunSummary, delete_run, export_csv, export_weights, list_runs, read_metrics


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any]]:
    """A finished run and everything it said; copy it before changing it."""
    folder = tmp_path_factory.mktemp("finished") / "run"
    return folder, drive(train("digits-quick", quick(), out=folder))[0]


@pytest.fixture
def done(finished: tuple[Path, list[Any]]) -> Path:
    """The finished run in the folder of runs."""
    return Path(shutil.copytree(finished[0], places.runs() / "20261121-100000-done"))


@pytest.fixture
def stopped() -> Path:
    folder = places.runs() / "20261121-110000-stopped"
    drive_to(train("digits-quick", quick(), out=folder), lambda event: isinstance(event, Step) and event.step == 7)
    return folder


def listed() -> dict[Path, RunSummary]:
    return {run.folder: run for run in result_of(list_runs())}


def rewrite(folder: Path, **changes: Any) -> None:
    about = json.loads((folder / "run.json").read_text("utf-8"))
    (folder / "run.json").write_text(json.dumps({**about, **changes}), "utf-8")


def test_a_machine_without_runs_has_an_empty_list() -> None:
    assert result_of(list_runs()) == ()
    assert not places.runs().exists()


def test_runs_are_listed_newest_first(done: Path, stopped: Path) -> None:
    assert [run.folder for run in result_of(list_runs())] == [stopped, done]


def test_a_finished_run_is_listed_with_what_it_reached(done: Path, finished: tuple[Path, list[Any]]) -> None:
    run = listed()[done]
    checks = of(Checked, finished[1])
    assert (run.state, run.recipe, run.dataset, run.resumable) == ("done", "digits-quick", "digits8", False)
    assert run.steps == of(Step, finished[1])[-1].step
    assert run.accuracy == checks[-1].accuracy
    assert run.held_out_accuracy == max(check.accuracy for check in checks[:-1])
    assert run.epoch == 1.0


def test_a_stopped_run_can_be_resumed(stopped: Path) -> None:
    run = listed()[stopped]
    assert (run.state, run.steps, run.accuracy, run.resumable) == ("stopped", 7, None, True)


def test_a_run_is_running_while_somebody_writes_it(tmp_path: Path) -> None:
    folder = places.runs() / "x"
    job = train("digits-quick", quick(), out=folder)
    next(event for event in job if isinstance(event, Step))
    run = listed()[folder]
    assert (run.state, run.resumable) == ("running", False)
    job.close()
    assert listed()[folder].state == "stopped"


def test_a_run_whose_process_was_killed_is_stopped_and_can_be_resumed(stopped: Path) -> None:
    rewrite(stopped, state="running")  # as a kill leaves it: nobody holds the lock
    run = listed()[stopped]
    assert (run.state, run.resumable) == ("stopped", True)


def test_a_run_that_failed_says_so(stopped: Path) -> None:
    rewrite(stopped, state="failed")
    assert (listed()[stopped].state, listed()[stopped].resumable) == ("failed", True)


def test_a_run_that_was_killed_before_its_first_step_is_listed(stopped: Path) -> None:
    (stopped / "metrics.jsonl").unlink()
    run = listed()[stopped]
    assert (run.steps, run.epoch, run.seconds, run.held_out_accuracy) == (0, 0.0, 0.0, None)


DAMAGE = ["", "{", "[]", "{}", '{"format": 99}', '{"format": 1, "recipe": "x"}', '{"state": 3}']


@pytest.mark.parametrize("content", DAMAGE)
def test_a_damaged_run_is_passed_over_and_left_as_it_is(done: Path, content: str) -> None:
    bad = places.runs() / "bad"
    bad.mkdir()
    (bad / "run.json").write_text(content)
    assert list(listed()) == [done]
    assert (bad / "run.json").read_text() == content


@pytest.mark.parametrize(
    "line", ["3", "null", "{}", '{"event": "step"}', '{"event": "step", "later": 1}', '{"event": []}']
)
def test_a_run_with_metrics_of_another_kind_does_not_hide_the_others(done: Path, stopped: Path, line: str) -> None:
    with (stopped / "metrics.jsonl").open("a") as file:
        file.write(line + "\n")
    assert done in listed()


def test_other_folders_and_files_among_the_runs_are_passed_over(done: Path) -> None:
    (places.runs() / "empty").mkdir()
    (places.runs() / "file.txt").write_text("")
    assert list(listed()) == [done]


def test_the_metrics_read_back_are_those_that_were_said(done: Path, finished: tuple[Path, list[Any]]) -> None:
    assert learnt(result_of(read_metrics(done))) == learnt(finished[1])


def test_metrics_of_a_later_version_are_read_as_far_as_they_are_known(done: Path) -> None:
    before = learnt(result_of(read_metrics(done)))
    with (done / "metrics.jsonl").open("a") as file:
        file.write('{"event": "something_new", "step": 3}\n')
    assert learnt(result_of(read_metrics(done))) == before


# Export


def test_exported_weights_can_be_evaluated(done: Path, tmp_path: Path) -> None:
    to = tmp_path / "내보낸 것" / "가중치.safetensors"
    assert result_of(export_weights(done, to)) == to
    found = result_of(evaluate("digits-quick", weights=str(to)))
    assert found["accuracy"] == pytest.approx(listed()[done].accuracy)
    with safe_open(str(to), framework="pt") as file:
        assert json.loads(file.metadata()["about"])["recipe"] == "digits-quick"


def test_a_run_without_a_check_has_no_weights_to_export(stopped: Path, tmp_path: Path) -> None:
    (stopped / "best.safetensors").unlink()
    with pytest.raises(LabError, match="no weights yet"):
        result_of(export_weights(stopped, tmp_path / "w.safetensors"))
    assert not (tmp_path / "w.safetensors").exists()


def test_the_exported_table_has_a_line_for_every_step_and_check(
    done: Path, tmp_path: Path, finished: tuple[Path, list[Any]]
) -> None:
    result_of(export_csv(done, tmp_path / "표.csv"))
    with (tmp_path / "표.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    steps, checks = of(Step, finished[1]), of(Checked, finished[1])
    assert [row["event"] for row in rows].count("step") == len(steps)
    assert [row["split"] for row in rows if row["event"] == "checked"] == [check.split for check in checks]
    assert [float(row["loss"]) for row in rows if row["event"] == "step"] == [step.loss for step in steps]
    assert all(None not in row for row in rows)


def test_an_export_that_cannot_be_written_is_a_sentence(done: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for job in (export_csv(done, tmp_path / "file" / "x.csv"), export_weights(done, tmp_path / "file" / "x")):
        with pytest.raises(LabError, match=str(tmp_path / "file")):
            result_of(job)


# Delete


def test_a_deleted_run_is_gone(done: Path, stopped: Path) -> None:
    result_of(delete_run(done))
    assert not done.exists()
    assert list(listed()) == [stopped]


def test_a_run_that_is_being_trained_is_not_deleted() -> None:
    folder = places.runs() / "x"
    job = train("digits-quick", quick(), out=folder)
    next(event for event in job if isinstance(event, Step))
    with pytest.raises(LabError, match="Stop it first"):
        result_of(delete_run(folder))
    events, _ = drive(job)
    assert of(Checked, events)[-1].split == "test"


def test_what_is_no_run_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("kept")
    for folder in (tmp_path, tmp_path / "missing", tmp_path / "precious"):
        with pytest.raises(LabError, match="is not a run"):
            result_of(delete_run(folder))
    assert (tmp_path / "precious").read_text() == "kept"


def test_deleting_a_link_to_a_run_does_not_empty_the_run(done: Path, tmp_path: Path) -> None:
    before = sorted(os.listdir(done))
    link = tmp_path / "link"
    link.symlink_to(done, target_is_directory=True)
    with pytest.raises(LabError):
        result_of(delete_run(link))
    assert sorted(os.listdir(done)) == before


def test_looking_at_the_list_does_not_keep_a_run_from_starting(stopped: Path) -> None:
    listed()
    events, _ = drive(train("", resume=stopped))
    listed()
    assert of(Checked, events)[-1].split == "test"
    assert of(KnobMoved, events) == []
