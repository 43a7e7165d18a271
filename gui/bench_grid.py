"""How a grid of tens of thousands of pictures scrolls, and what it costs in memory."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from engine import data, settings
from engine.jobs import result_of
from gui.tour import turn
from gui.widgets.image_grid import ImageGrid

SIZE = (760, 820)  # logical pixels: the stage of a 1440 × 900 window
STEPS = 240  # from top to bottom; each shows other rows


def run(count: int = 60_000, seconds: float = 4.0, root: Path | None = None) -> dict[str, Any]:
    """Scroll a grid of `count` real digits from top to bottom in a real event loop.

    Returns plain figures: gaps between turns of the event loop (`p50_ms`, `p99_ms`, `max_ms` over
    `gaps` turns), `mib` of memory above the raw pictures, `frames` painted, `count`, and where the
    pictures came from. MNIST when it is here; else the bundled digits, repeated, and says so.
    """
    app = QApplication.instance() or QApplication([])
    images, source, repeated = _pictures(count, root)
    resident = int(images.sum(dtype=np.int64))  # every page of the raw data is in memory before we measure
    before = psutil.Process().memory_info().rss
    grid = ImageGrid()
    grid.resize(*SIZE)
    grid.set_images(images)
    grid.show()
    app.processEvents()  # the first paint brings fonts and styles in; it is no scrolling
    gaps, peak = _scroll(grid, seconds)
    frames = grid.frames
    grid.close()
    grid.deleteLater()
    return {
        "p50_ms": float(np.percentile(gaps, 50)),
        "p99_ms": float(np.percentile(gaps, 99)),
        "max_ms": float(gaps.max()),
        "mib": max(0, peak - before) / 2**20,
        "raw_mib": images.nbytes / 2**20,
        "count": len(images),
        "gaps": len(gaps),
        "frames": frames,
        "seconds": seconds,
        "size": "×".join(map(str, SIZE)),
        "source": source,
        "repeated": repeated,
        "mean_pixel": resident / images.size,
    }


def _pictures(count: int, root: Path | None) -> tuple[np.ndarray, str, bool]:
    """`count` real digits as one array, the set they come from, and whether some appear twice."""
    root = root or settings.load()[0].data()
    id = next(id for id in ("mnist", "digits") if data.dataset(id).find(root))
    images = result_of(data.load(id, "train", root)).images
    repeated = len(images) < count
    if repeated:
        images = np.tile(images, (-(-count // len(images)), 1, 1))
    return images[:count], id, repeated


def _scroll(grid: ImageGrid, seconds: float) -> tuple[np.ndarray, int]:
    """Move the scroll bar from top to bottom in steps; gaps between heartbeats in ms, and the highest RSS."""
    loop, heart, mover = QEventLoop(), QTimer(), QTimer()
    beats: list[float] = []
    bar, memory, process = grid.verticalScrollBar(), [0], psutil.Process()

    def move() -> None:
        at = min(1.0, (time.perf_counter() - started) / seconds)
        bar.setValue(round(at * bar.maximum()))
        memory[0] = max(memory[0], process.memory_info().rss)
        if at >= 1:
            loop.quit()

    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    mover.timeout.connect(move)
    mover.setTimerType(Qt.TimerType.PreciseTimer)
    heart.setTimerType(Qt.TimerType.PreciseTimer)
    started = time.perf_counter()
    heart.start(1)
    mover.start(max(1, round(1000 * seconds / STEPS)))
    turn(loop)
    heart.stop()
    mover.stop()
    return np.diff(beats) * 1000, memory[0]
