"""A generator opened for a hand: its directions, its map, and every question that a slider, a drag or a click asks.

Jobs for the interactive lane; each is answered with the newest wins. Lecture rows 107, 110, 111, 119.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor

from engine.data.pictures import ink_of, read_grey, read_rgb
from engine.jobs import Event, Job, Progress
from engine.latent.begin import Pictures, learnt_from, read_pictures, shaped
from engine.latent.explore import Directions, directions, find_code, lerp, nearest, plane, slant, slerp, thickness
from engine.latent.inside import grown_layers
from engine.latent.marks import grid_images
from engine.latent.model import Generative, pictures
from engine.latent.own_pictures import squared
from engine.latent.stepping import Layer
from engine.latent.trained import Trained, open_generator
from engine.settings import load as load_settings
from engine.text import Text

SIDE, REACH = 21, 2.5  # pictures a side of the map, and how far it goes
LANDED = 2000  # real pictures whose codes are shown
NEAREST = 5
WALL = 64
STEPS = (5.0, 0.4)  # degrees and pixels that a hand tells apart
NEARNESS = 0.3  # how much it counts that a code is near the one before
SLANTS, WIDTHS = (-30.0, 40.0), (1.0, 6.0)  # degrees and pixels that can be asked for
_OPENING = Text("Opening a generator", "생성기를 여는 중")
_READING = Text("Reading pictures", "그림을 읽는 중")


@dataclass(frozen=True, slots=True, eq=False)
class Steered:
    """Codes by slant and thickness (row 119: x = slant, y = thickness). vectors: (2, d) change of the code for a degree
    and for a pixel, each leaving the other alone as far as one straight line knows. floor, ceiling: (d,) between which
    nearly all drawn codes lie: steering goes no farther. codes, measured: (n, d) and (n, 2) of drawn pictures: in a code
    of 2 numbers no straight line leads far, and the drawn one that fits best is taken."""

    vectors: np.ndarray
    floor: np.ndarray
    ceiling: np.ndarray
    codes: np.ndarray
    measured: np.ndarray

    def nearest(self, asked: tuple[float, float], z: np.ndarray) -> np.ndarray:
        """The drawn code (d,) whose picture measures about what is asked for, near `z` where several do."""
        apart = (self.measured - np.array(asked)) / STEPS
        away = ((self.codes - z) ** 2).mean(1) * NEARNESS
        return np.asarray(self.codes[int(((apart**2).sum(1) + away).argmin())])


@dataclass(frozen=True, slots=True, eq=False)
class Explored:
    """A generator ready to be explored.

    directions: where its pictures change most. map: (SIDE², S, S[, 3]) uint8 from the top left, of one with 2 numbers;
    else None. digits: True where thickness and slant can be measured; then `lean` steers by them. milliseconds: one
    picture, median of 20. first: (3, d) codes to begin with.
    """

    trained: Trained
    directions: Directions
    map: np.ndarray | None
    digits: bool
    milliseconds: float
    first: np.ndarray
    lean: Steered | None = None

    @property
    def model(self) -> Generative:
        return self.trained.model


@dataclass(frozen=True, slots=True, eq=False)
class Dream(Event):
    """The picture of one code. image: (S, S) or (S, S, 3) uint8. thick: pixels, lean: degrees; nan where they mean
    nothing. milliseconds: of the network alone."""

    z: np.ndarray
    image: np.ndarray
    thick: float
    lean: float
    milliseconds: float
    latest_only: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, eq=False)
class Wall:
    """Pictures and the codes they come from: images (n, S, S[, 3]) uint8, z (n, d) float32, labels (n,) int64."""

    images: np.ndarray
    z: np.ndarray
    labels: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Landed:
    """Where real pictures fall in the code. index: (n,) into the set, labels (n,), points (n, 2) float32; measured:
    (n, 2) thickness and slant of each, or (0, 2)."""

    index: np.ndarray
    labels: np.ndarray
    points: np.ndarray
    measured: np.ndarray
    classes: tuple[Text, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """The real pictures most like a made one: images (k, S, S[, 3]) uint8, distances (k,) root mean square in [0, 1]."""

    images: np.ndarray
    distances: np.ndarray


def open_to_explore(which: str) -> Job:
    """Open a generator; a job, returns `Explored`. Raises `LabError` when there is none or it is damaged."""
    yield Progress(0, 2, _OPENING)
    trained = open_generator(which)
    torch.set_num_threads(1)
    model = trained.model
    found = directions(model, samples=600)
    yield Progress(1, 2, _OPENING)
    shown = pictures(model, plane(model, count=SIDE, reach=REACH)) if model.latent == 2 else None
    z = model.draw(1, torch.Generator().manual_seed(0))
    taken = []
    for _ in range(22):
        began = time.perf_counter()
        pictures(model, z, torch.zeros(1, dtype=torch.int64))
        taken.append(1000 * (time.perf_counter() - began))
    digits = trained.recipe.channels == 1 and trained.recipe.side == 28
    sheet = None if shown is None else grid_images(shown)
    lean = steered(model) if digits else None
    first = model.draw(3, torch.Generator().manual_seed(0)).numpy()
    return Explored(trained, found, sheet, digits, float(np.median(taken[2:])), first, lean)


def steered(model: Generative, *, samples: int = 600, seed: int = 1) -> Steered:
    """The straight way through the code that slant and thickness take, by least squares over drawn codes."""
    z = model.draw(samples, torch.Generator().manual_seed(seed))
    labels = torch.zeros(samples, dtype=torch.int64) if model.classes else None
    images = grid_images(pictures(model, z, labels))
    measured = np.array([(slant(one), thickness(one)) for one in images])
    floor, ceiling = np.quantile(z.numpy(), (0.002, 0.998), axis=0).astype(np.float32)
    seen = measured[:, 1] > 0  # an empty picture has neither
    if seen.sum() < 10:
        return Steered(np.zeros((2, model.latent), np.float32), floor, ceiling, z.numpy(), measured)
    measured, codes = measured[seen], z.numpy()[seen]
    # how slant and thickness follow the code, then the smallest change of the code that makes each change alone
    follows = np.linalg.lstsq(codes - codes.mean(0), measured - measured.mean(0), rcond=None)[0]
    return Steered(np.linalg.pinv(follows).astype(np.float32), floor, ceiling, codes, measured)


def dream_of(explored: Explored, z: np.ndarray, label: int = 0) -> Job:
    """The picture of one code (d,); a job that yields and returns `Dream`."""
    torch.set_num_threads(1)  # a single small picture: more threads only wait for each other
    began = time.perf_counter()
    image = grid_images(pictures(explored.model, _code(z), torch.tensor([label])))[0]
    took = 1000 * (time.perf_counter() - began)
    thick, lean = (thickness(image), slant(image)) if explored.digits else (np.nan, np.nan)
    found = Dream(z, image, thick, lean, took)
    yield found
    return found


def wall_of(explored: Explored, *, seed: int, truncation: float, label: int | None, count: int = WALL) -> Job:
    """`count` samples of a seed; of a conditional generator the class `label`, or each in turn; a job, returns `Wall`."""
    yield Progress(0, 1)
    model = explored.model
    z = model.draw(count, torch.Generator().manual_seed(seed), truncation)
    labels = torch.arange(count) % max(1, model.classes) if label is None else torch.full((count,), label)
    return Wall(grid_images(pictures(model, z, labels)), z.numpy(), labels.numpy())


def between(explored: Explored, a: np.ndarray, b: np.ndarray, *, label: int, count: int = 12, arc: bool = False) -> Job:
    """The film from one code to another, `count` pictures; straight, or on the arc of a sphere; a job, returns `Wall`."""
    yield Progress(0, 1)
    way = slerp if arc else lerp
    z = way(_code(a)[0], _code(b)[0], torch.linspace(0, 1, count))
    labels = torch.full((count,), label)
    return Wall(grid_images(pictures(explored.model, z, labels)), z.numpy(), labels.numpy())


def wander(explored: Explored, z: np.ndarray, *, label: int, seed: int, count: int, stops: int = 4) -> Job:
    """A random walk of `count` pictures from a code through drawn ones; a job, returns `Wall`."""
    yield Progress(0, 1)
    drawn = explored.model.draw(stops, torch.Generator().manual_seed(seed + 1))
    places = torch.cat((_code(z), drawn))
    t = torch.linspace(0, stops - 1e-6, count)
    way = [slerp(places[int(s)], places[int(s) + 1], (s - int(s))[None])[0] for s in t]
    labels = torch.full((count,), label)
    codes = torch.stack(way)
    return Wall(grid_images(pictures(explored.model, codes, labels)), codes.numpy(), labels.numpy())


def layers_of(explored: Explored, z: np.ndarray, label: int) -> Job:
    """What each layer gives for one code, from the smallest maps up; a job, returns a tuple of `Layer`."""
    yield Progress(0, 1)
    found: list[Layer] = grown_layers(explored.model, _code(z), label)
    return tuple(found)


def code_of(explored: Explored, picture: Path | np.ndarray) -> Job:
    """The code whose picture comes nearest to a file's or an array's picture; a job, returns `(z, the class it is asked
    with, the picture as it was looked for)`.

    Of a photograph the middle square is taken. Raises: `LabError` when the file cannot be read.
    """
    yield Progress(0, 1, Text("Finding the code of a picture", "그림의 코드를 찾는 중"))
    chosen = explored.trained.recipe
    if isinstance(picture, Path):
        picture = read_grey(picture) if chosen.channels == 1 else read_rgb(picture)
        picture = ink_of(picture) if explored.digits else squared(picture, chosen.side)
    x = shaped(picture[None], chosen.side, chosen.channels)
    z, label = find_code(explored.model, x.float() / 255)
    return z[0].numpy(), label, grid_images(x)[0]


def real_pictures(explored: Explored, *, data: Path | None = None) -> Job:
    """The pictures this generator learnt from, where they are on this machine; a job, returns `Pictures`."""
    yield Progress(0, 1, _READING)
    chosen = explored.trained.recipe
    root = data or load_settings()[0].data()
    found: Pictures = yield from read_pictures(chosen, learnt_from(chosen, explored.trained.about, root), "train", root)
    return found


def landed(explored: Explored, real: Pictures) -> Job:
    """Where real pictures fall in the code of a generator with an encoder and 2 numbers; a job, returns `Landed`."""
    yield Progress(0, 1)
    count = min(LANDED, len(real))
    rows = torch.randperm(len(real), generator=torch.Generator().manual_seed(0))[:count]
    images = real.images[rows]
    with torch.inference_mode():
        codes = explored.model.encode(images.float() / 255)
    assert codes is not None
    grey = grid_images(images)
    measured = np.array([(thickness(one), slant(one)) for one in grey]) if explored.digits else np.zeros((0, 2))
    points = codes[:, :2].float().numpy()
    return Landed(rows.numpy(), real.labels[rows].numpy(), points, measured, real.classes)


def alike(real: Pictures, image: np.ndarray, *, count: int = NEAREST) -> Job:
    """The real pictures most like `image` (S, S[, 3]) uint8; a job, returns `Alike`."""
    yield Progress(0, 1)
    made = torch.from_numpy(image)[None, None] if image.ndim == 2 else torch.from_numpy(image).permute(2, 0, 1)[None]
    rows = _closest(made, real.images, count)
    apart = [float(nearest(made, real.images[row : row + 1])[1][0]) for row in rows]
    return Alike(grid_images(real.images[rows]), np.array(apart, np.float32))


def _closest(made: Tensor, training: Tensor, count: int) -> list[int]:
    """Indices of the training pictures nearest to one made picture, nearest first."""
    target = made.flatten().float()
    parts = [((piece.flatten(1).float() - target) ** 2).sum(1) for piece in training.split(4096)]
    return [int(i) for i in torch.cat(parts).topk(min(count, len(training)), largest=False).indices]


def _code(z: np.ndarray) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(z, np.float32))[None]
