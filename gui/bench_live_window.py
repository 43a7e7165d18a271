"""Whether the window stutters while a live source runs at full speed, and how old a picture is when it is painted."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from engine import settings
from engine.errors import LabError
from engine.live.sources import Source, Tour, VideoFile
from engine.text import Text
from gui.app import make_application, open_window
from gui.heartbeat import Heartbeat
from gui.main_window import MainWindow
from gui.tour import borrowed_home, settle, until

RATE = 240.0  # frames a second of the source: more than any network here takes
SIZE = (1440, 900)
WARM_S = 4.0  # backends are tried, and the first swaps happen, before anything is measured


def run(seconds: float = 10.0, root: Path | None = None) -> dict[str, Any]:
    """Watch the tour with the classifier (and what else is here of its kind), as fast as it goes, for `seconds`.

    root: a video file to watch instead. Returns the gaps between turns of the event loop (`p50_ms`, `p99_ms`,
    `max_ms`), `frames_per_second` that were painted, the age of a picture when it was painted (`age_p50_ms`,
    `age_p95_ms`), milliseconds to paint one (`paint_p50_ms`), frames that nobody saw (`drops`), and
    `first_overlay_seconds` from Start to the first answer.
    """
    source: Source = VideoFile(root) if root is not None and root.is_file() else Tour(rate=RATE)
    with borrowed_home():
        window = open_window(make_application(), settings.load()[0])
        window.resize(*SIZE)
        window.show()
        window.go("live")
        settle(2500)  # the other pages are built, cameras and overlays were looked for
        try:
            return {**_measure(window, source, seconds), "seconds": seconds, "size": "×".join(map(str, SIZE))}
        finally:
            window.close()


def _measure(window: MainWindow, source: Source, seconds: float) -> dict[str, Any]:
    page: Any = window.current_page
    view = page.view
    began = time.perf_counter()
    view.session.start(source)
    until(lambda: view.session.last is not None and bool(view.session.last.seen.results))
    first = time.perf_counter() - began
    settle(round(1000 * WARM_S))
    ages: list[float] = []
    paints: list[float] = []

    def note(drawn: Any) -> None:
        ages.append(1000 * (time.monotonic() - drawn.seen.frame.taken) + view.stage.view.paint_ms)
        paints.append(view.stage.view.paint_ms)

    view.session.arrived.connect(note)
    painted, heart, began = view.stage.view.painted, Heartbeat(), time.perf_counter()
    settle(round(1000 * seconds))
    gaps, took = heart.stop(), time.perf_counter() - began
    last = view.session.last
    if last is None or not ages:
        raise LabError(Text("No picture came in {s:.0f} s.", "{s:.0f}초 동안 사진이 오지 않았어요.")(s=seconds))
    return {
        **gaps,
        "count": len(ages),
        "frames_per_second": (view.stage.view.painted - painted) / took,
        "watched_per_second": last.seen.rate,
        "age_p50_ms": float(np.median(ages)),
        "age_p95_ms": float(np.percentile(ages, 95)),
        "paint_p50_ms": float(np.median(paints)),
        "drops": last.seen.drops,
        "first_overlay_seconds": first,
        "overlays": list(view.session.settings.value.overlays),
        "backends": last.seen.backends,
        "picture": "×".join(map(str, last.seen.picture.shape[1::-1])),
    }
