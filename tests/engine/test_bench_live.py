"""How Live is measured against the plain loop."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import json, resource
import torch
from engine.bench import live

times, backends = live.networks(3)
faults = []
for _ in range(4):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    torch.ones(12_000_000)  # 48 MB, more than the C library keeps by itself, and given back at once
    faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
counts = {name: one.n for name, one in times.items()}
print(json.dumps({"faults": faults, "counts": counts, "backends": backends, "told": live.told(times)}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts what glibc asks the system for")
def test_the_plain_loop_is_measured_in_memory_it_has_and_in_turn_with_ours(home: Path) -> None:
    """It asked the system for up to 14,000 pages again for each picture, or for none: its time doubled by chance."""
    ran = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["faults"][-1] < 2_000, "12,000 where the block goes back to the system"
    assert set(found["counts"]) == {"ssdlite", "reference_ssdlite", "lraspp", "reference_lraspp"}
    assert set(found["counts"].values()) == {3}
    assert set(found["backends"]) == {"ssdlite_backend", "lraspp_backend"}
    for name in ("ssdlite", "lraspp"):
        spread = found["told"][f"ratio_{name}_spread"]
        assert spread["min"] <= found["told"][f"ratio_{name}"] <= spread["max"]
        assert found["told"][f"ratio_{name}_count"] == 3
