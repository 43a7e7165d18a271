"""The Train tab on photographs: masks and boxes while a network learns, earlier runs, missing data, transfer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from engine import places
from engine.host import EngineHost
from engine.jobs import result_of
from engine.settings import Settings
from engine.train.fit import train
from engine.train.recipes import recipe
from gui.context import Context
from gui.pages.train import TrainPage
from gui.pages.train_photos import MEASURED
from gui.pages.train_view import TrainView
from gui.widgets.glance_paint import ERRORS, TRUTH
from tests.small_photos import write_bccd, write_camvid

LONG = 60_000  # ms: two shared cores
SMALL = {"width": 64, "height": 64, "batch_size": 3, "held_out": 2, "epochs": 1.0, "pretrained": False}

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_bccd(write_camvid(tmp_path / "data"))


def open_page(qtbot: QtBot, host: EngineHost, folder: Path | None) -> TrainPage:
    settings = Settings(theme="dark", language="en", data_folder=str(folder) if folder else "")
    page = TrainPage(host, Context(host, settings))
    qtbot.addWidget(page)
    page.resize(1440, 860)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: page.view._machine is not None, timeout=LONG)
    return page


@pytest.fixture
def view(qtbot: QtBot, host: EngineHost, data: Path) -> Iterator[TrainView]:
    page = open_page(qtbot, host, data)
    yield page.view
    if page.view.session.run:
        page.view.session.run.cancel()


def press_start(view: TrainView, qtbot: QtBot) -> None:
    primary = next(b for b in view.bar.findChildren(QPushButton) if b.property("kind") == "primary")
    qtbot.mouseClick(primary, Qt.MouseButton.LeftButton)


def test_masks_are_shown_while_a_segmenter_learns(view: TrainView, qtbot: QtBot) -> None:
    view.setup.choose_recipe("camvid-segnet")
    view.setup.show_settings(dataclasses.replace(view.setup.settings(), **SMALL))
    assert "width" in view.setup.more.rows and "dropout" not in view.setup.knobs.sliders
    press_start(view, qtbot)
    photos, seen = view.watch.photos, view.watch.seen
    qtbot.waitUntil(lambda: view.bar.end_words != "", timeout=LONG)
    assert view.bar.end_words.startswith("Done in ") and " mIoU " in view.bar.end_words
    assert view.watch.under.currentWidget() is photos and view.watch.right.currentWidget() is seen
    assert len(photos.tiles.shown) == 2 and photos.one is photos.tiles.shown[0]
    assert view.charts.stack.metric_name("accuracy") == "mIoU, %"
    assert view.figures.tiles["accuracy"].findChildren(QLabel)[0].text() == "Validation mIoU"
    assert np.isfinite(photos.values).any() and seen.classes.names[3] == "road"
    answer, photos_way = photos.one.layer(photos.way), photos.way
    photos.ways._group.button(1).click()
    assert photos.way == TRUTH != photos_way and photos.one.layer(TRUTH) != answer
    photos.tiles.choose(1)
    assert seen.view.shown is photos.tiles.shown[1]
    photos.show_part(MEASURED)
    assert photos.matrix.isVisible() and not photos.precision.isVisible()


def test_an_earlier_detector_shows_its_boxes_and_all_that_is_right_and_wrong(
    view: TrainView, qtbot: QtBot, data: Path
) -> None:
    settings = dataclasses.replace(recipe("bccd-yolo-mini").defaults, **SMALL)  # type: ignore[arg-type]  # by name
    folder = places.runs() / "20260101-000000-bccd-yolo-mini-abcd"
    result_of(train("bccd-yolo-mini", settings, data=data, device="cpu", precision="fp32", out=folder))
    view.look_round()
    qtbot.waitUntil(lambda: any(run.folder == folder for run in view.shelf.runs), timeout=LONG)
    view.open({"run": folder})
    photos = view.watch.photos
    qtbot.waitUntil(lambda: len(photos.tiles.shown) == 3, timeout=LONG)
    assert photos.one is not None and photos.one.judged is not None
    dialog = view.watch.browse()
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.shown) == 3, timeout=LONG)
    dialog.kinds._group.button(2).click()  # with missed objects
    assert {one.counts[2] > 0 for one in dialog.shown} == {True} and len(dialog.shown) == 2
    assert dialog.ways.index() == ERRORS
    dialog.close()
    photos.show_part(MEASURED)
    assert photos.precision.isVisible() and photos.precision.curves.shape == (3, 101)
    dialog = view.exports.show_code(folder, data)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.note.text() not in ("", "Writing it…"), timeout=LONG)
    assert not dialog.ready and "does not fit one short script" in dialog.note.text()
    dialog.close()
    view.setup.choose_recipe("people-yolo-mini")
    view.setup.source.choose(str(folder))
    assert view.setup.source.word == str(folder)


def test_data_that_are_not_here_are_named_before_a_start(qtbot: QtBot, host: EngineHost) -> None:
    page = open_page(qtbot, host, None)
    view = page.view
    view.setup.choose_recipe("camvid-pyramid")
    words = " ".join(one.text() for one in view.bar.findChildren(QLabel))
    assert "CamVid is not on this machine yet" in words
    press_start(view, qtbot)
    assert not view.session.busy
    said = " ".join(one.text() for one in view.setup.findChildren(QLabel) if not one.isHidden())
    assert "Choose the folder that holds it as it was published: https://github.com/alexgkendall" in said
