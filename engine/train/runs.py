"""The runs on this machine: list, read, delete, export. Every function here is a job."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from engine import places
from engine.errors import LabError, cannot_write
from engine.files import read_json, write_bytes
from engine.jobs import Job, Progress
from engine.text import Text
from engine.train.events import Checked, Step
from engine.train.run_folder import read_events


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One row of the run list. state: "running", "stopped", "done" or "failed"; accuracies in [0, 1] or None."""

    folder: Path
    recipe: str
    dataset: str
    state: str
    started: str
    steps: int
    epoch: float
    held_out_accuracy: float | None
    accuracy: float | None
    seconds: float
    resumable: bool


def list_runs(below: Path | None = None) -> Job:
    """The runs in a folder (None: ours), newest first; a folder that cannot be read is passed over."""
    below = below or places.runs()
    folders = sorted(below.iterdir(), reverse=True) if below.is_dir() else []
    found = []
    for number, folder in enumerate(folders):
        yield Progress(number, len(folders))
        if (folder / "run.json").is_file():
            try:
                found.append(_summary(folder))
            except (LabError, KeyError, TypeError):
                continue  # from a newer version, or damaged: not ours to list, and left as it is
    return tuple(found)


def _summary(folder: Path) -> RunSummary:
    about = read_json(folder / "run.json")
    events = read_events(folder)
    last = next((e for e in reversed(events) if isinstance(e, Step)), None)
    checks = [e.accuracy for e in events if isinstance(e, Checked) and e.split == "held-out"]
    state = about["state"]
    if state == "running" and not _is_locked(folder):
        state = "stopped"  # its process was killed
    return RunSummary(
        folder=folder,
        recipe=about["recipe"],
        dataset=about["dataset"],
        state=state,
        started=about["started"],
        steps=last.step if last else 0,
        epoch=last.epoch if last else 0.0,
        held_out_accuracy=max(checks, default=None),
        accuracy=about.get("summary", {}).get("accuracy"),
        seconds=last.seconds if last else 0.0,
        resumable=state in ("stopped", "failed"),
    )


def _is_locked(folder: Path) -> bool:
    try:
        with FileLock(folder / "run.lock", timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False  # a folder we may not write: nobody of ours trains there


def read_metrics(folder: Path) -> Job:
    """The recorded `Step`, `Checked` and `KnobMoved` events of a run, in order."""
    yield Progress(0, 1, Text("Reading the run", "실행을 읽는 중"))
    return read_events(folder)


def delete_run(folder: Path) -> Job:
    """Remove a run's folder. Raises `LabError` while it is being trained or when it is no run."""
    yield Progress(0, 1)
    if not (folder / "run.json").is_file():
        raise LabError(Text("{folder} is not a run.", "{folder} 폴더는 실행이 아니에요.")(folder=folder))
    if _is_locked(folder):
        raise LabError(Text("This run is being trained. Stop it first.", "학습 중인 실행이에요. 먼저 정지해 주세요."))
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error


def export_weights(folder: Path, to: Path) -> Job:
    """Copy the run's best weights to a safetensors file."""
    yield Progress(0, 1)
    best = folder / "best.safetensors"
    if not best.is_file():
        raise LabError(
            Text(
                "This run has no weights yet: it ended before its first check.",
                "이 실행에는 아직 가중치가 없어요. 첫 검증 전에 끝났어요.",
            )
        )
    write_bytes(to, best.read_bytes())
    return to


def export_csv(folder: Path, to: Path) -> Job:
    """Write every step and check of a run as a table: one line each, with the event's kind first."""
    yield Progress(0, 1)
    names = ["event", "split", *(f.name for f in fields(Step))]
    out = io.StringIO()
    table = csv.DictWriter(out, names, extrasaction="ignore")
    table.writeheader()
    for event in read_events(folder):
        row: dict[str, Any] = {f.name: getattr(event, f.name) for f in fields(event)}
        if isinstance(event, (Step, Checked)):
            table.writerow({"event": type(event).__name__.lower(), **row})
    write_bytes(to, out.getvalue().encode("utf-8"))
    return to
