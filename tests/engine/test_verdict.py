"""The verdict names a planted fault with its evidence, and is silent on a healthy run."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch

from engine.bench.planted import Case, cases
from engine.bench.verdict import trained
from engine.data import load
from engine.jobs import Event, result_of
from engine.train.events import Examined
from engine.train.story import Story
from engine.train.verdict import RULES, Verdict, verdict, verdicts

CHOSEN = {  # one second each; `bench verdict` trains many of every kind
    "underfitting": "2 hidden units",
    "dead-relu": "bias −14 in layer 2",
    "rate-too-high": "CNN, no norm, constant",
    "vanishing": "12 sigmoid layers of 16",
    "label-noise": "CNN, norm, one-cycle",
    "healthy": "CNN, norm, one-cycle",
}


@pytest.fixture(scope="module")
def planted() -> dict[str, Case]:
    small, digits = (result_of(load(id, "train")) for id in ("digits8", "digits"))
    return {case.kind: case for case in cases(31, small, digits) if CHOSEN.get(case.kind) == case.name}


def judged(events: list[Event]) -> Verdict:
    return verdict(Story.of(events))


@pytest.mark.parametrize("kind", CHOSEN)
def test_a_really_trained_network_gets_the_verdict_of_what_was_planted_in_it(
    kind: str, planted: dict[str, Case]
) -> None:
    torch.set_num_threads(1)
    found = judged(trained(planted[kind]))
    assert found.kind == kind
    for language in ("en", "ko"):
        for text in (found.words, found.evidence, found.remedy):
            assert "{" not in text.render(language)
        assert any(sign.isdigit() for sign in found.evidence.render(language))
        assert bool(found.remedy.render(language)) == (kind != "healthy")


# The rules alone


def examined(**how: Any) -> Examined:
    usual: dict[str, Any] = {
        "step": 100,
        "epoch": 1.0,
        "train_count": 500,
        "train_loss": 0.05,
        "train_accuracy": 0.99,
        "held_out_count": 500,
        "wrong": 10,
        "second": 6,
        "surer": 0.9,
        "dead": {"relu1": 0.1},
        "gradients": {"fc1": 1e-3, "fc2": 1e-3, "fc3": 1e-3},
        "updates": {"fc1": 5e-3},
    }
    return Examined(**{**usual, **how})


def story(checks: int = 12, **how: Any) -> Story:
    """A healthy story at its end, with changes."""
    steps = 10 * checks
    usual: dict[str, Any] = {
        "steps": np.arange(1.0, steps + 1),
        "losses": np.geomspace(2.3, 0.05, steps),
        "rates": np.concatenate([np.linspace(0.001, 0.01, steps // 4), np.linspace(0.01, 0, steps - steps // 4)]),
        "held_out_losses": np.geomspace(2.0, 0.1, checks),
        "held_out_accuracies": np.linspace(0.5, 0.98, checks),
        "held_out": 500,
        "classes": 10,
        "examined": (examined(),) * checks,
    }
    return Story(**{**usual, **how})


def test_a_healthy_story_says_how_often_the_loss_fell() -> None:
    found = verdict(story())
    assert (found.kind, found.silent) == ("healthy", True)
    assert found.evidence.render("en") == "validation loss fell in 10 of the last 10 checks"


def test_a_few_checks_are_no_evidence() -> None:
    for checks in (1, 2, 3):
        assert verdict(story(checks)).kind == "early"
    assert verdict(Story.of([])).kind == "early"


def test_a_loss_that_is_not_finite_was_thrown_by_its_rate() -> None:
    losses = np.append(np.geomspace(2.3, 1.0, 19), np.nan)
    found = verdict(story(2, losses=losses))
    assert found.kind == "rate-too-high"
    assert "0.001" in found.remedy.render("en")  # a tenth of the highest


def test_a_rate_that_climbs_is_not_yet_too_low() -> None:
    timid = tuple(examined(train_loss=2.2, train_accuracy=0.1, updates={"fc1": 1e-5}) for _ in range(8))
    climbing = np.linspace(1e-6, 1e-5, 80)
    assert verdict(story(8, examined=timid)).kind == "rate-too-low"
    assert verdict(story(8, examined=timid, rates=climbing)).kind != "rate-too-low"


def test_causes_come_before_what_they_cause() -> None:
    dead = tuple(examined(train_loss=2.3, train_accuracy=0.1, dead={"relu1": 1.0}) for _ in range(12))
    wild = np.concatenate([np.full(20, 2.3), np.full(20, 40.0), np.full(80, 2.3)])
    kinds = [one.kind for one in verdicts(story(losses=wild, examined=dead))]
    assert kinds == ["rate-too-high", "dead-relu", "underfitting"]


def test_units_that_a_good_network_does_not_need_may_sleep() -> None:
    assert verdict(story(examined=(examined(dead={"relu1": 0.85}),) * 12)).kind == "healthy"
    lame = (examined(dead={"relu1": 0.85}, train_accuracy=0.6),) * 12
    assert verdict(story(examined=lame)).kind == "dead-relu"


def test_one_lucky_gap_is_no_overfitting_but_a_lasting_one_is() -> None:
    gap = dataclasses.replace(examined(), train_accuracy=1.0)
    flat = np.full(12, 0.8)
    assert verdict(story(held_out_accuracies=flat, examined=(gap,) * 12)).kind == "overfitting"
    once = (*(dataclasses.replace(gap, train_accuracy=0.82),) * 11, gap)
    assert verdict(story(held_out_accuracies=flat, examined=once)).kind != "overfitting"


def test_runs_recorded_before_there_was_evidence_are_judged_by_their_curves() -> None:
    rising = np.concatenate([np.geomspace(1.0, 0.2, 6), np.geomspace(0.25, 0.6, 6)])
    found = verdict(story(held_out_losses=rising, examined=()))
    assert found.kind == "overfitting"
    assert verdict(story(examined=())).kind == "healthy"


def test_errors_in_neighbouring_classes_are_the_networks_own() -> None:
    errors = {"wrong": 150, "train_accuracy": 0.72, "surer": 0.5}
    assert verdict(story(examined=(examined(second=20, **errors),) * 12)).kind == "label-noise"
    assert verdict(story(examined=(examined(second=90, **errors),) * 12)).kind != "label-noise"


def test_tasks_without_classes_are_not_judged_by_figures_they_do_not_have() -> None:
    nan = float("nan")
    bare = examined(train_count=0, train_loss=nan, train_accuracy=nan, wrong=0, second=0, surer=0.5)
    found = story(classes=0, held_out_losses=np.zeros(12), examined=(bare,) * 12)
    assert all(rule(found) is None for rule in RULES)
