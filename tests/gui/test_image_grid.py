"""The wall of pictures: what is painted, what the keyboard does, and that it stays cheap."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui import bench_grid
from gui.widgets.contact_sheet import Plan, sheet
from gui.widgets.image_grid import ImageGrid


def grey_steps(count: int, side: int = 28) -> np.ndarray:
    """Pictures of one flat grey each, so that a painted pixel tells which picture it belongs to."""
    return np.repeat((np.arange(count) * 5 % 250 + 5).astype(np.uint8), side * side).reshape(count, side, side)


@pytest.fixture
def grid(qtbot: QtBot) -> ImageGrid:
    grid = ImageGrid()
    qtbot.addWidget(grid)
    grid.resize(400, 300)
    grid.set_images(grey_steps(1000))
    grid.show()
    qtbot.waitUntil(lambda: grid.frames > 0)
    return grid


def middle_of(grid: ImageGrid, row: int, column: int) -> QPoint:
    pitch = grid.viewport().width() / grid.columns
    return QPoint(int((column + 0.45) * pitch), int((row + 0.45) * pitch))


def painted(grid: ImageGrid, row: int, column: int) -> int:
    image = grid.viewport().grab().toImage()
    at = middle_of(grid, row, column) * image.devicePixelRatio()
    return image.pixelColor(at).red()


def test_the_sheet_keeps_each_picture_whole_and_apart() -> None:
    laid = sheet(grey_steps(5, side=4), 2, 3, cell=6, before=1)
    assert laid.shape == (12, 18)
    assert (laid[1:5, 1:5] == 5).all()
    assert (laid[1:5, 7:11] == 10).all()
    assert (laid[7:11, 1:5] == 20).all()
    assert not laid[6:, 12:].any()  # the sixth cell is empty


def test_colour_pictures_stay_in_colour_on_the_sheet() -> None:
    red = np.zeros((2, 4, 4, 3), np.uint8)
    red[..., 0] = 200
    assert sheet(red, 1, 2, cell=5, before=0).shape == (5, 10, 3)
    assert (sheet(red, 1, 2, cell=5, before=0)[:4, :4] == (200, 0, 0)).all()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("side", [8, 28, 32, 512])
def test_tiles_fill_the_width_and_never_touch(ratio: float, side: int) -> None:
    plan = Plan.of(760, ratio, side)
    assert plan.columns * plan.pitch <= 760 * ratio + plan.pitch - plan.hole + 1
    assert plan.columns * plan.pitch >= 760 * ratio * 0.95
    assert 0 < plan.pitch - plan.hole <= plan.pitch / 5
    assert plan.before + -(-side // plan.stride) <= plan.cell


def test_the_first_row_shows_the_first_pictures(grid: ImageGrid) -> None:
    assert [painted(grid, 0, column) for column in range(3)] == [5, 10, 15]
    assert painted(grid, 1, 0) == grey_steps(1000)[grid.columns, 0, 0]


def test_scrolling_to_a_row_shows_that_row_at_the_top(grid: ImageGrid) -> None:
    grid.scroll_to(40)
    assert grid.visible()[0] == 40 * grid.columns
    assert abs(painted(grid, 0, 0) - int(grey_steps(1000)[40 * grid.columns, 0, 0])) <= 1


def test_an_order_shows_only_those_pictures(grid: ImageGrid) -> None:
    grid.set_order(np.array([7, 3, 9]))
    assert len(grid) == 3
    assert grid.rows == 1
    assert [painted(grid, 0, column) for column in range(3)] == [40, 20, 50]


def test_the_chosen_picture_stays_chosen_when_the_filter_keeps_it(grid: ImageGrid) -> None:
    grid.choose(700)
    grid.set_order(np.arange(0, 1000, 7))
    assert grid.current() == 700
    assert 700 in grid.visible()
    grid.set_order(np.arange(1, 1000, 7))
    assert grid.current() == -1


def test_arrows_pages_and_ends_move_the_choice_and_bring_it_into_view(grid: ImageGrid, qtbot: QtBot) -> None:
    grid.choose(0)
    for key, expected in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + grid.columns),
        (Qt.Key.Key_Left, grid.columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 999),
        (Qt.Key.Key_Right, 999),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(grid, key)
        assert grid.current() == expected
        assert expected in grid.visible()
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert grid.current() >= 2 * grid.columns
    assert grid.current() % grid.columns == 0


def test_enter_and_double_click_open_the_chosen_picture(grid: ImageGrid, qtbot: QtBot) -> None:
    grid.choose(5)
    with qtbot.waitSignal(grid.opened) as opened:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [5]
    with qtbot.waitSignal(grid.opened) as opened:
        qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(grid, 0, 2))
    assert opened.args == [5]  # a real double click has chosen it with its first press


def test_a_click_chooses_the_picture_under_it(grid: ImageGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.chosen) as chosen:
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(grid, 1, 2))
    assert chosen.args == [grid.columns + 2]


def test_a_click_beside_the_last_picture_chooses_nothing(grid: ImageGrid, qtbot: QtBot) -> None:
    grid.set_order(np.arange(2))
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(grid, 0, 3))
    assert grid.current() == -1


def test_the_slash_key_is_left_to_the_page(grid: ImageGrid, qtbot: QtBot) -> None:
    pressed = []

    class Outer(QWidget):  # hears what its child ignores
        def keyPressEvent(self, event: QKeyEvent) -> None:
            pressed.append(event.text())

    outer = Outer()
    qtbot.addWidget(outer)
    grid.setParent(outer)
    qtbot.keyClick(grid, Qt.Key.Key_Slash)
    assert pressed == ["/"]
    grid.setParent(None)


def test_a_resize_keeps_the_pictures_that_were_in_view(grid: ImageGrid, qtbot: QtBot) -> None:
    grid.scroll_to(50)
    first = int(grid.visible()[0])
    before = grid.columns
    grid.resize(700, 300)
    qtbot.waitUntil(lambda: grid.columns > before)
    assert first in grid.visible()


def test_the_tooltip_says_what_the_page_says(grid: ImageGrid, qtbot: QtBot) -> None:
    asked = []
    grid.describe = lambda index: asked.append(index) or f"picture {index}"
    at = middle_of(grid, 0, 1)
    grid.viewportEvent(QHelpEvent(QEvent.Type.ToolTip, at, grid.mapToGlobal(at)))
    assert asked == [1]


def test_the_wheel_glides_to_rows_further_down(grid: ImageGrid, qtbot: QtBot) -> None:
    def notch() -> QWheelEvent:
        at, none = QPointF(50, 50), QPoint()
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        return QWheelEvent(at, at, none, QPoint(0, -120), buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)

    grid.wheelEvent(notch())
    grid.wheelEvent(notch())  # a second notch during the glide adds to it
    pitch = grid.viewport().width() / grid.columns
    qtbot.waitUntil(lambda: grid.verticalScrollBar().value() > 2.5 * pitch)


def test_no_pictures_paint_nothing_and_accept_every_key(qtbot: QtBot) -> None:
    grid = ImageGrid()
    qtbot.addWidget(grid)
    grid.show()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Return):
        qtbot.keyClick(grid, key)
    assert grid.current() == -1
    assert len(grid) == 0


def test_sixty_thousand_pictures_need_no_memory_of_their_own(qtbot: QtBot, home: Path) -> None:
    figures = bench_grid.run(seconds=1.0)
    assert figures["count"] == 60_000
    assert figures["frames"] >= 20
    assert figures["mib"] <= 150
    assert figures["repeated"]
    assert figures["source"] == "digits"
    assert {"p50_ms", "p99_ms", "max_ms"} <= figures.keys()
