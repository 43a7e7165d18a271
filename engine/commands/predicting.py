"""`predict`: ask about pictures; the tasks are in `engine.predict`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands import live_predicting
from engine.commands.options import Commands, common
from engine.console import Console, plain
from engine.errors import LabError
from engine.predict import TASKS, Predictor, predictor
from engine.text import Text


def add(commands: Commands) -> None:
    one = commands.add_parser("predict", help="read pictures")
    one.add_argument("task", choices=(*TASKS, *live_predicting.ALWAYS), help="what is read")
    one.add_argument("images", nargs="+", type=live_predicting.word, help="pictures; videos, folders, cameras, streams")
    one.add_argument("--model", default="", help="id of a model, or a run; the usual one of the task without it")
    one.add_argument("--out", type=Path, help="folder for pictures with the answers over them, and results.json")
    live_predicting.add_options(one)
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    if live_predicting.wants(args):
        return live_predicting.run(args, console)
    one = predictor(args.task)
    if args.out and one.draw is None:
        text = Text(
            "There is nothing to draw for “{task}”; leave --out away.",
            "‘{task}’에는 그릴 것이 없어요. --out을 빼 주세요.",
        )
        raise LabError(text(task=args.task))
    items: list[dict[str, Any]] = []
    results: list[dict[str, Any]] = []
    for number, path in enumerate(args.images, start=1):
        found = console.run(one.ask(path, args.model))
        item = {"file": path, **one.values(found)}
        if one.coco is not None:
            item["image_id"] = number
            results += one.coco(found, number)
        if args.out and one.draw is not None:
            item["picture"] = args.out / f"{number:03d}-{path.stem}.png"
            one.draw(found, item["picture"])
        items.append(item)
        if not args.json:
            console.say(one.words(found))
    return {**_told(items), **_coco(args, one, items, results)}


def _told(items: list[dict[str, Any]]) -> dict[str, Any]:
    """The pictures, and of a single one its figures at the top level."""
    alone = {k: v for k, v in items[0].items() if isinstance(v, int | float | str)} if len(items) == 1 else {}
    return {"count": len(items), "items": items, **alone}


def _coco(
    args: argparse.Namespace, one: Predictor, items: list[dict[str, Any]], results: list[dict[str, Any]]
) -> dict[str, Any]:
    """COCO's results, written to --out as well; the pictures' numbers are their `image_id`."""
    if one.coco is None:
        return {}
    if args.out:
        import json

        from engine.files import write_bytes

        write_bytes(args.out / "results.json", json.dumps(plain(results)).encode())
    return {"results": results} if args.json else {}
