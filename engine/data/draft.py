"""Work in progress on disk: every step of an annotation as one line, so that a crash costs seconds.

A draft is a log that only grows. It belongs to the process that writes it; one whose process is gone is offered
to the next that opens the same set. A line cut off by a crash is passed over, with all that should follow it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import threading
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil

from engine import places
from engine.data.annotation import MEMORY, Annotation, Move, Place, Said, Step
from engine.data.edit_lines import from_json, to_json
from engine.data.edits import Edit, Marks
from engine.data.photoset import PhotoSet
from engine.errors import LabError, cannot_read, cannot_write
from engine.files import FORMAT
from engine.jobs import Job, Progress
from engine.text import Text

_LINES = 500  # read between two places to pause
_STEPS = ("do", "undo", "redo")


class Draft:
    """The log of one annotation; `write` may be called from any thread, twice with the same lines too."""

    def __init__(self, base: PhotoSet, *, end: int = 0, number: int = 0) -> None:
        """A log that holds `end` bytes with lines up to `number`; it is made with the first line."""
        self.path = _own_path(base)
        self._head = {"format": FORMAT, "draft": base.id, "split": base.split}
        self._end, self._number = end, number
        self._lock = threading.Lock()

    def write(self, said: Sequence[Said]) -> tuple[int, list[tuple[Step, Place]]]:
        """Add lines that are not in it yet, to disk; returns the last number in it and where each new step lies.

        Raises: `LabError` when the disk is full or the folder may not be written.
        """
        with self._lock:
            new = [line for line in said if line.number > self._number]
            if not new:
                return self._number, []
            content, found = self._lines(new)
            try:
                self._append(content)
            except OSError as error:
                raise cannot_write(self.path, error) from error
            self._end += len(content)
            self._number = new[-1].number
            return self._number, found

    def _lines(self, new: list[Said]) -> tuple[bytes, list[tuple[Step, Place]]]:
        content, found = bytearray(), []
        if self._end == 0:
            content += _line(self._head)
        for said in new:
            line = _line(_values(said))
            if said.step is not None:
                found.append((said.step, (self._end + len(content), len(line))))
            content += line
        return bytes(content), found

    def _append(self, content: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("r+b" if self._end else "wb") as file:
            file.seek(self._end)
            file.truncate()  # what a crash or a full disk left half written
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def move(self, base: PhotoSet) -> None:
        """Belong to `base` from now on: the same pictures, saved with new marks."""
        with self._lock:
            path = _own_path(base)
            try:
                if self._end:
                    os.replace(self.path, path)
            except OSError as error:
                raise cannot_write(path, error) from error
            self.path = path

    def remove(self) -> None:
        """Nothing in it is needed any more."""
        with self._lock, contextlib.suppress(OSError):
            self._end = 0
            self.path.unlink(missing_ok=True)


def keep(draft: Draft, said: Sequence[Said]) -> Job:
    """A job that writes what was done; returns what `Annotation.written` wants."""
    return draft.write(said)
    yield  # a job without events


def read_steps(draft: Draft, wanted: Sequence[Place]) -> Job:
    """A job that reads steps again; returns their edits."""
    return list(_edits(draft.path, wanted))
    yield  # a job without events


def marks_now(marks: Marks, way: Sequence[Move], draft: Path) -> Marks:
    """The marks of a picture after all that was done to it; `marks` are those of its set.

    Raises: `LabError` when the steps do not fit the set, or cannot be read.
    """
    earlier = _edits(draft, [step for _, step in way if isinstance(step, tuple)])
    try:
        for forward, step in way:
            edit = next(earlier) if isinstance(step, tuple) else step
            assert edit is not None  # a step is in memory or in the draft
            marks = edit.apply(marks) if forward else edit.undo(marks)
    except ValueError as error:
        raise LabError(
            Text(
                "The changes kept in {path} do not fit the pictures any more: another program changed the set.",
                "{path}에 남은 변경이 지금 사진과 맞지 않아요. 다른 프로그램이 데이터셋을 바꿨어요.",
            )(path=draft)
        ) from error
    return marks


def _edits(path: Path, wanted: Sequence[Place]) -> Iterator[Edit]:
    if not wanted:
        return
    try:
        with path.open("rb") as file:
            for start, length in wanted:
                file.seek(start)
                yield from_json(json.loads(file.read(length))["edit"])
    except OSError as error:
        raise cannot_read(path, error) from error
    except (ValueError, KeyError, TypeError) as error:
        raise LabError(
            Text(
                "{path} is damaged: earlier steps cannot be read from it. Save now; what you see is complete.",
                "{path} 파일이 손상돼서 이전 단계를 읽지 못해요. 지금 저장하세요. 보이는 것은 온전해요.",
            )(path=path)
        ) from error


# Finding drafts again


class Found:
    """A draft of a process that is gone: what it holds, and when it was last written."""

    def __init__(self, path: Path, annotation: Annotation, end: int, number: int) -> None:
        self.path, self.annotation = path, annotation
        self._end, self._number = end, number
        self.when = datetime.fromtimestamp(path.stat().st_mtime)

    def take(self) -> Draft:
        """Make it this process's own and go on in it."""
        draft = Draft(self.annotation.base, end=self._end, number=self._number)
        try:
            os.replace(self.path, draft.path)
        except OSError as error:
            raise cannot_write(draft.path, error) from error
        return draft


def find(base: PhotoSet, *, mine: Collection[Path] = (), memory: int = MEMORY) -> Job:
    """The newest draft of `base` with something unsaved that nobody works on; `Found` or None.

    Drafts that hold nothing unsaved are removed on the way. `mine` are those this process is writing.
    """
    drafts = [path for path in places.drafts().glob(f"{_key(base)}-*.jsonl") if path not in mine and not _in_use(path)]
    for path in sorted(drafts, key=lambda path: path.stat().st_mtime, reverse=True):
        annotation = Annotation(base, memory=memory)
        end, number = yield from _read(path, annotation)
        if annotation.unsaved:
            return Found(path, annotation, end, number)
        if number:  # else nothing in it could be read: no reason to throw it away
            path.unlink(missing_ok=True)
    return None


def discard(path: Path) -> Job:
    """A job that throws a draft away."""
    path.unlink(missing_ok=True)
    return
    yield  # a job without events


def take(found: Found) -> Job:
    """A job that makes a found draft this process's own; returns its `Draft`."""
    return found.take()
    yield  # a job without events


def _read(path: Path, annotation: Annotation) -> Job:
    """Replay a draft; returns how many bytes and lines of it are good."""
    end = number = 0
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            for at, line in enumerate(file):
                if at % _LINES == 0:
                    yield Progress(end, size, Text("Reading kept changes", "남은 변경 읽는 중"))
                if at and not _replayed(line, (end, len(line)), annotation):
                    break
                number = at
                end += len(line)
    except OSError as error:
        raise cannot_read(path, error) from error
    return end, number


def _replayed(line: bytes, place: Place, annotation: Annotation) -> bool:
    """Take up one line; False when it is cut off or makes no sense."""
    if not line.endswith(b"\n"):
        return False
    try:
        values = json.loads(line)
        what = values["what"]
        step = Step(from_json(values["edit"]), place) if what == "do" else None
        if what not in (*_STEPS, "class", "saved"):
            raise ValueError(what)
        index = int(values.get("picture", -1))
        said = Said(int(values["number"]), what, index, step, name=str(values.get("name", "")))
        annotation.replay(said)
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return True


def _values(said: Said) -> dict[str, Any]:
    values: dict[str, Any] = {"number": said.number, "what": said.what}
    if said.what in _STEPS:
        values["picture"] = said.index
    if said.edit is not None:
        values["edit"] = to_json(said.edit)
    if said.name:
        values["name"] = said.name
    return values


def _line(values: dict[str, Any]) -> bytes:
    return (json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _key(base: PhotoSet) -> str:
    words = "\n".join((str(base.folder), base.split, base.fingerprint, str(len(base))))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _own_path(base: PhotoSet) -> Path:
    me = psutil.Process()
    return places.drafts() / f"{_key(base)}-{me.pid}-{int(me.create_time())}-{secrets.token_hex(4)}.jsonl"


def _in_use(path: Path) -> bool:
    """True when another living process writes this draft."""
    try:
        pid, born = (int(part) for part in path.stem.split("-")[1:3])
        return pid != os.getpid() and int(psutil.Process(pid).create_time()) == born
    except (ValueError, psutil.Error):
        return False
