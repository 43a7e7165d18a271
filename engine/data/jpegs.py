"""Small pictures kept as JPEG files one after another in one NPZ: `jpeg`, `offsets`, and labels beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from engine.data.imageset import ImageSet, fingerprint
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text, same

_STEP = 500
_DECODING = Text("Decoding pictures", "그림을 푸는 중")


def decode(jpeg: np.ndarray, offsets: np.ndarray, *, grey: bool, path: Path, chosen: np.ndarray | None = None) -> Job:
    """Unpack JPEGs to (n, H, W) or (n, H, W, 3) uint8 RGB; yields `Progress`.

    Args:
        jpeg:    (bytes,) uint8, all files one after another; offsets: (N + 1,) where each starts.
        chosen:  which of them, (n,) int64; None = all.
    Raises:
        LabError: naming `path`, when they do not fit together, a picture is damaged, or sizes differ.
    """
    if jpeg.dtype != np.uint8 or jpeg.ndim != 1 or not _rising(offsets, len(jpeg)):
        raise LabError(_damaged(path))
    wanted = np.arange(len(offsets) - 1) if chosen is None else chosen
    mode = cv2.IMREAD_GRAYSCALE if grey else cv2.IMREAD_COLOR_RGB
    images: np.ndarray | None = None
    for done, index in enumerate(wanted):
        if done % _STEP == 0:
            yield Progress(done, len(wanted), _DECODING)
        packed = jpeg[offsets[index] : offsets[index + 1]]
        picture = cv2.imdecode(packed, mode) if len(packed) else None
        if images is None and picture is not None:
            images = np.empty((len(wanted), *picture.shape), np.uint8)
        if picture is None or images is None or picture.shape != images.shape[1:]:
            raise LabError(_damaged(path))
        images[done] = picture
    if images is None:
        raise LabError(_damaged(path))
    return images


def _rising(offsets: np.ndarray, end: int) -> bool:
    plain = offsets.ndim == 1 and len(offsets) > 1 and offsets.dtype.kind in "iu"
    return (
        plain
        and int(offsets[0]) >= 0
        and int(offsets[-1]) <= end
        and bool((np.diff(offsets.astype(np.int64)) >= 0).all())
    )


def _damaged(path: Path) -> Text:
    return Text(
        "{path} is damaged: its pictures do not fit together.", "{path} 파일이 손상됐어요. 그림이 서로 맞지 않아요."
    )(path=path)


def image_set(
    id: str, split: str, images: np.ndarray, labels: Sequence[int] | np.ndarray, classes: tuple[Text, ...], path: Path
) -> ImageSet:
    """An `ImageSet` of decoded pictures. Raises `LabError` when the labels do not fit."""
    numbers = np.asarray(labels).astype(np.int64)
    if numbers.shape != (len(images),) or (len(numbers) and not 0 <= numbers.min() <= numbers.max() < len(classes)):
        text = Text("The labels in {path} do not fit its pictures.", "{path}의 정답이 그림과 맞지 않아요.")
        raise LabError(text(path=path))
    return ImageSet(id, split, images, numbers, classes, same(str(path)), fingerprint(images, numbers))
