"""`race`: two settings on the same pictures from the same starting weights."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common, for_training, settings_for
from engine.console import Console
from engine.jobs import Event


def add(commands: Commands) -> None:
    one = commands.add_parser("race", help="two settings on the same pictures from the same starting weights")
    one.add_argument("recipe")
    one.add_argument("--a", nargs="*", default=[], action="extend", metavar="KEY=VALUE", help="settings of side A")
    one.add_argument("--b", nargs="*", default=[], action="extend", metavar="KEY=VALUE", help="settings of side B")
    one.add_argument("--pair", default="", help="a question of the lectures: residual, grey, dropout, optimizer, …")
    one.add_argument("--seed", type=int)
    one.add_argument("--seconds", type=float, help="stop after this much training of each side")
    for_training(one)
    one.add_argument("--out", type=Path, help="folder of the two runs")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.fields import changed
    from engine.train.pairs import sides
    from engine.train.race import race

    both, dataset = settings_for(args, args.seed)
    a, b = sides(args.pair, both) if args.pair else (both, both)
    job = race(
        args.recipe,
        changed(a, args.a),
        changed(b, args.b),
        data=args.data,
        dataset=dataset,
        device=args.device,
        precision=args.precision,
        seconds=args.seconds,
        out=args.out,
    )
    told = _Told(console)
    end = told.run(job)
    console.say(end.words)
    return {
        "recipe": args.recipe,
        "accuracy_a": end.a and end.a.accuracy,
        "accuracy_b": end.b and end.b.accuracy,
        "difference": end.difference,
        "only_a": end.only_a,
        "only_b": end.only_b,
        "p_value": end.p,
        "varied": {name: list(values) for name, values in end.varied.items()},
        "held_out_accuracy_a": end.a and end.a.held_out_accuracy,
        "held_out_accuracy_b": end.b and end.b.held_out_accuracy,
        "steps": max((side.steps for side in (end.a, end.b) if side), default=0),
        "seconds": sum(side.seconds for side in (end.a, end.b) if side),
        "test_count": max((side.test_count for side in (end.a, end.b) if side), default=0),
        "costs": [dataclasses.asdict(one) for one in end.costs] if end.costs else None,
        "folder_a": end.a and end.a.folder,
        "folder_b": end.b and end.b.folder,
        "words": end.words,
    }


class _Told(Console):
    """The console of a race: every line says whose it is."""

    def __init__(self, console: Console) -> None:
        super().__init__(console.lang, console.as_json)
        self._side = ""

    def event(self, event: Event) -> None:
        from engine.train.race import Raced

        if isinstance(event, Raced):
            self._side = event.side
            super().event(event.event)
        else:
            super().event(event)

    def line(self, values: dict[str, Any]) -> None:
        super().line({**values, "side": self._side} if self._side else values)
