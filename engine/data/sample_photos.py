"""The photographs that come with scikit-image; the package itself is not imported for them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from engine.errors import LabError
from engine.text import Text


def sample_folder() -> Path | None:
    """Where they lie; None where the package or its pictures are missing."""
    spec = importlib.util.find_spec("skimage")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if Path(folder, "data", "astronaut.png").is_file():
            return Path(folder, "data")
    return None


def sample_photo(name: str) -> Path:
    """One of them. Raises: `LabError` where it is missing."""
    folder = sample_folder()
    if folder is None or not (folder / name).is_file():
        text = Text(
            "scikit-image’s picture {name} is missing. Install scikit-image again, or open a photo of your own.",
            "scikit-image의 사진 {name} 파일이 없어요. scikit-image를 다시 설치하거나 사진을 직접 여세요.",
        )
        raise LabError(text(name=name))
    return folder / name
