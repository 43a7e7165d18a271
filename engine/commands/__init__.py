"""The commands that need no window, one file each: `add(commands)` declares it, `run(args, console)` does it.

A new command is one file and one line in `COMMANDS`. What a file imports for its work it imports inside
`run`, so that `--help` and the window do not wait for it.
"""

from __future__ import annotations

COMMANDS = {
    "list": "listing",
    "datasets": "datasets",
    "train": "training",
    "evaluate": "evaluating",
    "predict": "predicting",
    "generate": "generating",
    "few-labels": "pretraining",
    "play": "playing",
    "teach": "teaching",
    "bundle": "bundling",
    "runs": "runs",
    "sweep": "sweeping",
    "queue": "queueing",
    "race": "racing",
    "branch": "branching",
    "export": "exporting",
    "experiment": "experimenting",
    "signals": "sensing",
    "transfer": "transferring",
    "verdict": "judging",
    "forecast": "forecasting",
    "models": "models",
    "get": "get",
    "doctor": "doctor",
    "explain": "explaining",
    "redact": "redacting",
    "stylize": "stylizing",
    "denoise": "denoising",
    "caption": "captioning",
    "write": "writing",
    "bench": "benching",
}
