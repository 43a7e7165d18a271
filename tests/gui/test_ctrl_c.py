"""Ctrl+C in a terminal: whatever is done ends soon, with status 130, and leaves nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine import grabber, places
from engine.grabbing import Facts, Grabber
from engine.live.keeping import VideoOut
from gui.ctrl_c import heard
from gui.tour import borrowed_home, settle

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a signal cannot be sent like this there")


def test_it_ends_a_program_that_still_loads_its_parts_without_a_traceback(tmp_path: Path) -> None:
    """It was a traceback through torch's imports."""
    begun = (
        "import sys, os, signal, runpy, importlib.abc\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # what runs in the background never hears it
        "class Press(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'torch': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Press())\n"
        "sys.argv = ['main.py', 'list', 'models']\n"
        "runpy.run_path('main.py', run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", begun], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def _press_soon() -> None:
    QTimer.singleShot(50, lambda: os.kill(os.getpid(), signal.SIGINT))


class _Keeping(QWidget):
    """Notes where runs would be kept when it is closed."""

    kept_in: Path | None = None

    def closeEvent(self, event: QCloseEvent) -> None:
        self.kept_in = places.runs()


def test_a_wait_in_a_command_of_the_window_ends_and_its_window_is_closed(qtbot: QtBot) -> None:
    """The key was told as an error in whatever Qt had called, and the command went on or crashed."""
    window, before = _Keeping(), signal.getsignal(signal.SIGINT)
    qtbot.addWidget(window)

    def work() -> None:
        with borrowed_home():
            window.show()
            _press_soon()
            settle(600_000)

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        work()
    assert time.monotonic() - began < 60
    assert window.kept_in and window.kept_in != places.runs(), "in a person's own home"
    assert signal.getsignal(signal.SIGINT) is before


def test_it_is_heard_while_qt_waits_for_events(qapp: QApplication) -> None:
    """Python runs no instruction of its own then: another process presses the key."""
    loop, heard_at = QEventLoop(), list[float]()

    def ask() -> None:
        heard_at.append(time.monotonic())
        loop.quit()

    pressing: list[subprocess.Popen[bytes]] = []
    QTimer.singleShot(0, lambda: pressing.append(subprocess.Popen(["sh", "-c", f"kill -INT {os.getpid()}"])))
    with heard(ask):
        loop.exec()
    assert heard_at and pressing[0].wait() == 0


def test_a_reader_of_videos_does_not_hear_it(tmp_path: Path) -> None:
    """It died while it still loaded OpenCV, with a traceback, and the video was called damaged."""
    video = VideoOut(tmp_path / "grey.avi", 30)
    for _ in range(5):
        video.add(np.full((48, 64, 3), 128, np.uint8))
    video.close()
    with Grabber(grabber.serve, grabber.Wish(str(video.path)), gentle=False) as one:
        assert one.pid
        os.kill(one.pid, signal.SIGINT)
        assert isinstance(one.open(), Facts)
