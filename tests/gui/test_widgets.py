"""The small widgets do what a hand expects of them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.widgets.basics import Chip, Icon, Segmented, SliderRow, State, StatTile, Toggle
from gui.widgets.game_chart import ends
from gui.widgets.inspector_parts import ShortLabel
from gui.widgets.pictures import Bars, Confusion, FeatureMaps, Picture, Tiles, to_image


def test_a_logarithmic_slider_reaches_both_ends(qtbot: QtBot) -> None:
    slider, heard = SliderRow(1e-6, 1.0, 0.001, log=True), []
    qtbot.addWidget(slider)
    slider.changed.connect(heard.append)
    slider.slider.setValue(0)
    slider.slider.setValue(slider.slider.maximum())
    assert heard[0] == pytest.approx(1e-6)
    assert heard[-1] == pytest.approx(1.0)


def test_setting_a_slider_tells_nobody(qtbot: QtBot) -> None:
    slider, heard = SliderRow(0, 45, 8), []
    qtbot.addWidget(slider)
    slider.changed.connect(heard.append)
    slider.set_value(20)
    assert heard == []
    assert slider.value() == 20


def test_a_value_set_by_the_program_is_kept_exactly(qtbot: QtBot) -> None:
    slider = SliderRow(1e-6, 1, 0.00123456, log=True)
    qtbot.addWidget(slider)
    assert slider.value() == 0.00123456


def test_a_double_click_on_the_figure_lets_a_value_be_typed(qtbot: QtBot) -> None:
    slider, heard = SliderRow(0, 45, 8, unit="°"), []
    qtbot.addWidget(slider)
    slider.show()
    slider.changed.connect(heard.append)
    QTest.mouseDClick(slider.figure, Qt.MouseButton.LeftButton)
    from PySide6.QtWidgets import QLineEdit

    field = slider.findChild(QLineEdit)
    field.setText("12.5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard == [12.5]
    assert slider.figure.text() == "12.5°"


def test_ctrl_click_brings_the_default_back(qtbot: QtBot) -> None:
    slider = SliderRow(0, 45, 8)
    qtbot.addWidget(slider)
    slider.show()
    slider.set_value(30)
    with qtbot.waitSignal(slider.changed):
        QTest.mouseClick(slider.slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, QPoint(5, 5))
    assert slider.value() == 8


def test_segments_are_chosen_by_click_and_by_arrow(qtbot: QtBot) -> None:
    segments, heard = Segmented(3), []
    qtbot.addWidget(segments)
    segments.setTexts(["a", "b", "c"])
    segments.chosen.connect(heard.append)
    segments.show()
    from PySide6.QtWidgets import QToolButton

    parts = segments.findChildren(QToolButton)
    QTest.mouseClick(parts[1], Qt.MouseButton.LeftButton)
    segments.activateWindow()
    parts[1].setFocus()
    qtbot.waitUntil(parts[1].hasFocus)
    QTest.keyClick(parts[1], Qt.Key.Key_Right)
    assert heard == [1, 2]
    segments.choose(0)
    assert (segments.index(), heard) == (0, [1, 2])


def test_a_toggle_moves_by_mouse_and_space(qtbot: QtBot) -> None:
    toggle = Toggle()
    qtbot.addWidget(toggle)
    toggle.show()
    QTest.mouseClick(toggle, Qt.MouseButton.LeftButton, pos=QPoint(30, 12))
    assert toggle.isChecked()
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    assert not toggle.isChecked()


def test_a_chip_grows_with_its_word(qtbot: QtBot) -> None:
    chip = Chip("measured")
    qtbot.addWidget(chip)
    chip.setText("a")
    small = chip.width()
    chip.setText("slide said 67 %")
    assert chip.width() > small


def test_a_stat_tile_says_value_unit_and_evidence(qtbot: QtBot) -> None:
    tile = StatTile("net")
    qtbot.addWidget(tile)
    tile.set_title("Accuracy")
    tile.show_value("97.9", "%", "2,000 held-out digits", ("measured", "measured"))
    assert tile.accessibleName() == "Accuracy 97.9 %. 2,000 held-out digits"


def test_an_image_owns_its_bytes(qtbot: QtBot) -> None:
    array = np.zeros((4, 6), np.uint8)
    image = to_image(array)
    array[:] = 255
    assert image.pixelColor(0, 0).value() == 0
    assert to_image(np.full((2, 2, 3), (255, 0, 0), np.uint8)).pixelColor(1, 1).red() == 255


def test_a_picture_shows_one_pixel_as_a_square(qtbot: QtBot) -> None:
    picture = Picture(radius=0)
    qtbot.addWidget(picture)
    picture.setFixedSize(100, 100)
    array = np.zeros((2, 2), np.uint8)
    array[0, 1] = 255
    picture.show_array(array)
    image = picture.grab().toImage()
    side = image.width()
    assert image.pixelColor(side * 3 // 4, side // 4).value() == 255
    assert image.pixelColor(side // 4, side // 4).value() == 0


def test_tiles_lose_columns_not_size_and_tell_which_was_clicked(qtbot: QtBot) -> None:
    tiles, heard = Tiles(tile=50, gap=5), []
    qtbot.addWidget(tiles)
    tiles.set_tiles([np.zeros((28, 28), np.uint8)] * 12)
    tiles.clicked.connect(heard.append)
    tiles.resize(220, 160)
    assert (tiles.columns(), tiles.fitting()) == (4, 12)
    tiles.resize(110, 105)
    assert (tiles.columns(), tiles.fitting()) == (2, 4)
    QTest.mouseClick(tiles, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    assert heard == [3]
    assert tiles.at(QPointF(60, 300)) is None


def test_bars_say_the_best_answer_to_a_screen_reader(qtbot: QtBot) -> None:
    bars = Bars()
    qtbot.addWidget(bars)
    values = np.full(10, 0.01)
    values[3] = 0.91
    bars.set_values([str(i) for i in range(10)], values)
    assert bars.accessibleDescription() == "3: 91.0 %"


def test_the_strongest_map_comes_first(qtbot: QtBot) -> None:
    from gui.widgets.feature_maps import _strongest_first

    maps = np.zeros((3, 4, 4), np.float32)
    maps[0] = 5.0  # everywhere the same
    maps[2, 0, 0] = 1.0
    maps[1, :2] = 1.0
    _, levels, order = _strongest_first("conv1", maps)
    assert order.tolist() == [1, 2, 0]
    assert levels.max() == 255


def test_maps_keep_their_rows_in_the_order_of_the_layers(qtbot: QtBot) -> None:
    maps = FeatureMaps(rows=2)
    qtbot.addWidget(maps)
    maps.show_maps(
        [(name, np.random.default_rng(0).random((4, 8, 8), np.float32)) for name in ("conv1", "conv2", "conv3")]
    )
    assert maps.layers() == ["conv1", "conv2"]
    assert not maps.grab().isNull()


def test_a_square_of_the_confusion_matrix_tells_label_and_reading(qtbot: QtBot) -> None:
    matrix, heard = Confusion(), []
    qtbot.addWidget(matrix)
    matrix.resize(218, 218)
    matrix.show_matrix(np.eye(10, dtype=np.int64) * 5, [str(i) for i in range(10)])
    matrix.chosen.connect(lambda *pair: heard.append(pair))
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=QPoint(18 + 3 * 20 + 10, 7 * 20 + 10))
    assert heard == [(7, 3)]


def test_the_ends_of_a_scale_never_read_alike() -> None:
    """Between 0.486 and 0.491 both said 0.49."""
    assert ends(0.486, 0.491, 2) == ("0.486", "0.491")
    assert ends(-1.0, 12.0, 2) == ("−1.00", "12.00")
    assert ends(0.5, 0.5, 2)[0].startswith("0.5")


def test_a_tile_gives_its_curve_up_before_its_figure(qtbot: QtBot) -> None:
    """In English the right column of Live was wider than its room: the tiles reached over its edge."""
    tile = StatTile(ground="card")
    qtbot.addWidget(tile)
    tile.show_value("12.7", "frames/s")
    assert tile.minimumSizeHint().width() <= tile.sizeHint().width() - 30


def test_a_message_that_has_the_whole_stage_stands_in_its_middle(qtbot: QtBot) -> None:
    state = State("planet", stage=True)
    state.set_words("No run of yours yet", "Train a generator in Learn. " * 6)
    qtbot.addWidget(state)
    state.resize(900, 600)
    state.show()
    parts = [
        part.geometry().translated(part.parentWidget().mapTo(state, QPoint())) for part in state.findChildren(QLabel)
    ]
    left, right = min(r.left() for r in parts), max(r.right() for r in parts)
    icon = state.findChildren(Icon)[0]
    left = min(left, icon.mapTo(state, QPoint()).x())
    assert right - left <= 520
    assert abs((left + right) / 2 - 450) < 12


def test_a_short_label_takes_a_second_line_before_it_cuts_a_word(qtbot: QtBot) -> None:
    whole, cut = ShortLabel("strong", lines=2), ShortLabel("strong")
    for one in (whole, cut):
        qtbot.addWidget(one)
        one.resize(140, 40)
        one.show()
        one.say("Phone and watch together")
    assert whole.text().replace("\n", " ") == "Phone and watch together" and whole.toolTip() == ""
    assert whole.text().count("\n") == 1 and whole.sizeHint().height() > cut.sizeHint().height()
    assert cut.text().endswith("…") and cut.toolTip() == "Phone and watch together"
    whole.say("Digits")
    assert whole.sizeHint().height() == cut.sizeHint().height()
