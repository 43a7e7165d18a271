"""An error in a method that Qt calls is told; it once ended the program."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


class Faulty(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        int("x")  # an error raised by C code

    def event(self, event: QEvent) -> bool:
        return bool([][0]) if event.type() == QEvent.Type.User else super().event(event)


def test_an_error_raised_while_painting_or_handling_an_event_is_told_and_the_program_goes_on(qtbot: QtBot) -> None:
    widget = Faulty()
    qtbot.addWidget(widget)
    with qtbot.captureExceptions() as told:
        widget.show()
        qtbot.waitUntil(lambda: bool(told))
        QApplication.postEvent(widget, QEvent(QEvent.Type.User))
        qtbot.waitUntil(lambda: any(kind is IndexError for kind, *_ in told))
    assert any(kind is ValueError and "'x'" in str(error) for kind, error, _ in told)


class HalfPainted(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPoint([][0], 0)


class Whole(QWidget):
    drawn = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPoint(0, 0)
        self.drawn += 1


class Around(QWidget):
    def event(self, event: QEvent) -> bool:
        return super().event(event)  # a Python frame between the one who painted wrong and Qt


def test_an_error_amid_painting_ends_its_painter_and_the_others_are_painted(qtbot: QtBot, qtlog: Any) -> None:
    """Half an hour of random use ended in a segmentation fault: the painter stayed at work on the window."""
    window, faulty, fine = Around(), [HalfPainted(), HalfPainted()], [Whole(), Whole()]
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    for one in (faulty[0], fine[0], faulty[1], fine[1]):
        layout.addWidget(one)
    with qtbot.captureExceptions() as told:
        window.resize(200, 200)
        window.show()
        qtbot.waitUntil(lambda: len(told) >= 2)
        window.update()
        qtbot.waitUntil(lambda: len(told) >= 4)
    assert all(kind is IndexError and str(error) == "list index out of range" for kind, error, _ in told)
    assert all(one.drawn >= 2 for one in fine)
    assert not [one.message for one in qtlog.records if "painter" in one.message]
