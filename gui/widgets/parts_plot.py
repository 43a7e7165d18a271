"""What the loss of a run is made of: each term as a thin line and their sum, over the same axis as its curves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from engine.train.figures import part_name
from gui import theme
from gui.widgets.chart_ticks import figure
from gui.widgets.metric_plot import MetricPlot
from gui.widgets.metrics import PARTS
from gui.widgets.run_curves import RunCurves, moving_mean
from gui.widgets.run_fields import FieldWish
from gui.widgets.run_lines import Key
from gui.words import say

SUM = "sum"
_KIND = "part "  # a line's kind begins so; then comes the term's name


class PartsPlot(MetricPlot):
    """The terms of the main run's loss, smoothed, each with its name and last value at its end; weights included.

    A term that weighs nothing, as one of two does at α = 1, has no line there.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(PARTS, parent=parent)

    def show_runs(self, runs: Sequence[RunCurves], *, axis: str, window: int) -> None:
        """Take the first run's loss apart."""
        super().show_runs(runs[:1], axis=axis, window=window)

    def wish(self) -> FieldWish | None:
        return None  # one run is taken apart, not many

    def kinds(self, run: RunCurves) -> tuple[str, ...]:
        """The lines of a run: its terms, and their sum last."""
        return tuple(_KIND + name for name in (*run.parts.names[1:], SUM))

    def _draw(self, run: RunCurves, *, main: bool) -> None:
        kinds, count = self.kinds(run), len(run.steps)
        gone = [key for key in self._lines.keys if key[1] not in kinds]
        self._lines.drop(gone)
        x = run.steps[self._axis]
        for kind in kinds:
            name = kind.removeprefix(_KIND)
            y = run.steps["loss"] if name == SUM else run.parts[name][:count]
            self._set(run, kind, x[: len(y)], _mean(y, self._window))

    def _pen(self, key: Key, run: RunCurves) -> None:
        ink = QColor(theme.current().series[self._tone(run, key[1])])
        self._lines.style(key, pg.mkPen(ink, width=2.4 if key[1] == _KIND + SUM else 1.4))

    def _tone(self, run: RunCurves, kind: str) -> int:
        """The sum in the run's own colour, the terms in those that follow."""
        at = self.kinds(run).index(kind) + 1
        return run.colour if kind == _KIND + SUM else (run.colour + at) % len(theme.current().series)

    def _name_ends(self) -> None:
        named = []
        for run in self._runs:
            for kind in self.kinds(run):
                x, y = self.points(run, kind)
                if len(x):
                    at = float(x[-1]), float(self._y(y[-1:])[0])
                    words = f"{self.term(kind)}  {figure(float(y[-1]), self.metric)}"
                    self.names.put((id(run), kind), words, at=at, tone=self._tone(run, kind))
                    named.append((id(run), kind))
        self.names.keep(named)

    def term(self, kind: str) -> str:
        """What a line is called."""
        name = kind.removeprefix(_KIND)
        return self.tr("sum") if name == SUM else say(part_name(name))

    def values_at(self, x: float) -> list[tuple[RunCurves, str, str]]:
        """(run, the term's name, figure) of each line at `x`."""
        found = []
        for run in self._runs:
            for kind in self.kinds(run):
                xs, ys = self.points(run, kind)
                if len(xs) and xs[0] <= x <= xs[-1]:
                    found.append((run, self.term(kind), figure(float(ys[np.abs(xs - x).argmin()]), self.metric)))
        return found

    def tone_of(self, run: RunCurves, term: str) -> str:
        """The colour of the line that is called `term`."""
        kind = next((kind for kind in self.kinds(run) if self.term(kind) == term), _KIND + SUM)
        return theme.current().series[self._tone(run, kind)]

    def _y_range(self) -> tuple[float, float]:
        curves = [y for run in self._runs for kind in self.kinds(run) if len(y := self.points(run, kind)[1])]
        if not curves:
            return (-2.0, 0.5) if self._log else (0.0, 1.0)
        low, high = min(float(y.min()) for y in curves), max(float(y.max()) for y in curves)
        if self._log:
            low, high = (float(v) for v in self._y(np.array([low, high])))
            return low - 0.05, high + 0.05
        return 0.0, high * 1.04 or 1.0


def _mean(values: np.ndarray, window: int) -> np.ndarray:
    """The moving mean of what is there: nan where a step has no such term, or one that weighs nothing."""
    there = np.isfinite(values) & (values > 0)
    if there.all():
        return moving_mean(values, window)
    shares = moving_mean(there.astype(float), window)
    sums = moving_mean(np.where(there, values, 0.0), window)
    return np.divide(sums, shares, out=np.full(len(values), np.nan), where=there & (shares > 0))
