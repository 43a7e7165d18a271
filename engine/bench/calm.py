"""Whether this machine is left alone now: a short work on all threads, held against what it takes at its calmest.

Neighbours of a rented machine take half of a core, or a whole one, for a tenth of a second or for minutes, and no
counter of the system shows it (measured: the same small convolutions 1.0, 1.7 or 4.0 ms, the processor "100 % ours" in
each). So a work that never changes is timed before and after each reading: a reading between two calm ones is a calm
one, and while it is not calm a benchmark waits, for as long as it was given. What was calm on this machine is kept, so
that a run which has no calm moment at all can tell so.
"""

from __future__ import annotations

import math
import os
import time
from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine import places
from engine.devices import cores

NEAR = 0.15  # calm: no further above the calmest than this part
_TRIES = 3  # of the work at once, the best counts: threads of another library may still be spinning after the first
_FIRST = 30  # times the work is done before anything is called calm
_LOW = 2  # so many of the work's times, the fastest, may be luck; the next one tells how long it takes at its calmest
_KEPT_FOR = 24 * 3600.0  # seconds after which a machine may have changed
_SHARE = 0.25  # of the time that is left: what one wait takes at most, so that readings get their part
BUSY = 0.25  # a machine counts as busy when others use more than this part of its cores
_SOON = 0.3  # seconds after which it can be told whether it is
_AT_MOST, _AT_LEAST = 4.0, 4.0  # times its own budget, and seconds: what one round of turns may wait
_LINKS, _CHANNELS, _SIDE = 12, 16, 28  # of the work: convolutions one after the other


@dataclass(slots=True)
class Patience:
    """Seconds that are left for waiting, for all benchmarks of this process, and what came of it so far.

    left: 0 unless `bench` gives some; time that turns did not need is added. waited: seconds. asked, disturbed:
    figures that were taken, and those of them that had too few calm turns.
    """

    left: float = 0.0
    waited: float = 0.0
    asked: int = 0
    disturbed: int = 0


PATIENCE = Patience()


class Calm:
    """The machine, asked now and then; `budget` seconds of readings are wanted, waiting comes on top of them.

    alone: whether no other process takes part. Then nothing is waited for while other programs use more than `BUSY` of
    the cores: they may go on for hours, the system's own counters tell of them, and so does the result.
    """

    def __init__(
        self, budget: float, *, threads: int = 0, work: Callable[[], object] | None = None, alone: bool = True
    ) -> None:
        self._threads = threads or cores()
        self._work = work or _convolutions(self._threads)
        self._began, self._budget, self._alone = time.perf_counter(), budget, alone
        self._since = time.perf_counter(), own_seconds(), busy_seconds()
        self._limit = min(PATIENCE.left, max(_AT_LEAST, _AT_MOST * budget))
        self._times: list[float] = []
        for _ in range(_FIRST):
            self._ask_once()
        self._kept = _kept(self._threads)

    @property
    def calmest(self) -> float:
        """Seconds of the work when nobody disturbs it, as far as is known."""
        return min(self._times[_LOW], self._kept)

    @property
    def left(self) -> float:
        """Seconds that may still be waited."""
        if self._alone and self._busy():
            return 0.0
        return self._limit - max(0.0, time.perf_counter() - self._began - self._budget)

    def now(self) -> bool:
        """Whether it is calm now."""
        return any(self._ask_once() <= (1 + NEAR) * self.calmest for _ in range(_TRIES))

    def wait(self) -> bool:
        """Wait for a calm moment, not too long; whether it came."""
        if self.now():
            return True
        began = time.perf_counter()
        until = began + _SHARE * max(0.0, self.left)
        found = False
        while not found and time.perf_counter() < until and self.left > 0:
            found = self.now()
        PATIENCE.waited += time.perf_counter() - began
        return found

    def done(self, *, figures: int, disturbed: int) -> None:
        """All is read, of so many `figures`: keep what was calm, leave the others the time that was not needed."""
        needed = time.perf_counter() - self._began
        PATIENCE.left = max(0.0, PATIENCE.left + self._budget - needed) if self._budget else PATIENCE.left
        PATIENCE.asked, PATIENCE.disturbed = PATIENCE.asked + figures, PATIENCE.disturbed + disturbed
        _keep(self._threads, self.calmest)

    def _busy(self) -> bool:
        """Whether other programs have kept much of the processor until now."""
        began, own, every = self._since
        taken = time.perf_counter() - began
        return taken > _SOON and busy_seconds() - every - (own_seconds() - own) > BUSY * taken * (os.cpu_count() or 1)

    def _ask_once(self) -> float:
        began = time.perf_counter()
        self._work()
        taken = time.perf_counter() - began
        insort(self._times, taken)
        del self._times[_FIRST:]  # the slowest are of no use
        return taken


def _convolutions(threads: int) -> Callable[[], object]:
    """Small convolutions that stay in the cores' own caches; all threads meet after each, which a stolen core delays."""
    import torch

    draw = torch.Generator().manual_seed(0)
    x = torch.rand(1, _CHANNELS, _SIDE, _SIDE, generator=draw)
    weights = torch.rand(_CHANNELS, _CHANNELS, 3, 3, generator=draw) / (9 * _CHANNELS)

    def work() -> None:
        before = torch.get_num_threads()
        if before != threads:
            torch.set_num_threads(threads)
        with torch.inference_mode():
            y = x
            for _ in range(_LINKS):
                y = torch.nn.functional.conv2d(y, weights, padding=1)
        if before != threads:
            torch.set_num_threads(before)

    return work


def _kept(threads: int) -> float:
    """What the work took at its calmest in the last day, infinity where that is not known."""
    one = _all_kept().get(_key(threads), {})
    try:
        at, seconds = float(one["at"]), float(one["seconds"])
    except (KeyError, TypeError, ValueError):
        return math.inf
    return seconds if seconds > 0 and 0 <= time.time() - at < _KEPT_FOR else math.inf


def _keep(threads: int, seconds: float) -> None:
    from engine.errors import LabError
    from engine.files import write_json

    if seconds >= _kept(threads):
        return
    try:
        write_json(_file(), {**_all_kept(), _key(threads): {"seconds": seconds, "at": time.time()}})
    except (OSError, LabError):  # it is found again the next time
        return


def _all_kept() -> dict[str, Any]:
    from engine.errors import LabError
    from engine.files import read_json

    try:
        return read_json(_file()) if _file().exists() else {}
    except (OSError, LabError):
        return {}


def _file() -> Any:
    return places.cache() / "calm.json"


def _key(threads: int) -> str:
    """What the work's time depends on besides neighbours."""
    import torch

    from engine.bench import _processor

    held = os.environ.get("ONEDNN_MAX_CPU_ISA", "")
    return f"{_processor()} · {cores()} · {threads} · torch {torch.__version__} · {held}"


def own_seconds() -> float:
    """Seconds that this process and the children that have ended computed: those that share a work are no others."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def busy_seconds() -> float:
    """Seconds that all cores of the machine have computed since it started."""
    import psutil

    times = psutil.cpu_times()
    return float(times.user + times.system + getattr(times, "nice", 0.0))
