"""`bundle`: make a finished run's weights the ones that ship."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("bundle", help="make a finished run's weights the ones that ship")
    one.add_argument("run", type=Path)
    one.add_argument("--out", type=Path, help="folder; resources/models without it")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.zoo.bundle import bundle

    card: dict[str, Any] = console.run(bundle(args.run, to=args.out))
    return card
