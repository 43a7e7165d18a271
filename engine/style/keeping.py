"""Writing a painting to a file, and which files are pictures and which videos."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from engine.errors import LabError
from engine.files import write_bytes
from engine.jobs import Job, Progress
from engine.text import Text

ENDINGS = (".png", ".jpg", ".jpeg", ".webp")
VIDEO_ENDINGS = (".mp4", ".avi", ".m4v", ".mov", ".mkv")  # in which OpenCV writes
_ENDING = Text("{path} must end in .mp4 or .avi.", "{path}: 이름이 .mp4나 .avi로 끝나야 해요.")


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


def is_video(path: Path) -> bool:
    """Whether a file is read as a video: by its ending, for pictures are told by theirs."""
    return path.suffix.lower() in (*VIDEO_ENDINGS, ".webm", ".mpg", ".mpeg", ".wmv")


def check_video_name(path: Path) -> None:
    """Raises `LabError` when no video can be written under this name."""
    if path.suffix.lower() not in VIDEO_ENDINGS:
        raise LabError(_ENDING(path=path))
