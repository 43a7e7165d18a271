"""`train`: train a recipe from zero, or continue a run."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common, settings_for
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("train", help="train a recipe from zero, or continue a run")
    one.add_argument("recipe", nargs="?", default="")
    one.add_argument("--data", type=Path, help="folder of data sets")
    one.add_argument("--dataset", default="auto")
    one.add_argument("--out", type=Path, help="folder of the run")
    one.add_argument("--epochs", type=float)
    one.add_argument("--seconds", type=float, help="stop after this much training")
    one.add_argument("--set", nargs="*", default=[], action="extend", metavar="KEY=VALUE", dest="assignments")
    one.add_argument("--device", default="auto")
    one.add_argument("--precision", default="auto")
    one.add_argument("--seed", type=int)
    one.add_argument("--resume", type=Path, metavar="DIR", help="continue this run")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.errors import LabError
    from engine.text import Text
    from engine.train.fit import summary, train

    settings = None
    if not args.resume:
        if not args.recipe:
            raise LabError(
                Text("Name a recipe, or --resume a run.", "레시피 이름을 쓰거나 --resume으로 실행을 이어 하세요.")
            )
        settings, _ = settings_for(args, args.seed)
    job = train(
        args.recipe,
        settings,
        data=args.data,
        dataset=args.dataset,
        device=args.device,
        precision=args.precision,
        out=args.out,
        resume=args.resume,
        seconds=args.seconds,
    )
    return summary(console.run(job))
