"""`train`: train a recipe from zero, or continue a run."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common, for_training, settings_for
from engine.commands.parser import filled
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("train", help="train a recipe from zero, or continue a run")
    one.add_argument("recipe", nargs="?", default="")
    for_training(one)
    one.add_argument("--out", type=Path, help="folder of the run")
    one.add_argument("--seconds", type=float, help="stop after this much training")
    one.add_argument("--seed", type=int)
    one.add_argument("--resume", type=Path, metavar="DIR", help="continue this run")
    one.add_argument(
        "--from", type=filled, dest="source", metavar="RUN", help="start from these weights where they fit"
    )
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.errors import LabError
    from engine.text import Text
    from engine.train.fit import summary, train

    if args.recipe.startswith("dqn-") or (args.resume and _is_agent(args.resume)):
        from engine.rl.telling import run as teach_agent

        return teach_agent(args, console)
    if args.recipe == "q-tic-tac-toe":
        from engine.rl.telling import run_board

        return run_board(args, console)
    from engine.latent.melody_telling import is_melody_recipe
    from engine.latent.melody_telling import run as teach_composer

    if is_melody_recipe(args):
        return teach_composer(args, console)
    from engine.latent.recipes import is_latent
    from engine.latent.telling import is_latent_run
    from engine.latent.telling import run as teach_generator

    if is_latent(args.recipe) or (args.resume and is_latent_run(args.resume)):
        return teach_generator(args, console)
    from engine.caption.recipes import is_caption
    from engine.caption.telling import is_caption_run
    from engine.caption.telling import run as teach_captioner

    if is_caption(args.recipe) or (args.resume and is_caption_run(args.resume)):
        return teach_captioner(args, console)
    settings = None
    if not args.resume:
        if not args.recipe:
            raise LabError(
                Text("Name a recipe, or --resume a run.", "레시피 이름을 쓰거나 --resume으로 실행을 이어 하세요.")
            )
        settings, args.dataset = settings_for(args, args.seed)
    wishes: dict[str, Any] = {
        name: getattr(args, name) for name in ("data", "dataset", "device", "precision", "out", "resume", "seconds")
    }
    wishes["source"] = args.source or ""
    from engine.train.distributed import joined, train_together, wanted

    if not wanted():
        return summary(console.run(train(args.recipe, settings, **wishes)))
    with joined() as crew:
        outcome = console.run(train_together(crew, args.recipe, settings, **wishes))
        return summary(outcome) if outcome is not None else {}


def _is_agent(folder: Path) -> bool:
    """True for the run of a game's agent, which goes on in engine.rl."""
    from engine.files import read_json

    about = folder / "run.json"
    return about.is_file() and "agent" in read_json(about)
