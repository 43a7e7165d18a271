"""Round numbers for axes, and figures as people read them."""

from __future__ import annotations

import math
from typing import Protocol

STEPS = (1.0, 2.0, 5.0)


class Figures(Protocol):
    """How a value is written: decimals and unit."""

    @property
    def digits(self) -> int: ...
    @property
    def unit(self) -> str: ...


def ticks(low: float, high: float, count: int) -> list[tuple[float, str]]:
    """Up to `count` round numbers between `low` and `high`, with their words."""
    span = high - low
    if not span > 0:
        return []
    decade = math.floor(math.log10(span / count))
    sizes = ((s, s * 10.0**d) for d in (decade, decade + 1) for s in (1.0, 2.0, 2.5, 5.0))
    step, size = next(((s, value) for s, value in sizes if span / value <= count + 0.5), (1.0, span))
    digits = max(0, (step == 2.5) - math.floor(math.log10(size) + 1e-9))
    first = math.ceil(low / size - 1e-9)
    values = (size * i for i in range(first, math.floor(high / size + 1e-9) + 1))
    return [(value, f"{value:,.{digits}f}") for value in values]


def log_ticks(low: float, high: float, count: int) -> list[tuple[float, str]]:
    """Round numbers (1, 2, 5) on a log10 scale, thinned to decades when there are too many."""
    decades = range(math.floor(low), math.ceil(high) + 1)
    for steps in (STEPS, (1.0, 3.0), (1.0,)):
        values = [s * 10.0**d for d in decades for s in steps]
        inside = [v for v in values if low <= math.log10(v) <= high]
        if len(inside) <= count + 1:
            break
    if len(inside) < 3:  # within a decade: round numbers that are not powers
        inside = [value for value, _ in ticks(10**low, 10**high, count)]
    return [(math.log10(v), f"{v:g}") for v in inside]


def figure(value: float, how: Figures) -> str:
    """A value with a fixed number of decimals, a comma at thousands, a real minus and its unit."""
    return f"{value:,.{how.digits}f}".replace("-", "−") + how.unit


def knob_figure(value: float) -> str:
    """A setting as people write it: 0.006, 256, 0.55."""
    return f"{value:,.0f}" if float(value).is_integer() and abs(value) >= 1 else f"{value:.3g}".replace("-", "−")
