"""The window: tabs, languages, themes, keys, and leaving while something runs."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterator

import pytest
from clipping import clipped, squeezed
from PySide6.QtCore import Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from engine import places
from engine import settings as kept
from engine.files import read_tensors
from engine.host import EngineHost
from engine.jobs import Event, Progress, result_of
from engine.rl.dqn import train as teach_agent
from engine.rl.events import Started
from engine.rl.run_folder import agents
from engine.settings import Settings
from engine.text import same
from engine.train.fit import train
from engine.train.runs import list_runs
from gui import theme, words
from gui.find import Find
from gui.keys_dialog import KeysDialog
from gui.main_window import MainWindow
from gui.pages import PAGES
from gui.pages.dqn_setup import LEARN
from gui.settings_dialog import SettingsDialog
from gui.widgets.columns import Columns

Open = Callable[..., MainWindow]


def show(window: MainWindow, qtbot: QtBot, size: tuple[int, int] = (1280, 800)) -> MainWindow:
    window.resize(*size)
    with qtbot.waitSignal(window.painted):
        window.show()
    return window


def test_only_home_is_built_before_the_first_paint(open_window: Open) -> None:
    window = open_window()
    tabs = ["home", "datasets", "train", "live", "caption", "style", "latent", "dqn", "benchmark"]
    assert [p.id for p in PAGES] == tabs
    assert list(window._built) == [0]


def test_every_tab_opens_by_its_key(open_window: Open, qtbot: QtBot) -> None:
    window = show(open_window(), qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for key, page in (
        (Qt.Key.Key_2, "datasets"),
        (Qt.Key.Key_3, "train"),
        (Qt.Key.Key_4, "live"),
        (Qt.Key.Key_1, "home"),
    ):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.current_page.id == page


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("id", [p.id for p in PAGES])
def test_no_word_is_clipped_in_the_smallest_window(
    open_window: Open, qtbot: QtBot, qapp: QApplication, id: str, language: words.Language
) -> None:
    words.set_language(qapp, language)
    window = show(open_window(Settings(theme="dark", language=language)), qtbot)
    window.go(id)

    def all_fits() -> None:  # words that arrive from a job are laid out one turn later
        assert clipped(window) == []
        assert squeezed(window) == []

    qtbot.waitUntil(all_fits)


def test_all_words_change_while_the_window_is_open(open_window: Open, qtbot: QtBot, marked: Callable[[], None]) -> None:
    window = show(open_window(), qtbot)
    marked()
    qtbot.waitUntil(lambda: window.header.tabs.tabText(0).startswith("‹"))
    own = {"Convoscope", "EN", "한국어", "28 × 28", "MNIST", "–", *(f"Ctrl+{i}" for i in range(1, 10))}
    shown = [w.text() for w in window.current_page.findChildren(QLabel) if w.isVisible() and w.text()]
    assert [text for text in shown if "‹" not in text and text not in own] == []


def test_the_language_button_changes_the_engine_words_too_and_is_remembered(open_window: Open, qtbot: QtBot) -> None:
    window = show(open_window(), qtbot)
    window.header.language_chosen.emit("ko")
    assert words.language() == "ko"
    qtbot.waitUntil(lambda: kept.load()[0].language == "ko")


def test_the_theme_button_switches_and_is_remembered(open_window: Open, qtbot: QtBot) -> None:
    window = show(open_window(), qtbot)
    window.header.theme_asked.emit()
    assert theme.current().name == "light"
    qtbot.waitUntil(lambda: kept.load()[0].theme == "light")


def test_the_name_goes_in_a_small_window(open_window: Open, qtbot: QtBot) -> None:
    window = show(open_window(), qtbot, (1440, 900))
    assert window.header._name.isVisible()
    window.resize(1280, 800)
    assert not window.header._name.isVisible()


def test_closing_the_window_while_a_job_runs_ends_every_thread(
    open_window: Open, qtbot: QtBot, host: EngineHost
) -> None:
    window, saved, pace = show(open_window(), qtbot), threading.Event(), threading.Event()

    def training() -> Iterator[Event]:
        try:
            while True:
                pace.wait(0.002)
                yield Progress(1, 10)
        finally:
            saved.set()  # a training saves its checkpoint here

    run = host.train(same("training"), training(), owner=window)
    qtbot.waitUntil(lambda: run.state.value == "running")
    window.close()
    assert saved.is_set()
    assert all(thread.isFinished() for thread in host.findChildren(QThread))
    assert not window.isVisible()


def test_the_place_of_the_window_is_kept(open_window: Open, qtbot: QtBot) -> None:
    window = show(open_window(), qtbot, (1300, 820))
    window.close()
    settings, _ = kept.load()
    assert settings.window["geometry"]
    again = open_window(settings)
    assert (again.width(), again.height()) != (1440, 900)  # Qt fits what was kept into the screen


def test_find_goes_to_a_recipe_by_its_korean_name(open_window: Open, qtbot: QtBot) -> None:
    window = show(open_window(), qtbot)
    window.find_anything()
    find = window.findChild(Find)
    field = find.findChild(QLineEdit)
    field.setText("깊은")
    assert find.found() == ["Deep CNN"]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.current_page.id == "train"


def test_find_says_when_there_is_nothing(open_window: Open, qtbot: QtBot) -> None:
    window = show(open_window(), qtbot)
    window.find_anything()
    find = window.findChild(Find)
    find.findChild(QLineEdit).setText("zzz")
    assert find.found() == []
    find.reject()


def test_help_shows_the_keys_where_nothing_has_an_explanation(open_window: Open, qtbot: QtBot) -> None:
    window = show(open_window(), qtbot)
    window.setFocus()
    window.header.help_asked.emit()
    dialog = window.findChild(KeysDialog)
    assert dialog.isVisible()
    assert clipped(dialog) == []
    dialog.reject()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_settings_fit_and_act_at_once(
    open_window: Open, qtbot: QtBot, qapp: QApplication, language: words.Language
) -> None:
    words.set_language(qapp, language)
    window = show(open_window(Settings(theme="dark", language=language)), qtbot)
    window.open_settings()
    dialog = window.findChild(SettingsDialog)
    assert dialog.isVisible()
    assert clipped(dialog) == []
    dialog._theme.chosen.emit(1)
    assert theme.current().name == "light"
    dialog.reject()


def test_the_projector_hides_the_sides_and_escape_leaves_it(
    open_window: Open, qtbot: QtBot, qapp: QApplication
) -> None:
    window = show(open_window(), qtbot, (1440, 900))
    window.go("datasets")
    columns = window.current_page.findChild(Columns)
    window.toggle_projector()
    assert [columns.widget(i).isVisible() for i in range(3)] == [False, True, False]
    assert theme.scale() > 1
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert [columns.widget(i).isVisible() for i in range(3)] == [True, True, True]
    assert theme.scale() == 1


def test_f6_moves_the_keyboard_to_the_next_column(open_window: Open, qtbot: QtBot) -> None:
    window = show(open_window(), qtbot)
    window.go("train")
    columns = window.current_page.findChild(Columns)
    seen = []
    for _ in range(3):
        columns.focus_next()
        focus = window.focusWidget()
        seen.append(next(i for i in range(3) if columns.widget(i).isAncestorOf(focus)))
    assert seen == [0, 1, 2]


def test_a_training_cut_off_by_closing_the_window_can_be_resumed(open_window: Open, qtbot: QtBot) -> None:
    window = show(open_window(), qtbot)
    setup = window.page("train").view.setup  # type: ignore[attr-defined]
    setup.choose_recipe("digits-quick")
    setup.show_settings(dataclasses.replace(setup.settings(), epochs=500.0))
    window.go("train", {"start": True})
    qtbot.waitUntil(lambda: any(places.runs().glob("*/best.safetensors")), timeout=30_000)  # after its first check
    window.close()
    (run,) = result_of(list_runs())
    assert (run.state, run.resumable) == ("stopped", True)
    went_on = train("", resume=run.folder, seconds=run.seconds + 0.2)
    assert result_of(went_on).steps > run.steps > 0


def test_an_agent_cut_off_by_closing_the_window_goes_on(open_window: Open, qtbot: QtBot) -> None:
    window = show(open_window(), qtbot)
    window.go("dqn")
    view = window.page("dqn").view  # type: ignore[attr-defined]
    view.show_mode(LEARN)
    view.start()
    qtbot.waitUntil(lambda: len(view.learn.loss.points) > 1, timeout=60_000)
    window.close()
    (weights,) = agents().glob("*/last.safetensors")
    stood = int(read_tensors(weights)[1]["step"])
    went_on = teach_agent("", resume=weights.parent)
    begun = next(event for event in went_on if isinstance(event, Started))
    went_on.close()
    assert begun.step == stood > 0
