"""What is seen in every frame of a source, from the command line: results as lines, and as files when asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import places
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.knobs import Box
from engine.live.available import usual
from engine.live.drawing import draw
from engine.live.keeping import VideoOut, keep_picture
from engine.live.opening import source_of
from engine.live.overlays import Covered, DigitsRead, Found, Kind
from engine.live.rows import Tables, line_of
from engine.live.seen import Seen
from engine.live.settings import LiveSettings
from engine.live.sources import Camera, Folder, Picture, Screen, Source, Stream, Tour
from engine.live.watch import watch
from engine.text import Text

_ENDLESS = Text(
    "“{words}” never ends. Say how many frames with --frames.",
    "‘{words}’ 소스는 끝이 없어요. --frames로 프레임 수를 정해 주세요.",
)
_NO_FRAMES = Text("Nothing was seen in {words}.", "{words}에서 아무것도 보지 못했어요.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked for on the command line.

    words: the source. model: id of an overlay, a run folder, an ONNX file; "" = the usual one. out: a folder, or None.
    every: see each n-th frame. frames: the most frames, 0 = all. score: the least of a box.
    """

    words: str
    model: str = ""
    out: Path | None = None
    every: int = 1
    frames: int = 0
    score: float = 0.35
    cover: str = "mosaic"


def predict(kind: Kind, asked: Asked, tell: Callable[[dict[str, Any]], None]) -> Job:
    """See `kind` in a source; a job, returns the figures. `tell` gets each frame's results as plain values.

    With `out` the folder gets results.jsonl, results.csv, results.coco.json, and the pictures with overlays: a video
    of a video, a PNG of each picture.
    Raises: `LabError` for a source or model that will not do.
    """
    source = source_of(asked.words)
    if isinstance(source, Camera | Stream | Screen | Tour) and not asked.frames:
        raise LabError(_ENDLESS(words=asked.words))
    settings = LiveSettings((overlay_of(kind, asked.model),), score=asked.score, cover=asked.cover)
    results = Tables()
    pictures = _Pictures(source, asked.out, max(1, asked.every)) if asked.out else None
    sums = _Sums()
    job = watch(source, Box(settings), whole=True, every=max(1, asked.every))
    try:
        for event in job:
            if not isinstance(event, Seen):
                yield event
                continue
            sums.add(event)
            at = event.frame.number, event.frame.seconds
            tell({"source": str(event.frame.name) or asked.words, **line_of(event, *at)})
            if pictures:
                results.add(event, *at, file=str(event.frame.name))
                pictures.add(event)
            yield Progress(sums.frames, asked.frames or event.frame.count)
            if sums.frames == asked.frames:
                break
    finally:
        job.close()
        if pictures:
            pictures.close()
    if not sums.frames:
        raise LabError(_NO_FRAMES(words=asked.words))
    if asked.out:
        results.write(asked.out)
    return sums.values()


def overlay_of(kind: Kind, model: str) -> str:
    """The overlay's id for a model's name: itself, or of a run folder or ONNX file that is there."""
    if not model:
        return usual(kind)
    path = Path(model)
    if path.suffix.lower() == ".onnx":
        return f"onnx:{path}"
    for folder in (path, places.runs() / model):
        if (folder / "run.json").is_file():
            return f"run:{folder}"
    return model


class _Sums:
    """What is told at the end: figures over all frames."""

    def __init__(self) -> None:
        self.frames, self._objects, self._whole = 0, 0, 0
        self._milliseconds: list[float] = []
        self._backends: dict[str, str] = {}

    def add(self, seen: Seen) -> None:
        self.frames += 1
        self._milliseconds.append(seen.timings.prepare + seen.timings.infer + seen.timings.finish)
        self._backends.update(seen.backends)
        for one in seen.results:
            if isinstance(one, Found):
                self._objects += len(one.found)
            elif isinstance(one, Covered | DigitsRead):
                self._objects += len(one.boxes)

    def values(self) -> dict[str, Any]:
        ordered = sorted(self._milliseconds)
        return {
            "frames": self.frames,
            "objects": self._objects,
            "p50_ms": ordered[len(ordered) // 2],
            "max_ms": ordered[-1],
            "model": next(iter(self._backends), ""),
            "backend": next(iter(self._backends.values()), ""),
        }


class _Pictures:
    """Frames with their overlays: one video, or a PNG for each still picture."""

    def __init__(self, source: Source, folder: Path, every: int) -> None:
        self._folder, self._every = folder, every
        self._stills = isinstance(source, Picture | Folder)
        self._source = source
        self._video: VideoOut | None = None

    def add(self, seen: Seen) -> None:
        drawn = draw(seen.picture, seen.results)
        if self._stills:
            name = Path(str(seen.frame.name)).stem or "picture"
            keep_picture(self._folder / f"{name}-{seen.frame.number:04d}.png", drawn)
            return
        if self._video is None:
            self._video = VideoOut(self._folder / "overlay.avi", (seen.frame.rate or 25.0) / self._every)
        self._video.add(drawn)

    def close(self) -> None:
        if self._video is not None:
            self._video.close()
