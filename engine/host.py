"""Where the window and the worker threads meet: the only file of the engine that imports Qt.

The window pulls, workers never push: a 30 Hz tick on the GUI thread drains each run's mailbox.
Interactive jobs (a pad, a slider) wake the window at once, coalesced into one wake-up.

Every training has a thread of its own, so a paused one blocks nobody. Short work shares
long-lived lanes, each running its jobs one after another.

While a host stands, Python looks for reference cycles on the GUI thread alone. Left to itself it does so on whichever
thread makes an object, and a widget that dies on a worker leaves its timers behind: the next one crashes the program.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QObject, QThread, QTimer, Signal

from engine.jobs import Event, Job, JobRun, JobState
from engine.memory import IDLE, CycleCollector, give_memory_back
from engine.text import Text

TICK_MS = 33  # one delivery per 30 Hz screen update; faster is not visible
COLLECT_MS = 100  # between two looks whether enough objects were made for a collection
STACK_BYTES = 16 * 1024 * 1024  # QThread's default on macOS (512 KiB) is too small for torch
LANES = ("interactive", "live", "io", "download")  # a download takes minutes: files are read and written meanwhile
_STUCK: list[QThread] = []  # destroying a thread that still runs would abort the process
_WAKE = QEvent.Type(QEvent.registerEventType())


class _Lane(QThread):
    """One worker thread; runs the jobs given to it one after another until `finish`."""

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setStackSize(STACK_BYTES)
        self._waiting: queue.SimpleQueue[JobRun | None] = queue.SimpleQueue()

    def submit(self, run: JobRun) -> None:
        self._waiting.put(run)

    def finish(self) -> None:
        self._waiting.put(None)

    def run(self) -> None:
        while True:
            try:
                run = self._waiting.get(timeout=IDLE)
            except queue.Empty:  # nobody wants anything: what waits for its next use goes
                give_memory_back()
                continue
            if run is None:
                return
            run.run()
            del run  # an idle lane keeps no result alive
            give_memory_back()


@dataclass(slots=True, eq=False)
class _Delivery:
    run: JobRun
    owner: QObject
    on_events: Callable[[list[Event]], None] | None
    on_end: Callable[[JobRun], None] | None
    thread: _Lane | None  # a thread of its own, gone when the job ends


class EngineHost(QObject):
    """Runs jobs on worker threads and brings what they say to the GUI thread.

    Callbacks run on the GUI thread: `on_events` with what gathered since the last tick, `on_end`
    exactly once whatever the outcome. When `owner` has been destroyed they are not called at all
    and the job is cancelled.

    Signals:
        failed: (JobRun) a job ended in an error, for the main window to show.
        changed: the list of `trainings` changed, or one of them was paused or resumed.
    """

    failed = Signal(object)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {name: _Lane(name, self) for name in LANES}
        for lane in self._lanes.values():
            lane.start()
        self._deliveries: list[_Delivery] = []
        self._leaving: list[_Lane] = []
        self._wake_posted = False
        self._closed = False
        self._cycles = CycleCollector()
        self._collect = QTimer(self)
        self._collect.timeout.connect(self._cycles.collect_if_due)
        self._collect.start(COLLECT_MS)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._deliver)

    @property
    def trainings(self) -> tuple[JobRun, ...]:
        """The runs that have a thread of their own and have not ended, oldest first."""
        return tuple(d.run for d in self._deliveries if d.thread)

    @property
    def working(self) -> tuple[JobRun, ...]:
        """Every run that has not ended, or whose end was not yet told, oldest first."""
        return tuple(d.run for d in self._deliveries)

    def train(
        self,
        name: Text,
        job: Job,
        *,
        owner: QObject,
        on_events: Callable[[list[Event]], None] | None = None,
        on_end: Callable[[JobRun], None] | None = None,
        until: Callable[[Event], bool] | None = None,
    ) -> JobRun:
        """Start `job` on a thread of its own, with `until` only to the first such event; returns at once."""
        run, thread = JobRun(name, job), _Lane("training", self)
        run.resume(until)  # before its thread may take the first step
        thread.start()
        self._submit(_Delivery(run, owner, on_events, on_end, thread), thread)
        thread.finish()  # ends after this one job
        self.changed.emit()
        return run

    def start(
        self,
        name: Text,
        job: Job,
        *,
        lane: str,
        owner: QObject,
        on_events: Callable[[list[Event]], None] | None = None,
        on_end: Callable[[JobRun], None] | None = None,
    ) -> JobRun:
        """Queue a short `job` on `lane` (one of `LANES`); returns at once."""
        run = JobRun(name, job, on_post=self._wake if lane == "interactive" else None)
        self._submit(_Delivery(run, owner, on_events, on_end, None), self._lanes[lane])
        return run

    def _submit(self, delivery: _Delivery, lane: _Lane) -> None:
        if self._closed:
            delivery.run.cancel()
        self._deliveries.append(delivery)
        lane.submit(delivery.run)
        self._tick.start()

    def pause(self, run: JobRun) -> None:
        """Hold `run` at its next yield."""
        run.pause()
        self.changed.emit()

    def resume(self, run: JobRun, until: Callable[[Event], bool] | None = None) -> None:
        """Continue `run`, with `until` only to the first event for which it is true."""
        run.resume(until)
        self.changed.emit()

    def shutdown(self, timeout_ms: int = 10_000) -> bool:
        """Cancel everything and wait; False if a thread is still busy at the deadline."""
        self._closed = True
        self._tick.stop()
        threads = [*self._lanes.values(), *self._leaving, *(d.thread for d in self._deliveries if d.thread)]
        for delivery in self._deliveries:
            delivery.run.cancel()
        self._deliveries.clear()
        for lane in self._lanes.values():
            lane.finish()
        deadline = QDeadlineTimer(timeout_ms)
        stuck = [thread for thread in threads if not thread.wait(deadline)]
        for thread in stuck:
            thread.setParent(None)
        _STUCK.extend(stuck)
        if not stuck:
            self._collect.stop()
            self._cycles.end()
        return not stuck

    def _wake(self) -> None:
        """Called on a worker: one event on the GUI thread's queue, however many jobs speak."""
        if not self._wake_posted and not self._closed:
            self._wake_posted = True
            QCoreApplication.postEvent(self, QEvent(_WAKE))

    def event(self, event: QEvent) -> bool:
        if event.type() == _WAKE:
            self._wake_posted = False
            self._deliver()
            return True
        return super().event(event)

    def _deliver(self) -> None:
        for delivery in tuple(self._deliveries):
            run = delivery.run
            ended = run.state.final  # read before draining: nothing is posted after it
            alive = shiboken6.isValid(delivery.owner)
            if not alive:
                run.cancel()
            elif delivery.on_events and (events := run.mailbox.drain()):
                delivery.on_events(events)
            if ended and delivery in self._deliveries:
                self._end(delivery, alive)
        self._leaving = [thread for thread in self._leaving if not self._gone(thread)]
        if not self._deliveries and not self._leaving:
            self._tick.stop()

    def _end(self, delivery: _Delivery, alive: bool) -> None:
        self._deliveries.remove(delivery)
        if delivery.thread:
            self._leaving.append(delivery.thread)
        if delivery.run.state is JobState.FAILED:
            self.failed.emit(delivery.run)
        if alive and delivery.on_end:
            delivery.on_end(delivery.run)
        if delivery.thread:
            self.changed.emit()

    @staticmethod
    def _gone(thread: _Lane) -> bool:
        if not thread.isFinished():
            return False
        thread.deleteLater()
        return True
