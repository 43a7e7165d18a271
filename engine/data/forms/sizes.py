"""How large pictures are, from their headers alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from engine.jobs import Job, Progress
from engine.text import Text

_STEP = 100
_MEASURING = Text("Looking up the sizes of pictures", "그림 크기를 알아보는 중")
_TURNED = (5, 6, 7, 8)  # EXIF orientations that swap width and height


def header_size(path: Path) -> tuple[int, int] | None:
    """Width and height from a picture's header, turned as its EXIF says; None when it is no picture."""
    try:
        with Image.open(path) as image:
            width, height = image.size
            turned = image.getexif().get(0x0112, 1) in _TURNED
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    return (height, width) if turned else (width, height)


def read_sizes(root: Path, files: Sequence[str]) -> Job:
    """Widths and heights of pictures below `root`, (N, 2) int32; 0 where a file is no picture."""
    sizes = np.zeros((len(files), 2), np.int32)
    for index, name in enumerate(files):
        if index % _STEP == 0:
            yield Progress(index, len(files), _MEASURING)
        sizes[index] = header_size(root / name) or (0, 0)
    return sizes
