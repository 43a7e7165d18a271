"""A run on disk: its curves are events, one line each.

run.json, metrics.jsonl, best and last weights, checkpoints, and a lock held by the one process that writes. A training
by `fit` writes more (`engine.train.run_folder`).
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from filelock import FileLock, Timeout
from torch import Tensor

from engine.errors import LabError, cannot_read, cannot_write
from engine.files import FORMAT, read_json, write_bytes, write_json, write_tensors
from engine.jobs import Event
from engine.text import Text

Recorded = Mapping[str, type[Event]]


def check_run(folder: Path) -> None:
    """Raises `LabError` for what is no run's folder."""
    if not (folder / "run.json").is_file():
        text = Text("{path} is not a run: it has no run.json.", "{path} 폴더는 실행이 아니에요. run.json이 없어요.")
        raise LabError(text(path=folder))


class EventFolder:
    """The one writer of a run. Raises `LabError` when another process writes it, or nothing can be written.

    recorded: which events go into metrics.jsonl, by the names they have there.
    taken:    what is said when another process writes here; gets `name`.
    """

    def __init__(self, path: Path, *, recorded: Recorded, taken: Text) -> None:
        self.path = path
        self._names = {kind: name for name, kind in recorded.items()}
        self._metrics: TextIO | None = None
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(path / "run.lock", timeout=0)
            self._lock.acquire()
            for half in (*path.glob(".part-*"), *path.glob("*/.part-*")):
                half.unlink()
        except Timeout as error:
            raise LabError(taken(name=path.name)) from error
        except OSError as error:
            raise cannot_write(path, error) from error

    def close(self) -> None:
        try:
            if self._metrics:
                self._metrics.close()
        except OSError as error:
            raise cannot_write(self.path / "metrics.jsonl", error) from error
        finally:
            self._lock.release()

    def about(self) -> dict[str, Any]:
        return read_json(self.path / "run.json")

    def write_about(self, **about: Any) -> None:
        """Write run.json, keeping what it already holds."""
        path = self.path / "run.json"
        write_json(path, {**(read_json(path) if path.exists() else {}), **about})

    def record(self, event: Event) -> None:
        """Append one line to metrics.jsonl; kinds that are not recorded are passed over."""
        name = self._names.get(type(event))
        if name is None:
            return
        try:
            if self._metrics is None:
                self._metrics = (self.path / "metrics.jsonl").open("a", encoding="utf-8")
                if self._metrics.tell() == 0:
                    self._metrics.write(json.dumps({"format": FORMAT}) + "\n")
            self._metrics.write(json.dumps({"event": name, **self._values(event)}) + "\n")
        except OSError as error:
            raise cannot_write(self.path / "metrics.jsonl", error) from error

    def _values(self, event: Event) -> dict[str, Any]:
        """What is recorded of an event, as JSON knows it."""
        return {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}

    def flush(self) -> None:
        """Hand the metrics to the system: what is flushed survives the death of this process."""
        try:
            if self._metrics:
                self._metrics.flush()
        except OSError as error:
            raise cannot_write(self.path / "metrics.jsonl", error) from error

    def save(self, name: str, tensors: dict[str, Tensor], about: Mapping[str, Any]) -> None:
        """Write NAME.safetensors, metrics first: no checkpoint is newer than its curve."""
        self.flush()
        write_tensors(self.path / f"{name}.safetensors", tensors, about)

    def cut(self, step: int) -> None:
        """Forget what was recorded after `step`: a resumed run does it again."""
        path = self.path / "metrics.jsonl"
        kept = [line for line, values in _lines(path) if values.get("step", 0) <= step]
        write_bytes(path, "".join(kept).encode())


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(line, its values) up to the first that is cut off: where the process died."""
    if not path.exists():
        return
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                yield line, json.loads(line)
    except json.JSONDecodeError:
        return
    except OSError as error:
        raise cannot_read(path, error) from error


def read_events(folder: Path, recorded: Recorded) -> list[Event]:
    """The recorded events of a run, in order."""
    found: list[Event] = []
    for _, values in _lines(folder / "metrics.jsonl"):
        kind = recorded.get(values.pop("event", ""))
        if kind:
            found.append(kind(**values))
    return found


def started_now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
