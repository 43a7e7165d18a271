"""Long curves made small for the screen: lowest and highest value of each pixel column, nothing in between lost.

One curve is `reduced` as it is drawn. Of many curves a `Field` is built once, in a job: for every curve what it
covers in each of 2**15 narrow bins, and the same for bins twice as wide, and so on; a view is then put
together from the level that fits it, for all curves at once.
"""

from __future__ import annotations

from collections.abc import Generator, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.jobs import Event, Progress

BINS = 2**15
FACTOR = 2
FEWEST = 2048  # bins of the coarsest level: two for each column of a wide screen


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """One curve: whose it is, and its points (n,) with x rising; y finite."""

    key: Hashable
    x: np.ndarray
    y: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Many curves over one range of x.

    levels: from fine to coarse, (lowest, highest) of each curve in each bin, (curves, bins) float32;
        +inf and −inf where a curve is not.
    """

    traces: tuple[Trace, ...]
    left: float
    right: float
    levels: tuple[tuple[np.ndarray, np.ndarray], ...]
    lowest: float
    highest: float

    def spans(self, left: float, right: float, columns: int) -> tuple[np.ndarray, np.ndarray]:
        """(curves, columns) float32 each: lowest and highest of every curve in each column from left to right."""
        width = (right - left) / columns
        for low, high in reversed(self.levels):  # coarse first: the first that has a bin for every half column
            size = (self.right - self.left) / low.shape[1]
            if 2 * size <= width:
                edges = np.floor((left + width * np.arange(columns + 1) - self.left) / size).astype(np.int64)
                return _columns(low, edges, np.minimum, np.inf), _columns(high, edges, np.maximum, -np.inf)
        edges = np.linspace(left, right, columns + 1)
        low = np.full((len(self.traces), columns), np.inf, np.float32)
        high = np.full((len(self.traces), columns), -np.inf, np.float32)
        for number, trace in enumerate(self.traces):
            _put(trace, edges, low[number], high[number])
        return low, high


def build_field(traces: Sequence[Trace], bins: int = BINS) -> Generator[Event, None, Field | None]:
    """The field of these curves; a job. None when there are none."""
    drawn = tuple(trace for trace in traces if len(trace.x) > 1)
    if not drawn:
        return None
    left = min(float(trace.x[0]) for trace in drawn)
    right = max(max(float(trace.x[-1]) for trace in drawn), left + 1e-9)
    edges = np.linspace(left, right, bins + 1)
    low = np.full((len(drawn), bins), np.inf, np.float32)
    high = np.full((len(drawn), bins), -np.inf, np.float32)
    for number, trace in enumerate(drawn):
        _put(trace, edges, low[number], high[number])
        yield Progress(number + 1, len(drawn))
    levels = [(low, high)]
    while levels[-1][0].shape[1] > max(FEWEST, FACTOR):
        low, high = levels[-1]
        shape = (len(drawn), -1, FACTOR)
        levels.append((low.reshape(shape).min(2), high.reshape(shape).max(2)))
        yield Progress(len(drawn), len(drawn))
    lowest, highest = float(levels[-1][0].min()), float(levels[-1][1].max())
    return Field(drawn, left, right, tuple(levels), lowest, highest)


def _columns(values: np.ndarray, edges: np.ndarray, take: np.ufunc, nothing: float) -> np.ndarray:
    """The bins gathered into columns that begin at `edges` (bin numbers); columns without bins hold `nothing`."""
    bins = values.shape[1]
    found = np.full((len(values), len(edges) - 1), nothing, np.float32)
    first, last = np.searchsorted(edges, (0, bins))
    first = max(0, int(first) - 1)  # the column in which the curves begin
    last = min(int(last), len(edges) - 1)
    if last > first:
        starts = np.clip(edges[first:last], 0, bins - 1)
        end = int(np.clip(edges[last], starts[-1] + 1, bins))
        found[:, first:last] = take.reduceat(values[:, :end], starts, axis=1)
    return found


def _put(trace: Trace, edges: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
    """What a line through the points covers in each column between neighbouring `edges`, put into low and high."""
    columns = len(edges) - 1
    start, end = (int(i) for i in np.searchsorted(trace.x, np.asarray((edges[0], edges[-1]), trace.x.dtype)))
    start, end = max(0, start - 1), min(len(trace.x), end + 1)
    x, y = trace.x[start:end], trace.y[start:end]
    width = edges[1] - edges[0]
    if len(x) < 2 or x[-1] < edges[0] or x[0] > edges[-1]:
        return
    first = max(0, int((x[0] - edges[0]) // width))
    last = min(columns, int((x[-1] - edges[0]) // width) + 1)
    at = np.interp(edges[first : last + 1], x, y).astype(np.float32)  # where it crosses from column to column
    low[first:last], high[first:last] = np.minimum(at[:-1], at[1:]), np.maximum(at[:-1], at[1:])
    column = ((x - edges[0]) // width).astype(np.int64)
    begins = np.flatnonzero(np.diff(column, prepend=column[0] - 1))  # the first point in each column that has some
    met, inside = column[begins], slice(*np.searchsorted(column[begins], (0, columns)))
    low[met[inside]] = np.minimum(low[met[inside]], np.minimum.reduceat(y, begins)[inside])
    high[met[inside]] = np.maximum(high[met[inside]], np.maximum.reduceat(y, begins)[inside])


def reduced(x: np.ndarray, y: np.ndarray, low: float, high: float, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """The part of a curve from `low` to `high` as at most two points for each of `columns`: its lowest and highest.

    x, y: (n,), x rising. One point outside at either end is kept, so that the line goes on to the edge.
    """
    start, end = (int(i) for i in np.searchsorted(x, (low, high)))
    start, end = max(0, start - 1), min(len(x), end + 1)
    if end - start <= 2 * columns:
        return x[start:end], y[start:end]
    size = -(-(end - start) // columns)
    whole = start + (end - start) // size * size
    blocks = y[start:whole].reshape(-1, size)
    pair = np.sort(np.stack((blocks.argmin(1), blocks.argmax(1))), axis=0)  # (2, blocks) in their order
    chosen = (start + np.arange(len(blocks)) * size + pair).T.reshape(-1)
    chosen = np.append(chosen, np.arange(whole, end))
    return x[chosen], y[chosen]


def thinned(x: np.ndarray, y: np.ndarray, low: float, high: float, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The part of a smooth curve from `low` to `high` as at most `most` of its points, evenly, both ends among them."""
    start, end = (int(i) for i in np.searchsorted(x, (low, high)))
    start, end = max(0, start - 1), min(len(x), end + 1)
    if end - start <= most:
        return x[start:end], y[start:end]
    keep = np.unique(np.linspace(start, end - 1, most).astype(np.int64))
    return x[keep], y[keep]
