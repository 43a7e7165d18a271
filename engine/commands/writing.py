"""`write`: go on with a text, one character after the other, and tell what was likeliest to follow (lecture row 97)."""

from __future__ import annotations

import argparse
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console

LENGTHS = (0, 5000)  # characters


def add(commands: Commands) -> None:
    one = commands.add_parser("write", help="go on with a text in Korean or English, character by character")
    one.add_argument("start", nargs="?", default="", help="the text to go on with; none begins a paragraph")
    one.add_argument("--model", default="rnn-text", help="rnn-text, a run’s folder or name, or a file")
    one.add_argument("--temperature", type=float, default=0.7, help="0.1 to 3; below 1 the likely grow likelier")
    one.add_argument("--length", type=int, default=200, help="characters to write, 0 to 5000")
    one.add_argument("--seed", type=int, default=0)
    one.add_argument("--asked", default="", help="how likely is it that this character follows?")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.caption.batch import TEMPERATURES, between
    from engine.caption.session import what_follows, write_on
    from engine.text import Text, same

    between("temperature", args.temperature, TEMPERATURES)
    between("length", args.length, LENGTHS)
    follows = console.run(what_follows(args.start, args.temperature, args.asked[:1], args.model))
    written = console.run(write_on(args.start, args.temperature, args.length, args.seed, args.model))
    likely = [{"character": character, "share": share} for character, share in follows.next.likely]
    if not args.json:
        bars = ", ".join(f"{one['character']!r} {one['share']:.1%}" for one in likely)
        console.say(Text("After the start: {bars}", "시작 다음: {bars}")(bars=bars))
        console.say(same("{text}")(text=args.start + written))
    asked = {"asked": args.asked[:1], "asked_share": follows.share} if args.asked else {}
    return {"text": args.start + written, "next": likely if args.json else [], "model": args.model, **asked}
