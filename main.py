"""Convoscope: without arguments the window opens; with a command the same jobs run without it."""

from __future__ import annotations

import multiprocessing
import sys


def run() -> int:
    """Dispatch to the window or to a command; returns the exit status."""
    multiprocessing.freeze_support()  # first of all: a frozen worker process starts here as well
    import torch  # noqa: F401  before Qt: on Windows torch's libraries must be loaded first

    from engine import cli

    arguments = sys.argv[1:]
    if cli.handles(arguments):
        return cli.main(arguments)
    from gui import cli as window

    return window.main(arguments)


if __name__ == "__main__":
    sys.exit(run())
