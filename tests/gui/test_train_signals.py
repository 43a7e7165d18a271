"""Signals and transfer in the Train tab: numbers are typed, kernels slide, sensors are switched off, ways compared."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.settings import Settings
from gui.context import Context
from gui.pages.train import TrainPage
from gui.pages.train_signal import SignalReading, drawn
from gui.pages.train_view import TrainView
from gui.widgets.signal_kernel import SignalKernel

LONG = 60_000  # ms: two shared cores
pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture
def view(qtbot: QtBot, host: EngineHost) -> Iterator[TrainView]:
    page = TrainPage(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(page)
    page.resize(1280, 760)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: page.view.setup.dataset != "auto", timeout=LONG)
    yield page.view
    if page.view.session.run:
        page.view.session.run.cancel()


def train(view: TrainView, qtbot: QtBot, id: str, **settings: object) -> None:
    view.setup.choose_recipe(id)
    view.setup.show_settings(dataclasses.replace(view.setup.settings(), **settings))  # type: ignore[arg-type]
    view.start()
    assert view.session.busy
    qtbot.waitUntil(lambda: not view.session.busy and view.bar.end_words != "", timeout=LONG)


def test_typed_numbers_are_gone_on_from(view: TrainView, qtbot: QtBot) -> None:
    train(view, qtbot, "next-number", epochs=300.0, keep_checkpoints=0)
    signal = view.watch.signal
    assert signal.typing
    assert not signal.bars.isVisible()
    qtbot.waitUntil(lambda: signal.answer.text().startswith("→"), timeout=LONG)
    first = float(signal.answer.text().removeprefix("→ "))
    signal.typed.clear()
    qtbot.keyClicks(signal.typed, "10 20 30")
    qtbot.waitUntil(lambda: abs(float(signal.answer.text().removeprefix("→ ") or 0) - 40) < 8, timeout=LONG)
    assert first > 70
    qtbot.keyClicks(signal.typed, "x")
    assert signal.answer.text() == ""
    assert "not three numbers" in signal.note.text()
    assert "4 windows (train)" in view.bar.end_words


def test_a_trained_fusion_shows_its_kernel_its_mistakes_and_what_each_sensor_is_worth(
    view: TrainView, qtbot: QtBot
) -> None:
    train(view, qtbot, "sensor-fusion", epochs=0.6)
    signal = view.watch.signal
    qtbot.waitUntil(lambda: signal.bars.values() is not None, timeout=LONG)
    values = signal.bars.values()
    assert values is not None
    assert len(values) == 5
    before = signal.label.text()
    qtbot.mouseClick(signal.another, Qt.MouseButton.LeftButton)
    assert signal.label.text() != before  # another class in turn
    checked = view.watch.evidence.checked
    assert checked is not None
    assert checked.mistakes.images.shape[1:] == (64, 64, 3)  # curves, drawn
    assert "windows (val)" in view.bar.end_words
    dialog = view.asking.sensors()
    qtbot.waitUntil(lambda: len(dialog.switches) == 7 and not dialog.busy, timeout=LONG)
    whole = dialog.bars.values[0]
    for switch in dialog.switches:
        switch.setChecked(False)
    qtbot.waitUntil(lambda: not dialog.busy and len(dialog.bars.values) == 10, timeout=LONG)
    assert dialog.bars.values[0] < whole
    dialog.close()


def test_the_kernel_slides_by_hand_and_by_itself(qtbot: QtBot) -> None:
    strip = SignalKernel()
    qtbot.addWidget(strip)
    strip.resize(300, 200)
    strip.show()
    strip.show_window(np.random.default_rng(0).normal(size=(40, 2)).astype(np.float32), ("a", "b"))
    strip.show_answer(np.arange(20, dtype=np.float32), wide=5, stride=2, padding=2)
    strip.go_to(3)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert strip.at == 4
    qtbot.keyClick(strip, Qt.Key.Key_Space)
    assert strip.playing
    qtbot.waitUntil(lambda: strip.at != 4, timeout=LONG)
    strip.hide()
    assert not strip.playing


def test_without_weights_it_says_so_instead_of_an_answer(qtbot: QtBot, host: EngineHost) -> None:
    from engine.train.recipes import recipe

    reading = SignalReading(host)
    qtbot.addWidget(reading)
    reading.show()
    reading.use_recipe(recipe("sensor-fusion"))
    qtbot.waitUntil(lambda: reading.note.isVisible(), timeout=LONG)
    assert "Train them first" in reading.note.text()


def test_ways_are_compared_in_a_table_and_a_chart(view: TrainView, qtbot: QtBot) -> None:
    view.setup.choose_recipe("transfer-digits")
    assert view.setup.ways_button.isVisible()
    view.setup.show_settings(dataclasses.replace(view.setup.settings(), epochs=0.6, held_out=40))
    dialog = view.asking.ways()
    for count, box in dialog.counts.items():
        box.setChecked(count == 10)
    dialog.ways["tuned"].setChecked(False)
    with qtbot.waitSignal(dialog.over, timeout=2 * LONG):
        dialog.start()
        assert dialog.busy
    figures = [dialog.figures[way, 10].text() for way in ("scratch", "frozen")]
    assert all(text.endswith("%") for text in figures)
    assert dialog.figures["partly", 10].text() == "–"
    assert "times fewer errors" in dialog.words.text()
    assert "10" in dialog.chart.accessibleDescription()
    dialog.close()


def test_checks_of_pictures_stay_as_they_are(view: TrainView, qtbot: QtBot) -> None:
    view.setup.choose_recipe("digits-quick")
    train(view, qtbot, "digits-quick", epochs=1.0)
    checked = view.watch.evidence.checked
    assert checked is not None
    assert drawn(checked) is checked
