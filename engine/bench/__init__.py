"""What is measured, how, with what spread. A comparison is a ratio of interleaved runs in one process.

Each benchmark is one file with `run(*, data, repeats, say) -> dict`: figures at the top level, worst
case for latencies, with count and spread beside them.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from engine.text import Text

Say = Callable[[Text], None]
_FILES = (
    "train",
    "startup",
    "annotations",
    "verdict",
    "forecast",
    "tsne",
    "doctor",
    "live",
    "style",
    "dqn",
    "latent",
)  # those that need the window are in gui/cli.py


def _lazy(name: str) -> Callable[..., dict[str, Any]]:
    def run(**arguments: Any) -> dict[str, Any]:
        result: dict[str, Any] = import_module(f"engine.bench.{name}").run(**arguments)
        return {"bench": name, **result, "machine": machine()}

    return run


BENCHES: dict[str, Callable[..., dict[str, Any]]] = {name: _lazy(name) for name in _FILES}


def machine() -> dict[str, Any]:
    """What every benchmark names: processor, cores, load, versions, device, precision."""
    import os

    import torch

    from engine.devices import choose, cores, cpu_has_bf16
    from engine.train.run_folder import versions

    device = choose()
    return {
        "processor": _processor(),
        "cores": cores(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "device": device.where.type,
        "precision": "bf16" if device.precision is torch.bfloat16 else "fp32",
        "cpu_bf16": cpu_has_bf16(),
        "system": platform.platform(),
        **versions(),
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def spread(values: list[float]) -> dict[str, float]:
    """Median with the smallest and the largest."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return {"median": median, "min": ordered[0], "max": ordered[-1]}
