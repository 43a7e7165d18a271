"""A job is a generator: what one run of it promises, without Qt and on this thread or a plain one."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import pytest
from driving import RUN

from engine.errors import LabError
from engine.jobs import Event, Job, JobRun, JobState, Mailbox, Progress, result_of
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Count(Event):
    n: int


@dataclass(frozen=True, slots=True)
class Frame(Event):
    n: int
    source: str = ""
    latest_only: ClassVar[bool] = True

    @property
    def key(self) -> str:
        return self.source


def counting(to: int, left: list[str] | None = None) -> Job:
    try:
        for n in range(to):
            yield Count(n)
        return to
    finally:
        if left is not None:
            left.append("left")


def on_a_thread(run: JobRun) -> threading.Thread:
    thread = threading.Thread(target=run.run)
    thread.start()
    return thread


def run_that_says(job: Job, answer: Callable[[JobRun], None]) -> JobRun:
    """A run that calls `answer` on the worker after each event."""
    run = JobRun(RUN, job)
    run.on_post = lambda: answer(run)
    return run


def numbers(run: JobRun) -> list[int]:
    return [event.n for event in run.mailbox.drain()]  # type: ignore[attr-defined]


def test_a_job_that_ends_keeps_its_result_and_is_done() -> None:
    run = JobRun(RUN, counting(3))
    run.run()
    assert (run.state, run.result, run.error) == (JobState.DONE, 3, None)
    assert numbers(run) == [0, 1, 2]


def test_a_run_lets_go_of_its_generator_at_the_end() -> None:
    run = JobRun(RUN, counting(1))
    run.run()
    assert run.job is None


def test_result_of_runs_a_job_to_its_end_on_this_thread() -> None:
    assert result_of(counting(5)) == 5


def test_a_cancel_runs_the_jobs_own_clean_up() -> None:
    left: list[str] = []
    run = run_that_says(counting(1000, left), lambda run: run.cancel())
    run.run()
    assert run.state is JobState.CANCELLED
    assert numbers(run) == [0]
    assert left == ["left"]


def test_a_job_cancelled_before_it_began_never_begins() -> None:
    left: list[str] = []
    run = JobRun(RUN, counting(3, left))
    run.cancel()
    run.run()
    assert run.state is JobState.CANCELLED
    assert numbers(run) == []
    assert left == []


def test_a_paused_job_can_be_cancelled() -> None:
    left: list[str] = []
    paused = threading.Event()

    def hold(run: JobRun) -> None:
        if not paused.is_set():
            run.pause()
            paused.set()

    run = run_that_says(counting(1000, left), hold)
    thread = on_a_thread(run)
    assert paused.wait(30)
    assert run.paused
    run.cancel()
    thread.join(30)
    assert run.state is JobState.CANCELLED
    assert not run.paused
    assert left == ["left"]


def test_a_pause_after_a_cancel_does_not_hold_the_job() -> None:
    run = JobRun(RUN, counting(3))
    run.cancel()
    run.pause()
    run.run()
    assert run.state is JobState.CANCELLED


def test_a_single_step_goes_to_the_first_event_asked_for_and_holds_there() -> None:
    stopped_at: list[int] = []
    ready = threading.Semaphore(0)

    def tell(run: JobRun) -> None:
        if run.paused or run.state.final:
            stopped_at.extend(numbers(run)[-1:])
            ready.release()

    run = run_that_says(counting(10), tell)
    run.pause()
    thread = on_a_thread(run)
    run.resume(until=lambda event: True)
    assert ready.acquire(timeout=30)
    run.resume(until=lambda event: isinstance(event, Count) and event.n % 4 == 0)
    assert ready.acquire(timeout=30)
    run.resume()
    thread.join(30)
    assert stopped_at == [0, 4, 9]
    assert run.state is JobState.DONE


def test_who_hears_of_the_step_asked_for_finds_the_job_held() -> None:
    """Otherwise the next step, asked for at once, would end at the very event that asked for it."""
    run = JobRun(RUN, counting(3))
    heard_before_held: list[int] = []
    held = threading.Event()

    def asked(event: object) -> bool:
        heard_before_held.extend(numbers(run))
        held.set()
        return True

    run.resume(until=asked)
    thread = on_a_thread(run)
    assert held.wait(30)
    run.cancel()
    thread.join(30)
    assert heard_before_held == []


def failing(error: Exception) -> Job:
    yield Count(0)
    raise error


def test_a_sentence_for_a_person_stays_one_in_both_languages() -> None:
    run = JobRun(RUN, failing(LabError(Text("No {x}.", "{x} 없어요.")(x=3))))
    run.run()
    assert run.state is JobState.FAILED
    assert run.error is not None
    assert run.error.expected
    assert (run.error.text.render("en"), run.error.text.render("ko")) == ("No 3.", "3 없어요.")


def test_a_defect_becomes_a_sentence_that_names_the_job_with_the_traceback_to_copy() -> None:
    run = JobRun(Text("Training", "학습"), failing(ZeroDivisionError("by nought")))
    run.run()
    assert run.error is not None
    assert not run.error.expected
    assert "Training" in run.error.text.render("en")
    assert "학습" in run.error.text.render("ko")
    assert "ZeroDivisionError: by nought" in run.error.details
    assert "in failing" in run.error.details


class Large:
    """Stands for a tensor in a frame of a job."""


def test_a_failure_keeps_no_frame_and_nothing_that_stood_in_one() -> None:
    kept: list[weakref.ref[Large]] = []

    def holding() -> Job:
        large = Large()
        kept.append(weakref.ref(large))
        yield Count(0)
        raise RuntimeError(f"with {type(large).__name__} at hand")

    run = JobRun(RUN, holding())
    run.run()
    gc.collect()
    assert run.state is JobState.FAILED
    assert kept[0]() is None


def test_an_error_in_the_clean_up_of_a_cancelled_job_is_told() -> None:
    def untidy() -> Job:
        try:
            yield Count(0)
            yield Count(1)
        finally:
            raise LabError(Text("The disk is full.", "디스크가 가득 찼어요."))

    run = run_that_says(untidy(), lambda run: run.cancel())
    run.run()
    assert run.state is JobState.FAILED
    assert run.error is not None
    assert run.error.expected


def test_a_mailbox_keeps_ordinary_events_in_order() -> None:
    mailbox = Mailbox()
    for n in range(100):
        mailbox.post(Count(n))
    assert mailbox.drain() == [Count(n) for n in range(100)]
    assert mailbox.drain() == []


def test_a_mailbox_keeps_the_newest_of_each_latest_kind_and_key() -> None:
    mailbox = Mailbox()
    for n in range(5):
        mailbox.post(Frame(n, "left"))
        mailbox.post(Frame(10 * n, "right"))
        mailbox.post(Progress(n))
    assert mailbox.drain() == [Frame(4, "left"), Frame(40, "right"), Progress(4)]
    assert mailbox.dropped == 0


def test_a_full_mailbox_drops_the_oldest_and_counts_them() -> None:
    mailbox = Mailbox(capacity=3)
    for n in range(10):
        mailbox.post(Count(n))
    assert mailbox.drain() == [Count(7), Count(8), Count(9)]
    assert mailbox.dropped == 7


def test_a_reader_and_a_writer_lose_nothing_between_them() -> None:
    run = JobRun(RUN, counting(20_000))
    thread = on_a_thread(run)
    seen: list[int] = []
    while thread.is_alive():
        seen += numbers(run)
    thread.join()
    assert seen + numbers(run) == list(range(20_000))


@pytest.mark.parametrize("state", JobState)
def test_a_state_is_final_when_the_job_has_ended(state: JobState) -> None:
    assert state.final == (state not in (JobState.WAITING, JobState.RUNNING))
