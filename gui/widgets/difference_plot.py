"""How far one run of a race is ahead of the other, over the same axis as their curves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.metric_plot import MetricPlot
from gui.widgets.metrics import DIFFERENCE
from gui.widgets.run_curves import RunCurves


class DifferencePlot(MetricPlot):
    """The second run's held-out figure less the first's, in points, at every check both have made; zero is marked."""

    _fewest_ticks = 4  # zero, and one on either side

    def __init__(self, parent: QWidget | None = None) -> None:
        self._zero = pg.InfiniteLine(0, angle=0)
        self._pair: tuple[RunCurves, ...] = ()
        super().__init__(DIFFERENCE, parent=parent)
        self.addItem(self._zero, ignoreBounds=True)

    def show_runs(self, runs: Sequence[RunCurves], *, axis: str, window: int) -> None:
        """Compare the first two runs."""
        self._pair = tuple(runs[:2])
        super().show_runs(runs[:1], axis=axis, window=window)

    def _draw(self, run: RunCurves, *, main: bool) -> None:
        if len(self._pair) < 2:
            self._set(run, "checked", np.empty(0), np.empty(0))
            return
        a, b = (one.checks for one in self._pair)
        _, at_a, at_b = np.intersect1d(a["step"], b["step"], return_indices=True)
        ahead = (b["accuracy"][at_b] - a["accuracy"][at_a]) * self.metric.scale
        self._set(self._pair[0], "checked", a[self._axis][at_a], ahead)

    def _end_words(self, run: RunCurves, *, main: bool) -> dict[str, str]:
        y = self.points(run, "checked")[1]
        return {"checked": f"B − A  {y[-1]:+.2f}".replace("-", "−")} if len(y) else {}

    def values_at(self, x: float) -> list[tuple[RunCurves, str, str]]:
        return []  # it is no value of one run

    def _y_range(self) -> tuple[float, float]:
        values = self.points(self._pair[0], "checked")[1] if self._pair else np.empty(0)
        reach = max(0.5, 1.15 * float(np.abs(values).max())) if len(values) else 1.0
        return -reach, reach

    def _themed(self) -> None:
        super()._themed()
        self._zero.setPen(pg.mkPen(theme.current().edge, width=1))
