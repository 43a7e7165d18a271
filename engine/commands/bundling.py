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
    from engine.files import read_json
    from engine.rl.bundle import bundle_agent
    from engine.zoo.bundle import bundle

    about = args.run / "run.json"
    if about.is_file() and "agent" in read_json(about):  # one that plays a game
        agent: dict[str, Any] = console.run(bundle_agent(args.run, to=args.out))
        return agent
    if about.is_file() and "captioner" in read_json(about):
        from engine.caption.bundle import bundle_captioner

        told: dict[str, Any] = console.run(bundle_captioner(args.run, to=args.out))
        return told
    if about.is_file() and "melody" in read_json(about):
        from engine.latent.melody_learn import bundle_melody

        return bundle_melody(args.run, to=args.out)
    if about.is_file() and "generator" in read_json(about):  # one that makes pictures
        from engine.latent.bundle import bundle_generator

        made: dict[str, Any] = console.run(bundle_generator(args.run, to=args.out))
        return made
    card: dict[str, Any] = console.run(bundle(args.run, to=args.out))
    return card
