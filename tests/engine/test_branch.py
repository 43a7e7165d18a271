"""Checkpoints on the way, and branches from them: the same up to there, other settings after, the parent untouched."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from driving import drive, drive_to, learnt, of, quick

from engine import places
from engine.errors import LabError
from engine.files import read_json, read_tensors
from engine.jobs import result_of
from engine.train import checkpoints
from engine.train.branch import branch, make_branch, steps_to_rewind, tree_of
from engine.train.checkpoints import kept, stride_of
from engine.train.events import Started, Step
from engine.train.fit import train
from engine.train.run_folder import read_events
from engine.train.runs import RunSummary, list_runs


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any]]:
    """A run of two epochs with its events; copy it before changing it."""
    folder = tmp_path_factory.mktemp("trained") / "run"
    return folder, drive(train("digits-quick", quick(epochs=2.0, dropout=0.2), out=folder))[0]


@pytest.fixture
def parent(trained: tuple[Path, list[Any]]) -> Path:
    return Path(shutil.copytree(trained[0], places.runs() / "20261121-100000-parent"))


def content(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


# Checkpoints


def test_a_run_keeps_a_checkpoint_at_every_check(parent: Path, trained: tuple[Path, list[Any]]) -> None:
    checked = [json.loads(line) for line in (parent / "metrics.jsonl").read_text().splitlines()[1:]]
    steps = [line["step"] for line in checked if line["event"] == "checked" and line["split"] == "held-out"]
    assert list(steps_to_rewind(parent)) == steps
    tensors, about = read_tensors(kept(parent)[2].path)
    assert about["step"] == steps[2]
    assert about["settings"]["dropout"] == 0.2
    assert any(name.startswith("optimizer.") for name in tensors)


@pytest.mark.parametrize("most", [0, 1, 3])
def test_no_more_checkpoints_are_kept_than_asked_for_evenly_spread(tmp_path: Path, most: int) -> None:
    result_of(train("digits-quick", quick(epochs=2.0, keep_checkpoints=most), out=tmp_path / "run"))
    numbers = [one.number for one in kept(tmp_path / "run")]
    assert numbers == {0: [], 1: [8], 3: [4, 8]}[most]


def test_the_stride_is_the_smallest_that_keeps_few_enough() -> None:
    assert [stride_of(number, 4) for number in (1, 4, 5, 8, 9, 16, 17)] == [1, 1, 2, 2, 2, 4, 4]


def test_large_checkpoints_are_fewer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "ROOM", 600_000)  # bytes: two of this network's
    result_of(train("digits-quick", quick(epochs=2.0), out=tmp_path / "run"))
    assert [one.number for one in kept(tmp_path / "run")] == [4, 8]


def test_a_resumed_run_keeps_the_same_checkpoints_as_one_that_was_not_stopped(tmp_path: Path) -> None:
    settings = quick(epochs=2.0, keep_checkpoints=3)
    result_of(train("digits-quick", settings, out=tmp_path / "whole"))
    job = train("digits-quick", settings, out=tmp_path / "halves")
    drive_to(job, lambda event: isinstance(event, Step) and event.step == 23)
    result_of(train("", resume=tmp_path / "halves"))
    names = [[one.path.name for one in kept(tmp_path / run)] for run in ("whole", "halves")]
    assert names[0] == names[1] != []


# Branches


def test_a_branch_without_a_change_becomes_the_same_run(parent: Path, trained: tuple[Path, list[Any]]) -> None:
    step = steps_to_rewind(parent)[3]
    before = content(parent)
    events, outcome = drive(branch(parent, step, settings=None))
    assert of(Started, events)[0].step == step
    assert learnt(events) == [told for told in learnt(trained[1]) if told[1] > step or told[0] == "test"]
    assert learnt(read_events(Path(outcome.folder))) == learnt(read_events(parent))
    assert content(parent) == before


def test_a_branch_goes_on_with_other_settings_and_names_its_parent(parent: Path) -> None:
    step = steps_to_rewind(parent)[1]
    events, outcome = drive(branch(parent, step, ["learning_rate=0.0001", "epochs=1", "schedule=constant"]))
    about = read_json(Path(outcome.folder) / "run.json")
    assert about["parent"] == {"folder": parent.name, "step": step}
    assert about["settings"]["learning_rate"] == 0.0001
    assert {event.learning_rate for event in of(Step, events)} == {0.0001}
    recorded = of(Step, read_events(Path(outcome.folder)))
    assert [event.step for event in recorded] == list(range(1, outcome.steps + 1))
    assert outcome.epochs == 1.0
    (run,) = [run for run in result_of(list_runs()) if run.parent]
    assert run.parent == (parent.name, step)


def test_a_branch_is_judged_by_what_it_reached_itself(parent: Path) -> None:
    first = steps_to_rewind(parent)[0]
    folder = result_of(make_branch(parent, first, ["learning_rate=0.000001", "schedule=constant"]))
    _, about = read_tensors(folder / "last.safetensors")
    checks = [e for e in read_events(parent) if getattr(e, "split", "") == "held-out"]
    assert about["best"] == checks[0].accuracy  # type: ignore[attr-defined]
    weights, _ = read_tensors(folder / "best.safetensors")
    state, _ = read_tensors(kept(parent)[0].path)
    assert all((weights[name] == state[f"network.{name}"]).all() for name in weights)


def test_a_run_can_be_branched_at_its_very_end(parent: Path) -> None:
    shutil.rmtree(parent / "checkpoints")
    _, about = read_tensors(parent / "last.safetensors")
    outcome = result_of(branch(parent, about["step"], ["epochs=2.5"]))
    assert outcome.steps > about["step"]


@pytest.mark.parametrize("change", ["seed=8", "held_out=100", "batch_norm=off"])
def test_what_decides_network_and_held_out_part_must_stay(parent: Path, change: str) -> None:
    with pytest.raises(LabError, match="cannot change in a branch"):
        result_of(make_branch(parent, steps_to_rewind(parent)[0], [change]))
    assert len(list(places.runs().iterdir())) == 1


def test_a_step_without_a_checkpoint_is_a_sentence_that_names_those_there_are(parent: Path) -> None:
    with pytest.raises(LabError, match=r"no checkpoint at step 3.*6, 11"):
        result_of(make_branch(parent, 3))


def test_what_is_no_run_and_what_is_damaged_is_a_sentence(parent: Path, tmp_path: Path) -> None:
    with pytest.raises(LabError, match="is not a run"):
        result_of(make_branch(tmp_path, 1))
    step = steps_to_rewind(parent)[0]
    (parent / "run.json").write_text('{"recipe": 3}')
    with pytest.raises(LabError, match="cannot be branched"):
        result_of(make_branch(parent, step))


def test_a_branch_never_writes_into_another_run(parent: Path) -> None:
    before = content(parent)
    with pytest.raises(LabError, match="already holds a run"):
        result_of(make_branch(parent, steps_to_rewind(parent)[0], out=parent))
    assert content(parent) == before


# The tree


def run(name: str, started: int, parent: tuple[str, int] | None = None) -> RunSummary:
    place = (Path(name), "digits-quick", "digits8", "done", f"2026-11-21T10:{started:02}:00+00:00")
    return dataclasses.replace(RunSummary(*place, 100, 1.0, 0.9, 0.9, 1.0, False), parent=parent)


def test_branches_stand_below_their_parent_and_start_where_they_left_it() -> None:
    runs = [run("a", 0), run("b", 1, ("a", 50)), run("c", 2, ("a", 20)), run("d", 3, ("b", 70)), run("x", 4)]
    tree = tree_of(runs)
    assert [(one.run.folder.name, one.start, one.lane) for one in tree] == [
        ("a", 0, 0),
        ("b", 50, 1),
        ("d", 70, 2),
        ("c", 20, 3),
        ("x", 0, 4),
    ]
    assert [one.parent.folder.name if one.parent else None for one in tree] == [None, "a", "b", "a", None]


def test_the_family_of_a_branch_begins_with_the_oldest_parent() -> None:
    runs = [run("a", 0), run("b", 1, ("a", 50)), run("d", 3, ("b", 70)), run("x", 4)]
    assert [one.run.folder.name for one in tree_of(runs, Path("d"))] == ["a", "b", "d"]
    assert [one.run.folder.name for one in tree_of(runs, Path("x"))] == ["x"]
    assert tree_of(runs, Path("nobody")) == ()


def test_a_branch_whose_parent_was_deleted_is_still_there() -> None:
    (one,) = tree_of([run("b", 1, ("gone", 50))])
    assert (one.parent, one.start) == (None, 50)


def test_runs_that_claim_to_be_each_others_parent_hang_nothing() -> None:
    runs = [run("a", 0, ("b", 1)), run("b", 1, ("a", 1)), run("c", 2, ("c", 1))]
    assert [one.run.folder.name for one in tree_of(runs)] == ["c"]
    assert len(tree_of(runs, Path("a"))) == 2
