"""`predict`: ask about pictures; the tasks are in `engine.predict`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console
from engine.predict import TASKS, predictor


def add(commands: Commands) -> None:
    one = commands.add_parser("predict", help="read pictures")
    one.add_argument("task", choices=tuple(TASKS))
    one.add_argument("images", nargs="+", type=Path)
    one.add_argument("--model", default="", help="id of a model; the usual one of the task without it")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    one = predictor(args.task)
    found = []
    for path in args.images:
        result = console.run(one.ask(path, args.model))
        found.append({"file": path, **one.values(result)})
        if not args.json:
            console.say(one.words(result))
    alone = {k: v for k, v in found[0].items() if isinstance(v, int | float | str)} if len(found) == 1 else {}
    return {"count": len(found), "items": found, **alone}
