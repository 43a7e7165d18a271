"""Painting with the fast painter, as jobs: by names of styles, a person's own among them, for the window and commands."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np

from engine.errors import LabError
from engine.files import sha256
from engine.jobs import Event, Progress
from engine.knobs import Box
from engine.style.brush import Brush, affordable, open_brush
from engine.style.cards import StyleCard, style_named
from engine.style.gatys import Noted, fitted
from engine.style.own import OwnStyle, code_of, learn_file, own_styles
from engine.text import Text

LOADING = Text("Loading the painter", "화가를 불러오는 중")
STEADY = 0.7  # of videos; more blurs what the painter draws
NARROWEST = 8  # pixels of a shorter side


@dataclass(frozen=True, slots=True)
class Wish:
    """How a photograph is to be painted. mix: shares of styles by id. strength: 0 = the photograph, 1 = the style.

    side: the longer side in pixels. steady: of a video, how much of the painting before stays where things stay.
    """

    mix: Mapping[str, float]
    strength: float = 1.0
    side: int = 640
    steady: float = STEADY


@dataclass(frozen=True, slots=True, eq=False)
class Repainted(Event):
    """The photograph as it was wished: (H, W, 3) uint8 RGB, the milliseconds that took, and how it was computed.

    code: (P,) float32, the scales and then the shifts that it was painted with.
    """

    picture: np.ndarray
    code: np.ndarray
    milliseconds: float
    backend: str
    wish: Wish
    latest_only: ClassVar[bool] = True


def repaint(photo: np.ndarray, wish: Wish, kept: Box[Brush | None]) -> Generator[Event, None, Repainted]:
    """Paint `photo`, (H, W, 3) uint8 RGB, once; a job, yields and returns the `Repainted`.

    kept: the opened painter, for the next time; None opens it.
    Raises: `LabError` for a picture too narrow, an unknown style, or where no painter is here.
    """
    brush = yield from opened(kept)
    code = yield from mixed(brush, wish)
    side, why = affordable(photo.shape, wish.side)
    if why:
        yield Noted(why)
    found = _painted(brush, shaped(photo, side), code, wish)
    yield found
    return found


def get_faster(photo: np.ndarray, wish: Wish, kept: Box[Brush | None]) -> Generator[Event, None, None]:
    """After a painting was seen: build what paints pictures of this size faster; a job."""
    yield Progress(0, 0, LOADING)
    brush = yield from opened(kept)
    brush.build(shaped(photo, affordable(photo.shape, wish.side)[0]), brush.codes[0])


def opened(kept: Box[Brush | None]) -> Generator[Event, None, Brush]:
    """The kept painter, or the one that came with the app, kept from now on. Raises `LabError` when there is none."""
    if kept.value is None:
        yield Progress(0, 0, LOADING)
        kept.replace(open_brush())
    assert kept.value is not None
    return kept.value


def _painted(brush: Brush, photo: np.ndarray, code: np.ndarray, wish: Wish) -> Repainted:
    began = time.perf_counter()
    picture = brush.paint(photo, code, wish.strength)
    return Repainted(picture, code, 1000 * (time.perf_counter() - began), brush.backend, wish)


def shaped(photo: np.ndarray, side: int) -> np.ndarray:
    """`photo` with a longer side of at most `side` pixels. Raises `LabError` when it is too narrow then."""
    small = fitted(photo, side) if max(photo.shape[:2]) > side else photo
    if min(small.shape[:2]) < NARROWEST:
        text = Text(
            "A picture of {width} × {height} pixels is too small or too narrow to paint. Choose another.",
            "{width} × {height}픽셀 그림은 너무 작거나 좁아서 그릴 수 없어요. 다른 그림을 고르세요.",
        )
        raise LabError(text(width=photo.shape[1], height=photo.shape[0]))
    return small


def mixed(brush: Brush, wish: Wish) -> Generator[Event, None, np.ndarray]:
    """(P,) float32: the code of a wish. Styles that the painter does not know are learnt first; see `code_named`."""
    codes, shares = [], []
    for word, share in wish.mix.items():
        codes.append((yield from code_named(brush, word)))
        shares.append(share)
    return brush.towards(np.average(codes, axis=0, weights=shares), wish.strength)


def code_named(brush: Brush, word: str) -> Generator[Event, None, np.ndarray]:
    """(P,) float32: the code of a style: one of the painter's, one of a person's own by id or name, or a picture's.

    A picture that was not learnt before is learnt now, which takes about a minute.
    Raises: `LabError` for an unknown style, or a file that is no picture.
    """
    if word in brush.names:
        return brush.codes[brush.names.index(word)]
    own = own_styles()
    for one in own:
        if word in (one.id, str(one.name)):
            return code_of(one, brush)
    style = style_named(word)
    path = style.path if isinstance(style, StyleCard) else style
    known = _learnt(own, path, brush)
    return code_of(known or (yield from learn_file(path, brush)), brush)


def _learnt(own: Sequence[OwnStyle], path: Path, brush: Brush) -> OwnStyle | None:
    """The style that was learnt from this very picture by this painter."""
    if not path.is_file():
        return None
    total = sha256(path)
    return next((one for one in own if one.source == total and one.painter == brush.key), None)
