"""The table of runs: sorted, searched, noted, many shown at once; and what is shown of many in the charts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from engine.jobs import result_of
from engine.train.curves import CHECK, STEP, Columns
from engine.train.notes import Notes
from engine.train.runs import RunSummary
from gui.widgets.chart_stack import ChartStack
from gui.widgets.metric_plot import MANY
from gui.widgets.run_curves import RunCurves
from gui.widgets.run_fields import FieldWish, grow
from gui.widgets.run_list import RunList
from gui.widgets.run_table import share_words


def run(
    name: str, minute: int, held_out: float | None = 0.9, notes: Notes | None = None, **settings: Any
) -> RunSummary:
    started = f"2026-11-20T10:{minute:02}:00+00:00"
    values = (Path(name), "digits-quick", "digits8", "done", started, 40, 2.0, held_out, held_out, 3.0, False)
    return RunSummary(*values, settings={"learning_rate": 0.006, "dropout": 0.1, **settings}, notes=notes or Notes())


RUNS = (
    run("a", 1, 0.90, Notes("the first", ("base",), star=True), learning_rate=0.001),
    run("b", 2, 0.97, Notes("", ("base", "paper")), learning_rate=0.01),
    run("c", 3, None, dropout=0.5),
)


@pytest.fixture
def pane(qtbot: QtBot) -> RunList:
    pane = RunList()
    qtbot.addWidget(pane)
    pane.resize(900, 400)
    pane.show_runs(RUNS)
    pane.show()
    return pane


def names(pane: RunList) -> list[str]:
    return [one.folder.name for one in pane.listed()]


def cell(pane: RunList, name: str, column: str) -> QModelIndex:
    row = names(pane).index(name)
    return pane.order.index(row, pane.table.columns.index(column))


def click(qtbot: QtBot, pane: RunList, index: QModelIndex, *, double: bool = False) -> None:
    at = pane.view.visualRect(index).center()
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    if double:
        qtbot.mouseDClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def button(pane: RunList, words: str) -> QAbstractButton:
    return next(b for b in pane.findChildren(QAbstractButton) if b.text() == words)


def test_the_newest_run_is_first_and_a_click_on_a_head_sorts(pane: RunList) -> None:
    assert names(pane) == ["c", "b", "a"]
    column = pane.table.columns.index("held_out_accuracy")
    pane.view.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    assert names(pane) == ["b", "a", "c"]  # one that was never checked is the worst
    pane.view.sortByColumn(pane.table.columns.index("learning_rate"), Qt.SortOrder.AscendingOrder)
    assert names(pane) == ["a", "c", "b"]


def test_settings_have_a_column_where_the_runs_differ_in_them(pane: RunList) -> None:
    assert pane.table.settings == ("learning_rate", "dropout")
    assert cell(pane, "b", "learning_rate").data() == "0.01"
    pane.mark_shown({Path("a"): 0, Path("b"): 2})  # only those in the charts count now
    assert pane.table.settings == ("learning_rate",)
    pane.mark_shown({})
    assert pane.table.settings == ("learning_rate", "dropout")


def test_the_order_stays_when_other_columns_come(pane: RunList) -> None:
    pane.view.sortByColumn(pane.table.columns.index("held_out_accuracy"), Qt.SortOrder.DescendingOrder)
    pane.mark_shown({Path("a"): 0, Path("b"): 2})
    assert names(pane) == ["b", "a", "c"]
    pane.view.sortByColumn(pane.table.columns.index("seconds"), Qt.SortOrder.AscendingOrder)
    pane.mark_shown({})
    header = pane.view.horizontalHeader()
    assert pane.table.columns[header.sortIndicatorSection()] == "seconds"


def test_the_newest_is_first_whatever_columns_there_are(pane: RunList) -> None:
    assert pane.table.columns[pane.view.horizontalHeader().sortIndicatorSection()] == "started"
    pane.show_runs((*RUNS, run("d", 9, epochs=7.0)))
    assert names(pane) == ["d", "c", "b", "a"]


def test_runs_are_found_by_words_tags_and_stars(pane: RunList, qtbot: QtBot) -> None:
    qtbot.keyClicks(pane.filter.words, "first")
    assert names(pane) == ["a"]
    assert pane.chosen() is not None
    assert pane.chosen().folder == Path("a")  # type: ignore[union-attr]
    pane.filter.words.clear()
    button(pane, "#paper").click()
    assert names(pane) == ["b"]
    button(pane, "#base").click()
    assert names(pane) == ["b"]  # both tags
    button(pane, "#paper").click()
    assert names(pane) == ["b", "a"]
    pane.filter.star.click()
    assert names(pane) == ["a"]


def test_a_note_is_written_into_its_cell(pane: RunList, qtbot: QtBot) -> None:
    click(qtbot, pane, cell(pane, "c", "notes"), double=True)
    editor = pane.view.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText("너무 느림")  # QTest types Latin alone
    with qtbot.waitSignal(pane.noted) as told:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert told.args == [Path("c"), Notes("너무 느림")]
    assert cell(pane, "c", "notes").data() == "너무 느림"


def test_tags_are_written_with_commas_and_offered_to_click(pane: RunList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.noted) as told:
        pane.order.setData(cell(pane, "c", "tags"), "slow, #odd, slow", Qt.ItemDataRole.EditRole)
    assert told.args == [Path("c"), Notes("", ("slow", "odd"))]
    qtbot.waitUntil(lambda: button(pane, "#odd").isVisible())


def test_a_click_on_the_star_gives_and_takes_it(pane: RunList, qtbot: QtBot) -> None:
    for wanted in (True, False):
        with qtbot.waitSignal(pane.noted) as told:
            click(qtbot, pane, cell(pane, "b", "star"))
        assert told.args[1].star is wanted


def test_a_double_click_on_a_run_shows_its_curves_and_the_star_does_not(pane: RunList, qtbot: QtBot) -> None:
    shown: list[Path] = []
    pane.toggled.connect(shown.append)
    click(qtbot, pane, cell(pane, "b", "star"), double=True)
    assert shown == []
    click(qtbot, pane, cell(pane, "b", "recipe"), double=True)
    assert shown == [Path("b")]


def test_all_that_were_found_are_shown_at_once_and_hidden_again(pane: RunList, qtbot: QtBot) -> None:
    asked: list[list[Path]] = []
    pane.all_asked.connect(asked.append)
    button(pane, "#base").click()
    button(pane, "Show all").click()
    pane.mark_shown({Path("a"): 0, Path("b"): 2})
    button(pane, "Hide all").click()
    assert asked == [[Path("b"), Path("a")], []]


def test_several_selected_runs_are_exported_and_deleted_together(pane: RunList, qtbot: QtBot) -> None:
    pane.view.selectAll()
    exported: list[Any] = []
    pane.export_asked.connect(lambda folders, kind: exported.append((folders, kind)))
    actions = {action.text(): action for action in pane._menu.actions()}
    assert not actions["Weights (safetensors)"].isEnabled()
    actions["Curves (CSV)"].trigger()
    assert exported == [([Path("c"), Path("b"), Path("a")], "csv")]
    button(pane, "Delete").click()
    with qtbot.waitSignal(pane.delete_asked) as told:
        next(b for b in pane.findChildren(QAbstractButton) if b.property("kind") == "stop").click()
    assert told.args == [[Path("c"), Path("b"), Path("a")]]


def test_a_list_that_is_read_anew_keeps_what_was_selected(pane: RunList) -> None:
    pane.choose(Path("a"))
    pane.show_runs((*RUNS, run("d", 9)))
    assert pane.chosen() is not None
    assert pane.chosen().folder == Path("a")  # type: ignore[union-attr]


def test_figures_that_are_no_accuracy_say_what_they_are() -> None:
    assert share_words(0.5123) == "51.23\u2009%"
    assert share_words(0.5, "miou") == "50.00\u2009% mIoU"
    assert share_words(None) == "–"


# Many runs in the charts


def long(name: str, points: int = 3000, level: float = 0.5) -> RunCurves:
    table = np.zeros((len(STEP), points), np.float32)
    table[STEP.index("step")] = np.arange(1, points + 1)
    table[STEP.index("loss")] = table[STEP.index("accuracy")] = level
    curves = RunCurves(name)
    curves.fill(Columns(table, np.zeros((len(CHECK), 0)), np.zeros((len(CHECK), 0))))
    return curves


@pytest.fixture
def stack(qtbot: QtBot) -> ChartStack:
    stack = ChartStack()
    qtbot.addWidget(stack)
    stack.resize(700, 420)
    stack.set_log(False)
    stack.show()
    return stack


def serve(stack: ChartStack) -> list[FieldWish]:
    """Make every field at once, as the page does in a job; what was asked for."""
    asked: list[FieldWish] = []

    def make(wish: FieldWish) -> None:
        asked.append(wish)
        stack.show_field(wish, result_of(grow(wish)))

    stack.field_wished.connect(make)
    return asked


def test_up_to_eight_runs_are_lines_and_more_are_faded_behind_the_first(stack: ChartStack) -> None:
    asked = serve(stack)
    runs = [long(f"run {n}", level=0.1 * n) for n in range(MANY + 4)]
    stack.show_runs(runs[:MANY])
    plot = stack.plot("loss")
    assert asked == []
    assert len([name for name in plot.names.texts() if name.startswith("run")]) == MANY
    stack.show_runs(runs)
    assert {wish.metric.id for wish in asked} == {"accuracy", "loss"}
    assert plot.field.field is not None
    assert len(plot.field.field.traces) == MANY + 3
    assert [name for name in plot.names.texts() if name.startswith("run")] == ["run 0  0.000"]
    assert len(plot.points(runs[5], "train")[0]) == 0
    stack.show_runs(runs[:3])
    assert plot.field.field is None
    assert len(plot.points(runs[2], "train")[0]) == 3000


def test_a_field_is_made_once_and_again_when_it_would_look_otherwise(stack: ChartStack) -> None:
    asked = serve(stack)
    runs = [long(f"run {n}") for n in range(12)]
    stack.show_runs(runs)
    stack.redraw()
    assert len(asked) == 2
    stack.set_smoothing(101)
    assert len(asked) == 4
    stack.set_axis("seconds")
    assert len(asked) == 6


def test_the_pointer_finds_a_faded_run_and_a_click_picks_it(stack: ChartStack, qtbot: QtBot) -> None:
    serve(stack)
    runs = [long(f"run {n}", level=0.05 + 0.07 * n) for n in range(12)]
    stack.show_runs(runs)
    plot = stack.plot("loss")
    qtbot.waitUntil(lambda: not plot.field.moving)
    plot.viewport().repaint()
    box = plot.getViewBox()
    scene = box.mapViewToScene(QPointF(1500, 0.05 + 0.07 * 7))
    qtbot.mouseMove(plot.viewport(), plot.mapFromScene(scene))
    qtbot.waitUntil(lambda: plot.pointed is runs[7])
    assert "run 7" in stack.readout()
    with qtbot.waitSignal(stack.picked) as picked:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=plot.mapFromScene(scene))
    assert picked.args == [runs[7]]


def test_a_zoomed_chart_stays_so_until_a_double_click(stack: ChartStack, qtbot: QtBot) -> None:
    one = long("one")
    stack.show_runs([one])
    plot = stack.plot("loss")
    box = plot.getViewBox()
    box.setXRange(100, 200, padding=0)
    plot.getViewBox().sigRangeChangedManually.emit([True, False])
    stack.redraw()
    assert box.viewRange()[0] == [100, 200]
    assert "Double click" in stack.readout()
    centre = plot.mapFromScene(box.sceneBoundingRect().center())
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert box.viewRange()[0][1] > 3000
    assert "Double click" not in stack.readout()
