"""The ranking of MNIST at the end of 2016 with the runs of this machine in it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine import cli
from engine.train.ranking import PAPERS, ranking
from engine.train.runs import RunSummary

RUN = RunSummary(
    folder=Path("run"),
    recipe="mnist-simple",
    dataset="mnist",
    state="done",
    started="",
    steps=1,
    epoch=1.0,
    held_out_accuracy=0.9,
    accuracy=0.9970,
    seconds=1.0,
    resumable=False,
)


def test_a_run_stands_where_its_errors_put_it() -> None:
    lines = ranking([RUN])
    own = next(one for one in lines if one.here)
    assert (own.place, own.errors, own.folder) == (6, 30, RUN.folder)
    assert [one.accuracy for one in lines] == sorted((one.accuracy for one in lines), reverse=True)


def test_equal_figures_share_a_place() -> None:
    assert [one.place for one in ranking([])][:4] == [1, 2, 2, 4]


def test_only_the_best_run_of_a_recipe_on_the_same_digits_counts() -> None:
    runs = [RUN, replace(RUN, accuracy=0.98), replace(RUN, dataset="digits", accuracy=1.0), replace(RUN, accuracy=None)]
    assert [one.accuracy for one in ranking(runs) if one.here] == [0.9970]


def test_the_command_lists_papers_and_the_bundled_network(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["runs", "ranking", "--json"]) == 0
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert result["count"] == len(PAPERS) + 1
    assert [item["name"] for item in result["items"] if not item["source"]] == ["mnist-deep"]
