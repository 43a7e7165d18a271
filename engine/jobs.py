"""Long work as a generator of events; knows nothing about Qt.

A job is any generator that yields `Event` values and returns its result. The form gives four
things for free: every `yield` is a point where the job can be paused or cancelled, cancelling
runs the job's own `finally` blocks, a test drives it with `next()`, and a script runs it with
a `for` loop. One execution of a job is a `JobRun`.
"""

from __future__ import annotations

import itertools
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Hashable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, ClassVar

from engine.errors import LabError
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Event:
    """Something a job wants known. Immutable, so it may cross threads unlocked."""

    latest_only: ClassVar[bool] = False
    """True for events of which only the newest matters (a video frame)."""

    @property
    def key(self) -> Hashable:
        """Which of several streams of one `latest_only` type this belongs to."""
        return None


@dataclass(frozen=True, slots=True)
class Progress(Event):
    """How far a job has come: `done` of `total` (0 = unknown), and in words what it is doing."""

    done: int
    total: int = 0
    note: Text | None = None
    latest_only: ClassVar[bool] = True


Job = Generator[Event, None, Any]


class Mailbox:
    """Events on their way from one worker thread to one reader; `post` never blocks.

    Ordinary events queue up to `capacity`, then the oldest is dropped and counted in `dropped`.
    Of `latest_only` events just the newest per (type, key) is kept.
    """

    def __init__(self, capacity: int = 65_536) -> None:
        self._lock = threading.Lock()
        self._queued: deque[Event] = deque(maxlen=capacity)
        self._newest: dict[tuple[type[Event], Hashable], Event] = {}
        self.dropped = 0

    def post(self, event: Event) -> None:
        with self._lock:
            if event.latest_only:
                self._newest[type(event), event.key] = event
                return
            if len(self._queued) == self._queued.maxlen:
                self.dropped += 1
            self._queued.append(event)

    def drain(self) -> list[Event]:
        """Take all that waits: queued events in order, then the newest of each latest kind."""
        with self._lock:
            events = [*self._queued, *self._newest.values()]
            self._queued.clear()
            self._newest.clear()
        return events


class JobState(Enum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class JobError:
    """Why a job failed, as text: a kept exception would keep its frames and their tensors.

    `expected` tells a `LabError` (a sentence for a person) from a defect of ours.
    """

    text: Text
    details: str
    expected: bool


def _as_text(name: Text, error: Exception) -> JobError:
    details = "".join(traceback.format_exception(error))
    traceback.clear_frames(error.__traceback__)
    if isinstance(error, LabError):
        return JobError(error.text, details, expected=True)
    text = Text(
        "Something went wrong in “{name}”. The details can be copied and sent to us.",
        "‘{name}’ 작업 중에 문제가 생겼어요. 자세한 내용을 복사해서 보내 주세요.",
    )
    return JobError(text(name=name), details, expected=False)


_numbers = itertools.count(1)


@dataclass(eq=False)
class JobRun:
    """One execution of a job, shared by the thread that runs it and the one that asked for it.

    It ends exactly once, in DONE, FAILED or CANCELLED. `on_post` is called on the worker thread
    after each event and at the end; the host uses it to wake the window for interactive jobs.
    """

    name: Text
    job: Job | None
    on_post: Callable[[], None] | None = None
    mailbox: Mailbox = field(default_factory=Mailbox)
    state: JobState = JobState.WAITING
    result: Any = None
    error: JobError | None = None
    number: int = field(default_factory=lambda: next(_numbers))

    def __post_init__(self) -> None:
        self._cancelled = threading.Event()
        self._may_run = threading.Event()
        self._may_run.set()
        self._pause_at: Callable[[Event], bool] | None = None

    @property
    def paused(self) -> bool:
        return not self._may_run.is_set() and not self.state.final

    def cancel(self) -> None:
        """Ask the job to stop at its next yield; returns at once, from any thread."""
        self._cancelled.set()
        self._may_run.set()

    def pause(self) -> None:
        """Hold the job at its next yield."""
        self._may_run.clear()
        if self._cancelled.is_set():  # asked for after the hold, so that a cancel at this very moment is not held
            self._may_run.set()

    def resume(self, until: Callable[[Event], bool] | None = None) -> None:
        """Go on; with `until`, only to the first event for which it is true (one step, one epoch)."""
        self._pause_at = until
        self._may_run.set()

    def run(self) -> None:
        """Run to a final state on the calling thread. Never raises `Exception`."""
        self.state = JobState.RUNNING
        try:
            state = self._run_to_end()
        except Exception as error:  # noqa: BLE001  one of the three places that catch everything
            self.error = _as_text(self.name, error)
            state = JobState.FAILED
        self.job = None  # let go of what the generator's frame holds
        self.state = state
        if self.on_post:
            self.on_post()

    def _run_to_end(self) -> JobState:
        assert self.job is not None
        while True:
            self._may_run.wait()
            if self._cancelled.is_set():
                self.job.close()
                return JobState.CANCELLED
            try:
                event = next(self.job)
            except StopIteration as end:
                self.result = end.value
                return JobState.DONE
            if self._pause_at and self._pause_at(event):
                self._pause_at = None
                self.pause()
            self.mailbox.post(event)  # after the hold: who answers this event with another step finds the job held
            if self.on_post:
                self.on_post()


def result_of(job: Job) -> Any:
    """Run a job to its end on this thread and return its result; its events go unseen."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value
