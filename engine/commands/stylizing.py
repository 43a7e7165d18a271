"""`stylize`: repaint a photo in the manner of a picture."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.commands.options import Commands, common
from engine.console import Console
from engine.jobs import Job

if TYPE_CHECKING:
    from engine.style.gatys import Losses, Painted


def add(commands: Commands) -> None:
    one = commands.add_parser("stylize", help="repaint a photo in the manner of a picture")
    one.add_argument("image", type=Path)
    one.add_argument("--style", required=True, help="id of a bundled style (an unknown one lists them), or a file")
    one.add_argument("--method", choices=("gatys",), default="gatys")
    one.add_argument("--size", type=int, help="longer side in pixels, up to 2048")
    one.add_argument("--set", nargs="*", default=[], action="extend", metavar="KEY=VALUE", dest="assignments")
    one.add_argument("--content-layers", nargs="+", default=[], metavar="LAYER")
    one.add_argument("--style-layers", nargs="+", default=[], metavar="LAYER")
    one.add_argument("--out", type=Path, required=True, help="the painting, .png or .jpg")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.devices import choose
    from engine.fields import changed
    from engine.style.cards import read_picture, style_named
    from engine.style.gatys import paint
    from engine.style.keeping import check_name
    from engine.style.settings import StyleSettings

    check_name(args.out)
    assignments = [*args.assignments, *([f"size={args.size}"] if args.size else [])]
    usual = StyleSettings(content_layers=tuple(args.content_layers), style_layers=tuple(args.style_layers))
    settings = changed(usual, assignments)
    style = style_named(args.style)
    photo, photo_note = read_picture(args.image)
    picture, style_note = read_picture(style if isinstance(style, Path) else style.path)
    for note in (photo_note, style_note):
        if note:
            console.say(note)
    _threads(choose().threads)
    began, kept = time.perf_counter(), _Kept()
    try:
        console.run(_watched(paint(photo, picture, settings), kept, console, args.json))
    finally:  # Ctrl+C keeps the best so far
        found = _saved(kept, args)
    style_told = str(style) if isinstance(style, Path) else style.as_json()
    return {**found, "style": style_told, "method": "gatys", "seconds": round(time.perf_counter() - began, 3)}


class _Kept:
    """What the painting was when it was last seen."""

    painted: Painted | None = None
    losses: Losses | None = None
    evaluations = 0


def _watched(job: Job, kept: _Kept, console: Console, as_json: bool) -> Job:
    """The job's events; the painting is kept, losses are told ten times on the way."""
    from engine.style.gatys import Losses, Noted, Painted

    for event in job:
        if isinstance(event, Noted):
            console.say(event.words)
        elif isinstance(event, Painted):
            kept.painted = event
        elif isinstance(event, Losses):
            kept.losses, kept.evaluations = event, kept.evaluations + 1
            if as_json and event.step % 16 == 0:
                console.line(
                    {
                        "event": "losses",
                        **{n: getattr(event, n) for n in ("step", "content", "style", "smooth", "total")},
                    }
                )
        yield event


def _saved(kept: _Kept, args: argparse.Namespace) -> dict[str, Any]:
    from engine.style.keeping import write_picture

    if kept.painted is None or kept.losses is None:
        return {}
    write_picture(args.out, kept.painted.picture)
    height, width = kept.painted.picture.shape[:2]
    losses = {f"{name}_loss": getattr(kept.losses, name) for name in ("content", "style", "smooth", "total")}
    return {"file": args.out, "width": width, "height": height, "evaluations": kept.evaluations, **losses}


def _threads(count: int) -> None:
    import torch

    if count:
        torch.set_num_threads(count)
