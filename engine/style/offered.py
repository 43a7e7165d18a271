"""What the tab offers before anything is opened: the bundled styles and the photographs that come with a package."""

from __future__ import annotations

import importlib.util
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import LabError
from engine.jobs import Event, Progress
from engine.style.cards import STYLES, StyleCard, read_picture
from engine.style.gatys import fitted
from engine.text import Text, same

PHOTOS = {
    "chelsea.png": Text("Cat", "고양이"),
    "astronaut.png": Text("Astronaut", "우주비행사"),
    "coffee.png": Text("Coffee", "커피"),
    "rocket.jpg": Text("Rocket", "로켓"),
}
"""Files of scikit-image's packaged photographs (BSD-3-Clause), and what they show."""


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A picture that was read: (H, W, 3) uint8 RGB, its name, and a word where it is not all that its file holds."""

    picture: np.ndarray
    name: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StyleTile(Event):
    """A bundled style, small: (h, w, 3) uint8 RGB."""

    card: StyleCard
    picture: np.ndarray


def open_photo(photo: str | Path) -> Generator[Event, None, Opened]:
    """Read one of `PHOTOS` or a file; a job. Raises `LabError` as `read_picture`, or where the package is missing."""
    yield Progress(0, 1, Text("Opening a picture", "사진 열기"))
    if isinstance(photo, Path):
        picture, note = read_picture(photo)
        return Opened(picture, same(photo.name), note)
    return Opened(read_picture(_folder() / photo)[0], PHOTOS[photo])


def open_style(style: StyleCard | Path) -> Generator[Event, None, Opened]:
    """Read a style; a job. Raises `LabError` as `read_picture`."""
    if isinstance(style, Path):
        return (yield from open_photo(style))
    yield Progress(0, 1, Text("Opening a picture", "사진 열기"))
    return Opened(read_picture(style.path)[0], style.title)


def tiles(side: int) -> Generator[Event, None, None]:
    """Yield a `StyleTile` of each bundled style, at most `side` pixels; a job."""
    for card in STYLES:
        yield StyleTile(card, fitted(read_picture(card.path)[0], side))


def _folder() -> Path:
    spec = importlib.util.find_spec("skimage")  # does not import it
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if Path(folder, "data").is_dir():
            return Path(folder, "data")
    text = Text(
        "scikit-image’s photographs are missing. Install scikit-image again, or open a photo of your own.",
        "scikit-image의 사진이 없어요. scikit-image를 다시 설치하거나 사진을 직접 여세요.",
    )
    raise LabError(text)
