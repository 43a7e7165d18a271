"""What a training says and does while it runs, on small real digits."""

from __future__ import annotations

import dataclasses
import itertools
import json
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from driving import drive, drive_to, learnt, of, quick

from engine import places
from engine.data import ImageSet, load
from engine.devices import choose
from engine.errors import LabError
from engine.jobs import Progress, result_of
from engine.knobs import Box
from engine.train.begin import held_out_split
from engine.train.evaluate import evaluate, wilson
from engine.train.events import Checked, KnobMoved, Outcome, Saved, Snapshot, Started, Step
from engine.train.fit import gradients_of, train
from engine.train.measure import measure
from engine.train.recipes import RECIPES, recipe
from engine.train.run_folder import read_events
from engine.train.settings import TrainSettings
from engine.train.state import TrainState

DIGIT_RECIPES = [recipe for recipe in RECIPES if type(recipe.defaults) is TrainSettings]


def about(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "run.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def two_epochs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any], Outcome]:
    """One finished run of two epochs: its folder, everything it said, its outcome."""
    folder = tmp_path_factory.mktemp("runs") / "두 에폭"
    events, outcome = drive(train("digits-quick", quick(epochs=2.0), out=folder))
    return folder, events, outcome


Finished = tuple[Path, list[Any], Outcome]


def test_a_few_steps_lower_the_loss(two_epochs: Finished) -> None:
    losses = [step.loss for step in of(Step, two_epochs[1])]
    assert np.mean(losses[-5:]) < 0.5 * np.mean(losses[:5])
    assert of(Checked, two_epochs[1])[-1].accuracy > 0.8


def test_a_training_says_first_what_it_starts_with(two_epochs: Finished) -> None:
    folder, events, _ = two_epochs
    reading = list(itertools.takewhile(lambda event: isinstance(event, Progress), events))
    started = events[len(reading)]
    assert isinstance(started, Started)
    assert (started.folder, started.recipe, started.dataset, started.step) == (
        str(folder),
        "digits-quick",
        "digits8",
        0,
    )
    assert started.train_count + started.held_out_count == 1438
    assert isinstance(events[len(reading) + 1], Snapshot)


def test_its_steps_count_up_by_one_and_time_never_goes_back(two_epochs: Finished) -> None:
    steps = of(Step, two_epochs[1])
    assert [step.step for step in steps] == list(range(1, len(steps) + 1))
    for kind in ("epoch", "seconds"):
        values = [getattr(step, kind) for step in steps]
        assert values == sorted(values)
    assert steps[-1].epoch == 2.0


def test_the_number_of_steps_is_about_the_one_announced(two_epochs: Finished) -> None:
    assert of(Started, two_epochs[1])[0].total_steps == pytest.approx(len(of(Step, two_epochs[1])), abs=2)


def test_it_checks_four_times_an_epoch_and_measures_test_once_at_the_end(two_epochs: Finished) -> None:
    checks = of(Checked, two_epochs[1])
    assert [check.split for check in checks] == ["held-out"] * 8 + ["test"]
    assert [round(check.epoch, 1) for check in checks[:8]] == pytest.approx(
        [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2], abs=0.06
    )


def test_a_check_counts_what_it_measures(two_epochs: Finished) -> None:
    for check in of(Checked, two_epochs[1]):
        assert check.confusion.sum() == check.count
        assert np.trace(check.confusion) / check.count == pytest.approx(check.accuracy)
        wrong = check.count - np.trace(check.confusion)
        assert len(check.mistakes.labels) == min(wrong, 60)
        assert (check.mistakes.labels != check.mistakes.predictions).all()
        assert (np.diff(check.mistakes.confidence) <= 0).all()


def test_every_check_that_is_the_best_so_far_saves_the_weights(two_epochs: Finished) -> None:
    checks = [check for check in of(Checked, two_epochs[1]) if check.split == "held-out"]
    best = [
        c.step for i, c in enumerate(checks) if all((c.accuracy, -c.loss) > (d.accuracy, -d.loss) for d in checks[:i])
    ]
    assert [saved.step for saved in of(Saved, two_epochs[1]) if saved.best] == best


def test_the_outcome_tells_the_best_network_and_why_it_ended(two_epochs: Finished) -> None:
    folder, events, outcome = two_epochs
    checks = of(Checked, events)
    assert outcome.held_out_accuracy == max(check.accuracy for check in checks[:-1])
    assert (outcome.accuracy, outcome.test_count) == (checks[-1].accuracy, 359)
    assert (outcome.steps, outcome.epochs) == (of(Step, events)[-1].step, 2.0)
    assert outcome.why.render("en") == "All epochs are done."
    assert about(folder)["state"] == "done"
    assert about(folder)["summary"]["accuracy"] == outcome.accuracy


def test_the_saved_best_weights_measure_as_the_outcome_says(two_epochs: Finished) -> None:
    folder, _, outcome = two_epochs
    found = result_of(evaluate("digits-quick", weights=str(folder / "best.safetensors")))
    assert found["accuracy"] == pytest.approx(outcome.accuracy)
    assert found["count"] == outcome.test_count
    assert found["accuracy_low"] < found["accuracy"] < found["accuracy_high"]


def test_the_run_holds_all_that_is_needed_to_repeat_it(two_epochs: Finished, tmp_path: Path) -> None:
    folder, events, _ = two_epochs
    kept = about(folder)
    assert {
        "format",
        "recipe",
        "dataset",
        "fingerprint",
        "settings",
        "device",
        "precision",
        "versions",
        "started",
    } <= set(kept)
    again, _ = drive(
        train(kept["recipe"], TrainSettings(**kept["settings"]), dataset=kept["dataset"], out=tmp_path / "x")
    )
    assert learnt(again) == learnt(events)


def test_another_seed_gives_another_run(two_epochs: Finished, tmp_path: Path) -> None:
    events = drive_to(
        train("digits-quick", quick(epochs=2.0, seed=8), out=tmp_path / "x"), lambda e: isinstance(e, Step)
    )
    assert learnt(events)[0] != learnt(two_epochs[1])[0]


def test_the_metrics_on_disk_are_what_was_said(two_epochs: Finished) -> None:
    folder, events, _ = two_epochs
    recorded = read_events(folder)
    assert learnt(recorded) == learnt(events)
    assert [e for e in recorded if isinstance(e, Step)] == of(Step, events)
    first = (folder / "metrics.jsonl").read_text("utf-8").splitlines()[0]
    assert json.loads(first) == {"format": 1}


def test_a_snapshot_is_a_copy_that_later_steps_do_not_touch(tmp_path: Path) -> None:
    job = train("digits-quick", quick(), out=tmp_path / "x")
    first = next(event for event in job if isinstance(event, Snapshot))
    before = {name: value.clone() for name, value in first.weights.items()}
    later = next(event for event in job if isinstance(event, Snapshot))
    job.close()
    assert all(torch.equal(first.weights[name], value) for name, value in before.items())
    assert any(not torch.equal(later.weights[name], value) for name, value in before.items())


@pytest.mark.parametrize("chosen", DIGIT_RECIPES, ids=lambda chosen: chosen.id)
def test_every_recipe_takes_steps_on_each_of_its_bundled_sets(chosen: Any, tmp_path: Path) -> None:
    for dataset in set(chosen.datasets) & {"digits", "digits8"}:
        settings = dataclasses.replace(chosen.defaults, epochs=1.0, held_out=20, batch_size=32)
        job = train(chosen.id, settings, dataset=dataset, out=tmp_path / dataset)
        steps = of(Step, drive_to(job, lambda event: isinstance(event, Step) and event.step == 3))
        assert all(np.isfinite(step.loss) for step in steps)


@pytest.mark.parametrize("chosen", DIGIT_RECIPES, ids=lambda chosen: chosen.id)
@pytest.mark.parametrize("batch_norm", [True, False])
def test_a_network_begins_with_a_loss_near_that_of_guessing(chosen: Any, batch_norm: bool) -> None:
    """He's start keeps the size of signals from layer to layer: ten classes guessed cost ln 10 = 2.3."""
    settings = dataclasses.replace(chosen.defaults, batch_norm=batch_norm)
    state = TrainState.fresh(chosen.build(settings), torch.device("cpu"), 1)
    test = result_of(load(chosen.datasets[-1], "test"))
    found = measure(state.network, test, choose("cpu", "fp32"))
    assert 1.5 < found.loss < 6


def test_patience_ends_a_run_that_gets_no_better(tmp_path: Path) -> None:
    settings = quick(epochs=100.0, patience=3, learning_rate=1e-6, schedule="constant", weight_decay=0.0)
    events, outcome = drive(train("digits-quick", settings, out=tmp_path / "x"))
    checks = [c for c in of(Checked, events) if c.split == "held-out"]
    assert outcome.why.render("en") == "It stopped getting better."
    best = max(range(len(checks)), key=lambda i: (checks[i].accuracy, -checks[i].loss))
    assert len(checks) - 1 - best == 3


def test_seconds_end_a_run_with_a_last_check(tmp_path: Path) -> None:
    events, outcome = drive(train("digits-quick", quick(epochs=1000.0), out=tmp_path / "x", seconds=0.2))
    assert outcome.why.render("ko") == "정한 시간을 다 썼어요."
    assert outcome.seconds >= 0.2
    assert of(Checked, events)[-2].step == outcome.steps
    assert outcome.epochs < 1000


def test_too_little_time_for_a_quarter_of_an_epoch_still_gives_weights(tmp_path: Path) -> None:
    _, outcome = drive(train("digits-quick", quick(), out=tmp_path / "x", seconds=0.0))
    assert outcome.steps == 1
    assert (tmp_path / "x" / "best.safetensors").is_file()


# Knobs


def with_knob(folder: Path, at: int, settings: TrainSettings, **change: Any) -> list[Any]:
    """A run in which a person changes settings after step `at`."""
    box = Box(settings)
    events = []
    for event in train("digits-quick", settings, out=folder, knobs=box):
        events.append(event)
        if isinstance(event, Step) and event.step == at:
            box.replace(dataclasses.replace(settings, **change))
    return events


LIVE = [("learning_rate", 0.001), ("batch_size", 32), ("dropout", 0.7), ("augment", 0.2)]


@pytest.mark.parametrize(("name", "value"), LIVE)
def test_a_knob_moved_acts_from_the_next_step_on_and_leaves_a_mark(name: str, value: float, tmp_path: Path) -> None:
    settings = quick(rotate=20.0)
    still, _ = drive(train("digits-quick", settings, out=tmp_path / "still"))
    moved = with_knob(tmp_path / "moved", 6, settings, **{name: value})
    marks = of(KnobMoved, moved)
    assert [(m.name, m.old, m.new, m.step) for m in marks] == [(name, getattr(settings, name), value, 6)]
    before, after = (of(Step, events) for events in (still, moved))
    assert learnt(before[:6]) == learnt(after[:6])
    changed = {"learning_rate": "learning_rate", "batch_size": "epoch"}.get(name, "loss")
    assert getattr(before[6], changed) != getattr(after[6], changed)
    assert of(KnobMoved, read_events(tmp_path / "moved")) == marks


def test_a_moved_learning_rate_is_the_one_used(tmp_path: Path) -> None:
    settings = quick(schedule="constant", learning_rate=0.004)
    steps = of(Step, with_knob(tmp_path / "x", 5, settings, learning_rate=0.002))
    assert [step.learning_rate for step in steps[:5]] == [0.004] * 5
    assert {step.learning_rate for step in steps[5:]} == {0.002}


def test_a_moved_batch_size_still_shows_every_picture_once_an_epoch(tmp_path: Path) -> None:
    steps = of(Step, with_knob(tmp_path / "x", 5, quick(), batch_size=100))
    assert steps[-1].epoch == 1.0
    assert steps[6].epoch - steps[5].epoch == pytest.approx(100 / 1295, abs=1e-3)


def test_the_box_receives_the_runs_settings_when_none_were_given(tmp_path: Path) -> None:
    box = Box(quick(seed=99))
    drive_to(train("digits-quick", out=tmp_path / "x", knobs=box), lambda event: isinstance(event, Started))
    assert box.value == TrainSettings(**about(tmp_path / "x")["settings"])


def test_one_cycle_climbs_and_falls_to_nothing(two_epochs: Finished) -> None:
    rates = [step.learning_rate for step in of(Step, two_epochs[1])]
    top = rates.index(max(rates))
    assert rates[: top + 1] == sorted(rates[: top + 1])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert max(rates) == pytest.approx(0.006, rel=0.03)
    assert rates[-1] < 0.05 * max(rates)


# What goes wrong


def test_a_loss_that_is_no_longer_finite_ends_the_run_with_a_sentence_and_keeps_the_best(tmp_path: Path) -> None:
    with pytest.raises(LabError) as caught:
        with_knob(tmp_path / "x", 10, quick(), learning_rate=1e38)
    assert "no longer a finite number" in str(caught.value)
    assert "유한한 수가 아니게" in caught.value.text.render("ko")
    assert about(tmp_path / "x")["state"] == "failed"
    weights = result_of(evaluate("digits-quick", weights=str(tmp_path / "x" / "best.safetensors")))
    assert np.isfinite(weights["loss"])


@pytest.mark.parametrize(
    "change", [{"epochs": 0.0}, {"batch_size": 1}, {"learning_rate": float("nan")}, {"schedule": "x"}]
)
def test_settings_that_will_not_do_are_refused_before_anything_is_written(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    with pytest.raises(LabError, match=next(iter(change))):
        drive(train("digits-quick", quick(**change), out=tmp_path / "x"))
    assert not (tmp_path / "x").exists()


WRONG = [
    ({"recipe_id": "cats"}, "cats"),
    ({"dataset": "mnist"}, "mnist"),
    ({"device": "tpu"}, "tpu"),
    ({"precision": "fp8"}, "fp8"),
    ({"settings": quick(held_out=1000)}, "held out"),
]


@pytest.mark.parametrize(("words", "named"), WRONG)
def test_a_wrong_word_is_answered_with_a_sentence_before_anything_is_written(
    tmp_path: Path, words: dict[str, Any], named: str
) -> None:
    with pytest.raises(LabError, match=named):
        drive(train(**{"recipe_id": "digits-quick", "out": tmp_path / "x", **words}))
    assert not (tmp_path / "x").exists()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for place in (tmp_path / "file", tmp_path / "file" / "run"):
        with pytest.raises(LabError, match=str(tmp_path / "file")):
            drive(train("digits-quick", quick(), out=place))
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_folder_that_holds_a_run_is_not_written_over(two_epochs: Finished) -> None:
    before = (two_epochs[0] / "metrics.jsonl").read_bytes()
    with pytest.raises(LabError, match="already holds a run"):
        drive(train("digits-quick", quick(), out=two_epochs[0]))
    assert (two_epochs[0] / "metrics.jsonl").read_bytes() == before


def test_without_a_folder_named_a_run_gets_one_of_its_own(home: Path) -> None:
    for _ in range(2):
        drive_to(train("digits-quick", quick()), lambda event: isinstance(event, Started))
    assert len(list(places.runs().iterdir())) == 2
    assert home in places.runs().parents


# Beside others


def test_two_trainings_at_once_learn_what_each_learns_alone(two_epochs: Finished, tmp_path: Path) -> None:
    """Every random number of a run comes from its own generator, dropout and augmentation too."""
    wild = quick(rotate=20.0, dropout=0.5, seed=3)
    alone, _ = drive(train("digits-quick", wild, out=tmp_path / "alone"))
    found: dict[str, list[Any]] = {}

    def work(name: str, settings: TrainSettings) -> None:
        torch.rand(7)  # somebody else uses torch's own numbers meanwhile
        found[name] = drive(train("digits-quick", settings, out=tmp_path / name))[0]

    jobs = [("a", wild), ("b", quick(epochs=2.0))]
    threads = [threading.Thread(target=work, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert learnt(found["a"]) == learnt(alone)
    assert learnt(found["b"]) == learnt(two_epochs[1])


def test_the_held_out_part_is_drawn_by_the_seed_and_shares_nothing_with_train(digits: ImageSet) -> None:
    numbered = dataclasses.replace(digits, labels=np.arange(len(digits)))
    settings = dataclasses.replace(recipe("mnist-deep").defaults, held_out=400)
    (kept, held), (_, again) = (held_out_split(numbered, settings) for _ in range(2))
    assert np.array_equal(np.sort(np.concatenate((kept.labels, held.labels))), numbered.labels)
    assert len(held) == 400
    assert held.fingerprint == again.fingerprint
    assert held_out_split(numbered, dataclasses.replace(settings, seed=8))[1].fingerprint != held.fingerprint


def test_an_interval_is_honest_at_both_ends() -> None:
    assert wilson(100, 100)[0] == pytest.approx(0.963, abs=1e-3)
    assert wilson(0, 100)[1] == pytest.approx(0.037, abs=1e-3)
    low, high = wilson(9960, 10_000)
    assert low < 0.996 < high
    assert high - low < 0.003


def test_the_gradient_of_a_layer_is_the_root_mean_square_over_its_weights() -> None:
    network = torch.nn.Sequential(torch.nn.Linear(2, 3, bias=False), torch.nn.Linear(3, 1, bias=False))
    assert gradients_of(network) == {}
    network(torch.ones(1, 2)).sum().backward()
    first = network[0].weight.grad
    assert first is not None
    assert gradients_of(network)["0"] == pytest.approx(float((first**2).mean()) ** 0.5)
