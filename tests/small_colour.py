"""A small set in the packed layout of CIFAR-10: crops of scikit-image's photographs, the class is the photograph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from skimage import data as photographs

SOURCES = (photographs.astronaut, photographs.coffee, photographs.chelsea, photographs.rocket)


def write_cifar(root: Path, *, train: int = 160, test: int = 60) -> Path:
    """`cifar10_jpeg.npz` below `root`, JPEG-coded as the copy in shared data sets is."""
    rng, whole = np.random.default_rng(0), [source()[:, :, ::-1] for source in SOURCES]
    arrays: dict[str, Any] = {}
    for split, count in (("train", train), ("test", test)):
        labels, files = np.arange(count) % len(SOURCES), []
        for label in labels:
            y, x = (rng.integers(0, size - 128) for size in whole[label].shape[:2])
            small = cv2.resize(whole[label][y : y + 128, x : x + 128], (32, 32), interpolation=cv2.INTER_AREA)
            files.append(cv2.imencode(".jpg", small)[1].ravel())
        arrays |= {
            f"{split}_jpeg": np.concatenate(files),
            f"{split}_offsets": np.cumsum([0, *map(len, files)]),
            f"{split}_labels": labels.astype(np.uint8),
        }
    (root / "cifar10").mkdir(parents=True)
    np.savez(root / "cifar10" / "cifar10_jpeg.npz", **arrays)
    return root
