"""The job bar shows the state of its run, and its buttons act on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from engine.host import EngineHost
from engine.jobs import JobRun, JobState, Progress
from engine.text import same
from gui.status_bar import StatusBar
from gui.widgets.job_bar import JobBar


def endless(ended: threading.Event) -> Iterator[Progress]:
    pace = threading.Event()
    try:
        while True:
            pace.wait(0.002)
            yield Progress(1, 10)
    finally:
        ended.set()


@pytest.fixture
def bar(qtbot: QtBot, host: EngineHost) -> JobBar:
    bar = JobBar(host)
    qtbot.addWidget(bar)
    bar.set_start("Start training", "about 20 s")
    bar.show()
    return bar


def visible(bar: JobBar) -> list[str]:
    return [b.text() for b in bar.findChildren(QPushButton) if b.isVisible()]


def run_in(bar: JobBar, host: EngineHost, owner: QObject) -> tuple[JobRun, threading.Event]:
    ended = threading.Event()
    run = host.train(same("x"), endless(ended), owner=owner, on_end=lambda run: bar.show_end("Done"))
    bar.follow(run)
    return run, ended


def test_before_a_run_there_is_start_and_what_it_costs(bar: JobBar, qtbot: QtBot) -> None:
    assert visible(bar) == ["Start training"]
    with qtbot.waitSignal(bar.start_asked):
        QTest.mouseClick(bar.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)


def test_a_run_can_be_paused_and_resumed(bar: JobBar, host: EngineHost, qtbot: QtBot) -> None:
    run, _ = run_in(bar, host, bar)
    main = bar.findChildren(QPushButton)[0]
    assert visible(bar) == ["Pause", "Stop"]
    QTest.mouseClick(main, Qt.MouseButton.LeftButton)
    assert run.paused
    assert visible(bar) == ["Resume", "Stop"]
    QTest.mouseClick(main, Qt.MouseButton.LeftButton)
    assert not run.paused


def test_stop_never_asks_and_start_comes_back(bar: JobBar, host: EngineHost, qtbot: QtBot) -> None:
    run, ended = run_in(bar, host, bar)
    qtbot.waitUntil(lambda: run.state is JobState.RUNNING)
    QTest.mouseClick(bar.findChildren(QPushButton)[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: visible(bar) == ["Start again"])
    assert run.state is JobState.CANCELLED
    assert ended.is_set()


def test_step_and_epoch_are_asked_for(bar: JobBar, host: EngineHost, qtbot: QtBot) -> None:
    run_in(bar, host, bar)
    step, epoch = bar.findChildren(QToolButton)
    with qtbot.waitSignals([bar.step_asked, bar.epoch_asked]):
        QTest.mouseClick(step, Qt.MouseButton.LeftButton)
        QTest.mouseClick(epoch, Qt.MouseButton.LeftButton)


def test_progress_is_told_to_the_foot_of_the_window(bar: JobBar, host: EngineHost, qtbot: QtBot) -> None:
    run_in(bar, host, bar)
    with qtbot.waitSignal(bar.progressed) as told:
        bar.show_progress(900, 1200, "step 900 of 1,200", "about 14 s left")
    assert told.args == [0.75]


def test_a_run_that_just_ended_is_told_before_another_can_begin(bar: JobBar, qtbot: QtBot) -> None:
    run = JobRun(same("x"), (event for event in (Progress(1, 1),)))
    bar.follow(run)
    run.run()
    starts: list[bool] = []
    bar.start_asked.connect(lambda: starts.append(True))
    QTest.mouseClick(bar.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert starts == []
    assert bar.busy
    bar.show_end("over")
    QTest.mouseClick(bar.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert starts == [True]


def test_what_has_no_end_has_no_bar_and_no_share(bar: JobBar, host: EngineHost, qtbot: QtBot) -> None:
    """A game that was watched stood at 0 % in the status bar, beside an empty bar."""
    status = StatusBar(host)
    qtbot.addWidget(status)
    bar.progressed.connect(status.show_progress)
    run, _ = run_in(bar, host, bar)
    bar.show_endless("round 3")
    assert not bar.findChildren(QProgressBar)[0].isVisible()
    assert not any("%" in one.text() for one in status.findChildren(QLabel))
    bar.show_progress(1, 2)
    assert any("50" in one.text() for one in status.findChildren(QLabel))
    run.cancel()
