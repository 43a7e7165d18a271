"""The window led through its tabs without a person: for --self-test and for pictures of every tab."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from engine import settings as kept
from engine.errors import LabError
from engine.text import Text
from gui.ctrl_c import heard
from gui.main_window import MainWindow

PATIENCE_MS = 180_000


@contextlib.contextmanager
def borrowed_home() -> Iterator[Path]:
    """Settings and runs in a folder of their own, gone afterwards; data is looked for where it usually is."""
    data = kept.load()[0].data()
    before = {name: os.environ.get(name) for name in ("CONVOSCOPE_HOME", "CONVOSCOPE_DATA")}
    with tempfile.TemporaryDirectory(prefix="convoscope-") as folder:
        os.environ["CONVOSCOPE_HOME"] = folder
        if data:
            os.environ["CONVOSCOPE_DATA"] = str(data)
        try:
            yield Path(folder)
        except KeyboardInterrupt:
            for window in QApplication.topLevelWidgets():
                window.close()  # while what it keeps goes to this home
            raise
        finally:
            for name, value in before.items():
                os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


def turn(loop: QEventLoop) -> None:
    """Run an event loop until something ends it. Raises `KeyboardInterrupt` where that was Ctrl+C."""
    asked: list[None] = []

    def ask() -> None:
        asked.append(None)
        loop.quit()

    with heard(ask):
        loop.exec()
    if asked:
        raise KeyboardInterrupt


def wait_for(start: Callable[[Callable[[], None]], None], what: Text) -> None:
    """Run the event loop until `start` calls what it was given. Raises `LabError` when it never does."""
    loop, finished = QEventLoop(), [False]

    def done() -> None:
        finished[0] = True
        loop.quit()

    QTimer.singleShot(0, lambda: start(done))
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    turn(loop)
    if not finished[0]:
        raise LabError(
            Text("“{what}” did not finish in three minutes.", "‘{what}’ 작업이 3분 안에 끝나지 않았어요.")(what=what)
        )


def until(ready: Callable[[], bool]) -> None:
    """Run the event loop until `ready()`. Raises `LabError` when it never is."""
    loop, look = QEventLoop(), QTimer()
    deadline = QDeadlineTimer(PATIENCE_MS)
    look.timeout.connect(lambda: loop.quit() if ready() or deadline.hasExpired() else None)
    look.start(5)
    turn(loop)
    look.stop()
    if deadline.hasExpired():
        raise LabError(Text("No answer came in three minutes.", "3분 안에 답이 오지 않았어요."))


def settle(milliseconds: int = 400) -> None:
    """Let animations, late layouts and deliveries come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    turn(loop)
    QApplication.processEvents()


def visit(window: MainWindow, id: str) -> None:
    """Bring a tab to the front and let it do its job on real data."""
    window.go(id)
    page = window.current_page
    wait_for(page.do_its_job, Text("Tab {id}", "{id} 탭")(id=id))
    settle()
