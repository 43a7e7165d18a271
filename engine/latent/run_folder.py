"""A generator’s run on disk: the same layout as a training’s (`engine.train.run_folder`), so that kill -9 costs a minute.

run.json           recipe, settings, versions, state, summary
metrics.jsonl      one line for each moment, check and moved knob: the curves
best.safetensors   the generator of the best check
last.safetensors   everything that changes: where a resumed run goes on
checkpoints/       the generator at earlier checks, from the untrained one: the same codes, other times
film/              its sample grid at each check as a PNG: the film strip
run.lock           held by the process that writes here
"""

from __future__ import annotations

from pathlib import Path

from engine import places
from engine.jobs import Event
from engine.latent.events import RECORDED
from engine.text import Text
from engine.train import event_folder
from engine.train.event_folder import EventFolder, started_now

__all__ = ["LatentFolder", "dreams", "read_events", "started_now"]
_TAKEN = Text(
    "The generator {name} is learning in another Convoscope. Stop it there first.",
    "다른 Convoscope에서 {name} 생성기가 배우고 있어요. 먼저 거기서 정지해 주세요.",
)


def dreams() -> Path:
    """Where runs of generators are kept: beside the trainings, not among them."""
    return places.runs().with_name("dreams")


class LatentFolder(EventFolder):
    """The one writer of a run. Raises `LabError` when another process writes it, or nothing can be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, recorded=RECORDED, taken=_TAKEN)


def read_events(folder: Path) -> list[Event]:
    """The recorded events of a run, in order."""
    return event_folder.read_events(folder, RECORDED)
