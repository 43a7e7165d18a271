"""`experiment`: an experiment of the lectures, from its trainings to its table."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console
from engine.jobs import Job

_NAMES = {
    "row1": "MLP and CNN, pixels as they are and shuffled",
    "dropout": "thinned networks alone and averaged (--model, --members, --p)",
    "skips": "cut skips of a residual network (--model, --cut)",
    "lineage": "LeNet to ResNet counted and timed here",
}


def add(commands: Commands) -> None:
    one = commands.add_parser("experiment", help="run an experiment of the lectures")
    one.add_argument(
        "name", choices=tuple(_NAMES), help="; ".join(f"{name}: {words}" for name, words in _NAMES.items())
    )
    one.add_argument("--data", type=Path)
    one.add_argument("--dataset", default="auto")
    one.add_argument("--epochs", type=float)
    one.add_argument("--seed", type=int, default=7)
    one.add_argument("--model", default="", help="a recipe with bundled weights, a run, or a safetensors file")
    one.add_argument("--members", type=int, default=20, help="masks that are averaged (dropout)")
    one.add_argument("--p", type=float, default=0.5, help="share of neurons switched off (dropout)")
    one.add_argument("--cut", nargs="*", default=[], help="blocks whose skip is cut, or all (skips)")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    ways = {"row1": _row1, "dropout": _dropout, "skips": _skips, "lineage": _lineage}
    return {"experiment": args.name, **ways[args.name](args, console)}


def _dropout(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.masks import Masked, ensemble

    job = ensemble(args.model or "mnist-deep", p=args.p, members=args.members, seed=args.seed, data=args.data)
    found: Masked = console.run(job)
    console.say(found.words)
    return {
        "count": found.count,
        "whole": found.whole,
        "single": list(found.single),
        "together": list(found.together),
        "accuracy": found.together[-1],
    }


def _skips(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.text import Text
    from engine.train.skips import Cut, cut

    found: Cut = console.run(cut(frozenset(), run=args.model, data=args.data))
    names = frozenset(found.blocks if "all" in args.cut else args.cut)
    whole, found = found, console.run(cut(names, run=args.model, data=args.data))
    share = next(iter(found.gradients.values())) / (next(iter(whole.gradients.values())) or 1.0)
    text = Text(
        "{cut} of {all} skips cut: the first layer’s gradient is {share:.1e} of that of the whole network.",
        "건너뛰는 길 {all}개 중 {cut}개를 끊었어요. 첫 층의 기울기는 전체 신경망의 {share:.1e}배예요.",
    )
    console.say(text(cut=len(found.cut), all=len(found.blocks), share=share))
    return {
        "blocks": list(found.blocks),
        "cut": sorted(found.cut),
        "first_gradient_share": share,
        "gradients": found.gradients,
        "accuracy": found.accuracy,
        "whole_accuracy": whole.accuracy,
        "count": found.count,
    }


def _lineage(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.text import Text
    from engine.zoo.lineage import LINE, count_of, time_of

    text = Text(
        "{name} ({year}): {parameters:,} parameters, {macs:,.0f} M multiplications, {ms:.1f} ms a picture here",
        "{name} ({year}): 파라미터 {parameters:,}개, 곱셈 {macs:,.0f}M번, 여기서 그림 한 장에 {ms:.1f}ms",
    )
    rows = []
    for one in LINE:
        counted, timed = console.run(count_of(one.id)), console.run(time_of(one.id))
        row = {"name": one.name, "year": one.year, "parameters": counted.parameters}
        console.say(text(**row, macs=counted.macs / 1e6, ms=timed.milliseconds))
        row |= {"macs": counted.macs, "milliseconds": timed.milliseconds, "count": timed.count, "top5": one.top5}
        rows.append({**row, "threads": timed.threads, "recipe": one.recipe})
    return {"networks": rows}


def _row1(args: argparse.Namespace, console: Console) -> dict[str, Any]:
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
