"""How long a training takes, told after twenty of its steps."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from driving import drive, quick

from engine import places
from engine.jobs import Progress
from engine.text import same
from engine.train.events import Started
from engine.train.forecast import STEPS, Forecast, Pace, forecast, try_out


def started(*, epochs: float = 10.0) -> Started:
    return Started("", "digits-quick", "digits8", 1295, 143, epochs, 200, 0, 1000, same("CPU"))


def even(steps: int, *, picture: float = 0.001, check: float = 0.0, wall: float = float("nan")) -> Pace:
    """A run of `digits-quick` at an even pace: seconds of a picture, and of each check after five steps."""
    epochs = np.arange(1, steps + 1) * 64 / 1295
    checked = epochs[4::5]
    before = np.maximum(0, (np.arange(1, steps + 1) - 1) // 5)
    seconds = np.arange(1, steps + 1) * 64 * picture + before * check
    at = np.arange(steps)[4::5]
    return Pace(epochs, seconds, np.full(steps, 1 / picture), checked, seconds[at] + check, wall)


def test_nothing_is_said_before_twenty_steps() -> None:
    assert forecast(started(), even(STEPS - 1)) is None
    found = forecast(started(), even(STEPS))
    assert found is not None and found.steps == STEPS


def test_an_even_pace_goes_on_to_the_end() -> None:
    found = forecast(started(), even(STEPS, check=0.2))
    assert found is not None
    # 12,950 pictures, 40 checks, and the 359 test pictures at the price of a check's
    checks = 40 * 0.2 + 359 * 0.2 / (143 + 655) * 1.6
    assert found.seconds == pytest.approx(12.95 + checks, rel=0.03)
    assert found.left == pytest.approx(found.seconds - even(STEPS, check=0.2).seconds[-1])


def test_more_epochs_and_slower_reading_take_longer() -> None:
    short, long = forecast(started(), even(STEPS)), forecast(started(epochs=20.0), even(STEPS))
    assert short and long
    assert 1.9 < long.seconds / short.seconds < 2.1
    reading = forecast(started(), even(STEPS), reading=3.0)
    assert reading and reading.left == pytest.approx(short.left + 3.0)


def test_one_step_that_another_program_held_up_counts_for_little() -> None:
    calm, held = even(STEPS), even(STEPS)
    held.speeds[12] = 1.0
    first, second = forecast(started(), calm), forecast(started(), held)
    assert first and second
    assert second.seconds == pytest.approx(first.seconds, rel=0.01)


def test_a_check_that_was_not_yet_made_is_counted_by_its_pictures() -> None:
    none = dataclasses.replace(even(STEPS), check_epochs=np.empty(0), check_seconds=np.empty(0))
    found = forecast(started(), none)
    assert found is not None
    assert 12.95 + 40 * (143 + 655) * 0.00035 * 0.9 < found.seconds < 1.2 * (12.95 + 40 * (143 + 655) * 0.00035)


def test_what_the_clock_on_the_wall_saw_besides_goes_on_as_well() -> None:
    known = even(STEPS)
    plain, slow = (
        forecast(started(), known),
        forecast(started(), dataclasses.replace(known, wall=known.seconds[-1] + 1)),
    )
    assert plain and slow
    assert slow.left > plain.left + 2


def test_trying_out_takes_twenty_steps_tells_a_time_and_keeps_nothing() -> None:
    events, found = drive(try_out("digits-quick", quick(epochs=30.0), dataset_id="digits8"))
    assert isinstance(found, Forecast)
    assert found.steps == STEPS
    assert found.seconds == pytest.approx(found.left, rel=0.5)
    assert any(isinstance(event, Progress) and event.done == 10 for event in events)
    assert not places.runs().exists()


def test_a_training_shorter_than_twenty_steps_can_be_tried_out_too() -> None:
    _, found = drive(try_out("digits-quick", quick(epochs=0.5), dataset_id="digits8"))
    assert 0 < found.steps < STEPS
    assert found.seconds > 0
