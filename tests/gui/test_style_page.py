"""The Style tab: it paints what was chosen, shows photo and painting split by a line, and keeps what was made."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from clipping import clipped
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.settings import Settings
from engine.style.cards import STYLES
from gui.context import Context
from gui.pages.style import StylePage
from gui.pages.style_setup import FAST, GATYS

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture
def page(host: EngineHost, qtbot: QtBot) -> Iterator[StylePage]:
    page = StylePage(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(page)
    page.resize(1264, 700)
    page.view.setup.choose_method(GATYS)
    page.show()
    page.shown()
    qtbot.waitUntil(
        lambda: page.view.side.style_layers() != () and page.view.compare.place().width() > 0, timeout=20_000
    )
    qtbot.waitUntil(lambda: page.view.setup.styles.count() == len(STYLES), timeout=20_000)
    return page


def small(page: StylePage, evaluations: int) -> None:
    page.view.setup.set_settings(dataclasses.replace(page.view.setup.settings(), size=64, evaluations=evaluations))


def drop(page: StylePage, path: Path, x: int) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    page.view.dropEvent(QDropEvent(QPointF(x, 200), Qt.DropAction.CopyAction, data, left, none))


def test_paint_shows_the_painting_its_losses_and_a_film_of_steps_and_saves_it(
    page: StylePage, qtbot: QtBot, tmp_path: Path
) -> None:
    view = page.view
    small(page, 8)
    assert not view.save.isEnabled()
    qtbot.mouseClick(view.bar._main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.compare.painted and view.side.grams.isEnabled(), timeout=30_000)
    assert [x for x, _ in view.side.style_chart.points] == list(range(1, 9))
    assert view.side.style_chart.points[-1][1] < view.side.style_chart.points[0][1]
    assert view.side.film.count() == 5
    view.save_to(tmp_path / "mine")
    qtbot.waitUntil(lambda: (tmp_path / "mine.png").exists(), timeout=10_000)
    with Image.open(tmp_path / "mine.png") as kept:
        assert kept.size == (64, 43)


def test_stop_keeps_the_best_so_far_and_layers_stay_locked_until_then(page: StylePage, qtbot: QtBot) -> None:
    view = page.view
    small(page, 2000)
    view.paint()
    qtbot.waitUntil(lambda: view.compare.painted, timeout=30_000)
    assert not view.side.grams.isEnabled()
    assert page.toggle_pause()
    assert view.bar._run is not None
    assert view.bar._run.paused
    view.bar._run.cancel()
    qtbot.waitUntil(lambda: not view.bar.busy and view.side.grams.isEnabled(), timeout=30_000)
    assert view.compare.painted
    assert view.save.isEnabled()


def test_the_line_follows_the_pointer_and_the_arrows_and_h_shows_the_photo(page: StylePage, qtbot: QtBot) -> None:
    compare = page.view.compare
    compare.set_split(0.0)
    compare.show_painting(np.full((43, 64, 3), 255, np.uint8))
    place = compare.place()
    at = QPoint(int(place.left() + place.width() * 0.25), int(place.center().y()))
    white = compare.grab().toImage().pixelColor(at).lightness()
    page.view.compare.setFocus()
    qtbot.keyPress(compare, Qt.Key.Key_H)
    assert compare.grab().toImage().pixelColor(at).lightness() < white
    qtbot.keyRelease(compare, Qt.Key.Key_H)
    assert white == 255
    assert compare.grab().toImage().pixelColor(at).lightness() == white
    qtbot.mousePress(compare, Qt.MouseButton.LeftButton, pos=at)
    assert compare.split == pytest.approx(0.25, abs=0.01)
    qtbot.keyClick(compare, Qt.Key.Key_Right)
    assert compare.split == pytest.approx(0.30, abs=0.01)


def test_a_dropped_picture_is_a_style_on_the_left_and_a_photo_elsewhere(
    page: StylePage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "돌담.png"
    Image.effect_noise((120, 60), 80).save(path)
    drop(page, path, 40)
    qtbot.waitUntil(lambda: "돌담.png" in page.view.setup.own_style.text(), timeout=10_000)
    assert page.view.setup.styles.on() == ()
    wide = tmp_path / "wide.png"
    Image.effect_noise((20_000, 600), 80).save(wide)
    drop(page, wide, 40)
    qtbot.waitUntil(lambda: "20000 × 600" in page.view.setup.own_style.text(), timeout=20_000)
    drop(page, path, 640)
    qtbot.waitUntil(lambda: page.view.setup.photos.currentText() == "돌담.png", timeout=10_000)
    assert page.view.compare.place().width() == pytest.approx(2 * page.view.compare.place().height(), abs=2)


def test_a_file_that_is_no_picture_is_told_and_the_photo_before_stays(
    page: StylePage, qtbot: QtBot, tmp_path: Path, host: EngineHost
) -> None:
    bad = tmp_path / "bad.png"
    bad.write_text("words")
    with qtbot.waitSignal(host.failed, timeout=10_000) as told:
        page.view.take_photo(bad)
    assert "bad.png is not a picture" in str(told.args[0].error.text)
    assert page.view.setup.photos.currentText() == "Cat"


def test_a_click_on_a_style_chooses_it_and_the_last_layer_cannot_be_taken_out(page: StylePage, qtbot: QtBot) -> None:
    view = page.view
    styles, grams = view.setup.styles, view.side.grams
    qtbot.mouseClick(styles, Qt.MouseButton.LeftButton, pos=styles.place(1).center().toPoint())
    qtbot.waitUntil(lambda: any("The Great Wave" in one.text() for one in view.findChildren(QLabel)), timeout=10_000)
    grams.choose(2)
    qtbot.mouseClick(grams, Qt.MouseButton.LeftButton, pos=grams.place(2).center().toPoint())
    assert view.side.style_layers() == ("stage2",)


def test_everything_the_tab_says_is_translated(page: StylePage, qtbot: QtBot, marked: Callable[[], None]) -> None:
    words = {"Losses", "Film of steps", "Style weight", "Photo", "Content layer"}
    marked()

    def said() -> set[str]:
        return {one.text() for one in page.findChildren(QLabel) if one.isVisible()}

    qtbot.waitUntil(lambda: {f"‹{word}›" for word in words} <= said())
    assert not words & said()


def go_fast(page: StylePage, qtbot: QtBot) -> np.ndarray:
    """The fast painter is chosen and has painted the cat, small."""
    view = page.view
    view.setup.fast.size_row.set_value(128)
    view.setup.choose_method(FAST)
    view.setup.method_changed.emit()
    qtbot.waitUntil(lambda: view.compare.painted and not view.fast.repainter.busy, timeout=60_000)
    assert view._painting is not None
    return view._painting


def test_the_fast_painter_paints_at_once_and_again_when_the_strength_or_the_style_moves(
    page: StylePage, qtbot: QtBot, tmp_path: Path
) -> None:
    view, first = page.view, go_fast(page, qtbot)
    assert first.shape == (85, 128, 3)
    assert view.side.code.count() == 2
    view.setup.fast.strength.set_value(0.0)
    view.setup.fast.changed.emit()
    qtbot.waitUntil(lambda: not np.array_equal(view._painting, first), timeout=60_000)  # type: ignore[arg-type]
    view.save_to(tmp_path / "plain.png")
    qtbot.waitUntil(lambda: (tmp_path / "plain.png").exists(), timeout=10_000)
    view.setup.fast.strength.set_value(1.0)
    view.take_style(STYLES[2])
    qtbot.waitUntil(
        lambda: view._painting is not None and view._painting.std() > 0 and "Scream" in said(page), timeout=60_000
    )
    qtbot.waitUntil(lambda: not view.fast.repainter.busy, timeout=60_000)
    assert not np.array_equal(view._painting, first)  # type: ignore[arg-type]


def said(page: StylePage) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_a_picture_that_the_fast_painter_does_not_know_is_learnt_and_becomes_a_tile(
    page: StylePage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.style import own

    monkeypatch.setattr(own, "STEPS", 2)
    go_fast(page, qtbot)
    view, path = page.view, tmp_path / "돌담.png"
    Image.effect_noise((90, 60), 80).convert("RGB").save(path)
    view.take_style(path)
    qtbot.waitUntil(lambda: not view.fast.learnt, timeout=10_000)
    qtbot.mouseClick(view.bar._main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.setup.styles.count() == len(STYLES) + 1, timeout=60_000)
    qtbot.waitUntil(lambda: view.setup.styles.on() == (len(STYLES),), timeout=10_000)
    assert view.fast.learnt
    assert "돌담" in said(page)
    qtbot.waitUntil(lambda: not view.fast.repainter.busy, timeout=60_000)
    qtbot.mouseClick(view.setup.fast.forget, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.setup.styles.count() == len(STYLES), timeout=10_000)


def test_a_dropped_video_is_painted_into_a_file(page: StylePage, qtbot: QtBot, tmp_path: Path) -> None:
    go_fast(page, qtbot)
    view, path = page.view, tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for shade in range(0, 200, 50):
        writer.write(np.full((48, 64, 3), shade, np.uint8))
    writer.release()
    drop(page, path, 640)
    qtbot.waitUntil(lambda: view.setup.photos.currentText() == "film.avi", timeout=30_000)
    assert view.setup.fast.steady.isVisible()
    view.fast.paint_video(tmp_path / "painted.avi")
    qtbot.waitUntil(lambda: (tmp_path / "painted.avi").exists(), timeout=60_000)
    qtbot.waitUntil(lambda: "The video is painted" in said(page), timeout=10_000)


def test_the_layers_are_rebuilt_when_they_are_looked_at(
    page: StylePage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.style import layers

    monkeypatch.setattr(layers, "EVALUATIONS", 1)
    view = page.view
    view.stage.go_to(1)
    view.stage.room_chosen.emit()
    qtbot.waitUntil(lambda: view.layers.count == 10, timeout=60_000)
    qtbot.waitUntil(lambda: "What each layer keeps of the photo" in said(page), timeout=60_000)
    tiles = view.layers.tiles["content"]
    qtbot.mouseClick(tiles, Qt.MouseButton.LeftButton, pos=tiles.place(0).center().toPoint())
    assert view.compare.painted
    assert not view.stage.in_layers


def test_the_side_speaks_of_the_method_that_paints(page: StylePage, qtbot: QtBot) -> None:
    """Its job is Gatys's, whatever was chosen before; the words at the right stayed those of the fast painter."""
    view = page.view
    view.setup.choose_method(FAST)
    view.side.show_method(fast=True)  # as a window opens
    assert not view.side.style_chart.isVisible()
    finished: list[bool] = []
    page.do_its_job(lambda: finished.append(True))
    assert view.side.style_chart.isVisible() and not view.side.code.isVisible()
    qtbot.waitUntil(lambda: finished == [True], timeout=60_000)


def choose_network(page: StylePage, place: int) -> None:
    """EfficientNet-Lite0, VGG-19, VGG-19 with random weights."""
    choice = page.view.setup.form.rows["network"].control
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(place)


def test_a_network_that_is_not_here_is_named_and_no_layer_of_another_is_asked_of_it(
    page: StylePage, qtbot: QtBot, host: EngineHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VGG-19 without its weights: Paint said that there is no layer called stage3, which is EfficientNet-Lite0's."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    view = page.view
    with qtbot.waitSignal(host.failed, timeout=20_000) as told:
        choose_network(page, 1)
    assert "VGG19 is not on this machine" in str(told.args[0].error.text)
    qtbot.waitUntil(lambda: "This network could not be opened" in said(page), timeout=20_000)
    assert view.side.style_layers() == () and not view.side.content.isVisible()
    with qtbot.waitSignal(host.failed, timeout=20_000) as told:
        view.paint()
    assert "VGG19 is not on this machine" in str(told.args[0].error.text)
    qtbot.waitUntil(lambda: not view.bar.busy, timeout=20_000)
    choose_network(page, 0)
    qtbot.waitUntil(lambda: view.side.content_layers() == ("stage3",), timeout=20_000)
    assert view.side.grams.isVisible() and view.side.content.isVisible()


def test_a_painting_begun_before_a_networks_layers_are_seen_takes_its_usual_ones(page: StylePage, qtbot: QtBot) -> None:
    view = page.view
    small(page, 2)
    choose_network(page, 2)  # with random weights: it needs no file
    view.paint()  # at once: the layers of the one before still stand at the right
    qtbot.waitUntil(lambda: not view.bar.busy, timeout=60_000)
    assert view.compare.painted


def test_no_word_is_cut_off_with_gatys_method_chosen(page: StylePage, qtbot: QtBot) -> None:
    """Of the network's name “EfficientNet-Lite0” the last three letters were missing."""
    page.resize(1264, 700)
    qtbot.waitUntil(lambda: page.view.setup.form.isVisible())
    assert clipped(page) == []
