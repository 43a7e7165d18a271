"""Windows of a signal as small pictures, drawn when they come into view."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from PySide6.QtGui import QColor

from gui import theme

HEIGHT, WIDTH = 72, 112  # pixels of a drawn tile, twice what most screens show
TILE = 104  # logical pixels
FEW = 50  # windows
_MARGIN, _SHIFT = 5, 4  # pixels; binary digits below the pixel that OpenCV draws to


def rgb_of(colour: str) -> tuple[int, int, int]:
    """A colour of the theme as numbers."""
    found = QColor(colour)
    return found.red(), found.green(), found.blue()


class SignalTiles:
    """(N, T, C) windows indexed like a (N, h, w, 3) uint8 array of pictures; each is drawn anew when asked for.

    All are drawn to one scale, so that a quiet window looks quiet beside a loud one.
    """

    def __init__(self, x: np.ndarray, *, shape: tuple[int, int] = (HEIGHT, WIDTH)) -> None:
        self._x = x
        self.shape = (len(x), *shape, 3)
        some = x[np.linspace(0, len(x) - 1, min(len(x), 400)).astype(int)] if len(x) else np.zeros((1, 1, 1))
        ends = (0.5, 99.5) if len(x) > FEW else (0, 100)  # of many, a few spikes may leave their tiles
        self._low, self._high = (float(v) for v in np.percentile(some[np.isfinite(some)], ends))

    def __len__(self) -> int:
        return len(self._x)

    def __getitem__(self, which: Any) -> np.ndarray:
        index, *rest = which if isinstance(which, tuple) else (which,)
        one = isinstance(index, (int, np.integer))
        rows = [int(index)] if one else [int(i) for i in np.arange(len(self))[index]]
        drawn = np.empty((len(rows), *self.shape[1:]), np.uint8)
        for row, i in enumerate(rows):
            drawn[row] = self._draw(self._x[i])
        return drawn[0][tuple(rest)] if one else drawn[(slice(None), *rest)]

    def _draw(self, window: np.ndarray) -> np.ndarray:
        now, (height, width) = theme.current(), self.shape[1:3]
        tile = np.full((height, width, 3), rgb_of(now.well), np.uint8)
        steps = len(window)
        if not steps:
            return tile
        x = np.linspace(_MARGIN, width - 1 - _MARGIN, steps)
        span = (self._high - self._low) or 1.0
        for channel in range(window.shape[1]):
            values = np.nan_to_num(window[:, channel])
            share = np.clip((values - self._low) / span, -0.05, 1.05)
            y = height - 1 - _MARGIN - share * (height - 1 - 2 * _MARGIN)
            points = np.stack((x, y), axis=1) * (1 << _SHIFT)
            colour = rgb_of(now.series[channel % len(now.series)])
            cv2.polylines(tile, [points.round().astype(np.int32)], False, colour, 1, cv2.LINE_AA, _SHIFT)
        return tile
