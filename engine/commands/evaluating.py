"""`evaluate`: measure weights on a split."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common, dataset_meant
from engine.commands.parser import filled
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("evaluate", help="measure weights on a split")
    one.add_argument("id", help="a recipe, a bundled model or a run")
    one.add_argument("--weights", type=filled, default="bundled", help="bundled, or a safetensors file")
    one.add_argument("--data", type=Path)
    one.add_argument("--dataset", default="auto")
    one.add_argument("--split", default="auto", help="the set's last without it: test, or val")
    one.add_argument("--device", default="auto")
    one.add_argument("--count", type=int, default=10_000, help="samples, for a generator")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.latent.evaluate import evaluate_generator, sentence
    from engine.latent.melody_learn import is_melody
    from engine.latent.melody_telling import evaluate_melody
    from engine.latent.trained import is_generator
    from engine.train.evaluate import class_words, evaluate
    from engine.train.recipes import recipe

    if is_melody(args.id):
        return evaluate_melody(args, console)
    if is_generator(args.id):
        which = args.id if args.weights == "bundled" else args.weights
        job = evaluate_generator(which, data=args.data, dataset_id=args.dataset, count=args.count)
        figures: dict[str, Any] = console.run(job)
        if not args.json:
            console.say(sentence(figures))
        return figures
    from engine.caption.recipes import is_caption
    from engine.caption.telling import evaluated

    if is_caption(args.id):
        return evaluated(args, console)
    meant = dataset_meant(args, recipe(args.id).datasets)
    job = evaluate(args.id, weights=args.weights, data=args.data, dataset=meant, split=args.split, device=args.device)
    result: dict[str, Any] = console.run(job)
    if not args.json:
        for words in class_words(result):
            console.say(words)
        for long in ("classes", "confusion"):  # said above; --json has them all
            result.pop(long, None)
    return result
