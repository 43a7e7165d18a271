"""Live privacy: faces found on built clips, and frames in which one could be seen, while live and in redacted videos.

Faces of `DATA/faces` on scenes of `DATA/video` (`engine.bench.face_clips`), with seeds that nothing was tuned on; and
the clips of real people, of which only the covered parts can be counted. Covered pixels are told by their grey.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from engine.bench import Say
from engine.bench.face_clips import RATE, Head, clip
from engine.errors import LabError
from engine.jobs import result_of
from engine.live.faces import FaceSeer
from engine.live.keeping import VideoOut
from engine.live.overlays import Cover
from engine.live.privacy import NEW, SOLID, Privacy
from engine.live.redact import redact
from engine.live.settings import LiveSettings
from engine.text import Text

SEEDS = (1001, 1002, 1003)  # tuned on: 0 to 9
PEOPLE = (
    *("faces_walking.mp4", "faces_walking_pause.mp4", "faces_head_pose.mp4", "classroom.mp4", "office_cctv.mp4"),
    *("signing_eat.mp4", "signing_hungry.mp4", "signing_thanks.mp4", "signing_walk.mp4"),
)
_COVERED = 0.8  # part of what can be seen of a face that must be covered
_OFF = 14  # grey levels by which a video's codec may change the cover
_NO_DATA = Text(
    "Privacy is measured on faces and videos of people. Name their folder with --data.",
    "사생활 보호는 얼굴과 사람 영상으로 재요. --data로 폴더를 지정해 주세요.",
)


@dataclass(slots=True)
class _Count:
    """What is counted over frames. uncovered: numbers of the frames in which a face could be seen."""

    frames: int = 0
    whole: int = 0
    untouched: list[float] = field(default_factory=list)
    uncovered: list[int] = field(default_factory=list)
    wanted: int = 0
    found: int = 0
    false: int = 0

    def seen(self, cover: np.ndarray, heads: list[Head], *, whole: bool) -> None:
        """One frame: (H, W) bool of what is covered."""
        bare = [head for head in heads if head.counts and cover[head.core].mean() < _COVERED]
        if bare:
            self.uncovered.append(self.frames)
        others = np.ones(cover.shape, bool)
        for head in heads:
            others &= ~head.head
        if not whole:
            self.untouched.append(float(1 - cover[others].mean()))
        self.frames, self.whole = self.frames + 1, self.whole + whole

    def finding(self, boxes: np.ndarray, heads: list[Head]) -> None:
        """One frame's detections: the middle in the face, and about as large."""
        middles = (boxes[:, :2] + boxes[:, 2:]) / 2
        sides = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
        on_any = np.zeros(len(boxes), bool)
        for head in heads:
            x1, y1, x2, y2 = head.box
            side = max(x2 - x1, y2 - y1)
            within = (middles >= [x1, y1]).all(1) & (middles <= [x2, y2]).all(1)
            fits = within & (sides > 0.6 * side) & (sides < 3 * side)
            self.wanted += head.plain
            self.found += bool(head.plain and fits.any())
            more = 0.4 * side  # a part of a head, or one that turns: neither right nor wrong
            on_any |= (middles >= [x1 - more, y1 - more]).all(1) & (middles <= [x2 + more, y2 + more]).all(1)
        self.false += int((~on_any).sum())

    def values(self, name: str) -> dict[str, Any]:
        return {
            f"{name}_frames": self.frames,
            f"{name}_uncovered": len(self.uncovered),
            f"{name}_whole_share": self.whole / self.frames,
            f"{name}_untouched_share": float(np.mean(self.untouched)) if self.untouched else 0.0,
        }


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """Measure; with `quick` one short clip, and of the real ones the shortest. Raises: `LabError` without data."""
    if data is None:
        raise LabError(_NO_DATA)
    live, copied = _Count(), _Count()
    for seed in SEEDS[:1] if quick else SEEDS:
        frames = 150 if quick else 640
        say(Text("Built clip {n}, live", "만든 영상 {n}, 라이브")(n=seed))
        watched(data, live, seed=seed, frames=frames)
        say(Text("Built clip {n}, redacted", "만든 영상 {n}, 사본")(n=seed))
        rewritten(data, copied, seed=seed, frames=frames)
    say(Text("Clips of people", "사람이 나오는 영상"))
    real = {name: _real(data / "video" / name) for name in (PEOPLE[-4:-3] if quick else PEOPLE)}
    return {
        "seeds": list(SEEDS),
        "recall": live.found / max(1, live.wanted),
        "faces": live.wanted,
        "false_per_100": 100 * live.false / live.frames,
        **live.values("live"),
        **copied.values("redact"),
        "real": real,
        "real_whole_share": max(one["whole_share"] for one in real.values()),
        "real_untouched_share": min(one["untouched_share"] for one in real.values()),
    }


def watched(data: Path, count: _Count, *, seed: int, frames: int) -> None:
    """The clip as it is covered while it is watched: nothing of what comes later is known."""
    seer, privacy, settings = FaceSeer(), Privacy(), LiveSettings(("faces",), cover="solid")
    for number, (picture, heads) in enumerate(clip(data, seed=seed, frames=frames)):
        found = seer.finish(seer.infer(seer.prepare(picture)), picture, settings)
        count.finding(found.boxes[found.scores >= NEW], heads)
        shown, told = privacy.cover(picture, found, number / RATE, settings)
        count.seen(np.asarray((shown == SOLID).all(axis=2)), heads, whole=told.cover is Cover.WHOLE)


def rewritten(data: Path, count: _Count, *, seed: int, frames: int) -> None:
    """The clip as `redact` writes it, read back from its file."""
    with tempfile.TemporaryDirectory() as folder:
        video, safe = Path(folder) / "clip.avi", Path(folder) / "safe.avi"
        out = VideoOut(video, RATE)
        for picture, _ in clip(data, seed=seed, frames=frames):
            out.add(picture)
        out.close()
        before, told = list(count.untouched), result_of(redact(video, safe, style="solid"))
        for (_, heads), shown in zip(clip(data, seed=seed, frames=frames), _pictures(safe), strict=True):
            cover = np.asarray((np.abs(shown.astype(np.int16) - SOLID) <= _OFF).all(axis=2))
            count.seen(cover, heads, whole=bool(cover.mean() > 0.999))
        count.untouched = [
            *before,
            told["untouched_share"],
        ]  # grey ground looks covered in a file; this was counted before


def _pictures(video: Path) -> Iterator[np.ndarray]:
    capture = cv2.VideoCapture(str(video))
    try:
        while (read := capture.read())[0]:
            yield cv2.cvtColor(read[1], cv2.COLOR_BGR2RGB)
    finally:
        capture.release()


def _real(video: Path) -> dict[str, Any]:
    """How much of a video of people is covered; where no face is known, only that can be counted."""
    with tempfile.TemporaryDirectory() as folder:
        told: dict[str, Any] = result_of(redact(video, Path(folder) / "safe.avi", style="solid"))
    return {name: told[name] for name in ("frames", "faces", "frames_near", "whole_share", "untouched_share")}
