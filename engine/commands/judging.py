"""`verdict`: how a run did, in words, with evidence and something to try."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common, run_named
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("verdict", help="how a run did: over-fitting, dead units, the wrong rate, …")
    one.add_argument("run", type=Path, help="the run's folder, or its name among the runs of this machine")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.files import read_json
    from engine.text import same
    from engine.train.run_folder import read_events
    from engine.train.story import Story
    from engine.train.verdict import verdicts

    folder = run_named(args.run)
    about = read_json(folder / "run.json")
    found = verdicts(Story.of(read_events(folder)))
    if not args.json:
        for one in found:
            console.say(same("{words}: {evidence} {remedy}")(words=one.words, evidence=one.evidence, remedy=one.remedy))
    return {"run": folder, "recipe": about["recipe"], "verdict": found[0].kind, "count": len(found), "found": found}
