"""The Style tab: it paints what was chosen, shows photo and painting split by a line, and keeps what was made."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.settings import Settings
from engine.style.cards import STYLES
from gui.context import Context
from gui.pages.style import StylePage

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture
def page(host: EngineHost, qtbot: QtBot) -> Iterator[StylePage]:
    page = StylePage(host, Context(host, Settings(theme="dark", language="en")))
    qtbot.addWidget(page)
    page.resize(1264, 700)
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
    assert view.side.film.count() >= 2
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
