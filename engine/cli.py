"""The commands that need no window. Names and fields are stable: other programs call them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from engine import __version__
from engine.console import Console, guarded

COMMANDS = ("list", "train", "evaluate", "predict", "bundle")


def handles(arguments: list[str]) -> bool:
    """True when the first words name a command of this file; the others open the window."""
    from engine.bench import BENCHES

    words = [word for word in arguments if not word.startswith("-") and word not in ("en", "ko")]
    if "--version" in arguments:
        return True
    if words[:1] == ["bench"]:
        return any(word in BENCHES for word in words[1:])
    return bool(words) and words[0] in COMMANDS


def common(parser: argparse.ArgumentParser) -> None:
    """What every command understands."""
    parser.add_argument("--json", action="store_true", help="one JSON object per line on stdout, the result last")
    parser.add_argument("--lang", choices=("en", "ko"), default="en", help="language of the sentences")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="convoscope", description="The same jobs as in the window.")
    parser.add_argument("--version", action="version", version=f"Convoscope {__version__}")
    parser.add_argument("--lang", choices=("en", "ko"), dest="lang_first", default=None)
    commands = parser.add_subparsers(dest="command", required=True)

    one = commands.add_parser("list", help="what exists")
    one.add_argument("what", choices=("datasets", "models", "recipes"))
    common(one)

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

    one = commands.add_parser("evaluate", help="measure weights on a split")
    one.add_argument("id")
    one.add_argument("--weights", default="bundled", help="bundled, or a safetensors file")
    one.add_argument("--data", type=Path)
    one.add_argument("--dataset", default="auto")
    one.add_argument("--split", default="test")
    one.add_argument("--device", default="auto")
    common(one)

    one = commands.add_parser("predict", help="read pictures")
    one.add_argument("task", choices=("digit",))
    one.add_argument("images", nargs="+", type=Path)
    common(one)

    one = commands.add_parser("bundle", help="make a finished run's weights the ones that ship")
    one.add_argument("run", type=Path)
    one.add_argument("--out", type=Path, help="folder; resources/models without it")
    common(one)

    one = commands.add_parser("bench", help="measure this machine")
    one.add_argument("name")
    one.add_argument("--data", type=Path)
    one.add_argument("--repeats", type=int, default=5)
    common(one)
    return parser


def main(arguments: list[str]) -> int:
    """Run one command; returns 0 done, 2 wrong use or bad input, 130 cancelled."""
    args = _parser().parse_args(arguments)
    console = Console(args.lang_first or args.lang, args.json)
    commands = {"list": _list, "train": _train, "evaluate": _evaluate, "predict": _predict}
    command = {**commands, "bundle": _bundle, "bench": _bench}[args.command]
    return guarded(console, lambda: command(args, console))


def _list(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.data import DATASETS
    from engine.settings import load
    from engine.train.recipes import RECIPES

    if args.what == "datasets":
        root = load()[0].data()
        items = [
            {**d.card.as_json(), "splits": dict(zip(d.splits, d.counts, strict=True)), "place": d.find(root)}
            for d in DATASETS
        ]
    elif args.what == "recipes":
        items = [{**r.card.as_json(), "datasets": list(r.datasets), "settings": r.defaults} for r in RECIPES]
    else:
        items = [{**r.card.as_json(), **_weights_of(r.id)} for r in RECIPES]
    return {"count": len(items), "items": items}


def _weights_of(id: str) -> dict[str, Any]:
    import resources

    card = resources.path("models", f"{id}.json")
    return {"bundled": card.is_file(), "weights": json.loads(card.read_text("utf-8")) if card.is_file() else None}


def _train(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    import dataclasses

    from engine.errors import LabError
    from engine.fields import changed, check
    from engine.settings import load
    from engine.text import Text
    from engine.train.begin import choose_dataset, usual_settings
    from engine.train.fit import summary, train
    from engine.train.recipes import recipe

    settings = None
    if not args.resume:
        if not args.recipe:
            raise LabError(
                Text("Name a recipe, or --resume a run.", "레시피 이름을 쓰거나 --resume으로 실행을 이어 하세요.")
            )
        chosen = recipe(args.recipe)
        dataset = choose_dataset(chosen, args.dataset, args.data or load()[0].data())
        words = {"epochs": args.epochs, "seed": args.seed}
        values = {key: value for key, value in words.items() if value is not None}
        settings = changed(check(dataclasses.replace(usual_settings(chosen, dataset), **values)), args.assignments)
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


def _evaluate(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.evaluate import evaluate

    job = evaluate(
        args.id, weights=args.weights, data=args.data, dataset=args.dataset, split=args.split, device=args.device
    )
    result: dict[str, Any] = console.run(job)
    return result


def _predict(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.data.pictures import ink_of, read_grey
    from engine.read import read_digit, sentence

    found = []
    for path in args.images:
        reading = console.run(read_digit(ink_of(read_grey(path))))
        words = sentence(reading.probabilities)
        digit = int(reading.probabilities.argmax())
        found.append(
            {
                "file": path,
                "digit": digit,
                "confidence": float(reading.probabilities[digit]),
                "probabilities": reading.probabilities,
            }
        )
        if not args.json:
            console.say(words)
    return {
        "count": len(found),
        "items": found,
        **({k: found[0][k] for k in ("digit", "confidence")} if len(found) == 1 else {}),
    }


def _bundle(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.zoo.bundle import bundle

    card: dict[str, Any] = console.run(bundle(args.run, to=args.out))
    return card


def _bench(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.bench import BENCHES

    return BENCHES[args.name](data=args.data, repeats=args.repeats, say=console.say)
