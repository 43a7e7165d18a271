"""Where things live on this machine: settings, runs, cache, data, logs.

`CONVOSCOPE_HOME` moves everything into one folder; `CONVOSCOPE_DATA` or `--data` says where the
data sets are. Without them the system's own places are used (platformdirs).
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "Convoscope"


def _place(kind: str, name: str) -> Path:
    own = os.environ.get("CONVOSCOPE_HOME")
    base = Path(own) if own else Path(getattr(platformdirs, f"user_{kind}_dir")(APP, appauthor=False))
    return base / name


def settings_file() -> Path:
    return _place("config", "settings.json")


def runs() -> Path:
    """The folder that holds one folder for each training."""
    return _place("data", "runs")


def queue_file() -> Path:
    """The trainings that wait for their turn."""
    return _place("data", "queue.json")


def cache() -> Path:
    """What can be made again at any time."""
    return _place("cache", "cache")


def log_folder() -> Path:
    return _place("data", "logs")


def data() -> Path | None:
    """The folder of data sets named by CONVOSCOPE_DATA, else our own `data` folder if there is one."""
    named = os.environ.get("CONVOSCOPE_DATA")
    if named:
        return Path(named)
    return own_data() if own_data().is_dir() else None


def own_data() -> Path:
    """Our own folder of data sets, where downloads go when no other was named."""
    return _place("data", "data")


def models() -> Path:
    """Weights of ours that were imported, beside those that came with the app."""
    return _place("data", "models")


def drafts() -> Path:
    """Annotations that were not saved yet, one log for each set that was worked on."""
    return _place("data", "drafts")


def recordings() -> Path:
    """Snapshots and videos from the Live tab."""
    return _place("data", "recordings")


def taught() -> Path:
    """Heads taught in the Live tab that can be laid over its picture."""
    return _place("data", "taught")


def benchmarks() -> Path:
    """What was measured here, one file for each result, and results brought from other machines."""
    return _place("data", "benchmarks")
