"""`evaluate`: measure weights on a split."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("evaluate", help="measure weights on a split")
    one.add_argument("id")
    one.add_argument("--weights", default="bundled", help="bundled, or a safetensors file")
    one.add_argument("--data", type=Path)
    one.add_argument("--dataset", default="auto")
    one.add_argument("--split", default="auto", help="the set's last without it: test, or val")
    one.add_argument("--device", default="auto")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.evaluate import evaluate

    job = evaluate(
        args.id, weights=args.weights, data=args.data, dataset=args.dataset, split=args.split, device=args.device
    )
    result: dict[str, Any] = console.run(job)
    return result
