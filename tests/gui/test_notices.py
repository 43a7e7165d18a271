"""What went wrong is said in a sentence that stays until it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Progress
from engine.text import Text
from gui import words
from gui.app import catch_errors
from gui.main_window import MainWindow

CUT = Text(
    "street.mp4 stopped at {at}. The file is cut off there.",
    "street.mp4가 {at}에서 멈췄어요. 파일이 거기서 잘려 있어요.",
)


def cut_off() -> Iterator[Event]:
    yield Progress(1)
    raise LabError(CUT(at="0:42"))


def broken() -> Iterator[Event]:
    yield Progress(1)
    raise ZeroDivisionError("a defect of ours")


def said(window: MainWindow) -> str:
    return " ".join(w.text() for w in window.notices.findChildren(QLabel))


def test_a_failed_job_shows_its_sentence_in_both_languages(
    open_window: Callable[..., MainWindow], host: EngineHost, qtbot: QtBot, qapp: QApplication
) -> None:
    window = open_window()
    window.show()
    host.start(Text("Reading", "읽기"), cut_off(), lane="io", owner=window)
    qtbot.waitUntil(window.notices.isVisible)
    assert "street.mp4 stopped at 0:42." in said(window)
    words.set_language(qapp, "ko")
    qtbot.waitUntil(lambda: "0:42에서 멈췄어요" in said(window))


def test_a_defect_is_named_as_one_and_its_report_can_be_copied(
    open_window: Callable[..., MainWindow], host: EngineHost, qtbot: QtBot, home: Path
) -> None:
    window = open_window()
    window.show()
    host.start(Text("Reading", "읽기"), broken(), lane="io", owner=window)
    qtbot.waitUntil(window.notices.isVisible)
    assert "Something went wrong in “Reading”" in said(window)
    QTest.mouseClick(window.notices.findChild(QPushButton), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError: a defect of ours" in copied
    assert "Convoscope" in copied
    log = home / "logs" / "convoscope.log"
    qtbot.waitUntil(lambda: log.exists() and "a defect of ours" in log.read_text(encoding="utf-8"))


def test_a_notice_stays_until_it_is_closed_and_the_one_before_comes_back(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window()
    window.show()
    window.notices.tell(Text("first", "하나"))
    window.notices.tell(Text("second", "둘"))
    window.notices.tell(Text("second", "둘"))
    assert window.notices.texts == ["first", "second"]
    close = window.notices.findChild(QToolButton)
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert window.notices.texts == ["first"]
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not window.notices.isVisible()


def test_a_defect_in_the_window_is_shown_and_the_window_goes_on(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window()
    window.show()
    with qtbot.captureExceptions() as caught:
        stop = catch_errors(window)
        QTimer.singleShot(0, lambda: 1 // 0)
        qtbot.waitUntil(window.notices.isVisible)
        stop()
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert "Something went wrong in the window" in said(window)
