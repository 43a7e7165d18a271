"""The recorded numbers of a run as columns, and a cache of them beside metrics.jsonl.

metrics.jsonl remains the truth. `curves.safetensors` holds the same numbers as arrays up to some byte of
it, with that byte's number and the hash of what stood just before: where the file was cut back or written
anew (a resumed run) the cache no longer fits and is made again; where it only grew, the rest is read.
Losing the cache costs a second, no more.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import re
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import safetensors
import safetensors.numpy

from engine.errors import LabError, cannot_read
from engine.files import FORMAT, write_bytes
from engine.jobs import Event, Progress
from engine.text import Text

STEP = ("step", "epoch", "seconds", "loss", "accuracy", "learning_rate", "gradient_norm", "images_per_second")
CHECK = ("step", "epoch", "seconds", "loss", "accuracy")
HELD_OUT = "held-out"
CACHE = "curves.safetensors"
READING = Text("Reading the run", "실행을 읽는 중")
_BLOCK = 1 << 22  # bytes of metrics.jsonl read at once: some 20,000 steps
_TAIL = 4096  # bytes before the cached end that must be as they were
_WORTH = 1 << 16  # new bytes that are worth a new cache
# A step as `RunFolder.record` writes it; any other line is read as the JSON it is, at a quarter of the speed.
_STEP_LINE = re.compile(
    rb'\{"event": "step", '
    + b", ".join(rb'"%s": ([-+.\w]+)' % name.encode() for name in STEP)
    + rb'(?:, "parts": (\{[^{}]+\}))?(?:, .*)?\}'
)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What a run recorded.

    steps:  (8, n) float32, a row for each name in `STEP`.
    checks: (5, k) float64, a row for each name in `CHECK`: on the held-out part.
    tests:  (5, m) float64: on other splits.
    others: the other events as they stand in metrics.jsonl, in order: knobs moved, evidence of checks.
    last:   the last check of each split as it stands there, confusion included.
    parts:  the terms of the loss by name, each (n,) float32 beside `steps`; nan where a step has no such term.
    """

    steps: np.ndarray
    checks: np.ndarray
    tests: np.ndarray
    others: tuple[Mapping[str, Any], ...] = ()
    last: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    parts: Mapping[str, np.ndarray] = field(default_factory=dict)

    def totals(self) -> dict[str, Any]:
        """The end of the run in plain numbers, without its curves."""
        names = ("step", "epoch", "seconds")
        reached = self.steps[:3, -1].tolist() if self.steps.shape[1] else (0, 0.0, 0.0)
        accuracies = self.checks[CHECK.index("accuracy")]
        best = float(np.nanmax(accuracies)) if np.isfinite(accuracies).any() else None
        held_out = self.last.get(HELD_OUT, {})
        return {**dict(zip(names, reached, strict=True)), "best": best, "metric": held_out.get("metric", "accuracy")}


def nothing() -> Columns:
    """A run that recorded nothing yet."""
    return Columns(np.zeros((len(STEP), 0), np.float32), np.zeros((len(CHECK), 0)), np.zeros((len(CHECK), 0)))


def read_columns(folder: Path) -> Generator[Event, None, Columns]:
    """All numbers of the run in `folder`: from its cache as far as that reaches, the rest from metrics.jsonl.

    Yields `Progress` in bytes. Raises: `LabError` when metrics.jsonl may not be read.
    """
    path = folder / "metrics.jsonl"
    if not path.is_file():
        return nothing()
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            kept, at = _from_cache(folder, file)
            parts, start = [kept], at
            while block := _whole_lines(file, at):
                at += len(block)
                found, sound = _parsed(block)
                parts.append(found)
                if not sound:
                    break  # the line at which a process died: what follows it is not ours
                yield Progress(at, size, READING)
            columns = _joined(parts)
            if at - start > _WORTH:
                _keep(folder, columns, at, _tail(file, at))
    except OSError as error:
        raise cannot_read(path, error) from error
    return columns


def totals_of(folder: Path) -> Generator[Event, None, dict[str, Any]]:
    """`Columns.totals` of a run; from the head of its cache alone where that covers the whole run."""
    try:
        with (folder / "metrics.jsonl").open("rb") as file:
            head = _head(folder, file)
            if head and head["bytes"] == file.seek(0, 2):
                totals: dict[str, Any] = head["totals"]
                return totals
    except OSError:
        pass  # no metrics yet, or not to be read: `read_columns` says it
    columns = yield from read_columns(folder)
    return columns.totals()


# metrics.jsonl


def _whole_lines(file: BinaryIO, at: int) -> bytes:
    """The next block from byte `at` up to a line's end; b"" when no whole line follows."""
    file.seek(at)
    block = file.read(_BLOCK)
    while block and (end := block.rfind(b"\n")) < 0:
        more = file.read(_BLOCK)
        if not more:
            return b""
        block += more
    return block[: end + 1] if block else b""


def _parsed(block: bytes) -> tuple[Columns, bool]:
    """The lines as columns, and whether all of them were JSON."""
    rows, terms, others = [], [], []
    for line in block.splitlines():
        step = _STEP_LINE.fullmatch(line)
        if step:
            *numbers, part = step.groups()
            rows.append(numbers)
            terms.append(part or b"{}")
        else:
            others.append(line)
    sound = True
    try:
        values: list[Any] = json.loads(b"[" + b",".join(others) + b"]")
        parts: list[Any] = json.loads(b"[" + b",".join(terms) + b"]") if any(t != b"{}" for t in terms) else []
        steps = np.array(rows).astype(np.float32).T.reshape(len(STEP), -1)
    except ValueError:
        values, sound = _one_by_one(block.splitlines())
        steps, parts = _table(STEP, ()), []
    told = [value for value in values if isinstance(value, dict)]
    checks = [value for value in told if value.get("event") == "checked"]
    more = [value for value in told if value.get("event") == "step"]
    told_parts = [*(parts or [{}] * steps.shape[1]), *(_plain_parts(value.get("parts")) for value in more)]
    columns = Columns(
        np.concatenate([steps, _table(STEP, more)], axis=1, dtype=np.float32),
        _table(CHECK, (v for v in checks if v.get("split") == HELD_OUT)),
        _table(CHECK, (v for v in checks if v.get("split") != HELD_OUT)),
        tuple(v for v in told if v.get("event") not in ("step", "checked", None)),
        {str(v.get("split")): v for v in checks},
        _terms(told_parts) if any(told_parts) else {},
    )
    return columns, sound


def _plain_parts(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _terms(values: list[Mapping[str, Any]]) -> dict[str, np.ndarray]:
    """By name the terms that any of the steps has, each (n,) float32."""
    names = list(dict.fromkeys(name for value in values for name in value))
    return {name: np.array([_number(value.get(name)) for value in values], np.float32) for name in names}


def _one_by_one(lines: Iterable[bytes]) -> tuple[list[Any], bool]:
    found = []
    for line in lines:
        try:
            found.append(json.loads(line))
        except ValueError:
            return found, False
    return found, True


def _table(names: tuple[str, ...], values: Iterable[Mapping[str, Any]]) -> np.ndarray:
    """(names, n) float64, a row for each name; a value that is missing or no number is nan."""
    rows = [[_number(value.get(name)) for name in names] for value in values]
    return np.array(rows, float).T.reshape(len(names), -1)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


def _joined(parts: list[Columns]) -> Columns:
    last: dict[str, Mapping[str, Any]] = {}
    for part in parts:
        last.update(part.last)
    return Columns(
        np.concatenate([part.steps for part in parts], axis=1),
        np.concatenate([part.checks for part in parts], axis=1),
        np.concatenate([part.tests for part in parts], axis=1),
        tuple(other for part in parts for other in part.others),
        last,
        _joined_terms(parts),
    )


def _joined_terms(parts: list[Columns]) -> dict[str, np.ndarray]:
    """The terms of all pieces one after another; nan in pieces that have no such term."""
    names = dict.fromkeys(name for part in parts for name in part.parts)
    missing = [np.full(part.steps.shape[1], np.nan, np.float32) for part in parts]
    return {
        name: np.concatenate([part.parts.get(name, gap) for part, gap in zip(parts, missing, strict=True)])
        for name in names
    }


# The cache


def _tail(file: BinaryIO, at: int) -> str:
    """What identifies the file up to byte `at`: its last bytes there, hashed."""
    file.seek(max(0, at - _TAIL))
    return hashlib.sha256(file.read(min(at, _TAIL))).hexdigest()


def _head(folder: Path, metrics: BinaryIO) -> dict[str, Any] | None:
    """What the cache says of itself; None when there is none or it does not fit `metrics`."""
    try:
        with safetensors.safe_open(str(folder / CACHE), framework="numpy") as file:
            head = json.loads((file.metadata() or {}).get("about", "{}"))
        size = metrics.seek(0, 2)
        fits = head["format"] == FORMAT and 0 < head["bytes"] <= size and head["tail"] == _tail(metrics, head["bytes"])
        return head if fits and isinstance(head["totals"], dict) else None
    except (OSError, ValueError, KeyError, TypeError, safetensors.SafetensorError):
        return None


def _from_cache(folder: Path, metrics: BinaryIO) -> tuple[Columns, int]:
    """The cached columns and the byte they reach to."""
    head = _head(folder, metrics)
    if head is None:
        return nothing(), 0
    try:
        with safetensors.safe_open(str(folder / CACHE), framework="numpy") as file:
            steps, checks, tests = (file.get_tensor(name) for name in ("steps", "checks", "tests"))
            parts = {name: file.get_tensor(f"part {name}") for name in head["parts"]}  # KeyError: an older cache
        if any(part.shape != steps.shape[1:] for part in parts.values()):
            return nothing(), 0
        if (steps.shape[0], checks.shape[0], tests.shape[0]) != (len(STEP), len(CHECK), len(CHECK)):
            return nothing(), 0
        columns = Columns(steps, checks, tests, tuple(head["others"]), dict(head["last"]), parts)
        return columns, int(head["bytes"])
    except (OSError, ValueError, KeyError, TypeError, IndexError, safetensors.SafetensorError):
        return nothing(), 0


def _keep(folder: Path, columns: Columns, at: int, tail: str) -> None:
    head = {
        "format": FORMAT,
        "bytes": at,
        "tail": tail,
        "totals": columns.totals(),
        "others": list(columns.others),
        "last": dict(columns.last),
        "parts": list(columns.parts),
    }
    tables = {name: np.ascontiguousarray(getattr(columns, name)) for name in ("steps", "checks", "tests")}
    tables |= {f"part {name}": np.ascontiguousarray(part) for name, part in columns.parts.items()}
    content = safetensors.numpy.save(tables, metadata={"about": json.dumps(head)})
    with contextlib.suppress(LabError):  # a folder that may not be written: the next reader parses again
        write_bytes(folder / CACHE, content)
