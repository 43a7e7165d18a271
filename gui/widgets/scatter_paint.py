"""Many points as one picture, painted by numpy; and which points lie inside a drawn outline."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtGui import QColor, QImage

from gui import theme

SHAPES = 4  # disc, ring, cross, triangle: classes beyond the series take the next shape
_LEVELS = 8  # steps of the soft edge
_FINE = 8  # samples along each side of a pixel, for the soft edge


def palette(classes: int, *, strength: float = 1.0) -> np.ndarray:
    """The colours of `classes` classes and, last, of what has none: (classes + 1, 3) float32, 0 … 255.

    strength: 1 = full colour, less = mixed into the ground.
    """
    now = theme.current()
    names = [now.series[i % len(now.series)] for i in range(classes)] + [now.faint if classes else now.net]
    colours = np.array([_rgb(name) for name in names], np.float32)
    return np.asarray(colours * strength + np.array(_rgb(now.well), np.float32) * (1 - strength))


def shapes(classes: int) -> np.ndarray:
    """Which shape each class has, and last what has no class: (classes + 1,) int64."""
    rounds = np.arange(classes) // len(theme.current().series) % SHAPES
    return np.append(rounds, 0)


def _rgb(colour: str) -> tuple[int, int, int]:
    found = QColor(colour)
    return found.red(), found.green(), found.blue()


def _packed(colours: np.ndarray) -> np.ndarray:
    """(…, 3) colours to (…) uint32 as QImage's RGB32 has them."""
    c = colours.round().astype(np.uint32)
    return np.asarray(0xFF000000 | (c[..., 0] << 16) | (c[..., 1] << 8) | c[..., 2], np.uint32)


@lru_cache(maxsize=64)
def stamp(shape: int, radius: float) -> np.ndarray:
    """How much of each pixel a mark covers: (m, m) int64, 0 … `_LEVELS`, its middle in the middle; m is odd."""
    half = int(np.ceil(radius + 0.5))
    steps = (np.arange((2 * half + 1) * _FINE) + 0.5) / _FINE - half - 0.5
    x, y = np.meshgrid(steps, steps)
    away = np.hypot(x, y)
    arm = 0.42 * radius
    inside = (
        away <= radius,
        (away <= radius) & (away >= 0.5 * radius),
        (np.minimum(np.abs(x), np.abs(y)) <= arm) & (np.maximum(np.abs(x), np.abs(y)) <= radius),
        (y <= 0.75 * radius) & (y >= 2 * np.abs(x) - 1.1 * radius),
    )[shape]
    m = 2 * half + 1
    share = inside.reshape(m, _FINE, m, _FINE).mean(axis=(1, 3))
    return np.asarray((share * _LEVELS).round().astype(np.int64))


class Canvas:
    """A picture to which marks are added; `image` gives it to Qt.

    width, height: in device pixels.
    """

    def __init__(self, width: int, height: int) -> None:
        self._ground = np.array(_rgb(theme.current().well), np.float32)
        self._width, self._height = width, height
        self._pixels = np.full((height, width), _packed(self._ground), np.uint32)

    def add(
        self, at: np.ndarray, classes: np.ndarray, colours: np.ndarray, *, kinds: np.ndarray, radius: float
    ) -> None:
        """Marks at (n, 2) device pixels, for (n,) classes; `colours` and `kinds` are those of `palette`, `shapes`.

        What lies at the edge is left out whole where it would be cut.
        """
        shares = np.arange(_LEVELS + 1)[:, None, None] / _LEVELS
        table = _packed(colours * shares + self._ground * (1 - shares))  # (levels, classes)
        for kind in np.unique(kinds[classes]):
            mark = stamp(int(kind), radius)
            half = len(mark) // 2
            whole = np.floor(at).astype(np.int64)
            room = ((whole >= half) & (whole < (self._width - half, self._height - half))).all(axis=1)
            of = room & (kinds[classes] == kind)
            first = whole[of, 1] * self._width + whole[of, 0]
            self._put(mark, first, table[:, classes[of]])

    def _put(self, mark: np.ndarray, middle: np.ndarray, inks: np.ndarray) -> None:
        """One assignment for each pixel of the mark: the soft edges of all first, so that they cut no neighbour."""
        flat, half = self._pixels.reshape(-1), len(mark) // 2
        rows, columns = np.nonzero(mark)
        for i in np.argsort(mark[rows, columns], kind="stable"):
            y, x = int(rows[i]), int(columns[i])
            flat[middle + ((y - half) * self._width + x - half)] = inks[mark[y, x]]

    def image(self, ratio: float) -> QImage:
        """What was painted, for a screen with this many device pixels to a logical one."""
        kind = QImage.Format.Format_RGB32
        found = QImage(self._pixels.data, self._width, self._height, 4 * self._width, kind).copy()
        found.setDevicePixelRatio(ratio)
        return found


def inside(points: np.ndarray, outline: np.ndarray) -> np.ndarray:
    """Which of (n, 2) points lie inside a closed (m, 2) outline, (n,) bool, by counting crossings (even-odd)."""
    found = np.zeros(len(points), bool)
    if len(outline) < 3:
        return found
    near = np.flatnonzero(((points >= outline.min(0)) & (points <= outline.max(0))).all(axis=1))
    x, y = points[near].T.astype(np.float64)
    odd = np.zeros(len(near), bool)
    for (x1, y1), (x2, y2) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        if y1 != y2:
            crosses = (y1 > y) != (y2 > y)
            odd ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    found[near] = odd
    return found
