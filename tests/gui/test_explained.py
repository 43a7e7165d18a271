"""What is this? Every control, figure and chart has an answer, at three depths and in both languages."""

from __future__ import annotations

from collections.abc import Callable

from clipping import controls, nameless, painted
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.cards import Explanation
from engine.field_words import _table, help_for
from engine.text import Text
from gui import words
from gui.main_window import MainWindow
from gui.pages import PAGES
from gui.widgets.form import Form
from gui.widgets.kind_words import kinds
from gui.widgets.knobs import Knobs
from gui.widgets.lens import Lens, explanation_of

Open = Callable[..., MainWindow]


def test_every_control_figure_chart_and_setting_answers_what_is_this_and_has_a_name(open_window: Open) -> None:
    window = open_window()
    silent: list[str] = []
    for name in (page.id for page in PAGES):
        page = window.page(name)
        found = {type(w).__name__: explanation_of(w) for w in (*controls(page), *painted(page))}
        assert len(found) > 3
        silent += [f"{name}: {kind}" for kind, one in found.items() if one is None or not whole(one)]
        silent += [f"{name}: {who}" for who in nameless(page)]
        for form in page.findChildren(Form):
            silent += [f"{name}: {field}" for field, row in form.rows.items() if row.field.help is None]
        for knobs in page.findChildren(Knobs):
            silent += [f"{name}: {field}" for field, row in knobs.sliders.items() if explanation_of(row) is None]
    assert silent == []
    assert nameless(window.header) == []


def whole(one: Explanation) -> bool:
    """Whether it says what it is, what to look at and what it means."""
    return both(one.title) and both(one.look) and both(one.words)


def both(text: Text) -> bool:
    """Whether it says something in each language."""
    return bool(text.render("en").strip()) and bool(text.render("ko").strip())


def test_each_kind_of_thing_is_explained_in_two_languages_and_as_a_formula() -> None:
    for name, one in kinds().items():
        for text in (one.title, one.look, one.words):
            assert both(text), name
            assert text.render("en") != text.render("ko"), name
        assert one.formula, name


def test_each_setting_of_the_table_is_explained_in_two_languages_and_as_a_formula() -> None:
    for label in _table():
        one = help_for(Text(label, label))
        assert isinstance(one, Explanation)
        assert both(one.look) and both(one.words) and one.formula, label
        assert one.look.render("en") != one.look.render("ko"), label


def test_f1_on_a_button_without_words_of_its_own_explains_the_panel_it_stands_in(
    open_window: Open, qtbot: QtBot, qapp: QApplication
) -> None:
    window = open_window()
    window.resize(1440, 900)
    with qtbot.waitSignal(window.painted):
        window.show()
    window.go("benchmark")
    lens = window.current_page.findChild(Lens)
    bar = next(
        w for w in controls(window.current_page) if type(w.parentWidget()).__name__ == "JobBar" and w.isVisible()
    )
    bar.setFocus(Qt.FocusReason.TabFocusReason)
    window.help(pointer=False)
    assert lens.pinned
    assert lens.shown == kinds()["JobBar"]
    words.set_language(qapp, "ko")
    assert lens.shown.title.render("ko") == "작업 막대"
    QTest.keyClick(window, Qt.Key.Key_Escape)
