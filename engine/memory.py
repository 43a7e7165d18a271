"""What this program holds of the machine's memory, and when it gives it back."""

from __future__ import annotations

import ctypes
import gc
import platform
import threading
import time

import psutil

MIB = 2**20
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # malloc.h
_ARENAS = 2
_BETWEEN = 5.0  # seconds between two times that memory is given back
_giving = threading.Lock()
_given = 0.0  # when, by the monotonic clock


def _glibc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None) if platform.libc_ver()[0] == "glibc" else None


def keep_freed_memory() -> None:
    """Let the C library keep the large blocks that a training frees and asks for again at each step.

    glibc hands blocks of some megabytes back to the system at once; getting them again cost about 6,000
    page faults a step for `mnist-deep`. What that takes differs from machine to machine; on a shared one
    no gain in speed could be shown. Does nothing where the library is another one.
    """
    if libc := _glibc():
        libc.mallopt(_M_MMAP_THRESHOLD, 512 * MIB)
        libc.mallopt(_M_TRIM_THRESHOLD, 1024 * MIB)


def share_arenas() -> None:
    """Let all threads take memory from two stores of the C library; call it before there are threads.

    glibc gives each thread one of its own, up to eight a core, and what is freed in one is no use to the others: after
    15 minutes of every tab 815 MiB were in use, of 2.6 GiB in 16 stores, 1.5 GiB of that in memory. With two stores it
    was 732 of 2.0 and 1.2 GiB.
    """
    if libc := _glibc():
        libc.mallopt(_M_ARENA_MAX, _ARENAS)


def give_memory_back(*, at_once: bool = False) -> None:
    """Hand what was freed to the system, at most every five seconds; for the end of a job, on its own thread.

    at_once: also when less time has passed.

    After seven minutes of every tab a third of the program's memory (1 of 3.4 GiB) was such blocks: of models that had
    been closed, trainings that had ended. Does nothing where the C library is not glibc.
    """
    global _given
    if not _giving.acquire(blocking=False):
        return
    try:
        if (at_once or time.monotonic() - _given > _BETWEEN) and (libc := _glibc()):
            libc.malloc_trim(0)
            _given = time.monotonic()
    finally:
        _giving.release()


class CycleCollector:
    """Collects reference cycles by Python's own rules (`gc.get_threshold`), but only when asked, on the asker's thread.

    Left to itself Python does so on whichever thread makes an object. What was made before stays to the `end` and is
    left out: half a million objects of the libraries, and while they are gone through the window stands still. A
    collection of everything waits until the last one is a hundred times its own length ago, so that it takes no more
    than a hundredth of the thread.
    """

    def __init__(self) -> None:
        self._was = gc.isenabled()
        self._full_after = 0.0  # by the monotonic clock, in seconds
        gc.disable()
        gc.freeze()

    def end(self) -> None:
        """Python may collect anywhere again, if it might before."""
        gc.unfreeze()
        if self._was:
            gc.enable()

    def collect_if_due(self) -> None:
        """The oldest generation that grew enough, if one did."""
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        begun = time.monotonic()
        if due[2] and begun >= self._full_after:
            gc.collect()
            now = time.monotonic()
            self._full_after = now + 100 * (now - begun)
        elif due[1]:
            gc.collect(1)
        elif due[0]:
            gc.collect(0)


def memory() -> tuple[int, int]:
    """(MiB this program uses, MiB the machine has). Cheap enough for the GUI thread."""
    return psutil.Process().memory_info().rss // MIB, psutil.virtual_memory().total // MIB
