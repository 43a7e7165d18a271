"""What every command understands."""

from __future__ import annotations

import argparse
from typing import Any, TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # argparse gives it no public name


def common(parser: argparse.ArgumentParser) -> None:
    """`--json` and `--lang`."""
    parser.add_argument("--json", action="store_true", help="one JSON object per line on stdout, the result last")
    parser.add_argument("--lang", choices=("en", "ko"), default="en", help="language of the sentences")


def settings_for(args: argparse.Namespace, seed: int | None = None) -> tuple[Any, str]:
    """The settings that `--epochs`, `--set` and `seed` make of the recipe's own, and the data set's id.

    Raises: `LabError` for a recipe, a data set or a setting that will not do.
    """
    import dataclasses

    from engine.fields import changed, check
    from engine.settings import load
    from engine.train.begin import choose_dataset, usual_settings
    from engine.train.recipes import recipe

    chosen = recipe(args.recipe)
    dataset = choose_dataset(chosen, args.dataset, args.data or load()[0].data())
    named = (("epochs", args.epochs), ("seed", seed))
    values: dict[str, Any] = {key: value for key, value in named if value is not None}
    usual = usual_settings(chosen, dataset)
    return changed(check(dataclasses.replace(usual, **values)), args.assignments), dataset
