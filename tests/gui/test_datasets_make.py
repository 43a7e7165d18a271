"""Sets made in the window: exported, split, captured; what is written is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.data import ImageSet
from engine.data.camera import find_cameras
from engine.data.forms import form
from engine.data.photoset import Objects, PhotoSet, with_fingerprint
from engine.data.pictures import read_rgb
from engine.data.split import load_split
from engine.host import EngineHost
from engine.jobs import result_of
from engine.settings import Settings
from engine.text import same
from gui import words
from gui.context import Context
from gui.pages.datasets_make import MakeMenu
from gui.pages.datasets_make_capture import CaptureDialog
from gui.pages.datasets_make_export import ExportDialog
from gui.pages.datasets_make_split import SplitDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def menu(qtbot: QtBot, host: EngineHost) -> Iterator[MakeMenu]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    yield MakeMenu(host, Context(host, Settings(), host), window)
    window.close()


def photographs(folder: Path, split: str, count: int) -> PhotoSet:
    """`count` photographs of 40×30, one or two objects in each."""
    (folder / split).mkdir(parents=True)
    names = []
    for i in range(count):
        names.append(f"{split}/{i}.png")
        picture = np.full((30, 40, 3), 10 * i, np.uint8)
        assert cv2.imwrite(str(folder / names[-1]), picture)
    boxes = np.array([[1, 2, 11, 12], [5, 5, 20, 25]], np.float32)
    objects = tuple(Objects.of(boxes[: 1 + i % 2], np.arange(1 + i % 2)) for i in range(count))
    return with_fingerprint(
        PhotoSet(
            id="few",
            split=split,
            folder=folder,
            files=tuple(names),
            sizes=np.tile(np.array([40, 30], np.int32), (count, 1)),
            classes=(same("cat"), same("dog")),
            note=same(""),
            objects=objects,
        )
    )


# Export


def test_two_parts_exported_as_coco_are_read_again_with_their_objects(
    menu: MakeMenu, tmp_path: Path, qtbot: QtBot
) -> None:
    sets = {"train": photographs(tmp_path / "a", "train", 8), "val": photographs(tmp_path / "b", "val", 4)}
    menu.use(sets)
    dialog = menu.export(sets)
    assert [dialog.form.itemData(i).id for i in range(dialog.form.count())] == ["coco", "voc", "yolo", "images"]
    QTest.mouseClick(dialog.start_button, LEFT)
    assert dialog.says.text() == "Choose the folder first."
    dialog.folder.use(tmp_path / "out")
    QTest.mouseClick(dialog.start_button, LEFT)
    qtbot.waitUntil(lambda: dialog.says.text().startswith("Written: 12 items in COCO form"))
    for split, one in sets.items():
        again = result_of(form("coco").read(tmp_path / "out", split))
        assert [len(o) for o in again.objects] == [len(o) for o in one.objects or ()]
        assert np.array_equal(again.read(3), one.read(3))


def test_what_was_exported_can_be_opened_at_once(menu: MakeMenu, tmp_path: Path, qtbot: QtBot) -> None:
    sets = {"train": photographs(tmp_path / "a", "train", 3)}
    dialog = menu.export(sets)
    dialog.folder.use(tmp_path / "out")
    dialog.export()
    open_it = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Open it here")
    qtbot.waitUntil(open_it.isVisible)
    with qtbot.waitSignal(menu.made) as told:
        QTest.mouseClick(open_it, LEFT)
    assert told.args == [tmp_path / "out"]


def test_a_form_is_offered_only_if_it_holds_every_chosen_part(menu: MakeMenu, tmp_path: Path, digits: ImageSet) -> None:
    dialog = menu.export({"train": photographs(tmp_path / "a", "train", 3), "digits": digits})
    assert [dialog.form.itemData(i).id for i in range(dialog.form.count())] == ["images"]
    dialog.parts["train"].click()
    assert "idx" in [dialog.form.itemData(i).id for i in range(dialog.form.count())]
    dialog.parts["digits"].click()
    dialog.export()
    assert dialog.says.text() == "Choose a part first."


def test_an_export_that_cannot_be_written_says_why(menu: MakeMenu, tmp_path: Path, qtbot: QtBot) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    dialog = menu.export({"train": photographs(tmp_path / "a", "train", 3)})
    dialog.folder.use(blocked / "below")
    dialog.export()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert "file" in dialog.says.text() and dialog.start_button.isVisible()


def test_a_dialog_that_is_closed_stops_its_export(
    menu: MakeMenu, tmp_path: Path, digits: ImageSet, qtbot: QtBot
) -> None:
    dialog = menu.export({"train": digits})
    at = next(i for i in range(dialog.form.count()) if dialog.form.itemData(i).id == "images")
    dialog.form.setCurrentIndex(at)
    dialog.folder.use(tmp_path / "out")
    dialog.export()
    run = dialog._run
    assert run is not None
    dialog.close()
    qtbot.waitUntil(lambda: run.state.final)
    assert len(list((tmp_path / "out").rglob("*.png"))) < len(digits)


# Split


def split_of(menu: MakeMenu, sets: dict, qtbot: QtBot) -> SplitDialog:
    menu.use(sets)
    dialog = menu.split()
    qtbot.waitUntil(lambda: bool(dialog.parts))
    return dialog


def test_the_counts_of_a_split_follow_the_sliders(menu: MakeMenu, digits: ImageSet, qtbot: QtBot) -> None:
    dialog = split_of(menu, {"train": digits}, qtbot)
    assert dialog.counts.tolist() == [[3200, 800]] + [[320, 80]] * 10
    dialog.test.set_value(10)
    dialog.test.changed.emit(10)
    qtbot.waitUntil(lambda: dialog.counts.shape[1] == 3)
    assert dialog.counts[0].tolist() == [2800, 800, 400]
    assert (dialog.counts[1:].sum(axis=0) == dialog.counts[0]).all()


def test_another_seed_gives_other_parts_and_the_same_seed_the_same(
    menu: MakeMenu, digits: ImageSet, qtbot: QtBot
) -> None:
    dialog = split_of(menu, {"train": digits}, qtbot)
    first = dialog.parts
    dialog.seed.setValue(5)
    qtbot.waitUntil(lambda: dialog.parts is not first)
    second = dialog.parts
    assert not np.array_equal(first["val"], second["val"])
    dialog.seed.setValue(0)
    qtbot.waitUntil(lambda: dialog.parts is not second)
    assert np.array_equal(first["val"], dialog.parts["val"])


def test_a_split_saved_as_json_gives_the_same_parts_again(
    menu: MakeMenu, tmp_path: Path, qtbot: QtBot, digits: ImageSet
) -> None:
    dialog = split_of(menu, {"train": digits}, qtbot)
    dialog.save(tmp_path / "split.json")
    qtbot.waitUntil(lambda: dialog.says.text().startswith("Saved:"))
    again = load_split(tmp_path / "split.json", digits)
    assert {name: indices.tolist() for name, indices in again.items()} == {
        name: indices.tolist() for name, indices in dialog.parts.items()
    }


def test_a_set_without_groups_says_so_and_nothing_can_be_saved(menu: MakeMenu, digits: ImageSet, qtbot: QtBot) -> None:
    dialog = split_of(menu, {"train": digits}, qtbot)
    dialog.by.choose(1)
    dialog.by.chosen.emit(1)
    qtbot.waitUntil(lambda: "recorded together" in dialog.says.text())
    assert not dialog.start_button.isEnabled() and dialog.counts.shape[1] == 0


def test_the_parts_of_a_split_are_written_as_a_set(menu: MakeMenu, tmp_path: Path, qtbot: QtBot) -> None:
    photos = photographs(tmp_path / "a", "train", 10)
    dialog = split_of(menu, {"train": photos}, qtbot)
    assert dialog.counts[0].tolist() == [8, 2]
    parts = dialog.parts
    QTest.mouseClick(dialog.write, LEFT)
    parent = menu.parentWidget()
    qtbot.waitUntil(lambda: bool(parent.findChildren(ExportDialog)))
    export = parent.findChildren(ExportDialog)[0]
    export.folder.use(tmp_path / "out")
    export.export()
    qtbot.waitUntil(lambda: export.says.text().startswith("Written: 10"))
    again = result_of(form("coco").read(tmp_path / "out", "val"))
    assert [Path(name).name for name in again.files] == [Path(photos.files[i]).name for i in parts["val"]]


# Capture


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of grey that grows brighter (MJPG avi)."""
    path = tmp_path_factory.mktemp("video") / "walk.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (64, 48))
    for number in range(60):
        writer.write(np.full((48, 64, 3), 4 * number, np.uint8))
    writer.release()
    return path


@pytest.fixture
def capture(menu: MakeMenu, tmp_path: Path, qtbot: QtBot) -> CaptureDialog:
    dialog = menu.capture()
    dialog.folder.use(tmp_path / "mine")
    return dialog


def test_holding_a_key_keeps_frames_in_its_class_and_the_set_is_opened(
    menu: MakeMenu, capture: CaptureDialog, video: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    QTest.keyClicks(capture.field, "dark room")
    QTest.keyClick(capture.field, Qt.Key.Key_Return)
    capture.field.setText("밝은 방 2")
    QTest.keyClick(capture.field, Qt.Key.Key_Return)
    capture.rate.set_value(30)
    capture.watch(video)
    qtbot.waitUntil(lambda: capture.view.frame_size == (64, 48))
    assert capture.counts == {}
    QTest.keyPress(capture, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: capture.counts.get("dark room", 0) >= 3)
    QTest.keyRelease(capture, Qt.Key.Key_1)
    QTest.mousePress(capture.record, LEFT)  # the class that is chosen
    QTest.mouseRelease(capture.record, LEFT)
    QTest.keyPress(capture, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: capture.counts.get("밝은 방 2", 0) >= 1)
    QTest.keyRelease(capture, Qt.Key.Key_2)
    with qtbot.waitSignal(menu.made) as told:
        capture.close()
    assert told.args == [tmp_path / "mine"]
    found = result_of(form("images").read(tmp_path / "mine", "all"))
    assert sorted(name.en for name in found.classes) == ["dark room", "밝은 방 2"]
    dark, bright = (found.read(int(np.flatnonzero(found.labels == i)[0])).mean() for i in (0, 1))
    assert dark < bright


def test_nothing_kept_opens_nothing(
    menu: MakeMenu, capture: CaptureDialog, video: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    capture.watch(video)
    qtbot.waitUntil(lambda: capture.view.frame_size == (64, 48))
    QTest.keyPress(capture, Qt.Key.Key_1)  # there is no class yet
    assert capture.field.hasFocus() or "Name a class" in capture._foot.text()
    with qtbot.assertNotEmitted(menu.made):
        capture.close()
    assert not (tmp_path / "mine").exists()


def test_a_set_captured_before_goes_on_where_it_was(menu: MakeMenu, video: Path, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "old" / "cat").mkdir(parents=True)
    assert cv2.imwrite(str(tmp_path / "old" / "cat" / "00007.jpg"), np.zeros((48, 64, 3), np.uint8))
    capture = menu.capture()
    capture.folder.use(tmp_path / "old")
    qtbot.waitUntil(lambda: capture.counts == {"cat": 1})
    capture.watch(video)
    qtbot.waitUntil(lambda: capture.view.frame_size == (64, 48))
    capture.hold(0)
    qtbot.waitUntil(lambda: capture.counts["cat"] >= 2)
    capture.close()
    assert read_rgb(tmp_path / "old" / "cat" / "00008.jpg").shape == (48, 64, 3)


def test_without_a_camera_the_dialog_says_what_to_do_and_a_file_that_is_no_video_too(
    capture: CaptureDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    if result_of(find_cameras()):
        pytest.skip("this machine has a camera")
    qtbot.waitUntil(lambda: not capture.view.isVisible())
    state = capture._none
    assert state.accessibleName() == "No camera found. Plug one in and it appears here, or open a video file."
    path = tmp_path / "song.avi"
    path.write_bytes(b"la la la")
    capture.watch(path)
    qtbot.waitUntil(lambda: "song.avi is not a video" in state.accessibleName())
    assert not capture.record.isEnabled()


# Words


def test_every_dialog_is_said_again_in_another_language(
    menu: MakeMenu, digits: ImageSet, marked: Callable[[], None], qtbot: QtBot
) -> None:
    menu.use({"train": digits})
    dialogs = [menu.export({"train": digits}), menu.split(), menu.capture()]
    marked()
    qtbot.waitUntil(lambda: menu.export_action.text() == "‹Export…›")
    for dialog in dialogs:
        qtbot.waitUntil(lambda dialog=dialog: dialog.windowTitle().startswith("‹"))
        said = [b.text() for b in dialog.findChildren(QPushButton) if b.text()]
        assert all(text.startswith("‹") for text in said)
    words.set_language(QApplication.instance(), "en")  # type: ignore[arg-type]


def test_the_menu_offers_only_the_camera_where_there_is_no_set(menu: MakeMenu, digits: ImageSet) -> None:
    menu.use({})
    assert not menu.export_action.isEnabled() and not menu.split_action.isEnabled()
    assert menu.capture_action.isEnabled()
    menu.use({"train": digits})
    assert menu.export_action.isEnabled() and menu.split_action.isEnabled()
