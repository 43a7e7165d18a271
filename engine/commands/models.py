"""`models`: what networks there are, getting one, importing a model pack."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.commands.progress import telling
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("models", help="weights: list them, get one, import a model pack")
    what = one.add_subparsers(dest="what", required=True)
    listing = what.add_parser("list", help="every model: licence, size, where it is, what it unlocks")
    listing.add_argument("--task", help="only this task: classify, detect, segment …")
    listing.add_argument("--here", action="store_true", help="only what is on this machine")
    getting = what.add_parser("get", help="download one; a cut download goes on")
    getting.add_argument("id", help="the model's id, as models list tells it")
    deleting = what.add_parser("delete", help="delete a downloaded or imported one")
    deleting.add_argument("id", help="the model's id, as models list tells it")
    importing = what.add_parser("import", help="weights from a file, a folder or a zip")
    importing.add_argument("path", type=Path, help="the file, folder or zip")
    for part in (listing, getting, deleting, importing):
        common(part)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    return {"list": _list, "get": _get, "delete": _delete, "import": _import}[args.what](args, console)


def _list(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.cards import unknown
    from engine.models import Where, all_models, place_of
    from engine.text import Text

    tasks = sorted({card.task.value for card in all_models()})
    if args.task and args.task not in tasks:
        raise unknown(Text("task", "과제"), args.task, tasks)
    placed = [(card, place_of(card)) for card in all_models()]
    items = [
        {**card.as_json(), "where": place.where.value, "place": place.path}
        for card, place in placed
        if (not args.task or card.task.value == args.task) and not (args.here and place.where is Where.MISSING)
    ]
    return {"count": len(items), "items": items}


def _get(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.models import get_model, model

    card = model(args.id)
    path = console.run(telling(get_model(card), console))
    return {"id": card.id, "file": path, "bytes": path.stat().st_size}


def _delete(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.models import delete, model, place_of

    card = model(args.id)
    path = place_of(card).path
    console.run(delete(card))
    return {"id": card.id, "file": path}


def _import(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.models import import_pack, place_of

    result = console.run(telling(import_pack(args.path), console))
    for text in result.refused:
        console.say(text)
    items = [{"id": card.id, "place": place_of(card).path} for card in result.cards]
    return {"count": len(items), "items": items, "refused": list(result.refused)}
