"""`stylize` on the command line: each of its ways with its words for a person at a terminal."""

from __future__ import annotations

import argparse
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.console import Console
from engine.errors import LabError
from engine.fields import changed
from engine.jobs import Event, Job, Progress
from engine.knobs import Box
from engine.style.brush import open_brush
from engine.style.cards import STYLES, StyleCard, read_picture, read_style, style_named
from engine.style.fast import Wish, mixed, repaint, shaped
from engine.style.gatys import Losses, Noted, Painted, paint
from engine.style.keeping import check_name, check_video_name, write_picture
from engine.style.offered import PHOTOS, packaged_photo
from engine.style.settings import StyleSettings
from engine.style.sheet import contact_sheet
from engine.style.videos import paint_video
from engine.text import Text

STILL, VIDEO = 1024, 480  # pixels of the longer side at most, when no size is given
EVERY = 16  # evaluations between two lines of losses
_ONE_STYLE = Text("Name one style for a painting by Gatys’s method.", "게티스 방식의 그림에는 화풍 하나만 쓰세요.")
_FAST_ONLY = Text(
    "A video is painted by the fast painter: add --method fast.",
    "영상은 빠른 화가가 그려요. --method fast를 더해 주세요.",
)
_STEADY = Text("The steadiness must lie between 0 and 0.95.", "안정도는 0에서 0.95 사이여야 해요.")
_STRENGTH = Text("The strength must lie between 0 and 2.", "세기는 0에서 2 사이여야 해요.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. photos: () = those that come with a package. size: 0 = the usual one. settings: of Gatys."""

    photos: tuple[Path, ...]
    styles: tuple[str, ...]
    method: str
    blend: bool
    strength: float
    steady: float
    size: int
    settings: StyleSettings
    out: Path
    as_json: bool


def asked(args: argparse.Namespace) -> Asked:
    """The arguments as values. Raises `LabError` for those that will not do, before anything is computed."""
    assignments = [*args.assignments, *([f"size={args.size}"] if args.size else [])]
    usual = StyleSettings(content_layers=tuple(args.content_layers), style_layers=tuple(args.style_layers))
    settings = changed(usual, assignments)
    words = tuple(card.id for card in STYLES) if args.style == ["all"] else tuple(args.style)
    if args.method == "gatys" and args.blend:
        raise LabError(_ONE_STYLE)
    if not 0 <= args.strength <= 2:
        raise LabError(_STRENGTH)
    if not 0 <= args.steady <= 0.95:
        raise LabError(_STEADY)
    size = settings.size if args.size or any(one.startswith("size=") for one in args.assignments) else 0
    return Asked(
        tuple(args.image),
        words,
        args.method,
        args.blend,
        args.strength,
        args.steady,
        size,
        settings,
        args.out,
        args.json,
    )


def _wish(one: Asked, styles: tuple[str, ...], side: int) -> Wish:
    return Wish(dict.fromkeys(styles, 1.0), one.strength, one.size or side, one.steady)


def _read(path: Path, console: Console) -> np.ndarray:
    picture, note = read_picture(path)
    if note:
        console.say(note)
    return picture


def fast(one: Asked, console: Console) -> dict[str, Any]:
    """One photo by the fast painter; returns what is told of it."""
    check_name(one.out)
    photo, began = _read(one.photos[0], console), time.perf_counter()
    found = console.run(_noted(repaint(photo, _wish(one, one.styles, STILL), Box(None)), console))
    write_picture(one.out, found.picture)
    height, width = found.picture.shape[:2]
    return {
        "file": one.out,
        "width": width,
        "height": height,
        "style": _told(one.styles),
        "method": "fast",
        "strength": one.strength,
        "milliseconds": round(found.milliseconds, 1),
        "backend": found.backend,
        "seconds": round(time.perf_counter() - began, 3),
    }


def video(one: Asked, console: Console) -> dict[str, Any]:
    """A video by the fast painter; returns its figures. Stopped by Ctrl+C, what was written is kept."""
    if one.method != "fast":
        raise LabError(_FAST_ONLY)
    check_video_name(one.out)
    wish = Box(_wish(one, one.styles, VIDEO))
    found: dict[str, Any] = console.run(paint_video(one.photos[0], one.out, wish, Box(None)))
    return {**found, "style": _told(one.styles), "method": "fast", "strength": one.strength}


def sheet(one: Asked, console: Console) -> dict[str, Any]:
    """Every photo in every style as one picture; returns what is told of it."""
    check_name(one.out)
    photos = [_read(path, console) for path in one.photos] or [packaged_photo(name) for name in PHOTOS]
    named = [style_named(word) for word in one.styles]
    titles = [style.title.en if isinstance(style, StyleCard) else style.stem for style in named]
    pictures, brush = [read_style(style) for style in named], open_brush() if one.method == "fast" else None

    def painted(photo: np.ndarray, place: int) -> Generator[Event, None, np.ndarray]:
        if brush is None:
            return (yield from _last_of(paint(photo, pictures[place], one.settings))).picture
        wish = _wish(one, (one.styles[place],), 320)
        code = yield from mixed(brush, wish)
        return brush.paint(shaped(photo, wish.side), code, wish.strength)

    began = time.perf_counter()
    made = console.run(contact_sheet(photos, list(zip(titles, pictures, strict=True)), painted))
    write_picture(one.out, made)
    seconds = round(time.perf_counter() - began, 3)
    about = {"file": one.out, "width": made.shape[1], "height": made.shape[0], "method": one.method}
    return {**about, "photos": len(photos), "styles": len(named), "seconds": seconds}


def _last_of(job: Job) -> Generator[Event, None, Painted]:
    """Gatys's job without its events, but for a sign of life at each."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value
        yield Progress(0, 0)


def _told(styles: tuple[str, ...]) -> Any:
    """A bundled style as its card tells it, another by its name; several as a list."""
    known = {card.id: card.as_json() for card in STYLES}
    told = [known.get(word, word) for word in styles]
    return told[0] if len(told) == 1 else told


def _noted(job: Job, console: Console) -> Job:
    while True:
        try:
            event = next(job)
        except StopIteration as end:
            return end.value
        if isinstance(event, Noted):
            console.say(event.words)
        yield event


def gatys(one: Asked, console: Console) -> dict[str, Any]:
    """One photo by Gatys's method; returns what is told of it. Stopped by Ctrl+C, the best so far is kept."""
    check_name(one.out)
    style = style_named(one.styles[0])
    photo, picture = (
        _read(one.photos[0], console),
        _read(style.path if isinstance(style, StyleCard) else style, console),
    )
    began, kept = time.perf_counter(), _Kept()
    try:
        console.run(_watched(paint(photo, picture, one.settings), kept, console, one.as_json))
    finally:  # Ctrl+C keeps the best so far
        found = _saved(kept, one.out)
    return {**found, "style": _told(one.styles), "method": "gatys", "seconds": round(time.perf_counter() - began, 3)}


class _Kept:
    """What the painting was when it was last seen."""

    painted: Painted | None = None
    losses: Losses | None = None
    evaluations = 0


def _watched(job: Job, kept: _Kept, console: Console, as_json: bool) -> Job:
    """The job's events; the painting is kept, losses are told ten times on the way."""
    for event in _noted(job, console):
        if isinstance(event, Painted):
            kept.painted = event
        elif isinstance(event, Losses):
            kept.losses, kept.evaluations = event, kept.evaluations + 1
            if as_json and event.step % EVERY == 0:
                names = ("step", "content", "style", "smooth", "total")
                console.line({"event": "losses", **{name: getattr(event, name) for name in names}})
        yield event


def _saved(kept: _Kept, out: Path) -> dict[str, Any]:
    if kept.painted is None or kept.losses is None:
        return {}
    write_picture(out, kept.painted.picture)
    height, width = kept.painted.picture.shape[:2]
    losses = {f"{name}_loss": getattr(kept.losses, name) for name in ("content", "style", "smooth", "total")}
    return {"file": out, "width": width, "height": height, "evaluations": kept.evaluations, **losses}
