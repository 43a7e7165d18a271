"""The runs on this machine: list, read, delete, export. Every function here is a job."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from engine import places
from engine.errors import LabError, cannot_write
from engine.files import read_json, write_bytes
from engine.jobs import Event, Job, Progress
from engine.text import Text
from engine.train.curves import totals_of
from engine.train.event_folder import check_run
from engine.train.events import Checked, Step
from engine.train.notes import Notes, read_notes
from engine.train.run_folder import read_events


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One row of the run list. state: "running", "stopped", "done" or "failed"; accuracies in [0, 1] or None.

    settings: what it was started with. metric: what its accuracy is called ("accuracy", "miou", "map50").
    parent:   name of the run's folder it was branched from, and the step; None for one that began from zero.
    group:    what it was made with: the id of its sweep or race; "" for one that stands alone.
    device:   "cpu", "cuda" or "mps"; "" where it was not noted.
    """

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
    settings: Mapping[str, Any] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)
    metric: str = "accuracy"
    parent: tuple[str, int] | None = None
    group: str = ""
    device: str = ""


def list_runs(below: Path | None = None) -> Job:
    """The runs in a folder (None: ours), newest first; a folder that cannot be read is passed over."""
    below = below or places.runs()
    folders = sorted(below.iterdir(), reverse=True) if below.is_dir() else []
    found = []
    for number, folder in enumerate(folders):
        yield Progress(number, len(folders))
        if (folder / "run.json").is_file():
            try:
                found.append((yield from summary_of(folder)))
            except (LabError, KeyError, TypeError, ValueError):
                continue  # from a newer version, or damaged: not ours to list, and left as it is
    return tuple(found)


def summary_of(folder: Path) -> Generator[Event, None, RunSummary]:
    """The row of one run. Raises `LabError`, `KeyError`, `TypeError` or `ValueError` for one that is damaged."""
    about = read_json(folder / "run.json")
    totals = yield from totals_of(folder)
    state, parent = about["state"], about.get("parent")
    if state == "running" and not is_locked(folder):
        state = "stopped"  # its process was killed
    return RunSummary(
        folder=folder,
        recipe=about["recipe"],
        dataset=about["dataset"],
        state=state,
        started=about["started"],
        steps=int(totals["step"]),
        epoch=totals["epoch"],
        held_out_accuracy=totals["best"],
        accuracy=about.get("summary", {}).get("accuracy"),
        seconds=totals["seconds"],
        resumable=state in ("stopped", "failed"),
        settings=dict(about.get("settings", {})),
        notes=read_notes(folder),
        metric=str(totals["metric"]),
        parent=(str(parent["folder"]), int(parent["step"])) if parent else None,
        group=str(about.get("group", "")),
        device=str(about.get("device", "")),
    )


def matches(run: RunSummary, words: str) -> bool:
    """True when every one of `words` stands somewhere in what is known of the run; "#tag" asks for a tag."""
    known = " ".join(
        (
            *(run.folder.name, run.recipe, run.dataset, run.state, run.notes.words, run.group),
            *(f"#{tag}" for tag in run.notes.tags),
            *(f"{name}={value}" for name, value in run.settings.items()),
        )
    ).casefold()
    return all(word in known for word in words.casefold().split())


def is_locked(folder: Path) -> bool:
    """True while a process of ours trains in `folder`."""
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
    check_run(folder)
    if is_locked(folder):
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
        raise LabError(no_weights())
    write_bytes(to, best.read_bytes())
    return to


def no_weights() -> Text:
    """Why there is nothing to export of a run's network."""
    return Text(
        "This run has no weights yet: it ended before its first check.",
        "이 실행에는 아직 가중치가 없어요. 첫 검증 전에 끝났어요.",
    )


def export_csv(folders: Path | Sequence[Path], to: Path) -> Job:
    """Write every step and check of one or several runs as a table: one line each.

    The event's kind comes first; with several runs the run's folder stands before it.
    """
    several = not isinstance(folders, Path)
    folders = list(folders) if not isinstance(folders, Path) else [folders]
    names = ["event", "split", *(f.name for f in fields(Step) if f.name != "parts")]
    out = io.StringIO()
    table = csv.DictWriter(out, ["run", *names] if several else names, extrasaction="ignore")
    table.writeheader()
    for number, folder in enumerate(folders):
        yield Progress(number, len(folders))
        for event in read_events(folder):
            row: dict[str, Any] = {f.name: getattr(event, f.name) for f in fields(event)}
            if isinstance(event, (Step, Checked)):
                table.writerow({"run": folder.name, "event": type(event).__name__.lower(), **row})
    write_bytes(to, out.getvalue().encode("utf-8"))
    return to
