"""A network reads the set on the Datasets tab; signals; class lists; the views beside the pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from browsing import SECONDS, boxes_in, opened, settled, tab, waves_in, words_in
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.data.choice import Sort
from engine.host import EngineHost
from gui import theme
from gui.pages.datasets import DatasetsPage
from gui.widgets.stage_head import ANNOTATE, DOCTOR, MAP, PICTURES


@pytest.fixture
def page(host: EngineHost, qtbot: QtBot) -> DatasetsPage:
    """The tab with the test part of the bundled digits, 1,000 pictures."""
    page = tab(host, qtbot)
    page.open({"dataset": "digits", "split": "test"})
    qtbot.waitUntil(lambda: page.stage.shown is not None and page.stage.shown.split == "test", timeout=SECONDS)
    settled(page, qtbot)
    return page


@pytest.fixture
def small(host: EngineHost, qtbot: QtBot) -> DatasetsPage:
    """The tab with the test part of the 8×8 digits, 359 pictures."""
    page = tab(host, qtbot)
    page.open({"dataset": "digits8", "split": "test"})
    qtbot.waitUntil(lambda: page.stage.shown is not None, timeout=SECONDS)
    return page


@pytest.fixture
def read(page: DatasetsPage, qtbot: QtBot) -> DatasetsPage:
    """The same after the bundled network has read it."""
    page.inspector.reading.start.click()
    qtbot.waitUntil(lambda: page.stage.filter.predictions is not None, timeout=SECONDS)
    return page


def test_the_bundled_network_is_offered_and_says_how_much_it_got_right(read: DatasetsPage) -> None:
    assert read.inspector.reading.reader.currentText() == "Deep CNN · bundled"
    found = read.stage.filter.predictions
    assert found is not None
    wrong = int((~found.right).sum())
    assert f"{wrong} of 1,000 read wrongly" in words_in(read)


def test_hardest_first_asks_for_a_reading_by_itself(page: DatasetsPage, qtbot: QtBot) -> None:
    assert page.stage.filter.predictions is None
    page.stage.tools._sorted_by(Sort.LOSS)
    qtbot.waitUntil(lambda: page.stage.filter.predictions is not None, timeout=SECONDS)
    found, order = page.stage.filter.predictions, page.stage.order
    assert found is not None and order is not None
    assert (np.diff(found.loss[order]) <= 0).all()
    assert page.stage.grid.current() == order[0] == int(np.argmax(found.loss))


def test_only_the_wrong_ones_are_shown_with_label_and_reading_on_them(read: DatasetsPage) -> None:
    panel = read.stage.tools.panel
    panel.reading.choose(2)
    panel.changed.emit()
    found = read.stage.filter.predictions
    assert found is not None
    assert sorted(read.stage.grid.visible().tolist()) == np.flatnonzero(~found.right).tolist()
    assert read.stage.grid.overlay is not None
    assert read.stage.tools._filter.text() == "Filter: 1"


def test_a_square_of_the_matrix_shows_its_pictures_and_once_more_all(read: DatasetsPage, qtbot: QtBot) -> None:
    found = read.stage.filter.predictions
    assert found is not None
    wrong = np.argwhere((found.confusion > 0) & ~np.eye(10, dtype=bool))
    label, read_as = (int(v) for v in wrong[0])
    matrix = read.inspector.reading.confusion
    left, side = matrix._square()
    at = QPoint(int(left + matrix.MARGIN + (read_as + 0.5) * side), int((label + 0.5) * side))
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=at)
    expected = np.flatnonzero((found.labels == label) & (found.read_as == read_as))
    assert read.stage.grid.visible().tolist() == expected.tolist()
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=at)
    assert len(read.stage.grid) == 1000


def test_another_set_forgets_the_reading_and_small_digits_have_no_reader(read: DatasetsPage, qtbot: QtBot) -> None:
    read.stage.tools._sorted_by(Sort.CONFIDENCE)
    read.open_set("digits8")
    qtbot.waitUntil(lambda: "No network reads these classes yet" in words_in(read), timeout=SECONDS)
    assert read.stage.filter.predictions is None
    assert read.stage.tools.sort is Sort.FILE
    settled(read, qtbot)


def test_a_reading_can_be_stopped(page: DatasetsPage, qtbot: QtBot) -> None:
    page.stage.split_chosen.emit("train")
    qtbot.waitUntil(lambda: page.stage.shown is not None and len(page.stage.shown) == 4000, timeout=SECONDS)
    settled(page, qtbot)
    page.inspector.reading.start.click()
    page.inspector.reading.start.click()
    settled(page, qtbot)
    assert page.stage.filter.predictions is None
    assert page.inspector.reading.start.text() == "Read"


# Signals


@pytest.fixture
def waves(host: EngineHost, qtbot: QtBot, tmp_path: Path) -> DatasetsPage:
    return opened(tab(host, qtbot), qtbot, waves_in(tmp_path / "신호"))


def test_windows_of_a_signal_are_drawn_in_the_themes_colours(waves: DatasetsPage, qapp: QApplication) -> None:
    assert "20 windows, 2 kinds" in words_in(waves)
    assert "of 20 windows" in words_in(waves)
    drawn = waves.stage.grid.viewport().grab().toImage()
    theme.apply(qapp, "light")
    assert waves.stage.grid.viewport().grab().toImage() != drawn
    assert not waves.inspector.preview.isVisible()


def test_a_window_is_read_sample_by_sample(waves: DatasetsPage, qtbot: QtBot) -> None:
    waves.stage.grid.choose(3)
    trace, shown = waves.inspector.chosen.trace, waves.stage.shown
    assert shown is not None
    with qtbot.waitSignal(trace.pointed) as pointed:
        qtbot.keyClick(trace, Qt.Key.Key_Right)
    assert pointed.args == [20]
    assert trace.words(20) == ("1.00 s" if shown.rate else "20")  # type: ignore[union-attr]
    waves.stage.look_closely()
    assert waves.stage.looks.signal.isVisible()
    assert "40 samples" in words_in(waves)


# Class lists


def test_many_classes_are_listed_in_both_languages_and_lead_to_their_pictures(small: DatasetsPage) -> None:
    small.stage.list_classes()
    classes = small.stage.class_list
    assert classes.isVisible() and "10 classes" in words_in(small)
    classes.finder.setText("7")
    assert "1 of 10 classes" in words_in(small)
    classes.list.clicked.emit(classes.list.model().index(0, 0))
    assert small.stage.grid.isVisible()
    assert len(small.stage.grid) == 36


def test_imagenets_thousand_names_can_be_searched_in_korean(small: DatasetsPage, qtbot: QtBot) -> None:
    small.sets.names.click()
    qtbot.waitUntil(lambda: "1,000 classes" in words_in(small), timeout=SECONDS)
    small.stage.class_list.finder.setText("금붕어")
    model = small.stage.class_list.list.model()
    assert model.rowCount() >= 1
    assert "goldfish" in model.index(0, 0).data()
    qtbot.keyClick(small.stage.class_list, Qt.Key.Key_Escape)
    assert small.stage.grid.isVisible()


# Views beside the pictures


def test_a_lasso_in_the_map_filters_the_pictures_and_lets_them_go(small: DatasetsPage, qtbot: QtBot) -> None:
    small.stage.show_view(MAP)
    view = small.stage.view(MAP)
    assert view is not None and view.isVisible()
    view.picked.emit(np.array([5, 1, 9]))  # type: ignore[attr-defined]
    small.stage.show_view(PICTURES)
    assert small.stage.grid.visible().tolist() == [1, 5, 9]
    view.picked.emit(None)  # type: ignore[attr-defined]
    assert len(small.stage.grid) == 359


def test_only_photographs_can_be_annotated(small: DatasetsPage, qtbot: QtBot, tmp_path: Path) -> None:
    views = small.stage.head.views
    assert not views._group.button(ANNOTATE).isEnabled()
    opened(small, qtbot, boxes_in(tmp_path / "boxes"))
    assert views._group.button(ANNOTATE).isEnabled()
    small.stage.show_view(ANNOTATE)
    view = small.stage.view(ANNOTATE)
    assert view is not None
    qtbot.waitUntil(view.isVisible)
    assert not small.stage.tools.isVisible()
    qtbot.waitUntil(lambda: "1 / 6" in words_in(small), timeout=SECONDS)
    small.stage.show_view(PICTURES)
    assert small.stage.tools.isVisible()


def test_what_the_doctor_found_is_looked_at_whatever_was_filtered(small: DatasetsPage, qtbot: QtBot) -> None:
    small.stage.pick_class(3)
    small.stage.show_view(DOCTOR)
    view = small.stage.view(DOCTOR)
    assert view is not None
    qtbot.waitUntil(lambda: not small.views.busy, timeout=SECONDS)
    assert "1438 + 359" in words_in(small).replace(",", "")  # every part was read for it
    view.look_asked.emit("train", np.array([7, 70]), "Two pictures are the same.")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: small.stage.shown is not None and small.stage.shown.split == "train", timeout=SECONDS)
    assert small.stage.grid.isVisible()
    assert small.stage.grid.visible().tolist() == [7, 70]
    assert small.lens.shown is not None and "Two pictures are the same." in str(small.lens.shown.words)
    small.stage.tools.panel.clear.click()
    assert len(small.stage.grid) == 1438
