"""`predict`: read pictures."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("predict", help="read pictures")
    one.add_argument("task", choices=("digit",))
    one.add_argument("images", nargs="+", type=Path)
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.data.pictures import ink_of, read_grey
    from engine.read import read_digit, sentence

    found = []
    for path in args.images:
        reading = console.run(read_digit(ink_of(read_grey(path))))
        words = sentence(reading.probabilities)
        digit = int(reading.probabilities.argmax())
        found.append(
            {
                "file": path,
                "digit": digit,
                "confidence": float(reading.probabilities[digit]),
                "probabilities": reading.probabilities,
            }
        )
        if not args.json:
            console.say(words)
    return {
        "count": len(found),
        "items": found,
        **({k: found[0][k] for k in ("digit", "confidence")} if len(found) == 1 else {}),
    }
