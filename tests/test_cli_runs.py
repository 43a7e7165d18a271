"""Many trainings from the command line: one JSON object a line, the result last, mistakes as one sentence."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import cli

Call = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture(autouse=True)
def everything_on_one_core(one_core: None) -> None:
    return None


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command with --json: (status, the lines of stdout as objects, the words on stderr)."""

    def run(*arguments: str) -> tuple[int, list[dict[str, Any]], str]:
        capsys.readouterr()
        status = cli.main([*arguments, "--json"])
        said = capsys.readouterr()
        return status, [json.loads(line) for line in said.out.splitlines()], said.err

    return run


QUICK = ("digits-quick", "--epochs", "0.5")


def test_a_sweep_is_a_table_ranked_by_what_was_held_out(call: Call) -> None:
    status, lines, _ = call("sweep", *QUICK, "--grid", "learning_rate=0.00001,0.006")
    result = lines[-1]
    assert (status, result["event"], result["count"], result["failed"]) == (0, "result", 2, 0)
    assert [item["learning_rate"] for item in result["items"]] == [0.006, 0.00001]
    assert result["accuracy"] == result["items"][0]["accuracy"]
    assert [line["number"] for line in lines if line["event"] == "sweepturn"] == [1, 2]


def test_a_sweep_can_wait_in_the_queue(call: Call) -> None:
    more = ("--random", "dropout=0..0.5", "--runs", "3", "--seed", "1", "--queue")
    assert call("sweep", *QUICK, *more)[1][-1]["queued"] == 3
    items = call("queue", "list")[1][-1]["items"]
    assert len({item["varied"]["dropout"] for item in items}) == 3
    assert len({item["group"] for item in items}) == 1


def test_the_queue_is_filled_ordered_and_worked_off(call: Call) -> None:
    first = call("queue", "add", *QUICK)[1][-1]["id"]
    second = call("queue", "add", *QUICK, "--set", "learning_rate=0.01")[1][-1]["id"]
    assert [item["id"] for item in call("queue", "move", second, "-1")[1][-1]["items"]] == [second, first]
    status, lines, _ = call("queue", "run")
    assert (status, lines[-1]["count"], lines[-1]["failed"]) == (0, 2, 0)
    assert [item["state"] for item in call("queue", "list")[1][-1]["items"]] == ["done", "done"]
    assert call("queue", "clear")[1][-1]["count"] == 0


def test_a_race_tells_who_was_ahead_and_how_sure_that_is(call: Call) -> None:
    status, lines, words = call("race", *QUICK, "--a", "learning_rate=0.006", "--b", "learning_rate=0.00001")
    result = lines[-1]
    assert status == 0
    assert result["difference"] == result["accuracy_b"] - result["accuracy_a"] < 0
    assert result["p_value"] < 0.01
    assert result["varied"] == {"learning_rate": [0.006, 0.00001]}
    assert "A is ahead" in words
    assert {line["side"] for line in lines if line["event"] == "checked"} == {"a", "b"}


def test_runs_are_noted_found_and_drawn_as_a_tree(call: Call, tmp_path: Path) -> None:
    folder = call("train", "digits-quick", "--epochs", "1")[1][-1]["folder"]
    steps = call("branch", folder)[1][-1]["steps"]
    branched = call("branch", folder, "--step", str(steps[1]), "--set", "dropout=0.5", "epochs=0.8")[1][-1]
    assert branched["branched_at"] == steps[1]
    assert call("runs", "note", folder, "--words", "첫 실행", "--tag", "base", "--star", "on")[0] == 0
    assert [item["folder"] for item in call("runs", "list", "--tag", "base")[1][-1]["items"]] == [folder]
    assert [item["folder"] for item in call("runs", "list", "--find", "첫")[1][-1]["items"]] == [folder]
    assert call("runs", "list")[1][-1]["differing"] == ["epochs", "dropout"]
    tree = call("runs", "tree")[1][-1]["items"]
    assert [(item["depth"], item["start"]) for item in tree] == [(0, 0), (1, steps[1])]
    table = tmp_path / "표.csv"
    result = call("runs", "export", folder, branched["folder"], "--out", str(table))[1][-1]
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == result["lines"] - 1
    assert {row["run"] for row in rows} == {Path(folder).name, Path(branched["folder"]).name}


def test_a_board_of_another_program_is_told_tag_by_tag(call: Call, tmp_path: Path) -> None:
    from tensorboardX import SummaryWriter

    with SummaryWriter(str(tmp_path)) as writer:
        writer.add_scalar("loss", 0.5, 3)
    result = call("runs", "board", str(tmp_path))[1][-1]
    assert result["items"] == [{"tag": "loss", "count": 1, "last_step": 3, "last": 0.5}]


MISTAKES = [
    (["sweep", "digits-quick"], "at least one setting"),
    (["sweep", "digits-quick", "--grid", "learning_rate=7"], "Between"),
    (["sweep", "nothing", "--grid", "seed=1"], "no recipe"),
    (["race", "digits-quick"], "same"),
    (["race", "digits-quick", "--b", "seed=3"], "seed"),
    (["branch", "nothing", "--step", "3"], "is not a run"),
    (["queue", "add", "nothing"], "no recipe"),
    (["runs", "note", "nothing", "--words", "x"], "is not a run"),
    (["runs", "board", "nothing"], "no TensorBoard files"),
    (["runs", "export", "nothing", "--out", "/nowhere/a.csv"], "is not a run"),  # it was a table without lines
    (["verdict", "nothing"], "is not a run"),
    (["queue", "move", "nothing", "1"], "“nothing”"),  # it was done as if it were there
    (["queue", "remove", "nothing"], "“nothing”"),
    (["models", "list", "--task", "nothing"], "There is no task"),
]


@pytest.mark.parametrize(("arguments", "words"), MISTAKES, ids=lambda v: " ".join(v) if isinstance(v, list) else None)
def test_a_mistake_is_one_sentence_and_status_2(call: Call, arguments: list[str], words: str) -> None:
    status, lines, said = call(*arguments)
    assert (status, lines) == (2, [])
    assert words in said
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize("arguments", [["runs", "list"], ["runs", "tree"], ["queue", "list"]])
def test_tables_read_well_without_json(call: Call, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    call("train", *QUICK)
    call("queue", "add", *QUICK)
    assert cli.main(arguments) == 0
    out = capsys.readouterr().out
    assert "digits-quick" in out
    assert "{" not in out
