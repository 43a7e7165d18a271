"""The map of a set: laid out while one watches, looked at, and picked from with a lasso."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.data import ImageSet
from engine.data.embedding import EXPLAINED
from engine.data.photoset import PhotoSet
from engine.errors import LabError
from engine.host import EngineHost
from engine.text import Text
from gui import theme
from gui.pages.datasets_map import MapView
from gui.widgets.lens import explanation_of
from gui.widgets.scatter_map import ScatterMap
from gui.widgets.scatter_paint import inside

LEFT = Qt.MouseButton.LeftButton
TWO = np.array([[0, 0], [0, 1], [10, 0], [10, 1]], np.float32)


@pytest.fixture
def few(digits: ImageSet) -> ImageSet:
    return digits.part(np.arange(0, len(digits), 20), "train")


@pytest.fixture
def view(qtbot: QtBot, host: EngineHost) -> MapView:
    view = MapView(host)
    qtbot.addWidget(view)
    view.resize(700, 560)
    view.show()
    return view


@pytest.fixture
def scatter(qtbot: QtBot) -> ScatterMap:
    """Classes 0 and 1 at the left, 0 and 1 at the right: indices 10, 11, 12, 13 of a set."""
    scatter = ScatterMap()
    qtbot.addWidget(scatter)
    scatter.resize(400, 300)
    scatter.show_points(np.array([10, 11, 12, 13]), np.array([0, 1, 0, 1]), 2, TWO)
    scatter.show()
    return scatter


def lasso(scatter: ScatterMap, *corners: tuple[int, int]) -> None:
    scatter.set_lassoing(True)
    first, *rest = (QPoint(*corner) for corner in corners)
    QTest.mousePress(scatter, LEFT, pos=first)
    for corner in rest:
        QTest.mouseMove(scatter, corner)
    QTest.mouseRelease(scatter, LEFT, pos=rest[-1])


def left_half(scatter: ScatterMap) -> tuple[tuple[int, int], ...]:
    middle, bottom = scatter.width() // 2, scatter.height() - 2
    return (2, 2), (middle, 2), (middle, bottom), (2, bottom)


def test_the_main_directions_are_there_first_and_neighbours_then_move_together(
    qtbot: QtBot, view: MapView, few: ImageSet
) -> None:
    view.show_set(few, None)
    qtbot.waitUntil(lambda: len(view.scatter.places) == 200, timeout=8000)
    assert view.busy
    first = view.scatter.places
    qtbot.waitUntil(lambda: not view.busy, timeout=20_000)
    assert not np.allclose(view.scatter.places, first)
    away = np.linalg.norm(view.scatter.places[:, None] - view.scatter.places[None], axis=2)
    np.fill_diagonal(away, np.inf)
    alike = (few.labels[away.argmin(axis=1)] == few.labels).mean()
    assert alike > 0.6  # by chance it would be 0.1


def test_a_stopped_map_stays_as_it_was_and_can_be_laid_out_again(qtbot: QtBot, view: MapView, few: ImageSet) -> None:
    view.show_set(few, None)
    qtbot.waitUntil(lambda: "step" in view.words.text(), timeout=8000)
    QTest.mouseClick(view.stop, LEFT)
    assert not view.busy
    kept = view.scatter.places
    assert len(kept) == 200
    qtbot.wait(150)  # nothing may still come
    assert np.array_equal(view.scatter.places, kept)
    assert "stopped" in view.words.text()


def test_only_the_asked_for_part_of_a_set_is_mapped(qtbot: QtBot, view: MapView, few: ImageSet) -> None:
    view.method.choose(0)
    view.show_set(few, np.arange(30))
    qtbot.waitUntil(lambda: not view.busy, timeout=8000)
    assert len(view.scatter.places) == 30
    assert "30 of 30" in view.words.text()
    assert explanation_of(view.scatter) == EXPLAINED["pca"]


def test_a_lasso_on_the_map_of_digits_picks_and_escape_lets_go(qtbot: QtBot, view: MapView, few: ImageSet) -> None:
    view.method.choose(0)
    view.show_set(few, None)
    qtbot.waitUntil(lambda: not view.busy, timeout=8000)
    inside_left = np.flatnonzero(view.scatter.places[:, 0] < view.scatter.width() // 2)
    with qtbot.waitSignal(view.picked) as caught:
        lasso(view.scatter, *left_half(view.scatter))
    assert np.array_equal(caught.args[0], inside_left)
    assert f"{len(inside_left)} picked" in view.words.text()
    with qtbot.waitSignal(view.picked) as freed:
        QTest.keyClick(view.scatter, Qt.Key.Key_Escape)
    assert freed.args == [None]
    assert not view.scatter.lassoing


class Gone:
    """Pictures on a disk that was taken away."""

    ndim, shape = 3, (4, 28, 28)

    def __getitem__(self, which: object) -> np.ndarray:
        raise LabError(Text("The disk is gone. Plug it in again.", "디스크가 없어요. 다시 연결해 보세요."))


def test_pictures_that_cannot_be_read_are_a_sentence_and_not_a_crash(qtbot: QtBot, view: MapView) -> None:
    classes = tuple(Text(str(i), str(i)) for i in range(10))
    gone = ImageSet("gone", "train", Gone(), np.zeros(4, np.int64), classes, Text("", ""), "")  # type: ignore[arg-type]
    view.features.choose(1)
    view.show_set(gone, None)
    qtbot.waitUntil(lambda: not view.busy, timeout=8000)
    assert view.state.isVisible()
    assert "The disk is gone" in view.state.accessibleName()


def test_the_photograph_under_the_pointer_is_read_and_shown(
    qtbot: QtBot, view: MapView, few: ImageSet, tmp_path: Path
) -> None:
    files = tuple(f"{i}.png" for i in range(8))
    for file, image in zip(files, few.images, strict=False):
        Image.fromarray(255 - image).convert("RGB").save(tmp_path / file)
    photos = PhotoSet("some", "train", tmp_path, files, np.full((8, 2), 28, np.int32), (), Text("", ""))
    view.method.choose(0)
    view.show_set(photos, None)
    qtbot.waitUntil(lambda: not view.busy, timeout=8000)
    with qtbot.waitSignal(view.scatter.hovered) as found:
        QTest.mouseMove(view.scatter, QPoint(*view.scatter.places[3].round().astype(int).tolist()))
    assert found.args == [3]
    qtbot.waitUntil(lambda: view.scatter.picture(3) is not None, timeout=8000)
    shown = view.scatter.picture(3)
    assert shown is not None
    assert np.array_equal(shown[..., 0], 255 - few.images[3])


def test_the_map_waits_while_nobody_looks(qtbot: QtBot, view: MapView, few: ImageSet) -> None:
    view.hide()
    view.show_set(few, None)
    qtbot.wait(200)
    assert view.busy
    assert not len(view.scatter.places)
    view.show()
    qtbot.waitUntil(lambda: len(view.scatter.places) == 200, timeout=8000)


def test_every_word_on_the_map_can_be_said_in_another_language(view: MapView, marked: object) -> None:
    marked()  # type: ignore[operator]
    QApplication.processEvents()
    assert view.stop.text().startswith("‹")
    assert view.scatter.accessibleName().startswith("‹")


def test_hidden_classes_are_neither_seen_nor_picked(qtbot: QtBot, scatter: ScatterMap) -> None:
    scatter.hide_classes(frozenset({1}))
    with qtbot.waitSignal(scatter.picked) as caught:
        lasso(scatter, *left_half(scatter))
    assert caught.args[0].tolist() == [10]
    with qtbot.waitSignal(scatter.hovered) as found:
        QTest.mouseMove(scatter, QPoint(*scatter.places[2].round().astype(int).tolist()))
    assert found.args == [12]
    with qtbot.waitSignal(scatter.hovered) as found:
        QTest.mouseMove(scatter, QPoint(*scatter.places[3].round().astype(int).tolist()))
    assert found.args == [-1]
    scatter.clear()
    assert scatter.grab().toImage().pixelColor(*scatter.places[1].astype(int).tolist()).name() == (
        theme.current().well.lower()
    )


def test_an_empty_lasso_lets_go_of_what_was_picked(qtbot: QtBot, scatter: ScatterMap) -> None:
    lasso(scatter, *left_half(scatter))
    with qtbot.waitSignal(scatter.picked) as freed:
        lasso(scatter, (190, 140), (200, 140), (200, 150))
    assert freed.args == [None]


def test_the_wheel_zooms_round_the_pointer(scatter: ScatterMap) -> None:
    at = QPointF(*scatter.places[0].tolist())
    before = scatter.places
    turn = QWheelEvent(
        at,
        at,
        QPoint(),
        QPoint(0, 240),
        LEFT & ~LEFT,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(scatter, turn)
    assert np.allclose(scatter.places[0], before[0])
    assert np.linalg.norm(scatter.places[3] - scatter.places[0]) > 1.3 * np.linalg.norm(before[3] - before[0])
    QTest.keyClick(scatter, Qt.Key.Key_Home)
    assert np.allclose(scatter.places, before, atol=1e-3)


def test_marked_points_keep_their_colour_and_the_rest_fade(scatter: ScatterMap) -> None:
    scatter.mark(np.array([10]))
    image = scatter.grab().toImage()
    marked, faded = (image.pixelColor(*scatter.places[i].astype(int).tolist()).name() for i in (0, 2))
    assert marked == theme.current().series[0].lower()
    assert faded != marked


def test_a_bent_outline_holds_only_what_is_inside() -> None:
    bent = np.array([[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [1, 1], [1, 4], [0, 4]], float)  # a U
    points = np.array([[0.5, 3], [2, 3], [3.5, 3], [2, 0.5], [5, 5]])
    assert inside(points, bent).tolist() == [True, False, True, True, False]
