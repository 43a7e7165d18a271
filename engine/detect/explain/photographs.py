"""Photographs that come with scikit-image, so that there is something to look at before anything was opened."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from engine.errors import LabError
from engine.text import Text

PHOTOGRAPHS = {
    "astronaut.png": Text("Astronaut", "우주비행사"),
    "chelsea.png": Text("Cat", "고양이"),
    "coffee.png": Text("Coffee", "커피"),
    "motorcycle_left.png": Text("Motorcycle", "오토바이"),
    "rocket.jpg": Text("Rocket", "로켓"),
}


def packaged(name: str) -> Path:
    """A file of scikit-image's own pictures. Raises `LabError` when its package is missing."""
    spec = importlib.util.find_spec("skimage")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(folder, "data", name)).is_file():
            return path
    text = Text(
        "scikit-image's picture {name} is missing. Install scikit-image again.",
        "scikit-image의 그림 {name} 파일이 없어요. scikit-image를 다시 설치해 주세요.",
    )
    raise LabError(text(name=name))
