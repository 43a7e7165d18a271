"""Decoded photographs kept in memory while a set is in use, so that each file is decoded once."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from engine.data.photoset import PhotoSet
from engine.errors import LabError
from engine.text import Text

LIMIT = 600 * 2**20  # bytes a set; what does not fit is decoded again each time

_UNLIKE = Text(
    "{path} has {w} × {h} pixels, its photograph {pw} × {ph}: the classes would lie on the wrong pixels. "
    "Datasets → Doctor lists all such masks.",
    "{path} 마스크는 {w} × {h}픽셀인데 사진은 {pw} × {ph}픽셀이라 클래스가 엉뚱한 픽셀에 놓여요. "
    "데이터셋 → 진단에서 그런 마스크를 모두 볼 수 있어요.",
)

_KEPT: WeakKeyDictionary[PhotoSet, dict[Any, np.ndarray]] = WeakKeyDictionary()


def picture(photos: PhotoSet, index: int) -> np.ndarray:
    """Photograph `index`, (H, W, 3) uint8 RGB; never written. Raises `LabError` naming a file that cannot be read."""
    return _remember(photos, ("picture", index), photos.read)


def mask(photos: PhotoSet, index: int) -> np.ndarray:
    """The class of every pixel of photograph `index`, (H, W) uint8; never written.

    Raises: `LabError` naming a file that cannot be read, or has another size than its photograph.
    """
    found = _remember(photos, ("mask", index), photos.read_mask)
    seen = picture(photos, index)
    if found.shape != seen.shape[:2]:
        assert photos.masks is not None
        path = photos.folder / photos.masks[index]
        raise LabError(_UNLIKE(path=path, w=found.shape[1], h=found.shape[0], pw=seen.shape[1], ph=seen.shape[0]))
    return found


def _remember(photos: PhotoSet, key: tuple[str, int], read: Any) -> np.ndarray:
    kept = _KEPT.setdefault(photos, {})
    if key not in kept:
        value = read(key[1])
        value.flags.writeable = False
        if sum(v.nbytes for v in kept.values()) + value.nbytes > LIMIT:
            return value
        kept[key] = value
    return kept[key]
