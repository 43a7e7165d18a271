"""`predict` on what moves: videos, folders, cameras, streams, the screen and the tour, frame by frame."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.parser import place
from engine.console import Console

ALWAYS = ("faces", "digits", "keypoints")  # tasks that only the live overlays know
ALSO = ("classify", "detect", "segment")  # of pictures in `engine.predict`, of everything else here


def add_options(parser: argparse.ArgumentParser) -> None:
    """What a source that moves understands besides."""
    parser.add_argument("--every", type=int, default=1, metavar="N", help="of a video, see every N-th frame")
    parser.add_argument("--frames", type=int, default=0, metavar="N", help="stop after N frames; for what never ends")
    parser.add_argument("--score", type=float, default=0.35, help="the least score of a box")


def word(text: str) -> Path | str:
    """One source of the command line: a path, or an address, which as a path would lose a slash."""
    return text if "://" in text else place(text)


def wants(args: argparse.Namespace) -> bool:
    """True when this is about a source that moves, a task or model that pictures alone do not have, or names drawn."""
    from engine.live.stills_read import SUFFIXES

    words = [str(one) for one in args.images]
    moves = args.every > 1 or any("://" in w or Path(w).suffix.lower() not in SUFFIXES for w in words)
    drawn = args.task == "classify" and args.out is not None
    brought = Path(args.model).suffix.lower() == ".onnx"
    return args.task in ALWAYS or (args.task in ALSO and (moves or drawn or brought))


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    """See every source in turn; one JSON line a frame, the figures last."""
    from engine.live.overlays import Kind
    from engine.live.predicting import Asked, predict

    def tell(values: dict[str, Any]) -> None:
        if args.json:
            console.line({"event": "frame", **values})

    found: list[dict[str, Any]] = []
    several = len(args.images) > 1
    for number, one in enumerate(args.images, start=1):
        out = args.out / f"{number:03d}-{Path(str(one)).stem}" if args.out and several else args.out
        asked = Asked(str(one), args.model, out, args.every, args.frames, args.score)
        figures = console.run(predict(Kind(args.task), asked, tell))
        found.append({"source": str(one), **figures})
    return {"count": len(found), **found[0]} if not several else {"count": len(found), "items": found}
