"""What the faded runs of a chart need, as a value, and the job that makes it: nothing long runs in the window."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from engine.jobs import Event
from gui.widgets.detail import Field, Trace, build_field
from gui.widgets.metrics import Metric
from gui.widgets.run_curves import RunCurves

FLOOR = 1e-5  # the lowest value a logarithmic scale shows


@dataclass(frozen=True, slots=True, eq=False)
class FieldWish:
    """The curves of `metric` of these runs over `axis`, steps averaged over `window`, heights as logarithms or not."""

    metric: Metric
    axis: str
    window: int
    log: bool
    runs: tuple[RunCurves, ...]

    def same_as(self, other: FieldWish | None) -> bool:
        """True when the field of one is that of the other. Runs in a field have ended: they do not grow."""
        return other is not None and all(
            getattr(self, name) == getattr(other, name) for name in ("metric", "axis", "window", "log", "runs")
        )


def grow(wish: FieldWish) -> Generator[Event, None, Field | None]:
    """The field that is wished for; a job."""
    return (yield from build_field([_trace(run, wish) for run in wish.runs]))


def _trace(run: RunCurves, wish: FieldWish) -> Trace:
    """What was held out where it was checked, else the steps; the key is the run's `id`."""
    metric = wish.metric
    if metric.checked and len(run.checks) > 1:
        x, y = run.checks[wish.axis], run.checks[metric.id]
    else:
        x = run.steps[wish.axis]
        y = run.smoothed(metric.id, wish.window) if metric.smooth else run.steps[metric.id]
    finite = np.isfinite(y) & np.isfinite(x)
    x, y = (x, y) if finite.all() else (x[finite], y[finite])
    heights = np.asarray(y * metric.scale, np.float32)
    return Trace(id(run), x, np.log10(np.maximum(heights, FLOOR)) if wish.log else heights)
