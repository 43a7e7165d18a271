"""`transfer`: the same network frozen, fine-tuned and from nothing, with few pictures of each class."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.commands.options import Commands, common, for_training
from engine.console import Console
from engine.jobs import Job

if TYPE_CHECKING:
    from engine.train.transfer_curves import Repeated


def add(commands: Commands) -> None:
    one = commands.add_parser("transfer", help="compare frozen, fine-tuned and from nothing with few pictures")
    one.add_argument("recipe", nargs="?", default="transfer-photos")
    one.add_argument(
        "--ways",
        nargs="+",
        default=["scratch", "frozen", "tuned"],
        help="of scratch, frozen, partly, tuned, unlike (frozen, a backbone that has learnt something else)",
    )
    one.add_argument("--images", nargs="+", type=int, default=[10, 50, 200], help="pictures of each class")
    for_training(one, epochs="with 50 pictures of each class")
    one.add_argument("--seed", type=int, nargs="+", help="several repeat it all; figures are then means with spread")
    one.add_argument("--out", type=Path, help="a folder for the runs")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.transfer_curves import Compared, Repeated

    tables = tuple(_compared(args, console, seed) for seed in args.seed or [None])
    found, repeated = tables[0], Repeated(tables)
    assert isinstance(found, Compared)
    for table in tables:
        console.say(table.words)
    if len(tables) > 1:
        _say_means(repeated, args, console)
    return {
        "recipe": found.recipe,
        "dataset": found.dataset,
        "source": found.source,
        "unlike": found.unlike,
        "count": len(tables),
        "cells": [{name: getattr(cell, name) for name in cell.__slots__} for one in tables for cell in one.cells],
        "errors": {way: {str(n): repeated.errors(way, n) for n in args.images} for way in args.ways},
        "times_fewer_errors": {str(n): max(repeated.fewer(n).values(), default=None) for n in args.images},
        "times_fewer_errors_by_way": {str(n): repeated.fewer(n) for n in args.images},
        "words": found.words,
    }


def _compared(args: argparse.Namespace, console: Console, seed: int | None) -> Any:
    from engine.commands.options import settings_for
    from engine.train.transfer_curves import compare

    settings, dataset = settings_for(args, seed)
    several = args.out and len(args.seed or ()) > 1
    job = compare(
        args.recipe,
        settings=settings,
        ways=args.ways,
        counts=args.images,
        data=args.data,
        dataset=dataset,
        device=args.device,
        precision=args.precision,
        below=args.out / f"seed-{seed}" if several else args.out,
    )
    return console.run(_told(job, console))


def _say_means(repeated: Repeated, args: argparse.Namespace, console: Console) -> None:
    from engine.text import Text
    from engine.train.transfer_curves import WAYS

    text = Text(
        "{n} of each class, {way}: {mean:.1f} ± {spread:.1f}\u2009% wrong (mean ± sd of {count})",
        "클래스마다 {n}장, {way}: 오류 {mean:.1f} ± {spread:.1f}\u2009% ({count}번의 평균 ± 표준편차)",
    )
    for n in args.images:
        for way in args.ways:
            mean, spread = repeated.errors(way, n)
            values = {"mean": 100 * mean, "spread": 100 * spread, "count": len(repeated.tables)}
            console.say(text(n=n, way=WAYS[way], **values))


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
