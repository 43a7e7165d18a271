"""Starts real processes of the command line quickly: the imports are made once, then every start is a fork.

Reads one JSON list of arguments a line. For each it forks a process that runs `engine.cli.main` on
them, says {"pid": …} before it and {"exit": …} after it (negative: the signal that killed it).
The first argument of this script is how often, in seconds, a training saves.
"""

from __future__ import annotations

import json
import os
import sys

import torch._dynamo  # noqa: F401  the first optimizer of a process would import it, for a second

import engine.train.fit as fit
from engine import cli


def start(arguments: list[str]) -> None:
    told, tell = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(tell)
        os.read(told, 1)  # the pid is said first
        os._exit(cli.main(arguments))
    print(json.dumps({"pid": pid}), flush=True)
    os.close(tell)
    os.close(told)
    print(json.dumps({"exit": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}), flush=True)


if __name__ == "__main__":
    fit.SAVE_SECONDS = float(sys.argv[1])
    for line in sys.stdin:
        start(json.loads(line))
