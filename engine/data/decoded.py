"""Decoded photographs kept in memory while a set is in use, so that each file is decoded once."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from engine.data.photoset import PhotoSet

LIMIT = 600 * 2**20  # bytes a set; what does not fit is decoded again each time

_KEPT: WeakKeyDictionary[PhotoSet, dict[Any, np.ndarray]] = WeakKeyDictionary()


def picture(photos: PhotoSet, index: int) -> np.ndarray:
    """Photograph `index`, (H, W, 3) uint8 RGB; never written. Raises `LabError` naming a file that cannot be read."""
    return _remember(photos, ("picture", index), photos.read)


def mask(photos: PhotoSet, index: int) -> np.ndarray:
    """The class of every pixel of photograph `index`, (H, W) uint8; never written."""
    return _remember(photos, ("mask", index), photos.read_mask)


def _remember(photos: PhotoSet, key: tuple[str, int], read: Any) -> np.ndarray:
    kept = _KEPT.setdefault(photos, {})
    if key not in kept:
        value = read(key[1])
        value.flags.writeable = False
        if sum(v.nbytes for v in kept.values()) + value.nbytes > LIMIT:
            return value
        kept[key] = value
    return kept[key]
