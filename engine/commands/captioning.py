"""`caption`: tell photographs in words; many at once into a CSV or JSON file, or onto one sheet."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("caption", help="tell photographs in words")
    one.add_argument("images", nargs="+", type=Path, help="photographs, or folders of them")
    one.add_argument("--model", default="nic", help="nic, nic-attention, blip, a run’s folder or name, or a file")
    one.add_argument("--method", choices=("greedy", "beam", "sample"), default="beam", help="how words are chosen")
    one.add_argument("--width", type=int, default=3, help="beams, 1 to 10")
    one.add_argument("--temperature", type=float, default=0.8, help="of sampling, 0.1 to 3")
    one.add_argument("--seed", type=int, default=0, help="of sampling")
    one.add_argument("--start", default="", help="words to begin with: the network goes on")
    one.add_argument("--out", type=Path, help="write all sentences to this .csv or .json")
    one.add_argument("--sheet", type=Path, help="a contact sheet of the photographs with their sentences (.png, .jpg)")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.caption.batch import captions, check_names, files_in
    from engine.caption.keeping import write_captions, write_sheet

    check_names(args.out, args.sheet)
    files = files_in(args.images)
    job = captions(
        files,
        model=args.model,
        method=args.method,
        width=args.width,
        temperature=args.temperature,
        seed=args.seed,
        start=args.start,
        alone=len(args.images) == len(files) == 1,
    )
    found = console.run(job)
    if not args.json:
        for one in found.items:
            console.say(one.words())
    for path, write in ((args.out, write_captions), (args.sheet, write_sheet)):
        if path:
            write(path, found.items)
    items = [one.as_json() for one in found.items]
    only = {k: v for k, v in items[0].items() if isinstance(v, int | float | str)} if len(items) == 1 else {}
    told = {"out": args.out, "sheet": args.sheet}
    return {
        "count": len(items),
        "model": args.model,
        "items": items if args.json else [],
        "unreadable": [{"file": path, "why": why} for path, why in found.unreadable],
        **only,
        **{name: path for name, path in told.items() if path},
    }
