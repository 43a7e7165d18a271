"""`queue`: trainings that wait for their turn."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.commands.options import Commands, common, for_training, settings_for
from engine.commands.rows import as_lines
from engine.console import Console
from engine.jobs import Event

if TYPE_CHECKING:
    from engine.train.queue import QueueItem

_COLUMNS = ("id", "recipe", "dataset", "state", "varied", "folder", "error")


def add(commands: Commands) -> None:
    one = commands.add_parser("queue", help="trainings that wait for their turn")
    acts = one.add_subparsers(dest="act", required=True)
    add_one = acts.add_parser("add", help="put a training at the end")
    add_one.add_argument("recipe")
    for_training(add_one)
    lists = acts.add_parser("list", help="what waits, runs and has ended")
    runs = acts.add_parser("run", help="train what waits, one after another")
    move = acts.add_parser("move", help="let an item wait for a shorter or longer time")
    move.add_argument("id", help="the item's id, as queue list tells it")
    move.add_argument("by", type=int, help="places; below 0 is earlier")
    remove = acts.add_parser("remove", help="take items out")
    remove.add_argument("id", nargs="+", help="the items' ids, as queue list tells them")
    clear = acts.add_parser("clear", help="take all out but the one that runs")
    clear.add_argument("--ended", action="store_true", help="only those that have ended")
    for each in (add_one, lists, runs, move, remove, clear):
        common(each)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train import queue

    if args.act == "add":
        settings, dataset = settings_for(args)
        data = str(args.data.absolute()) if args.data else ""
        place = {"dataset": dataset, "device": args.device, "precision": args.precision, "data": data}
        item = queue.new_item(args.recipe, settings, **place)
        return _told(queue.add([item]), console) | {"id": item.id}
    if args.act == "run":
        ended = _Told(console).run(queue.run_queue())
        return _told(ended, console) | {"failed": sum(item.state == "failed" for item in ended)}
    if args.act in ("move", "remove"):
        _check_ids([args.id] if args.act == "move" else args.id)
    if args.act == "move":
        return _told(queue.move(args.id, args.by), console)
    if args.act == "remove":
        return _told(queue.remove(args.id), console)
    if args.act == "clear":
        return _told(queue.clear(ended_only=args.ended), console)
    return _told(queue.read_queue(), console)


def _check_ids(ids: Sequence[str]) -> None:
    """Raises `LabError` for the first that waits, runs or has ended under no such name."""
    from engine.cards import unknown
    from engine.text import Text
    from engine.train.queue import read_queue

    known = [item.id for item in read_queue()]
    for id in ids:
        if id not in known:
            raise unknown(Text("queued training", "대기열"), id, known)


class _Told(Console):
    """The console of a queue: says which item begins and how it ended."""

    def __init__(self, console: Console) -> None:
        super().__init__(console.lang, console.as_json)

    def event(self, event: Event) -> None:
        from engine.text import same
        from engine.train.queue import QueueMoved

        if not isinstance(event, QueueMoved):
            super().event(event)
        elif self.as_json:
            self.line({"event": "queuemoved", **_values(event.item)})
        else:
            text = same("{id} {recipe}: {state}")
            self.say(text(id=event.item.id, recipe=event.item.recipe, state=event.item.state))
            if event.item.error:
                self.say(event.item.error)


def _values(item: QueueItem) -> dict[str, Any]:
    names = ("id", "recipe", "dataset", "state", "folder", "group", "varied", "error", "settings", "added")
    return {name: getattr(item, name) for name in names}


def _told(items: Sequence[QueueItem], console: Console) -> dict[str, Any]:
    counts = {"count": len(items), "waiting": sum(item.waits for item in items)}
    if console.as_json:
        return {**counts, "items": [_values(item) for item in items]}
    rows = [_values(item) for item in items]
    for row, item in zip(rows, items, strict=True):
        row["error"] = item.error.render(console.lang) if item.error else None
        row["varied"] = [f"{name}={value}" for name, value in item.varied.items()]
    if rows:
        print("\n".join(as_lines(rows, _COLUMNS)))
    return counts
