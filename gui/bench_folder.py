"""How fast a folder of 20,000 photographs can be looked at, and whether the window stutters meanwhile."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer

from engine import settings
from engine.data.sample_photos import sample_photo
from engine.errors import LabError
from engine.text import Text
from gui.app import make_application, open_window
from gui.heartbeat import Heartbeat
from gui.main_window import MainWindow
from gui.tour import borrowed_home, settle, turn, visit
from gui.widgets.picture_stage import PictureStage

COUNT = 20_000
DISTINCT = 1_000  # different photographs; the others are copies with names of their own
SIZE = (320, 240)
JUMP_MS = 400  # a person looks somewhere else this often
PATIENCE_S = 300.0
_PHOTOGRAPHS = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "hubble_deep_field.jpg", "ihc.png")


def run(seconds: float = 0.0, root: Path | None = None, count: int = COUNT) -> dict[str, Any]:
    """Open a folder of `count` JPEG files in the window, and scroll about until every thumbnail is known.

    Returns plain figures: `first_screen_seconds` (from the wish to the first view painted), `seconds` until all are
    known, `images_per_second`, gaps between turns of the event loop (`p50_ms`, `p99_ms`, `max_ms`), `mib` of memory
    that came on top, `again_seconds` for opening it once more with the thumbnails kept on disk.
    """
    with borrowed_home(), tempfile.TemporaryDirectory(prefix="photographs-") as folder:
        make_photographs(Path(folder), count)
        window = open_window(make_application(), settings.load()[0])
        window.resize(1440, 900)
        window.show()
        visit(window, "datasets")  # the tab is ready, as when a person has been using it
        try:
            found = measure(window, Path(folder), max(seconds, PATIENCE_S))
        finally:
            window.close()
    return {"count": count, "distinct": min(DISTINCT, count), "size": "×".join(map(str, SIZE)), **found}


def make_photographs(folder: Path, count: int) -> None:
    """Write `count` small JPEG files cut from the photographs that come with scikit-image."""
    large = [np.asarray(Image.open(sample_photo(name)).convert("RGB")) for name in _PHOTOGRAPHS]
    rng, made = np.random.default_rng(0), []
    for number in range(min(count, DISTINCT)):
        photo = large[number % len(large)]
        width = int(rng.integers(min(160, photo.shape[1] - 1), photo.shape[1]))
        height = min(width * SIZE[1] // SIZE[0], photo.shape[0])
        y, x = int(rng.integers(photo.shape[0] - height + 1)), int(rng.integers(photo.shape[1] - width + 1))
        cut = cv2.resize(photo[y : y + height, x : x + width], SIZE, interpolation=cv2.INTER_AREA)
        made.append(cv2.imencode(".jpg", cut[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 88])[1].tobytes())
    for number in range(count):
        (folder / f"photo_{number:05}.jpg").write_bytes(made[number % len(made)])


def measure(window: MainWindow, folder: Path, patience: float = PATIENCE_S) -> dict[str, Any]:
    """The figures of `run` for a folder of photographs, in a window whose Datasets tab is in front."""
    import psutil

    process = psutil.Process()
    before = process.memory_info().rss
    stage = window.current_page.findChild(PictureStage)
    assert isinstance(stage, PictureStage)
    began = time.perf_counter()
    window.go("datasets", {"place": str(folder)})
    _wait(lambda: _first_screen(stage, folder), patience)
    first = time.perf_counter() - began
    heart, jumps = Heartbeat(), QTimer()
    rng = np.random.default_rng(1)
    jumps.timeout.connect(lambda: stage.grid.scroll_to(int(rng.integers(max(1, stage.grid.rows)))))
    jumps.start(JUMP_MS)
    _wait(lambda: _complete(stage), patience)
    jumps.stop()
    settle(50)  # a handful of photographs may have been there before the first beat
    gaps = heart.stop()
    seconds = time.perf_counter() - began
    settle(1500)
    mib = (process.memory_info().rss - before) / 2**20
    window.go("datasets", {"dataset": "digits"})
    settle(1500)
    began = time.perf_counter()
    window.go("datasets", {"place": str(folder)})
    _wait(lambda: _first_screen(stage, folder) and _complete(stage), patience)
    thumbnails = stage.content.thumbnails if stage.content else None
    return {
        "first_screen_seconds": first,
        "seconds": seconds,
        "images_per_second": len(thumbnails or ()) / seconds,
        **gaps,
        "mib": max(0.0, mib),
        "again_seconds": time.perf_counter() - began,
        "unreadable": len(thumbnails.faults) if thumbnails else 0,
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
    }


def _first_screen(stage: PictureStage, folder: Path) -> bool:
    """True once every thumbnail in view is known and was painted."""
    content = stage.content
    if content is None or content.thumbnails is None or content.thumbnails.photos.folder != folder:
        return False
    seen = stage.grid.visible()
    if not stage.grid.isVisible() or not len(seen) or not content.thumbnails.known[seen].all():
        return False
    stage.grid.viewport().repaint()
    return True


def _complete(stage: PictureStage) -> bool:
    thumbnails = stage.content.thumbnails if stage.content else None
    return thumbnails is not None and thumbnails.complete


def _wait(until: Any, patience: float) -> None:
    """Run the event loop until `until()` is true. Raises `LabError` when it never is."""
    loop, look = QEventLoop(), QTimer()
    deadline = time.perf_counter() + patience

    def check() -> None:
        if until() or time.perf_counter() > deadline:
            loop.quit()

    look.timeout.connect(check)
    look.start(20)
    turn(loop)
    look.stop()
    if time.perf_counter() > deadline:
        raise LabError(
            Text("The folder was not read in {s:.0f} s.", "{s:.0f}초 안에 폴더를 읽지 못했어요.")(s=patience)
        )
