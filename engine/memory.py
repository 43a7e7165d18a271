"""What this program holds of the machine's memory, and when it gives it back."""

from __future__ import annotations

import ctypes
import functools
import gc
import platform
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, ParamSpec, TypeVar

import psutil

MIB = 2**20
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # malloc.h
_ARENAS = 2
_BETWEEN = 5.0  # seconds between two times that memory is given back
IDLE = 60.0  # seconds after which a network that nobody asked for again is let go of
_keepers: list[Kept[Any, Any]] = []  # all there are: they stand in modules, for as long as the program runs
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
P = ParamSpec("P")
R = TypeVar("R")
_giving = threading.Lock()
_given = 0.0  # when, by the monotonic clock


def _glibc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None) if platform.libc_ver()[0] == "glibc" else None


def keep_freed_memory() -> None:
    """Let the C library keep the large blocks that a training frees and asks for again at each step.

    glibc hands blocks of some megabytes back to the system at once; getting them again cost up to 18,000 page faults
    a step of `cifar-alexnet-mini`, which took 31 ms without any and 42 to 54 ms with them, as chance had it. Does
    nothing where the library is another one.
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


class Kept(Generic[Key, Value]):
    """Opened networks that wait for their next use: `most` of them, none longer than `IDLE` seconds.

    Memory is what a small laptop lacks first, and to open a network again takes a tenth of a second.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._all: OrderedDict[Key, tuple[float, Value]] = OrderedDict()  # each with when it was asked for last
        self._guard = threading.Lock()
        _keepers.append(self)

    def put(self, key: Key, value: Value) -> None:
        """Keep it from now on; of too many the one goes that nobody asked for longest."""
        with self._guard:
            self._all.pop(key, None)
            self._all[key] = time.monotonic(), value
            gone = [self._all.popitem(last=False) for _ in range(len(self._all) - self._most)]
        del gone  # after the lock: what a network does when it goes is not known here

    def take(self, key: Key) -> Value | None:
        """It, the asker's alone from now on; None when it is not kept."""
        with self._guard:
            found = self._all.pop(key, None)
        return found[1] if found else None

    def get(self, key: Key) -> Value | None:
        """It, shared by all who ask; None when it is not kept."""
        with self._guard:
            if key not in self._all:
                return None
            _, value = self._all.pop(key)
            self._all[key] = time.monotonic(), value
        return value

    def let_go(self, idle: float = 0.0) -> None:
        """Forget what nobody asked for in the last `idle` seconds."""
        until = time.monotonic() - idle
        with self._guard:
            gone = [self._all.pop(key) for key, (when, _) in list(self._all.items()) if when <= until]
        del gone


def kept(most: int = 1) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """As `functools.lru_cache(most)`, for what opens a network: see `Kept`. Its arguments must be hashable."""

    def decorate(make: Callable[P, R]) -> Callable[P, R]:
        before: Kept[Hashable, tuple[R]] = Kept(most)

        @functools.wraps(make)
        def opened(*args: P.args, **kwargs: P.kwargs) -> R:
            key = args, tuple(sorted(kwargs.items()))
            found = before.get(key)
            if found is None:
                found = (make(*args, **kwargs),)
                before.put(key, found)
            return found[0]

        return opened

    return decorate


def give_memory_back(*, at_once: bool = False) -> None:
    """Let go of networks that nobody uses, and hand what was freed to the system, at most every five seconds.

    For the end of a job, on its own thread. at_once: also when less time has passed, and every network that waits for
    its next use.

    After seven minutes of every tab a third of the program's memory (1 of 3.4 GiB) was such blocks: of models that had
    been closed, trainings that had ended. Does nothing where the C library is not glibc.
    """
    global _given
    if not _giving.acquire(blocking=False):
        return
    try:
        if at_once or time.monotonic() - _given > _BETWEEN:
            for one in _keepers:
                one.let_go(0.0 if at_once else IDLE)
            if libc := _glibc():
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
