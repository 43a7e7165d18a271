"""Sweeps: every combination of a grid, repeatable draws, each run a run of its own, ranked by what was held out."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from driving import drive, of, quick

from engine.errors import LabError
from engine.jobs import result_of
from engine.train.runs import list_runs
from engine.train.sweep import Axis, SweepRow, SweepTurn, axis, plan_sweep, ranked, sweep, varied_in


def axes(*words: str, random: bool = False) -> list[Axis]:
    return [axis(quick(), word, random=random) for word in words]


def test_a_grid_is_every_combination() -> None:
    plans = plan_sweep(quick(), grid=axes("learning_rate=0.001,0.01", "batch_norm=on,off", "batch_size=32,64,128"))
    assert len(plans) == 12
    assert len({tuple(plan.varied.items()) for plan in plans}) == 12
    assert all(plan.settings.batch_norm is plan.varied["batch_norm"] for plan in plans)


def test_draws_lie_between_their_ends_and_repeat_with_their_seed() -> None:
    random = axes("dropout=0..0.5", "learning_rate=0.0001..0.1", "batch_size=16..64", random=True)
    plans = plan_sweep(quick(), random=random, runs=200, seed=3)
    assert plans == plan_sweep(quick(), random=random, runs=200, seed=3)
    assert plans != plan_sweep(quick(), random=random, runs=200, seed=4)
    assert all(0 <= plan.settings.dropout <= 0.5 for plan in plans)
    assert all(isinstance(plan.settings.batch_size, int) and 16 <= plan.settings.batch_size <= 64 for plan in plans)


def test_rates_are_drawn_evenly_on_their_logarithmic_scale() -> None:
    plans = plan_sweep(quick(), random=axes("learning_rate=0.0001..0.1", random=True), runs=600)
    below = sum(plan.settings.learning_rate < math.sqrt(0.0001 * 0.1) for plan in plans)
    assert 240 < below < 360


def test_words_are_drawn_from_a_list() -> None:
    plans = plan_sweep(quick(), random=axes("schedule=one-cycle,constant", random=True), runs=40)
    assert {plan.settings.schedule for plan in plans} == {"one-cycle", "constant"}


def test_with_both_each_point_of_the_grid_is_drawn_for_anew() -> None:
    plans = plan_sweep(quick(), grid=axes("seed=1,2"), random=axes("dropout=0..0.5", random=True), runs=5)
    assert [plan.settings.seed for plan in plans] == [1] * 5 + [2] * 5
    assert len({plan.settings.dropout for plan in plans}) == 10


@pytest.mark.parametrize(
    ("grid", "random", "words"),
    [
        ([], [], "at least one setting"),
        (["nothing=1,2"], [], "not a setting"),
        (["learning_rate"], [], "not a setting"),
        (["learning_rate="], [], "learning_rate"),
        (["learning_rate=5,6"], [], "Between"),
        (["dropout=0.1,0.2", "dropout=0.3"], [], "twice"),
        ([f"seed={','.join(map(str, range(1001)))}"], [], "runs"),
        ([], ["dropout=0.5..0.1"], "no range"),
        ([], ["batch_norm=off..on"], "no range"),
        ([], ["dropout=0..x"], "x"),
    ],
)
def test_a_sweep_that_makes_no_sense_is_a_sentence(grid: list[str], random: list[str], words: str) -> None:
    with pytest.raises(LabError, match=words):
        plan_sweep(quick(), grid=axes(*grid), random=axes(*random, random=True))


def test_every_run_is_kept_and_the_best_by_what_was_held_out_comes_first() -> None:
    plans = plan_sweep(quick(), grid=axes("learning_rate=0.00001,0.006"))
    events, rows = drive(sweep("digits-quick", plans, group="sweep-x"))
    assert [turn.number for turn in of(SweepTurn, events)] == [1, 2]
    assert [row.varied["learning_rate"] for row in rows] == [0.006, 0.00001]
    assert rows[0].held_out_accuracy > rows[1].held_out_accuracy
    runs = {str(run.folder): run for run in result_of(list_runs())}
    assert {run.group for run in runs.values()} == {"sweep-x"}
    assert all(runs[row.folder].accuracy == row.accuracy for row in rows)


def test_a_run_that_fails_does_not_stop_the_sweep(tmp_path: Path) -> None:
    plans = plan_sweep(quick(epochs=0.5), grid=axes("held_out=5000,240"))
    rows = result_of(sweep("digits-quick", plans))
    assert [row.state for row in rows] == ["done", "failed"]
    assert rows[1].error is not None
    assert "held out" in rows[1].error.en
    assert rows[1].accuracy is None


def test_test_figures_do_not_decide_the_order() -> None:
    lucky = SweepRow("a", "done", {}, 0.8, 0.99, 1.0, "accuracy")
    better = SweepRow("b", "done", {}, 0.9, 0.85, 1.0, "accuracy")
    assert [row.folder for row in ranked([lucky, better])] == ["b", "a"]


def test_only_settings_that_differ_are_named() -> None:
    assert varied_in([{"a": 1, "b": 2}, {"a": 1, "b": 3}, {"a": 1, "b": 2, "c": 0}]) == ("b", "c")
    assert varied_in([{"a": 1}]) == ()
    assert varied_in([]) == ()
