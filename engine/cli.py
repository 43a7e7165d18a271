"""The command line without a window. Names and fields are stable: other programs call them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from engine import __version__
from engine.commands import COMMANDS
from engine.commands.options import Commands, check
from engine.commands.parser import Parser, parse
from engine.console import Console, guarded


def handles(arguments: list[str]) -> bool:
    """True when the first words name a command of the engine; the others open the window."""
    from engine.bench import BENCHES, IN_WINDOW, OVER_ALL

    words = [word for word in arguments if not word.startswith("-") and word not in ("en", "ko")]
    if "--version" in arguments:
        return True
    if words[:1] == ["bench"]:
        ours = any(word in BENCHES or word in OVER_ALL for word in words[1:])
        return ours or not any(word in IN_WINDOW for word in words[1:])
    return bool(words) and words[0] in COMMANDS


def parser_of_all() -> Parser:
    """What reads the words of every command that needs no window."""
    parser = Parser(prog="convoscope", description="The same jobs as in the window.")
    parser.add_argument("--version", action="version", version=f"Convoscope {__version__}")
    parser.add_argument("--lang", choices=("en", "ko"), default="en")
    add_commands(parser.add_subparsers(dest="command", metavar="COMMAND", required=True))
    return parser


def add_commands(commands: Commands) -> None:
    """Declare every command of the engine."""
    for file in COMMANDS.values():
        import_module(f"engine.commands.{file}").add(commands)


def main(arguments: list[str]) -> int:
    """Run one command; returns 0 done, 2 wrong use or bad input, 130 cancelled."""
    args = parse(parser_of_all(), arguments)
    console = Console(args.lang, args.json)
    command = import_module(f"engine.commands.{COMMANDS[args.command]}")

    def work() -> dict[str, Any]:
        check(args)
        result: dict[str, Any] = command.run(args, console)
        return result

    return guarded(console, work)
