"""`export`: a run as a file for other programs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common, run_named
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("export", help="write a run's network, code or curves as a file")
    one.add_argument("run", type=Path, help="the run's folder, or its name among the runs of this machine")
    one.add_argument("--form", default="onnx", help="code, onnx, torch-export, safetensors or csv")
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")
    one.add_argument("--data", type=Path)
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.export import Exported, export

    folder = run_named(args.run)
    written: Exported = console.run(export(folder, args.form, args.out, data=args.data))
    if written.note:
        console.say(written.note)
    return {
        "path": written.path,
        "form": written.form,
        "bytes": written.bytes,
        "difference": written.difference,
        "count": written.count,
    }
