"""Live: how fast pictures are seen against the plain loop, how old they are when shown, and whether answers agree.

All ratios are of runs in turn in one process. The video is made of the tour's views (640×480, MPEG-4).

That process keeps the memory it frees. Left to itself the C library gave up to 56 MB back after each picture of the
plain loop and asked for them again, in some processes nothing, in others 14,000 pages: 66 to 125 ms for the same
segmenter, 65 to 70 where it is kept. So the loop is measured at its best.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import torch

from engine.bench import Say, live_agreement, spread
from engine.bench.fresh import first_answer, in_new_process
from engine.bench.method import Lasted, Timed, Watch, interleaved
from engine.bench.reference import live_loop
from engine.knobs import Box
from engine.live.drawing import draw
from engine.live.keeping import VideoOut
from engine.live.opening import open_source
from engine.live.seen import Seen
from engine.live.settings import LiveSettings
from engine.live.sources import Tour, VideoFile
from engine.live.watch import watch
from engine.memory import MIB, give_memory_back
from engine.text import Text

STRETCHES = 5  # of frames whose age is measured
VIEWS = 20  # of the tour, of whose network's time the mean is taken
PASSES = 12  # of a video through each loop, at least: five lay up to 11 % apart from run to run


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False, model: str = "") -> dict[str, Any]:
    """Measure everything; with `quick` fewer frames, photographs and switches. model: see `live_agreement`."""
    frames, watched = 50 if quick else 150, Watch()
    with tempfile.TemporaryDirectory() as folder:
        video = Path(folder) / "tour.mp4"
        _make_video(video, frames)
        say(Text("Detector and segmenter", "검출기와 분할기"))
        times, backends = networks(15)
        say(Text("Classifying a video", "영상 분류 중"))
        figures, loop = classified(video, max(PASSES, repeats))
        found = {**figures, **told(times), **backends}
        say(Text("Agreement on photographs", "사진에서 답 비교"))
        found |= live_agreement.run(data=data, repeats=repeats, say=say, quick=quick, model=model)
        say(Text("Age of frames, start, switches", "프레임 나이, 시작, 전환"))
        found |= _ages(45 if quick else 60)
        found |= _start(5)
        found |= _switches(video, 10 if quick else 100)
    times |= loop
    least = min(one.n for one in times.values())
    return {**found, "method": watched.method(repeats=least, warm_up=1, threads=torch.get_num_threads(), timed=times)}


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


def _alone(id: str, turns: int) -> Timed:
    """Seconds of an overlay's network for a view, the mean of `VIEWS`, nothing else at work.

    The fastest way is found first, as it is after the first seconds of the first use; from then on Live computes so. Of
    some views two classes are nearly as likely, and asked about again in float32: one view alone would tell of that.
    """
    from engine.live.available import Desk
    from engine.live.seers import Networked

    desk = Desk()
    seer = desk.open(id)
    given = [seer.prepare(picture) for picture in views(VIEWS)]
    for one in given[:3]:
        seer.infer(one)
    if isinstance(seer, Networked):
        seer.settle()
        seer.faster()

    def infer() -> None:
        for one in given:
            seer.infer(one)

    times = interleaved({id: infer}, repeats=turns)
    desk.give_back({id: seer})
    return times[id].map(lambda seconds: seconds / len(given))


def classified(video: Path, turns: int) -> tuple[dict[str, Any], dict[str, Timed]]:
    """Every frame of a video read, named and drawn: by the plain loop and as Live does, in turn; figures, and seconds.

    Live's process that reads is started before its seconds count: `start_ms` tells of that. It reads the next frame
    while the network computes, and how often the two meet is chance: so `infer` is the network alone, and the calmest
    quarter of all frames of all passes counts for what is around it.
    """
    from engine.models.imagenet import names
    from engine.zoo.efficientnet_lite import pretrained

    network, words = pretrained(), [name.en for name in names()]
    infer = _alone("classify", turns)
    passes: list[_Pass] = []

    def theirs() -> Lasted:
        count, seconds = live_loop.classified(video, network, words)
        return Lasted(seconds / count)

    def ours() -> Lasted:
        passes.append(_watched(video))
        return Lasted(passes[-1].seconds)

    times = interleaved({"reference_loop": theirs, "loop": ours}, repeats=turns)
    loop, plain = times["loop"], times["reference_loop"]
    del passes[: -loop.n]  # those to warm up
    around = Timed.of([frame for one in passes for frame in one.around])
    ratio = plain.over(loop)
    return {
        "reference": "engine/bench/reference/live_loop.py",
        "ratio": ratio.median,
        "ratio_spread": ratio.json(),
        "count": loop.n,
        "frames_per_second": 1 / loop.median,
        "reference_frames_per_second": 1 / plain.median,
        "backend": passes[-1].backend,
        "infer_ms": 1000 * infer.median,
        "infer_spread": infer.map(lambda seconds: 1000 * seconds).json(),
        "overhead_ms": around.median,
        "overhead_spread": around.json(),
    }, {**times, "infer": infer}


@dataclass(frozen=True, slots=True)
class _Pass:
    """One video as Live saw it. seconds: for a frame. around: milliseconds of each frame besides its network."""

    seconds: float
    around: Sequence[float]
    backend: str


def _watched(video: Path) -> _Pass:
    around, began, backend = list[float](), 0.0, ""
    for event in watch(VideoFile(video), Box(LiveSettings(("classify",))), whole=True):
        if isinstance(event, Seen):
            at = time.perf_counter()
            draw(event.picture, event.results)
            now, t = time.perf_counter(), event.timings
            around.append(t.capture + t.prepare + t.finish + 1000 * (now - at))
            began, backend = began or now, event.backends["classify"]
    seconds = (time.perf_counter() - began) / (len(around) - 1)
    return _Pass(seconds, around, backend)


def networks(turns: int) -> tuple[dict[str, Timed], dict[str, str]]:
    """Seconds of SSDLite320 and LR-ASPP with random weights, whole from a 640×480 picture to boxes or labels.

    "ssdlite", "lraspp" are ours, "reference_…" the plain loop's; each once untimed before it is read, so that neither
    finds the threads of the other still turning. The second says how ours were computed.
    """
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
    found, backends = dict[str, Timed](), dict[str, str]()
    picture, settings = next(views(1)), LiveSettings()
    for name, (seer, theirs) in pairs.items():

        def ours(seer: Any = seer) -> object:
            return seer.finish(seer.infer(seer.prepare(picture)), picture, settings)

        for _ in range(3):
            ours()
        assert isinstance(seer, Networked)
        seer.settle()
        seer.faster()
        found |= interleaved({f"reference_{name}": partial(theirs, picture), name: ours}, repeats=turns)
        backends[f"{name}_backend"] = seer.backend
    return found, backends


def told(times: Mapping[str, Timed]) -> dict[str, Any]:
    """The figures of `networks`: ratios turn by turn, milliseconds."""
    found: dict[str, Any] = {f"{name}_ms": 1000 * one.median for name, one in times.items()}
    for name in ("ssdlite", "lraspp"):
        ratio = times[f"reference_{name}"].over(times[name])
        found |= {f"ratio_{name}": ratio.median, f"ratio_{name}_spread": ratio.json(), f"ratio_{name}_count": ratio.n}
    return found


def _sure_of_nothing(ssd: Any) -> None:
    """Random weights give every anchor the same share of 91 classes, which costs torchvision far more than real ones.

    A strong background takes that away altogether: the case in which the reference is fastest.
    """
    with torch.no_grad():
        for level in ssd.head.classification_head.module_list:
            level[-1].bias.view(-1, 91)[:, 0] = 8.0


def _ages(count: int) -> dict[str, Any]:
    """Age of frames of a 30 Hz source under a detector that is slower: faces.

    Of each of `STRETCHES` of so many frames the age that 95 of 100 stay below, and the middle of those: one disturbance
    of a tenth of a second makes more than one of 20 frames of its stretch old, but of no other.
    """
    ages, infers = [], []
    for event in watch(Tour(rate=30), Box(LiveSettings(("faces",)))):
        if isinstance(event, Seen) and event.results:
            ages.append(event.age)
            infers.append(event.timings.infer)
            if len(ages) == 2 + STRETCHES * count:
                drops, rate = event.drops, event.rate
                break
    ages, one = ages[2:], statistics.median(infers[2:])
    most = [sorted(ages[at : at + count])[int(0.95 * count)] for at in range(0, len(ages), count)]
    p95 = statistics.median(most)
    return {
        "age_p95_ms": p95,
        "age_p95_spread": spread(most),
        "age_p95_count": len(most),
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

    def held() -> int:
        give_memory_back(at_once=True)  # what is kept only for the next picture is no growth
        return process.memory_info().rss

    def turn(number: int) -> None:
        source = VideoFile(video) if number % 2 else Tour()
        overlay = ("classify", "faces", "digits")[number % 3]
        job = watch(source, Box(LiveSettings((overlay,))))
        next(e for e in job if isinstance(e, Seen) and e.results)
        job.close()

    for number in range(6):
        turn(number)
    before = held(), threading.active_count(), _handles(process)
    for number in range(count):
        turn(number)
    after = held(), threading.active_count(), _handles(process)
    return {
        "switches": count,
        "growth_mib": (after[0] - before[0]) / MIB,
        "threads_left": after[1] - before[1],
        "handles_left": after[2] - before[2],
    }


def _handles(process: psutil.Process) -> int:
    return process.num_handles() if sys.platform == "win32" else process.num_fds()
