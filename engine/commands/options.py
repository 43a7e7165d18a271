"""What every command understands."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from engine.commands.parser import Parser

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # argparse gives it no public name


def common(parser: argparse.ArgumentParser) -> None:
    """`--json` and `--lang`; the language may also stand before the command."""
    parser.add_argument("--json", action="store_true", help="one JSON object per line on stdout, the result last")
    parser.add_argument("--lang", choices=("en", "ko"), default=argparse.SUPPRESS)


def for_training(parser: argparse.ArgumentParser, *, epochs: str | None = None) -> None:
    """What every training of a recipe understands. epochs: what is to be said of `--epochs`."""
    parser.add_argument("--data", type=Path)
    parser.add_argument("--dataset", default="auto")
    parser.add_argument("--epochs", type=float, help=epochs)
    parser.add_argument("--set", nargs="*", default=[], action="extend", metavar="KEY=VALUE", dest="assignments")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--precision", default="auto")


_BOUNDS = {  # of numbers that no settings of a recipe check, whichever command takes them; ends included
    "batch": (1, 65_536),
    "epsilon": (0, 1),
    "every": (1, 1_000_000),
    "frames": (0, 1_000_000_000),
    "images": (1, 1_000_000),
    "labels": (1, 1_000_000),
    "least": (0, 1),
    "repeats": (1, 1000),
    "runs": (1, 10_000),
    "scale": (0.5, 4),
    "score": (0, 1),
    "seconds": (0, 1e9),
    "seed": (0, 2**31 - 1),
    "size": (64, 2048),
    "sticky": (0, 1),
    "times": (2, 100),
    "top": (1, 5000),
    "truncation": (0, 5),
}


def check(args: argparse.Namespace) -> None:
    """Refuse a number that cannot be meant, and a folder of data that is not there. Raises: `LabError`."""
    from engine.errors import LabError
    from engine.fields import between
    from engine.text import Text

    folder, makes_it = getattr(args, "data", None), "get" in (args.command, getattr(args, "verb", ""))
    if folder is not None and not makes_it and not folder.is_dir():
        text = Text("There is no folder {path} to take data from.", "데이터를 읽어 올 {path} 폴더가 없어요.")
        raise LabError(text(path=folder))
    for name, bounds in _BOUNDS.items():
        given = getattr(args, name, None)
        for one in given if isinstance(given, list) else [given]:
            if isinstance(one, int | float) and not isinstance(one, bool):
                between(name, one, bounds)


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
    dataset = choose_dataset(chosen, dataset_meant(args, chosen.datasets), args.data or load()[0].data())
    named = (("epochs", args.epochs), ("seed", seed))
    values: dict[str, Any] = {key: value for key, value in named if value is not None}
    usual = usual_settings(chosen, dataset)
    return changed(check(dataclasses.replace(usual, **values)), args.assignments), dataset


def dataset_meant(args: argparse.Namespace, known: Sequence[str]) -> str:
    """What `--dataset` names, of the sets a recipe knows.

    With `--data` and no name it is a set of that folder, never one that came with the app; where the folder holds
    none of them it is the first of them: reading it says what is missing there.
    """
    from engine.data import dataset

    if args.dataset != "auto" or args.data is None:
        return str(args.dataset)
    sought = [id for id in known if not dataset(id).bundled]
    here = [id for id in sought if dataset(id).find(args.data)]
    return (here or sought or ["auto"])[0]


def run_named(word: Path) -> Path:
    """The folder of a run, named by its path, or by its name among those of this machine. Raises: `LabError`."""
    from engine import places
    from engine.train.event_folder import check_run

    folder = word if word.is_dir() else places.runs() / word
    check_run(folder)
    return folder
