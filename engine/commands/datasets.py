"""`datasets`: what sets there are, opening, describing, writing and splitting them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.commands.options import Commands, common
from engine.console import Console

if TYPE_CHECKING:
    from engine.data import AnySet


def add(commands: Commands) -> None:
    one = commands.add_parser("datasets", help="open, describe, write and split sets")
    verbs = one.add_subparsers(dest="verb", required=True)
    _verb(verbs, "list", "what sets there are")
    _verb(verbs, "open", "open a folder, a file or an archive").add_argument(
        "path", type=Path, help="the folder, file or archive"
    )
    for verb, words in (("info", "what a set holds"), ("export", "write a set in another form")):
        parser = _verb(verbs, verb, words)
        parser.add_argument("id", help="a set's id, or the path of one")
        parser.add_argument("--split", help="one part; all when not named")
        if verb == "export":
            parser.add_argument("--form", required=True, help="the form to write; an unknown one lists them")
            parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the new folder")
            parser.add_argument("--parts", type=Path, metavar="FILE", help="parts that `datasets split` made")
            parser.add_argument("--marks-only", action="store_true", help="leave the pictures where they are")
    split = _verb(verbs, "split", "make parts of a set")
    split.add_argument("id", help="a set's id, or the path of one")
    split.add_argument("--split", help="the part to take apart; the first when not named")
    split.add_argument(
        "--shares", default="train=0.8,val=0.2", metavar="train=.8,val=.2", help="names and shares of the parts"
    )
    split.add_argument(
        "--by", choices=("class", "group", "random"), default="class", help="what each part gets its share of"
    )
    split.add_argument("--seed", type=int, default=0)
    split.add_argument("--out", type=Path, required=True, metavar="FILE", help="the .json that holds the parts")
    _verb(verbs, "forget", "take an opened place off the list").add_argument(
        "id", help="the set's id, as datasets list tells it"
    )
    _verb(verbs, "get", "download a set from its official source").add_argument(
        "id", help="the set's id, as datasets list tells it"
    )


def _verb(verbs: Any, name: str, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=words)
    parser.add_argument("--data", type=Path)
    common(parser)
    return parser


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    verbs = {
        "list": _list,
        "open": _open,
        "info": _info,
        "export": _export,
        "split": _split,
        "forget": _forget,
        "get": _get,
    }
    return verbs[args.verb](args, console)


def _list(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.data import all_datasets

    items = [
        {
            **card.card.as_json(),
            "splits": dict(zip(card.splits, card.counts, strict=True)) if card.counts else list(card.splits),
            "bundled": card.bundled,
            "place": card.find(_root(args)),
        }
        for card in all_datasets()
    ]
    return {"count": len(items), "items": items}


def _root(args: argparse.Namespace) -> Path | None:
    from engine.settings import load

    return args.data or load()[0].data()


def _open(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.commands.progress import telling
    from engine.data.opened import open_place

    cards = console.run(telling(open_place(args.path), console))
    items = [{"id": c.id, "task": c.card.task.value, "splits": list(c.splits), "place": c.find(None)} for c in cards]
    return {"count": len(items), "id": cards[0].id, "items": items}


def _sets(args: argparse.Namespace, console: Console) -> list[AnySet]:
    """The named parts of the set, all of them when none is named."""
    from engine.data import all_datasets, dataset, load
    from engine.data.opened import open_place

    id = args.id
    if id not in {card.id for card in all_datasets()} and Path(id).exists():
        id = console.run(open_place(Path(id)))[0].id
    parts = [args.split] if args.split else dataset(id).splits
    return [console.run(load(id, part, args.data)) for part in parts]


def _info(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.data.described import figures_of

    sets = _sets(args, console)
    items = [{"split": one.split, **figures_of(one)} for one in sets]
    whole: dict[str, Any] = dict(items[0]) if len(items) == 1 else {"id": sets[0].id}
    if len(items) > 1:
        whole |= {"splits": {item["split"]: item["count"] for item in items}, "classes": items[0]["classes"]}
        whole["count"] = sum(item["count"] for item in items)
        objects = [item["objects"] for item in items if "objects" in item]
        if objects:
            whole |= {"objects": sum(objects), "objects_per_picture": sum(objects) / max(1, whole["count"])}
    return {**whole, "items": items}


def _export(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.commands.progress import telling
    from engine.data.export import export
    from engine.data.split import load_split

    sets = _sets(args, console)
    if args.parts:
        parts = load_split(args.parts, sets[0])
        sets = [sets[0].part(indices, name) for name, indices in parts.items()]
    places, counts = [], {}
    for one in sets:
        places.append(console.run(telling(export(one, args.form, args.out, pictures=not args.marks_only), console)))
        counts[one.split] = len(one)
    return {"place": places[-1], "form": args.form, "count": sum(counts.values()), "splits": counts}


def _split(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.data import dataset
    from engine.data.split import make_split, parse_shares, save_split

    shares = parse_shares(args.shares)
    if not args.split and not Path(args.id).exists():
        args.split = dataset(args.id).splits[0]
    one = _sets(args, console)[0]
    parts = make_split(one, shares, seed=args.seed, by=args.by)
    save_split(args.out, one, parts, seed=args.seed, by=args.by)
    counts = {name: len(indices) for name, indices in parts.items()}
    return {"file": args.out, "count": sum(counts.values()), "splits": counts, "seed": args.seed, "by": args.by}


def _forget(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.data.opened import forget

    forget(args.id)
    return {"id": args.id, "count": 1}


def _get(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.commands.get import run as get

    return get(args, console)
