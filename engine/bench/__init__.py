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
)
IN_WINDOW = (  # those that need the window: gui/bench_….py
    "responsiveness",
    "pad",
    "grid",
    "overlay",
    "folder",
    "live_window",
    "game_watch",
    "latent_drag",
    "latent_learn",
    "style_paint",
    "soak",
    "idle",
)


_ELSEWHERE = {"machine": "machine_card"}  # benchmarks whose file has another name
OVER_ALL = ("list", "report", "agree", "compare", "each")  # what `bench` does with benchmarks; gathered.py


def _lazy(name: str) -> Callable[..., dict[str, Any]]:
    def run(**arguments: Any) -> dict[str, Any]:
        result = _told(module_of(name).run(**arguments))
        return {"bench": name, **result, "date": f"{datetime.now():%Y-%m-%dT%H:%M:%S}", "machine": machine()}

    return run


def _told(result: dict[str, Any]) -> dict[str, Any]:
    """The result with a word on it where the machine was not calm for long enough."""
    from engine.console import plain

    method = result.get("method", {})
    if method.get("disturbed_figures") and "shown" in result:
        text = Text(
            "Something slowed this machine while {k} of {n} figures were read, though {s:.0f} s were waited: they may be "
            "too slow. Measure again later.",
            "값 {n}개 중 {k}개를 재는 동안 무언가가 컴퓨터를 느리게 했어요. {s:.0f}초를 기다렸지만 값이 실제보다 느릴 수 있어요. "
            "나중에 다시 재 보세요.",
        )
        values = {"k": method["disturbed_figures"], "n": method["watched_figures"], "s": method["waited"]}
        result["shown"]["notes"] = [plain(text(**values)), *result["shown"]["notes"]]
    return result


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
