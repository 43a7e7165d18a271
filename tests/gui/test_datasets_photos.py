"""Photographs on the Datasets tab: boxes, masks, captions, filters, files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from browsing import SIZE, boxes_in, captions_in, classes_in, masks_in, opened, photograph, settled, tab, words_in
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.data.choice import Sort
from engine.host import EngineHost
from gui.bench_folder import make_photographs
from gui.pages.datasets import DatasetsPage
from gui.widgets.photo_marks import class_rgb


@pytest.fixture
def page(host: EngineHost, qtbot: QtBot) -> DatasetsPage:
    return tab(host, qtbot)


@pytest.fixture
def boxes(page: DatasetsPage, qtbot: QtBot, tmp_path: Path) -> DatasetsPage:
    """The tab with six photographs in which 6 cats and 6 dogs are marked."""
    return opened(page, qtbot, boxes_in(tmp_path / "상자"))


def visible(page: DatasetsPage) -> list[int]:
    return [int(i) for i in page.stage.grid.visible()]


def pixels_of(widget: QWidget) -> np.ndarray:
    """(H, W, 3) of what a widget shows."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def marked_in(page: DatasetsPage, of: int) -> int:
    """How many pixels of the wall the boxes of one class take: those that change when boxes are switched off."""
    switch, wall = page.stage.tools._mark_actions["boxes"], page.stage.grid.viewport()
    switch.setChecked(True)
    on = pixels_of(wall)
    switch.setChecked(False)
    changed = (on != pixels_of(wall)).any(axis=2)
    return int((changed & (np.abs(on - class_rgb(of)).max(axis=2) <= 12)).sum())


def test_a_set_with_boxes_counts_its_objects_and_shows_them_in_their_colours(boxes: DatasetsPage) -> None:
    assert "6 pictures, 2 kinds, 12 objects" in words_in(boxes)
    assert boxes.sets.cards["상자"].isChecked()


def test_boxes_lie_over_the_thumbnails_in_class_colours_and_can_be_switched_off(boxes: DatasetsPage) -> None:
    assert marked_in(boxes, 0) > 300
    assert marked_in(boxes, 1) > 100


def test_a_class_shows_only_photographs_that_hold_it_and_marks_only_it(boxes: DatasetsPage) -> None:
    boxes.stage.pick_class(0)
    assert visible(boxes) == [1, 2, 4, 5]
    assert marked_in(boxes, 0) > 300
    assert marked_in(boxes, 1) < 20


def test_pointing_at_a_box_tells_its_size_and_share(boxes: DatasetsPage, qtbot: QtBot) -> None:
    view = boxes.inspector.view
    view.point(140, 100)
    assert view.met_object == 0
    share = 100 * 20 * 20 / (SIZE[0] * SIZE[1])
    assert f"dog  20 × 20 px  {share:.1f}\u2009%" in words_in(boxes)
    view.point(60, 100)
    assert "1 object; point at one" in words_in(boxes)


def test_objects_per_picture_are_counted_beside_the_lectures_sets(boxes: DatasetsPage) -> None:
    bars = boxes.inspector.numbers.bars
    assert bars.counts[:4].tolist() == [0, 2, 2, 2]
    assert bars.accessibleDescription() == "this set 2.0, ImageNet 1.1, VOC 2.4, COCO 7.3"
    assert "12 objects: 50\u2009% small (under 32² px), 50\u2009% medium" in words_in(boxes)
    boxes.stage.pick_class(0)


def test_numbers_follow_the_filter(boxes: DatasetsPage, qtbot: QtBot) -> None:
    boxes.stage.pick_class(0)
    settled(boxes, qtbot)
    assert boxes.inspector.numbers.bars.counts[:4].tolist() == [0, 0, 2, 2]


def test_most_objects_first(boxes: DatasetsPage) -> None:
    boxes.stage.tools._sorted_by(Sort.LABEL)
    assert visible(boxes) == [2, 5, 1, 4, 0, 3]
    assert boxes.stage.grid.current() == 2  # another order is looked at from its beginning


def test_words_find_photographs_by_file_name(boxes: DatasetsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(boxes.stage.finder, "photo4")
    assert visible(boxes) == [4]
    assert "1 of 6 pictures" in words_in(boxes)
    qtbot.keyClick(boxes.stage.finder, Qt.Key.Key_Escape)
    assert len(boxes.stage.grid) == 6
    boxes.stage.finder.setText("horse")
    assert boxes.stage.finder.property("bad") is True


def test_the_close_look_names_the_boxes_and_pages_on(boxes: DatasetsPage, qtbot: QtBot) -> None:
    boxes.stage.grid.setFocus()
    qtbot.keyClick(boxes.stage.grid, Qt.Key.Key_Return)
    look = boxes.stage.looks.photo
    assert look.isVisible()
    assert "photo0.jpg" in words_in(boxes)
    qtbot.keyClick(look.view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: "photo1.jpg" in words_in(boxes))
    assert not boxes.stage.classes.isVisible()  # the picture takes the room
    qtbot.keyClick(look.view, Qt.Key.Key_Escape)
    assert boxes.stage.grid.isVisible() and boxes.stage.classes.isVisible()


def test_the_strength_of_augmentation_is_the_trainers_and_none_keeps_all_boxes(
    boxes: DatasetsPage, qtbot: QtBot
) -> None:
    made: list[np.ndarray] = []
    show = boxes.inspector.show_versions
    boxes.inspector.show_versions = lambda images: (made.append(np.asarray(images)), show(images))[0]  # type: ignore[method-assign]
    assert boxes.inspector.preview.strength.isVisible() and not boxes.inspector.rotate.isVisible()
    boxes.inspector.preview.strength.slider.setValue(0)
    qtbot.waitUntil(lambda: len(made) > 0)
    settled(boxes, qtbot)
    assert made[-1].shape[0] == 10
    assert (np.abs(made[-1].reshape(-1, 3).astype(int) - class_rgb(1)).max(axis=1) == 0).any()


def test_masks_are_told_in_shares_and_shown_beside_the_input(page: DatasetsPage, qtbot: QtBot, tmp_path: Path) -> None:
    opened(page, qtbot, masks_in(tmp_path / "streets"))
    sky, road = 0, 3
    assert page.stage.classes.accessibleDescription().startswith("sky 25.0\u2009%, building 0.0")
    page.stage.look_closely()
    look = page.stage.looks.photo
    qtbot.waitUntil(lambda: "p0.jpg" in words_in(page))
    assert look.beside and look.teacher.isVisible()
    assert "What a network should answer" in words_in(page)
    answer, size = look.teacher.grab().toImage(), look.teacher.size()
    middle = answer.pixelColor(
        int(size.width() * 0.6 * answer.devicePixelRatio()), int(size.height() * 0.5 * answer.devicePixelRatio())
    )
    assert middle == QColor(*class_rgb(road))
    assert not (np.abs(pixels_of(look.view) - class_rgb(road)).max(axis=2) <= 2).any()  # the input stays as it is
    assert look.legend.accessibleDescription().startswith("road 89")
    look.class_asked.emit(sky)
    assert page.stage.classes.picked == {sky}


def test_the_two_panes_show_the_same_part(page: DatasetsPage, qtbot: QtBot, tmp_path: Path) -> None:
    opened(page, qtbot, masks_in(tmp_path / "streets"))
    page.stage.look_closely()
    look = page.stage.looks.photo
    qtbot.keyClick(look.view, Qt.Key.Key_Plus)
    assert look.teacher.view == look.view.view != (1.0, 0.5, 0.5)
    look.teacher.point(7, 8)
    assert look.view.probe == (7, 8)


def test_captions_stand_beside_the_picture_and_are_searched(page: DatasetsPage, qtbot: QtBot, tmp_path: Path) -> None:
    opened(page, qtbot, captions_in(tmp_path / "said"))
    assert "“a cat asleep”" in words_in(page)
    assert not page.stage.classes.isVisible()
    page.stage.finder.setText("cat number")
    assert visible(page) == [0, 2]
    page.stage.finder.setText("coffee")
    qtbot.waitUntil(lambda: "“a cup of coffee”" in words_in(page))


def test_files_that_cannot_be_read_are_listed_and_the_others_shown(
    page: DatasetsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(page, qtbot, classes_in(tmp_path / "tree"))
    qtbot.waitUntil(lambda: page.stage.head.faults.isVisible())
    assert page.stage.head.faults.text() == "1 unreadable"
    qtbot.mouseClick(page.stage.head.faults, Qt.MouseButton.LeftButton)
    faults = page.stage._faults
    assert faults is not None and "3.jpg" in faults.text() and "not a picture" in faults.text()
    faults.close()
    page.stage.pick_class(0)
    assert len(page.stage.grid) == 3
    assert page.inspector.label.text() == "cat"


def test_a_torn_photograph_says_what_is_wrong_with_it(page: DatasetsPage, qtbot: QtBot, tmp_path: Path) -> None:
    opened(page, qtbot, classes_in(tmp_path / "tree"))
    torn = next(i for i in range(5) if page.stage.content and page.stage.content.file_of(i).endswith("3.jpg"))
    page.stage.grid.choose(torn)
    qtbot.waitUntil(lambda: "3.jpg is not a picture" in words_in(page))


def test_the_size_filter_offers_what_there_is_and_narrows_it(page: DatasetsPage, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "sizes"
    folder.mkdir()
    for number, size in enumerate(((100, 60), (160, 120), (300, 200))):
        photograph(number, size).save(folder / f"{number}.jpg")
    opened(page, qtbot, folder)
    panel = page.stage.tools.panel
    assert (panel.smallest.value(), panel.largest.value()) == (100, 300)
    panel.smallest.slider.setValue(panel.smallest.slider.maximum() // 4)  # 150 px
    assert visible(page) == [1, 2]
    assert page.stage.tools._filter.text() == "Filter: 1"
    panel.clear.click()
    assert len(page.stage.grid) == 3


def test_a_folder_dropped_on_the_page_is_opened(page: DatasetsPage, qtbot: QtBot, tmp_path: Path) -> None:
    place, mime = boxes_in(tmp_path / "dropped"), QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(place))])
    at, copy, left = QPointF(50, 50), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(at, copy, mime, left, Qt.KeyboardModifier.NoModifier, QEvent.Type.Drop))
    qtbot.waitUntil(lambda: "12 objects" in words_in(page))


def test_an_opened_set_is_remembered_and_can_be_taken_off_the_list(
    boxes: DatasetsPage, host: EngineHost, qtbot: QtBot, tmp_path: Path
) -> None:
    again = tab(host, qtbot)
    again.shown()
    settled(again, qtbot)
    assert "상자" in again.sets.cards
    qtbot.waitUntil(lambda: boxes.sets.cards["상자"].forget.isVisible())
    boxes.sets.cards["상자"].forget.click()
    qtbot.waitUntil(lambda: "상자" not in boxes.sets.cards)
    assert (tmp_path / "상자" / "photo0.jpg").is_file()  # only the list is shorter
    qtbot.waitUntil(lambda: boxes.stage.shown is not None and boxes.stage.shown.id == "digits")
    settled(boxes, qtbot)


def test_many_photographs_show_those_in_view_first(page: DatasetsPage, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    make_photographs(folder, 400)
    page.open_folder(folder)
    qtbot.waitUntil(lambda: page.stage.content is not None and page.stage.content.thumbnails is not None)
    page.stage.grid.scroll_to(50)
    content = page.stage.content
    assert content is not None and content.thumbnails is not None
    known = content.thumbnails.known
    qtbot.waitUntil(lambda: bool(known[page.stage.grid.visible()].all()))
    assert not known.all()  # what lies between is still to come
    settled(page, qtbot)
    assert known.all()


def test_the_next_set_says_nothing_of_the_thumbnails_of_the_one_before(
    page: DatasetsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    def show_digits() -> None:
        page.open_set("digits8")
        qtbot.waitUntil(lambda: page.stage.shown is not None and page.stage.shown.id == "digits8", timeout=20_000)

    show_digits()  # read once, they come at once the second time: no message in between wipes the words away
    (tmp_path / "many").mkdir()
    make_photographs(tmp_path / "many", 900)
    page.open_folder(tmp_path / "many")
    qtbot.waitUntil(lambda: "thumbnails" in page.stage.head.making.text(), timeout=20_000)
    show_digits()
    assert page.stage.head.making.text() == ""
