"""`branch`: go back to a checkpoint of a run and on from there with other settings."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common, run_named
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("branch", help="go back to a checkpoint and on from there with other settings")
    one.add_argument("run", type=Path, help="folder of the run, or its name among ours")
    one.add_argument("--step", type=int, help="the checkpoint; without it those there are get listed")
    one.add_argument("--set", nargs="*", default=[], action="extend", metavar="KEY=VALUE", dest="assignments")
    one.add_argument("--out", type=Path, help="folder of the new run")
    one.add_argument("--seconds", type=float, help="stop after this much training")
    one.add_argument("--prepare", action="store_true", help="only write the new run; train --resume goes on with it")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.branch import about_run, branch, make_branch, steps_to_rewind
    from engine.train.fit import summary

    parent = run_named(args.run)
    if args.step is None:
        about_run(parent)
        steps = steps_to_rewind(parent)
        return {"count": len(steps), "steps": list(steps), "folder": parent}
    if args.prepare:
        folder = console.run(make_branch(parent, args.step, args.assignments, out=args.out))
        return {"folder": folder, "parent": parent, "branched_at": args.step}
    job = branch(parent, args.step, args.assignments, out=args.out, seconds=args.seconds)
    found: dict[str, Any] = summary(console.run(job))
    return {**found, "parent": parent, "branched_at": args.step}
