"""What is measured in a new process of this program: a frozen one has no Python that could be given a line of code.

multiprocessing starts it, as main.py expects (`freeze_support`); the works here import what they need themselves.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection

from engine.errors import LabError
from engine.text import Text

LIBRARIES = "torch, PySide6.QtWidgets, PySide6.QtGui, pyqtgraph, cv2"


def in_new_process(work: Callable[[], float]) -> tuple[float, float]:
    """What `work` returns in a new process, and the seconds from starting that process to its answer.

    Raises: `LabError` when it ends without one.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    began = time.perf_counter()
    process = context.Process(target=_answer, args=(work, theirs))
    process.start()
    theirs.close()
    try:
        value: float = ours.recv()
        return value, time.perf_counter() - began
    except EOFError as error:
        text = Text(
            "A process that was started to be measured ended without an answer. Measure again, with less running.",
            "재려고 시작한 프로세스가 답 없이 끝났어요. 다른 프로그램을 닫고 다시 재 보세요.",
        )
        raise LabError(text) from error
    finally:
        ours.close()
        process.join()


def _answer(work: Callable[[], float], to: Connection) -> None:
    to.send(work())
    to.close()


def libraries() -> float:
    """Import the large libraries; the seconds it took."""
    began = time.perf_counter()
    for name in LIBRARIES.split(", "):  # torch first, as in main.py
        import_module(name)
    return time.perf_counter() - began


def first_answer() -> float:
    """Seconds from choosing the tour to its first named picture, where torch is there, as in the window."""
    import torch  # noqa: F401  what it takes is no part of it

    from engine.knobs import Box
    from engine.live.sources import Tour

    began = time.perf_counter()
    from engine.live.settings import LiveSettings
    from engine.live.watch import Seen, watch

    job = watch(Tour(), Box(LiveSettings(("classify",))))
    try:
        next(event for event in job if isinstance(event, Seen) and event.results)
        return time.perf_counter() - began
    finally:
        job.close()
