"""Live: how fast pictures are seen against the plain loop, how old they are when shown, and whether answers agree.

All ratios are of runs in turn in one process. The video is made of the tour's views (640×480, MPEG-4).
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from engine.bench import Say, live_agreement, spread
from engine.bench.fresh import first_answer, in_new_process
from engine.bench.reference import live_loop
from engine.knobs import Box
from engine.live.drawing import draw
from engine.live.keeping import VideoOut
from engine.live.opening import open_source
from engine.live.seen import Seen
from engine.live.settings import LiveSettings
from engine.live.sources import Tour, VideoFile
from engine.live.watch import watch
from engine.text import Text

_MIB = 1024 * 1024


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False, model: str = "") -> dict[str, Any]:
    """Measure everything; with `quick` fewer frames, photographs and switches. model: see `live_agreement`."""
    frames = 100 if quick else 150
    with tempfile.TemporaryDirectory() as folder:
        video = Path(folder) / "tour.mp4"
        _make_video(video, frames)
        say(Text("Classifying a video", "영상 분류 중"))
        found = _classify(video, max(2, repeats))
        say(Text("Detector and segmenter", "검출기와 분할기"))
        found |= _networks(15)
        say(Text("Agreement on photographs", "사진에서 답 비교"))
        found |= live_agreement.run(data=data, repeats=repeats, say=say, quick=quick, model=model)
        say(Text("Age of frames, start, switches", "프레임 나이, 시작, 전환"))
        found |= _ages(90 if quick else 150)
        found |= _start(5)
        found |= _switches(video, 10 if quick else 100)
    return found


def views(count: int) -> Iterator[np.ndarray]:
    """(480, 640, 3) uint8 views of the tour's photographs."""
    source = open_source(Tour(rate=max(2.0, count / 36)), whole=True)
    try:
        for _ in range(count):
            frame = source.read()
            if frame is None:
                return
            yield frame.image
    finally:
        source.close()


def _make_video(path: Path, count: int) -> None:
    out = VideoOut(path, 30)
    for picture in views(count):
        out.add(picture)
    out.close()


def _settled(id: str, video: Path) -> None:
    """Let the fastest way be found, as it is after the first seconds of the first use."""
    from engine.live.available import Desk
    from engine.live.seers import Networked

    desk = Desk()
    seer = desk.open(id)
    picture = next(views(1))
    for _ in range(3):
        seer.infer(seer.prepare(picture))
    if isinstance(seer, Networked):
        seer.settle()
        seer.faster()
    desk.give_back({id: seer})


def _classify(video: Path, repeats: int) -> dict[str, Any]:
    from engine.models.imagenet import names
    from engine.zoo.efficientnet_lite import pretrained

    network, words = pretrained(), [name.en for name in names()]
    _settled("classify", video)
    live_loop.classified(video, network, words)
    ours, theirs, others, infer, backend = [], [], [], [], ""
    for _ in range(repeats):
        count, seconds = live_loop.classified(video, network, words)
        theirs.append(count / seconds)
        began, seen_count = time.perf_counter(), 0
        for event in watch(VideoFile(video), Box(LiveSettings(("classify",))), whole=True):
            if isinstance(event, Seen):
                at = time.perf_counter()
                draw(event.picture, event.results)
                drawn = 1000 * (time.perf_counter() - at)
                t = event.timings
                others.append(t.capture + t.prepare + t.finish + drawn)
                infer.append(t.infer)
                seen_count, backend = seen_count + 1, event.backends["classify"]
                if seen_count == 1:  # starting the process that reads is measured by `start_ms`
                    began = time.perf_counter()
        ours.append((seen_count - 1) / (time.perf_counter() - began))
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    return {
        "reference": "engine/bench/reference/live_loop.py",
        "ratio": statistics.median(ratios),
        "ratio_spread": spread(ratios),
        "count": repeats,
        "frames_per_second": statistics.median(ours),
        "reference_frames_per_second": statistics.median(theirs),
        "backend": backend,
        "infer_ms": statistics.median(infer),
        "overhead_ms": statistics.median(others),
        "overhead_spread": spread(others),
    }


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def _networks(turns: int) -> dict[str, Any]:
    """SSDLite320 and LR-ASPP with random weights, whole from a 640×480 picture to boxes or labels."""
    from torchvision.models import detection, segmentation

    from engine.live.official_live import seer_of
    from engine.live.overlays import Kind, OverlayCard
    from engine.live.seers import Networked
    from engine.text import same

    def card(name: str, kind: Kind, classes: int) -> OverlayCard:
        return OverlayCard(name, kind, same(name), same(""), classes=tuple(same(str(i)) for i in range(classes)))

    ssd = detection.ssdlite320_mobilenet_v3_large(weights=None, weights_backbone=None).eval()
    _sure_of_nothing(ssd)
    aspp = segmentation.lraspp_mobilenet_v3_large(weights=None, weights_backbone=None).eval()
    pairs: dict[str, tuple[Any, Callable[[np.ndarray], object]]] = {
        "ssdlite": (
            seer_of(card("ssdlite", Kind.DETECT, 91), ssd, key="bench ssdlite"),
            lambda picture: live_loop.detected(picture, ssd),
        ),
        "lraspp": (
            seer_of(card("lraspp", Kind.SEGMENT, 21), aspp, key="bench lraspp"),
            lambda picture: live_loop.segmented(picture, aspp),
        ),
    }
    found: dict[str, Any] = {}
    picture, settings = next(views(1)), LiveSettings()
    for name, (seer, theirs) in pairs.items():

        def ours(seer: Any = seer) -> object:
            return seer.finish(seer.infer(seer.prepare(picture)), picture, settings)

        for _ in range(3):
            ours()
        assert isinstance(seer, Networked)
        seer.settle()
        seer.faster()
        theirs(picture)
        both = [(_timed(lambda t=theirs: t(picture)), _timed(ours)) for _ in range(turns)]  # type: ignore[misc]
        ratios = [a / b for a, b in both]
        found[f"ratio_{name}"] = statistics.median(ratios)
        found[f"ratio_{name}_spread"] = spread(ratios)
        found[f"{name}_ms"] = statistics.median(b for _, b in both)
        found[f"reference_{name}_ms"] = statistics.median(a for a, _ in both)
        found[f"{name}_backend"] = seer.backend
    return found


def _sure_of_nothing(ssd: Any) -> None:
    """Random weights give every anchor the same share of 91 classes, which costs torchvision far more than real ones.

    A strong background takes that away altogether: the case in which the reference is fastest.
    """
    import torch

    with torch.no_grad():
        for level in ssd.head.classification_head.module_list:
            level[-1].bias.view(-1, 91)[:, 0] = 8.0


def _ages(count: int) -> dict[str, Any]:
    """Age of frames of a 30 Hz source under a detector that is slower: faces."""
    ages, infers = [], []
    for event in watch(Tour(rate=30), Box(LiveSettings(("faces",)))):
        if isinstance(event, Seen) and event.results:
            ages.append(event.age)
            infers.append(event.timings.infer)
            if len(ages) == count:
                drops, rate = event.drops, event.rate
                break
    ages, infers = sorted(ages[2:]), sorted(infers[2:])
    p95, one = ages[int(0.95 * len(ages))], statistics.median(infers)
    return {
        "age_p95_ms": p95,
        "age_infer_ms": one,
        "age_over_infer_ms": p95 - one,
        "age_drops": drops,
        "age_frames_per_second": rate,
        "age_count": len(ages),
    }


def _start(count: int) -> dict[str, Any]:
    """From choosing a source to the first answer, in new processes that have torch, as the window does."""
    values = [1000 * in_new_process(first_answer)[0] for _ in range(count)]
    return {"start_ms": statistics.median(values), "start_spread": spread(values), "start_count": count}


def _switches(video: Path, count: int) -> dict[str, Any]:
    """Memory, threads and handles after many changes of source and overlay, against those after the first few."""
    process = psutil.Process()

    def turn(number: int) -> None:
        source = VideoFile(video) if number % 2 else Tour()
        overlay = ("classify", "faces", "digits")[number % 3]
        job = watch(source, Box(LiveSettings((overlay,))))
        next(e for e in job if isinstance(e, Seen) and e.results)
        job.close()

    for number in range(6):
        turn(number)
    before = process.memory_info().rss, threading.active_count(), _handles(process)
    for number in range(count):
        turn(number)
    after = process.memory_info().rss, threading.active_count(), _handles(process)
    return {
        "switches": count,
        "growth_mib": (after[0] - before[0]) / _MIB,
        "threads_left": after[1] - before[1],
        "handles_left": after[2] - before[2],
    }


def _handles(process: psutil.Process) -> int:
    return process.num_handles() if sys.platform == "win32" else process.num_fds()
