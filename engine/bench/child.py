"""A benchmark in a process of its own, so that what hogs every core never holds the window up."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil

from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text

PATIENT = "--one-step-a-line"  # the child waits for a line before each step, so that a paused job rests
_POLL = 0.1  # seconds between looks at what the child says
_KEPT = 40  # lines of what went wrong
_STARTING = Text("Starting", "시작하는 중")


def program() -> list[str]:
    """How this program is started: the frozen executable itself, or main.py under this Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, str(Path(__file__).resolve().parents[2] / "main.py")]


@dataclass(frozen=True, slots=True)
class _Child:
    """A process that measures. lines: what it says, None at its end. wrong: the last lines of what went wrong."""

    lines: queue.Queue[str | None]
    answer: IO[str]
    wrong: list[str]

    def go_on(self) -> None:
        """Let it take its next step."""
        with suppress(OSError):  # it has ended meanwhile; what it said last is still to be read
            self.answer.write("\n")
            self.answer.flush()


@contextmanager
def _started(words: Sequence[str]) -> Iterator[_Child]:
    """This program with these words of `bench`; afterwards it and all it started have ended."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command, pipe = [*program(), "bench", *words, "--json", PATIENT], subprocess.PIPE
    lines: queue.Queue[str | None] = queue.Queue()
    wrong: list[str] = []
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8", env=environment) as child:
        assert child.stdout and child.stderr and child.stdin
        readers = [
            threading.Thread(target=_read, args=(child.stdout, lines), name="bench child"),
            threading.Thread(target=_keep, args=(child.stderr, wrong), name="bench child errors"),
        ]
        for reader in readers:
            reader.start()
        try:
            yield _Child(lines, child.stdin, wrong)
        finally:
            end(child.pid)
            with suppress(OSError):  # a line for a step was still on its way
                child.stdin.close()
            for reader in readers:
                reader.join()


def measured(name: str, arguments: Sequence[str] = ()) -> Job:
    """Run `bench name` in a child; a job that tells each step and returns the result's plain values.

    Closing the job ends the child and all it started. Raises: `LabError` when the child could not measure.
    """
    with _started([name, *_without_lost_data(arguments)]) as child:
        newest = Progress(0, 0, _STARTING)
        yield newest
        for value in _values(child):
            if value.get("event") == "result":
                return {key: part for key, part in value.items() if key != "event"}
            if value.get("event") == "error":
                raise LabError(_text(value["words"]))
            newest = _progress(value, newest)
            yield newest
            if value.get("event") == "progress":
                child.go_on()
    raise LabError(_why(name, child.wrong))


def measured_each(wishes: Mapping[str, Sequence[str]], *, began: Callable[[str], None]) -> Job:
    """Run several benchmarks, one after the other in one child: what they import is imported once.

    wishes: the options of each. began: told the name of each as it begins. A job, returns for each name its result's
    plain values, or the words why there is none; whoever ends its child unasked is told, the others go on in a new one.
    """
    left = {name: _without_lost_data(words) for name, words in wishes.items()}
    found = dict[str, dict[str, Any] | Text]()
    while left:
        with _started(["each", "--wishes", json.dumps(left)]) as child:
            newest = Progress(0, 0, _STARTING)
            yield newest
            for value in _values(child):
                if value.get("event") == "began":
                    began(value["name"])
                    newest = Progress(0, 0)
                elif value.get("event") in ("measured", "missing"):
                    words = value.get("words")
                    found[value["name"]] = _text(words) if words else value["result"]
                    left.pop(value["name"], None)
                newest = _progress(value, newest)
                yield newest
                if value.get("event") == "progress":
                    child.go_on()
                if not left:
                    break  # it has nothing more to say
        if left:  # the first of them ended it
            name = next(iter(left))
            found[name] = _why(name, child.wrong)
            del left[name]
    return found


def _without_lost_data(words: Sequence[str]) -> list[str]:
    """The words less a folder of data that is gone, a drive that was pulled out: what came with the app is measured."""
    kept = list(words)
    if "--data" in kept and not Path(kept[(at := kept.index("--data")) + 1]).is_dir():
        del kept[at : at + 2]
    return kept


def _values(child: _Child) -> Iterator[dict[str, Any]]:
    """What the child says as it says it, {} whenever it said nothing for a while; ends when the child does."""
    while True:
        try:
            line = child.lines.get(timeout=_POLL)
        except queue.Empty:
            yield {}  # a place to be paused or cancelled at
            continue
        if line is None:
            return
        yield _value(line)


def _progress(value: dict[str, Any], newest: Progress) -> Progress:
    """What `value` says of the way that is gone, or `newest` where it says nothing of it."""
    if value.get("event") != "progress":
        return newest
    return Progress(int(value["done"] or 0), int(value["total"] or 0), _text(value["words"]))


def _text(words: Mapping[str, str]) -> Text:
    return Text(words["en"], words["ko"])


def _value(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _read(stream: IO[str], lines: queue.Queue[str | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)


def _keep(stream: IO[str], wrong: list[str]) -> None:
    for line in stream:
        wrong.append(line.strip())
        del wrong[:-_KEPT]


def _why(name: str, wrong: list[str]) -> Text:
    last = next((line for line in reversed(wrong) if line), "")
    if not last:
        text = Text(
            "Measuring {name} ended without a word, perhaps for want of memory. Measure less at once.",
            "{name} 측정이 아무 말 없이 끝났어요. 메모리가 모자랐을 수 있어요. 더 적게 재 보세요.",
        )
        return text(name=name)
    return Text("{name} could not be measured: {last}", "{name}: 측정하지 못했어요. {last}")(name=name, last=last)


def end(pid: int) -> None:
    """End a process and all that it started."""
    try:
        parent = psutil.Process(pid)
        family = [*parent.children(recursive=True), parent]
    except psutil.NoSuchProcess:
        return
    for one in family:
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=5)
