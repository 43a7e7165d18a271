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
        """p50, p99 and the longest gap in milliseconds over `gaps` turns."""
        self._timer.stop()
        gaps = np.diff(self._beats) * 1000
        p50, p99 = np.percentile(gaps, (50, 99))
        return {"p50_ms": float(p50), "p99_ms": float(p99), "max_ms": float(gaps.max()), "gaps": len(gaps)}
