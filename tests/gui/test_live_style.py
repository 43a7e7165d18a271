"""The style card in Live: its controls come with its switch, and what they say is what is painted."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.live.overlays import BUILT_IN, STYLE
from gui.pages.live_setup import LiveSetup


def test_the_style_card_brings_a_painting_to_choose_and_a_strength(qtbot: QtBot) -> None:
    setup = LiveSetup(QWidget())
    qtbot.addWidget(setup)
    setup.show_cards((*BUILT_IN, STYLE))
    setup.show()
    assert not setup.style_of.isVisible()
    setup.overlays.switch("style", True)
    assert setup.style_of.isVisible()
    place = setup.style_of.style_box.findData("scream")
    setup.style_of.style_box.setCurrentIndex(place)
    setup.style_of.style_box.activated.emit(place)
    setup.style_of.strength.changed.emit(0.5)
    now = setup.settings()
    assert ("style" in now.overlays, now.style, now.style_strength) == (True, "scream", 0.5)
    setup.overlays.switch("style", False)
    assert not setup.style_of.isVisible()
