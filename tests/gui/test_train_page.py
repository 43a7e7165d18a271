"""The Train tab on real digits: start, watch, turn a knob, pause, stop, resume, export, delete."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.settings import Settings
from engine.text import Language, same
from engine.train.runs import list_runs
from gui import words
from gui.context import Context
from gui.pages.train import TrainPage
from gui.pages.train_view import TrainView
from gui.widgets.lens import explanation_of
from gui.widgets.room import tell_room

LONG = 30_000  # ms: two shared cores


@pytest.fixture
def page(qtbot: QtBot, host: EngineHost) -> Iterator[TrainPage]:
    page = TrainPage(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(page)
    page.resize(1440, 820)
    page.show()
    page.shown()
    yield page
    if page.view.session.run:
        page.view.session.run.cancel()


@pytest.fixture
def view(page: TrainPage, qtbot: QtBot) -> TrainView:
    qtbot.waitUntil(lambda: page.view.setup.dataset != "auto", timeout=LONG)
    page.view.setup.choose_recipe("digits-quick")
    return page.view


def start(view: TrainView, qtbot: QtBot, **settings: object) -> None:
    view.setup.show_settings(dataclasses.replace(view.setup.settings(), **settings))  # type: ignore[arg-type]  # by name
    primary = next(b for b in view.bar.findChildren(QPushButton) if b.property("kind") == "primary")
    qtbot.mouseClick(primary, Qt.MouseButton.LeftButton)
    assert view.session.busy


def steps(view: TrainView) -> int:
    return len(view.session.curves.steps) if view.session.curves else 0


def wait_end(view: TrainView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not view.session.busy and view.bar.end_words != "", timeout=LONG)


def test_one_button_trains_real_digits_to_the_end(view: TrainView, qtbot: QtBot) -> None:
    start(view, qtbot, epochs=3)
    wait_end(view, qtbot)
    curves = view.session.curves
    assert curves is not None
    assert len(curves.checks) >= 3
    assert len(curves.tests) == 1
    assert curves.checks["accuracy"][-1] > 0.5
    x, y = view.charts.stack.plot("accuracy").points(curves, "checked")
    assert np.array_equal(x, curves.checks["step"])
    assert np.allclose(y, 100 * curves.checks["accuracy"])
    assert len(view.charts.stack.plot("loss").points(curves, "raw")[0]) == len(curves.steps)
    assert view.bar.end_words.startswith("Done in ")
    assert "test digits. Best weights kept." in view.bar.end_words


def test_a_knob_turned_while_it_runs_acts_and_leaves_its_mark(view: TrainView, qtbot: QtBot) -> None:
    start(view, qtbot, epochs=50)
    qtbot.waitUntil(lambda: steps(view) > 3, timeout=LONG)
    slider = view.setup.knobs.sliders["learning_rate"]
    slider.slider.setValue(slider.slider.value() - 200)
    plot = view.charts.stack.plot("accuracy")
    qtbot.waitUntil(lambda: len(plot.marks.texts()) == 1, timeout=LONG)
    assert plot.marks.texts()[0].startswith("Learning rate 0.006 → ")
    assert view.setup.knobs.notes()["learning_rate"].startswith("was 0.006 until step ")
    assert view.session.settings is not None
    assert view.session.settings.learning_rate == slider.value()
    assert view.session.run is not None
    view.session.run.cancel()
    wait_end(view, qtbot)
    assert view.setup.knobs.notes()["learning_rate"] == ""  # until the run ends


def test_pause_step_epoch_and_stop(page: TrainPage, view: TrainView, qtbot: QtBot) -> None:
    start(view, qtbot, epochs=100)
    qtbot.waitUntil(lambda: steps(view) > 2, timeout=LONG)
    run = view.session.run
    assert run is not None
    assert page.toggle_pause()
    assert run.paused
    qtbot.waitUntil(lambda: _still(view, qtbot), timeout=LONG)
    before = steps(view)
    qtbot.keyClick(view, Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: run.paused and steps(view) == before + 1, timeout=LONG)
    qtbot.keyClick(view, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: run.paused and steps(view) > before + 1 and _still(view, qtbot), timeout=LONG)
    assert view.session.last_step is not None
    assert view.session.last_step.epoch % 1 < 1e-6
    run.cancel()
    wait_end(view, qtbot)
    assert view.bar.end_words.startswith("Stopped after ")


def _still(view: TrainView, qtbot: QtBot) -> bool:
    before = steps(view)
    qtbot.wait(100)  # three deliveries: what a paused run still had to say has arrived
    return steps(view) == before


def test_a_stopped_run_can_be_resumed_and_keeps_its_curve(view: TrainView, qtbot: QtBot) -> None:
    start(view, qtbot, epochs=4)
    qtbot.waitUntil(lambda: steps(view) > 5, timeout=LONG)
    assert view.session.run is not None
    view.session.run.cancel()
    wait_end(view, qtbot)
    stopped_at, folder = steps(view), view.session.folder
    assert folder is not None
    qtbot.waitUntil(lambda: any(run.folder == folder and run.resumable for run in view.shelf.runs), timeout=LONG)
    view.resume(folder)
    qtbot.waitUntil(lambda: view.session.busy, timeout=LONG)
    wait_end(view, qtbot)
    assert view.session.folder == folder
    assert steps(view) > stopped_at
    assert list(view.session.curves.steps["step"]) == list(range(1, steps(view) + 1))  # type: ignore[union-attr]


def test_what_is_fixed_is_plain_text_while_it_runs(view: TrainView, qtbot: QtBot) -> None:
    start(view, qtbot, epochs=100)
    assert view.setup.form.rows["epochs"].control.isHidden()
    assert view.setup.data.isHidden()
    view.setup.recipes.cards["mnist-mlp"].chosen.emit()
    assert view.setup.recipe.id == "digits-quick"
    view.session.run.cancel()  # type: ignore[union-attr]
    wait_end(view, qtbot)
    assert not view.setup.form.rows["epochs"].control.isHidden()


def test_a_bad_field_stops_the_start_with_a_sentence(view: TrainView, qtbot: QtBot) -> None:
    field = view.setup.form.rows["epochs"].control
    assert isinstance(field, QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "-3")
    view.start()
    assert not view.session.busy
    assert view.setup.form.rows["epochs"].problem().startswith("Between ")


def test_a_click_on_the_matrix_filters_the_mistakes(view: TrainView, qtbot: QtBot) -> None:
    start(view, qtbot, epochs=1)
    wait_end(view, qtbot)
    evidence = view.evidence
    checked = evidence.checked
    assert checked is not None
    assert len(checked.mistakes.labels) > 0
    pair = int(checked.mistakes.labels[0]), int(checked.mistakes.predictions[0])
    evidence.matrix.chosen.emit(*pair)
    assert evidence.only == pair
    evidence.matrix.chosen.emit(*pair)
    assert evidence.only is None


def test_the_mistakes_of_ten_digits_stay_while_a_recipe_with_fewer_classes_is_looked_at(
    view: TrainView, qtbot: QtBot
) -> None:
    start(view, qtbot, epochs=1)
    wait_end(view, qtbot)
    with qtbot.waitSignal(view.watch.signal.named):
        view.setup.choose_recipe("activity-3")
    view.evidence.show_part(1)
    view.evidence.show_part(0)
    assert view.evidence.gallery.at(QPointF(10, 10)) == 0


def test_the_pad_is_read_by_the_network_in_training(view: TrainView, qtbot: QtBot) -> None:
    start(view, qtbot, epochs=2)
    qtbot.waitUntil(lambda: steps(view) > 1, timeout=LONG)
    with qtbot.waitSignal(view.reading.reader.answered, timeout=LONG) as answer:
        view.reading.reader.pad.draw([[(0.5, 0.2), (0.5, 0.8)]])
    assert answer.args[0].seen.shape == (8, 8)  # the bundled network sees 28 × 28, the one in training 8 × 8
    wait_end(view, qtbot)


def test_the_filters_of_each_layer_are_shown(view: TrainView, qtbot: QtBot) -> None:
    start(view, qtbot, epochs=1)
    wait_end(view, qtbot)
    view.evidence.show_part(1)
    assert view.evidence.filters.layers == ["conv1", "conv2"]
    assert "16 filters 3×3" in view.evidence.filters.words
    view.evidence.filters.choose("conv2")
    assert "each reads 16 channels" in view.evidence.filters.words


def test_a_run_is_exported_shown_again_and_deleted(view: TrainView, qtbot: QtBot, tmp_path: Path) -> None:
    start(view, qtbot, epochs=1)
    wait_end(view, qtbot)
    folder = view.session.folder
    assert folder is not None
    for kind in ("png", "csv", "safetensors"):
        to = tmp_path / f"곡선.{kind}"
        with qtbot.waitSignal(view.shelf.exported, timeout=LONG):
            view.exports.write(kind, to, folder)
        assert to.stat().st_size > 100
    assert (tmp_path / "곡선.png").read_bytes().startswith(b"\x89PNG")
    view.show_runs()
    qtbot.waitUntil(lambda: view.list.chosen() is not None, timeout=LONG)
    view.list.toggled.emit(folder)
    qtbot.waitUntil(lambda: folder in view.shelf.shown, timeout=LONG)
    assert len(view.shelf.shown[folder].steps) == steps(view)
    view.list.delete_asked.emit(folder)
    qtbot.waitUntil(lambda: not folder.exists() and not view.shelf.runs, timeout=LONG)


def test_another_page_can_ask_for_a_run_or_a_start(page: TrainPage, view: TrainView, qtbot: QtBot) -> None:
    page.open({"recipe": "digits-quick", "start": True})
    qtbot.waitUntil(lambda: view.session.busy, timeout=LONG)
    view.session.run.cancel()  # type: ignore[union-attr]
    wait_end(view, qtbot)


def test_an_earlier_run_is_drawn_when_asked_for(
    page: TrainPage, view: TrainView, qtbot: QtBot, host: EngineHost
) -> None:
    start(view, qtbot, epochs=1)
    wait_end(view, qtbot)
    other = TrainPage(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(other)
    other.open({"run": view.session.folder})
    qtbot.waitUntil(lambda: bool(other.view.shelf.shown), timeout=LONG)
    curves = next(iter(other.view.shelf.shown.values()))
    assert len(other.view.charts.stack.plot("accuracy").points(curves, "checked")[0]) >= 1


def test_the_axis_key_and_the_tiles_choose_what_is_plotted(view: TrainView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_X)
    assert view.charts.stack.axis == "seconds"
    assert view.charts.axis.index() == 2
    tile = view.figures.tiles["gradient_norm"]
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert view.charts.stack.extra == "gradient_norm"
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert view.charts.stack.extra == ""


def test_the_page_speaks_another_language_while_it_trains(
    view: TrainView, qtbot: QtBot, qapp: QApplication, marked: Callable[[], None]
) -> None:
    start(view, qtbot, epochs=200)
    qtbot.waitUntil(lambda: steps(view) > 2, timeout=LONG)
    words.set_language(qapp, "ko")
    marked()
    qtbot.waitUntil(lambda: any(label.text() == "학습률" for label in view.setup.findChildren(QLabel)), timeout=LONG)
    sections = [one for one in view.findChildren(QLabel) if one.isVisible() and one.property("role") == "section"]
    assert any(one.text() for one in sections)
    qtbot.waitUntil(lambda: all("‹" in one.text() for one in sections if one.text()), timeout=LONG)
    view.session.run.cancel()  # type: ignore[union-attr]
    wait_end(view, qtbot)


def test_knobs_charts_and_evidence_explain_themselves(view: TrainView) -> None:
    parts = [*view.setup.knobs.sliders.values(), *view.figures.tiles.values()]
    parts += [view.evidence.gallery, view.evidence.matrix, view.evidence.filters, view.charts.stack.plot("loss")]
    assert all(explanation_of(part) for part in parts)


def test_what_was_begun_is_shown_though_another_recipe_was_chosen_meanwhile(view: TrainView, qtbot: QtBot) -> None:
    view.setup.choose_recipe("digits-quick")
    view.start()
    view.setup.choose_recipe("cifar-alexnet-mini")  # has settings of another kind
    qtbot.waitUntil(lambda: view.setup.recipe.id == "digits-quick")
    assert type(view.setup.settings()) is type(view.session.settings)
    view.session.run.cancel()
    qtbot.waitUntil(lambda: not view.session.busy)


def test_a_double_start_and_a_click_on_nothing_do_no_harm(view: TrainView, qtbot: QtBot) -> None:
    start(view, qtbot, epochs=100)
    run = view.session.run
    view.start()
    assert view.session.run is run
    assert view.evidence.gallery.at(QPointF(-5, -5)) is None
    run.cancel()  # type: ignore[union-attr]
    wait_end(view, qtbot)


def test_the_page_does_its_job_for_the_self_test(page: TrainPage, qtbot: QtBot) -> None:
    done: list[bool] = []
    page.do_its_job(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=120_000)
    assert len(page.view.session.curves.tests) == 1  # type: ignore[union-attr]
    assert page.view.reading.reader.bars.values() is not None


def test_what_a_person_set_for_the_same_data_outlives_a_run(view: TrainView, host: EngineHost, qtbot: QtBot) -> None:
    start(view, qtbot, epochs=2.0)
    wait_end(view, qtbot)
    view.look_round()
    done: list[bool] = []  # the lane runs one job after another: when this one ended, the look round has
    host.start(same("fence"), list_runs(), lane="io", owner=view, on_end=lambda run: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=LONG)
    assert view.setup.settings().epochs == 2.0


def test_a_small_data_set_is_shown_more_often(view: TrainView) -> None:
    view.setup.choose_recipe("mnist-deep")
    view.setup.choose_dataset("digits")
    assert view.setup.settings().epochs == 10
    assert view.setup.settings().held_out == 400


def test_the_gradient_of_every_layer_is_shown(view: TrainView, qtbot: QtBot) -> None:
    start(view, qtbot, epochs=2.0)
    wait_end(view, qtbot)
    view.evidence.show_part(2)
    bars = view.evidence.gradients
    assert list(bars.values) == ["conv1", "conv2", "fc1", "fc2"]
    assert all(value > 0 for value in bars.values.values())
    assert bars.isVisible()
    assert bars.accessibleDescription().startswith("conv1 ")
    bars.grab()  # paints


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_evidence_narrows_the_side_columns_of_a_small_window(
    page: TrainPage, view: TrainView, qapp: QApplication, qtbot: QtBot, language: Language
) -> None:
    words.set_language(qapp, language)
    view.setup.choose_recipe("mnist-deep")  # six layers to choose from
    view.setup.choose_dataset("digits")
    page.resize(1264, 712)  # the page of a window of 1280 × 800
    tell_room(page, True)
    start(view, qtbot, epochs=0.2)
    wait_end(view, qtbot)
    widths = []
    for part in range(3):
        view.evidence.show_part(part)
        qapp.processEvents()
        widths.append((view.setup.width(), view.reading.width()))
    assert len(set(widths)) == 1, widths


def test_another_recipe_chosen_leaves_the_run_in_view_its_names_and_start_begins_the_new_one(
    view: TrainView, qtbot: QtBot
) -> None:
    start(view, qtbot, epochs=1)
    wait_end(view, qtbot)
    shown = view.charts.panel.findChildren(QLabel)
    title = next(words.text() for words in shown if words.property("role") == "title")
    primary = next(b for b in view.bar.findChildren(QPushButton) if b.property("kind") == "primary")
    assert primary.text() == "Start again"
    view.setup.choose_recipe("cifar-alexnet-mini")
    view.watch.picture.named.emit([f"kind {number}" for number in range(10)])  # as when its data are read
    cell = view.evidence.matrix._tip(QPointF(view.evidence.matrix.rect().center()))
    assert "→" in cell and "kind" not in cell
    assert title in [words.text() for words in shown]
    assert primary.text() == "Start training"
