"""Random crops and colours for photographs with a mask; what moves the picture moves its mask."""

from __future__ import annotations

import cv2
import numpy as np

SMALLEST, LARGEST = 0.6, 1.9  # of the picture's size, before the crop


def crop(
    picture: np.ndarray,
    mask: np.ndarray,
    size: tuple[int, int],
    *,
    void: int,
    strength: float,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """One random view of a photograph and the same of its mask.

    Args:
        picture: (H, W, 3) uint8 RGB. mask: (H, W) uint8 class indices.
        size: (height, width) of the result. void: the index that is not scored; it fills what lies outside.
        strength: 0 takes the middle as it is, 1 scales by 0.6 … 1.9, mirrors and changes colours.
    Returns:
        (height, width, 3) uint8 and (height, width) uint8.
    """
    low, high = SMALLEST**strength, LARGEST**strength
    scale = float(np.exp(rng.uniform(np.log(low), np.log(high))))
    height, width = (max(1, round(side * scale)) for side in mask.shape)
    shift = np.array([rng.uniform(0, 1), rng.uniform(0, 1)]) if strength else np.array([0.5, 0.5])
    left, top = shift * (width - size[1], height - size[0])  # negative where the picture is smaller: it floats
    moves = np.array([[scale, 0, -left], [0, scale, -top]], np.float32)
    if strength and rng.random() < 0.5:  # mirrored: x -> width − 1 − x
        moves[0] = (-scale, 0, size[1] - 1 + left)
    shape = (size[1], size[0])
    seen = cv2.warpAffine(picture, moves, shape, flags=cv2.INTER_LINEAR, borderValue=(0, 0, 0))
    classes = cv2.warpAffine(mask, moves, shape, flags=cv2.INTER_NEAREST, borderValue=void)
    return colours(seen, strength, rng), classes


def colours(picture: np.ndarray, strength: float, rng: np.random.Generator) -> np.ndarray:
    """Other light: contrast, brightness, saturation and tint changed a little; (H, W, 3) uint8."""
    if not strength:
        return picture
    r = rng.uniform(-1, 1, 6) * strength
    x = picture.astype(np.float32)
    grey = x.mean(axis=2, keepdims=True)
    x = grey + (x - grey) * (1 + 0.4 * r[0])  # saturation
    x = (x - 128) * (1 + 0.3 * r[1]) + 128 + 35 * r[2]  # contrast, brightness
    x *= 1 + 0.08 * r[3:6]  # tint
    return np.clip(x, 0, 255).astype(np.uint8)
