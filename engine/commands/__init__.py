"""The commands that need no window, one file each: `add(commands)` declares it, `run(args, console)` does it.

A new command is one file and one line in `COMMANDS`. What a file imports for its work it imports inside
`run`, so that `--help` and the window do not wait for it.
"""

from __future__ import annotations

COMMANDS = {
    "list": "listing",
    "train": "training",
    "evaluate": "evaluating",
    "predict": "predicting",
    "bundle": "bundling",
    "bench": "benching",
}
