"""The fast painter over live pictures: the whole picture is repainted, what else was asked sees it unpainted."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engine.jobs import result_of
from engine.live.overlays import STYLE, OverlayCard, Repainted
from engine.live.settings import LiveSettings
from engine.style.brush import Brush, open_brush
from engine.style.fast import code_named

LONGEST = 480  # pixels of the longer side that is painted; it is enlarged again to the picture's size


@dataclass(frozen=True, slots=True, eq=False)
class _Painted:
    """A reduced picture, its painting, and how it was wished."""

    photo: np.ndarray
    painting: np.ndarray
    wish: tuple[str, float]


class StyleSeer:
    """The painter as an overlay. Belongs to one thread at a time."""

    card: OverlayCard = STYLE

    def __init__(self, brush: Brush) -> None:
        self._brush = brush
        self._codes: dict[str, np.ndarray] = {}
        self._wish = (LiveSettings().style, LiveSettings().style_strength)

    @property
    def backend(self) -> str:
        return self._brush.backend

    def prepare(self, picture: np.ndarray) -> np.ndarray:
        """The picture with at most `LONGEST` pixels."""
        scale = min(1.0, LONGEST / max(picture.shape[:2]))
        size = max(8, round(picture.shape[1] * scale)), max(8, round(picture.shape[0] * scale))
        return cv2.resize(picture, size, interpolation=cv2.INTER_AREA) if scale < 1 else picture

    def infer(self, prepared: np.ndarray) -> _Painted:
        """Painted as the settings were at the last frame; where they moved since, `finish` paints again."""
        return self._painted(prepared, *self._wish)

    def finish(self, answer: _Painted, picture: np.ndarray, settings: LiveSettings) -> Repainted:
        """The painting at the picture's size."""
        self._wish = (settings.style, settings.style_strength)
        if answer.wish != self._wish:
            answer = self._painted(answer.photo, *self._wish)
        painted = answer.painting
        if painted.shape[:2] != picture.shape[:2]:
            painted = cv2.resize(painted, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
        return Repainted(self.card.id, painted)

    def _painted(self, photo: np.ndarray, style: str, strength: float) -> _Painted:
        code = self._brush.towards(self._code(style), strength)
        painting = self._brush.paint(photo, code, strength)
        self._brush.build_beside(photo, code)
        return _Painted(photo, painting, (style, strength))

    def _code(self, word: str) -> np.ndarray:
        if word not in self._codes:
            self._codes[word] = result_of(code_named(self._brush, word))
        return self._codes[word]

    def faster(self) -> tuple[str, float, float] | None:
        """The painter measures and changes its way by itself."""
        return self._brush.changed()

    def settle(self) -> None:
        """Wait for whatever is being built beside."""
        self._brush.settle()


def open_style() -> StyleSeer:
    """Raises `LabError` when no painter came with this copy."""
    return StyleSeer(open_brush())
