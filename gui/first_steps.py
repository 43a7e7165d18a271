"""The short tour of the first start: four stops, each one sentence. It can be left at any time and asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.widgets.draw_pad import DrawPad
from gui.widgets.tour_strip import Stop, TourStrip

if TYPE_CHECKING:
    from gui.main_window import MainWindow

SEEN = "tour"  # in the kept state of the window


def _pad() -> str:
    return QCoreApplication.translate(
        "FirstSteps", "Draw a digit here with the mouse. A network answers while you draw."
    )


def _tabs() -> str:
    return QCoreApplication.translate(
        "FirstSteps", "Each tab is a laboratory of its own and begins with one click. Ctrl+1 to Ctrl+9 go there."
    )


def _help() -> str:
    return QCoreApplication.translate(
        "FirstSteps", "Rest the pointer on anything and press F1: it says what it is, in words and as a formula."
    )


def _models() -> str:
    return QCoreApplication.translate(
        "FirstSteps", "Here is what came with the app, and what can be downloaded and why. All else works offline."
    )


def first_steps(window: MainWindow) -> TourStrip:
    """The tour of this window; hidden until it begins."""
    head = window.header

    def pad() -> DrawPad:
        found = window.page("home").findChild(DrawPad)
        assert isinstance(found, DrawPad)
        return found

    stops = (
        Stop(pad, _pad),
        Stop(lambda: head.tabs, _tabs),
        Stop(lambda: head.help_button, _help),
        Stop(lambda: head.models_button, _models),
    )
    return TourStrip(window, stops)
