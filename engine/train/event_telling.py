"""What `train` tells at a terminal of a run whose loop is not `fit`'s: captioners and generators say it in one way."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from engine.console import Console
from engine.fields import changed, check
from engine.files import read_json
from engine.jobs import Event, Job
from engine.text import Text

Words = Callable[[Mapping[str, Any]], Text]  # from an event's fields to what is said of it
EVERY = 10.0  # seconds between two lines of losses


def is_run_of(folder: Path, kind: str) -> bool:
    """True for a run's folder whose run.json names this kind: "captioner", "generator"."""
    about = folder / "run.json"
    return about.is_file() and kind in read_json(about)


def settings_of(args: argparse.Namespace, usual: Any) -> Any:
    """A recipe's usual settings with what the command line says. Raises `LabError` for what is out of bounds."""
    named = {"epochs": args.epochs, "seed": args.seed}
    known: dict[str, Any] = {key: value for key, value in named.items() if value is not None}
    return changed(check(dataclasses.replace(usual, **known)), args.assignments)


def told(job: Job, console: Console, words: Mapping[type[Event], Words], *, losses: type[Event]) -> Job:
    """The job, with those of its events told that `words` has words for: as lines of JSON, or in these words.

    Those of the kind `losses` are told at most every `EVERY` seconds of learning.
    """
    last = -EVERY
    try:
        while True:
            event = next(job)
            seconds = float(getattr(event, "seconds", 0.0))
            if type(event) in words and (not isinstance(event, losses) or seconds - last > EVERY):
                last = seconds if isinstance(event, losses) else last
                _tell(event, console, words[type(event)])
            yield event
    except StopIteration as end:
        return end.value
    finally:
        job.close()


def _tell(event: Event, console: Console, words: Words) -> None:
    values = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
    if console.as_json:
        console.line({"event": type(event).__name__.lower(), **values})
    else:
        console.say(words(values))


def figures_told(values: Mapping[str, float]) -> str:
    """Figures by name for a line: "loss 0.1234, kl 5.1"."""
    return ", ".join(f"{name} {value:.4g}" for name, value in values.items())
