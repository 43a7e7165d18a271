"""The metrics of a training and how each is shown; no chart is needed to know them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Metric:
    """What a chart shows: a column of a run's steps and, if `checked`, of its checks; shown times `scale`."""

    id: str
    scale: float = 1.0
    digits: int = 3
    unit: str = ""
    checked: bool = False
    smooth: bool = True
    raw: bool = False
    log: bool = False


DIFFERENCE = Metric("difference", 100.0, 2, smooth=False, checked=True)
"""Of a race: the second run's held-out figure less the first's, in points."""

PARTS = Metric("parts", raw=True, log=True)
"""The terms that the loss is the sum of, and their sum."""

METRICS = {
    m.id: m
    for m in (
        DIFFERENCE,
        PARTS,
        Metric("accuracy", 100.0, 1, "\u2009%", checked=True),
        Metric("loss", checked=True, raw=True, log=True),
        Metric("learning_rate", digits=5, smooth=False),
        Metric("gradient_norm", digits=2, raw=True, log=True),
        Metric("images_per_second", digits=0, raw=True),
    )
}
