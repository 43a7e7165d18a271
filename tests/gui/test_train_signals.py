"""Signals and transfer in the Train tab: numbers are typed, kernels slide, sensors are switched off, ways compared."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.settings import Settings
from engine.zoo.transferred import BACKBONES
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
    train(view, qtbot, "sensor-fusion", epochs=3.0)  # by then it is better than the most frequent answer
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


def test_a_recording_runs_on_and_the_network_answers_as_it_does(view: TrainView, qtbot: QtBot) -> None:
    train(view, qtbot, "sensor-fusion", epochs=0.6)
    signal = view.watch.signal
    qtbot.waitUntil(lambda: signal.bars.values() is not None, timeout=LONG)
    qtbot.mouseClick(signal.live_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: signal.live.playing, timeout=LONG)
    first = signal.live.window
    qtbot.waitUntil(lambda: not np.array_equal(signal.live.window, first), timeout=LONG)
    labels, answers = set[str](), set[tuple[float, ...]]()

    def heard() -> bool:
        values = signal.bars.values()
        labels.add(signal.label.text())
        answers.add(() if values is None else tuple(values))
        return len(labels) > 1 and len(answers) > 3

    qtbot.waitUntil(heard, timeout=LONG)  # the person did something else, and the bars moved
    qtbot.mouseClick(signal.live_button, Qt.MouseButton.LeftButton)
    assert not signal.live.playing
    qtbot.mouseClick(signal.live_button, Qt.MouseButton.LeftButton)
    view.setup.choose_recipe("digits-quick")
    assert not signal.live.playing  # out of sight it stands


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


def test_a_slider_freezes_the_backbone_part_by_part(view: TrainView, qtbot: QtBot) -> None:
    freeze, strip = view.setup.freeze, view.setup.recipes.strip
    assert not freeze.isVisible()  # nothing to freeze in a network from zero
    view.setup.choose_recipe("transfer-photos")
    assert freeze.isVisible() and view.setup.settings().freeze == 9
    assert strip.accessibleDescription() == "6 / 7"
    freeze.slider.setFocus()
    for _ in range(6):
        qtbot.keyClick(freeze.slider, Qt.Key.Key_PageDown)
    assert view.setup.settings().freeze == 4 and "4" in freeze.figure.text()
    assert strip.accessibleDescription() == "3 / 7"
    view.setup.show_settings(dataclasses.replace(view.setup.settings(), freeze=0))
    assert view.setup.settings().freeze == 0 and strip.accessibleDescription() == ""
    view.setup.choose_recipe("transfer-digits")
    assert view.setup.settings().freeze == 0
    view.setup.choose_recipe("digits-quick")
    assert not freeze.isVisible() and strip.accessibleDescription() == ""


def test_backbone_neck_and_head_are_named_on_a_photograph_and_backbones_are_timed_here(
    view: TrainView, qtbot: QtBot, tmp_path: Path
) -> None:
    view.setup.choose_recipe("transfer-photos")
    assert view.setup.parts_button.isVisible()
    dialog = view.asking.parts()
    qtbot.waitUntil(lambda: "road" in dialog._legend.text() or "%" in dialog._legend.text(), timeout=LONG)
    heads = [head.text() for head in dialog._heads]
    assert [head.split(":")[0] for head in heads] == ["Backbone", "Neck", "Head"]
    assert all("parameters" in count.text() for count in dialog._counts)
    qtbot.waitUntil(lambda: sum(cell.text().endswith(" ms") for cell in dialog._cells) == len(BACKBONES), timeout=LONG)
    (tmp_path / "꽃.png").write_bytes(b"no picture")
    dialog.look(tmp_path / "꽃.png")
    qtbot.waitUntil(lambda: "꽃.png" in dialog.note.text(), timeout=LONG)
    dialog.close()


def test_checks_of_pictures_stay_as_they_are(view: TrainView, qtbot: QtBot) -> None:
    view.setup.choose_recipe("digits-quick")
    train(view, qtbot, "digits-quick", epochs=1.0)
    checked = view.watch.evidence.checked
    assert checked is not None
    assert drawn(checked) is checked
