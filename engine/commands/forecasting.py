"""`forecast`: how long a training will take on this machine, after twenty steps that nobody keeps."""

from __future__ import annotations

import argparse
from typing import Any

from engine.commands.options import Commands, common, for_training, settings_for
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("forecast", help="how long a training will take here")
    one.add_argument("recipe")
    for_training(one)
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.text import Text
    from engine.train.forecast import Forecast, try_out

    settings, dataset = settings_for(args)
    job = try_out(
        args.recipe, settings, data=args.data, dataset_id=dataset, device=args.device, precision=args.precision
    )
    found: Forecast = console.run(job)
    text = Text(
        "About {seconds:,.0f} s (estimate, made for ± 30\u2009%).",
        "약 {seconds:,.0f}초 (추정, ± 30\u2009%를 목표로 함).",
    )
    console.say(text(seconds=found.seconds))
    return {
        "recipe": args.recipe,
        "dataset": dataset,
        "epochs": settings.epochs,
        "seconds": found.seconds,
        "steps": found.steps,
        "estimate": True,
    }
