"""One photograph that came with the app, so that a room for experiments is never empty."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engine.data.pictures import read_rgb
from engine.data.sample_photos import sample_folder
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text

_NAMES = {
    "chelsea.png": Text("Cat", "고양이"),
    "astronaut.png": Text("Astronaut", "우주인"),
    "coffee.png": Text("Coffee", "커피"),
    "rocket.jpg": Text("Rocket", "로켓"),
}
PICTURES = tuple(_NAMES)
"""Files of scikit-image's packaged pictures (BSD-3-Clause, photographs free of rights)."""


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A photograph to work on: (H, W, 3) uint8 RGB, and what it shows."""

    picture: np.ndarray
    name: Text


def bundled_picture(name: str = "chelsea.png") -> Job:
    """Read one of `PICTURES`; a job, returns `Shown`. Raises `LabError` when scikit-image's pictures are missing."""
    yield Progress(0, 1, Text("Opening a photograph", "사진을 여는 중"))
    folder = sample_folder()
    if folder is None:
        raise LabError(
            Text(
                "scikit-image's photographs are missing. Install scikit-image again.",
                "scikit-image의 사진이 없어요. scikit-image를 다시 설치해 주세요.",
            )
        )
    return Shown(read_rgb(folder / name), _NAMES[name])


def reduced(picture: np.ndarray, longest: int) -> np.ndarray:
    """(H, W, 3) uint8 whose longer side has at most `longest` pixels, contiguous."""
    scale = longest / max(picture.shape[:2])
    if scale < 1:
        size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(picture)
