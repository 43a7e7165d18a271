"""Keeping pictures that were seen: one as a file, many as a video; their results are kept by `engine.live.rows`."""

from __future__ import annotations

import io
import secrets
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from engine.errors import LabError, cannot_write
from engine.files import write_bytes
from engine.text import Text

_NO_WRITER = Text(
    "OpenCV here cannot write {path}. Choose a name that ends in .avi or .mp4.",
    "여기서는 {path} 형식의 영상을 쓸 수 없어요. .avi나 .mp4로 끝나는 이름을 골라 주세요.",
)
_CODECS = {".mp4": "mp4v", ".m4v": "mp4v", ".mov": "mp4v", ".mkv": "mp4v", ".avi": "MJPG"}


def keep_picture(path: Path, picture: np.ndarray) -> None:
    """Write (H, W, 3) uint8 RGB as PNG, or JPEG for .jpg. Raises `LabError` when it cannot be written."""
    content = io.BytesIO()
    jpeg = path.suffix.lower() in (".jpg", ".jpeg")
    Image.fromarray(picture).save(content, "JPEG" if jpeg else "PNG", **({"quality": 95} if jpeg else {}))
    write_bytes(path, content.getvalue())


class VideoOut:
    """A video being written: whole or not at all, it gets its name when it is closed. The first frame sets its size.

    Raises: `LabError` from `add` and `close` when it cannot be written.
    """

    def __init__(self, path: Path, rate: float) -> None:
        self._path, self._rate = path, rate
        self._part = path.with_name(f".part-{secrets.token_hex(4)}{path.suffix}")
        self._writer: Any = None
        self._size = (0, 0)
        self.count = 0

    def add(self, picture: np.ndarray) -> None:
        """(H, W, 3) uint8 RGB; another size than the first is fitted to it."""
        height, width = picture.shape[:2]
        if self._writer is None:
            self._size = (width, height)
            self._writer = self._opened()
        if (width, height) != self._size:
            picture = cv2.resize(picture, self._size, interpolation=cv2.INTER_AREA)
        self._writer.write(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        self.count += 1

    def _opened(self) -> Any:
        codec = _CODECS.get(self._path.suffix.lower())
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._part.touch()
        except OSError as error:
            raise cannot_write(self._path, error) from error
        writer = (
            cv2.VideoWriter(str(self._part), cv2.VideoWriter.fourcc(*codec), self._rate, self._size) if codec else None
        )
        if writer is None or not writer.isOpened():
            self._part.unlink(missing_ok=True)
            raise LabError(_NO_WRITER(path=self._path.name))
        return writer

    def close(self, *, keep: bool = True) -> None:
        """End the video and give it its name; with `keep` False nothing remains."""
        if self._writer is None:
            return
        self._writer.release()
        self._writer = None
        try:
            if keep:
                self._part.replace(self._path)
            else:
                self._part.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(self._path, error) from error
