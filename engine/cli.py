"""The command line without a window. Names and fields are stable: other programs call them."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any

from engine import __version__
from engine.commands import COMMANDS
from engine.commands.options import check
from engine.console import Console, guarded


def handles(arguments: list[str]) -> bool:
    """True when the first words name a command of the engine; the others open the window."""
    from engine.bench import BENCHES, OVER_ALL

    words = [word for word in arguments if not word.startswith("-") and word not in ("en", "ko")]
    if "--version" in arguments:
        return True
    if words[:1] == ["bench"]:
        return any(word in BENCHES or word in OVER_ALL for word in words[1:])
    return bool(words) and words[0] in COMMANDS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="convoscope", description="The same jobs as in the window.")
    parser.add_argument("--version", action="version", version=f"Convoscope {__version__}")
    parser.add_argument("--lang", choices=("en", "ko"), dest="lang_first", default=None)
    commands = parser.add_subparsers(dest="command", required=True)
    for file in COMMANDS.values():
        import_module(f"engine.commands.{file}").add(commands)
    return parser


def main(arguments: list[str]) -> int:
    """Run one command; returns 0 done, 2 wrong use or bad input, 130 cancelled."""
    args = _parser().parse_args(arguments)
    console = Console(args.lang_first or args.lang, args.json)
    command = import_module(f"engine.commands.{COMMANDS[args.command]}")

    def work() -> dict[str, Any]:
        check(arguments, args)
        result: dict[str, Any] = command.run(args, console)
        return result

    return guarded(console, work)
