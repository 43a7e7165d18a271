"""Jobs on worker threads: what reaches the GUI thread, in which order, and that nothing is left behind."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
import shiboken6
from driving import RUN
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from pytestqt.qtbot import QtBot

from engine.errors import LabError
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Count(Event):
    n: int


@dataclass(frozen=True, slots=True)
class Frame(Event):
    n: int
    latest_only: ClassVar[bool] = True


class Heard:
    """What a page hears of one job, and on which thread."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.batches: list[list[Event]] = []
        self.ends: list[JobRun] = []
        self.threads: set[QThread] = set()

    def on_events(self, events: list[Event]) -> None:
        self.threads.add(QThread.currentThread())
        self.batches.append(events)
        self.events += events

    def on_end(self, run: JobRun) -> None:
        self.threads.add(QThread.currentThread())
        self.ends.append(run)


@pytest.fixture
def owner(qapp: object) -> Iterator[QObject]:
    owner = QObject()
    yield owner
    if shiboken6.isValid(owner):
        shiboken6.delete(owner)


@pytest.fixture
def heard() -> Heard:
    return Heard()


Begin = Callable[..., JobRun]


@pytest.fixture(params=["interactive", "live", "io", "training"])
def begin(request: pytest.FixtureRequest, host: EngineHost, owner: QObject, heard: Heard) -> Begin:
    """Starts a job on each lane, and as a training, in turn."""

    def start(job: Job) -> JobRun:
        words = {"owner": owner, "on_events": heard.on_events, "on_end": heard.on_end}
        if request.param == "training":
            return host.train(RUN, job, **words)
        return host.start(RUN, job, lane=request.param, **words)

    return start


def counting(to: int) -> Job:
    for n in range(to):
        yield Count(n)
    return to


def endless(began: threading.Event | None = None, left: threading.Event | None = None) -> Job:
    try:
        while True:
            if began:
                began.set()
            yield Frame(0)
    finally:
        if left:
            left.set()


def failing() -> Job:
    yield Count(0)
    raise LabError(Text("The file is gone.", "파일이 없어졌어요."))


def test_events_arrive_in_order_on_the_gui_thread_and_then_the_end(begin: Begin, heard: Heard, qtbot: QtBot) -> None:
    run = begin(counting(500))
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.events == [Count(n) for n in range(500)]
    assert heard.ends == [run]
    assert (run.state, run.result) == (JobState.DONE, 500)
    assert heard.threads == {QCoreApplication.instance().thread()}


def test_a_job_computes_on_another_thread_than_the_gui(begin: Begin, heard: Heard, qtbot: QtBot) -> None:
    def where() -> Job:
        yield Count(0)
        return QThread.currentThread() is QCoreApplication.instance().thread()

    begin(where())
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.ends[0].result is False


def test_a_cancelled_job_ends_once_and_cleans_up(begin: Begin, heard: Heard, qtbot: QtBot) -> None:
    left = threading.Event()
    run = begin(endless(left=left))
    qtbot.waitUntil(lambda: bool(heard.events))
    run.cancel()
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.ends == [run]
    assert run.state is JobState.CANCELLED
    assert left.is_set()


def test_a_failure_reaches_the_page_and_the_window(begin: Begin, heard: Heard, host: EngineHost, qtbot: QtBot) -> None:
    told: list[JobRun] = []
    host.failed.connect(told.append)
    run = begin(failing())
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert told == [run] == heard.ends
    assert run.error is not None
    assert run.error.expected
    assert run.error.text.render("ko") == "파일이 없어졌어요."


def test_a_job_whose_page_is_gone_is_cancelled_and_calls_nobody(
    begin: Begin, heard: Heard, owner: QObject, qtbot: QtBot
) -> None:
    left = threading.Event()
    run = begin(endless(left=left))
    qtbot.waitUntil(lambda: bool(heard.events))
    shiboken6.delete(owner)
    heard.batches.clear()
    qtbot.waitUntil(lambda: run.state.final)
    assert run.state is JobState.CANCELLED
    assert left.is_set()
    assert heard.batches == []
    assert heard.ends == []


def test_only_the_newest_frame_of_a_fast_job_is_delivered(host: EngineHost, owner: QObject, heard: Heard) -> None:
    def filming() -> Job:
        for n in range(1000):
            yield Frame(n)

    run = host.start(RUN, filming(), lane="live", owner=owner, on_events=heard.on_events, on_end=heard.on_end)
    wait_without_ticks(run)
    host._deliver()
    assert heard.events == [Frame(999)]


def wait_without_ticks(run: JobRun) -> None:
    """Wait for a worker while this thread processes no event, so that no tick can deliver."""
    gate = threading.Event()
    for _ in range(3000):
        if run.state.final:
            return
        gate.wait(0.01)
    raise AssertionError("the job did not end")


def test_an_interactive_answer_wakes_the_window_without_waiting_for_the_tick(
    host: EngineHost, owner: QObject, heard: Heard
) -> None:
    host._tick.setInterval(1_000_000)  # the tick will not come
    run = host.start(RUN, counting(3), lane="interactive", owner=owner, on_events=heard.on_events, on_end=heard.on_end)
    wait_without_ticks(run)
    QCoreApplication.sendPostedEvents(host)  # no timers here: only what was posted
    assert heard.events == [Count(0), Count(1), Count(2)]
    assert heard.ends == [run]


def test_many_interactive_events_cost_one_wake_up(host: EngineHost, owner: QObject, heard: Heard) -> None:
    host._tick.setInterval(1_000_000)
    run = host.start(RUN, counting(500), lane="interactive", owner=owner, on_events=heard.on_events)
    wait_without_ticks(run)
    QCoreApplication.sendPostedEvents(host)
    assert len(heard.batches) == 1
    assert len(heard.events) == 500


def test_a_job_on_another_lane_does_not_wake_the_window(host: EngineHost, owner: QObject, heard: Heard) -> None:
    host._tick.setInterval(1_000_000)
    run = host.start(RUN, counting(3), lane="io", owner=owner, on_events=heard.on_events)
    wait_without_ticks(run)
    QCoreApplication.sendPostedEvents(host)
    assert heard.events == []


def test_a_lane_runs_its_jobs_one_after_another(host: EngineHost, owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    runs = [host.start(RUN, counting(50), lane="io", owner=owner, on_end=heard.on_end) for _ in range(5)]
    qtbot.waitUntil(lambda: len(heard.ends) == 5)
    assert heard.ends == runs


def test_a_paused_training_blocks_no_lane_and_no_other_training(
    host: EngineHost, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    began = threading.Event()
    held = host.train(RUN, endless(began), owner=owner)
    qtbot.waitUntil(began.is_set)
    host.pause(held)
    for lane in ("interactive", "live", "io"):
        host.start(RUN, counting(2), lane=lane, owner=owner, on_end=heard.on_end)
    host.train(RUN, counting(2), owner=owner, on_end=heard.on_end)
    qtbot.waitUntil(lambda: len(heard.ends) == 4)
    assert held.paused
    assert not held.state.final


def test_a_training_asked_for_one_step_says_one_step_and_holds(
    host: EngineHost, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    inside, may_begin = threading.Event(), threading.Event()

    def gated() -> Job:
        inside.set()
        assert may_begin.wait(30)
        yield Count(0)
        return (yield from counting(100))

    run = host.train(RUN, gated(), owner=owner, on_events=heard.on_events, on_end=heard.on_end)
    assert inside.wait(30)
    host.pause(run)
    may_begin.set()
    qtbot.waitUntil(lambda: heard.events == [Count(0)])
    host.resume(run, until=lambda event: True)
    qtbot.waitUntil(lambda: heard.events == [Count(0), Count(0)] and run.paused)
    host.resume(run)
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.events[1:] == [Count(n) for n in range(100)]


def test_the_list_of_trainings_holds_those_that_run_and_tells_its_changes(
    host: EngineHost, owner: QObject, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(host.changed):
        run = host.train(RUN, endless(), owner=owner)
    assert host.trainings == (run,)
    with qtbot.waitSignal(host.changed):
        host.pause(run)
    with qtbot.waitSignal(host.changed):
        run.cancel()
    assert host.trainings == ()


def test_a_thread_is_gone_after_its_training(host: EngineHost, owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    lanes = len(host.findChildren(QThread))
    host.train(RUN, counting(3), owner=owner, on_end=heard.on_end)
    qtbot.waitUntil(lambda: bool(heard.ends) and not host._leaving)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(host.findChildren(QThread)) == lanes


def test_the_tick_rests_when_no_job_is_left(host: EngineHost, owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    host.start(RUN, counting(3), lane="io", owner=owner, on_end=heard.on_end)
    assert host._tick.isActive()
    qtbot.waitUntil(lambda: bool(heard.ends))
    qtbot.waitUntil(lambda: not host._tick.isActive())


def test_a_job_started_in_the_end_of_another_runs(host: EngineHost, owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    def again(run: JobRun) -> None:
        host.start(RUN, counting(1), lane="io", owner=owner, on_end=heard.on_end)

    host.start(RUN, counting(1), lane="io", owner=owner, on_end=again)
    qtbot.waitUntil(lambda: bool(heard.ends))


def test_a_shutdown_stops_endless_and_paused_jobs_and_leaves_no_thread(
    host: EngineHost, owner: QObject, qtbot: QtBot
) -> None:
    flags = [threading.Event() for _ in range(4)]
    lefts = [threading.Event() for _ in range(4)]
    runs = [host.train(RUN, endless(flags[i], lefts[i]), owner=owner) for i in range(2)]
    runs += [
        host.start(RUN, endless(flags[i + 2], lefts[i + 2]), lane=("io", "live")[i], owner=owner) for i in range(2)
    ]
    qtbot.waitUntil(lambda: all(flag.is_set() for flag in flags))
    host.pause(runs[1])
    threads = host.findChildren(QThread)
    assert host.shutdown()
    assert [run.state for run in runs] == [JobState.CANCELLED] * 4
    assert all(left.is_set() for left in lefts)
    assert all(thread.isFinished() for thread in threads)


def test_a_shutdown_says_so_when_a_job_does_not_come_to_its_next_event(host: EngineHost, owner: QObject) -> None:
    gate, inside = threading.Event(), threading.Event()

    def stubborn() -> Job:
        inside.set()
        gate.wait(60)
        yield Count(0)

    host.train(RUN, stubborn(), owner=owner)
    assert inside.wait(30)
    assert not host.shutdown(timeout_ms=1)
    gate.set()
    assert all(thread.wait(30_000) for thread in host.findChildren(QThread))


def test_a_job_asked_for_after_the_shutdown_does_nothing(host: EngineHost, owner: QObject, heard: Heard) -> None:
    assert host.shutdown()
    run = host.start(RUN, counting(3), lane="io", owner=owner, on_events=heard.on_events, on_end=heard.on_end)
    QCoreApplication.processEvents()
    assert heard.events == []
    assert run.mailbox.drain() == []


def test_a_training_begun_for_one_step_makes_one_step(
    host: EngineHost, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    """The hold is asked for before the thread begins: a quick job would be steps ahead by the time it comes."""

    def quick() -> Job:
        for n in range(100_000):
            yield Count(n)

    for _ in range(20):
        run = host.train(RUN, quick(), owner=owner, on_events=heard.on_events, until=lambda event: True)
        qtbot.waitUntil(lambda run=run: run.paused)
        assert heard.events in ([], [Count(0)])
        run.cancel()
        heard.events.clear()


class Timed(QObject):
    """Holds itself alive, as widgets with their slots do, and has a timer; tells which thread takes it away."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        self.startTimer(1)
        weakref.finalize(self, lambda: ends.append(threading.current_thread()))


def test_what_has_timers_is_taken_away_on_the_gui_thread_even_when_a_job_makes_the_garbage(
    host: EngineHost, owner: QObject, qtbot: QtBot
) -> None:
    ends: list[threading.Thread] = []

    def job() -> Job:
        kept: list[list[int]] = []
        while not ends:  # Python counts new objects and collects when there are enough: here, were it allowed to
            kept.append([])
            if len(kept) % 5000 == 0:
                yield Count(len(kept))
                kept = kept[-100_000:]

    Timed(ends)
    host.start(RUN, job(), lane="io", owner=owner)
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == [threading.main_thread()]


def test_what_has_timers_outlives_a_thread_that_makes_garbage_in_a_test_without_a_host(qapp: QObject) -> None:
    """The thread on which the test runner hears of its next tests took widgets away: it crashed now and then."""
    ends: list[threading.Thread] = []
    Timed(ends)
    thread = threading.Thread(target=lambda: [[] for _ in range(2_000_000)])
    thread.start()
    thread.join()
    assert not ends


def test_a_host_that_is_shut_down_looks_at_nothing_any_more(host: EngineHost) -> None:
    """Its timers went on, so that each window that had been closed went through all of Python's objects forever."""
    assert any(timer.isActive() for timer in host.findChildren(QTimer))
    assert host.shutdown()
    assert not any(timer.isActive() for timer in host.findChildren(QTimer))
    assert not gc.get_freeze_count()
