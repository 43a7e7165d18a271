"""`explain`: one chapter of how a detector or segmenter works, on a picture, a file for each stage."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from engine.commands.options import Commands, common
from engine.console import Console
from engine.jobs import Job


def add(commands: Commands) -> None:
    from engine.detect.explain.chapters import CHAPTERS

    one = commands.add_parser("explain", help="show stage by stage how a detector or segmenter works on a picture")
    one.add_argument("chapter", choices=[c.id for c in CHAPTERS], help="what is shown")
    one.add_argument("image", type=Path, help="the picture")
    one.add_argument("--out", type=Path, help="folder for a PNG of each stage")
    one.add_argument("--network", default="", help="id of the network; without it the first that is here")
    one.add_argument("--taught", default="faces", help="what R-CNN's SVM learns from: faces, or a data set with boxes")
    one.add_argument("--data", type=Path)
    one.add_argument("--top", type=int, default=120, help="how many proposals are looked at")
    one.add_argument("--least", type=float, default=0.3, help="score from which an answer counts")
    one.add_argument("--margin", type=float, default=0.0, help="margin of the SVM from which an answer counts")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.commands.progress import telling
    from engine.data.pictures import read_rgb
    from engine.detect.explain.chapters import chapter, played
    from engine.detect.explain.films import Ask
    from engine.settings import load

    picture = read_rgb(args.image)
    data = args.data or load()[0].data()
    ask = Ask(picture, args.network, args.taught, data, args.top, args.least, args.margin)
    items: list[dict[str, Any]] = []
    console.run(telling(_kept(played(chapter(args.chapter), ask), args, console, items), console))
    spent = sum(item["milliseconds"] for item in items)
    return {"chapter": args.chapter, "count": len(items), "milliseconds": round(spent, 2), "items": items}


def _kept(job: Job, args: argparse.Namespace, console: Console, items: list[dict[str, Any]]) -> Job:
    """The job's events; every stage is drawn, written, told and noted in `items`."""
    from engine.detect.explain.stage import Stage, drawn

    for event in job:
        if isinstance(event, Stage):
            item: dict[str, Any] = {"stage": event.name, "said": event.said, "milliseconds": event.milliseconds}
            item |= {"boxes": len(event.boxes) if event.boxes else 0, "figures": dict(event.figures)}
            if args.out:
                item["file"] = args.out / f"{len(items):02d}-{_plain(str(event.name))}.png"
                _write(item["file"], drawn(event))
            items.append(item)
            if args.json:
                console.line({"event": "stage", **item})
            else:
                console.say(event.said)
        yield event


def _plain(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def _write(path: Path, picture: np.ndarray) -> None:
    """(H, W, 3) uint8 RGB as a PNG, whole or not at all. Raises `LabError` where it cannot be written."""
    import cv2

    from engine.files import write_bytes

    content = cv2.imencode(".png", picture[..., ::-1])[1]
    write_bytes(path, content.tobytes())
