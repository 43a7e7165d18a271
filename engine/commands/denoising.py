"""`denoise`: noise on a picture, a video or a camera, and the autoencoder that takes it out again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.commands.parser import filled
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("denoise", help="take noise out of a picture, a video or a camera's pictures")
    one.add_argument("source", help="a picture, video or folder, a camera's number, an address, “screen” or “tour”")
    one.add_argument("--out", type=Path, required=True, help="a .png or .jpg for one picture, else a .mp4 or .avi")
    one.add_argument("--gaussian", type=float, default=0.2, metavar="SIGMA", help="noise that is added, 0 to 0.5")
    one.add_argument("--dropout", type=float, default=0.0, metavar="SHARE", help="pixels that are put out, 0 to 0.9")
    one.add_argument(
        "--weights", type=filled, default="bundled", help="bundled, or a run's folder or a safetensors file"
    )
    one.add_argument("--seconds", type=float, help="stop after this much; a camera goes on until then, or Ctrl+C")
    one.add_argument("--beside", action="store_true", help="write the noisy picture beside the clean one")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.latent.denoise_live import Noise, denoise_file
    from engine.text import Text

    noise = Noise(args.gaussian, args.dropout)
    job = denoise_file(args.source, args.out, noise, which=args.weights, beside=args.beside, seconds=args.seconds)
    figures: dict[str, Any] = console.run(job)
    if not args.json:
        text = Text(
            "{pictures:,} pictures, PSNR {psnr_before:.1f} dB before and {psnr_after:.1f} dB after.",
            "그림 {pictures:,}장, PSNR 전 {psnr_before:.1f} dB, 후 {psnr_after:.1f} dB.",
        )
        console.say(text(**{name: figures[name] for name in ("pictures", "psnr_before", "psnr_after")}))
    return figures
