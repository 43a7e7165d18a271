"""`experiment`: an experiment of the lectures, from its trainings to its table."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console
from engine.jobs import Job


def add(commands: Commands) -> None:
    one = commands.add_parser("experiment", help="run an experiment of the lectures")
    one.add_argument("name", choices=("row1",), help="row1: MLP and CNN, pixels as they are and shuffled")
    one.add_argument("--data", type=Path, help="folder of data sets")
    one.add_argument("--dataset", default="auto")
    one.add_argument("--epochs", type=float)
    one.add_argument("--seed", type=int, default=7)
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.experiments import Row1, row1

    job = row1(data=args.data, dataset=args.dataset, epochs=args.epochs, seed=args.seed)
    found: Row1 = console.run(_told(job, console))
    console.say(found.words)
    cells = [{name: getattr(cell, name) for name in cell.__slots__} for cell in found.cells]
    lost = {
        network.lower(): found.cell(network, False).accuracy - found.cell(network, True).accuracy
        for network in ("MLP", "CNN")
    }
    return {
        "experiment": args.name,
        "dataset": found.dataset,
        "mlp_lost": lost["mlp"],
        "cnn_lost": lost["cnn"],
        "count": found.cells[0].count,
        "words": found.words,
        "cells": cells,
    }


def _told(job: Job, console: Console) -> Job:
    """`job` with a line for each finished training."""
    from engine.text import Text
    from engine.train.experiments import Cell

    text = Text(
        "{network}, {kind}: {percent:.2f}\u2009% on {count:,} test pictures, {parameters:,} parameters, {seconds:.0f} s",
        "{network}, {kind}: 시험 그림 {count:,}장에서 {percent:.2f}\u2009%, 파라미터 {parameters:,}개, {seconds:.0f}초",
    )
    kinds = {False: Text("as they are", "그대로"), True: Text("shuffled", "섞음")}
    try:
        while True:
            event = next(job)
            if isinstance(event, Cell):
                values = {name: getattr(event, name) for name in event.__slots__}
                console.say(text(kind=kinds[event.shuffled], percent=100 * event.accuracy, **values))
            yield event
    except StopIteration as end:
        return end.value
    finally:
        job.close()
