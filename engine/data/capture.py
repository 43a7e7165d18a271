"""Frames of a camera kept as a folder for each class, which opens as a set at once (lecture rows 39, 55)."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from engine.data.forms.reading import is_picture
from engine.data.forms.writing import folder_name
from engine.errors import LabError, cannot_write
from engine.files import write_bytes
from engine.text import Text

QUALITY = 95  # of JPEG: no difference to see, a fifth of the size of PNG


class CaptureBin:
    """Where captured frames go: `folder`/CLASS/00001.jpg, numbered on from what lies there.

    Each frame is written whole or not at all. Not for two threads at once.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._next: dict[str, int] = {}

    def add(self, frame: np.ndarray, kind: str) -> Path:
        """Keep a frame, (H, W, 3) uint8 RGB or (H, W) grey, as one of class `kind`; returns its file.

        Raises: `LabError` when the class has no name, or the file cannot be written.
        """
        if not kind.strip():
            raise LabError(Text("Name the class first.", "먼저 클래스 이름을 정해 주세요."))
        content = io.BytesIO()
        Image.fromarray(np.ascontiguousarray(frame)).save(content, "JPEG", quality=QUALITY)
        name = folder_name(kind)
        number = self._next.get(name) or self._after(name)
        path = self.folder / name / f"{number:05d}.jpg"
        write_bytes(path, content.getvalue())
        self._next[name] = number + 1
        return path

    def take_back(self, path: Path) -> None:
        """Remove a frame that `add` kept. Raises `LabError` when it cannot be removed."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(path, error) from error

    def counts(self) -> dict[str, int]:
        """How many pictures each class has by now, by folder name."""
        if not self.folder.is_dir():
            return {}
        folders = sorted(entry for entry in self.folder.iterdir() if entry.is_dir())
        return {entry.name: sum(is_picture(file.name) for file in entry.iterdir()) for entry in folders}

    def _after(self, name: str) -> int:
        """The number after the highest in a class folder."""
        folder = self.folder / name
        files = folder.glob("*.jpg") if folder.is_dir() else ()
        return max((int(file.stem) for file in files if file.stem.isascii() and file.stem.isdigit()), default=0) + 1
