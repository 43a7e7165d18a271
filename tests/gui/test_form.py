"""The form from a dataclass: a control for each field, a sentence under what will not do, knobs that act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from engine.rl.table import TableSettings
from engine.train.settings import TrainSettings
from gui import words
from gui.widgets.basics import Toggle
from gui.widgets.form import Form
from gui.widgets.knobs import Knobs


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    form = Form(TrainSettings(), only=("epochs", "batch_norm", "schedule", "seed", "shift"))
    qtbot.addWidget(form)
    form.show()
    return form


def write(form: Form, name: str, text: str, qtbot: QtBot) -> None:
    field = form.rows[name].control
    assert isinstance(field, QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_each_kind_of_field_gets_its_control(form: Form) -> None:
    kinds = {name: type(row.control) for name, row in form.rows.items()}
    assert kinds["batch_norm"] is Toggle
    assert kinds["schedule"] is QComboBox
    assert kinds["seed"] is QLineEdit


def test_what_a_person_writes_becomes_the_settings(form: Form, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.changed):
        write(form, "seed", "42", qtbot)
    assert form.value().seed == 42
    assert form.value().learning_rate == TrainSettings().learning_rate


def test_a_bad_number_gets_a_sentence_under_its_field(form: Form, qtbot: QtBot) -> None:
    write(form, "shift", "3,0", qtbot)
    assert form.rows["shift"].problem() == "Write a number with a point, for example 0.5."
    write(form, "shift", "99", qtbot)
    assert form.rows["shift"].problem() == "Between 0 and 8."
    write(form, "shift", "3", qtbot)
    assert form.rows["shift"].problem() == ""
    assert form.value().shift == 3.0


def test_the_cursor_goes_to_the_field_that_will_not_do(form: Form, qtbot: QtBot) -> None:
    write(form, "seed", "x", qtbot)
    with qtbot.waitExposed(form):
        pass
    assert form.go_to_problem()
    assert form.rows["seed"].control.hasFocus()


def test_fields_become_plain_text_while_a_job_runs(form: Form) -> None:
    form.set_locked(True)
    assert all(row.control.isHidden() for row in form.rows.values())
    form.set_locked(False)
    assert not any(row.control.isHidden() for row in form.rows.values())


def test_a_problem_is_said_in_the_language_in_force(form: Form, qtbot: QtBot, qapp: QApplication) -> None:
    write(form, "shift", "99", qtbot)
    words.set_language(qapp, "ko")
    qtbot.waitUntil(lambda: form.rows["shift"].problem() == "0에서 8 사이예요.")
    assert form.rows["shift"].control.accessibleName() == "이동"


def test_sentences_of_the_form_go_through_the_translator(form: Form, qtbot: QtBot, marked: Callable[[], None]) -> None:
    write(form, "shift", "x", qtbot)
    marked()
    qtbot.waitUntil(lambda: form.rows["shift"].problem().startswith("‹"))


def test_a_slider_changes_only_its_live_field(qtbot: QtBot) -> None:
    knobs = Knobs(TrainSettings())
    qtbot.addWidget(knobs)
    assert set(knobs.sliders) == {"learning_rate", "dropout", "augment", "batch_size"}
    with qtbot.waitSignal(knobs.changed) as moved:
        qtbot.keyClick(knobs.sliders["batch_size"].slider, Qt.Key.Key_Right)
    name, value = moved.args
    assert name == "batch_size"
    assert value == int(value)
    assert knobs.values()["dropout"] == TrainSettings().dropout


def test_a_knob_remembers_what_it_was_until_the_run_ends(qtbot: QtBot) -> None:
    knobs = Knobs(TrainSettings())
    qtbot.addWidget(knobs)
    knobs.note_move("learning_rate", 0.006, 520)
    assert knobs.notes()["learning_rate"] == "was 0.006 until step 520"
    knobs.forget_moves()
    assert not any(knobs.notes().values())


def test_a_knob_at_0_says_what_that_means_in_the_language_in_use(qtbot: QtBot, qapp: QApplication) -> None:
    """A table learns at full speed, and its knob said 0.00 steps a second."""
    knobs = Knobs(TableSettings())
    qtbot.addWidget(knobs)
    figure = knobs.sliders["speed"].figure
    assert figure.text() == "full speed"
    words.set_language(qapp, "ko")
    qtbot.waitUntil(lambda: figure.text() == "최고 속도")
    knobs.set_value(TableSettings(speed=20.0))
    assert figure.text() == "20.00"
