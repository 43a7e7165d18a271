"""Live: a source is chosen, watched, paused, recorded and let go of; what the networks say stands beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QSlider
from pytestqt.qtbot import QtBot
from skimage import data

from engine import places
from engine.host import EngineHost
from engine.jobs import JobRun
from engine.live.overlays import BUILT_IN, Kind, OverlayCard
from engine.live.record import stamp
from engine.live.sources import Camera, Folder, Picture, Stream, Tour, VideoFile
from engine.settings import Settings
from engine.text import Text
from gui import words
from gui.context import Context
from gui.main_window import MainWindow
from gui.pages import live_view
from gui.pages.live_source import FILE, source_of
from gui.pages.live_stage import FAILED, NO_CAMERA, PICTURE, READY
from gui.pages.live_view import LiveView
from gui.pages.live_views import VIEWS
from gui.widgets.lens import explanation_of

PATIENCE = 60_000  # the first answer of a network on a busy machine


@pytest.fixture
def view(host: EngineHost, qtbot: QtBot) -> LiveView:
    """The tab without the window round it."""
    view = LiveView(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(view)
    view.resize(1264, 700)
    view.show()
    view.shown()
    return view


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Two seconds of a real photograph that wanders, 25 frames a second."""
    path = tmp_path / "clip.avi"
    photo = np.ascontiguousarray(data.chelsea()[:, :, ::-1])
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, (320, 240))
    for i in range(50):
        writer.write(np.ascontiguousarray(photo[i // 2 : i // 2 + 240, i : i + 320]))
    writer.release()
    return path


def watched(view: LiveView, count: int = 1) -> Callable[[], bool]:
    def so_far() -> bool:
        last = view.session.last
        return last is not None and last.seen.watched >= count

    return so_far


def stands_still(view: LiveView, qtbot: QtBot) -> bool:
    """No other picture comes in the time of four: a playing clip never does that."""
    before = view.session.last
    qtbot.wait(160)
    return view.session.last is before


def without_networks(view: LiveView) -> None:
    """Pictures alone: what is tested needs no answer."""
    view.setup.overlays.switch("classify", False)


def all_fits(view: LiveView) -> None:
    """No word is clipped, and no column is wider than its room."""
    worded: list[QLabel | QAbstractButton] = [*view.findChildren(QLabel), *view.findChildren(QAbstractButton)]
    for w in worded:
        if w.isVisible() and w.text() and not (isinstance(w, QLabel) and w.wordWrap()):
            assert w.fontMetrics().size(0, w.text()).width() <= w.width() + 1, w.text()
    for side in (view.setup, view.reading):
        room = side.parentWidget()
        assert room is not None
        assert side.minimumSizeHint().width() <= room.width(), side.__class__.__name__


def test_without_a_camera_the_tour_is_one_click_away_and_answered_in_both_languages(
    view: LiveView, qtbot: QtBot, qapp: QApplication
) -> None:
    qtbot.waitUntil(lambda: view.setup.source.has_cameras is not None, timeout=PATIENCE)
    if view.setup.source.has_cameras:
        pytest.skip("this machine has a camera")
    assert view.stage.state == NO_CAMERA
    assert "Plug one in and it appears here, or watch the bundled tour." in view.stage.sentence
    assert not view.stage.bar.main.isVisible()  # one primary action at a time
    (tour,) = [b for b in view.stage.findChildren(QAbstractButton) if b.isVisible() and b.text() == "Watch the tour"]
    tour.click()
    qtbot.waitUntil(lambda: view.reading.bars.values() is not None, timeout=PATIENCE)
    assert view.stage.state == PICTURE
    assert view.stage.view.picture_size == (640, 480)
    values = view.reading.bars.values()
    assert values is not None
    assert values.max() > 0.02  # a thousand names: guessing would be 0.001
    assert view.reading.said.text()
    qtbot.waitUntil(lambda: len(view.stage.bar.budget.parts) == 4, timeout=PATIENCE)
    assert view.stage.bar.main.text() == "Pause"
    view.setup.sliders["noise"].slider.setValue(50)  # a button to undo it appears
    qtbot.waitUntil(lambda: all_fits(view), timeout=PATIENCE)
    english = view.reading.said.text()
    words.set_language(qapp, "ko")
    qtbot.waitUntil(lambda: view.reading.said.text() != english, timeout=PATIENCE)
    qtbot.waitUntil(lambda: all_fits(view), timeout=PATIENCE)
    assert view.session.settings.value.damage.noise == pytest.approx(4.0)


def test_space_pauses_and_a_hidden_tab_lets_go_of_its_source(
    open_window: Callable[..., MainWindow], qtbot: QtBot, clip: Path
) -> None:
    window = open_window()
    window.resize(1280, 800)
    window.show()
    window.go("live")
    (view,) = window.current_page.findChildren(LiveView)
    without_networks(view)
    window.go("live", {"path": clip})
    qtbot.waitUntil(watched(view, 3), timeout=PATIENCE)
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert (view.session.paused, view.stage.bar.main.text()) == (True, "Resume")
    qtbot.waitUntil(lambda: stands_still(view, qtbot), timeout=PATIENCE)  # what was on its way has arrived
    stands = view.session.last
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: view.session.last is not stands, timeout=PATIENCE)
    with qtbot.waitSignal(view.session.gone, timeout=PATIENCE):  # the job has ended: its source is closed
        window.go("home")
    assert not view.session.busy
    with qtbot.waitSignal(view.session.arrived, timeout=PATIENCE):
        window.go("live")
    assert isinstance(view.session.source, VideoFile)
    assert view.session.source.start > 0  # it goes on where it was
    view.stop()
    window.go("home")
    window.go("live")
    assert not view.session.busy  # what was stopped stays stopped
    view.context.open_models.emit("ssdlite")
    assert window._models is not None
    assert window._models.isVisible()
    window._models.close()


def test_stop_takes_the_picture_away_and_start_brings_it_back(view: LiveView, qtbot: QtBot, clip: Path) -> None:
    without_networks(view)
    view.open({"path": clip})
    qtbot.waitUntil(watched(view), timeout=PATIENCE)
    view.stage.bar.stop.click()
    assert view.stage.state == READY
    assert "clip.avi" in view.stage.sentence
    assert view.stage.view.picture_size == (0, 0)
    assert "clip.avi" in view.stage.bar.ready.text() and not view.stage.bar.budget.isVisible()  # no empty bar
    with qtbot.waitSignal(view.session.arrived, timeout=PATIENCE):
        view.stage.bar.main.click()


def test_a_file_that_is_no_video_is_one_sentence_on_the_stage(
    host: EngineHost, view: LiveView, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "notes.mp4"
    failed: list[JobRun] = []
    host.failed.connect(failed.append)
    path.write_text("not a video")
    view.open({"path": path})
    qtbot.waitUntil(lambda: view.stage.state == FAILED, timeout=PATIENCE)
    assert "notes.mp4" in view.stage.sentence
    assert (failed, view.session.busy) == ([], False)  # no notice beside it
    without_networks(view)
    view.start_tour()
    qtbot.waitUntil(lambda: view.stage.state == PICTURE, timeout=PATIENCE)


def test_damage_reaches_the_picture_at_once(view: LiveView, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    path.write_bytes(cv2.imencode(".png", np.full((120, 160, 3), 100, np.uint8))[1].tobytes())
    without_networks(view)
    view.open({"path": path})
    qtbot.waitUntil(watched(view), timeout=PATIENCE)
    view.setup.sliders["brightness"].slider.setValue(0)  # as dark as it goes
    qtbot.waitUntil(lambda: view.session.last.seen.picture.mean() < 20, timeout=PATIENCE)  # type: ignore[union-attr]
    (undo,) = [b for b in view.setup.findChildren(QAbstractButton) if b.accessibleName() == "Undo all damage"]
    undo.click()
    qtbot.waitUntil(lambda: view.session.last.seen.picture.mean() > 90, timeout=PATIENCE)  # type: ignore[union-attr]


def test_r_records_what_is_shown_s_keeps_the_picture_and_leaving_ends_a_recording_whole(
    view: LiveView, qtbot: QtBot, clip: Path
) -> None:
    without_networks(view)
    view.open({"path": clip})
    qtbot.waitUntil(watched(view), timeout=PATIENCE)
    view.activateWindow()
    view.stage.view.setFocus()
    qtbot.waitUntil(view.stage.view.hasFocus, timeout=PATIENCE)

    def record() -> None:
        before = view.session.last.seen.watched  # type: ignore[union-attr]
        QTest.keyClick(view.stage.view, Qt.Key.Key_R)
        qtbot.waitUntil(lambda: view.stage.bar.record.accessibleName() == "End the recording", timeout=PATIENCE)
        qtbot.waitUntil(watched(view, before + 8), timeout=PATIENCE)

    record()
    QTest.keyClick(view.stage.view, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: view.keep.saved is not None, timeout=PATIENCE)
    video = view.keep.saved
    assert video is not None
    capture = cv2.VideoCapture(str(video))
    assert (capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT)) == (320, 240)
    capture.release()
    lines = (video.parent / "results.jsonl").read_text("utf-8").splitlines()
    assert len(lines) >= 4
    assert json.loads(lines[0])["width"] == 320
    QTest.keyClick(view.stage.view, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: view.keep.saved != video, timeout=PATIENCE)
    assert len(list(places.recordings().glob("snapshot-*.png"))) == 2
    assert view.keep.isVisible()
    qtbot.waitUntil(lambda: stamp() != video.parent.name.removeprefix("live-"), timeout=PATIENCE)
    record()
    view.hidden()
    qtbot.waitUntil(lambda: len(list(places.recordings().glob("live-*/results.coco.json"))) == 2, timeout=PATIENCE)


def test_what_is_not_here_shows_its_size_and_leads_to_its_model(view: LiveView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(view.setup.overlays.all) > len(BUILT_IN), timeout=PATIENCE)
    small = OverlayCard(
        "small", Kind.DETECT, Text("Small", "작은"), Text("", ""), here=False, model="m-small", bytes=13_400_000
    )
    large = OverlayCard(
        "large", Kind.DETECT, Text("Large", "큰"), Text("", ""), here=False, model="m-large", bytes=170_000_000
    )
    overlays = view.setup.overlays
    view.setup.show_cards((*overlays.all, large, small))
    assert overlays.rows["small"].isVisible()
    assert not overlays.rows["large"].isVisible()  # of each kind the smallest, until all are asked for
    overlays.more.click()
    assert overlays.rows["large"].isVisible()
    (size,) = [b for b in overlays.rows["small"].findChildren(QAbstractButton) if b.isVisible()]
    assert size.text() == "13 MB"
    with qtbot.waitSignal(view.context.open_models) as asked:
        size.click()
    assert asked.args == ["m-small"]


def test_only_settings_that_act_on_something_are_shown_and_act(view: LiveView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(view.setup.overlays.all) > len(BUILT_IN), timeout=PATIENCE)
    sky, road = Text("sky", "하늘"), Text("road", "도로")
    areas = OverlayCard("areas", Kind.SEGMENT, Text("Road", "도로"), Text("", ""), classes=(sky, road))
    boxes = OverlayCard("boxes", Kind.DETECT, Text("Cars", "자동차"), Text("", ""), classes=(road,))
    view.setup.show_cards((areas, boxes, *view.setup.overlays.all))
    assert not view.setup.sliders["score"].isVisible()
    view.setup.overlays.switch("areas", True)
    assert view.setup.sliders["opacity"].isVisible()
    assert not view.setup.sliders["score"].isVisible()
    view.setup.overlays.switch("boxes", True)
    view.setup.sliders["score"].slider.setValue(500)
    assert view.session.settings.value.score == pytest.approx(0.5)
    view.setup.sliders["opacity"].slider.setValue(1000)
    assert view.session.look.value.opacity == 1.0
    view.setup.classes.setText("도로")
    view.setup.classes.textEdited.emit("도로")  # QTest cannot type Hangul
    assert view.session.settings.value.classes == ("road",)  # written in Korean, known by its English name
    view.reading.class_clicked.emit("road")
    assert view.session.settings.value.classes == ()


def test_every_kind_of_path_and_address_becomes_its_source(view: LiveView, tmp_path: Path) -> None:
    assert source_of(tmp_path) == Folder(tmp_path)
    assert source_of(tmp_path / "a.PNG") == Picture(tmp_path / "a.PNG")
    assert source_of(tmp_path / "a.webm") == VideoFile(tmp_path / "a.webm")
    picker = view.setup.source
    picker.kinds.choose(FILE)
    picker._kind_chosen()
    picker.stream.click()
    QTest.keyClicks(picker.address, "192.168.0.7/live")
    QTest.keyClick(picker.address, Qt.Key.Key_Return)
    assert picker.source() == Stream("rtsp://192.168.0.7/live")
    picker.choose(Tour())
    assert picker.source() == Tour()
    camera = Camera(3, Text("Desk", "책상"))
    picker.show_cameras((camera,))
    picker.choose(camera)
    picker.sizes.setCurrentIndex(2)
    picker.rates.setCurrentIndex(picker.rates.findText("30 frames a second"))
    assert picker.source() == replace(camera, width=1280, height=720, rate=30.0)


def test_a_paused_picture_follows_what_is_set_and_two_networks_stand_side_by_side(
    view: LiveView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "coffee.png"
    path.write_bytes(cv2.imencode(".png", data.coffee()[:, :, ::-1])[1].tobytes())
    view.open({"path": path})
    qtbot.waitUntil(lambda: view.reading.bars.values() is not None, timeout=PATIENCE)
    assert view.toggle_pause() and not view.stage.second.isVisible()
    bright = view.session.last.seen.picture.mean()  # type: ignore[union-attr]
    view.setup.sliders["brightness"].slider.setValue(0)
    dark = lambda: view.session.last.seen.picture.mean() < 0.3 * bright  # type: ignore[union-attr]  # noqa: E731
    qtbot.waitUntil(dark, timeout=PATIENCE)
    assert view.session.paused
    view.setup.split.switch.click()
    assert view.stage.second.isVisible()
    monkeypatch.setattr(live_view, "READING_MS", 1e9)  # no later picture will come: this one is written about
    view.setup.overlays.switch("digits", True)  # opened although nothing runs
    both = lambda: len(view.session.last.seen.results) == 2  # type: ignore[union-attr]  # noqa: E731
    qtbot.waitUntil(both, timeout=PATIENCE)
    assert view.stage.second.picture_size == (600, 400) and view.session.paused
    qtbot.waitUntil(lambda: "Digits on paper" in view.stage.second.accessibleDescription(), timeout=PATIENCE)
    assert "Classify" in view.stage.view.accessibleDescription()


def test_how_much_noise_an_answer_stands_is_drawn_on_request(view: LiveView, qtbot: QtBot) -> None:
    assert not view.noise.measure.isEnabled()
    view.start_tour()
    qtbot.waitUntil(lambda: view.reading.bars.values() is not None, timeout=PATIENCE)
    assert view.toggle_pause()  # the processor is free for it then
    view.noise.measure.click()
    qtbot.waitUntil(lambda: "is answered every time up to noise" in view.noise.words.text(), timeout=PATIENCE)
    assert view.noise.curve.isVisible()


def test_every_control_has_a_name_and_an_explanation(view: LiveView) -> None:
    controls = [
        w
        for kind in (QAbstractButton, QSlider, QComboBox, QLineEdit)
        for w in view.findChildren(kind)
        if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and not view.lens.isAncestorOf(w)
    ]
    assert len(controls) > 12
    assert [w for w in controls if not (w.accessibleName() or getattr(w, "text", str)())] == []
    unexplained = [w for w in controls if explanation_of(w) is None]
    assert [getattr(w, "text", str)() or w.accessibleName() for w in unexplained] == []


def test_every_view_beside_watch_gets_the_newest_picture_and_escape_leads_back(view: LiveView, qtbot: QtBot) -> None:
    without_networks(view)
    view.start_tour()
    qtbot.waitUntil(watched(view), timeout=PATIENCE)
    view.setup.overlays.switch("classify", True)
    for index in range(1, 1 + len(VIEWS)):
        view.show_view(index)
        shown = view.views.view(index)
        assert shown.isVisible()
        assert not view.stage.snapshot.isVisible()
    assert view.session.settings.value.overlays == ()  # nothing is computed that nobody sees
    view.leave_object()
    assert view.stage.view.isVisible()
    assert view.session.settings.value.overlays == ("classify",)


def test_watch_has_its_columns_again_after_the_other_views(
    open_window: Callable[..., MainWindow], qtbot: QtBot, qapp: QApplication
) -> None:
    """The widest of the views behind it had cut off the switches at the left."""
    window = open_window()
    window.resize(1280, 800)
    window.show()
    window.go("live")
    (view,) = window.current_page.findChildren(LiveView)
    qapp.processEvents()
    before = view.columns.sizes()
    for index in (*range(1, 1 + len(VIEWS)), 0):
        view.show_view(index)
        qapp.processEvents()
    assert view.columns.sizes() == before == [248, 696, 304]
