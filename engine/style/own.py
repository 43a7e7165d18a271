"""Styles of a person's own for the fast painter: one more code, learnt from any picture in about a minute.

The convolutions stay as they are; only the new style's scales and shifts are learnt (Dumoulin et al. 2017, section 3.3),
from the photographs that come with packages, so that it needs no data set.
"""

from __future__ import annotations

import math
import re
import time
import unicodedata
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import cv2
import numpy as np
import torch
from torch import Tensor

from engine import places
from engine.devices import Device, choose
from engine.errors import LabError
from engine.files import read_tensors, sha256, write_bytes, write_tensors
from engine.jobs import Event, Progress
from engine.style.brush import Brush
from engine.style.cards import read_picture
from engine.style.gatys import check_shape, fitted
from engine.style.lesson import STYLE_SIDE, USUAL, PainterSettings, as_picture, crop, paint
from engine.style.offered import PHOTOS, packaged_photo
from engine.style.painter import MULTIPLE
from engine.style.perceptual import Judged, as_batch, grams_of, judge, maps_of
from engine.text import Text, same

STEPS, RATE, SIDE, BATCH = 160, 0.03, 160, 2  # updates; learning rate of the code; crops and how many in an update
WEIGHT = USUAL * PainterSettings().strength  # of the style, as the others were learnt
LEARNING = Text("Learning the style", "화풍을 배우는 중")
_NO_NAME = Text(
    "“{name}” holds no letter or digit. Write another name.", "‘{name}’에 글자나 숫자가 없어요. 다른 이름을 쓰세요."
)
_OTHER = Text(
    "The style {name} was learnt by another painter. Learn it again from its picture.",
    "{name} 화풍은 다른 화가가 배웠어요. 그림에서 다시 배우게 하세요.",
)


@dataclass(frozen=True, slots=True)
class OwnStyle:
    """A style that was learnt here. id: "own:" and the name of its file. picture: what it was learnt from, reduced.

    painter: the key of the `Brush` that knows it. source: SHA-256 of the picture's file, "" = it was no file.
    """

    id: str
    name: Text
    file: Path
    picture: Path
    painter: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Learnt(Event):
    """How far the learning of a style is. preview: (H, W, 3) uint8, the first photograph as it is painted now."""

    step: int
    steps: int
    loss: float
    preview: np.ndarray
    latest_only: ClassVar[bool] = True


def folder() -> Path:
    """Where they are kept: beside imported weights."""
    return places.models() / "styles"


def own_styles() -> tuple[OwnStyle, ...]:
    """Every style of a person's own, by name."""
    found = []
    for file in sorted(folder().glob("*.safetensors")):
        try:
            about = read_tensors(file)[1]
        except LabError:
            continue
        found.append(_style(file, about))
    return tuple(found)


def _style(file: Path, about: Mapping[str, Any]) -> OwnStyle:
    name, painter, source = (str(about.get(key, "")) for key in ("name", "painter", "source"))
    return OwnStyle(f"own:{file.stem}", same(name or file.stem), file, file.with_suffix(".jpg"), painter, source)


def code_of(style: OwnStyle, brush: Brush) -> np.ndarray:
    """(P,) float32. Raises `LabError` when it was learnt by another painter, or its file is damaged."""
    tensors, about = read_tensors(style.file)
    code = tensors.get("code")
    if about.get("painter") != brush.key or code is None or tuple(code.shape) != (brush.codes.shape[1],):
        raise LabError(_OTHER(name=style.name))
    return np.asarray(code.float().numpy())


def forget(style: OwnStyle) -> Generator[Event, None, None]:
    """Delete a style and its picture; a job."""
    yield Progress(0, 1)
    for file in (style.file, style.picture):
        file.unlink(missing_ok=True)


def slug(name: str) -> str:
    """A file's name for a style's. Raises `LabError` for one without a letter or digit."""
    word = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", name).casefold()).strip("-")
    if not word:
        raise LabError(_NO_NAME(name=name))
    return word[:60]


def learn_style(
    picture: np.ndarray,
    name: str,
    brush: Brush,
    *,
    steps: int = 0,
    source: str = "",
    preview: np.ndarray | None = None,
) -> Generator[Event, None, OwnStyle]:
    """Learn the style of a picture, (H, W, 3) uint8 RGB, and keep it under `name`; a job.

    Args:
        steps: updates; 0 = as many as usual. source: SHA-256 of the file that the picture came from.
        preview: the photograph to be shown as it is painted on the way; None = one of `PHOTOS`.
    Yields `Learnt` twice a second. Stopped half-way, what was learnt so far is kept.
    Raises: `LabError` for a picture too narrow or a name that will not do.
    """
    check_shape(picture, STYLE_SIDE)
    steps = steps or STEPS
    file = folder() / f"{slug(name)}.safetensors"
    yield Progress(0, steps, LEARNING)
    where = choose("cpu", "auto", spare=1)
    torch.set_num_threads(where.threads)
    photos = [fitted(packaged_photo(one), 2 * SIDE) for one in PHOTOS]
    shown_on = fitted(photos[0] if preview is None else preview, 2 * SIDE)
    wanted = grams_of(picture, STYLE_SIDE, where)
    code = torch.nn.Parameter(torch.from_numpy(_nearest(brush, photos, wanted, where)))
    pupil, done = _Pupil(brush, code, photos, wanted, where, steps), 0
    try:
        shown = 0.0
        for step in range(steps):
            loss, done = pupil.update(step), step + 1
            if time.monotonic() - shown > 0.5 or done == steps:
                yield Learnt(done, steps, loss, pupil.preview(shown_on))
                shown = time.monotonic()
            else:
                yield Progress(done, steps, LEARNING)
    finally:
        if done:
            about = {"painter": brush.key, "name": name, "source": source}
            write_tensors(file, {"code": pupil.average}, about)
            small = fitted(picture, min(512, max(picture.shape[:2])))
            write_bytes(file.with_suffix(".jpg"), cv2.imencode(".jpg", small[..., ::-1])[1].tobytes())
    return _style(file, about)


class _Pupil:
    """A code while it is learnt, by Adam, and its running average, which is what is kept."""

    def __init__(
        self, brush: Brush, code: Any, photos: list[np.ndarray], wanted: dict[str, Tensor], where: Device, steps: int
    ) -> None:
        self._network, self._code, self._photos, self._where = brush.network, code, photos, where
        self._wanted = {layer: one[None].expand(BATCH, -1, -1) for layer, one in wanted.items()}
        self._optimizer = torch.optim.Adam([code], lr=RATE)
        self._rng, self._steps = np.random.default_rng(0), steps
        self.average = code.detach().clone()

    def update(self, step: int) -> float:
        """One step on two crops; the loss."""
        for group in self._optimizer.param_groups:
            group["lr"] = RATE * (0.5 * (1 + math.cos(math.pi * step / self._steps)) + 0.02)
        chosen = self._rng.integers(0, len(self._photos), BATCH)
        inputs = as_batch(np.stack([crop(self._photos[i], SIDE, self._rng) for i in chosen]), self._where)
        loss = (
            _judged(self._network, inputs, self._code, self._wanted, self._where)
            .total(inputs.new_tensor(WEIGHT))
            .mean()
        )
        self._code.grad = torch.autograd.grad(loss, self._code)[0]
        self._optimizer.step()
        self.average.lerp_(self._code.detach(), 1 - min(0.9, (1 + step) / (10 + step)))
        return float(loss.detach())

    @torch.no_grad()
    def preview(self, photo: np.ndarray) -> np.ndarray:
        """A photograph as it is painted now, its sides cut to what the network takes."""
        height, width = (max(1, length // MULTIPLE) * MULTIPLE for length in photo.shape[:2])
        inputs = as_batch(photo[None, :height, :width], self._where)
        return as_picture(paint(self._network, inputs, self.average[None], self._where))


def _judged(network: Any, inputs: Tensor, code: Tensor, wanted: dict[str, Tensor], where: Device) -> Judged:
    painted = paint(network, inputs, code[None].expand(len(inputs), -1), where)
    with torch.no_grad():
        photo = maps_of(inputs, where)
    return judge(painted, photo, wanted, where)


@torch.no_grad()
def _nearest(brush: Brush, photos: list[np.ndarray], wanted: dict[str, Tensor], where: Device) -> np.ndarray:
    """(P,): of the codes that are known the one whose paintings come nearest to the wanted style."""
    inputs = as_batch(crop(photos[0], SIDE, np.random.default_rng(0))[None], where)
    losses = [
        float(
            _judged(brush.network, inputs, torch.from_numpy(code), {n: w[None] for n, w in wanted.items()}, where).style
        )
        for code in brush.codes[:-1]
    ]
    return np.array(brush.codes[int(np.argmin(losses))])


def learn_file(path: Path, brush: Brush) -> Generator[Event, None, OwnStyle]:
    """`learn_style` of a picture file, under the file's name; a job."""
    return (yield from learn_style(read_picture(path)[0], path.stem, brush, source=sha256(path)))
