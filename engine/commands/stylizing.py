"""`stylize`: repaint photographs or a video in the manner of a picture."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("stylize", help="repaint photographs or a video in the manner of a picture")
    one.add_argument(
        "image",
        nargs="*",
        default=[],
        type=Path,
        help="a photo or a video; several, or none (five packaged photos), make a contact sheet",
    )
    one.add_argument(
        "--style", nargs="+", required=True, help="id of a bundled style (an unknown one lists them), a file, or all"
    )
    one.add_argument(
        "--method", choices=("gatys", "fast"), default="gatys", help="step by step, or by a trained network at once"
    )
    one.add_argument("--strength", type=float, default=1.0, help="fast: 0 the photo, 1 the style")
    one.add_argument(
        "--steady", type=float, default=0.7, help="video: 0 every frame by itself, up to 0.95 of the one before stays"
    )
    one.add_argument("--blend", action="store_true", help="fast: one painting between all styles that are named")
    one.add_argument("--size", type=int, help="longer side in pixels, up to 2048")
    one.add_argument(
        "--set",
        nargs="*",
        default=[],
        action="extend",
        metavar="KEY=VALUE",
        dest="assignments",
        help="gatys: settings, as the window's panel shows them",
    )
    one.add_argument(
        "--content-layers", nargs="+", default=[], metavar="LAYER", help="gatys: layers that keep the photo"
    )
    one.add_argument("--style-layers", nargs="+", default=[], metavar="LAYER", help="gatys: layers that take the style")
    one.add_argument("--out", type=Path, required=True, help="the painting, .png or .jpg; of a video .mp4 or .avi")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    import torch

    from engine.devices import choose
    from engine.style import telling
    from engine.style.keeping import is_video

    if threads := choose().threads:
        torch.set_num_threads(threads)
    asked = telling.asked(args)
    if len(asked.photos) == 1 and is_video(asked.photos[0]):
        return telling.video(asked, console)
    if len(asked.photos) != 1 or (len(asked.styles) > 1 and not asked.blend):
        return telling.sheet(asked, console)
    return telling.fast(asked, console) if asked.method == "fast" else telling.gatys(asked, console)
