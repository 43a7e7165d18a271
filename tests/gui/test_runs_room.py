"""Many trainings in the window: the queue works itself off, a run is rewound and branched, two settings are raced."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.jobs import result_of
from engine.settings import Settings
from engine.text import Language
from engine.train import queue
from engine.train.begin import usual_settings
from engine.train.branch import make_branch, steps_to_rewind
from engine.train.fit import train
from engine.train.recipes import recipe
from engine.train.runs import list_runs
from engine.train.settings import TrainSettings
from gui import words
from gui.context import Context
from gui.pages.train import TrainPage
from gui.pages.train_race import RaceDialog
from gui.pages.train_room import QUEUE, SWEEPS, TABLE, TREE
from gui.pages.train_sweep import SweepDialog
from gui.pages.train_tree import BranchDialog
from gui.pages.train_view import TrainView
from gui.widgets.room import tell_room
from gui.widgets.run_tree import RunTree

LONG = 30_000  # ms: two shared cores
STAGE = 1280 - 2 * 8 - 248 - 304 - 2 * 8  # logical pixels: what the side columns leave of a small window


@pytest.fixture(autouse=True)
def everything_on_one_core(one_core: None) -> None:
    return None


@pytest.fixture
def view(qtbot: QtBot, host: EngineHost) -> Iterator[TrainView]:
    page = TrainPage(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(page)
    page.resize(1264, 712)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: page.view.setup.dataset != "auto", timeout=LONG)
    page.view.setup.choose_recipe("digits-quick")
    page.view.setup.show_settings(dataclasses.replace(page.view.setup.settings(), epochs=1.0))
    yield page.view
    if page.view.session.run:
        page.view.session.run.cancel()


def quick(**changes: float) -> TrainSettings:
    usual = usual_settings(recipe("digits-quick"), "digits8")
    return dataclasses.replace(usual, **{"epochs": 1.0, **changes})  # type: ignore[arg-type]  # by name


def button(parent: object, text: str) -> QAbstractButton:
    assert isinstance(parent, QDialog) or hasattr(parent, "findChildren")
    return next(b for b in parent.findChildren(QAbstractButton) if b.text() == text)  # type: ignore[attr-defined]


def dialog_of(view: TrainView, kind: type, qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: any(d.isVisible() for d in view.findChildren(kind)), timeout=LONG)
    return next(d for d in view.findChildren(kind) if d.isVisible())


def wait_end(view: TrainView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not view.session.busy and view.bar.end_words != "", timeout=LONG)


# The queue


def test_the_queue_is_filled_and_worked_off_one_after_another(view: TrainView, qtbot: QtBot) -> None:
    view.show_runs()
    view.room.show_part(QUEUE)
    pane, runner = view.room.queue, view.room.runner
    button(pane, "Add what is set").click()
    qtbot.waitUntil(lambda: len(runner.items) == 1, timeout=LONG)
    view.setup.show_settings(quick(learning_rate=0.001))
    button(pane, "Add what is set").click()
    qtbot.waitUntil(lambda: len(runner.items) == 2, timeout=LONG)
    button(pane, "Start the queue").click()
    qtbot.waitUntil(lambda: view.session.busy, timeout=LONG)
    assert view.stage.currentIndex() == 1  # a person may watch the queue
    qtbot.waitUntil(lambda: [item.state for item in runner.items] == ["done", "done"], timeout=LONG)
    qtbot.waitUntil(lambda: not runner.working, timeout=LONG)
    runs = {str(run.folder): run for run in result_of(list_runs())}
    assert [runs[item.folder].settings["learning_rate"] for item in runner.items] == [0.006, 0.001]
    assert len(view.shelf.shown) == 2  # their curves stay in the charts
    assert [item.state for item in queue.read_queue()] == ["done", "done"]


def test_a_failed_training_does_not_stop_the_queue(view: TrainView, qtbot: QtBot, tmp_path: Path) -> None:
    bad = queue.new_item("mnist-deep", quick(), dataset="mnist", data=str(tmp_path))
    queue.add([bad, queue.new_item("digits-quick", quick())])
    view.room.runner.refresh()
    view.room.runner.start()
    qtbot.waitUntil(lambda: [i.state for i in view.room.runner.items] == ["failed", "done"], timeout=LONG)
    table = view.room.queue.table
    assert "MNIST" in str(table.index(0, 3).data())


def test_the_queue_ends_after_the_training_that_runs_when_asked_to(view: TrainView, qtbot: QtBot) -> None:
    queue.add([queue.new_item("digits-quick", quick()) for _ in range(2)])
    runner = view.room.runner
    runner.refresh()
    runner.start()
    qtbot.waitUntil(lambda: view.session.busy, timeout=LONG)
    button(view.room.queue, "Stop after this one").click()
    wait_end(view, qtbot)
    qtbot.waitUntil(lambda: [item.state for item in runner.items] == ["done", "waiting"], timeout=LONG)
    assert not view.session.busy


def test_a_stopped_training_of_the_queue_can_go_on_later(view: TrainView, qtbot: QtBot) -> None:
    queue.add([queue.new_item("digits-quick", quick(epochs=30.0))])
    runner = view.room.runner
    runner.refresh()
    runner.start()
    qtbot.waitUntil(lambda: view.session.curves is not None and len(view.session.curves.steps) > 4, timeout=LONG)
    view.session.run.cancel()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: [item.state for item in runner.items] == ["stopped"], timeout=LONG)
    runner.change(lambda: queue.again([runner.items[0].id]))
    qtbot.waitUntil(lambda: [item.state for item in runner.items] == ["waiting"], timeout=LONG)
    assert runner.items[0].folder != ""
    assert Path(runner.items[0].folder).is_dir()


# Sweeps


def test_a_sweep_fills_the_queue_and_its_runs_become_a_chart(view: TrainView, qtbot: QtBot) -> None:
    view.show_runs()
    view.room.show_part(QUEUE)
    button(view.room.queue, "Sweep…").click()
    dialog = dialog_of(view, SweepDialog, qtbot)
    assert isinstance(dialog, SweepDialog)
    start = button(dialog, "Put into the queue")
    assert not start.isEnabled()
    how: QComboBox = dialog.how["learning_rate"]
    how.setCurrentIndex(how.findData("grid"))
    how.activated.emit(1)
    dialog.values["learning_rate"].setText("0.0001,7")
    dialog.values["learning_rate"].textEdited.emit("")
    assert not start.isEnabled()  # 7 is no learning rate, and the dialog says so
    dialog.values["learning_rate"].setText("0.0001,0.006")
    dialog.values["learning_rate"].textEdited.emit("")
    start.click()
    runner = view.room.runner
    qtbot.waitUntil(lambda: len(runner.items) == 2, timeout=LONG)
    runner.start()
    qtbot.waitUntil(lambda: [item.state for item in runner.items] == ["done", "done"], timeout=LONG)
    view.show_runs()
    view.room.show_part(SWEEPS)
    pane = view.room.sweeps
    qtbot.waitUntil(lambda: pane.which.count() == 2 and pane.words.text() != "", timeout=LONG)
    assert "Learning rate 0.006" in pane.words.text()
    best = max(result_of(list_runs()), key=lambda run: run.held_out_accuracy)
    dot = next(dot for dot in pane.scatter._dots if dot.folder == best.folder)
    place = pane.scatter.position(0, dot)
    assert place is not None
    with qtbot.waitSignal(pane.run_chosen) as chosen:
        qtbot.mouseClick(pane.scatter, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert chosen.args == [best.folder]
    pane.scatter.grab()  # paints


# The tree


def test_a_run_is_rewound_and_branched_with_another_setting(view: TrainView, qtbot: QtBot) -> None:
    parent = Path(result_of(train("digits-quick", quick())).folder)
    step = steps_to_rewind(parent)[1]
    view.show_runs()
    qtbot.waitUntil(lambda: view.list.chosen() is not None, timeout=LONG)
    view.room.show_part(TREE)
    tree = view.room.tree.tree
    qtbot.waitUntil(lambda: tree.choice == (parent, -1), timeout=LONG)
    start = button(view.room.tree, "Branch from here…")
    assert not start.isEnabled()
    qtbot.mouseClick(tree, Qt.MouseButton.LeftButton, pos=QPointF(tree.x_of(step), tree.y_of(0)).toPoint())
    assert tree.choice == (parent, step)
    start.click()
    dialog = dialog_of(view, BranchDialog, qtbot)
    assert isinstance(dialog, BranchDialog)
    assert not {"seed", "held_out", "batch_norm"} & set(dialog.form.rows)
    dialog.form.set_value(dataclasses.replace(dialog.form.value(), learning_rate=0.001))
    button(dialog, "Start the branch").click()
    qtbot.waitUntil(lambda: view.session.busy, timeout=LONG)
    wait_end(view, qtbot)
    curves = view.session.curves
    assert curves is not None
    assert curves.steps["step"].tolist() == list(range(1, len(curves.steps) + 1))  # the parent's part comes with it
    child = next(run for run in result_of(list_runs()) if run.parent)
    assert (child.parent, child.settings["learning_rate"]) == ((parent.name, step), 0.001)
    view.show_runs()
    view.room.show_part(TREE)
    qtbot.waitUntil(lambda: len(tree._lanes) == 2, timeout=LONG)
    assert f"from step {step}" in tree.accessibleDescription()
    tree.grab()  # paints


def test_the_tree_is_walked_with_arrows_and_a_click_selects_in_the_table(view: TrainView, qtbot: QtBot) -> None:
    parent = Path(result_of(train("digits-quick", quick())).folder)
    steps = steps_to_rewind(parent)
    child = result_of(make_branch(parent, steps[0], ["dropout=0.5"]))
    view.show_runs()
    qtbot.waitUntil(lambda: len(view.list.listed()) == 2, timeout=LONG)
    view.list.choose(parent)
    view.room.show_part(TREE)
    tree: RunTree = view.room.tree.tree
    qtbot.waitUntil(lambda: tree.choice == (parent, -1), timeout=LONG)
    qtbot.keyClick(tree, Qt.Key.Key_Right)
    assert tree.choice == (parent, steps[0])
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert tree.choice == (child, -1)
    assert view.list.chosen().folder == child  # type: ignore[union-attr]


# Races


def test_two_settings_are_raced_and_the_difference_is_drawn(view: TrainView, qtbot: QtBot) -> None:
    button(view.bar, "Race…").click()
    dialog = dialog_of(view, RaceDialog, qtbot)
    assert isinstance(dialog, RaceDialog)
    assert "Learning rate: A 0.006, B 0.002" in dialog.differs.text()
    assert not {"seed", "held_out", "batch_size"} & set(dialog.form.rows)
    button(dialog, "Start the race").click()
    qtbot.waitUntil(lambda: view.session.busy, timeout=LONG)
    assert view.charts.stack.extra == "difference"
    assert not view.setup.knobs.isEnabled()
    wait_end(view, qtbot)
    a, b = view.session.curves, view.session.rival
    assert a is not None and b is not None
    assert a.steps["step"].tolist() == b.steps["step"].tolist()
    plot = view.charts.stack.plot("difference")
    view.charts.stack.redraw()
    x, y = plot.points(a, "checked")
    assert x.tolist() == a.checks["step"].tolist()
    assert y == pytest.approx(100 * (b.checks["accuracy"] - a.checks["accuracy"]))
    assert "ahead" in view.bar.end_words or "No difference" in view.bar.end_words
    assert view.setup.knobs.isEnabled()
    primary = next(p for p in view.bar.findChildren(QPushButton) if p.property("kind") == "primary")
    qtbot.mouseClick(primary, Qt.MouseButton.LeftButton)  # one training again
    assert view.charts.stack.extra == ""


def test_a_race_of_two_equal_settings_cannot_be_started(view: TrainView, qtbot: QtBot) -> None:
    view.many.ask_race()
    dialog = dialog_of(view, RaceDialog, qtbot)
    assert isinstance(dialog, RaceDialog)
    dialog.form.set_value(view.setup.settings())
    dialog.form.changed.emit(None)
    assert "the same" in dialog.differs.text()
    assert not button(dialog, "Start the race").isEnabled()
    dialog.reject()


# TensorBoard, exports, words


def test_curves_of_another_program_lie_over_the_charts(view: TrainView, qtbot: QtBot, tmp_path: Path) -> None:
    from tensorboardX import SummaryWriter

    folder = tmp_path / "lightning_run"
    with SummaryWriter(str(folder)) as writer:
        for step in range(1, 40):
            writer.add_scalar("train_loss", 1 / step, step, walltime=1000 + step)
            writer.add_scalar("val_acc", 50 + step, step, walltime=1000 + step)  # in per cent
    view.room.read_board(folder)
    qtbot.waitUntil(lambda: folder in view.shelf.shown, timeout=LONG)
    curves = view.shelf.shown[folder]
    stack = view.charts.stack
    stack.set_axis("step")
    assert stack.plot("accuracy").points(curves, "checked")[1][-1] == pytest.approx(89)
    assert stack.plot("loss").points(curves, "train")[0].tolist() == list(range(1, 40))
    stack.set_axis("epoch")  # it told none: nothing is drawn, nothing breaks
    assert len(stack.plot("loss").points(curves, "train")[0]) == 0
    row = next(run for run in view.list.table.runs if run.folder == folder)
    assert (row.state, row.steps) == ("read", 39)
    view.list.toggled.emit(folder)
    assert folder not in view.shelf.shown
    view.list.toggled.emit(folder)
    assert view.shelf.shown[folder] is curves


def test_charts_are_written_as_a_drawing_and_curves_of_several_runs_as_one_table(
    view: TrainView, qtbot: QtBot, tmp_path: Path
) -> None:
    folders = [Path(result_of(train("digits-quick", quick(seed=seed))).folder) for seed in (1, 2)]
    view.show_runs()
    qtbot.waitUntil(lambda: len(view.list.listed()) == 2, timeout=LONG)
    view.shelf.show_all(folders)
    qtbot.waitUntil(lambda: len(view.shelf.shown) == 2, timeout=LONG)
    view.show_charts()
    for kind, to in (("svg", tmp_path / "차트.svg"), ("csv-shown", tmp_path / "곡선.csv")):
        with qtbot.waitSignal(view.shelf.exported, timeout=LONG):
            view.exports.write(kind, to, None)
    drawing = (tmp_path / "차트.svg").read_text("utf-8")
    assert drawing.count("<path") > 5 or drawing.count("<polyline") > 5
    assert "digits-quick" in drawing
    lines = (tmp_path / "곡선.csv").read_text("utf-8").splitlines()
    assert {line.split(",")[0] for line in lines[1:]} == {folder.name for folder in folders}


@pytest.mark.parametrize("part", [TABLE, TREE, SWEEPS, QUEUE])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_part_of_the_room_is_wider_than_the_stage_of_a_small_window(
    view: TrainView, qtbot: QtBot, qapp: QApplication, part: int, language: Language
) -> None:
    words.set_language(qapp, language)
    tell_room(view, True)
    queue.add([queue.new_item("digits-quick", quick())])
    view.show_runs()
    view.room.show_part(part)
    qtbot.waitUntil(lambda: len(view.room.runner.items) == 1, timeout=LONG)
    qapp.processEvents()
    assert view.room.minimumSizeHint().width() <= STAGE


def test_every_word_of_the_room_is_said_through_the_translator(
    view: TrainView, qapp: QApplication, marked: Callable[[], None]
) -> None:
    view.show_runs()
    marked()
    qapp.processEvents()
    shown = [b.text() for b in view.room.findChildren(QAbstractButton) if b.text() and not b.text().startswith("#")]
    assert [text for text in shown if "‹" not in text] == []
