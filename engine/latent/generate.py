"""What `generate` does: a sheet of new pictures, or a film of a walk among them; and pictures for a page's sliders."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from engine.errors import LabError
from engine.files import check_place, write_bytes
from engine.jobs import Event, Job, Progress
from engine.latent.explore import walk
from engine.latent.marks import as_png, grid_images, sheet
from engine.latent.model import Generative, pictures
from engine.latent.trained import Trained, open_generator
from engine.live.keeping import VideoOut
from engine.text import Text

FRAMES = 20  # from one stop of a walk to the next
RATE = 20  # frames a second
LARGE = 256  # pixels a film's picture is enlarged to, at least
_MAKING = Text("Making pictures", "그림을 만드는 중")


@dataclass(frozen=True, slots=True)
class Made:
    """What was written. count: pictures in it."""

    model: str
    file: Path
    count: int
    seed: int
    step: int

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("model", "file", "count", "seed", "step")}


@dataclass(frozen=True, slots=True)
class Dreamt(Event):
    """One picture of a code, for a page: image (S, S) or (S, S, 3) uint8. milliseconds: of the network alone."""

    image: np.ndarray
    milliseconds: float
    latest_only: ClassVar[bool] = True


def generate(
    which: str,
    *,
    out: Path,
    seed: int = 0,
    count: int = 64,
    walking: bool = False,
    truncation: float = 1.0,
    label: int | None = None,
) -> Job:
    """Make new pictures and write them to `out`; a job, returns `Made`.

    Args:
        which: a recipe's id, a run, or a file: see `open_generator`.
        out: .png for a sheet of `count` pictures; with `walking` .gif or .mp4, a closed walk through `count` of them.
        truncation: below 1 the codes stay nearer to the middle: finer pictures, less varied.
        label: the class to ask for; None = each in turn.
    Raises:
        LabError: no such generator, a count or a class that will not do, a file that cannot be written.
    """
    if not 1 <= count <= 10_000:
        raise LabError(Text("Make between 1 and 10,000 pictures.", "1장에서 10,000장 사이로 정해 주세요."))
    check_name(out, walking)
    check_place(out)
    yield Progress(0, count, _MAKING)
    trained = open_generator(which)
    model = trained.model
    if label is not None and not 0 <= label < model.classes:
        raise LabError(_no_class(trained, label))
    torch.set_num_threads(1)
    if walking:
        z = walk(model, stops=max(2, count), frames=FRAMES, seed=seed, truncation=truncation)
        asked = torch.full((len(z),), label or 0)
    else:
        z = model.draw(count, torch.Generator().manual_seed(seed), truncation)
        asked = torch.arange(count) % max(1, model.classes) if label is None else torch.full((count,), label)
    images = yield from _in_pieces(model, z, asked)
    if walking:
        write_film(out, images)
    else:
        write_bytes(out, as_png(sheet(images)))
    return Made(trained.recipe.id, out, len(images), seed, trained.step)


def _in_pieces(model: Generative, z: Tensor, asked: Tensor) -> Job:
    parts = []
    for start in range(0, len(z), 256):
        parts.append(grid_images(pictures(model, z[start : start + 256], asked[start : start + 256])))
        yield Progress(min(start + 256, len(z)), len(z), _MAKING)
    return np.concatenate(parts)


def check_name(out: Path, walking: bool) -> None:
    wanted = (".gif", ".mp4") if walking else (".png",)
    if out.suffix.lower() not in wanted:
        text = Text(
            "Choose a name that ends in {wanted} instead of {out}.", "{out} 대신 {wanted}로 끝나는 이름을 골라 주세요."
        )
        raise LabError(text(out=out.name, wanted=", ".join(wanted)))


def _no_class(trained: Trained, label: int) -> Text:
    if not trained.model.classes:
        return Text(
            "{name} was trained without classes and cannot be asked for one.",
            "{name}은(는) 클래스 없이 배워서 클래스를 정해 줄 수 없어요.",
        )(name=trained.recipe.name)
    text = Text(
        "There is no class {label}: choose 0 to {last}.", "클래스 {label}은(는) 없어요. 0에서 {last} 사이로 고르세요."
    )
    return text(label=label, last=trained.model.classes - 1)


def write_film(out: Path, images: np.ndarray) -> None:
    """(n, S, S[, 3]) uint8 as a film, every pixel enlarged to a square."""
    times = max(1, -(-LARGE // images.shape[1]))
    frames = images.repeat(times, 1).repeat(times, 2)
    if out.suffix.lower() == ".gif":
        every = [Image.fromarray(frame) for frame in frames]
        content = io.BytesIO()
        every[0].save(content, "GIF", save_all=True, append_images=every[1:], duration=1000 // RATE, loop=0)
        write_bytes(out, content.getvalue())
        return
    film, whole = VideoOut(out, RATE), False
    try:
        for frame in frames:
            film.add(frame if frame.ndim == 3 else np.repeat(frame[..., None], 3, -1))
        whole = True
    finally:
        film.close(keep=whole)


def glimpse(which: str, *, count: int = 64, seed: int = 0) -> Job:
    """What a room shows of a generator before anything was asked of it; a job, returns `(which, its name, samples)`,
    samples (count, S, S[, 3]) uint8. Raises: `LabError` as `open_generator`."""
    yield Progress(0, 1, _MAKING)
    trained = open_generator(which)
    torch.set_num_threads(1)
    z = trained.model.draw(count, torch.Generator().manual_seed(seed))
    return which, trained.words, grid_images(pictures(trained.model, z))


def dream(model: Generative, z: np.ndarray, label: int = 0) -> Job:
    """One picture of the code `z` (latent,) float32, for a slider or a drag; a job that yields and returns `Dreamt`."""
    import time

    torch.set_num_threads(1)  # a single small picture: more threads only wait for each other
    code = torch.from_numpy(np.ascontiguousarray(z, np.float32))[None]
    began = time.perf_counter()
    image = pictures(model, code, torch.tensor([label]))
    dreamt = Dreamt(grid_images(image)[0], 1000 * (time.perf_counter() - began))
    yield dreamt
    return dreamt
