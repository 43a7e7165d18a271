"""The rooms of the Live tab for experiments: convolution lab, opened networks, classes of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.jobs import result_of
from engine.live.available import opened
from engine.live.bundled_picture import bundled_picture
from engine.live.overlays import Classified
from engine.live.own import own_overlays
from engine.live.settings import LiveSettings
from engine.settings import Settings
from engine.text import same
from gui.context import Context
from gui.pages.live_lab import LabView
from gui.pages.live_net import NetView
from gui.pages.live_teach import TeachView
from gui.widgets.lab_pair import PicturePair
from gui.widgets.lens import Lens, explanation_of
from gui.widgets.net_diagram import NetDiagram
from gui.words import set_language

pytestmark = pytest.mark.usefixtures("one_core")
WAIT = 30_000  # milliseconds; the machine may be busy


@pytest.fixture
def mount(qtbot: QtBot, host: EngineHost) -> Callable[[type], QWidget]:
    contexts = []

    def make(kind: type) -> QWidget:
        contexts.append(Context(host, Settings(theme="dark", language="en")))
        view: QWidget = kind(host, contexts[-1])
        qtbot.addWidget(view)
        view.resize(984, 580)
        view.show()
        return view

    return make


def photo(name: str) -> np.ndarray:
    found: np.ndarray = result_of(bundled_picture(name)).picture
    return cv2.resize(found, (320, 240), interpolation=cv2.INTER_AREA)


def test_the_lab_starts_on_a_photograph_and_prints_the_sum_of_a_clicked_pixel(
    qtbot: QtBot, mount: Callable[[type], LabView]
) -> None:
    view = mount(LabView)
    room = view.picture
    qtbot.waitUntil(lambda: room.found is not None, timeout=WAIT)
    assert room.found is not None and room.found.picture.shape == (300, 451, 3)
    before = room.found.at
    right = room.pair._rooms()[1]
    qtbot.mouseClick(room.pair, Qt.MouseButton.LeftButton, pos=(right.topLeft().toPoint() + QPoint(30, 20)))
    qtbot.waitUntil(lambda: room.found is not None and room.found.at != before, timeout=WAIT)
    assert room.found.terms.line(0) in room.sums.text() and "(451 + 0 − 3) / 1" in room.formula.text()


def test_a_typed_weight_acts_on_the_live_picture_and_a_word_is_marked(
    qtbot: QtBot, mount: Callable[[type], LabView]
) -> None:
    view = mount(LabView)
    picture = photo("coffee.png")
    view.use_picture(picture, same("camera"))
    room, knobs = view.picture, view.picture.knobs
    knobs.presets.setCurrentIndex(0)
    knobs.presets.activated.emit(0)  # identity
    qtbot.waitUntil(lambda: room.found is not None and room.found.settings.layer.weights[1][1] == 1, timeout=WAIT)
    middle = knobs.editor._cells[1][1]
    middle.selectAll()
    qtbot.keyClicks(middle, "0.5")
    qtbot.waitUntil(lambda: room.found is not None and room.found.settings.layer.weights[1][1] == 0.5, timeout=WAIT)
    assert room.found is not None
    assert np.abs(room.found.result.astype(int) - picture[1:-1, 1:-1] / 2).max() <= 0.5
    assert knobs.presets.currentText() == "Your own"
    middle.selectAll()
    qtbot.keyClicks(middle, "x")
    assert knobs.settings() is None and middle.property("bad")
    knobs.kernel_size.changed.emit(7)
    assert knobs.editor.side == 7 and knobs.settings() is not None


def test_nine_steps_are_played_and_the_misprint_is_told(qtbot: QtBot, mount: Callable[[type], LabView]) -> None:
    view = mount(LabView)
    view.open_room(1)
    tables = view.tables
    for _ in range(9):
        qtbot.mouseClick(tables.on, Qt.MouseButton.LeftButton)
    assert tables.step == 8 and tables.count.text() == "Step 9 of 9" and tables.sums.text().endswith("= 4")
    assert not tables.note.text()
    tables.show_table(1)
    tables.show_step(16)
    assert "1 3 3 4 1" in tables.note.text() and tables.sums.text().endswith("= 3")
    view.open_room(2)
    assert "28" in view.field.saved.text()


def test_one_and_three_directions_and_shapes_are_rooms_of_the_lab(
    qtbot: QtBot, mount: Callable[[type], LabView]
) -> None:
    view = mount(LabView)
    view.use_picture(photo("coffee.png"), same("coffee"))
    view.open_room(3)
    qtbot.waitUntil(lambda: view.strip.found is not None, timeout=WAIT)
    assert view.strip.sums.text().count("×") == 9 and "(1, 320, 3)  →  (1, 312, 3)" in view.strip.shape.text()
    view.strip.stride.slider.setValue(view.strip.stride.slider.maximum())
    qtbot.waitUntil(lambda: "(1, 78, 3)" in view.strip.shape.text(), timeout=WAIT)
    view.open_room(4)
    qtbot.waitUntil(lambda: view.film.found is not None, timeout=WAIT)
    assert view.film.found is not None and view.film.found.shape[0] == 16  # a film is made of a still picture
    for i in range(4):
        view.use_picture(np.roll(photo("coffee.png"), 9 * (i + 1), axis=1), same("coffee"))
    qtbot.waitUntil(lambda: view.film.found is not None and view.film.found.shape[0] < 16, timeout=WAIT)
    view.open_room(5)
    assert view.shapes.shapes().after == (30, 30) and "448" in view.shapes.lines.text()
    view.shapes.kind._group.button(2).click()
    assert "nn.Conv3d(3, 16, 3, stride=1, padding=0)" in view.shapes.lines.text()


def test_a_layer_is_chosen_on_the_diagram_a_map_enlarged_and_a_class_found(
    qtbot: QtBot, mount: Callable[[type], NetView]
) -> None:
    view = mount(NetView)
    qtbot.waitUntil(lambda: view.found is not None, timeout=WAIT)
    assert view.found is not None and not view.found.backward
    assert "V1" in view.cortex.text()
    view.open_layer(len(view.found.parts) - 2)
    qtbot.waitUntil(lambda: "V3" in view.cortex.text(), timeout=WAIT)
    qtbot.mouseClick(view.diagram, Qt.MouseButton.LeftButton, pos=view.diagram.rect_of(4).center().toPoint())
    qtbot.waitUntil(lambda: view.found is not None and view.found.wish.layer == 4, timeout=WAIT)
    qtbot.mouseClick(view.maps, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert view.pane.enlarges
    qtbot.mouseClick(view.pane, Qt.MouseButton.LeftButton)
    assert not view.pane.enlarges
    lynx = view.side.targets.findText("lynx")
    view.side.targets.setCurrentIndex(lynx)
    view.side.targets.activated.emit(lynx)
    qtbot.waitUntil(lambda: view.found is not None and view.found.target == lynx - 1, timeout=WAIT)


def test_the_digit_network_is_opened_on_a_digit(qtbot: QtBot, mount: Callable[[type], NetView]) -> None:
    view = mount(NetView)
    view.nets.setCurrentIndex(1)
    view.nets.activated.emit(1)
    qtbot.waitUntil(lambda: view.found is not None and len(view.found.parts) == 8, timeout=WAIT)
    assert view.found is not None and view.found.probabilities[0] > 0.9
    assert view.found.seen.shape == (28, 28)


def test_two_things_are_recorded_learnt_told_apart_and_kept(
    qtbot: QtBot, mount: Callable[[type], TeachView], tmp_path: Path
) -> None:
    view = mount(TeachView)
    assert not view.save.isEnabled()
    for row, name in zip(view.classes.rows, ("chelsea.png", "coffee.png"), strict=True):
        for take in range(2):
            view.use_picture(photo(name)[:, 20 * take :], same(name))
            qtbot.mousePress(row.hold, Qt.MouseButton.LeftButton)
            for i in range(2):
                view.use_picture(photo(name)[i : 200 + i, 20 * take : 280 + 20 * take], same(name))
            qtbot.mouseRelease(row.hold, Qt.MouseButton.LeftButton)
    view.classes.rows[1].name.setText("컵")
    qtbot.waitUntil(lambda: not view.classes.busy, timeout=WAIT)
    assert "2 recordings, 6 frames" in view.classes.rows[0].count.text()
    qtbot.mouseClick(view.learn, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.taught is not None, timeout=WAIT)
    assert view.taught is not None and view.taught.accuracy == 1.0
    view.use_picture(photo("coffee.png"), same("coffee"))
    qtbot.waitUntil(lambda: "컵" in view.said.text(), timeout=WAIT)
    view.save_to(str(tmp_path / "mine.safetensors"))
    qtbot.waitUntil(lambda: "mine.safetensors" in view.state.text(), timeout=WAIT)
    with qtbot.waitSignal(view.overlay_made, timeout=WAIT) as made:
        view.over.click()
    card = made.args[0]
    assert card.id.startswith("taught:") and [name.en for name in card.classes] == ["Class 1", "컵"]
    assert card.id in [one.id for one in result_of(own_overlays())]
    seer, picture = opened(card.id), photo("coffee.png")
    answer = seer.finish(seer.infer(seer.prepare(picture)), picture, LiveSettings((card.id,)))
    assert isinstance(answer, Classified) and answer.names[0].en == "컵"
    other = mount(TeachView)
    other.open_file(str(tmp_path / "mine.safetensors"))
    qtbot.waitUntil(lambda: other.taught is not None, timeout=WAIT)
    assert other.taught is not None and other.taught.classes == ("Class 1", "컵")


def test_learning_nothing_is_refused_in_words_where_it_was_asked(
    qtbot: QtBot, mount: Callable[[type], TeachView]
) -> None:
    view = mount(TeachView)
    qtbot.mouseClick(view.learn, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "no recording yet" in view.state.text(), timeout=WAIT)
    assert view.learn.isEnabled()


def test_every_control_is_explained_and_follows_the_language(
    qapp: QApplication, mount: Callable[[type], QWidget]
) -> None:
    views = [mount(kind) for kind in (LabView, NetView, TeachView)]
    for view in views:
        for widget in view.findChildren(QWidget):
            control = isinstance(widget, QAbstractButton | QComboBox | QLineEdit | QSlider | PicturePair | NetDiagram)
            of_lens = any(lens.isAncestorOf(widget) for lens in view.findChildren(Lens))
            if control and widget.isVisible() and not of_lens:
                assert explanation_of(widget), f"{type(view).__name__}: {widget.accessibleName()}"
    set_language(qapp, "ko")
    qapp.processEvents()
    lab, net, _ = views
    assert isinstance(lab, LabView) and lab.picture.knobs.presets.itemText(0) == "그대로"
    assert isinstance(net, NetView) and net.nets.itemText(1) == "숫자: 깊은 CNN"
