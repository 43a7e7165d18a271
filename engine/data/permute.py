"""One fixed shuffle of all pixels (lecture row 1): what a picture keeps when nobody knows which pixels are neighbours.

Every picture is shuffled in the same way, so that no pixel is lost and any one still means the same in each of
them. A network that looks at all pixels at once learns as before; one that looks at neighbours has none.
"""

from __future__ import annotations

import numpy as np

SEED = 1  # the same shuffle for every network, so that all of them see the same pictures


def permutation(count: int, seed: int = SEED) -> np.ndarray:
    """Where each of `count` pixels comes from: (count,) int64, every number once; a function of its arguments alone."""
    return np.random.default_rng(seed).permutation(count)


def shuffled(images: np.ndarray, seed: int = SEED) -> np.ndarray:
    """The pictures with their pixels shuffled, all in the same way; a colour pixel stays one pixel.

    Args:
        images: (N, H, W) or (N, H, W, 3).
    Returns:
        A new array of the same shape and type.
    """
    count, height, width = images.shape[:3]
    flat = images.reshape(count, height * width, *images.shape[3:])
    return flat[:, permutation(height * width, seed)].reshape(images.shape)
