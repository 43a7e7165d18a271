"""The first start and the one after a crash: the tour, the log that is offered, what is said when the system lacks a part."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from engine import places
from engine import settings as kept
from engine.text import Text
from gui import last_time, splash, system_parts
from gui.app import _CRASHED
from gui.details_dialog import DetailsDialog
from gui.first_steps import SEEN
from gui.main_window import MainWindow
from gui.widgets.tour_strip import Ring

Open = Callable[..., MainWindow]
ROOT = Path(__file__).resolve().parents[2]


def shown(open_window: Open, qtbot: QtBot) -> MainWindow:
    window = open_window()
    window.resize(1280, 800)
    with qtbot.waitSignal(window.painted):
        window.show()
    return window


def test_the_tour_is_four_sentences_each_with_a_ring_round_what_it_is_about(open_window: Open, qtbot: QtBot) -> None:
    window = shown(open_window, qtbot)
    assert not window.tour.isVisible(), "only the first start shows it by itself"
    window.begin_tour()
    ring, places_of_it = window.findChild(Ring), []
    while window.tour.isVisible():
        assert ring.isVisible()
        places_of_it.append(ring.geometry().getRect())
        window.tour.go_on()
    assert len(set(places_of_it)) == 4
    assert not ring.isVisible()


def test_the_tour_can_be_skipped_at_once_and_is_remembered(open_window: Open, qtbot: QtBot) -> None:
    window = shown(open_window, qtbot)
    window.begin_tour()
    skip = next(b for b in window.tour.findChildren(QPushButton) if b.text() == "Skip the tour")
    skip.click()
    assert not window.tour.isVisible()
    qtbot.waitUntil(lambda: SEEN in kept.load()[0].window)


def start_and_crash(home: Path, how: str) -> None:
    code = f"import os, signal; from gui import last_time; last_time.begin(); {how}"
    environment = {**os.environ, "CONVOSCOPE_HOME": str(home)}
    subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, timeout=120, check=False
    )


def test_the_start_after_a_crash_has_the_place_it_happened_at(home: Path) -> None:
    start_and_crash(home, "os.kill(os.getpid(), signal.SIGSEGV)")
    watch = last_time.begin()
    assert "Fatal Python error: Segmentation fault" in watch.earlier
    watch.end()
    again = last_time.begin()
    assert again.earlier == "", "it is told once"
    again.end()
    assert [path.name for path in places.log_folder().glob("*.open")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_process_that_was_killed_is_told_too_but_one_that_is_still_open_is_not(home: Path) -> None:
    start_and_crash(home, "os.kill(os.getpid(), signal.SIGKILL)")
    first = last_time.begin()
    assert "crash-" in first.earlier
    other = last_time._found(places.log_folder())
    assert other == [], "this process is open"
    first.end()


def test_the_details_behind_a_notice_can_be_read_and_copied(open_window: Open, qtbot: QtBot) -> None:
    window = shown(open_window, qtbot)
    window.notices.tell(_CRASHED, "Fatal Python error: Segmentation fault")
    look = next(b for b in window.notices.findChildren(QPushButton) if b.text() == "Show details")
    look.click()
    dialog = window.findChild(DetailsDialog)
    assert "Segmentation fault" in dialog.findChild(QPlainTextEdit).toPlainText()
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy details").click()
    assert "Segmentation fault" in QGuiApplication.clipboard().text()
    dialog.reject()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="said on Linux alone")
def test_what_the_system_lacks_is_said_with_the_package_that_brings_it() -> None:
    said = system_parts.words_for(ImportError("libEGL.so.1: cannot open shared object file: No such file or directory"))
    assert "sudo apt install libegl1" in said.render("en")
    assert "libEGL.so.1" in said.render("ko")
    other = system_parts.words_for(OSError("libodd.so.7: cannot open shared object file"))
    assert "libodd.so.7" in other.render("en")
    assert isinstance(system_parts.missing({}), Text), "no screen"
    assert system_parts.missing({"WAYLAND_DISPLAY": "wayland-0"}) is None
    assert system_parts.missing({"QT_QPA_PLATFORM": "offscreen"}) is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="said on Linux alone")
def test_a_start_without_a_screen_ends_with_a_sentence() -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    words = subprocess.run(
        [sys.executable, str(ROOT / "main.py")],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert words.returncode == 3
    assert "There is no screen" in words.stderr and "창을 열 화면이 없어요" in words.stderr


def test_the_mark_of_the_start_goes_when_the_window_is_there(
    qapp: QApplication, open_window: Open, qtbot: QtBot
) -> None:
    splash.show()
    assert splash.seconds() is not None
    shown(open_window, qtbot)
    splash.finish()
    assert [w for w in qapp.topLevelWidgets() if isinstance(w, splash.Splash) and w.isVisible()] == []


def test_the_mark_holds_the_start_up_for_no_longer_than_its_patience(qapp: QApplication) -> None:
    """Qt's own splash screen waited a second to be seen, on every start."""
    took = []
    for _ in range(3):  # the best of them: others may have the processor
        began = time.monotonic()
        splash.show()
        took.append(time.monotonic() - began)
        splash.finish()
    assert min(took) < splash.PATIENCE + 0.3
