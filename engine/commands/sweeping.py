"""`sweep`: train a recipe many times with settings varied over a grid or drawn at random."""

from __future__ import annotations

import argparse
from typing import Any

from engine.commands.options import Commands, common, for_training, settings_for
from engine.commands.rows import as_lines
from engine.console import Console
from engine.jobs import Event


def add(commands: Commands) -> None:
    one = commands.add_parser("sweep", help="train a recipe with settings varied over a grid or drawn at random")
    one.add_argument("recipe")
    one.add_argument(
        "--grid", nargs="*", default=[], action="extend", metavar="KEY=A,B", help="every value that is named"
    )
    one.add_argument(
        "--random", nargs="*", default=[], action="extend", metavar="KEY=LOW..HIGH", help="drawn between the two"
    )
    one.add_argument("--runs", type=int, default=10, help="drawn settings for each point of the grid")
    one.add_argument("--seed", type=int, default=0, help="of the drawing; the training's own is --set seed=…")
    one.add_argument("--seconds", type=float, help="stop each run after this much training")
    for_training(one)
    one.add_argument("--queue", action="store_true", help="only put the runs into the queue")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.queue import add as enqueue
    from engine.train.queue import new_item
    from engine.train.sweep import axis, new_group, plan_sweep, sweep

    settings, dataset = settings_for(args)
    grid = [axis(settings, words) for words in args.grid]
    random = [axis(settings, words, random=True) for words in args.random]
    plans = plan_sweep(settings, grid=grid, random=random, runs=args.runs, seed=args.seed)
    place = {"dataset": dataset, "device": args.device, "precision": args.precision}
    group = new_group()
    if args.queue:
        more = {**place, "data": str(args.data.absolute()) if args.data else "", "group": group}
        enqueue([new_item(args.recipe, one.settings, varied=one.varied, **more) for one in plans])
        return {"count": len(plans), "group": group, "queued": len(plans)}
    told = _Told(console)
    job = sweep(args.recipe, plans, data=args.data, seconds=args.seconds, group=group, **place)
    return _result(told.run(job), console, group)


class _Told(Console):
    """The console of a sweep: says which run begins, and of each run only its checks."""

    def __init__(self, console: Console) -> None:
        super().__init__(console.lang, console.as_json)

    def event(self, event: Event) -> None:
        from engine.text import Text
        from engine.train.sweep import SweepTurn

        if not isinstance(event, SweepTurn):
            super().event(event)
        elif self.as_json:
            self.line({"event": "sweepturn", "number": event.number, "count": event.count, "varied": event.varied})
        else:
            words = ", ".join(f"{name}={value}" for name, value in event.varied.items())
            text = Text("Run {n} of {count}: {words}", "실행 {n}/{count}: {words}")
            self.say(text(n=event.number, count=event.count, words=words))


def _result(rows: Any, console: Console, group: str) -> dict[str, Any]:
    items = [
        {**row.varied, "state": row.state, "held_out_accuracy": row.held_out_accuracy, "accuracy": row.accuracy}
        | {"seconds": row.seconds, "folder": row.folder, "metric": row.metric, "error": row.error}
        for row in rows
    ]
    best = items[0]
    found = {
        "count": len(items),
        "failed": sum(row.state == "failed" for row in rows),
        "group": group,
        "best": best["folder"],
        "best_settings": dict(rows[0].varied),
        "accuracy": best["accuracy"],
        "held_out_accuracy": best["held_out_accuracy"],
        "seconds": sum(row.seconds for row in rows),
    }
    if console.as_json:
        return {**found, "items": items}
    names = [*rows[0].varied, "state", "held_out_accuracy", "accuracy", "seconds"]
    print("\n".join(as_lines(items, names)))
    return found
