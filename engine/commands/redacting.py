"""`redact`: a copy of a video in which no face is to be seen."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("redact", help="cover every face in a video")
    one.add_argument("video", type=Path, help="the video")
    one.add_argument("--out", type=Path, required=True, help="the new video, .avi or .mp4; without sound")
    one.add_argument("--style", choices=("blur", "mosaic", "solid"), default="mosaic", help="how a face is covered")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.live.redact import redact

    found: dict[str, Any] = console.run(redact(args.video, args.out, style=args.style))
    return found
