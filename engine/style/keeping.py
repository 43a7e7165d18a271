"""Writing a painting to a file."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from engine.errors import LabError
from engine.files import write_bytes
from engine.jobs import Job, Progress
from engine.text import Text

ENDINGS = (".png", ".jpg", ".jpeg", ".webp")


def check_name(path: Path) -> None:
    """Raises `LabError` when no picture can be written under this name."""
    if path.suffix.lower() not in ENDINGS:
        text = Text(
            "{path} must end in .png, .jpg or .webp.", "{path}: 이름이 .png, .jpg, .webp 중 하나로 끝나야 해요."
        )
        raise LabError(text(path=path))


def write_picture(path: Path, picture: np.ndarray) -> None:
    """(H, W, 3) uint8 RGB as the picture file its ending says, whole or not at all. Raises `LabError`."""
    check_name(path)
    write_bytes(path, cv2.imencode(path.suffix.lower(), picture[..., ::-1])[1].tobytes())


def saved(path: Path, picture: np.ndarray) -> Job:
    """`write_picture` as a job; returns the path."""
    yield Progress(0, 1, Text("Saving the painting", "그림 저장"))
    write_picture(path, picture)
    return path
