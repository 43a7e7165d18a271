"""`generate`: new pictures from a trained generator, as a sheet or as a film of a walk."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("generate", help="make new pictures with a trained generator")
    one.add_argument("model", help="dcgan-mnist, vae-mnist-2d …, melody, a run's folder or name, or a safetensors file")
    one.add_argument("--out", type=Path, required=True, help="a .png; with --walk a .gif or .mp4; a melody's .wav")
    one.add_argument("--seed", type=int, default=0)
    one.add_argument("--n", type=int, default=64, dest="count", help="pictures; with --walk stops on the way")
    one.add_argument("--walk", action="store_true", help="a film of a closed walk among the codes")
    one.add_argument(
        "--truncation", type=float, default=1.0, help="below 1: finer pictures, less varied; a melody's temperature"
    )
    one.add_argument("--label", type=int, help="the class to ask a conditional generator for")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.latent.generate import Made, generate
    from engine.latent.melody_learn import is_melody
    from engine.latent.melody_telling import write_melody

    if is_melody(args.model):
        return write_melody(args, console)
    job = generate(
        args.model,
        out=args.out,
        seed=args.seed,
        count=args.count,
        walking=args.walk,
        truncation=args.truncation,
        label=args.label,
    )
    made: Made = console.run(job)
    return made.as_json()
