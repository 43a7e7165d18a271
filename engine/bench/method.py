"""How a time is taken: warmed up, in turn with what it is compared with, median with its spread, load noted."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bench import Say
from engine.devices import cores
from engine.text import Text, same

SHORTEST = 0.02  # seconds that one reading lasts at least: a shorter work is done several times in it
MOST = 40  # turns that a budget buys at most
LEAD = (
    0.1  # seconds: works up to this long run once untimed before each reading, until the threads of the last one rest
)
BUSY = 0.25  # a machine counts as busy when others use more than this part of its cores
STEP = same("{done}/{total}: {what}")


def step(say: Say, done: int, total: int, what: Text) -> None:
    """Tell what is done now; `done` of `total` stand in the text's values for whoever draws a bar."""
    say(STEP(done=done, total=total, what=what))


@dataclass(frozen=True, slots=True)
class Timed:
    """Readings of one thing in the order they were taken; seconds, or ratios of seconds."""

    values: tuple[float, ...]

    @property
    def n(self) -> int:
        return len(self.values)

    @property
    def median(self) -> float:
        ordered, half = sorted(self.values), len(self.values) // 2
        return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2

    @property
    def low(self) -> float:
        return min(self.values)

    @property
    def high(self) -> float:
        return max(self.values)

    @property
    def wide(self) -> float:
        """Half the distance from lowest to highest as a part of the median: 0.1 is ±10 %."""
        return (self.high - self.low) / 2 / self.median if self.median else 0.0

    @property
    def outliers(self) -> int:
        """Readings beyond three times the middle deviation; told, never thrown away."""
        middle = self.median
        deviation = Timed(tuple(abs(v - middle) for v in self.values)).median if self.n > 2 else math.inf
        return sum(abs(v - middle) > 3 * 1.4826 * deviation + 0.02 * middle for v in self.values)

    def map(self, of: Callable[[float], float]) -> Timed:
        """Each reading as another figure (images a second from seconds)."""
        return Timed(tuple(of(value) for value in self.values))

    def over(self, other: Timed) -> Timed:
        """The ratio turn by turn: a busy moment meets both."""
        return Timed(tuple(a / b for a, b in zip(self.values, other.values, strict=True)))

    def sure(self) -> bool:
        """Of a ratio: whether all turns agree on which side of 1 it lies; otherwise noise swallows it."""
        return self.low > 1 or self.high < 1

    def json(self) -> dict[str, Any]:
        return {"median": self.median, "min": self.low, "max": self.high, "n": self.n, "outliers": self.outliers}


def interleaved(
    ways: Mapping[str, Callable[[], object]],
    *,
    repeats: int,
    warm_up: int = 1,
    shortest: float = SHORTEST,
    budget: float = 0.0,
    told: Callable[[int, int], None] | None = None,
) -> dict[str, Timed]:
    """Seconds of each way, one reading of every way in each turn; odd turns go backwards through them.

    budget: seconds; where more than `repeats` turns fit into them more are taken, `MOST` at most. How many is
    decided from the warm-up, never from what was found. told: called with the number of a turn and of all turns
    before it (0 is the warm-up).
    """
    counts, first = dict[str, int](), dict[str, float]()
    for name, work in ways.items():
        if told:
            told(0, repeats)
        for _ in range(max(1, warm_up)):
            began = time.perf_counter()
            work()
            first[name] = time.perf_counter() - began
        counts[name] = max(1, math.ceil(shortest / max(first[name], 1e-9)))
    found: dict[str, list[float]] = {name: [] for name in ways}
    turns = turns_in(budget, sum((counts[name] + (taken < LEAD)) * taken for name, taken in first.items()), repeats)
    for turn in range(turns):
        if told:
            told(turn + 1, turns)
        for name in list(ways) if turn % 2 == 0 else reversed(list(ways)):
            if first[name] < LEAD and len(ways) > 1:
                ways[name]()
            began = time.perf_counter()
            for _ in range(counts[name]):
                ways[name]()
            found[name].append((time.perf_counter() - began) / counts[name])
    return {name: Timed(tuple(values)) for name, values in found.items()}


def turns_in(budget: float, seconds: float, least: int) -> int:
    """How many turns of so many `seconds` fit into a budget: `least` in any case, an odd number if more, `MOST` at most."""
    more = min(MOST, int(budget / max(seconds, 1e-9)))
    return max(least, more - (more % 2 == 0))


class Watch:
    """What else went on while something was measured: the load that others made, the threads that were set."""

    def __init__(self) -> None:
        self._began, self._own, self._all = time.perf_counter(), _own_seconds(), _busy_seconds()
        self._load = _load()

    def method(self, *, repeats: int, warm_up: int, threads: int, timed: Mapping[str, Timed]) -> dict[str, Any]:
        """How it was measured, as plain values beside the result."""
        seconds = time.perf_counter() - self._began
        own, every = _own_seconds() - self._own, _busy_seconds() - self._all
        others = max(0.0, every - own) / (seconds * (os.cpu_count() or 1)) if every else None
        widest = max((one.wide for one in timed.values()), default=0.0)
        return {
            "repeats": repeats,
            "warm_up": warm_up,
            "interleaved": True,
            "threads": threads,
            "cores": cores(),
            "load_before": self._load,
            "load_after": _load(),
            "others_share": others,
            "busy": others is not None and others > BUSY,
            "widest_spread": widest,
            "outliers": sum(one.outliers for one in timed.values()),
            "readings": sum(one.n for one in timed.values()),
            "seconds": seconds,
        }


def _load() -> float | None:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def _own_seconds() -> float:
    """Seconds that this process and the children that have ended computed: those that share a work are no others."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _busy_seconds() -> float:
    """Seconds that all cores of the machine have computed since it started."""
    import psutil

    times = psutil.cpu_times()
    return float(times.user + times.system + getattr(times, "nice", 0.0))


def ratio_words(ratio: Timed) -> Text:
    """A ratio with its spread, and whether noise swallows it."""
    text = Text("{m:.2f}× ({a:.2f} to {b:.2f}, n = {n})", "{m:.2f}배 ({a:.2f}~{b:.2f}, n = {n})")
    words = text(m=ratio.median, a=ratio.low, b=ratio.high, n=ratio.n)
    if ratio.sure():
        return words
    return Text("no difference seen: {words}", "차이를 보지 못했어요: {words}")(words=words)


def counted(total: int) -> Iterator[int]:
    """1, 2, … `total`, and `total` from then on: the numbers of the steps that are told."""
    yield from range(1, total + 1)
    while True:
        yield total
