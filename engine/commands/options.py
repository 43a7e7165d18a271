"""What every command understands."""

from __future__ import annotations

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # argparse gives it no public name


def common(parser: argparse.ArgumentParser) -> None:
    """`--json` and `--lang`."""
    parser.add_argument("--json", action="store_true", help="one JSON object per line on stdout, the result last")
    parser.add_argument("--lang", choices=("en", "ko"), default="en", help="language of the sentences")
