"""How the tests run an exported script and hold what it learnt against its run."""

from __future__ import annotations

import contextlib
import io
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.train.code.script import TOLERANCE
from engine.train.events import Checked, Step
from engine.train.run_folder import read_events

ALIKE: dict[str, Any] = {"precision": "fp32", "spare": 999}  # one thread, as the tests have one core
Ran = tuple[float, float, dict[int, float]]


def said(output: str) -> Ran:
    """What a script printed: (held-out accuracy, test accuracy, loss by step)."""
    last = re.fullmatch(r"held out ([\d.]+)  test ([\d.]+)", output.splitlines()[-1])
    assert last, output
    losses = re.findall(r"step ([\d,]+)  loss ([\d.]+)", output)
    return float(last[1]), float(last[2]), {int(step.replace(",", "")): float(loss) for step, loss in losses}


def run_alone(path: Path) -> Ran:
    """Run it as a person would, from another folder, with nothing of ours on its path."""
    environment = {**os.environ, "PYTHONPATH": "", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, path], cwd=path.parent, env=environment, capture_output=True, encoding="utf-8", timeout=240
    )
    assert done.returncode == 0, done.stderr
    return said(done.stdout)


def run_here(path: Path) -> Ran:
    """Run it in this process, which has torch already."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        runpy.run_path(str(path))
    return said(output.getvalue())


def agrees(folder: Path, outcome: Any, ran: Ran) -> None:
    held_out, test, losses = ran
    assert held_out == pytest.approx(outcome.held_out_accuracy, abs=TOLERANCE)
    assert test == pytest.approx(outcome.accuracy, abs=TOLERANCE)
    events = read_events(folder)
    recorded = {event.step: event.loss for event in events if isinstance(event, Step)}
    checks = [event.step for event in events if isinstance(event, Checked) and event.split == "held-out"]
    assert sorted(losses) == checks
    first = checks[:2]  # the same batches: the losses agree before roundings have added up
    assert [losses[step] for step in first] == pytest.approx([recorded[step] for step in first], rel=0.02)
