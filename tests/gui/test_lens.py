"""Anything may carry an explanation; focus, a rest of the pointer or F1 shows it in the page's Lens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.cards import Explanation
from engine.text import Text
from gui import words
from gui.widgets.basics import SliderRow, column
from gui.widgets.lens import Lens, explain, explain_now, explanation_of

STRIDE = Explanation(
    Text("Stride", "보폭 (stride)"),
    Text("Look there.", "저기를 보세요."),
    Text("It jumps.", "건너뛰어요."),
    "out = in / s",
)
OTHER = Explanation(
    Text("Pool", "풀링 (pool)"), Text("Look.", "보세요."), Text("It takes the most.", "가장 큰 것을 골라요."), "max"
)


def page(qtbot: QtBot) -> tuple[QWidget, QPushButton, SliderRow, Lens]:
    whole, button, slider, lens = QWidget(), QPushButton("a"), SliderRow(0, 1, 0.5), Lens()
    whole.setLayout(column(QPushButton("none"), button, slider, lens))
    whole.resize(1500, 900)
    qtbot.addWidget(whole)
    explain(button, STRIDE)
    explain(slider, OTHER)
    whole.show()
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    QCursor.setPos(whole.mapToGlobal(QPoint(1, 1)))  # the pointer rests on nothing: F1 asks it first
    return whole, button, slider, lens


def texts(lens: Lens) -> list[str]:
    return [w.text() for w in lens.findChildren(QLabel) if w.isVisibleTo(lens)]


def test_focus_shows_the_explanation_of_the_control(qtbot: QtBot) -> None:
    _, button, slider, lens = page(qtbot)
    button.setFocus()
    qtbot.waitUntil(lambda: lens.shown == STRIDE)
    assert "It jumps." in texts(lens)
    slider.setFocus()
    qtbot.waitUntil(lambda: lens.shown == OTHER)


def test_a_rest_of_the_pointer_shows_it_too(qtbot: QtBot) -> None:
    _whole, button, _, lens = page(qtbot)
    QApplication.sendEvent(button, QEvent(QEvent.Type.Enter))
    qtbot.waitUntil(lambda: lens.shown == STRIDE, timeout=2000)


def test_f1_pins_what_has_the_focus_and_focus_no_longer_changes_it(qtbot: QtBot) -> None:
    whole, button, slider, lens = page(qtbot)
    button.setFocus()
    assert explain_now(whole)
    assert lens.pinned
    slider.setFocus()
    assert lens.shown == STRIDE
    lens.pin(STRIDE)
    assert not lens.pinned


def test_f1_has_nothing_to_say_where_nothing_is_explained(qtbot: QtBot) -> None:
    whole, *_ = page(qtbot)
    whole.findChildren(QPushButton)[0].setFocus()
    assert not explain_now(whole)


def test_a_part_is_explained_by_the_thing_it_lies_in(qtbot: QtBot) -> None:
    _whole, _, slider, _ = page(qtbot)
    assert explanation_of(slider.slider) == OTHER


def test_the_card_speaks_korean_after_a_switch(qtbot: QtBot, qapp: QApplication) -> None:
    _whole, button, _, lens = page(qtbot)
    button.setFocus()
    words.set_language(qapp, "ko")
    qtbot.waitUntil(lambda: "건너뛰어요." in texts(lens))
    assert "보폭 (stride)" in texts(lens)


def test_in_a_small_window_it_is_one_line_that_opens(qtbot: QtBot) -> None:
    _whole, button, _, lens = page(qtbot)
    button.setFocus()
    lens.room_changed(True)
    assert "It jumps." not in texts(lens)
    lens.pin(STRIDE)
    assert "It jumps." in texts(lens)
