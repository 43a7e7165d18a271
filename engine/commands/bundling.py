"""`bundle`: make a finished run's weights the ones that ship."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common, run_named
from engine.console import Console
from engine.jobs import Job


def add(commands: Commands) -> None:
    one = commands.add_parser("bundle", help="make a finished run's weights the ones that ship")
    one.add_argument("run", type=Path, help="the run's folder, or its name among the runs of this machine")
    one.add_argument("--out", type=Path, help="folder; resources/models without it")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.caption.bundle import bundle_captioner
    from engine.files import read_json
    from engine.latent.bundle import bundle_generator
    from engine.latent.melody_learn import bundle_melody
    from engine.rl.bundle import bundle_agent
    from engine.zoo.bundle import bundle

    folder = run_named(args.run)
    about = read_json(folder / "run.json")
    if "melody" in about:
        return bundle_melody(folder, to=args.out)
    ways: dict[str, Callable[..., Job]] = {
        "agent": bundle_agent,
        "captioner": bundle_captioner,
        "generator": bundle_generator,
    }
    way = next((ways[kind] for kind in ways if kind in about), bundle)
    card: dict[str, Any] = console.run(way(folder, to=args.out))
    return card
