"""The Datasets tab on real digits: opening, filtering, finding, looking closely, folders that will not do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.settings import Settings, load
from gui import theme
from gui.context import Context
from gui.pages.datasets import DatasetsPage
from gui.widgets.class_bar import ClassBar
from gui.widgets.histogram import Histogram
from gui.widgets.pixel_view import PixelView

SECONDS = 15_000


@pytest.fixture
def page(host: EngineHost, qtbot: QtBot, qapp: QApplication) -> DatasetsPage:
    """The tab after it has done its job: the bundled digits, with one chosen."""
    theme.apply(qapp, "dark")
    page = DatasetsPage(host, Context(host, Settings()))
    qtbot.addWidget(page)
    page.resize(1280, 760)
    page.show()
    done: list[bool] = []
    page.do_its_job(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=SECONDS)
    return page


def words_in(page: DatasetsPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def described(page: DatasetsPage, qtbot: QtBot, count: int) -> None:
    """Wait until the averages are those of `count` pictures."""
    qtbot.waitUntil(lambda: f"of {count:,} pictures" in words_in(page), timeout=SECONDS)


def test_without_mnist_the_bundled_digits_are_open_with_one_chosen(page: DatasetsPage) -> None:
    assert "4,000 pictures, 10 kinds" in words_in(page)
    assert page.stage.grid.current() == 0
    assert page.inspector.label.text() == "0"
    assert page.sets.cards["digits"].isChecked()


def test_a_click_on_a_class_shows_only_its_pictures(page: DatasetsPage, qtbot: QtBot) -> None:
    bar = page.stage.classes
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.rect_of(7).center().toPoint())
    assert "400 of 4,000 pictures" in words_in(page)
    shown = page.stage.shown
    assert shown is not None
    assert set(shown.labels[page.stage.grid.visible()].tolist()) == {7}
    assert page.inspector.label.text() == "7"  # the chosen picture is one of those shown
    described(page, qtbot, 400)


def test_ctrl_click_adds_a_class_and_a_second_click_shows_all_again(page: DatasetsPage, qtbot: QtBot) -> None:
    bar, left = page.stage.classes, Qt.MouseButton.LeftButton
    qtbot.mouseClick(bar, left, pos=bar.rect_of(1).center().toPoint())
    qtbot.mouseClick(bar, left, Qt.KeyboardModifier.ControlModifier, bar.rect_of(8).center().toPoint())
    assert len(page.stage.grid) == 800
    qtbot.mouseClick(bar, left, Qt.KeyboardModifier.ControlModifier, bar.rect_of(8).center().toPoint())
    qtbot.mouseClick(bar, left, pos=bar.rect_of(1).center().toPoint())
    assert len(page.stage.grid) == 4000


def test_finding_a_label_filters_and_clearing_shows_all(page: DatasetsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.stage.finder, "3")
    assert len(page.stage.grid) == 400
    qtbot.keyClick(page.stage.finder, Qt.Key.Key_Escape)
    assert len(page.stage.grid) == 4000


def test_finding_a_number_goes_to_that_picture(page: DatasetsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.stage.finder, "3456")
    assert page.stage.grid.current() == 3456
    assert 3456 in page.stage.grid.visible()
    assert len(page.stage.grid) == 4000


def test_a_number_after_a_hash_is_never_a_label(page: DatasetsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.stage.finder, "#7")
    assert page.stage.grid.current() == 7
    assert len(page.stage.grid) == 4000


@pytest.mark.parametrize("text", ["4000", "cat", "#", "1234567890123456789012345"])
def test_what_cannot_be_found_is_marked_and_changes_nothing(page: DatasetsPage, qtbot: QtBot, text: str) -> None:
    page.stage.finder.setText(text)
    assert page.stage.finder.property("bad") is True
    assert len(page.stage.grid) == 4000


def test_slash_goes_to_the_find_field_and_enter_back_to_the_pictures(page: DatasetsPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.stage.grid.setFocus()
    qtbot.keyClick(page.stage.grid, Qt.Key.Key_Slash)
    assert page.stage.finder.hasFocus()
    qtbot.keyClick(page.stage.finder, Qt.Key.Key_Return)
    assert page.stage.grid.hasFocus()


def test_another_split_shows_its_pictures_under_the_same_filter(page: DatasetsPage, qtbot: QtBot) -> None:
    page.stage.pick_class(5)
    segment = page.stage.split.findChildren(QAbstractButton)[1]
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.stage.shown is not None and page.stage.shown.split == "test", timeout=SECONDS)
    assert "100 of 1,000 pictures" in words_in(page)
    described(page, qtbot, 100)


def test_the_averages_and_the_histogram_are_those_of_the_pictures_shown(page: DatasetsPage, qtbot: QtBot) -> None:
    counts: list[np.ndarray] = []
    show = page.inspector.histogram.show_counts
    page.inspector.histogram.show_counts = lambda c: (counts.append(c), show(c))[0]  # type: ignore[method-assign]
    page.stage.pick_class(1)
    described(page, qtbot, 400)
    shown = page.stage.shown
    assert shown is not None
    expected = np.bincount(shown.images[shown.labels == 1].ravel(), minlength=256)
    assert (counts[-1] == expected).all()


def test_of_many_quick_filters_only_the_last_is_averaged(page: DatasetsPage, qtbot: QtBot) -> None:
    shown: list[int] = []
    show = page.inspector.averages.set_tiles
    page.inspector.averages.set_tiles = lambda tiles, **more: (  # type: ignore[method-assign]
        shown.append(len(tiles)),
        show(tiles, **more),
    )[0]
    for index in range(10):
        page.stage.pick_class(index)
    described(page, qtbot, 400)
    assert shown == [1]
    assert page.inspector.label.text() == "9"


def test_while_a_set_is_read_the_stage_says_how_far_it_is(page: DatasetsPage) -> None:
    page.stage.show_loading(page.sets.cards["mnist"].card.card.name, 12_400, 60_000)
    assert "Reading MNIST" in words_in(page)
    assert "12,400 of 60,000 so far." in words_in(page)


def test_a_switch_of_the_theme_repaints_the_ground_of_the_pictures(page: DatasetsPage, qapp: QApplication) -> None:
    def ground() -> str:
        image = page.stage.grid.viewport().grab().toImage()
        return image.pixelColor(image.width() - 1, 0).name()

    assert ground() == theme.current().panel.lower()
    theme.apply(qapp, "light")
    assert ground() == theme.current().panel.lower() == "#ffffff"


def test_tab_goes_from_find_to_split_to_classes_to_pictures(page: DatasetsPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.stage.finder.setFocus()
    met = []
    for _ in range(4):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        met.append(page.focusWidget())
    segments = page.stage.split.findChildren(QAbstractButton)
    assert met[0] in segments
    assert [w for w in met if w not in segments][:2] == [page.stage.classes, page.stage.grid]


def test_pointing_at_a_pixel_reads_its_value(page: DatasetsPage) -> None:
    shown = page.stage.shown
    assert shown is not None
    page.inspector.view.point(14, 6)
    assert f"value {shown.images[0, 6, 14]}" in words_in(page)
    assert "x 14   y 6" in words_in(page)


def test_enter_looks_closely_and_escape_leads_back(page: DatasetsPage, qtbot: QtBot) -> None:
    page.stage.grid.setFocus()
    qtbot.keyClick(page.stage.grid, Qt.Key.Key_Return)
    look = page.stage.close_look
    assert look.isVisible()
    assert not page.stage.grid.isVisible()
    assert look.view.numbers_fit
    qtbot.keyClick(look.view, Qt.Key.Key_PageDown)
    assert page.stage.grid.current() == 1
    assert "Index 1" in words_in(page)
    qtbot.keyClick(look.view, Qt.Key.Key_Escape)
    assert page.stage.grid.isVisible()


def test_the_sliders_ask_for_other_versions_and_none_means_the_picture_itself(page: DatasetsPage, qtbot: QtBot) -> None:
    made: list[np.ndarray] = []
    show = page.inspector.show_versions
    page.inspector.show_versions = lambda images: (made.append(np.asarray(images)), show(images))[0]  # type: ignore[method-assign]
    for slider in (page.inspector.rotate, page.inspector.shift):
        slider.slider.setValue(0)
    shown = page.stage.shown
    assert shown is not None
    qtbot.waitUntil(lambda: bool(made) and (made[-1] == shown.images[0]).all(), timeout=SECONDS)
    page.inspector.shift.slider.setValue(1000)
    qtbot.waitUntil(lambda: len(made) > 0 and not (made[-1] == shown.images[0]).all(), timeout=SECONDS)
    versions = made[-1]
    assert len(versions) == 10
    assert not (versions[0] == versions[1]).all()
    count = len(made)
    qtbot.mouseClick(page.inspector.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(made) > count, timeout=SECONDS)
    assert not (made[-1] == versions).all()


def test_a_set_that_is_not_here_says_so_and_offers_a_folder(page: DatasetsPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.sets.cards["mnist"], Qt.MouseButton.LeftButton)
    assert "MNIST is not on this machine yet" in words_in(page)
    offered = [b for b in page.stage.findChildren(QAbstractButton) if b.isVisible() and b.text() == "Open a folder"]
    assert len(offered) == 1


def test_the_right_folder_is_opened_and_found_next_time(page: DatasetsPage, qtbot: QtBot, mnist_dir: Path) -> None:
    page.open_folder(mnist_dir)
    qtbot.waitUntil(lambda: "1,000 pictures, 10 kinds" in words_in(page), timeout=SECONDS)
    assert page.sets.cards["mnist"].isChecked()
    qtbot.waitUntil(lambda: load()[0].data_folder == str(mnist_dir), timeout=SECONDS)
    again = DatasetsPage(page.host, Context(page.host, load()[0]))
    qtbot.addWidget(again)
    done: list[bool] = []
    again.do_its_job(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=SECONDS)
    assert again.stage.shown is not None
    assert again.stage.shown.id == "mnist"


def test_a_korean_path_is_opened_like_any_other(
    page: DatasetsPage, qtbot: QtBot, make_mnist: Callable[[Path], Path], tmp_path: Path
) -> None:
    page.open_folder(make_mnist(tmp_path / "손글씨 숫자"))
    qtbot.waitUntil(lambda: "1,000 pictures, 10 kinds" in words_in(page), timeout=SECONDS)


def test_an_empty_folder_is_told_in_a_sentence_with_its_name(page: DatasetsPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.open_folder(tmp_path)
    qtbot.waitUntil(lambda: f"{tmp_path} holds nothing" in words_in(page), timeout=SECONDS)
    assert load()[0].data_folder == ""
    page.hidden()
    page.shown()  # coming back to the tab does not wipe the sentence away
    qtbot.waitUntil(lambda: not page.busy, timeout=SECONDS)
    assert f"{tmp_path} holds nothing" in words_in(page)
    assert "of 4,000 pictures" not in words_in(page)  # nor do averages of the set before stay beside it
    button = next(b for b in page.stage.findChildren(QAbstractButton) if b.isVisible() and "bundled" in b.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "4,000 pictures, 10 kinds" in words_in(page)


def test_a_damaged_file_is_named(page: DatasetsPage, qtbot: QtBot, mnist_dir: Path) -> None:
    broken = mnist_dir / "MNIST" / "raw" / "train-images-idx3-ubyte.gz"
    broken.write_bytes(broken.read_bytes()[:2000])
    page.open_folder(mnist_dir)
    qtbot.waitUntil(lambda: f"{broken} is cut off" in words_in(page), timeout=SECONDS)


def test_every_card_shows_pictures_of_its_set_in_the_end(page: DatasetsPage, qtbot: QtBot) -> None:
    def drawn(id: str) -> bool:
        image = page.sets.cards[id].grab().toImage()
        at = image.devicePixelRatio()
        inside = {image.pixelColor(int(x * at), int(y * at)).lightness() for x in range(9, 50) for y in range(7, 48)}
        return max(inside) > 200

    qtbot.waitUntil(lambda: drawn("digits") and drawn("digits8"), timeout=SECONDS)


def test_cells_too_small_for_numbers_get_them_after_zooming_in(qtbot: QtBot) -> None:
    view = PixelView(150)
    qtbot.addWidget(view)
    view.show_image(np.arange(784, dtype=np.uint16).astype(np.uint8).reshape(28, 28))
    assert not view.numbers_fit
    for _ in range(8):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.numbers_fit
    view.set_numbers(True)
    view.grab()


def test_arrows_read_a_picture_pixel_by_pixel(qtbot: QtBot) -> None:
    view = PixelView(150)
    qtbot.addWidget(view)
    view.show_image(np.zeros((8, 8), np.uint8))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.probe == (4, 4)
    for _ in range(9):
        qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.probe == (4, 0)


def test_the_pointer_reads_the_pixel_that_is_painted_under_it(qtbot: QtBot) -> None:
    rng = np.random.default_rng(0)
    image = rng.integers(0, 256, (28, 28), dtype=np.uint8)
    view = PixelView(150)
    qtbot.addWidget(view)
    view.show_image(image)
    shot = view.grab().toImage()
    for x, y in ((0, 0), (27, 27), (5, 20)):
        middle = view.rect_of(x, y).center()
        assert view.pixel_at(middle) == (x, y)
        if (x, y) == (5, 20):  # away from the rounded corners
            assert shot.pixelColor((middle * shot.devicePixelRatio()).toPoint()).red() == image[y, x]


def test_the_class_bar_is_worked_by_keys(qtbot: QtBot) -> None:
    bar = ClassBar()
    qtbot.addWidget(bar)
    bar.set_classes(["zero", "one", "two"], [5, 0, 9])
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    with qtbot.waitSignal(bar.changed) as changed:
        qtbot.keyClick(bar, Qt.Key.Key_Space)
    assert changed.args == [frozenset({1})]
    assert bar.accessibleDescription() == "one 0"
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    qtbot.keyClick(bar, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert bar.picked == frozenset({1, 2})


def test_two_classes_of_one_colour_are_told_apart_by_dashes(qtbot: QtBot) -> None:
    """In the light theme the fifth and the ninth class had one colour, and both a whole line."""
    bar = ClassBar()
    qtbot.addWidget(bar)
    bar.set_classes([str(i) for i in range(10)], [5] * 10)
    bar.resize(1000, bar.heightForWidth(1000))
    picture, series = bar.grab().toImage(), theme.current().series

    def coloured(index: int) -> float:
        cell, ink = bar.rect_of(index), QColor(series[index % len(series)])
        row = round(cell.bottom() - 7.5)
        line = [picture.pixelColor(x, row) for x in range(round(cell.x()) + 10, round(cell.right()) - 10)]
        return sum(pixel == ink for pixel in line) / len(line)

    assert coloured(1) > 0.95
    assert 0.3 < coloured(9) < 0.7


def test_many_classes_wrap_into_rows(qtbot: QtBot) -> None:
    bar = ClassBar()
    qtbot.addWidget(bar)
    bar.set_classes([str(i) for i in range(40)], [1] * 40)
    bar.resize(600, bar.heightForWidth(600))
    assert bar.rect_of(39).bottom() <= bar.height()
    assert bar.rect_of(39).right() <= 600


def test_the_histogram_reads_out_the_bar_under_the_pointer(qtbot: QtBot) -> None:
    counts = np.zeros(256, np.int64)
    counts[0], counts[250] = 80, 20
    histogram = Histogram()
    qtbot.addWidget(histogram)
    histogram.resize(320, 64)
    histogram.show_counts(counts)
    assert histogram.leaves_out_zeros
    at = QPointF(319, 30)
    none, left = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(histogram.pointed) as pointed:
        histogram.mouseMoveEvent(QMouseEvent(QMouseEvent.Type.MouseMove, at, at, none, none, left))
    assert pointed.args == [248, 255, pytest.approx(0.2)]
