"""What is measured, how, with what spread. A comparison is a ratio of interleaved runs in one process.

Each benchmark is one file with `run(*, data, repeats, say) -> dict`: figures at the top level, worst
case for latencies, with count and spread beside them.
"""

from __future__ import annotations

import inspect
import platform
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
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
    "live_agreement",
    "live_privacy",
    "live_soak",
    "style",
    "caption",
    "dqn",
    "latent",
    "latent_digits",
    "signals",
    "layers",
    "devices",
    "threads",
    "scaling",
    "precision",
    "backends",
    "choices",
)  # those that need the window are in gui/cli.py


_ELSEWHERE = {"machine": "machine_card"}  # benchmarks whose file has another name
OVER_ALL = ("list", "report", "agree", "compare", "each")  # what `bench` does with benchmarks; gathered.py


def _lazy(name: str) -> Callable[..., dict[str, Any]]:
    def run(**arguments: Any) -> dict[str, Any]:
        result: dict[str, Any] = module_of(name).run(**arguments)
        return {"bench": name, **result, "date": f"{datetime.now():%Y-%m-%dT%H:%M:%S}", "machine": machine()}

    return run


def module_of(name: str) -> ModuleType:
    """The file of a benchmark."""
    return import_module(f"engine.bench.{_ELSEWHERE.get(name, name)}")


def takes(name: str) -> set[str]:
    """The options that a benchmark knows."""
    return set(inspect.signature(module_of(name).run).parameters)


BENCHES: dict[str, Callable[..., dict[str, Any]]] = {name: _lazy(name) for name in (*_FILES, *_ELSEWHERE)}


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
