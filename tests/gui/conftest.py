"""What the window's tests share: a dressed application that speaks English again after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.settings import Settings
from gui import theme, words
from gui.appearance import Appearance
from gui.context import Context
from gui.main_window import MainWindow


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """Dark and English before and after."""
    if theme.current().name != "dark" or not qapp.styleSheet():
        theme.apply(qapp, "dark")
    yield qapp
    if words.language() != "en":
        words.set_language(qapp, "en")


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot, host: EngineHost) -> Iterator[Callable[..., MainWindow]]:
    """Make a window with its context on the test's host; closed at the end."""
    windows = []

    def make(settings: Settings | None = None) -> MainWindow:
        context = Context(host, settings or Settings(theme="dark", language="en"))
        window = MainWindow(host, context, Appearance(qapp, context))
        windows.append((window, context))
        qtbot.addWidget(window)
        return window

    yield make
    for window, _ in windows:
        window.close()


class Marked(QTranslator):
    """A language in which every sentence stands in angle quotes: shows what is said through tr()."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, note: str | None = None, n: int = -1) -> str:
        return f"‹{text}›"


@pytest.fixture
def marked(qapp: QApplication) -> Iterator[Callable[[], None]]:
    """Switch to the marked language while everything is open; back at the end."""
    translator = Marked()
    yield lambda: qapp.installTranslator(translator) and None
    qapp.removeTranslator(translator)
