"""A benchmark in a process of its own, so that what hogs every core never holds the window up."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import psutil

from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text

PATIENT = "--one-step-a-line"  # the child waits for a line before each step, so that a paused job rests
_POLL = 0.1  # seconds between looks at what the child says
_KEPT = 40  # lines of what went wrong


def program() -> list[str]:
    """How this program is started: the frozen executable itself, or main.py under this Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, str(Path(__file__).resolve().parents[2] / "main.py")]


def measured(name: str, arguments: Sequence[str] = ()) -> Job:
    """Run `bench name` in a child; a job that tells each step and returns the result's plain values.

    Closing the job ends the child and all it started. Raises: `LabError` when the child could not measure.
    """
    command = [*program(), "bench", name, "--json", PATIENT, *arguments]
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    lines: queue.Queue[str | None] = queue.Queue()
    wrong: list[str] = []
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=environment
    ) as child:
        assert child.stdout and child.stderr and child.stdin
        readers = [
            threading.Thread(target=_read, args=(child.stdout, lines), name="bench child"),
            threading.Thread(target=_keep, args=(child.stderr, wrong), name="bench child errors"),
        ]
        for reader in readers:
            reader.start()
        try:
            result = yield from _listen(lines, child.stdin)
        finally:
            end(child.pid)
            child.stdin.close()
            for reader in readers:
                reader.join()
    if result is None:
        raise LabError(_why(name, wrong))
    return result


def _listen(lines: queue.Queue[str | None], answer: IO[str]) -> Job:
    """The child's events until its result; None when it ended without one."""
    newest = Progress(0, 0, Text("Starting", "시작하는 중"))
    yield newest
    while True:
        try:
            line = lines.get(timeout=_POLL)
        except queue.Empty:
            yield newest  # a place to be paused or cancelled at
            continue
        if line is None:
            return None
        value = _value(line)
        if value.get("event") == "result":
            return {key: part for key, part in value.items() if key != "event"}
        if value.get("event") == "error":
            raise LabError(Text(value["words"]["en"], value["words"]["ko"]))
        if value.get("event") == "progress":
            words = value["words"]
            newest = Progress(int(value["done"] or 0), int(value["total"] or 0), Text(words["en"], words["ko"]))
            yield newest
            try:
                answer.write("\n")
                answer.flush()
            except OSError:  # it has ended meanwhile; what it said last is still to be read
                pass


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
