"""Two processes train one network; one of them is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import engine
from engine.cli import main

ROOT = Path(engine.__file__).parents[1]
START = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2"]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork") or sys.platform == "darwin", reason="needs gloo and /proc")


def together(arguments: list[str], home: Path) -> subprocess.Popen[str]:
    """Two processes of the command line, started by torchrun on a free port."""
    env = {**os.environ, "CONVOSCOPE_HOME": str(home), "OMP_NUM_THREADS": "1"}
    command = [*START, "--master-port", "0", "--rdzv-backend", "c10d", "--rdzv-endpoint", "localhost:0"]
    return subprocess.Popen(
        [*command, str(ROOT / "main.py"), *arguments],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_two_processes_learn_one_network_and_a_killed_one_leaves_a_checkpoint(tmp_path: Path, home: Path) -> None:
    run = tmp_path / "run"
    trainer = together(
        ["train", "digits-quick", "--epochs", "400", "--set", "schedule=constant", "--out", str(run)], home
    )
    deadline = time.monotonic() + 120
    while best_of(run) < 0.5:  # both halves of each batch are learnt from
        assert time.monotonic() < deadline
        assert trainer.poll() is None, trainer.communicate()
        time.sleep(0.05)
    other = [pid for pid in workers(trainer.pid) if b"RANK=1" in environment(pid)]
    assert len(other) == 1
    os.kill(other[0], signal.SIGKILL)
    _, told = trainer.communicate(timeout=60)
    assert trainer.returncode != 0
    assert "Another of the 2 processes ended" in told
    about = json.loads((run / "run.json").read_text())
    assert about["state"] == "failed"
    assert main(["train", "--resume", str(run), "--seconds", "0.1"]) == 0


def best_of(run: Path) -> float:
    """The best held-out accuracy so far; 0 before the first check."""
    file = run / "metrics.jsonl"
    whole = file.read_text().rpartition("\n")[0].splitlines() if file.is_file() else []
    told = [json.loads(line) for line in whole]
    return max((event["accuracy"] for event in told if event.get("event") == "checked"), default=0.0)


def workers(parent: int) -> list[int]:
    """The processes that one has started."""
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def environment(pid: int) -> bytes:
    """What a process was started with."""
    return Path(f"/proc/{pid}/environ").read_bytes().replace(b"\0", b" ")


def test_two_processes_reach_what_one_reaches(tmp_path: Path, home: Path) -> None:
    words = ["train", "digits-quick", "--epochs", "10", "--seed", "7", "--json"]
    trainer = together([*words, "--out", str(tmp_path / "two")], home)
    told, complaint = trainer.communicate(timeout=240)
    assert trainer.returncode == 0, complaint
    results = [line for line in told.splitlines() if '"result"' in line]
    assert len(results) == 1  # the other only learns
    assert main([*words, "--out", str(tmp_path / "one")]) == 0
    one, two = (json.loads((tmp_path / name / "run.json").read_text())["summary"] for name in ("one", "two"))
    assert (one["steps"], one["test_count"]) == (two["steps"], two["test_count"])
    assert min(one["accuracy"], two["accuracy"]) > 0.93
    noise = 1.96 * (2 * 0.05 * 0.95 / one["test_count"]) ** 0.5  # of two networks that are right in 95 of 100
    assert abs(one["accuracy"] - two["accuracy"]) < noise
