"""The trainings of captioners and writers that were stopped or killed, and can go on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.caption.begin import tellings
from engine.caption.events import RECORDED, Checked, Learned
from engine.errors import LabError
from engine.files import read_json
from engine.jobs import Job, Progress
from engine.text import Text
from engine.train.event_folder import read_events
from engine.train.runs import is_locked


@dataclass(frozen=True, slots=True)
class Stopped:
    """A run that can go on. epoch: how far it was when it last told."""

    folder: Path
    recipe: str
    epoch: float


def stopped_runs() -> Job:
    """A tuple of `Stopped`, the newest first; a job. A folder that cannot be read is passed over."""
    yield Progress(0, 1, Text("Looking for stopped runs", "멈춘 실행을 찾는 중"))
    below, found = tellings(), list[Stopped]()
    for folder in sorted(below.iterdir(), reverse=True) if below.is_dir() else ():
        try:
            about = read_json(folder / "run.json")
            if about["state"] != "done" and "captioner" in about and not is_locked(folder):
                told = [one for one in read_events(folder, RECORDED) if isinstance(one, Learned | Checked)]
                found.append(Stopped(folder, str(about["recipe"]), told[-1].epoch if told else 0.0))
        except (LabError, KeyError, TypeError, ValueError):
            continue  # damaged, or from a newer version
    return tuple(found)
