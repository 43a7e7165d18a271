"""How it sees, in the window: films that are played, held and stepped, boxes that are dragged, panes that are linked."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from skimage import data as photographs

from engine.detect.detections import Detections
from engine.detect.explain.panes import Pane
from engine.host import EngineHost
from engine.settings import Settings
from engine.text import Text, same
from gui.context import Context
from gui.pages.live_explain import ChaptersRoom, ExplainView
from gui.pages.live_explain_align import AlignRoom
from gui.pages.live_explain_bench import BenchRoom
from gui.pages.live_explain_panes import PanesRoom
from gui.widgets.explain_transport import Phase

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture(scope="module")
def cat() -> np.ndarray:
    return cv2.resize(photographs.chelsea(), (192, 128), interpolation=cv2.INTER_AREA)


@pytest.fixture
def view(qtbot: QtBot, host: EngineHost, cat: np.ndarray) -> ExplainView:
    """The view alone, explaining a small cat that a camera gave it."""
    made = ExplainView(host, Context(host, Settings()))
    qtbot.addWidget(made)
    made.resize(712, 664)
    made.show()
    made.pictures.take_frame(cat, same("cat"), shown=True)
    assert made.picture is not None and made.picture.shape == (128, 192, 3)
    return made


def detecting(view: ExplainView, id: str) -> ChaptersRoom:
    room = view.open_room(0)
    assert isinstance(room, ChaptersRoom)
    room.open_id(id)
    return room


@pytest.mark.usefixtures("without_detectors")
def test_a_film_is_made_step_by_step_then_played_again(qtbot: QtBot, view: ExplainView) -> None:
    films = detecting(view, "yolo").films
    films.transport.step.click()
    qtbot.waitUntil(lambda: films.transport.phase is Phase.HELD)
    assert films.strip.count == 1 and films.strip.at == 0
    assert films.stage.shown is not None and films.stage.shown.boxes is not None
    assert len(films.stage.shown.boxes) == 49
    films.transport.main.click()
    qtbot.waitUntil(lambda: films.transport.phase is Phase.DONE)
    assert films.strip.count == 3 and films.strip.at == 2
    qtbot.keyClick(films.strip.widget(), Qt.Key.Key_Home)
    assert films.strip.at == 0
    qtbot.keyClick(films.strip.widget(), Qt.Key.Key_Right)
    assert "1,470" in films.stage.accessibleName()
    assert films.toggle_pause() is False
    films.transport.main.click()  # play again
    assert films.transport.phase is Phase.SHOWING and films.strip.at == 0
    assert films.toggle_pause() and films.transport.phase is Phase.DONE


def test_a_film_that_runs_can_be_held_and_stopped_and_what_was_made_stays(qtbot: QtBot, view: ExplainView) -> None:
    room = detecting(view, "window")
    films = room.films
    films.knobs.sliders["step"].slider.setValue(0)  # the smallest step: many windows
    films.transport.main.click()
    qtbot.waitUntil(lambda: films.strip.count >= 1 and films.transport.phase is Phase.MAKING)
    films.transport.main.click()
    qtbot.waitUntil(lambda: films.transport.phase is Phase.HELD)
    made = films.strip.count
    assert films.maker.busy and made < 3
    films.transport.main.click()
    films.transport.stop.click()
    assert not films.maker.busy and films.transport.phase is Phase.DONE and films.strip.count == made
    detecting(view, "yolo")
    assert films.strip.count == 0
    detecting(view, "window")
    assert films.strip.count == made  # the other chapter's film was kept


def test_a_chapter_without_its_network_says_which_and_how_large_and_does_not_start(
    qtbot: QtBot, view: ExplainView
) -> None:
    films = detecting(view, "mask").films
    qtbot.waitUntil(lambda: films.need.isVisible())
    assert not films.transport.main.isEnabled()
    assert "178 MB" in films.need.get.text() and not films.need.train.isVisible()
    with qtbot.waitSignal(view.context.open_models) as asked:
        films.need.models.click()
    assert asked.args == ["maskrcnn-resnet50-fpn-coco-v1"]
    detecting(view, "yolo")
    assert films.transport.main.isEnabled() and not films.need.isVisible()


@pytest.mark.usefixtures("without_detectors")
def test_frames_are_explained_while_idle_and_wait_while_a_film_is_in_view(
    qtbot: QtBot, view: ExplainView, cat: np.ndarray
) -> None:
    films = detecting(view, "yolo").films
    view.use_picture(cat[:, ::-1].copy(), same("frame"))
    assert view.picture is not None and (view.picture == cat[:, ::-1]).all()
    films.start()
    qtbot.waitUntil(lambda: films.transport.phase is Phase.DONE)
    view.use_picture(cat[::-1].copy(), same("frame"))
    assert (view.picture == cat[:, ::-1]).all() and films.strip.count == 3
    view.pictures.list.activated.emit(view.pictures.list.findData("frame"))
    assert (view.picture == cat[::-1]).all() and films.strip.count == 0


def test_a_dropped_file_is_explained_and_one_that_is_no_picture_is_refused_in_words(
    qtbot: QtBot, view: ExplainView, cat: np.ndarray, tmp_path: Path
) -> None:
    good, bad = tmp_path / "고양이.png", tmp_path / "words.png"
    good.write_bytes(cv2.imencode(".png", cat[:64, :64, ::-1])[1].tobytes())
    bad.write_text("no picture")
    for path in (good, bad):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        view.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, buttons, keys))
        if path == good:
            qtbot.waitUntil(lambda: view.picture is not None and view.picture.shape == (64, 64, 3))
    qtbot.waitUntil(lambda: "words.png" in view._bad.text() and view._bad.isVisible())
    assert view.picture is not None and view.picture.shape == (64, 64, 3)


def drag(qtbot: QtBot, board: object, start: QPointF, by: QPoint) -> None:
    at = start.toPoint()
    qtbot.mousePress(board, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(board, at + by)
    qtbot.mouseRelease(board, Qt.MouseButton.LeftButton, pos=at + by)


def test_dragging_a_found_box_onto_an_object_makes_it_right(qtbot: QtBot, view: ExplainView) -> None:
    room = view.open_room(1)
    assert isinstance(room, BenchRoom) and room.judged is not None
    assert (room.judged.right, room.judged.wrong, room.judged.missed) == (2, 2, 1)
    board = room.board
    true, found = board.boxes[2].box, board.boxes[6].box  # the third object and what nearly found it
    middle = [float(v) for v in ((found[0] + found[2]) / 2, (found[1] + found[3]) / 2)]
    goal = [float(v) for v in ((true[0] + true[2]) / 2, (true[1] + true[3]) / 2)]
    way = board.point_of(*goal) - board.point_of(*middle)
    drag(qtbot, board, board.point_of(*middle), way.toPoint())
    assert (room.judged.right, room.judged.missed) == (3, 0) and room.judged.best[3][1].iou > 0.7
    assert "TP" in board.boxes[6].words
    before = room.judged.ap
    room.score.slider.setValue(990)  # now the surest of all
    assert room.judged.ap >= before and room.judged.curve.scores[0] > 0.95
    qtbot.keyClick(board, Qt.Key.Key_PageUp)
    room.remove.click()
    assert len(board.boxes) == 6 and room.judged.wrong == 0


def test_a_box_moved_by_three_pixels_changes_what_roi_align_reads_and_not_roi_pool(
    qtbot: QtBot, view: ExplainView
) -> None:
    room = detecting(view, "align").align
    assert isinstance(room, AlignRoom)
    qtbot.waitUntil(lambda: not room.busy and room.pool.values.size == 49)
    board = room.board
    board.boxes[0].box = np.array([48, 32, 112, 96], np.float32)  # on the lines of the map's cells
    room.again.click()
    board.setFocus()
    for _ in range(3):
        qtbot.keyClick(board, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: not room.busy)
    assert board.boxes[0].box.tolist() == [51, 32, 115, 96]
    assert room._read is not None and room._read.pool_change == 0 < room._read.align_change
    assert room.plot.count == 33
    assert board.ghosts[0][0].tolist() == [48, 32, 128, 112]  # what RoIPool takes instead


def test_an_object_chosen_in_one_pane_is_marked_in_all(qtbot: QtBot, view: ExplainView) -> None:
    room = view.open_room(3)
    assert isinstance(room, PanesRoom)
    boxes = Detections(np.array([[20, 20, 80, 90]], np.float32), np.array([0.9], np.float32), np.zeros(1, np.int64))
    pixels = np.zeros((128, 192), np.uint8)
    pixels[24:88, 22:78] = 1
    names = (Text("cat", "고양이"),)
    room.panes["detection"].show_pane(Pane("detection", same("d"), 1.0, found=boxes, classes=names), "")
    semantic = Pane("semantic", same("s"), 1.0, classes=(same("ground"), *names), pixels=pixels, ground=0)
    room.panes["semantic"].show_pane(semantic, "")
    room.panes["semantic"].picture.pointed.emit(50.0, 50.0)
    assert room.chosen is not None and room.chosen.tolist() == [22, 24, 78, 88]
    assert room.panes["detection"].picture.strong == 0
    assert "100 %" in room.panes["semantic"].said.text()
    room.panes["semantic"].picture.pointed.emit(150.0, 10.0)
    assert room.chosen is None and room.panes["detection"].picture.strong == -1


def test_the_four_panes_ask_what_is_here_and_offer_what_is_not(qtbot: QtBot, view: ExplainView) -> None:
    room = view.open_room(3)
    assert isinstance(room, PanesRoom)
    room.start.click()
    qtbot.waitUntil(lambda: not room.busy, timeout=20_000)
    bars = room.panes["classification"].bars
    assert bars is not None and bars.values() is not None
    assert not room.panes["semantic"].need.isVisible()  # the street segmenter came with the app
    assert room.panes["instance"].need.isVisible()
    assert "MB" in room.panes["instance"].need.get.text()


def test_the_view_has_room_in_the_smallest_window(view: ExplainView) -> None:
    for index in range(5):
        view.open_room(index)
    assert view.minimumSizeHint().width() <= 712 and view.minimumSizeHint().height() <= 620
