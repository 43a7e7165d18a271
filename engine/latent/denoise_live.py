"""A live source damaged by noise and cleaned again: camera, video, pictures, tour, or a file from end to end.

What comes from the source is the truth here: with both noises at 0 the network gets the picture as it is, and its own
grain, that of a dark webcam for one, is what there is to clean.
"""

from __future__ import annotations

import contextlib
import time
from collections import OrderedDict, deque
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import cv2
import numpy as np

from engine import places
from engine.errors import LabError
from engine.fields import check, setting
from engine.files import read_json
from engine.jobs import Event, Job, Progress
from engine.knobs import Box
from engine.latent.denoiser import MULTIPLE, Denoiser, harm, psnr
from engine.live.backends import Fastest, Network
from engine.live.keeping import VideoOut, keep_picture
from engine.live.opening import source_of
from engine.live.seen import Seen
from engine.live.settings import LiveSettings
from engine.live.sources import Source
from engine.live.watch import watch
from engine.style.keeping import check_video_name
from engine.style.videos import USUAL_RATE, reduced
from engine.text import Text, same
from engine.zoo.weights import bundled, open_weights, put

ID = "ae-photos"
SIZES = 2  # of pictures whose networks are kept at once
LONGEST, LARGEST = 400, 1920  # pixels of the longer side of a live picture, and of one in a file
_OPENING = Text("Opening the denoiser", "잡음 제거 신경망 여는 중")


@dataclass(frozen=True, slots=True)
class Noise:
    """What is done to each picture first. gaussian: σ in shares of the full range; dropout: share of pixels put out."""

    gaussian: float = setting(0.2, Text("Gaussian noise σ", "가우스 잡음 σ"), low=0.0, high=0.5, step=0.01, live=True)
    dropout: float = setting(0.0, Text("Pixels put out", "끈 픽셀"), low=0.0, high=0.9, step=0.01, live=True)


@dataclass(frozen=True, slots=True, eq=False)
class Denoised(Event):
    """One picture three times, each (h, w, 3) uint8 RGB: as it came, damaged, and cleaned; only the newest matters.

    before, after: PSNR of the damaged and of the cleaned one against the one that came, decibels.
    milliseconds: of the network alone. rate: pictures a second lately. backend: how it is computed.
    """

    picture: np.ndarray
    noisy: np.ndarray
    clean: np.ndarray
    before: float
    after: float
    milliseconds: float
    rate: float
    backend: str
    done: int = 0
    total: int = 0
    latest_only: ClassVar[bool] = True


class Cleaner:
    """The denoiser, opened. Belongs to one thread at a time."""

    def __init__(self, network: Denoiser, key: str) -> None:
        self._network, self._key = network.eval(), key
        self._ways: OrderedDict[tuple[int, int], Fastest] = OrderedDict()
        self._now: Fastest | None = None
        self._times: deque[float] = deque(maxlen=20)

    @property
    def backend(self) -> str:
        """How it computes now, in words."""
        return self._now.backend if self._now else ""

    def clean(self, noisy: np.ndarray) -> np.ndarray:
        """(h, w, 3) uint8 without its noise."""
        high, wide = noisy.shape[:2]
        framed = cv2.copyMakeBorder(noisy, 0, -high % MULTIPLE, 0, -wide % MULTIPLE, cv2.BORDER_REPLICATE)
        size = (framed.shape[0], framed.shape[1])
        if size not in self._ways:
            self._ways[size] = Fastest(Network(self._key, lambda: self._network), size)
            if len(self._ways) > SIZES:
                self._ways.popitem(last=False)
        way = self._now = self._ways[size]
        answer = way(framed)[0][0]  # (3, h, w)
        way.compare(framed)
        found = (answer[:, :high, :wide].clip(0, 1) * 255).round().astype(np.uint8)
        return np.ascontiguousarray(found.transpose(1, 2, 0))

    def look(self, image: np.ndarray, noise: Noise, number: int, *, total: int = 0, longest: int = LONGEST) -> Denoised:
        """Reduce, damage and clean one picture, (H, W, 3) uint8. number: seeds its noise."""
        picture = reduced(image, longest) if max(image.shape[:2]) > longest else image
        noisy = harm(picture, spread=noise.gaussian, dropped=noise.dropout, seed=number)
        began = time.perf_counter()
        clean = self.clean(noisy)
        took = 1000 * (time.perf_counter() - began)
        self._times.append(time.monotonic())
        gone = self._times[-1] - self._times[0]
        rate = (len(self._times) - 1) / gone if gone > 0 else 0.0
        figures = psnr(noisy, picture), psnr(clean, picture), took, rate
        return Denoised(picture, noisy, clean, *figures, self.backend, number + 1, total)

    def settle(self) -> None:
        """Wait for whatever is being built beside."""
        for way in self._ways.values():
            way.settle()


def open_cleaner(which: str = "bundled") -> Cleaner:
    """The denoiser that came with the app, or that of a run (its folder or name) or file. Raises `LabError`."""
    place = which
    if which != "bundled" and not Path(which).exists() and (places.runs() / which).is_dir():
        place = str(places.runs() / which)
    tensors, about = open_weights(ID, place)
    if about.get("recipe") != ID:
        text = Text("{path} holds no denoiser for photographs.", "{path}에는 사진 잡음 제거 신경망이 없어요.")
        raise LabError(text(path=which))
    network = Denoiser(**about["build"])
    put(network, tensors, which)
    sums = "-".join(f"{float(value.double().sum()):.6g}" for value in list(tensors.values())[:3])
    return Cleaner(network, f"{ID} {sums}")


def watch_denoised(source: Source, noise: Box[Noise], which: str = "bundled") -> Job:
    """Damage and clean a source for as long as it lasts, newest frame first; a job.

    Yields `Denoised`, and what `engine.live.watch.watch` says of the source. Cancelling lets go of it.
    Raises: `LabError` when there is no denoiser, or the source cannot be opened or breaks off for good.
    """
    yield Progress(0, 0, _OPENING)
    cleaner = open_cleaner(which)
    job = watch(source, Box(LiveSettings(overlays=())))
    try:
        for event in job:
            yield cleaner.look(event.picture, noise.value, event.frame.number) if isinstance(event, Seen) else event
    finally:
        job.close()  # a translation that is still being built is in nobody's way


def denoise_file(
    words: str, to: Path, noise: Noise, *, which: str = "bundled", beside: bool = False, seconds: float | None = None
) -> Generator[Event, None, dict[str, Any]]:
    """Damage and clean a picture, a video, or a camera or the tour until it is cancelled; a job, returns its figures.

    words: as `engine.live.opening.source_of`. to: .png or .jpg for one picture, else .mp4 or .avi. beside: what came in,
    damaged, at the left of what came out. seconds: stop after so many of computing. Raises: `LabError`.
    """
    check(noise)
    source, cleaner = source_of(words), open_cleaner(which)
    still = to.suffix.lower() in (".png", ".jpg", ".jpeg")
    if not still:
        check_video_name(to)
    _check_other(words, to)
    out, told = None, list[tuple[float, float, float]]()
    job, began = watch(source, Box(LiveSettings(overlays=())), whole=True), time.monotonic()
    try:
        for event in job:
            if seconds is not None and told and time.monotonic() - began > seconds:
                break
            if not isinstance(event, Seen):
                yield event
                continue
            one = cleaner.look(event.picture, noise, event.frame.number, total=event.frame.count, longest=LARGEST)
            told.append((one.before, one.after, one.milliseconds))
            shown = np.concatenate((one.noisy, one.clean), axis=1) if beside else one.clean
            if still:
                keep_picture(to, shown)
                break
            out = out or VideoOut(to, event.frame.rate or USUAL_RATE)
            out.add(shown)
            yield one
    finally:
        job.close()
        cleaner.settle()
        if out is not None:
            out.close(keep=out.count > 0)
    return _figures(words, to, noise, told, cleaner)


def _check_other(words: str, to: Path) -> None:
    source = Path(words)
    if to.exists() and source.exists() and to.samefile(source):
        text = Text(
            "{path} must not be written over. Choose another name.",
            "{path} 위에 쓸 수 없어요. 다른 이름을 골라 주세요.",
        )
        raise LabError(text(path=to.name))


def _figures(
    words: str, to: Path, noise: Noise, told: list[tuple[float, float, float]], cleaner: Cleaner
) -> dict[str, Any]:
    if not told:
        raise LabError(Text("Nothing was seen in {path}.", "{path}에서 아무것도 보지 못했어요.")(path=words))
    values = np.array(told)
    return {
        "source": words,
        "file": to,
        "gaussian": noise.gaussian,
        "dropout": noise.dropout,
        "pictures": len(values),
        "psnr_before": float(values[:, 0].mean()),
        "psnr_after": float(values[:, 1].mean()),
        "milliseconds": float(np.median(values[:, 2])),
        "backend": cleaner.backend,
    }


@dataclass(frozen=True, slots=True)
class Denoisers:
    """What there is to clean with, by name, the bundled one first. figures: of its card, {} without."""

    networks: tuple[tuple[Text, str], ...]
    figures: dict[str, float]


def look_for_denoisers() -> Job:
    """The bundled denoiser and the runs of this machine; a job, returns `Denoisers`."""
    yield Progress(0, 0, _OPENING)
    networks, figures = list[tuple[Text, str]](), dict[str, float]()
    with contextlib.suppress(LabError):
        card = bundled(ID).card
        networks.append((Text("bundled denoiser", "내장 신경망"), "bundled"))
        figures = {name: float(value) for name, value in card.items() if name.startswith(("psnr_", "noise_removed"))}
        figures["count"] = float(card["count"])
    below = places.runs()
    for folder in sorted(below.iterdir(), reverse=True) if below.is_dir() else ():
        with contextlib.suppress(LabError):  # a damaged run is not offered
            weights = (folder / "best.safetensors").is_file()
            if weights and read_json(folder / "run.json").get("recipe") == ID:
                networks.append((same(folder.name), str(folder)))
    return Denoisers(tuple(networks), figures)
