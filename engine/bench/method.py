"""How a time is taken: warmed up, in turn with what it is compared with, its figure from the calmest turns, load noted.

Other programs, and on a shared machine its neighbours, only ever make a turn longer, by a half for seconds at a time on
a rented virtual machine whose own meters show nothing. The median of all turns tells mostly of them and changes by a
third from run to run; the median of the fastest quarter repeats within a few parts of a hundred (`bench agree`).
As `bench` asks for it each reading waits for a calm moment first (calm.py), and only readings that were calm before
and after count for a figure, as long as there are enough of them; that there were not is told.
Ratios are taken turn by turn, where a disturbance meets both, and are medians of all turns.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.bench import Say
from engine.bench.calm import BUSY, PATIENCE, Calm, busy_seconds, own_seconds
from engine.devices import cores
from engine.text import Text, same

SHORTEST = 0.02  # seconds that one reading lasts at least: a shorter work is done several times in it
MOST = 80  # turns that a budget buys at most
CALM, FEWEST = 4, 3  # a figure comes from one in so many turns, the fastest, and from so many at least
ENOUGH = 10  # calm readings of each way that lie near each other: no more turns are taken
DOUBTFUL = 0.1  # of one figure, readings further apart than this part: the machine changed under it
STEADY = 0.03  # calm turns further apart than this part ask for more turns …
LONGER = 1.15  # … for so many times the budget at most
SETTLED, WARMING = 0.1, 4  # warm once a pass wins less than this part on the one before, or after so many
LEAD = (
    0.1  # seconds: works up to this long run once untimed before each reading, until the threads of the last one rest
)
REST = 0.03  # seconds: so long at least where the machine was asked meanwhile, whose threads turn on for some time
DOUBT = 0.05  # of a ratio: how likely chance alone may put so many turns on one side of 1 (sign test)
STEP = same("{done}/{total}: {what}")


def step(say: Say, done: int, total: int, what: Text) -> None:
    """Tell what is done now; `done` of `total` stand in the text's values for whoever draws a bar."""
    say(STEP(done=done, total=total, what=what))


@dataclass(frozen=True, slots=True)
class Timed:
    """Readings of one thing in the order they were taken; seconds, or ratios of seconds.

    calm: places of the turns that were disturbed least, from which the figure is taken; () for all of them.
    """

    values: tuple[float, ...]
    calm: tuple[int, ...] = ()

    @classmethod
    def of(cls, seconds: Sequence[float], quiet: Sequence[bool] = ()) -> Timed:
        """Readings whose figure is the median of the fastest quarter, of `FEWEST` at least.

        quiet: whether the machine was calm around each; the figure comes from those that were, if they are enough.
        """
        calm = [place for place in range(len(seconds)) if not quiet or quiet[place]]
        ordered = sorted(calm if len(calm) >= FEWEST else range(len(seconds)), key=seconds.__getitem__)
        return cls(tuple(seconds), tuple(sorted(ordered[: max(FEWEST, len(seconds) // CALM)])))

    @property
    def n(self) -> int:
        return len(self.values)

    @property
    def calmest(self) -> tuple[float, ...]:
        """The readings from which the figure is taken."""
        return tuple(self.values[place] for place in self.calm) or self.values

    @property
    def median(self) -> float:
        """The figure: the middle of the calm turns."""
        return middle(self.calmest)

    @property
    def low(self) -> float:
        return min(self.values)

    @property
    def high(self) -> float:
        return max(self.values)

    @property
    def reach(self) -> tuple[float, float]:
        """Lowest and highest reading but for those far from all others: what whiskers show, as in a box plot.

        Where most turns were disturbed those of the figure lie far from them; they always count.
        """
        near = [value for place, value in enumerate(self.values) if place in self.calm or not self._far(value)]
        return min(near, default=self.low), max(near, default=self.high)

    @property
    def wide(self) -> float:
        """Half the distance that whiskers show as a part of the figure: 0.1 is ±10 %."""
        low, high = self.reach
        return (high - low) / 2 / self.median if self.median else 0.0

    @property
    def unsteady(self) -> float:
        """How far the calm turns lie apart, as a part of the lowest of them."""
        return max(self.calmest) / min(self.calmest) - 1 if min(self.calmest) > 0 else 0.0

    @property
    def outliers(self) -> int:
        """Readings beyond three times the middle deviation; told, never thrown away."""
        return sum(map(self._far, self.values))

    def _far(self, value: float) -> bool:
        centre = middle(self.values)
        deviation = middle([abs(v - centre) for v in self.values]) if self.n > 2 else math.inf
        return abs(value - centre) > 3 * 1.4826 * deviation + 0.02 * abs(centre)

    def map(self, of: Callable[[float], float]) -> Timed:
        """Each reading as another figure (images a second from seconds), the same turns calm."""
        return Timed(tuple(of(value) for value in self.values), self.calm)

    def over(self, other: Timed) -> Timed:
        """The ratio turn by turn, all of them: a busy moment meets both."""
        return Timed(tuple(a / b for a, b in zip(self.values, other.values, strict=True)))

    def sure(self) -> bool:
        """Of a ratio: whether chance would hardly put so many turns on one side of 1; otherwise noise swallows it.

        The sign test (Arbuthnott, 1710) from six turns on; of fewer all must agree.
        """
        alike = max(sum(value > 1 for value in self.values), sum(value < 1 for value in self.values))
        if self.n < 6:
            return alike == self.n
        return 2 * sum(math.comb(self.n, k) for k in range(self.n - alike + 1)) / 2**self.n <= DOUBT

    def json(self) -> dict[str, Any]:
        """The figure ("median", of the calm turns) with the spread of all turns and of the calm ones."""
        calm = {"n": len(self.calmest), "min": min(self.calmest), "max": max(self.calmest)}
        return {
            "median": self.median,
            "min": self.low,
            "max": self.high,
            "n": self.n,
            "outliers": self.outliers,
            "calm": calm,
        }


def middle(values: Sequence[float]) -> float:
    """The median."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


@dataclass(frozen=True, slots=True)
class Lasted:
    """Returned by a way that takes longer than `SHORTEST` and of which only so many seconds count."""

    seconds: float


def interleaved(
    ways: Mapping[str, Callable[[], object]],
    *,
    repeats: int,
    warm_up: int = 1,
    shortest: float = SHORTEST,
    lead: float = LEAD,
    budget: float = 0.0,
    told: Callable[[int, int], None] | None = None,
    calm: Calm | None = None,
) -> dict[str, Timed]:
    """Seconds of each way, one reading of every way in each turn; odd turns go backwards through them.

    budget: seconds. Where more than `repeats` turns fit into them more are taken, `MOST` at most and no more than it
    takes to have `ENOUGH` calm ones that lie near each other; for `LONGER` where the calm turns of a way still lie
    apart by more than `STEADY`, and for as long as there is patience where a figure is in doubt. told: called with
    the number of a turn and of all turns, as far as can be told before it (0 is the warm-up).
    """
    if told:
        told(0, repeats)
    first = {name: _warm(work, warm_up) for name, work in ways.items()}
    counts = {name: max(1, math.ceil(shortest / max(taken, 1e-9))) for name, taken in first.items()}
    calm = calm or (Calm(budget) if budget or PATIENCE.left else None)
    found = {name: _Readings() for name in ways}
    began, turn = time.perf_counter(), 0
    while turn < repeats or _goes_on(found.values(), time.perf_counter() - began, budget, calm):
        if told:
            told(turn + 1, _turns_in(turn, time.perf_counter() - began, budget, repeats))
        for name in list(ways) if turn % 2 == 0 else reversed(list(ways)):
            still = calm is None or calm.wait()
            if first[name] < lead and len(ways) > 1:
                _lead(ways[name], lasts=REST if calm else 0.0)
            at = time.perf_counter()
            for _ in range(counts[name]):
                said = ways[name]()
            taken = (time.perf_counter() - at) / counts[name]
            found[name].seconds.append(said.seconds if isinstance(said, Lasted) else taken)
            found[name].quiet.append(still and (calm is None or calm.now()))
        turn += 1
    if calm:
        calm.done(figures=len(found), disturbed=sum(one.lacks for one in found.values()))
    return {name: one.timed for name, one in found.items()}


@dataclass(slots=True)
class _Readings:
    """What is read of one way, and whether it was calm around each reading."""

    seconds: list[float] = field(default_factory=list)
    quiet: list[bool] = field(default_factory=list)

    @property
    def timed(self) -> Timed:
        return Timed.of(self.seconds, self.quiet)

    @property
    def lacks(self) -> bool:
        """Whether there are too few calm readings for a figure, or those it comes from contradict each other."""
        return sum(self.quiet) < FEWEST or self.timed.unsteady > DOUBTFUL

    @property
    def doubtful(self) -> bool:
        """Whether one reading that only seemed calm would change the figure: it was slow between two calm looks."""
        return self.lacks or sum(self.quiet) < 2 * FEWEST

    @property
    def enough(self) -> bool:
        """Whether more readings would hardly change the figure."""
        return sum(self.quiet) >= ENOUGH and self.timed.unsteady <= STEADY


def _warm(work: Callable[[], object], least: int) -> float:
    """Do it until it gets no faster: the first passes prepare what the later ones use. Seconds of the fastest."""
    best = math.inf
    for number in range(max(least, WARMING)):
        began = time.perf_counter()
        work()
        taken = time.perf_counter() - began
        settled = taken > (1 - SETTLED) * best
        best = min(best, taken)
        if settled and number + 1 >= least:
            break
    return best


def _lead(work: Callable[[], object], *, lasts: float) -> None:
    """Do it untimed, once and for so many seconds."""
    until = time.perf_counter() + lasts
    work()
    while time.perf_counter() < until:
        work()


def _goes_on(found: Collection[_Readings], taken: float, budget: float, calm: Calm | None) -> bool:
    """Whether there is time for one more turn and reason enough to take it."""
    turns = len(next(iter(found)).seconds) if found else 0
    next_one = taken + taken / max(turns, 1)
    if turns >= MOST or all(one.enough for one in found):
        return False
    if calm and calm.left > 0 and any(one.doubtful for one in found):
        return True
    if next_one > LONGER * budget:
        return False
    return taken < budget or any(one.timed.unsteady > STEADY for one in found)


def _turns_in(done: int, taken: float, budget: float, least: int) -> int:
    """How many turns there will be, by those `done` in so many seconds: `least` in any case."""
    if not done:
        return least
    return max(least, done + 1, min(MOST, round(budget * done / max(taken, 1e-9))))


class Watch:
    """What else went on while something was measured: the load that others made, the threads that were set."""

    def __init__(self) -> None:
        self._began, self._own, self._all = time.perf_counter(), own_seconds(), busy_seconds()
        self._load = _load()
        self._waited, self._asked, self._disturbed = PATIENCE.waited, PATIENCE.asked, PATIENCE.disturbed

    def method(self, *, repeats: int, warm_up: int, threads: int, timed: Mapping[str, Timed]) -> dict[str, Any]:
        """How it was measured, as plain values beside the result."""
        seconds = time.perf_counter() - self._began
        own, every = own_seconds() - self._own, busy_seconds() - self._all
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
            "calm_part": 1 / CALM,
            "widest_calm_spread": max((one.unsteady for one in timed.values()), default=0.0),
            "readings": sum(one.n for one in timed.values()),
            "waited": PATIENCE.waited - self._waited,
            "disturbed_figures": PATIENCE.disturbed - self._disturbed,
            "watched_figures": PATIENCE.asked - self._asked,
            "seconds": seconds,
        }


def _load() -> float | None:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def ratio_words(ratio: Timed) -> Text:
    """A ratio with its spread, and whether noise swallows it."""
    text = Text("{m:.2f}× ({a:.2f} to {b:.2f}, n = {n})", "{m:.2f}배 ({a:.2f}~{b:.2f}, n = {n})")
    low, high = ratio.reach
    words = text(m=ratio.median, a=low, b=high, n=ratio.n)
    if ratio.sure():
        return words
    return Text("no difference seen: {words}", "차이를 보지 못했어요: {words}")(words=words)
