"""The stage of Live: one picture and its marks, painted as they belong together."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from skimage import data

from gui.widgets.frame_marks import Mark, Over, area_image, mark_at, places_of, same_object
from gui.widgets.frame_view import FrameView
from gui.widgets.live_budget import TimeBudget
from gui.widgets.photo_marks import class_rgb

PHOTO = np.ascontiguousarray(data.astronaut()[:480])  # (480, 512, 3)
FACE = Mark((160.0, 60.0, 280.0, 200.0), 4, "face 97 %", 0.97, number=3)
HELMET = Mark((20.0, 300.0, 300.0, 470.0), 2, "helmet 60 %", 0.6)


@pytest.fixture
def view(qtbot: QtBot) -> FrameView:
    view = FrameView()
    qtbot.addWidget(view)
    view.resize(1024, 600)
    view.show()
    return view


def painted(view: FrameView) -> QImage:
    return view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_the_picture_is_shown_whole_in_its_own_shape_and_its_own_colours(view: FrameView) -> None:
    view.show_frame(PHOTO)
    target, image = view.target(), painted(view)
    assert (target.width(), target.height()) == (640, 600)
    assert target.left() == 192
    for x, y in ((100, 50), (256, 240), (400, 400)):
        shown = image.pixelColor(round(192 + (x + 0.5) * 1.25), round((y + 0.5) * 1.25))
        near = PHOTO[y - 1 : y + 2, x - 1 : x + 2].reshape(-1, 3).astype(int)
        for value, channel in zip((shown.red(), shown.green(), shown.blue()), near.T, strict=True):
            assert channel.min() - 3 <= value <= channel.max() + 3


def test_a_click_chooses_the_smallest_object_and_arrows_go_to_the_next(view: FrameView, qtbot: QtBot) -> None:
    view.show_frame(PHOTO, Over((HELMET, FACE)))
    inside = QPoint(192 + round(220 * 1.25), round(100 * 1.25))
    with qtbot.waitSignal(view.picked) as picked:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside)
    assert picked.args[0] == 1
    assert picked.args[1:] == pytest.approx((220, 100), abs=1)
    assert view.chosen is FACE
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.chosen is HELMET
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(200, 5))
    assert view.chosen is None


def test_the_chosen_object_is_followed_by_its_number_and_let_go_of_when_it_is_gone(view: FrameView) -> None:
    view.show_frame(PHOTO, Over((FACE, HELMET)))
    view.choose(0)
    moved = Mark((300.0, 100.0, 420.0, 240.0), 4, "face 95 %", 0.95, number=3)
    view.show_frame(PHOTO, Over((HELMET, moved)))
    assert view.chosen is moved
    view.show_frame(PHOTO, Over((HELMET,)))
    assert view.chosen is None
    assert same_object((HELMET,), Mark((25.0, 305.0, 305.0, 475.0), 2, "", 0.5)) == 0  # without a number: by its place
    assert same_object((HELMET,), Mark((300.0, 0.0, 400.0, 50.0), 2, "", 0.5)) == -1


def test_areas_are_filled_to_their_opacity_with_a_full_edge_and_the_rest_is_left_alone(view: FrameView) -> None:
    classes = np.full((48, 52), 127, np.uint8)
    classes[10:40, 10:40] = 3
    dark = np.zeros((480, 520, 3), np.uint8)
    view.show_frame(dark, Over(areas=area_image(classes, 0.5, clear=(127,))))
    image, target = painted(view), view.target()

    def at(x: float, y: float) -> QColor:
        return image.pixelColor(
            round(target.x() + x * target.width() / 52), round(target.y() + y * target.height() / 48)
        )

    red, green, blue = class_rgb(3)
    assert at(25, 25).red() == pytest.approx(red / 2, abs=3)
    assert at(25, 25).blue() == pytest.approx(blue / 2, abs=3)
    assert (at(39.5, 25).red(), at(39.5, 25).green()) == (red, green)
    assert at(5, 5) == QColor(0, 0, 0)


def test_a_class_is_named_on_a_pixel_of_its_own_and_only_where_it_covers_enough() -> None:
    ring = np.zeros((96, 96), np.uint8)
    ring[8:88, 8:88] = 1
    ring[24:72, 24:72] = 0  # the middle of the ring is not the ring
    ring[0:4, 0:4] = 2
    places = places_of(ring, ["ground", "ring", "spot"], (960, 960), least=0.03)
    assert [place.words for place in places] == ["ground", "ring"]
    assert ring[int(places[1].y / 10), int(places[1].x / 10)] == 1


def test_nothing_is_met_where_there_is_nothing() -> None:
    assert mark_at((FACE, HELMET), 5, 5) == -1
    assert mark_at((), 5, 5) == -1


def test_the_time_budget_tells_its_parts_to_a_screen_reader(qtbot: QtBot) -> None:
    budget = TimeBudget()
    qtbot.addWidget(budget)
    budget.resize(420, 36)
    budget.set_names(("capture", "prepare", "infer", "draw"))
    budget.show_parts((1.1, 5.4, 24.2, 9.9), "age 40 ms")
    assert budget.accessibleDescription() == "capture 1.1 ms, prepare 5.4 ms, infer 24.2 ms, draw 9.9 ms. age 40 ms"
    before = budget.grab().toImage()
    budget.show_parts((1.1, 5.4, 60.0, 9.9), "age 40 ms")
    assert budget.grab().toImage() != before
