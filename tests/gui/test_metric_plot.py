"""The charts: curves are the run's points, knob marks stand where a hand moved, one hair line reads all."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.jobs import Event, result_of
from engine.text import same
from engine.train.events import Checked, KnobMoved, Mistakes, Started, Step
from engine.train.verdict import Verdict, verdict
from gui import theme
from gui.widgets.chart_stack import ChartStack
from gui.widgets.chart_ticks import log_ticks, ticks
from gui.widgets.detail import Trace, build_field
from gui.widgets.metric_plot import accuracy_floor
from gui.widgets.run_curves import RunCurves, moving_mean

NOTHING = Mistakes(np.zeros((0, 1, 1), np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))


def started(steps: int, *, step: int = 0) -> Started:
    return Started("folder", "mnist-deep", "digits", 3600, 400, 2, steps, step, 10, same("CPU"))


def step(n: int, *, loss: float = 0.5, accuracy: float = 0.9) -> Step:
    return Step(n, n / 100, n * 0.02, loss, accuracy, 0.006, 2.0, 5000.0)


def check(n: int, *, loss: float = 0.4, accuracy: float = 0.95, split: str = "held-out") -> Checked:
    return Checked(n, n / 100, n * 0.02, split, 400, loss, accuracy, np.eye(10, dtype=np.int64), NOTHING)


def knob(n: int, old: float, new: float) -> KnobMoved:
    return KnobMoved(n, n / 100, n * 0.02, "learning_rate", old, new)


def run_of(*events: Event, name: str = "mnist-deep", colour: int = 0) -> RunCurves:
    curves = RunCurves(name, colour)
    curves.take(events)
    return curves


@pytest.fixture
def stack(qtbot: QtBot) -> ChartStack:
    stack = ChartStack()
    qtbot.addWidget(stack)
    stack.resize(760, 420)
    stack.show()
    return stack


def test_the_curves_are_the_points_of_the_events(stack: ChartStack) -> None:
    run = run_of(started(60), *(step(n, loss=2 / n) for n in range(1, 51)), check(25), check(50, accuracy=0.97))
    stack.set_smoothing(1)
    stack.show_runs([run])
    x, y = stack.plot("loss").points(run, "raw")
    assert list(x) == list(range(1, 51))
    assert np.allclose(y, [2 / n for n in range(1, 51)])
    x, y = stack.plot("accuracy").points(run, "checked")
    assert list(x) == [25, 50]
    assert np.allclose(y, [95, 97])


def test_the_axis_can_be_steps_epochs_or_seconds(stack: ChartStack) -> None:
    run = run_of(started(60), *(step(n) for n in range(1, 51)))
    stack.show_runs([run])
    last = {}
    for _ in range(3):
        last[stack.axis] = stack.plot("accuracy").points(run, "train")[0][-1]
        stack.next_axis()
    assert last == {"step": 50, "epoch": 0.5, "seconds": 1.0}


def test_a_thousand_buffer_fulls_lose_no_point() -> None:
    run = RunCurves("long")
    for start in range(0, 5000, 500):
        run.take([step(n) for n in range(start, start + 500)])
    assert np.array_equal(run.steps["step"], np.arange(5000))


def test_a_loss_that_is_not_finite_is_left_to_the_sentence_that_ends_the_run(stack: ChartStack) -> None:
    run = run_of(started(9), step(1), step(2, loss=float("nan")))
    stack.show_runs([run])
    assert len(run.steps) == 1


def test_faded_runs_made_for_one_scale_are_not_read_in_the_other(stack: ChartStack) -> None:
    """A loss of 1,000 among many runs became 10 to the power of 1,000: an error at every redraw."""
    plot, x = stack.plot("loss"), np.arange(1.0, 41.0)
    stack.show_runs([run_of(started(60), *(step(n) for n in range(1, 41)))])
    plot.set_log(False)
    plot.show_field(result_of(build_field([Trace("faded", x, 1000 / x)])))
    assert plot.getViewBox().viewRange()[1][1] >= 1000
    plot.set_log(True)
    assert plot.field.field is None and plot.getViewBox().viewRange()[1][1] < 1


def test_a_resumed_run_writes_over_what_came_after_its_checkpoint() -> None:
    run = run_of(started(60), *(step(n) for n in range(1, 41)), check(40), knob(35, 1.0, 2.0))
    run.take([started(60, step=30), step(31)])
    assert run.steps["step"][-1] == 31
    assert len(run.checks) == 0
    assert not run.turns


def test_dragging_a_slider_leaves_one_mark_with_first_and_last_value(stack: ChartStack) -> None:
    run = run_of(started(90), *(step(n) for n in range(1, 60)))
    run.take([knob(20, 0.006, 0.005), knob(22, 0.005, 0.003), knob(50, 0.003, 0.001)])
    stack.name_knobs(lambda name: "lr")
    stack.show_runs([run])
    assert stack.plot("accuracy").marks.texts() == ["lr 0.006 → 0.003", "lr 0.003 → 0.001"]
    assert stack.plot("loss").marks.texts() == []  # the flag stands once, the line in every chart


def test_a_knob_dragged_back_to_where_it_was_leaves_no_mark() -> None:
    run = run_of(started(90), step(1), knob(20, 0.006, 0.005), knob(24, 0.005, 0.006))
    assert run.turns == []


def test_the_hair_line_reads_every_chart_at_one_step(stack: ChartStack) -> None:
    run = run_of(started(60), *(step(n) for n in range(1, 51)), check(10), check(30, accuracy=0.97, loss=0.125))
    stack.show_runs([run])
    stack.plot("accuracy").hovered.emit(30.0)
    words = stack.readout()
    assert "step 30" in words
    assert "97.0" in words
    assert "0.125" in words
    stack.plot("accuracy").left.emit()
    assert not stack.readout().strip()


def test_runs_laid_over_each_other_are_named_at_their_ends(stack: ChartStack) -> None:
    deep = run_of(started(60), *(step(n) for n in range(1, 51)), check(10), check(50, accuracy=0.98))
    plain = run_of(started(60), *(step(n) for n in range(1, 51)), check(10), check(50), name="mnist-mlp", colour=2)
    stack.show_runs([deep, plain])
    texts = stack.plot("accuracy").names.texts()
    assert [text.split()[0] for text in texts] == ["mnist-deep", "mnist-mlp"]
    stack.show_runs([deep])
    assert len(stack.plot("accuracy").points(plain, "checked")[0]) == 0


def test_the_slide_value_stands_as_a_level_with_its_words(stack: ChartStack) -> None:
    stack.show_levels([(0.99, "slides, about 99 %")])
    assert stack.plot("accuracy").levels.texts() == ["slides, about 99 %"]
    assert stack.plot("accuracy").levels.heights() == [99.0]


def test_a_third_chart_comes_and_goes(stack: ChartStack, qtbot: QtBot) -> None:
    run = run_of(started(60), *(step(n) for n in range(1, 51)))
    stack.show_runs([run])
    with qtbot.waitSignal(stack.extra_changed):
        stack.set_extra("gradient_norm")
    assert len(stack.plot("gradient_norm").points(run, "raw")[0]) == 50
    stack.set_extra("")
    assert stack.plot("gradient_norm").isHidden()


def test_new_points_are_drawn_once_for_all_that_came_meanwhile(stack: ChartStack, qtbot: QtBot) -> None:
    run = run_of(started(60), step(1), step(2))
    stack.show_runs([run])
    for n in range(3, 40):
        run.take([step(n)])
        stack.changed()
    assert len(stack.plot("accuracy").points(run, "train")[0]) == 2
    qtbot.waitUntil(lambda: len(stack.plot("accuracy").points(run, "train")[0]) == 39)


def test_the_charts_follow_a_switch_of_the_theme(stack: ChartStack, qapp: QApplication) -> None:
    run = run_of(started(60), *(step(n) for n in range(1, 51)), check(10), check(50))
    stack.show_runs([run])
    theme.apply(qapp, "light")
    try:
        assert stack.plot("loss").backgroundBrush().color().name().upper() == theme.current().panel.upper()
    finally:
        theme.apply(qapp, "dark")


def test_a_chart_says_in_a_sentence_what_it_shows(stack: ChartStack) -> None:
    stack.show_runs([run_of(started(60), step(1), check(10, accuracy=0.9), check(20, accuracy=0.97))])
    assert stack.plot("accuracy").accessibleDescription() == "Accuracy, %: 97.0, rising"


def verdict_of(*events: Event) -> Verdict:
    return verdict(run_of(*events).story())


def test_the_verdict_names_its_evidence() -> None:
    falling = verdict_of(*(check(n, loss=1 / n) for n in range(1, 12)))
    assert falling.kind == "healthy"
    assert falling.evidence.render("en") == "validation loss fell in 10 of the last 10 checks"
    steps = [step(n, loss=1 / n) for n in range(1, 300)]
    assert verdict_of(*steps, *(check(n, loss=0.1 + n / 10) for n in range(1, 12))).kind == "overfitting"
    assert verdict_of(check(1), check(2)).kind == "early"


def test_a_step_that_broke_a_run_is_part_of_its_story_but_not_of_its_curve() -> None:
    run = run_of(*(step(n) for n in range(1, 9)), step(9, loss=float("inf")))
    assert len(run.steps) == 8
    assert verdict(run.story()).kind == "rate-too-high"


def test_smoothing_keeps_the_length_and_the_mean_of_a_line() -> None:
    line = np.arange(100, dtype=float)
    assert np.allclose(moving_mean(line, 25)[20:80], line[20:80])
    assert len(moving_mean(line[:3], 25)) == 3


def test_ticks_are_round_numbers() -> None:
    assert [words for _, words in ticks(88.0, 100.0, 6)] == ["88", "90", "92", "94", "96", "98", "100"]
    assert [words for _, words in log_ticks(-1.1, 0.4, 6)] == ["0.1", "0.2", "0.5", "1", "2"]
    assert [words for _, words in log_ticks(0.31, 0.69, 4)] == ["3", "4"]  # within a decade
    assert accuracy_floor([np.array([50.0, 98.0])]) == 92.0


def test_one_bad_check_among_good_ones_is_not_called_overfitting() -> None:
    steps = [step(n, loss=0.08) for n in range(1, 200)]
    losses = (0.6, 0.3, 0.2, 0.17, 0.1, 0.12, 0.085, 0.1, 0.14)
    assert verdict_of(*steps, *(check(n, loss=v) for n, v in enumerate(losses, 1))).kind == "healthy"
