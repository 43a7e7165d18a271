"""Live soak: minutes at several times the usual rate, then switches of source and of network; what is left behind.

Memory is compared with what it was after the first tenth (of ten minutes: the first minute), when every network in
use has been opened and its backends were tried. `--quick` is a minute in all.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from engine.bench import Say
from engine.knobs import Box
from engine.live.keeping import VideoOut
from engine.live.opening import open_source
from engine.live.seen import Seen
from engine.live.settings import LiveSettings
from engine.live.sources import Source, Tour, VideoFile
from engine.live.watch import watch
from engine.text import Text

RATE = 180.0  # frames a second that the source offers: six times a camera's
SECONDS, QUICK_SECONDS = 600.0, 25.0
SWITCHES, QUICK_SWITCHES = 100, 10
_OVERLAYS = ("classify", "faces", "digits")
_MIB = 1024 * 1024


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """Soak; ten minutes and two hundred switches, with `quick` a minute and twenty."""
    say(Text("Live at {n} frames a second", "초당 {n}프레임으로 라이브")(n=int(RATE)))
    found = soaked(QUICK_SECONDS if quick else SECONDS)
    count = QUICK_SWITCHES if quick else SWITCHES
    with tempfile.TemporaryDirectory() as folder:
        video = Path(folder) / "tour.avi"
        _make_video(video, 30)
        say(Text("{n} switches of the source", "소스 전환 {n}번")(n=count))
        found |= _switched("source", count, [VideoFile(video), Tour()], ("classify",))
        say(Text("{n} switches of the network", "신경망 전환 {n}번")(n=count))
        found |= _switched("network", count, [Tour()], _OVERLAYS)
    return found


def soaked(seconds: float) -> dict[str, Any]:
    """Watch the tour with the classifier, and memory every second."""
    process = psutil.Process()
    began, seen, next_look = time.monotonic(), 0, 0.0
    sizes: list[tuple[float, float]] = []
    job = watch(Tour(rate=RATE), Box(LiveSettings(("classify",))))
    for event in job:
        now = time.monotonic() - began
        seen += isinstance(event, Seen)
        if now >= next_look:
            sizes.append((now, process.memory_info().rss / _MIB))
            next_look += 1.0
        if now >= seconds:
            break
    job.close()
    early = [size for at, size in sizes if at >= seconds / 10][:3]
    late = [size for _, size in sizes[-3:]]
    return {
        "soak_seconds": seconds,
        "soak_frames": seen,
        "soak_frames_per_second": seen / seconds,
        "soak_growth_mib": sum(late) / len(late) - sum(early) / max(1, len(early)),
        "soak_mib": late[-1],
    }


def _switched(what: str, count: int, sources: list[Source], overlays: tuple[str, ...]) -> dict[str, Any]:
    """Another source for a job of its own, or another network in the job that runs, each until it has answered."""

    def turns(times: int) -> None:
        if len(sources) > 1:
            for number in range(times):
                job = watch(sources[number % len(sources)], Box(LiveSettings(overlays)))
                next(event for event in job if isinstance(event, Seen) and event.results)
                job.close()
            return
        settings = Box(LiveSettings(overlays[:1]))
        job = watch(sources[0], settings)
        for number in range(times):
            wanted = overlays[number % len(overlays)]
            settings.replace(replace(settings.value, overlays=(wanted,)))
            next(e for e in job if isinstance(e, Seen) and any(r.overlay == wanted for r in e.results))
        job.close()

    process = psutil.Process()
    turns(2 * len(overlays) + 2)
    before = _left(process)
    turns(count)
    after = _left(process)
    return {
        f"{what}_switches": count,
        f"{what}_growth_mib": after[0] - before[0],
        f"{what}_threads_left": int(after[1] - before[1]),
        f"{what}_handles_left": int(after[2] - before[2]),
        f"{what}_processes_left": len(process.children()) - int(_tracker(process)),
    }


def _left(process: psutil.Process) -> tuple[float, int, int]:
    """MiB, threads and handles; builders of backends, which end by themselves, are waited for."""
    for thread in threading.enumerate():
        if thread.name.startswith("live"):
            thread.join(30)
    gc.collect()
    handles = process.num_handles() if sys.platform == "win32" else process.num_fds()
    return process.memory_info().rss / _MIB, threading.active_count(), handles


def _tracker(process: psutil.Process) -> bool:
    """Python's own tracker of shared memory stays until the program ends."""
    return any("resource_tracker" in " ".join(child.cmdline()) for child in process.children())


def _make_video(path: Path, count: int) -> None:
    source, out = open_source(Tour(rate=30), whole=True), VideoOut(path, 30)
    try:
        for _ in range(count):
            frame = source.read()
            assert frame is not None
            out.add(frame.image)
    finally:
        out.close()
        source.close()
