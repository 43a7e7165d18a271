"""What the tab offers before anything is opened: the bundled styles and the photographs that come with a package."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import resources
from engine import places
from engine.data.sample_photos import sample_photo
from engine.errors import LabError
from engine.jobs import Event, Progress
from engine.style.cards import STYLES, StyleCard, read_picture
from engine.style.gatys import fitted
from engine.style.keeping import is_video
from engine.text import Text, same

if TYPE_CHECKING:
    from engine.style.own import OwnStyle

PHOTOS = {
    "chelsea.png": Text("Cat", "고양이"),
    "astronaut.png": Text("Astronaut", "우주비행사"),
    "coffee.png": Text("Coffee", "커피"),
    "rocket.jpg": Text("Rocket", "로켓"),
    "motorcycle_left.png": Text("Motorcycle", "오토바이"),
}
"""Files of scikit-image's packaged photographs (BSD-3-Clause), and what they show."""


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A picture that was read: (H, W, 3) uint8 RGB, its name, and a word where it is not all that its file holds.

    video: the file whose first frame it is, None for a picture.
    """

    picture: np.ndarray
    name: Text
    note: Text | None = None
    video: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StyleTile(Event):
    """A bundled style, small: (h, w, 3) uint8 RGB."""

    card: StyleCard
    picture: np.ndarray


def open_photo(photo: str | Path) -> Generator[Event, None, Opened]:
    """Read one of `PHOTOS`, a picture file, or a video's first frame; a job.

    Raises: `LabError` as `read_picture`, where the package is missing, or for a video that cannot be read.
    """
    yield Progress(0, 1, Text("Opening a picture", "사진 열기"))
    if isinstance(photo, Path) and is_video(photo):
        return _first_frame(photo)
    if isinstance(photo, Path):
        picture, note = read_picture(photo)
        return Opened(picture, same(photo.name), note)
    return Opened(packaged_photo(photo), PHOTOS[photo])


def _first_frame(path: Path) -> Opened:
    from engine.live.opening import open_source  # here: a picture needs no process of its own
    from engine.live.sources import VideoFile

    frames = open_source(VideoFile(path, loop=False), whole=True)
    try:
        frame = frames.read()
    finally:
        frames.stop()
        frames.close()
    if frame is None:
        raise LabError(Text("Nothing was seen in {path}.", "{path}에서 아무것도 보지 못했어요.")(path=path))
    return Opened(frame.image, same(path.name), video=path)


def packaged_photo(name: str) -> np.ndarray:
    """(H, W, 3) uint8 RGB of one of `PHOTOS`. Raises `LabError` where the package is missing."""
    return read_picture(sample_photo(name))[0]


def open_style(style: StyleCard | OwnStyle | Path) -> Generator[Event, None, Opened]:
    """Read a style; a job. Raises `LabError` as `read_picture`."""
    if isinstance(style, Path):
        return (yield from open_photo(style))
    yield Progress(0, 1, Text("Opening a picture", "사진 열기"))
    if isinstance(style, StyleCard):
        return Opened(read_picture(style.path)[0], style.title)
    return Opened(read_picture(style.picture)[0], style.name)


def tiles(side: int) -> Generator[Event, None, None]:
    """Yield a `StyleTile` of each bundled style, at most `side` pixels; a job."""
    for card in STYLES:
        yield StyleTile(card, fitted(read_picture(card.path)[0], side))


def painter_here() -> bool:
    """Whether the fast painter's weights are on this machine."""
    return any(folder.joinpath("style.safetensors").is_file() for folder in (resources.path("models"), places.models()))


def own_tiles(side: int) -> Generator[Event, None, tuple[tuple[OwnStyle, np.ndarray], ...]]:
    """A person's own styles that the painter knows, each with its picture, at most `side` pixels; a job."""
    from engine.style.own import own_styles  # here: it imports what the window does not need at its start

    yield Progress(0, 1, Text("Opening a picture", "사진 열기"))
    found = []
    for one in own_styles():
        try:
            found.append((one, fitted(read_picture(one.picture)[0], side)))
        except LabError:
            continue  # its picture is gone or damaged: there is nothing to choose it by
    return tuple(found)
