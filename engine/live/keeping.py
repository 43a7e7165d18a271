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

    or_avi: where the codec of an .mp4 is missing an .avi is written, which needs none; `path` is what it is called.
    Raises: `LabError` from `add` and `close` when it cannot be written.
    """

    def __init__(self, path: Path, rate: float, *, or_avi: bool = False) -> None:
        self.path, self._rate, self._or_avi = path, rate, or_avi
        self._part = path
        self._writer: Any = None
        self._size = (0, 0)
        self.count = 0

    def add(self, picture: np.ndarray, *, times: int = 1) -> None:
        """(H, W, 3) uint8 RGB, `times` frames long; one of another size than the first stands in the middle of black."""
        if self._writer is None:
            height, width = picture.shape[:2]
            self._size = (max(2, width - width % 2), max(2, height - height % 2))  # encoders want even sides
            self._writer = self._opened()
        bgr = cv2.cvtColor(fitted(picture, self._size), cv2.COLOR_RGB2BGR)
        for _ in range(times):
            self._writer.write(bgr)
        self.count += times

    def _opened(self) -> Any:
        for path in (self.path, self.path.with_suffix(".avi")) if self._or_avi else (self.path,):
            self._part = path.with_name(f".part-{secrets.token_hex(4)}{path.suffix}")
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._part.touch()
            except OSError as error:
                raise cannot_write(path, error) from error
            codec = _CODECS.get(path.suffix.lower())
            if codec is not None:
                writer = cv2.VideoWriter(str(self._part), cv2.VideoWriter.fourcc(*codec), self._rate, self._size)
                if writer.isOpened():
                    self.path = path
                    return writer
            self._part.unlink(missing_ok=True)
        raise LabError(_NO_WRITER(path=self.path.name))

    def close(self, *, keep: bool = True) -> None:
        """End the video and give it its name; with `keep` False nothing remains."""
        if self._writer is None:
            return
        self._writer.release()
        self._writer = None
        try:
            if keep:
                self._part.replace(self.path)
            else:
                self._part.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(self.path, error) from error


def fitted(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """(h, w, 3) uint8 of this (width, height): a picture of another form stands in the middle of black."""
    width, height = size
    if picture.shape[:2] == (height, width):
        return picture
    if picture.shape[0] - height in (0, 1) and picture.shape[1] - width in (0, 1):
        return np.ascontiguousarray(picture[:height, :width])
    scale = min(width / picture.shape[1], height / picture.shape[0])
    inside = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    out = np.zeros((height, width, 3), np.uint8)
    top, left = (height - inside[1]) // 2, (width - inside[0]) // 2
    out[top : top + inside[1], left : left + inside[0]] = cv2.resize(picture, inside, interpolation=cv2.INTER_AREA)
    return out
