"""`teach`: two to five classes from a folder of pictures, in seconds."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("teach", help="teach classes from FOLDER/CLASS/[RECORDING/]pictures")
    one.add_argument("folder", type=Path, help="the folder of classes")
    one.add_argument("--out", type=Path, required=True, help="the head, a .safetensors file")
    one.add_argument("--onnx", type=Path, help="network and head as one ONNX file, too")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.live.teach_files import facts, teach_folder
    from engine.live.teach_onnx import export_onnx

    taught = console.run(teach_folder(args.folder, args.out))
    if args.onnx:
        console.run(export_onnx(taught, args.onnx))
    if taught.warning is not None:
        console.say(taught.warning)
    return {"file": args.out, **facts(taught)}
