"""How Live is measured against the plain loop."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import json
from engine.bench import live

times, backends = live.networks(3)
counts = {name: one.n for name, one in times.items()}
print(json.dumps({"counts": counts, "backends": backends, "told": live.told(times)}))
"""
MEMORY = """
import resource, sys
import torch
from engine.cli import main

assert main(["bench", "machine", "--quick"]) == 0
faults = []
for _ in range(4):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    torch.ones(12_000_000)  # 48 MB, more than the C library keeps by itself, and given back at once
    faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
print(faults[-1])
"""


def last_line(code: str) -> str:
    """What a program in a process of its own said last."""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return ran.stdout.splitlines()[-1]


@pytest.mark.skipif(sys.platform != "linux", reason="counts what glibc asks the system for")
def test_a_benchmark_keeps_the_memory_it_frees_as_a_training_does(home: Path) -> None:
    """A step asked the system for up to 18,000 pages again, or for none: it took half as long again by chance."""
    assert int(last_line(MEMORY)) < 2_000, "12,000 where the block goes back to the system"


def test_the_plain_loop_is_measured_in_turn_with_ours(home: Path) -> None:
    found = json.loads(last_line(CODE))
    assert set(found["counts"]) == {"ssdlite", "reference_ssdlite", "lraspp", "reference_lraspp"}
    assert set(found["counts"].values()) == {3}
    assert set(found["backends"]) == {"ssdlite_backend", "lraspp_backend"}
    for name in ("ssdlite", "lraspp"):
        spread = found["told"][f"ratio_{name}_spread"]
        assert spread["min"] <= found["told"][f"ratio_{name}"] <= spread["max"]
        assert found["told"][f"ratio_{name}_count"] == 3
