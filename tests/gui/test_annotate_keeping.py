"""What was annotated is kept on disk within seconds, offered again after a crash, and saved only when asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine import places
from engine.data.annotation import Annotation
from engine.data.draft import Draft
from engine.data.edits import Add, Mark, SetCaptions, SetClass
from engine.data.forms import form
from engine.data.photoset import PhotoSet
from engine.host import EngineHost
from engine.jobs import result_of
from engine.settings import Settings
from gui.context import Context
from gui.pages.datasets_annotate import AnnotateView
from gui.pages.datasets_annotate_save import SaveDialog
from gui.pages.datasets_annotate_work import KEEP_MS

LEFT = Qt.MouseButton.LeftButton
Make = Callable[..., AnnotateView]


@pytest.fixture
def photos(tmp_path: Path) -> PhotoSet:
    """Three photographs of 60×40 in folders of their class."""
    folder = tmp_path / "set"
    for i, kind in enumerate(("cat", "cat", "dog")):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((40, 60, 3), 60 * i, np.uint8)).save(folder / kind / f"{i}.png")
    return result_of(form("images").read(folder, "all"))


@pytest.fixture
def make(qtbot: QtBot, host: EngineHost) -> Make:
    def open_set(set_: PhotoSet, index: int = 0) -> AnnotateView:
        view = AnnotateView(host, Context(host, Settings(), host))
        qtbot.addWidget(view)
        view.resize(700, 500)
        view.show()
        view.edit(set_, index)
        qtbot.waitUntil(lambda: view.work.marks is not None)
        return view

    return open_set


BOX = Add(0, Mark((5.0, 5.0, 25.0, 30.0), 1))


def kept() -> int:
    """Steps that lie on disk by now."""
    return sum(_steps_in(path) for path in places.drafts().glob("*.jsonl"))


def _steps_in(path: Path) -> int:
    try:
        return path.read_text("utf-8").count('"what":"do"')
    except FileNotFoundError:  # thrown away meanwhile
        return 0


def left_behind(photos: PhotoSet, count: int = 1) -> None:
    """What another run of the program, killed since, did and never saved."""
    annotation, draft = Annotation(photos), Draft(photos)
    for n in range(count):
        annotation.do(n % len(photos), Add(0, Mark((float(n), 5.0, n + 9.0, 30.0), 1)))
    draft.write(annotation.said())
    key, pid, _, token = draft.path.stem.split("-")
    draft.path.rename(draft.path.with_name(f"{key}-{pid}-1-{token}.jsonl"))  # a process of that number, long ago


def test_a_step_is_on_disk_within_seconds(make: Make, photos: PhotoSet, qtbot: QtBot) -> None:
    view = make(photos)
    view.work.do(BOX)
    assert kept() == 0
    qtbot.waitUntil(lambda: kept() == 1, timeout=KEEP_MS + 2000)


def test_going_to_another_tab_keeps_at_once_and_a_closed_window_too(make: Make, photos: PhotoSet, qtbot: QtBot) -> None:
    view = make(photos)
    view.work.do(BOX)
    view.work.do(SetClass(0, 1))
    view.close()
    assert kept() == 2


def test_changes_that_were_never_saved_are_offered_and_taken_up(make: Make, photos: PhotoSet, qtbot: QtBot) -> None:
    left_behind(photos, 4)
    view = make(photos)
    qtbot.waitUntil(view._offer.isVisible)
    assert "Changes: 4, pictures: 3." in view._offer_words.text()
    assert view.work.unsaved == 0 and view.work.marks and view.work.marks.objects == ()
    QTest.mouseClick(view._take, LEFT)
    qtbot.waitUntil(lambda: bool(view.work.marks and view.work.marks.objects))
    assert view.work.unsaved == 4 and view.foot.chip.text() == "4 changes"
    assert [mark.box[0] for mark in view.work.marks.objects] == [3, 0]
    view.undo()
    assert [mark.box[0] for mark in view.work.marks.objects] == [0]
    assert not view._offer.isVisible()


def test_changes_that_are_thrown_away_are_gone(make: Make, photos: PhotoSet, qtbot: QtBot) -> None:
    left_behind(photos)
    view = make(photos)
    qtbot.waitUntil(view._offer.isVisible)
    QTest.mouseClick(view._drop, LEFT)
    qtbot.waitUntil(lambda: kept() == 0)
    assert view.work.unsaved == 0


def test_an_offer_that_is_not_answered_stays_for_the_next_time(
    make: Make, photos: PhotoSet, host: EngineHost, qtbot: QtBot
) -> None:
    left_behind(photos)
    view = make(photos)
    qtbot.waitUntil(view._offer.isVisible)
    view.work.do(BOX)
    assert not view._offer.isVisible()
    view.close()
    assert kept() == 2


def test_going_to_another_set_and_back_finds_the_steps_again(
    make: Make, photos: PhotoSet, tmp_path: Path, qtbot: QtBot
) -> None:
    other = result_of(form("images").write(photos, tmp_path / "other"))  # type: ignore[misc]
    second = result_of(form("images").read(other, "all"))
    view = make(photos, 1)
    view.work.do(BOX)
    view.edit(second, 0)
    qtbot.waitUntil(lambda: view.work.marks is not None)
    assert view.work.unsaved == 0
    view.edit(photos, 1)
    qtbot.waitUntil(lambda: view.work.marks is not None)
    assert view.work.unsaved == 1 and view.work.marks and view.work.marks.objects == (BOX.mark,)
    view.undo()
    assert view.work.marks.objects == ()


def test_more_steps_than_memory_holds_still_go_back(make: Make, photos: PhotoSet, qtbot: QtBot) -> None:
    view = make(photos)
    session = view.work.session
    assert session is not None
    session.annotation._limit = 4_000
    for n in range(60):
        view.work.do(SetCaptions(() if not n else (f"{n - 1}",), (f"{n}",)))
    view.work.keep()
    qtbot.waitUntil(lambda: session.annotation.bytes <= 4_000)
    for n in range(60):
        qtbot.waitUntil(lambda: not view.work._reading)
        view.undo()
        wanted = () if n == 59 else (f"{58 - n}",)
        qtbot.waitUntil(lambda wanted=wanted: bool(view.work.marks and view.work.marks.captions == wanted))
    assert not view.bar.undo.isEnabled()


def test_whether_something_is_unsaved_is_told_once_each_way(make: Make, photos: PhotoSet) -> None:
    view = make(photos)
    told: list[bool] = []
    view.dirty_changed.connect(told.append)
    view.work.do(BOX)
    view.work.do(SetClass(0, 1))
    view.undo()
    view.undo()
    assert told == [True, False]


def test_saving_into_another_folder_moves_on_there(make: Make, photos: PhotoSet, tmp_path: Path, qtbot: QtBot) -> None:
    view = make(photos)
    view.work.do(BOX)
    view.save()
    dialog = view.findChildren(SaveDialog)[0]
    dialog.use_folder(tmp_path / "copy")
    with qtbot.waitSignal(view.saved) as told:
        QTest.mouseClick(dialog.save, LEFT)
    saved: PhotoSet = told.args[0]
    assert saved.folder == tmp_path / "copy" and len(saved) == 3
    again = result_of(form("coco").read(tmp_path / "copy", "all"))
    assert again.objects[0].boxes.tolist() == [[5, 5, 25, 30]]
    assert not list(photos.folder.rglob("*.json"))
    view.undo()
    with qtbot.waitSignal(view.saved):
        view.save()  # no question this time
    assert len(result_of(form("coco").read(tmp_path / "copy", "all")).objects[0]) == 0


def test_a_folder_must_be_chosen_before_it_is_written_into(make: Make, photos: PhotoSet, qtbot: QtBot) -> None:
    view = make(photos)
    view.work.do(BOX)
    view.ask_where()
    dialog = view.findChildren(SaveDialog)[0]
    dialog.where.choose(1)
    dialog.where.chosen.emit(1)
    QTest.mouseClick(dialog.save, LEFT)
    assert dialog.isVisible() and dialog._problem.text() == "Choose the folder first."
    dialog.use_folder(photos.folder)
    QTest.mouseClick(dialog.save, LEFT)
    assert dialog.isVisible() and "pictures lie in this folder" in dialog._problem.text()


def test_a_save_that_fails_says_why_and_everything_is_still_there(
    make: Make, photos: PhotoSet, tmp_path: Path, qtbot: QtBot
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    view = make(photos)
    view.work.do(BOX)
    with qtbot.waitSignal(view.work.failed):
        view.work.save(blocked / "below")
    assert "file" in view.foot.words
    assert view.work.unsaved == 1 and not view.work.writing
    view.undo()
    assert view.work.unsaved == 0


def test_while_the_set_is_written_nothing_is_changed(
    make: Make, photos: PhotoSet, tmp_path: Path, qtbot: QtBot
) -> None:
    view = make(photos)
    view.work.do(BOX)
    with qtbot.waitSignal(view.saved):
        view.work.save(tmp_path / "copy")
        assert view.foot.chip.text() == "writing"
        QTest.keyClick(view.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        view.work.do(SetClass(0, 1))
    assert view.work.unsaved == 0 and view.work.marks and view.work.marks.label == 0


def test_the_class_of_a_picture_is_chosen_and_its_file_moves_to_the_folder_of_that_class(
    make: Make, photos: PhotoSet, tmp_path: Path, qtbot: QtBot
) -> None:
    view = make(photos)
    view.side.picture_class.setCurrentIndex(2)
    view.side.picture_class.activated.emit(2)
    with qtbot.waitSignal(view.saved):
        view.work.save(tmp_path / "sorted")
    again = result_of(form("images").read(tmp_path / "sorted", "all"))
    assert [name.en for name in again.classes] == ["cat", "dog"]
    brightness = {int(again.read(i).mean()): int(again.labels[i]) for i in range(3)}
    assert brightness == {0: 1, 60: 0, 120: 1}  # the first of the cats is a dog now
