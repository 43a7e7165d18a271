"""`doctor`: look a data set over for copies, wrong labels, damaged files and more."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("doctor", help="look a data set over: copies, wrong labels, damaged files")
    one.add_argument("id", help="a set's id, or the path of one")
    one.add_argument("--data", type=Path)
    one.add_argument("--split", nargs="*", default=[], help="parts to look at together; all without it")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.commands.progress import telling
    from engine.data import dataset, load
    from engine.data.doctor import examine

    splits = args.split or dataset(args.id).splits
    sets = {split: console.run(load(args.id, split, args.data)) for split in splits}
    found = console.run(telling(examine(sets), console))
    if not args.json:
        for finding in found.findings:
            console.say(finding.as_sentence())
        if not found.findings:
            console.say(found.all_good())
        for sentence in found.unchecked:
            console.say(sentence)
    return {
        "dataset": args.id,
        "splits": {split: len(set_) for split, set_ in sets.items()},
        "count": len(found.findings),
        "checked": [name.en for name in found.checked],
        "seconds": round(found.seconds, 1),
        **(
            {"items": [finding.as_json() for finding in found.findings], "unchecked": found.unchecked}
            if args.json
            else {}
        ),
    }
