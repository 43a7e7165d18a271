"""How a command speaks: results on stdout, words for people on stderr, both languages."""

from __future__ import annotations

import dataclasses
import json
import math
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import LabError
from engine.jobs import Event, Job, Progress
from engine.text import Text, same
from engine.train.events import Checked, KnobMoved, Started
from engine.train.figures import metric_name
from engine.train.taken import Taken

DONE, BAD_INPUT, CANCELLED = 0, 2, 130
_TOLD = (Started, Checked, KnobMoved, Taken)
_COLUMNS = ("id", "file", "digit", "confidence", "bundled", "place", "data_licence", "where", "licence")


def plain(value: Any) -> Any:
    """`value` with everything in it that JSON knows: arrays as lists, `Text` as both languages, paths as text."""
    if isinstance(value, Text):
        return {"en": value.render("en"), "ko": value.render("ko")}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON has no word for it
    return str(value) if isinstance(value, Path) else value


class Console:
    """Where a command's words go: `lang` renders `Text`, `as_json` makes stdout one JSON object per line."""

    def __init__(self, lang: str, as_json: bool) -> None:
        self.lang, self.as_json = lang, as_json

    def say(self, text: Text) -> None:
        """Words for a person."""
        print(text.render(self.lang), file=sys.stderr, flush=True)

    def line(self, values: dict[str, Any]) -> None:
        """One JSON object on stdout."""
        print(json.dumps(plain(values), ensure_ascii=False), flush=True)

    def event(self, event: Event) -> None:
        """Tell what is worth telling of a job's events."""
        if isinstance(event, Progress):
            return
        if isinstance(event, Taken):
            self.say(event.words)
        if self.as_json and isinstance(event, _TOLD):
            values = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
            values.pop("mistakes", None)
            self.line({"event": type(event).__name__.lower(), **values})
        elif isinstance(event, Checked):
            self.say(_check_words(event))

    def result(self, values: dict[str, Any]) -> None:
        """The last line: figures at the top level. A process that only helped another has none to tell."""
        if not values:
            return
        if self.as_json:
            self.line({"event": "result", **values})
        else:
            items = values.pop("items", ())
            for item in items:
                print("\t".join(str(plain(item).get(key, "")) for key in _COLUMNS if key in item))
            for key, value in plain(values).items():
                print(f"{key}: {value}")

    def run(self, job: Job) -> Any:
        """Run a job to its end, telling its events.

        Ctrl+C ends it at its next event, between two steps, so that what it saves is whole; a second
        one does not wait. Raises: `KeyboardInterrupt` then.
        """
        asked = threading.Event()

        def ask(number: int, frame: object) -> None:
            asked.set()
            signal.signal(signal.SIGINT, signal.default_int_handler)

        before = signal.signal(signal.SIGINT, ask)
        try:
            while not asked.is_set():
                self.event(next(job))
            raise KeyboardInterrupt
        except StopIteration as end:
            return end.value
        finally:
            job.close()
            signal.signal(signal.SIGINT, before)


def _check_words(event: Checked) -> Text:
    """A check as a line: the figure by its own name, and the loss where it was computed."""
    text = Text(
        "step {step:,}  epoch {epoch:.2f}  {split}: {name} {accuracy:.2%}{loss_words}  ({seconds:.1f} s)",
        "{step:,}스텝  에폭 {epoch:.2f}  {split}: {name} {accuracy:.2%}{loss_words}  ({seconds:.1f}초)",
    )
    loss = Text(", loss {loss:.4f}", ", 손실 {loss:.4f}")(loss=event.loss) if math.isfinite(event.loss) else same("")
    values = {name: getattr(event, name) for name in ("step", "epoch", "split", "accuracy", "seconds")}
    return text(name=metric_name(event.metric), loss_words=loss, **values)


def guarded(console: Console, command: Callable[[], dict[str, Any]]) -> int:
    """Run `command`, print its result; turn what a person did wrong into one sentence and status 2."""
    try:
        console.result(command())
    except LabError as error:
        console.say(error.text)
        return BAD_INPUT
    except KeyboardInterrupt:
        console.say(Text("Cancelled. What was saved is kept.", "취소했어요. 저장된 것은 남아 있어요."))
        return CANCELLED
    except BrokenPipeError:  # who reads us has seen enough ("| head"); what is still buffered goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE
