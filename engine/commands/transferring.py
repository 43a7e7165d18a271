"""`transfer`: the same network frozen, fine-tuned and from nothing, with few pictures of each class."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console
from engine.jobs import Job


def add(commands: Commands) -> None:
    one = commands.add_parser("transfer", help="compare frozen, fine-tuned and from nothing with few pictures")
    one.add_argument("recipe", nargs="?", default="transfer-photos")
    one.add_argument("--ways", nargs="+", default=["scratch", "frozen", "tuned"])
    one.add_argument("--images", nargs="+", type=int, default=[10, 50, 200], help="pictures of each class")
    one.add_argument("--data", type=Path, help="folder of data sets")
    one.add_argument("--dataset", default="auto")
    one.add_argument("--epochs", type=float, help="with 50 pictures of each class")
    one.add_argument("--set", nargs="*", default=[], action="extend", metavar="KEY=VALUE", dest="assignments")
    one.add_argument("--seed", type=int)
    one.add_argument("--device", default="auto")
    one.add_argument("--precision", default="auto")
    one.add_argument("--out", type=Path, help="a folder for the runs")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.commands.options import settings_for
    from engine.train.transfer_curves import Compared, compare

    settings, dataset = settings_for(args, args.seed)
    job = compare(
        args.recipe,
        settings=settings,
        ways=args.ways,
        counts=args.images,
        data=args.data,
        dataset=dataset,
        device=args.device,
        precision=args.precision,
        below=args.out,
    )
    found: Compared = console.run(_told(job, console))
    console.say(found.words)
    return {
        "recipe": found.recipe,
        "dataset": found.dataset,
        "source": found.source,
        "cells": [{name: getattr(cell, name) for name in cell.__slots__} for cell in found.cells],
        "times_fewer_errors": {str(n): found.fewer(n) for n in args.images},
        "words": found.words,
    }


def _told(job: Job, console: Console) -> Job:
    """`job` with a line for each finished training."""
    from engine.text import Text
    from engine.train.transfer_curves import WAYS, WayDone

    text = Text(
        "{n} of each class, {way}: {percent:.1f}\u2009% of {count:,} pictures, {seconds:.0f} s",
        "클래스마다 {n}장, {way}: 그림 {count:,}장 중 {percent:.1f}\u2009%, {seconds:.0f}초",
    )
    try:
        while True:
            event = next(job)
            if isinstance(event, WayDone):
                values = {"percent": 100 * event.accuracy, "count": event.count, "seconds": event.seconds}
                console.say(text(n=event.per_class, way=WAYS[event.way], **values))
            yield event
    except StopIteration as end:
        return end.value
    finally:
        job.close()
