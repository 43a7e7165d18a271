"""An agent's run on disk: the same layout as a training's (`engine.train.run_folder`), so that kill -9 costs a minute.

    run.json           game, settings, versions, state, summary
    metrics.jsonl      one line for each moment, game, check, sync and moved knob: the curves
    best.safetensors   the online network of the best check
    last.safetensors   both networks and the optimizer: where a resumed run goes on
    checkpoints/       the online network of earlier moments, from the first random one: the time machine
    run.lock           held by the process that writes here

The replay memory is not kept (700 MB for Atari); a resumed run fills it again by playing, and says so.
"""

from __future__ import annotations

from pathlib import Path

from engine import places
from engine.jobs import Event
from engine.rl.events import RECORDED
from engine.text import Text
from engine.train import event_folder
from engine.train.event_folder import EventFolder, started_now

__all__ = ["AgentFolder", "agents", "read_events", "started_now"]
_TAKEN = Text(
    "The agent {name} is learning in another Convoscope. Stop it there first.",
    "다른 Convoscope에서 {name} 에이전트가 배우고 있어요. 먼저 거기서 정지해 주세요.",
)


def agents() -> Path:
    """Where runs of agents are kept: beside the trainings, not among them."""
    return places.runs().with_name("agents")


class AgentFolder(EventFolder):
    """The one writer of a run. Raises `LabError` when another process writes it, or nothing can be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, recorded=RECORDED, taken=_TAKEN)


def read_events(folder: Path) -> list[Event]:
    """The recorded events of a run, in order."""
    return event_folder.read_events(folder, RECORDED)
