"""The parts of a loss in the Train tab: each a line with its name, their sum, live, from disk, and by default."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.settings import Settings
from engine.text import same
from engine.train.curves import CHECK, STEP, Columns
from engine.train.events import KnobMoved, Started, Step
from engine.train.recipes import recipe
from gui import theme
from gui.context import Context
from gui.pages.train import TrainPage
from gui.widgets.chart_stack import ChartStack
from gui.widgets.parts_plot import PartsPlot
from gui.widgets.run_curves import RunCurves


def step(n: int, **parts: float) -> Step:
    return Step(n, n / 10, n * 0.1, sum(parts.values()) or 3.0, 0.5, 0.01, 1.0, 50.0, parts)


@pytest.fixture
def stack(qtbot: QtBot) -> ChartStack:
    stack = ChartStack()
    qtbot.addWidget(stack)
    stack.resize(760, 520)
    stack.show()
    stack.set_smoothing(1)
    stack.set_extra("parts")
    return stack


def plot_of(stack: ChartStack) -> PartsPlot:
    plot = stack.plot("parts")
    assert isinstance(plot, PartsPlot)
    return plot


def test_each_part_is_a_line_with_its_name_and_the_sum_is_the_loss(stack: ChartStack) -> None:
    run = RunCurves("locate-digit", 2)
    run.take([Started("f", "locate-digit", "placed-digits", 900, 100, 8, 40, 0, 10, same("CPU"))])
    run.take([step(n, **{"class": 2 / n, "box": 4 / n}) for n in range(1, 31)])
    stack.show_runs([run])
    plot = plot_of(stack)
    told = plot.kinds(run)
    assert [plot.term(kind) for kind in told] == ["class", "box", "sum"]
    class_, box, total = (plot.points(run, kind)[1] for kind in told)
    assert np.allclose(class_, 2 / np.arange(1, 31)) and np.allclose(class_ + box, total)
    assert plot.names.texts() == ["sum  0.200", "box  0.133", "class  0.067"]
    stack._show_hair(10.0)
    assert "class <span" in stack.readout() and ">0.200<" in stack.readout()
    assert len({plot.tone_of(run, term) for term in ("class", "box", "sum")}) == 3
    # α is moved to 1: the box weighs nothing any more and its line ends there; the scale does not fall to nothing
    run.take([KnobMoved(30, 3.0, 3.0, "alpha", 0.5, 1.0)])
    run.take([step(n, **{"class": 0.1, "box": 0.0}) for n in range(31, 41)])
    stack.redraw()
    assert plot.points(run, told[1])[0][-1] == 30 and plot.points(run, told[0])[0][-1] == 40
    assert plot.getViewBox().viewRange()[1][0] > -2.5
    before = plot.tone_of(run, "box")
    theme.apply(QApplication.instance(), "light" if theme.current().name == "dark" else "dark")
    assert plot.tone_of(run, "box") != before
    # begun again from step 10: the rest is forgotten
    run.take([Started("f", "locate-digit", "placed-digits", 900, 100, 8, 40, 10, 10, same("CPU"))])
    stack.redraw()
    assert len(plot.points(run, told[0])[0]) == 10


def test_parts_of_a_run_from_disk_are_drawn_and_a_loss_of_one_part_is_itself(stack: ChartStack) -> None:
    table = np.stack([np.arange(1, 6, dtype=np.float32)] * len(STEP))
    table[STEP.index("loss"), 2] = np.nan  # it broke there once
    nothing = np.zeros((len(CHECK), 0))
    parts = {"entropy": np.arange(5, dtype=np.float32) + 1, "overlap": np.full(5, 0.5, np.float32)}
    kept, plain = RunCurves("kept", 0), RunCurves("plain", 1)
    kept.fill(Columns(table, nothing, nothing, parts=parts))
    plain.fill(Columns(table, nothing, nothing))
    plot = plot_of(stack)
    stack.show_runs([kept, plain])  # only the main run is taken apart
    assert [plot.term(kind) for kind in plot.kinds(kept)] == ["cross-entropy", "missing overlap", "sum"]
    assert plot.points(kept, plot.kinds(kept)[0])[1].tolist() == [1, 2, 4, 5]
    kept.take([step(6, entropy=9.0, overlap=0.1)])  # it goes on
    stack.redraw()
    assert plot.points(kept, plot.kinds(kept)[0])[1].tolist() == [1, 2, 4, 5, 9]
    stack.show_runs([plain])
    assert plot.names.texts() == ["sum  5.000"] and not len(plot.points(kept, "part entropy")[0])


def test_the_localiser_shows_its_parts_at_once_and_alpha_as_a_knob(qtbot: QtBot, host: EngineHost) -> None:
    page = TrainPage(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    view = page.view
    view.setup.choose_recipe("locate-digit")
    assert view.charts.stack.extra == "parts" and view.charts.extra.currentText() == "Parts of the loss"
    qtbot.waitUntil(lambda: view.setup.knobs.sliders["alpha"].isVisibleTo(view))
    moved = []
    view.setup.knob_moved.connect(lambda name, value: moved.append((name, value)))
    view.setup.knobs.sliders["alpha"].changed.emit(0.8)
    assert moved == [("alpha", 0.8)] and view.setup.settings().alpha == 0.8
    view.setup.choose_recipe("mnist-deep")
    assert view.charts.stack.extra == ""  # it was not a person's wish
    view.charts.toggle_extra("gradient_norm")
    view.setup.choose_recipe("stick-landmarks")
    assert view.charts.stack.extra == "gradient_norm"  # that one was
    assert view.charts.stack.metric_name("accuracy") == "landmarks within 5 %, %"
    assert recipe("stick-landmarks").chart == "parts"
