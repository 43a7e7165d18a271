"""Home: drawing gets an answer while the stroke is drawn; the doors lead somewhere."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.read import Reading, centred
from engine.settings import Settings
from engine.train.events import Snapshot
from engine.train.recipes import recipe
from engine.zoo import weights
from gui import theme, words
from gui.main_window import MainWindow
from gui.pages import PAGES
from gui.pages.home import HomePage
from gui.pages.home_doors import WAYS
from gui.pages.home_words import THREE
from gui.widgets.digit_reader import DigitReader
from gui.widgets.doors import CurvePicture, Door, Mosaic


def untrained() -> Snapshot:
    """A network that knows nothing yet: enough to be asked."""
    deep = recipe("mnist-deep")
    build = deep.build_arguments(deep.defaults)
    return Snapshot(0, 0.0, "mnist-deep", deep.make(**build).state_dict(), build)


@pytest.fixture
def home_page(open_window: Callable[..., MainWindow], qtbot: QtBot) -> HomePage:
    window = open_window()
    window.resize(1280, 800)
    with qtbot.waitSignal(window.painted):
        window.show()
    page = window.current_page
    assert isinstance(page, HomePage)
    return page


def test_drawing_a_three_gets_the_answer_three(home_page: HomePage, qtbot: QtBot) -> None:
    reader = home_page.reader
    with qtbot.waitSignal(reader.answered, timeout=10_000) as answered:
        reader.pad.draw(THREE)
    reading: Reading = answered.args[0]
    assert reading.probabilities.argmax() == 3
    assert "3" in reader.said.text()
    assert reader.bars.values() is not None
    assert len(reader.maps.layers()) == 6


def test_the_answer_is_said_again_in_the_other_language(home_page: HomePage, qtbot: QtBot, qapp: QApplication) -> None:
    reader = home_page.reader
    reader.use(untrained())
    with qtbot.waitSignal(reader.answered, timeout=10_000):
        reader.pad.draw(THREE)
    english = reader.said.text()
    words.set_language(qapp, "ko")
    qtbot.waitUntil(lambda: reader.said.text() != english)
    assert any("가" <= c <= "힣" for c in reader.said.text())


def test_the_newest_ink_wins(host: EngineHost, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QWidget

    owner = QWidget()
    qtbot.addWidget(owner)
    reader, readings = DigitReader(host, owner), []
    reader.use(untrained())
    reader.answered.connect(readings.append)
    points = [(0.2 + 0.006 * i, 0.3 + 0.004 * i) for i in range(100)]
    for a, b in pairwise(points):
        reader.pad.draw([[a, b]])
    qtbot.waitUntil(lambda: not reader.busy and bool(readings), timeout=10_000)
    assert len(readings) < 99
    assert (readings[-1].seen == centred(reader.pad.ink())).all()


def test_an_answer_to_a_cleared_drawing_is_not_shown(host: EngineHost, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QWidget

    owner = QWidget()
    qtbot.addWidget(owner)
    reader, readings = DigitReader(host, owner), []
    reader.use(untrained())
    reader.answered.connect(readings.append)
    reader.pad.draw(THREE)
    reader.pad.clear()
    qtbot.waitUntil(lambda: not reader.busy, timeout=10_000)
    assert readings == []
    assert reader.bars.values() is None


def test_without_weights_the_reason_stands_where_the_answer_would(
    host: EngineHost, qtbot: QtBot, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QWidget

    from engine import read

    monkeypatch.setattr(weights.resources, "path", lambda *parts: tmp_path.joinpath(*parts))  # type: ignore[attr-defined]
    read._bundled.cache_clear()
    owner = QWidget()
    qtbot.addWidget(owner)
    reader = DigitReader(host, owner)
    reader.pad.draw(THREE)
    qtbot.waitUntil(lambda: not reader.busy, timeout=10_000)
    assert reader.said.text() == "No weights of mnist-deep came with this copy. Train them first."
    assert reader.said.property("tone") == "bad"


def test_the_primary_button_goes_to_train_and_starts(home_page: HomePage, qtbot: QtBot) -> None:
    learn = next(b for b in home_page.findChildren(QPushButton) if b.property("kind") == "primary")
    home_page.context.open_page.disconnect()
    with qtbot.waitSignal(home_page.context.open_page) as asked:
        QTest.mouseClick(learn, Qt.MouseButton.LeftButton)
    assert asked.args == ["train", {"recipe": "mnist-deep", "start": True}]


def test_home_shows_real_digits_and_what_is_here(home_page: HomePage, qtbot: QtBot) -> None:
    mosaic = home_page.doors.pictures[-1]
    assert isinstance(mosaic, Mosaic)
    qtbot.waitUntil(lambda: not mosaic.empty, timeout=10_000)
    wall = mosaic.grab().toImage()
    places = ((x, y) for x in range(0, wall.width(), 3) for y in range(0, wall.height(), 9))
    colours = {wall.pixelColor(x, y).name() for x, y in places}
    assert len(colours) > 5
    said = " ".join(w.text() for w in home_page._machine.findChildren(QLabel))
    assert "5,000 digits" in said


def test_every_door_has_a_picture_and_leads_to_its_tab_with_a_wish(home_page: HomePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not home_page.doors.busy, timeout=20_000)
    assert not [way.page for way, p in zip(WAYS, home_page.doors.pictures, strict=True) if getattr(p, "empty", False)]
    home_page.context.open_page.disconnect()
    led = []
    home_page.context.open_page.connect(lambda page, wish: led.append((page, wish)))
    for door in home_page.doors.doors:
        QTest.mouseClick(door, Qt.MouseButton.LeftButton)
    assert led == [(way.page, way.wish or None) for way in WAYS]
    known = [page.id for page in PAGES]
    assert [way.key for way in WAYS] == [f"Ctrl+{known.index(way.page) + 1}" for way in WAYS], "the key on the door"


def test_home_finds_mnist_in_the_data_folder(
    open_window: Callable[..., MainWindow], qtbot: QtBot, mnist_dir: object
) -> None:
    window = open_window(Settings(theme="dark", language="en", data_folder=str(mnist_dir)))
    window.show()
    page = window.current_page
    assert isinstance(page, HomePage)

    def said() -> str:
        return " ".join(w.text() for w in page._machine.findChildren(QLabel) if w.isVisible())

    qtbot.waitUntil(lambda: "70,000 digits in" in said(), timeout=10_000)


def test_the_job_of_home_is_a_read_three(home_page: HomePage, qtbot: QtBot) -> None:
    done: list[bool] = []
    home_page.do_its_job(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    assert np.asarray(home_page.reader.pad.ink()).max() == 255


def test_doors_beside_each_other_have_pictures_of_one_height_however_long_their_words(qtbot: QtBot) -> None:
    """A second line in Korean pushed one picture up by two pixels."""
    doors = [Door(QLabel(), "planet", "Ctrl+6") for _ in range(2)]
    for door, said in zip(doors, ("여기", "내 사진을 그의 붓놀림으로 다시 그려 보세요"), strict=True):
        qtbot.addWidget(door)
        door.set_words("반 고흐처럼 그리기", said)
        door.resize(230, 180)
        door.show()
    pictures = [door.layout().itemAt(0).widget() for door in doors]
    assert all(one is not None for one in pictures)
    assert pictures[0].height() == pictures[1].height()


def test_a_small_door_keeps_its_figure_off_the_curve(qtbot: QtBot) -> None:
    """Where the tour or a notice took height, the figure stood on the line."""
    for height in (72, 90, 140):
        plain, told = CurvePicture(), CurvePicture()
        for picture, figure, said in ((plain, "", ""), (told, "99.7\u2009%", "bundled network")):
            qtbot.addWidget(picture)
            picture.resize(190, height)
            picture.show_curve([0.8, 0.95, 0.97, *[0.99] * 20], figure, said)
        before, after = plain.grab().toImage(), told.grab().toImage()
        line = QColor(theme.current().net)
        places = [(x, y) for x in range(190) for y in range(height) if before.pixelColor(x, y) == line]
        assert len(places) > 100
        assert all(after.pixelColor(x, y) == line for x, y in places), height
