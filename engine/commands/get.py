"""`get`: bring the official files of a data set onto this machine."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.commands.progress import telling
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("get", help="download the official files of a data set")
    one.add_argument("what", choices=("dataset",), help="what to get")
    one.add_argument("id", help="the set's id, as datasets list tells it")
    one.add_argument("--data", type=Path)
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.data.sources import get_dataset, source

    folder = console.run(telling(get_dataset(args.id, root=args.data), console))
    found = source(args.id)
    assert found
    return {"id": found.id, "place": folder, "bytes": found.bytes, "data_licence": found.licence}
