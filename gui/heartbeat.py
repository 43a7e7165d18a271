"""How long the GUI thread leaves a person waiting: the gaps between turns of its event loop."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import Qt, QTimer

BEAT_MS = 1


class Heartbeat:
    """Beats every millisecond while the event loop is free; a late beat is a stutter a person could see."""

    def __init__(self) -> None:
        self._beats: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        self._beats.append(time.perf_counter())

    def stop(self) -> dict[str, float]:
        """What `waits` makes of the beats so far."""
        self._timer.stop()
        return waits(np.array(self._beats))


def waits(beats: np.ndarray) -> dict[str, float]:
    """p50, p99 and the longest gap in milliseconds between the beats, (n,) seconds; `gaps` says how many there are.

    p99 is the median over the seconds of each one's 99th percentile: about ten gaps of a second's thousand are
    paintings, so the percentile of all lies where one disturbed second moves it.
    """
    gaps, second = np.diff(beats) * 1000, (beats[1:] - beats[0]).astype(int)
    p99 = np.median([np.percentile(gaps[second == one], 99) for one in np.unique(second)])
    p50, longest = np.median(gaps), gaps.max()
    return {"p50_ms": float(p50), "p99_ms": float(p99), "max_ms": float(longest), "gaps": len(gaps)}
