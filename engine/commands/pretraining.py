"""`few-labels`: pre-training against none over ever more labels."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("few-labels", help="pre-training against none over ever more labels")
    one.add_argument("model", help="dbn-mnist or ae-mnist, a run's folder or name, or a safetensors file")
    one.add_argument("--data", type=Path)
    one.add_argument(
        "--labels", type=int, nargs="+", default=[10, 30, 100, 300, 1000], help="labels of all classes together"
    )
    one.add_argument("--epochs", type=int, default=30, help="of fine-tuning, for each beginning and learning rate")
    one.add_argument("--seed", type=int, default=7)
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.latent.few_labels import Compared, curve

    job = curve(args.model, data=args.data, labels=args.labels, epochs=args.epochs, seed=args.seed)
    found: tuple[Compared, ...] = console.run(job)
    names = ("labels", "count", "error_pretrained", "error_scratch", "fewer")
    rows = [{name: getattr(one, name) for name in names} for one in found]
    return {"model": args.model, "count": len(rows), "items": rows}
