"""An error in a method that Qt calls is told; it once ended the program."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
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
