"""The lines of a chart: each holds all points of its curve and draws the part in view at the width of the screen."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPen

from gui.widgets.detail import reduced, thinned

SMOOTH_POINTS = 240  # a dashed pen is dear, and the part of a smoothed curve in view needs no more
LAYERS = {"raw": 0, "train": 1, "checked": 2, "test": 3}
Key = tuple[Hashable, str]
"""Whose line it is, and which: a key of `LAYERS`, or another word for a smoothed curve."""


class RunLines:
    """Curves by (owner, kind). `shown` turns values into heights on the chart (a logarithm, or nothing)."""

    def __init__(self, plot: pg.PlotItem, shown: Callable[[np.ndarray], np.ndarray]) -> None:
        self._plot, self._shown = plot, shown
        self._lines: dict[Key, pg.PlotDataItem] = {}
        self._points: dict[Key, tuple[np.ndarray, np.ndarray]] = {}

    @property
    def keys(self) -> tuple[Key, ...]:
        """The lines there are."""
        return tuple(self._lines)

    def put(self, key: Key, x: np.ndarray, y: np.ndarray) -> bool:
        """The curve `key` runs through these points, in the unit shown; True when it is a new line."""
        finite = np.isfinite(y) & np.isfinite(x)
        if not finite.all():
            x, y = x[finite], y[finite]
        if key not in self._lines and not len(x):
            return False
        new = key not in self._lines
        if new:
            self._lines[key] = self._new(key[1])
        self._points[key] = x.copy(), y.copy()  # copies: a run goes on writing its buffer
        self._draw(key)
        return new

    def _new(self, kind: str) -> pg.PlotDataItem:
        line = pg.PlotDataItem(antialias=kind != "raw")
        line.setZValue(LAYERS.get(kind, 1))
        self._plot.addItem(line, ignoreBounds=True)
        return line

    def drop(self, keys: Iterable[Key]) -> None:
        """Take these away."""
        for key in keys:
            self._plot.removeItem(self._lines.pop(key))
            del self._points[key]

    def points(self, key: Key) -> tuple[np.ndarray, np.ndarray]:
        """All points of a curve, (x, y) in the unit shown; none where there is no such curve."""
        return self._points.get(key, (np.empty(0), np.empty(0)))

    def style(self, key: Key, pen: QPen | None, *, diamond: tuple[QPen, object] | None = None) -> None:
        """How a line looks; `diamond` (edge, fill) marks its points instead."""
        line = self._lines[key]
        line.setPen(pen)
        if diamond:
            line.setSymbol("d")
            line.setSymbolSize(10)
            line.setSymbolPen(diamond[0])
            line.setSymbolBrush(diamond[1])

    def view_changed(self) -> None:
        """Another part of the axis is in view."""
        for key, (x, _) in self._points.items():
            if len(x) > 2:
                self._draw(key)

    def _draw(self, key: Key) -> None:
        x, y = self._points[key]
        low, high = self._plot.vb.viewRange()[0]
        columns = max(64, int(self._plot.vb.width()))
        if key[1] == "train" or key[1] not in LAYERS:
            x, y = thinned(x, y, low, high, SMOOTH_POINTS)
        else:
            x, y = reduced(x, y, low, high, columns)
        self._lines[key].setData(x, self._shown(y))
