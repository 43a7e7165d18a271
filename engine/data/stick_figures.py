"""Stick figures in any pose, drawn anew each time: pictures whose landmarks are known exactly (lecture row 71)."""

from __future__ import annotations

import cv2
import numpy as np

NAMES = (
    "head", "neck", "right elbow", "right hand", "left elbow", "left hand",
    "hip", "right knee", "right foot", "left knee", "left foot",
)  # fmt: skip
SKELETON = ((0, 1), (1, 2), (2, 3), (1, 4), (4, 5), (1, 6), (6, 7), (7, 8), (6, 9), (9, 10))

# Each joint hangs on another: (joint, hangs on, length in shares of the figure, mean angle and its spread in degrees;
# 0° points right, 90° down). Right and left are the figure's own, so they are mirrored in the picture.
LIMBS = (
    (1, 6, 0.34, -90, 15),
    (0, 1, 0.13, -90, 20),
    (2, 1, 0.19, 150, 70),
    (3, 2, 0.18, 130, 80),
    (4, 1, 0.19, 30, 70),
    (5, 4, 0.18, 50, 80),
    (7, 6, 0.24, 105, 30),
    (8, 7, 0.24, 95, 30),
    (9, 6, 0.24, 75, 30),
    (10, 9, 0.24, 85, 30),
)


def figure(rng: np.random.Generator, side: int = 128) -> tuple[np.ndarray, np.ndarray]:
    """One figure on a ground of soft stains, all joints inside.

    Returns:
        (side, side, 3) uint8 RGB and (11, 2) float32 x, y of the joints of `NAMES` in pixels.
    """
    points = _pose(rng, side)
    picture = _ground(rng, side)
    colours = rng.integers(0, 256, (3, 3))
    light = picture.mean() > 127
    colours = colours // 2 if light else 128 + colours // 2  # dark on light or light on dark, never lost in it
    width = int(rng.integers(max(2, side // 48), max(3, side // 20)))
    for a, b in SKELETON:
        # The left limbs have a colour of their own: otherwise nobody could tell them from the right ones.
        limb = 1 if {a, b} & {4, 5, 9, 10} else 2 if {a, b} & {2, 3, 7, 8} else 0
        cv2.line(picture, _at(points[a]), _at(points[b]), colours[limb].tolist(), width, cv2.LINE_AA)
    radius = max(2, round(0.45 * float(np.hypot(*(points[0] - points[1])))))
    cv2.circle(picture, _at(points[0]), radius, colours[0].tolist(), -1, cv2.LINE_AA)
    return picture, points


def _at(point: np.ndarray) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))


def _pose(rng: np.random.Generator, side: int) -> np.ndarray:
    """(11, 2) float32 joints, turned, sized and placed at random within the picture."""
    points = np.zeros((len(NAMES), 2))
    lean = rng.normal(0, 12)
    for joint, on, length, angle, spread in LIMBS:
        turn = np.radians(angle + lean + rng.uniform(-spread, spread))
        points[joint] = points[on] + length * np.array([np.cos(turn), np.sin(turn)])
    low, high = points.min(axis=0), points.max(axis=0)
    size = side * rng.uniform(0.5, 0.85) / (high - low).max()
    room = side - (high - low) * size
    margin = 0.06 * side
    corner = margin + rng.random(2) * np.maximum(room - 2 * margin, 0)
    return ((points - low) * size + corner).astype(np.float32)


def _ground(rng: np.random.Generator, side: int) -> np.ndarray:
    """(side, side, 3) uint8: soft stains of colour with a little noise."""
    coarse = rng.integers(0, 256, (4, 4, 3)).astype(np.float32)
    stains = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC)
    noise = 6 * rng.standard_normal((side, side, 3), np.float32)
    base = float(rng.choice((60, 195))) + 0.25 * (stains - 127) + noise
    return np.clip(base, 0, 255).astype(np.uint8)
