"""A training on disk: one folder that survives a crash, a full disk and a kill -9.

    run.json           recipe, settings, seed, versions, device, data fingerprint, state, summary
    metrics.jsonl      one line per step, check and moved knob: the truth the curves are drawn from
    best.safetensors   the weights with the best held-out accuracy
    last.safetensors   weights, optimizer and random state: where a resumed run continues
    checkpoints/       the same of earlier moments, to go back to (checkpoints.py)
    notes.json         what a person wrote about it (notes.py)
    curves.safetensors the metrics as arrays, for reading them fast (curves.py); may be deleted
    run.lock           held by the process that writes the folder

Files are replaced whole. metrics.jsonl only grows; after a kill it may be ahead of last.safetensors,
so that a resumed run first cuts it back to the checkpoint.
"""

from __future__ import annotations

import json
import platform
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

import engine
from engine.errors import cannot_read, cannot_write
from engine.files import read_tensors, write_bytes
from engine.jobs import Event
from engine.text import Text
from engine.train.curves import HELD_OUT, Columns
from engine.train.event_folder import EventFolder
from engine.train.events import Checked, Examined, KnobMoved, Mistakes, Step
from engine.train.tensorboard import Board

RECORDED: dict[str, type[Event]] = {"step": Step, "checked": Checked, "examined": Examined, "knob": KnobMoved}
_TAKEN = Text(
    "The run {name} is being trained by another Convoscope. Stop it there first.",
    "다른 Convoscope가 {name} 실행을 학습하고 있어요. 먼저 거기서 정지해 주세요.",
)


def versions() -> dict[str, str]:
    """What a run was made with."""
    return {"convoscope": engine.__version__, "python": platform.python_version(), "torch": str(torch.__version__)}


def new_folder(below: Path, recipe: str) -> Path:
    """A name nobody has yet: the time, the recipe, and four random letters."""
    return below / f"{datetime.now():%Y%m%d-%H%M%S}-{recipe}-{secrets.token_hex(2)}"


class RunFolder(EventFolder):
    """The one writer of a training. Raises `LabError` when another process writes it, or nothing can be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, recorded=RECORDED, taken=_TAKEN)
        self._board: Board | None = None

    def close(self) -> None:
        try:
            super().close()
        finally:
            if self._board:
                self._board.close()

    def also_to_tensorboard(self) -> None:
        """Write TensorBoard events beside the metrics from now on."""
        self._board = Board(self.path)

    def record(self, event: Event) -> None:
        """Append one line to metrics.jsonl."""
        super().record(event)
        try:
            if self._board:
                self._board.add(event)
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def _values(self, event: Event) -> dict[str, Any]:
        values = super()._values(event)
        values.pop("mistakes", None)  # pictures
        return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in values.items()}

    def cut_metrics(self, step: int) -> None:
        """Forget what was recorded after the checkpoint of `step`, and a line that was cut off in the middle.

        A knob moved at `step` acts on the next one, and test is measured when all is done: neither is in it.
        """
        path = self.path / "metrics.jsonl"
        kept = [line for line, event in _lines(path) if event is None or _is_before(event, step)]
        write_bytes(path, "".join(kept).encode())

    def copy_metrics(self, other: Path, step: int) -> None:
        """Begin with what the run in folder `other` recorded up to its checkpoint of `step`."""
        kept = [line for line, event in _lines(other / "metrics.jsonl") if event is None or _is_before(event, step)]
        write_bytes(self.path / "metrics.jsonl", "".join(kept).encode())

    def checkpoint(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """The tensors of last.safetensors and what they say of themselves."""
        return read_tensors(self.path / "last.safetensors")


def _is_before(event: dict[str, Any], step: int) -> bool:
    if event["event"] == "knob":
        return bool(event["step"] < step)
    return bool(event["step"] <= step and event.get("split", HELD_OUT) == HELD_OUT)


def _lines(path: Path) -> list[tuple[str, dict[str, Any] | None]]:
    """(line, its values or None for the header) of metrics.jsonl up to the first line that is no JSON."""
    if not path.exists():
        return []
    found: list[tuple[str, dict[str, Any] | None]] = []
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                value = json.loads(line)
                found.append((line, value if "event" in value else None))
    except json.JSONDecodeError:
        pass  # the line at which the process died
    except OSError as error:
        raise cannot_read(path, error) from error
    return found


def as_confusion(values: Any) -> np.ndarray:
    """A recorded confusion matrix; (0, 0) where the run has none."""
    table = np.array(values, np.int64)
    return table if table.ndim == 2 else np.zeros((0, 0), np.int64)


def read_events(folder: Path) -> list[Event]:
    """The recorded events of a run, in order; checks come back without their pictures."""
    found = (_event(values) for _, values in _lines(folder / "metrics.jsonl") if values is not None)
    return [event for event in found if event is not None]


def others_of(columns: Columns) -> list[Event]:
    """The events of a run that are neither steps nor checks, in order."""
    found = (_event(dict(values)) for values in columns.others)
    return [event for event in found if event is not None]


def last_check_of(columns: Columns) -> Checked | None:
    """The run's last check: of the last split where it came so far, else of what was held out."""
    told = [dict(values) for split, values in columns.last.items() if split != HELD_OUT]
    told += [dict(columns.last[HELD_OUT])] if HELD_OUT in columns.last else []
    event = _event(told[0]) if told else None
    return event if isinstance(event, Checked) else None


def _event(values: dict[str, Any]) -> Event | None:
    """A recorded line as the event it was; None for a kind that this version does not know."""
    kind = RECORDED.get(values.pop("event"))
    if kind is Checked:
        nothing = np.zeros(0, np.int64)
        empty = Mistakes(np.zeros((0, 1, 1), np.uint8), nothing, nothing, np.zeros(0, np.float32))
        values.update(confusion=as_confusion(values["confusion"]), mistakes=empty)
        if values.get("metric", "accuracy") != "accuracy" and values["loss"] == 0:
            values["loss"] = float("nan")  # older runs wrote 0 where they did not compute it
    try:
        return kind(**values) if kind else None
    except TypeError:  # recorded by a version whose events had other fields
        return None
