"""Annotating with hand and keys: what is drawn is what is saved, and nothing that was done is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.data.annotation_open import plain_mask
from engine.data.edits import marks_of
from engine.data.forms import form
from engine.data.photoset import Objects, PhotoSet, with_fingerprint
from engine.host import EngineHost
from engine.jobs import result_of
from engine.settings import Settings
from engine.text import Text, same
from gui import words
from gui.context import Context
from gui.pages.datasets_annotate import AnnotateView
from gui.pages.datasets_annotate_save import SaveDialog
from gui.widgets.annotate_canvas import Canvas
from gui.widgets.annotate_tools import Refusal

LEFT = Qt.MouseButton.LeftButton
SIZE = (120, 80)
Make = Callable[..., AnnotateView]


@pytest.fixture
def photos(tmp_path: Path) -> PhotoSet:
    """Four photographs of 120×80 with one box (10 10 50 40) each; two classes."""
    folder = tmp_path / "set"
    (folder / "images").mkdir(parents=True)
    rng = np.random.default_rng(0)
    for i in range(4):
        Image.fromarray(rng.integers(0, 256, (80, 120, 3), np.uint8)).save(folder / "images" / f"{i}.png")
    box = np.array([[10, 10, 50, 40]], np.float32)
    photos = PhotoSet(
        id="four",
        split="train",
        folder=folder,
        files=tuple(f"images/{i}.png" for i in range(4)),
        sizes=np.tile(np.array(SIZE, np.int32), (4, 1)),
        classes=(Text("cat", "고양이"), same("dog")),
        note=same(""),
        objects=(Objects.of(box, np.array([0])),) * 4,
    )
    return with_fingerprint(photos)


@pytest.fixture
def masks(photos: PhotoSet) -> PhotoSet:
    """The same with masks instead, nothing painted yet."""
    folder = photos.folder
    (folder / "images").rename(folder / "train")
    (folder / "trainannot").mkdir()
    for i in range(4):
        Image.fromarray(np.full((80, 120), 2, np.uint8)).save(folder / "trainannot" / f"{i}.png")
    (folder / "classes.txt").write_text("cat 250 0 0\ndog 0 250 0\nvoid 0 0 0\n")
    return result_of(form("camvid").read(folder, "train"))


@pytest.fixture
def make(qtbot: QtBot, host: EngineHost) -> Make:
    def open_set(set_: PhotoSet, index: int = 0) -> AnnotateView:
        view = AnnotateView(host, Context(host, Settings(), host))
        qtbot.addWidget(view)
        view.resize(760, 620)
        view.show()
        view.edit(set_, index)
        qtbot.waitUntil(lambda: view.work.marks is not None)
        return view

    return open_set


def at(canvas: Canvas, x: float, y: float) -> QPoint:
    return canvas.to_widget(x, y).toPoint()


def drag(canvas: Canvas, *points: tuple[float, float]) -> None:
    QTest.mouseMove(canvas, at(canvas, *points[0]))
    QTest.mousePress(canvas, LEFT, pos=at(canvas, *points[0]))
    for x, y in points[1:]:
        QTest.mouseMove(canvas, at(canvas, x, y))
    QTest.mouseRelease(canvas, LEFT, pos=at(canvas, *points[-1]))


def boxes(view: AnnotateView) -> list[tuple[float, ...]]:
    assert view.work.marks is not None
    return [mark.box for mark in view.work.marks.objects]


def save_beside(view: AnnotateView, qtbot: QtBot) -> PhotoSet:
    with qtbot.waitSignal(view.saved) as told:
        QTest.keyClick(view.canvas, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        for dialog in view.findChildren(SaveDialog):
            QTest.mouseClick(dialog.save, LEFT)
    saved: PhotoSet = told.args[0]
    return saved


# Boxes


def test_a_box_drawn_by_hand_is_the_box_that_is_saved_and_read_again(
    make: Make, photos: PhotoSet, qtbot: QtBot
) -> None:
    view = make(photos)
    QTest.keyClick(view.canvas, Qt.Key.Key_B)
    QTest.keyClick(view.canvas, Qt.Key.Key_2)
    drag(view.canvas, (60, 20), (80, 30), (100, 70))
    assert boxes(view)[1] == pytest.approx((60, 20, 100, 70), abs=1)
    assert view.foot.chip.text() == "1 change"
    saved = save_beside(view, qtbot)
    assert view.foot.chip.text() == "saved"
    again = result_of(form("coco").read(photos.folder, "train"))
    assert marks_of(again.objects[0]) == view.work.marks.objects  # type: ignore[union-attr]
    assert again.objects[0].labels.tolist() == [0, 1]
    assert again.fingerprint == saved.fingerprint


def test_a_box_drawn_out_of_the_picture_is_cut_and_a_slip_is_refused_with_a_word(make: Make, photos: PhotoSet) -> None:
    view = make(photos)
    view.use_tool("box")
    drag(view.canvas, (100, 60), (150, 120))
    assert boxes(view)[1] == pytest.approx((100, 60, 120, 80), abs=1)
    before, words = boxes(view), view.foot.words
    drag(view.canvas, (60, 60), (60, 60))
    assert boxes(view) == before
    assert view.foot.words == "Too small to keep. Draw it larger." != words


def test_an_object_is_moved_resized_and_named_by_hand_and_each_step_goes_back(make: Make, photos: PhotoSet) -> None:
    view = make(photos)
    canvas = view.canvas
    drag(canvas, (30, 25), (40, 30), (50, 35))
    assert boxes(view)[0] == pytest.approx((30, 20, 70, 50), abs=1)
    x2, y2 = boxes(view)[0][2:]
    drag(canvas, (x2, y2), (90, 60), (100, 70))
    assert boxes(view)[0][2:] == pytest.approx((100, 70), abs=1)
    QTest.keyClick(canvas, Qt.Key.Key_2)
    assert view.work.marks and view.work.marks.objects[0].label == 1
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert view.work.marks.objects == marks_of(photos.objects[0])  # type: ignore[index]
    assert not view.bar.undo.isEnabled() and view.foot.chip.text() == "nothing changed"
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Z, both)
    assert view.work.marks.objects[0].label == 1 and view.work.unsaved == 3


def test_arrows_nudge_the_chosen_object_and_delete_takes_it_away(make: Make, photos: PhotoSet) -> None:
    view = make(photos)
    canvas = view.canvas
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 30, 25))
    assert canvas.selected == 0 and view.side.objects.chosen() == 0
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert boxes(view) == [(11, 20, 50, 50)]
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert boxes(view) == [] and canvas.selected == -1
    view.undo()
    assert boxes(view) == [(11, 20, 50, 50)]


def test_a_held_arrow_is_one_step(make: Make, photos: PhotoSet) -> None:
    view = make(photos)
    canvas = view.canvas
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 30, 25))
    for _ in range(9):
        QTest.keyPress(canvas, Qt.Key.Key_Right)
    assert view.work.unsaved == 0
    QTest.keyRelease(canvas, Qt.Key.Key_Right)
    assert boxes(view) == [(19, 10, 59, 40)] and view.work.unsaved == 1


def test_a_box_can_be_drawn_without_a_mouse(make: Make, photos: PhotoSet) -> None:
    view = make(photos)
    canvas = view.canvas
    QTest.keyClick(canvas, Qt.Key.Key_B)
    QTest.keyClick(canvas, Qt.Key.Key_Right)  # the cross is in the middle, and one to the right
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    for _ in range(2):
        QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert boxes(view)[1] == (61, 40, 81, 60)


def test_escape_forgets_the_box_that_was_begun(make: Make, photos: PhotoSet) -> None:
    view = make(photos)
    view.use_tool("box")
    QTest.mousePress(view.canvas, LEFT, pos=at(view.canvas, 60, 20))
    QTest.mouseMove(view.canvas, at(view.canvas, 100, 70))
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.canvas, LEFT, pos=at(view.canvas, 100, 70))
    assert len(boxes(view)) == 1


# Outlines


def test_an_outline_is_clicked_closed_and_its_points_can_be_taken(make: Make, photos: PhotoSet) -> None:
    view = make(photos)
    canvas = view.canvas
    QTest.keyClick(canvas, Qt.Key.Key_P)
    for x, y in ((70, 20), (110, 20), (90, 33), (90, 60)):
        QTest.mouseClick(canvas, LEFT, pos=at(canvas, x, y))
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 100, 60))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert view.work.marks is not None
    ring = view.work.marks.objects[1].rings[0]
    assert len(ring) == 4 and ring[-1] == pytest.approx((100, 60), abs=1)
    view.use_tool("select")
    drag(canvas, ring[-1], (95, 70))
    assert view.work.marks.objects[1].rings[0][-1] == pytest.approx((95, 70), abs=1)
    assert boxes(view)[1][3] == view.work.marks.objects[1].rings[0][-1][1]


# Masks


def test_what_is_brushed_erased_and_filled_is_what_the_mask_on_disk_holds(
    make: Make, masks: PhotoSet, qtbot: QtBot
) -> None:
    view = make(masks, 1)
    canvas = view.canvas
    QTest.keyClick(canvas, Qt.Key.Key_M)
    QTest.keyClick(canvas, Qt.Key.Key_2)
    QTest.keyClick(canvas, Qt.Key.Key_BracketLeft)
    drag(canvas, (20, 20), (60, 20))
    mask = view.work.marks.mask  # type: ignore[union-attr]
    assert mask is not None and mask[:, 40].tolist().count(1) == 8
    QTest.keyClick(canvas, Qt.Key.Key_E)
    drag(canvas, (40, 5), (40, 35))
    assert (view.work.marks.mask[:, 40] == 255).all()  # type: ignore[union-attr, index]
    QTest.keyClick(canvas, Qt.Key.Key_P)
    QTest.keyClick(canvas, Qt.Key.Key_1)
    for x, y in ((80, 40), (110, 40), (110, 70), (80, 70)):
        QTest.mouseClick(canvas, LEFT, pos=at(canvas, x, y))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    wanted = view.work.marks.mask  # type: ignore[union-attr]
    assert wanted is not None and wanted[55, 95] == 0
    save_beside(view, qtbot)
    again = result_of(form("camvid").read(masks.folder, "train"))
    assert np.array_equal(plain_mask(again, 1), wanted)
    for _ in range(3):
        view.undo()
    assert (view.work.marks.mask == 255).all()  # type: ignore[union-attr]
    assert view.work.unsaved == 3


def test_a_stroke_is_seen_while_it_is_painted_and_gone_when_it_is_given_up(make: Make, masks: PhotoSet) -> None:
    view = make(masks)
    canvas = view.canvas
    view.use_tool("brush")
    place = at(canvas, 60, 40)
    before = canvas.grab().toImage().pixelColor(place)
    QTest.mousePress(canvas, LEFT, pos=at(canvas, 20, 40))
    QTest.mouseMove(canvas, at(canvas, 100, 40))
    assert canvas.grab().toImage().pixelColor(place) != before
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.grab().toImage().pixelColor(place) == before
    assert view.work.unsaved == 0


# Pictures, classes


def test_going_on_to_the_next_picture_keeps_what_was_done(make: Make, photos: PhotoSet, qtbot: QtBot) -> None:
    view = make(photos)
    view.use_tool("box")
    drag(view.canvas, (60, 20), (100, 70))
    drawn = boxes(view)
    QTest.keyClick(view.canvas, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: view.work.marks is not None)
    assert view.index == 1 and len(boxes(view)) == 1 and view.foot.chip.text() == "1 change"
    QTest.keyClick(view.canvas, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: view.work.marks is not None)
    assert view.index == 0 and boxes(view) == drawn
    view.undo()
    assert len(boxes(view)) == 1


def test_a_new_class_is_typed_and_used_and_letters_typed_are_no_shortcuts(
    make: Make, photos: PhotoSet, qtbot: QtBot
) -> None:
    view = make(photos)
    view.side.field.setFocus()
    QTest.keyClicks(view.side.field, "bnm")
    assert view.canvas.tool == "select" and view.index == 0
    assert view.side.classes.rows() == ()
    QTest.keyClick(view.side.field, Qt.Key.Key_Return)
    assert [row.name for row in view.side.classes.rows()] == ["cat", "dog", "bnm"]
    view.use_tool("box")
    drag(view.canvas, (60, 20), (100, 70))
    assert view.work.marks and view.work.marks.objects[1].label == 2
    save_beside(view, qtbot)
    assert [c.en for c in result_of(form("coco").read(photos.folder, "train")).classes] == ["cat", "dog", "bnm"]


def test_without_a_class_a_box_is_refused_with_a_word(make: Make, photos: PhotoSet) -> None:
    import dataclasses

    view = make(with_fingerprint(dataclasses.replace(photos, classes=(), objects=None)))
    told: list[Refusal] = []
    view.canvas.refused.connect(told.append)
    view.use_tool("box")
    drag(view.canvas, (60, 20), (100, 70))
    assert told == [Refusal.NO_CLASS] and boxes(view) == []


def test_a_picture_that_cannot_be_opened_says_why_and_the_others_go_on(
    make: Make, photos: PhotoSet, qtbot: QtBot
) -> None:
    photos.path(1).write_bytes(b"no picture")
    view = make(photos)
    with qtbot.waitSignal(view.work.unreadable):
        view.step(1)
    assert not view.canvas.isVisible()
    view.step(1)
    qtbot.waitUntil(lambda: view.work.marks is not None)
    assert view.canvas.isVisible() and view.index == 2


# View


def test_the_wheel_zooms_at_the_pointer_and_space_drags(make: Make, photos: PhotoSet) -> None:
    view = make(photos)
    canvas = view.canvas
    point = QPointF(at(canvas, 30, 30))
    x, y = canvas.to_picture(point)
    none = Qt.MouseButton.NoButton
    turn = QWheelEvent(
        point,
        QPointF(canvas.mapToGlobal(point.toPoint())),
        QPoint(),
        QPoint(0, 480),
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    scale = canvas.scale
    QApplication.sendEvent(canvas, turn)
    assert canvas.scale > 2 * scale
    assert canvas.to_picture(point) == pytest.approx((x, y), abs=1)
    middle = at(canvas, 60, 40)
    before = canvas.to_picture(QPointF(middle))
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    QTest.mousePress(canvas, LEFT, pos=middle)
    QTest.mouseMove(canvas, middle - QPoint(40, 30))
    QTest.mouseRelease(canvas, LEFT, pos=middle - QPoint(40, 30))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    moved = canvas.to_picture(QPointF(middle))
    assert moved[0] - before[0] == pytest.approx(40 / canvas.scale, abs=0.5)
    assert view.work.unsaved == 0
    canvas.fit()
    assert canvas.scale == scale


def test_everything_is_said_again_in_another_language(
    make: Make, photos: PhotoSet, marked: Callable[[], None], qtbot: QtBot
) -> None:
    view = make(photos)
    marked()
    qtbot.waitUntil(lambda: view.bar.save.text() == "‹Save›")
    tips = [child.toolTip() for w in (view.side, view.foot, view.bar) for child in w.findChildren(QWidget)]
    assert [tip for tip in tips if tip and not tip.startswith("‹")] == []
    words.set_language(QApplication.instance(), "ko")  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: view.side.classes.rows()[0].name == "고양이")


def test_an_outline_can_be_drawn_without_a_mouse(make: Make, photos: PhotoSet) -> None:
    view = make(photos)
    canvas = view.canvas
    view.use_tool("polygon")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        QTest.keyClick(canvas, key, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert len(boxes(view)) == 1
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert view.work.marks and view.work.marks.objects[1].rings == (((70, 40), (70, 50), (60, 50)),)
