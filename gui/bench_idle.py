"""What the window costs while nobody touches it: processor time of an open window, on every tab and after all are built."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import psutil

from engine import settings
from gui.app import make_application, open_window
from gui.tour import borrowed_home, settle

READY_MS, REST_MS = 20_000, 4000  # until what is begun at the start has ended; between coming to a tab and measuring


def run(seconds: float = 10.0, root: Path | None = None) -> dict[str, Any]:
    """Percent of one core over `seconds` on Home, and over a third of that on every other tab. `root` is not used."""
    with borrowed_home():
        window = open_window(make_application(), settings.load()[0])
        window.resize(1440, 900)
        window.show()
        for id in window.tabs:
            window.page(id)
        settle(READY_MS)
        found = {"home": _percent(seconds)}
        for id in window.tabs[1:]:
            window.go(id)
            settle(REST_MS)
            found[id] = _percent(seconds / 3)
        window.close()
    return {"percent": found["home"], "percent_worst": max(found.values()), "percent_by_tab": found, "seconds": seconds}


def _percent(seconds: float) -> float:
    """This process's share of one core while the event loop runs for `seconds`."""
    process = psutil.Process()
    before, began = process.cpu_times(), time.perf_counter()
    settle(round(1000 * seconds))
    after, took = process.cpu_times(), time.perf_counter() - began
    return round(100 * (after.user + after.system - before.user - before.system) / took, 2)
