"""Races: both sides see the same pictures from the same weights, and what chance explains is called no difference."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from driving import drive, drive_to, learnt, of, quick

from engine.errors import LabError
from engine.files import read_json
from engine.jobs import Event, result_of
from engine.text import Text
from engine.train import classify
from engine.train.events import Checked, Outcome, Snapshot, Started, Step
from engine.train.fit import train
from engine.train.race import Raced, RaceOutcome, Side, by_chance, check_pair, race
from engine.train.runs import list_runs


def side(which: Side, events: list[Event]) -> list[Event]:
    return [raced.event for raced in of(Raced, events) if raced.side == which]


def test_two_equal_sides_learn_exactly_the_same() -> None:
    a = quick(dropout=0.3, augment=1.0, rotate=10.0, shift=1.0)
    b = dataclasses.replace(a, patience=1000)  # a difference that changes nothing
    events, outcome = drive(race("digits-quick", a, b))
    assert learnt(side("a", events)) == learnt(side("b", events)) != []
    assert (outcome.difference, outcome.only_a, outcome.only_b, outcome.p) == (0.0, 0, 0, 1.0)
    assert "No difference" in outcome.words.render("en")


def test_both_start_from_the_same_weights_and_take_steps_in_turn() -> None:
    events, _ = drive(race("digits-quick", quick(), quick(learning_rate=0.0001)))
    first = {raced.side: raced.event for raced in reversed(of(Raced, events)) if isinstance(raced.event, Snapshot)}
    assert all(torch.equal(first["a"].weights[name], first["b"].weights[name]) for name in first["a"].weights)  # type: ignore[attr-defined]
    turns = [(raced.side, raced.event.step) for raced in of(Raced, events) if isinstance(raced.event, Step)]
    assert turns[:4] == [("a", 1), ("b", 1), ("a", 2), ("b", 2)]
    losses = {s: of(Step, side(s, events))[0].loss for s in ("a", "b")}  # type: ignore[arg-type]
    assert losses["a"] == losses["b"]  # the first step has not moved anything yet


def test_other_dropout_does_not_change_which_pictures_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[bytes, bytes]] = []
    batch = classify.Classify.batch

    def watched(self: Any, *given: Any) -> Any:
        inputs, answers = batch(self, *given)
        seen.append((inputs.contiguous().numpy().tobytes(), answers.numpy().tobytes()))
        return inputs, answers

    monkeypatch.setattr(classify.Classify, "batch", watched)
    augmented = {"augment": 1.0, "rotate": 10.0, "shift": 1.0}
    drive(race("digits-quick", quick(dropout=0.0, **augmented), quick(dropout=0.4, **augmented)))
    assert len(seen) >= 40
    assert seen[0::2] == seen[1::2]
    assert len(set(seen)) == len(seen) / 2  # and the batches differ from each other


def test_both_sides_are_runs_of_their_own() -> None:
    result_of(race("digits-quick", quick(), quick(learning_rate=0.001)))
    runs = result_of(list_runs())
    assert [run.state for run in runs] == ["done", "done"]
    assert len({run.group for run in runs}) == 1
    assert runs[0].group.startswith("race-")
    assert {run.settings["learning_rate"] for run in runs} == {0.006, 0.001}


def test_a_clear_winner_is_named_with_its_evidence() -> None:
    events, outcome = drive(race("digits-quick", quick(), quick(learning_rate=0.00001)))
    assert outcome.difference < -0.2
    assert outcome.difference == outcome.b.accuracy - outcome.a.accuracy
    assert outcome.only_a - outcome.only_b == pytest.approx(-outcome.difference * outcome.a.test_count)
    assert outcome.p < 0.001
    assert outcome.words.render("en").startswith("A is ahead by ")
    assert [check.split for check in of(Checked, side("b", events))][-1] == "test"


def test_a_side_that_is_not_finite_has_no_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    loss = classify.Classify.loss

    def poisoned(self: Any, network: Any, inputs: Any, answers: Any, now: Any, device: Any) -> Any:
        found = loss(self, network, inputs, answers, now, device)
        return dataclasses.replace(found, total=found.total * float("nan")) if now.learning_rate == 0.5 else found

    monkeypatch.setattr(classify.Classify, "loss", poisoned)
    _, outcome = drive(race("digits-quick", quick(learning_rate=0.5), quick()))
    assert outcome.a is None
    assert isinstance(outcome.b, Outcome)
    assert outcome.difference is None
    assert "no comparison" in outcome.words.render("en")
    states = {run.settings["learning_rate"]: run.state for run in result_of(list_runs())}
    assert states == {0.5: "failed", 0.006: "done"}


def test_a_cancelled_race_leaves_two_runs_that_can_be_resumed(tmp_path: Path) -> None:
    job = race("digits-quick", quick(epochs=3.0), quick(epochs=3.0, learning_rate=0.001), out=tmp_path / "race")
    drive_to(job, lambda e: isinstance(e, Raced) and isinstance(e.event, Step) and (e.side, e.event.step) == ("b", 8))
    for name in ("a", "b"):
        assert read_json(tmp_path / "race" / name / "run.json")["state"] == "stopped"
        events, _ = drive(train("", resume=tmp_path / "race" / name))
        assert of(Started, events)[0].step == 8


@pytest.mark.parametrize("change", [{"seed": 8}, {"held_out": 100}, {"batch_size": 32}])
def test_what_decides_the_pictures_must_be_the_same(change: dict[str, int]) -> None:
    with pytest.raises(LabError, match=next(iter(change))):
        check_pair(quick(), quick(**change))


def test_two_equal_settings_are_no_race() -> None:
    with pytest.raises(LabError, match="the same"):
        result_of(race("digits-quick", quick(), quick()))
    assert result_of(list_runs()) == ()


def test_the_paired_test_is_the_exact_binomial_one() -> None:
    assert by_chance(0, 0) == 1.0
    assert by_chance(5, 5) == 1.0
    assert by_chance(0, 5) == pytest.approx(2 / 2**5)
    assert by_chance(1, 9) == by_chance(9, 1) == pytest.approx(2 * (1 + 10) / 2**10)
    assert by_chance(2000, 2400) < 1e-8
    chance = np.random.default_rng(0)
    sure = sum(by_chance(int(n), 40 - int(n)) < 0.05 for n in chance.binomial(40, 0.5, 2000))
    assert sure / 2000 < 0.05  # equally good sides are seldom told apart


def test_chance_that_is_hardly_there_is_not_called_zero() -> None:
    outcomes = [
        RaceOutcome(_accurate(0.54), _accurate(0.31), {}, -0.23, only_a=3000, only_b=700, p=p) for p in (0, 0.002)
    ]
    assert "(p < 0.0001)" in outcomes[0].words.render("en") and "(p < 0.0001)" in outcomes[0].words.render("ko")
    assert "(p = 0.002)" in outcomes[1].words.render("en")


def _accurate(accuracy: float) -> Outcome:
    return Outcome("run", "cifar-resnet", 1, 1.0, 1.0, 1.0, accuracy, accuracy, 10_000, Text("done", "끝"))


def test_a_small_difference_is_called_none() -> None:
    words = RaceOutcome(None, None, {}, 0.01, only_a=10, only_b=14, p=0.54).words
    assert words.render("en").startswith("No difference seen")
    assert "차이가 보이지 않아요" in words.render("ko")
