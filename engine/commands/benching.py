"""`bench`: measure this machine."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("bench", help="measure this machine")
    one.add_argument("name")
    one.add_argument("--data", type=Path)
    one.add_argument("--repeats", type=int, default=5)
    one.add_argument("--quick", action="store_true", help="fewer cases, for those that know what that is")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.bench import BENCHES

    more = {"quick": True} if args.quick else {}
    return BENCHES[args.name](data=args.data, repeats=args.repeats, say=console.say, **more)
